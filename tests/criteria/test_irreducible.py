"""Real roots and irreducible factors, the producer's and the checker's, against sympy; curves in the plane."""

from __future__ import annotations

import itertools
import json
import math
import random
from typing import Any

import pytest
import sympy

from exactfact.algebra.irreducibility import one_variable, several_variables
from exactfact.checker.claims import Context
from exactfact.checker.errors import Meter, Rejected
from exactfact.checker.rules.irreducible import irreducible_over
from exactfact.checker.rules.polynomials import divides, irreducible_mod, sturm

from .convolutions import polynomial

X = sympy.Symbol("x")


@pytest.mark.parametrize("seed", range(40))
def test_sturm_and_irreducibility_mod_p_against_sympy(seed: int) -> None:
    rng = random.Random(seed)
    f = [rng.randint(-4, 4) for _ in range(rng.randint(1, 7))] + [rng.choice([1, 2, -3])]
    if rng.random() < 0.4:
        f = polynomial(f, [rng.randint(1, 3), 1], [rng.randint(1, 3), 1])
    poly = sympy.Poly(f[::-1], X)
    count, common = sturm(f, Meter())
    assert count == len(set(sympy.real_roots(poly)))
    assert len(common) - 1 == sympy.gcd(poly, poly.diff()).degree()
    for p in (2, 3, 5, 101):
        if f[-1] % p and len(f) > 1:
            expected = sympy.Poly(f[::-1], X, modulus=p).is_irreducible
            assert irreducible_mod([c % p for c in f], p, Meter()) == expected
    g = [rng.randint(-2, 2), rng.choice([1, 2])]
    content = math.gcd(*g)
    g = [c // content for c in g]
    assert divides(g, f, Meter()) == (sympy.rem(poly, sympy.Poly(g[::-1], X)).is_zero)


def context() -> Context:
    return Context(None, 0, Meter())  # type: ignore[arg-type]


def proof_of(found: Any) -> Any:
    return json.loads(json.dumps(vars(found))) if found is not None else None


@pytest.mark.parametrize("seed", range(40))
def test_only_irreducible_polynomials_are_accepted(seed: int) -> None:
    """The producer's evidence for true ones; for products, evidence made in the same way is refused."""
    rng = random.Random(seed)
    f = [rng.choice([-3, -1, 1, 2, 5])] + [rng.randint(-5, 5) for _ in range(rng.randint(2, 6))] + [rng.choice([1, 2])]
    if seed % 3 == 0:
        f = polynomial(f, [1, rng.randint(-3, 3), 1])
    elif seed % 7 == 1:
        f = [1, 0, -10, 0, 1] if seed % 2 else [1, 0, 0, 0, 1]
    content = math.gcd(*f)
    f = [c // content for c in f]
    factors = sympy.factor_list(sympy.Poly(f[::-1], X))[1]
    irreducible = len(factors) == 1 and factors[0][1] == 1
    terms = {(n,): c for n, c in enumerate(f) if c}
    found = one_variable(f)
    accepted = False
    if found is not None:
        try:
            accepted = irreducible_over(terms, proof_of(found), context()) in ("QQ", "RR", "CC")
        except Rejected:
            accepted = False
    assert not accepted or irreducible
    if irreducible:
        assert accepted


PLANE = {(0, 0): 1, (1, 0): 2, (0, 1): 3, (2, 0): 1, (0, 2): 5, (1, 1): 4, (2, 2): 7}


def plane_product(f: dict[Any, int], g: dict[Any, int]) -> dict[Any, int]:
    out: dict[Any, int] = {}
    for a, x in f.items():
        for b, y in g.items():
            at = tuple(map(sum, zip(a, b, strict=True)))
            out[at] = out.get(at, 0) + x * y
    return {at: c for at, c in out.items() if c}


def test_plane_curves_that_are_irreducible_over_the_complex_numbers() -> None:
    lines = several_variables(PLANE, 0)
    assert lines is not None and irreducible_over(PLANE, proof_of(lines), context()) == "CC"
    space = {(0, 0, 0): 1, (1, 0, 0): 1, (0, 1, 1): 2, (0, 0, 2): 3}
    lines = several_variables(space, 0)
    assert lines is not None and irreducible_over(space, proof_of(lines), context()) == "CC"


def test_a_norm_is_irreducible_over_the_rationals_only() -> None:
    """(1 + x + y)^2 - 2 (1 - x + 3 y)^2: no simple zero proves more, wherever the lines and primes are."""
    a, b = {(0, 0): 1, (1, 0): 1, (0, 1): 1}, {(0, 0): 1, (1, 0): -1, (0, 1): 3}
    norm = plane_product(a, a)
    for at, c in plane_product(b, b).items():
        norm[at] = norm.get(at, 0) - 2 * c
    norm = {at: c for at, c in norm.items() if c}
    lines = several_variables(norm, 0)
    assert lines is not None and lines.point is None
    proof = proof_of(lines)
    assert irreducible_over(norm, proof, context()) == "QQ"
    p = lines.prime
    for x, y in itertools.product(range(1, p, 3), range(1, p)):
        value = sum(c * pow(x, i, p) * pow(y, j, p) for (i, j), c in norm.items()) % p
        if value == 0:
            with pytest.raises(Rejected):
                irreducible_over(norm, {**proof, "point": [x, y]}, context())


@pytest.mark.parametrize("other", [{(0, 0): 1, (1, 0): 1}, {(0, 0): 1, (1, 0): 2, (0, 1): 1}, {(0, 0): 2, (0, 1): 1}])
def test_products_in_the_plane_are_refused(other: dict[Any, int]) -> None:
    f = plane_product(PLANE, other)
    assert several_variables(f, 0) is None
    for p, axis in itertools.product((101, 103, 107, 109), (0, 1)):
        for x in range(1, 20):
            proof = {"prime": p, "axis": axis, "values": [x, x + 1], "point": None}
            with pytest.raises(Rejected):
                irreducible_over(f, proof, context())
