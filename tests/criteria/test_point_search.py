"""Competitors of a given point: found where they exist, and verified by the checker."""

from __future__ import annotations

import random

import pytest

import exactfact as ef
from exactfact.criteria import point_search, point_witness
from exactfact.model import from_document
from tests.oracles import brute, random_specs
from tests.oracles.expand import expand

from .checked import checked
from .convolutions import polynomial, stack
from .helpers import run
from .layers import lifted, numbers, observed

REFUTED = {
    "signs of a group of order two": (observed(2, ["000", "110", "011", "101"]), [[1, 2], [3, 5], [1, 7]]),
    "roots distributed otherwise": (stack([3, 2], length=1), [polynomial([1, -1], [1, -2]), [1, -3]]),
    "one layer solved for": (lifted((2, 3, 2), numbers(1, 3, 12)), [[1, 2], [1, -1, 2], [3, 1]]),
    "change of basis": ([ef.full(3, 3)] * 2, [list(range(1, 10)), [1, 0, 2, 0, 1, 1, 3, 0, 1]]),
    "rescaled nodes": ([ef.butterfly(8, k) for k in range(3)], [list(range(k, k + 16)) for k in (1, 2, 3)]),
}


@pytest.mark.parametrize("name", REFUTED)
def test_a_competitor_is_found(name: str) -> None:
    layers, point = REFUTED[name]
    result = checked(ef.Architecture(layers, point=point), properties=["at-point"])
    row = result.verdict("at-point", over="QQ")
    assert (row.status, row.statement) == ("refuted", "8.1")
    assert row.witness is not None and row.witness["h"] == point


@pytest.mark.parametrize(
    ("layers", "point"),
    [
        # Classes differ by a group of order three, which has no rational element but 1.
        (observed(2, ["0001", "0010", "0100", "1000", "1111"]), [[1, 2], [3, 5], [1, 7], [2, 3]]),
        # (x^2 + 1)(x - 3) splits over CC only.
        (stack([3, 2], length=1), [[1, 0, 1], [1, -3]]),
    ],
)
def test_a_competitor_over_a_larger_field_is_not_claimed(layers: list[ef.Layer], point: list[list[int]]) -> None:
    row = checked(ef.Architecture(layers, point=point), properties=["at-point"]).verdict("at-point", over="QQ")
    assert row.status != "refuted"


@pytest.mark.parametrize(("p", "most"), [(2, 10), (3, 7)])
def test_all_competitors_that_exhaustion_finds_are_found(p: int, most: int) -> None:
    seen = {True: 0, False: 0}
    for seed in range(60):
        document = random_specs.chain(seed, p, most)
        rng = random.Random(seed)
        point = [[rng.randrange(p) for _ in range(size)] for size in expand(document).sizes]
        full = brute.exhaust(expand({**document, "point": {"h": point}}))
        if not all(map(any, point)) or full is None:
            continue
        architecture = from_document({**document, "point": {"h": point}})
        ledger, _ = run(architecture, [point_witness.apply, point_search.apply])
        _, (alone,) = run(architecture, [point_search.apply])
        truth = brute.at_point(full, paths=False)
        seen[truth] += 1
        assert (ledger.verdict("at-point", "scaling") is None) == truth
        assert not (alone.claims and truth)
    assert min(seen.values()) > 5


def test_what_is_decided_is_left_alone() -> None:
    architecture = ef.Architecture([ef.full(2, 2)] * 2, point=[[1, 2, 3, 4], [1, 0, 0, 1]])
    _, outcomes = run(architecture, [point_witness.apply, point_search.apply])
    assert outcomes[1].claims == () and outcomes[1].why == "already decided"


def test_a_point_with_fractions() -> None:
    point = [["1/2", 2], [3, "5/7"], [1, "7/3"]]
    layers = observed(2, ["000", "110", "011", "101"])
    row = checked(ef.Architecture(layers, point=point), properties=["at-point"]).verdict("at-point", over="QQ")
    assert row.status == "refuted"
