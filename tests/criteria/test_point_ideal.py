"""Identities at a point (7.5): against listed fibres over small fields, double roots, and forged evidence."""

from __future__ import annotations

import copy
import itertools
import random
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.criteria import point_ideal
from exactfact.model import Architecture
from tests.oracles import brute
from tests.oracles.expand import expand

from .helpers import document, run
from .liftings import random_lifting

PRODUCTS = [ef.convolution(2, 2, padding="full"), ef.convolution(1, 2, padding="full")]


def proved(architecture: Architecture) -> dict[str, Any] | None:
    """The accepted certificate of the claim, None without one."""
    ledger, _ = run(architecture, [point_ideal.apply])
    if not ledger.claims:
        return None
    made = document(architecture, ledger.claims)
    report = check_certificate(made)
    assert report.accepted, "\n".join(report.lines())
    return made


@pytest.mark.parametrize("p", [2, 3, 5])
def test_no_point_with_a_competitor_is_claimed(p: int) -> None:
    """All points of random lifted maps over GF(p) are compared with exhaustion over GF(p)."""
    claimed = alone = 0
    for seed in range(12):
        rng = random.Random(seed)
        sizes = rng.choice([(2, 2), (2, 2, 2), (3, 2)] if p < 5 else [(2, 2), (1, 2, 2)])
        rank = rng.randint(2, max(2, len(list(itertools.product(*map(range, sizes)))) - 1))
        points = list(itertools.product(*(itertools.product(range(p), repeat=size) for size in sizes)))
        for point in rng.sample(points, min(len(points), 20)):
            if not all(any(vector) for vector in point):
                continue
            spec = random_lifting(sizes, rank, seed, f"GF({p})", point=[list(vector) for vector in point])
            full = brute.exhaust(expand(spec.document()))
            assert full is not None
            single = brute.at_point(full, paths=False)
            alone += single
            if proved(spec) is not None:
                assert single, (p, seed, point)
                claimed += 1
    assert 10 <= claimed <= alone


def test_a_double_root_is_found_by_a_square() -> None:
    """(1 + x)^2 has one splitting, where the Jacobian drops: only the square of a ratio lies in the ideal."""
    made = proved(ef.Architecture(PRODUCTS, point=[[1, 1], [1, 1]]))
    assert made is not None
    assert [step["exponent"] for step in made["claims"][0]["evidence"]["steps"]] == [2, 1]


def test_two_roots_are_not_claimed() -> None:
    assert proved(ef.Architecture(PRODUCTS, point=[[1, 1], [1, 2]])) is None


@pytest.mark.parametrize(("sizes", "rank"), [((2, 2, 2), 5), ((2, 2, 2), 7), ((3, 3), 6), ((2, 2, 2, 2), 9)])
def test_generic_points_of_random_maps(sizes: tuple[int, ...], rank: int) -> None:
    rng = random.Random(1)
    point = [[rng.randint(1, 4) for _ in range(size)] for size in sizes]
    assert proved(random_lifting(sizes, rank, 1, point=point)) is not None


def test_a_zero_product_of_layers_with_one_parameter_is_not_claimed() -> None:
    """No step is needed there, so none shows that phi(h*) is not zero: h* has the competitor 2 h*."""
    zero = ef.Architecture([ef.basis([[[1, 0]]]), ef.basis([[[0], [1]]])], point=[[1], [1]])
    assert proved(zero) is None


def test_a_zero_layer_and_a_zero_product_are_not_claimed() -> None:
    assert proved(random_lifting((2, 2), 3, 1, point=[[0, 0], [1, 1]])) is None
    assert proved(ef.Architecture([ef.full(1, 1), ef.fixed([[0]]), ef.full(1, 2)], point=[[1], [1, 1]])) is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("pivot",), 2),
        (("cell",), 9),
        (("exponent",), 2),
        (("degree",), 0),
        (("degree",), -1),
        (("layer",), 7),
        (("layer",), True),
        (("cofactors",), []),
        (("cofactors", 0, 0), 0),
        (("cofactors", 0, 1, 0, 0), 0),
        (("cofactors", 0, 1, 0, 2), 3),
        (("cofactors", 0, 1, 0, 1), [0, 0, 0]),
        (("cofactors", 0, 1), []),
    ],
)
def test_forged_identities_are_rejected(path: tuple[Any, ...], value: Any) -> None:
    made = proved(random_lifting((2, 2, 2), 6, 1, point=[[1, 2], [3, 1], [2, 5]]))
    assert made is not None
    forged = copy.deepcopy(made)
    at: Any = forged["claims"][0]["evidence"]["steps"][0]
    assert at["pivot"] == 0 and at["cofactors"][0][1]
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    assert not check_certificate(forged).accepted


def test_a_step_cannot_be_left_out_or_taken_twice() -> None:
    made = proved(random_lifting((2, 2, 2), 6, 1, point=[[1, 2], [3, 1], [2, 5]]))
    assert made is not None
    steps = made["claims"][0]["evidence"]["steps"]
    for forged in (steps[1:], steps[:-1], [*steps, steps[0]], steps[::-1], []):
        made["claims"][0]["evidence"]["steps"] = forged
        assert not check_certificate(made).accepted
