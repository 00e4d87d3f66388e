"""Tensors of rank at most 2: against exhaustion over small fields, and with planted factors over QQ and GF(p)."""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction
from typing import Any

import pytest
import sympy

from exactfact.algebra.square_roots import square_root
from exactfact.lifting.kernel_members import Space, members
from exactfact.lifting.rank_two import rank_two
from exactfact.model import GF, QQ, Field


def outer(factors: Any) -> list[Any]:
    return [math.prod(vector) for vector in itertools.product(*factors)]


def sparse(values: list[Any], sizes: tuple[int, ...]) -> dict[tuple[int, ...], Any]:
    indices = itertools.product(*(range(size) for size in sizes))
    return {index: value for index, value in zip(indices, values, strict=True) if value}


def combines(values: list[Any], a: Any, b: Any, p: int) -> bool:
    """Whether the tensor is c a + d b for some numbers c, d."""
    x, y = outer(a), outer(b)
    if p:
        pairs = itertools.product(range(p), repeat=2)
        return any(all((c * u + d * v - w) % p == 0 for u, v, w in zip(x, y, values, strict=True)) for c, d in pairs)
    matrix = sympy.Matrix([[sympy.Rational(str(v)) for v in row] for row in (x, y, values)])
    return matrix.rank() == matrix[:2, :].rank()


def factors(tensor: dict[tuple[int, ...], Any], sizes: tuple[int, ...], p: int) -> Any:
    """Factors of two terms whose combination the tensor is, or None."""
    found = rank_two(tensor, sizes, p)
    return (found.terms[0], found.terms[-1]) if found.kind == "terms" else None


SMALL = [(2, (2, 2, 2)), (3, (2, 2, 2)), (2, (2, 2, 2, 2)), (2, (3, 2, 2)), (5, (2, 2, 2))]


@pytest.mark.parametrize(("p", "sizes"), SMALL)
def test_against_all_sums_of_two(p: int, sizes: tuple[int, ...]) -> None:
    lines = [
        [v for v in itertools.product(range(p), repeat=size) if next((x for x in v if x), 0) == 1] for size in sizes
    ]
    ones = {tuple(outer(f)) for f in itertools.product(*lines)}
    ones = {tuple(c * v % p for v in one) for one in ones for c in range(1, p)}
    rng = random.Random(1)
    total, seen = math.prod(sizes), [0, 0]
    for _ in range(600):
        values = [rng.randrange(p) for _ in range(total)]
        if rng.random() < 0.5:
            values = [(x + y) % p for x, y in zip(rng.choice(sorted(ones)), rng.choice(sorted(ones)), strict=True)]
        if not any(values):
            continue
        truth = tuple(values) in ones or any(
            tuple((v - x) % p for v, x in zip(values, one, strict=True)) in ones for one in ones
        )
        found = factors(sparse(values, sizes), sizes, p)
        seen[truth] += 1
        assert (found is not None) == truth, (p, values)
        assert found is None or combines(values, *found, p)
    assert min(seen) > 20 or p**total < 300


@pytest.mark.parametrize("field", [QQ, GF(101), GF(2**31 - 1)])
def test_planted_factors(field: Field) -> None:
    rng = random.Random(2)
    p = field.characteristic
    for sizes in ((3, 4), (2, 3, 2), (3, 3, 3), (2, 2, 2, 3), (1, 4, 2)):
        for _ in range(10):
            a, b = ([[rng.randint(-4, 4) for _ in range(size)] for size in sizes] for _ in range(2))
            values = [x - y for x, y in zip(outer(a), outer(b), strict=True)]
            values = [v % p if p else v for v in values]
            if not any(values):
                continue
            found = factors(sparse(values, sizes), sizes, p)
            assert found is not None
            if p < 200:
                assert combines(values, *found, p)


def test_the_field_decides() -> None:
    """Discriminant -1, 2 and 0: over which field the pencil of slices has two different roots."""
    for d, fields in ((-1, {5, 13, 17}), (2, {7, 17}), (0, set()), (4, {0, 3, 5, 7, 13, 17})):
        values = [0, 1, 1, 0, 1, 0, 0, d]  # e_001 + e_010 + e_100 + d e_111
        for p in (0, 3, 5, 7, 13, 17):
            tensor = sparse([v % p if p else v for v in values], (2, 2, 2))
            found = factors(tensor, (2, 2, 2), p)
            assert (found is not None) == (p in fields), (d, p)


def test_square_roots() -> None:
    assert square_root(Fraction(9, 4), 0) == Fraction(3, 2)
    assert square_root(Fraction(2), 0) is None and square_root(-4, 0) is None
    for p in (53, 101, 65521, 2**31 - 1, 2**61 - 1):
        squares = [square_root(v, p) for v in range(60)]
        assert all(r is None or r * r % p == v % p for v, r in enumerate(squares))
        assert squares[4] is not None and sum(r is None for r in squares) > 10


@pytest.mark.parametrize("field", [QQ, GF(65521)])
def test_a_member_on_a_line_far_from_the_small_ones(field: Field) -> None:
    """Basis 5003 R - 7001 V, V: the member R of rank 2 is a root of the cubic minors of a pencil."""
    rng = random.Random(3)
    p = field.characteristic
    a, b = ([[rng.randint(-4, 4) for _ in range(3)] for _ in range(3)] for _ in range(2))
    planted = [x - y for x, y in zip(outer(a), outer(b), strict=True)]
    other = [rng.randint(-4, 4) for _ in range(27)]
    first = [5003 * x - 7001 * y for x, y in zip(planted, other, strict=True)]
    basis = tuple(tuple(v % p if p else v for v in row) for row in (first, other))
    found = list(members(Space((3, 3, 3), basis, field), p or 4194301, 0))
    assert len(found) == 1
    if not p:
        assert combines(planted, *found[0], 0)


def test_all_members_over_a_small_field() -> None:
    """Over GF(3) the members of rank at most 2 of a random space of 3 x 3 matrices are all found."""
    rng = random.Random(4)
    for _ in range(5):
        basis = tuple(tuple(rng.randrange(3) for _ in range(9)) for _ in range(4))
        truth = 0
        for weights in itertools.product(range(3), repeat=4):
            if next((w for w in weights if w), 0) == 1:
                columns = zip(*basis, strict=True)
                m = sympy.Matrix(3, 3, [sum(w * v for w, v in zip(weights, c, strict=True)) for c in columns])
                truth += m.det() % 3 == 0 and any(v % 3 for v in m)
        assert len(list(members(Space((3, 3), basis, GF(3)), 3, 0))) == truth
