"""Theorem 9.1 against brute force over small fields, published examples, and forged evidence."""

from __future__ import annotations

import copy
import itertools
import json
import math
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import exactfact as ef
from exactfact.algebra.lattice import Lattice
from exactfact.checker import check_certificate
from exactfact.checker.errors import Meter
from exactfact.checker.rules import lattice as checker_lattice
from exactfact.criteria import monomial, rank_sampling
from exactfact.criteria.torsor import count_over_prime_field
from exactfact.lifting.propagation import exponents, starts

from .checked import checked
from .forms import Index, lifting, observed, words
from .helpers import document, run

FIELDS = ("CC", "RR", "QQ")
HALF = words("000", "110", "011", "101")
THIRD = words("0001", "0010", "0100", "1000", "1111")


def brute_count(support: list[Index], sizes: tuple[int, ...], p: int, tensors: np.ndarray, at: int) -> int:
    """Classes in the fibre of point number `at`: all g with the same observed monomials, (p - 1)^(K - 1) a class."""
    columns = [int(np.ravel_multi_index(index, sizes)) for index in support]
    same = (tensors[:, columns] == tensors[at, columns]).all(axis=1)
    return int(same.sum()) // (p - 1) ** (len(sizes) - 1)


def all_tensors(sizes: tuple[int, ...], p: int) -> tuple[np.ndarray, int]:
    """P(g) for every g over GF(p), and the number of one g without zero entries."""
    points = np.array(list(itertools.product(range(p), repeat=sum(sizes))), dtype=np.int64)
    parts = np.split(points, np.cumsum(sizes)[:-1], axis=1)
    tensors = parts[0]
    for part in parts[1:]:
        tensors = (tensors[:, :, None] * part[:, None, :] % p).reshape(len(points), -1)
    rng = random.Random(p)
    return tensors, rng.choice(np.flatnonzero(points.all(axis=1)).tolist())


def uses_everything(support: list[Index], sizes: tuple[int, ...]) -> bool:
    return all({i[k] for i in support} == set(range(size)) for k, size in enumerate(sizes))


def groups(support: list[Index], sizes: tuple[int, ...]) -> tuple[Any, tuple[int, tuple[int, ...]]]:
    """The producer's quotient and the checker's group."""
    mine, theirs = Lattice(sum(sizes)), checker_lattice.Lattice(sum(sizes), Meter())
    for index in support:
        mine.add(exponents(index, starts(sizes)))
        theirs.add(exponents(index, starts(sizes)))
    free = sum(sizes) - theirs.rank - len(sizes) + 1
    return mine.quotient(len(sizes) - 1), (free, tuple(theirs.factors()))


@pytest.mark.parametrize(
    ("sizes", "primes"), [((2, 2), (2, 3, 5, 7)), ((2, 3), (2, 3, 5)), ((3, 3), (2, 3)), ((2, 2, 2), (2, 3, 5)),
                          ((1, 2, 2), (2, 3, 5)), ((2, 2, 3), (2, 3))]
)  # fmt: skip
def test_counts_of_all_supports_of_a_shape(sizes: tuple[int, ...], primes: tuple[int, ...]) -> None:
    compared, wrong = counts_of_all_supports(sizes, primes)
    assert compared >= 20
    assert not wrong


def counts_of_all_supports(sizes: tuple[int, ...], primes: tuple[int, ...]) -> tuple[int, list[Any]]:
    """How many counts were compared with brute force, and the supports where something differs."""
    tensors = {p: all_tensors(sizes, p) for p in primes}
    everything = list(itertools.product(*map(range, sizes)))
    rng, compared, wrong = random.Random(1), 0, []
    for bits in itertools.product((False, True), repeat=len(everything)):
        support = list(itertools.compress(everything, bits))
        if not uses_everything(support, sizes) or len(everything) > 8 and rng.random() > 0.1:
            continue
        quotient, group = groups(support, sizes)
        counts = {p: (count_over_prime_field(quotient, p), brute_count(support, sizes, p, *tensors[p])) for p in primes}
        if (quotient.free, quotient.divisors) != group or any(found != true for found, true in counts.values()):
            wrong.append((support, quotient, group, counts))
        compared += len(primes)
    return compared, wrong


@pytest.mark.slow
@pytest.mark.parametrize("sizes", [(2, 2, 2), (2, 3)])
def test_counts_over_seven_elements(sizes: tuple[int, ...]) -> None:
    compared, wrong = counts_of_all_supports(sizes, (7,))
    assert compared >= 20
    assert not wrong


def test_random_supports_of_five_layers() -> None:
    """Torsion occurs; over GF(7) only points without zero entries are tried, as the others cannot be rivals."""
    rng, torsion = random.Random(4), set()
    sizes = (2,) * 5
    units = np.array(list(itertools.product(range(1, 7), repeat=5)), dtype=np.int64)  # ratios t_{k,1}, t_{k,0} = 1
    for _ in range(150):
        support = rng.sample(list(itertools.product(range(2), repeat=5)), rng.randint(5, 8))
        if not uses_everything(support, sizes):
            continue
        quotient, group = groups(support, sizes)
        assert (quotient.free, quotient.divisors) == group
        torsion.add(quotient.divisors)
        values = np.stack([np.prod(units ** np.array(index), axis=1) % 7 for index in support], axis=1)
        # t preserves phi up to one common scalar, which one layer takes up.
        assert count_over_prime_field(quotient, 7) == int((values == values[:, :1]).all(axis=1).sum())
    assert len(torsion) >= 3


def group_of(architecture: ef.Architecture) -> tuple[int, list[int], ef.Result]:
    result = checked(architecture)
    evidence = next(c.evidence for c in result.certificate.claims if c.statement == "9.1")
    return evidence["free"], evidence["divisors"], result


@pytest.mark.parametrize(
    ("architecture", "divisors"),
    [
        (observed(HALF, (2, 2, 2)), [2]),
        (observed(THIRD, (2, 2, 2, 2)), [3]),
        (ef.Architecture([ef.diagonal(3), ef.circulant(3, range(3)), ef.diagonal(3)]), [3]),
        (ef.Architecture([ef.diagonal(4), ef.circulant(4, range(4)), ef.diagonal(4)]), [4]),
        (ef.Architecture([ef.diagonal(6), ef.circulant(6, range(6)), ef.diagonal(6)]), [6]),
    ],
)
def test_torsion_decides_field_by_field(architecture: ef.Architecture, divisors: list[int]) -> None:
    free, found, result = group_of(architecture)
    assert (free, found) == (0, divisors)
    counts = {"CC": math.prod(divisors), **dict.fromkeys(("RR", "QQ"), 2 ** sum(d % 2 == 0 for d in divisors))}
    for over, count in counts.items():
        bounds = result.facts["fibre_count"][over]
        assert (bounds["lower"], bounds["upper"]) == (count, count)
        assert result.verdict("generic", over=over).status == ("proved" if count == 1 else "refuted")
    assert result.verdict("generic-finite", over="CC").status == "proved"
    assert result.verdict("uniform", over="QQ").status == "refuted"


def test_rational_rivals_of_the_half_example_exist() -> None:
    """Z/2: flipping signs in two layers keeps the four monomials and changes the class."""
    signs = [(s, t, u) for s, t, u in itertools.product((1, -1), repeat=3)
             if len({s ** i * t ** j * u ** k for i, j, k in HALF}) == 1]  # fmt: skip
    assert len(signs) == 2


@pytest.mark.parametrize("size", [8, 64])
def test_butterflies_are_determined_modulo_the_torus(size: int) -> None:
    depth = size.bit_length() - 1
    free, divisors, result = group_of(ef.Architecture([ef.butterfly(size, level) for level in range(depth)]))
    assert (free, divisors) == ((depth - 1) * (size - 1), [])
    for prop in ("generic", "generic-finite"):
        assert result.verdict(prop, "torus", over="CC").status == "proved"
        for over in FIELDS:
            assert result.verdict(prop, over=over).status == "refuted"


def mixed(support: list[Index], sizes: tuple[int, ...], field: object = None, **options: object) -> ef.Architecture:
    """The monomials seen through an invertible matrix: no cell is a single monomial any more."""
    n = len(support)
    forms = [{support[i]: 1 + (i == c) for i in range(n)} for c in range(n)]
    return lifting(forms, sizes, field=field, **options)  # type: ignore[arg-type]


def test_independent_columns_that_overlap() -> None:
    for support, sizes, divisors in ((HALF, (2, 2, 2), [2]), (THIRD, (2,) * 4, [3])):
        architecture = mixed(support, sizes)
        ledger, outcomes = run(architecture, [rank_sampling.apply, monomial.apply])
        group = next(c for c in ledger.claims if c.statement == "9.1").evidence
        assert (group["free"], group["divisors"]) == (0, divisors)
        assert "rank" in group and not outcomes[1].why
        assert check_certificate(document(architecture, ledger.claims)).accepted


def test_dependent_columns_are_left_alone() -> None:
    forms = [{(0, 0): 1, (1, 1): 1}, {(0, 1): 1}, {(1, 0): 1}]
    _, outcomes = run(lifting(forms, (2, 2)), [rank_sampling.apply, monomial.apply])
    assert "more than 3 nonzero columns" in outcomes[1].why


def at_point(architecture: ef.Architecture, over: str) -> str:
    return str(checked(architecture).verdict("at-point", over=over).status)


def test_a_point_without_zero_entries() -> None:
    ones = [[1, 2]] * 4
    assert at_point(observed(THIRD, (2,) * 4, point=ones), "CC") == "refuted"
    assert at_point(observed(THIRD, (2,) * 4, point=ones), "RR") == "proved"
    assert at_point(observed(THIRD, (2,) * 4, point=ones), "QQ") == "proved"
    assert at_point(observed(HALF, (2,) * 3, point=ones[:3]), "QQ") == "refuted"
    chain = words("00", "01", "11")
    assert at_point(observed(chain, (2, 2), point=ones[:2]), "CC") == "proved"
    assert at_point(observed(words("00", "11"), (2, 2), point=ones[:2]), "QQ") == "refuted"


@pytest.mark.parametrize(("p", "half", "third"), [(2, 1, 1), (3, 2, 1), (5, 2, 1), (7, 2, 3)])
def test_points_over_finite_fields(p: int, half: int, third: int) -> None:
    field = ef.GF(p)
    for support, count in ((HALF, half), (THIRD, third)):
        sizes = (2,) * len(support[0])
        for make in (observed, mixed):
            if make is mixed and (len(support) + 1) % p == 0:
                continue  # the matrix 1 + J is singular
            architecture = make(support, sizes, field=field, point=[[1, 1]] * len(sizes))
            expected = "proved" if count == 1 else "refuted"
            assert at_point(architecture, field.name) == expected


def test_small_points_against_all_rivals() -> None:
    """Every support of shape 2 x 2 x 2 over GF(3) that uses everything: the checked verdict is the truth."""
    sizes = (2, 2, 2)
    tensors, at = all_tensors(sizes, 3)
    point = list(itertools.product(range(3), repeat=6))[at]
    everything = list(itertools.product(*map(range, sizes)))
    rng, seen = random.Random(2), set()
    supports = [s for n in range(2, 7) for s in itertools.combinations(everything, n)]
    for support in rng.sample(supports, 60):
        if not uses_everything(list(support), sizes):
            continue
        layers = [point[0:2], point[2:4], point[4:6]]
        architecture = observed(list(support), sizes, field=ef.GF(3), point=layers)
        one = brute_count(list(support), sizes, 3, tensors, at) == 1
        assert at_point(architecture, "GF(3)") == ("proved" if one else "refuted")
        seen.add(one)
    assert seen == {True, False}


def rejects(good: dict[str, Any], change: Callable[[list[Any]], None]) -> bool:
    forged = copy.deepcopy(good)
    change(forged["claims"])
    return not check_certificate(forged).accepted


def place(good: dict[str, Any], **keys: object) -> int:
    return next(i for i, c in enumerate(good["claims"]) if all(c.get(k) == v for k, v in keys.items()))


def certificate(architecture: ef.Architecture) -> dict[str, Any]:
    """The accepted certificate of this criterion alone, and of the rank that it needs."""
    ledger, _ = run(architecture, [rank_sampling.apply, monomial.apply])
    good: dict[str, Any] = json.loads(json.dumps(document(architecture, ledger.claims)))
    assert check_certificate(good).accepted
    return good


def test_forged_groups_are_rejected() -> None:
    good = certificate(observed(THIRD, (2,) * 4))
    base = place(good, statement="9.1", quantity="jacobian_rank")
    for key, value in (("divisors", []), ("divisors", [2]), ("divisors", [9]), ("divisors", [1, 3]), ("divisors", [-3]),
                       ("divisors", [3, 3]), ("divisors", ["3"]), ("free", 1), ("free", -1), ("free", True),
                       ("paths", "few"), ("rank", "c0")):  # fmt: skip
        assert rejects(good, lambda claims, k=key, v=value: claims[base]["evidence"].__setitem__(k, v)), (key, value)
    assert rejects(good, lambda claims: claims[base].__setitem__("value", 4))
    assert rejects(good, lambda claims: claims[base].__setitem__("statement", "7.8"))


def test_forged_verdicts_are_rejected() -> None:
    good = certificate(observed(THIRD, (2,) * 4))
    complex_ = place(good, statement="9.1", property="generic", over="CC")
    assert rejects(good, lambda claims: claims[complex_].__setitem__("status", "proved"))
    real = place(good, statement="9.1", property="generic", over="RR")
    assert rejects(good, lambda claims: claims[real].__setitem__("over", "CC"))
    assert rejects(good, lambda claims: claims[real].__setitem__("status", "refuted"))
    assert rejects(good, lambda claims: claims[real].__setitem__("modulo", "torus"))
    assert rejects(good, lambda claims: claims[real].__setitem__("statement", "7.8"))
    for side, value in (("lower", 4), ("upper", 2)):
        count = place(good, quantity="fibre_count", side=side, over="CC")
        assert rejects(good, lambda claims, i=count, v=value: claims[i].__setitem__("value", v))
    count = place(good, quantity="fibre_count", side="lower", over="CC")
    assert rejects(good, lambda claims: claims[count].__setitem__("over", "RR"))


def test_forged_torus_verdicts_are_rejected() -> None:
    good = certificate(ef.Architecture([ef.butterfly(4, level) for level in range(2)]))
    torus = place(good, statement="9.1", property="generic", modulo="torus")
    for value in (2, 0, -1, True):
        assert rejects(good, lambda claims, v=value: claims[torus]["evidence"].__setitem__("dimension", v))
    assert rejects(good, lambda claims: claims[torus]["evidence"].pop("dimension"))
    assert rejects(good, lambda claims: claims[torus].__setitem__("modulo", "scaling"))
    assert rejects(good, lambda claims: claims[torus].__setitem__("status", "refuted"))


def test_paths_that_meet_and_parameters_that_are_missing_are_rejected() -> None:
    evidence = {"paths": "unique", "free": 0, "divisors": []}
    bound = {"id": "c0", "kind": "bound", "quantity": "jacobian_rank", "side": "upper", "value": 3, "over": "QQ",
             "statement": "9.1", "evidence": evidence}  # fmt: skip

    def status(architecture: ef.Architecture, **changes: object) -> tuple[str, str]:
        claim = {**bound, "evidence": {**evidence, **changes}}
        line = check_certificate({**document(architecture, []), "claims": [claim]}).claims[0]
        return line.status, line.expected

    meeting = lifting([{(0, 0): 1, (1, 1): 1}, {(0, 1): 1}, {(1, 0): 1}], (2, 2))
    assert status(meeting)[0] == "rejected" and "at most one path" in status(meeting)[1]
    unused = observed(words("00", "10"), (2, 2))
    assert "every parameter" in status(unused, free=1)[1]
    assert status(observed(words("00", "01", "11"), (2, 2)))[0] == "accepted"


def test_a_point_with_a_zero_entry_is_rejected() -> None:
    good = certificate(observed(words("00", "01", "11"), (2, 2), point=[[1, 1], [1, 1]]))
    other = observed(words("00", "01", "11"), (2, 2), point=[[1, 1], [1, 0]])
    forged = {**good, "spec": other.document(), "digest": other.digest}
    line = next(x for x in check_certificate(forged).claims if "at-point" in x.summary)
    assert line.status == "rejected" and "zero" in line.expected
    assert checked(other).verdict("at-point", over="QQ").status != "proved"


def test_a_rank_below_the_number_of_columns_is_rejected() -> None:
    architecture = mixed(HALF, (2, 2, 2))
    ledger, _ = run(architecture, [rank_sampling.apply, monomial.apply])
    good = document(architecture, ledger.claims)
    rank = place(good, quantity="rank", side="lower")
    forged = copy.deepcopy(good)
    forged["claims"][rank]["value"] = 3
    lines = {line.id: line.status for line in check_certificate(forged).claims}
    assert lines[f"c{rank}"] == "accepted"
    assert lines[f"c{place(good, statement='9.1')}"] == "rejected"


@pytest.mark.parametrize("seed", range(40))
def test_invariant_factors_of_random_lattices(seed: int) -> None:
    """Dense random vectors: the checker's factors multiply to the greatest common divisor of all maximal minors."""
    rng = random.Random(seed)
    n, rank = rng.randint(1, 4), rng.randint(1, 4)
    vectors = [[rng.randint(-6, 6) for _ in range(n)] for _ in range(rank)]
    mine, theirs = Lattice(n), checker_lattice.Lattice(n, Meter())
    for vector in vectors:
        mine.add(dict(enumerate(vector)))
        theirs.add(dict(enumerate(vector)))
    factors = theirs.factors()
    assert tuple(factors) == mine.quotient().divisors
    assert all(b % a == 0 for a, b in itertools.pairwise(factors))
    size = theirs.rank
    minors = [round(float(np.linalg.det(np.array(vectors)[np.ix_(r, c)]))) for r in
              itertools.combinations(range(rank), size) for c in itertools.combinations(range(n), size)]  # fmt: skip
    assert math.prod(factors) == math.gcd(*minors)
    for vector in vectors:
        assert not theirs.reduce(dict(enumerate(vector)))
