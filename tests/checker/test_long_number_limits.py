"""Bounded work where evidence holds long numbers, long polynomials or many layers: what is counted is what it costs."""
import random
from typing import Any

import pytest

from tests.checker import build as b
from tests.checker.test_limits import checked, statuses

LIMIT = 2_000_000_000
LONG = 380_000  # bits of a number that may still be written


def long(bits: int, seed: int) -> str:
    """A random odd number of so many bits, as it is written."""
    return hex(random.Random(seed).getrandbits(bits) | 1 << (bits - 1) | 1)


def symmetry(entries: list[list[Any]], value: int = 0) -> list[Any]:
    """Claims about the map C of one layer of two parameters, the second without an entry; of the order, if asked."""
    claims = [b.verdict("generic", "scaling", "refuted", "QQ", "8.2f", {"C": [[0, entries]], "Z": []})]
    return claims + [b.bound("fibre_count", "lower", value, "8.2f", {"generic": "c0"})] * bool(value)


def test_denominators_of_a_symmetry_that_have_a_long_multiple() -> None:
    entries = [[i, j, f"1/{long(LONG, 7 * i + j)}"] for i in range(7) for j in range(7)]
    spec = b.chain(b.basis(*[[[int(i == j) for j in range(7)]] for i in range(7)]), b.full(7, 1))
    report = checked(spec, *symmetry(entries), limit=LIMIT)
    assert statuses(report) == ["not-checked"] and "common denominator" in report.claims[0].found


def test_powers_of_a_symmetry_of_long_entries() -> None:
    entries = [[0, 0, 1], [1, 0, 1], [1, 1, f"{long(LONG // 2, 1)}/{long(LONG // 2, 2)}"]]
    report = checked(b.chain(b.basis([[1]], [[0]])), *symmetry(entries, 3), limit=LIMIT)
    assert statuses(report) == ["accepted", "not-checked"] and "symmetry" in report.claims[1].found


def family(spec: Any, numerators: list[list[int]], weights: list[int], limit: int = LIMIT) -> Any:
    """The report on competitors of (1, ..., 1) in the one layer of the spec, along x^2 + 1."""
    spec["point"] = {"h": [[1] * len(numerators)]}
    one = {"polynomial": [1, 0, 1], "numerators": [numerators], "scales": [1]}
    evidence = {"prime": 65521, "pivots": [0], "weights": [weights], "families": [one]}
    return checked(spec, b.verdict("at-point", "scaling", "refuted", "CC", "7.5r", evidence), limit=limit, seconds=25)


def test_quotients_of_long_polynomials_cost_what_changes() -> None:
    report = family(b.chain(b.full(1, 2)), [[0, 2], [1] * 40_000], [0, 0])
    assert statuses(report) == ["rejected"] and "proportional" in report.claims[0].expected


@pytest.mark.parametrize("layer, weight, words", [
    (b.basis([[1] + [0] * 299], [[1] * 300]), 0, "stored numbers"),
    (b.basis([[1]] * 1, *[[[1]]] * 2999), 0, "sums of polynomials"),
    (b.basis([[1]], *[[[0]]] * 2999), 1, "weights"),
], ids=["one polynomial in many cells", "many in one cell", "many in a weighted sum"])
def test_long_polynomials_are_stored_and_added_within_bounds(layer: Any, weight: int, words: str) -> None:
    size = len(layer["matrices"])
    numerators = [[0, 2], [1] * 100_000, *[[1]] * (size - 2)]
    report = family(b.chain(layer), numerators, [weight] * size)
    assert statuses(report) == ["not-checked"] and words in report.claims[0].found


def estimate(h: list[list[Any]], **others: Any) -> Any:
    """A claim near the estimate h of a chain with the product 0 measured."""
    evidence = {"h": h, "data": {"denominator": 1, "entries": []}, "delta": 0, "eta": 100, "pivots": [0] * (len(h) - 1),
                "bits": 10, "slope_squared": "1/2", "slope": "1/2", "sigma_max": 100, "sigma_max_squared": None,
                "norms": [100] * len(h), "ball": 0, "first": 0, "radius": {"1": 0, "2": 0, "inf": 0}, **others}
    return b.verdict("local-recovery", "scaling", "proved", "RR", "12.7", evidence)


def test_bounds_near_an_estimate_of_many_layers() -> None:
    depth = 600
    spec = b.chain(*[b.full(1, 1)] * depth, b.full(1, 2))
    exact = {"denominator": 1, "entries": [[0, 1], [1, 1]]}
    report = checked(spec, estimate([[1]] * depth + [[1, 1]], data=exact, eta=0), limit=LIMIT)
    assert statuses(report) == ["accepted"]
    ball = f"1/{long(LONG // 2, 3)}"
    report = checked(spec, estimate([[1]] * depth + [[1, 1]], data=exact, eta=0, ball=ball), limit=LIMIT)
    assert statuses(report) == ["not-checked"] and "rational numbers" in report.claims[0].found


def test_gram_matrices_of_long_fractions() -> None:
    h = [[1], [f"1/{long(5_000, j)}" for j in range(12)]]
    report = checked(b.chain(b.full(1, 1), b.full(1, 12)), estimate(h), limit=LIMIT)
    assert statuses(report) == ["not-checked"] and "Gram matrix" in report.claims[0].found


def test_tangents_of_many_layers_of_long_numbers() -> None:
    depth = 20
    evidence = {"h": [[long(LONG, k)] for k in range(depth)], "b": [[1]] * depth}
    claim = b.verdict("stable", "scaling", "refuted", "QQ", "12.4", evidence)
    report = checked(b.chain(*[b.full(1, 1)] * depth), claim, limit=LIMIT)
    assert statuses(report) == ["not-checked"] and "rational numbers" in report.claims[0].found


def test_networks_at_long_points() -> None:
    depth = 40
    h, g = [[1]] * depth, [[long(LONG, k)] for k in range(depth)]
    claim = b.verdict("at-point", "path-scaling", "refuted", "QQ", "8.1", {"h": h, "g": g})
    report = checked(b.line([8], *[[0]] * depth, point=h), claim, limit=LIMIT, seconds=20)
    assert statuses(report) == ["not-checked"] and "paths" in report.claims[0].found


def test_path_tensors_of_long_ratios() -> None:
    half = 12
    h, tops = [[1]] * (2 * half), [long(LONG, k) for k in range(half)]
    g = [[x] for x in tops] + [[f"1/{x}"] for x in tops]
    claim = b.verdict("at-point", "path-scaling", "refuted", "QQ", "8.1", {"h": h, "g": g})
    report = checked(b.line([8], *[[0]] * (2 * half), point=h), claim, limit=5 * LIMIT, seconds=25)
    assert statuses(report) == ["not-checked"] and "ratios" in report.claims[0].found
