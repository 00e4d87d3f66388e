"""Error bounds end to end: the truth lies inside the certified ball in every run."""

from __future__ import annotations

import itertools
import json
import math
import random
from fractions import Fraction

import numpy as np
import pytest

import exactfact as ef
from exactfact.lifting.chain import build_chain, column
from exactfact.pipeline.recovery import bound, read_claims
from exactfact.stability.local import curvature, lifted_square
from exactfact.stability.metric import distance
from tests.architectures import BRANCHES, DILATED, PLANE
from tests.stability.problems import BLIND, EXAMPLES, SCALED, TOEPLITZ, accepted, exact, forward, run, solved

SHIPPED = [ef.load(EXAMPLES / "bound" / f"{name}.toml") for name in ("branches", "dilated")]


def path_points(network, path, *points):
    """The vectors of the edges of a path, at each point."""
    numbers = [next(e for e, edge in enumerate(network.edges) if edge.name == name) for name in path]
    for point in points:
        vectors = []
        for e in numbers:
            start = network.offset(e)
            vectors.append(point[network.edge_level(e)][start : start + len(network.edges[e].support)])
        yield vectors


@pytest.mark.parametrize("architecture", [DILATED, BRANCHES, PLANE, *SHIPPED], ids=lambda spec: spec.title)
def test_the_truth_lies_within_the_radius_of_every_path(architecture):
    for seed in range(4):
        found = solved(architecture, seed)
        result = run(architecture, found)
        assert result.certified, result.reason
        accepted(result)
        truth, estimate = exact(found.truth), exact(found.estimate)
        for row in result.paths:
            assert row.radius is not None
            here, there = path_points(architecture.network, row.edges, truth, estimate)
            for name, p in (("1", 1), ("2", 2), ("inf", math.inf)):
                gap = distance(here, there, p)
                assert gap.upper <= row.radius.norms()[name] <= result.radius[name]


@pytest.mark.parametrize("architecture", [BLIND, SCALED, TOEPLITZ], ids=["blind", "scaled", "toeplitz"])
def test_the_truth_lies_within_the_local_radius(architecture):
    """Pinned entries of the truth are scaled to those of the estimate: the slice."""
    certified = 0
    for seed in range(6):
        found = solved(architecture, seed, 1e-5)
        result = run(architecture, found, claims=[])
        if not result.certified:
            continue
        assert result.statement == "12.7"
        accepted(result)
        truth = exact(found.truth)
        centre = [list(vector) for vector in result.centre]
        factor = Fraction(1)
        for k, j in enumerate(result.pivots):
            ratio = centre[k][j] / truth[k][j]
            truth[k] = [x * ratio for x in truth[k]]
            factor /= ratio
        truth[-1] = [x * factor for x in truth[-1]]
        squared = sum((a - b) ** 2 for x, y in zip(truth, centre, strict=True) for a, b in zip(x, y, strict=True))
        if squared <= result.ball**2:  # otherwise the solver found another solution, about which nothing is claimed
            certified += 1
            assert squared <= result.radius["2"] ** 2
            assert result.radius["2"] <= result.ball
    assert certified >= 3 or architecture is TOEPLITZ


def test_the_larger_constant_under_the_weaker_hypothesis():
    found = solved(DILATED, 1)
    whole = run(DILATED, found)
    limit = float(whole.noise_limit)
    weak = bound(DILATED, found.estimate, found.data[0], noise=limit * 0.8)
    assert weak.side.constant == 2
    accepted(weak)
    assert not bound(DILATED, found.estimate, found.data[0], noise=limit * 1.01).certified
    assert bound(DILATED, found.estimate, found.data[0], noise=limit * 0.49 - float(whole.eta)).side.constant < 2


def test_noise_is_the_misfit_unless_it_is_given():
    found = solved(DILATED, 2)
    result = bound(DILATED, found.estimate, found.data[0])
    assert result.delta == result.eta
    assert "as well as the estimate" in str(result)
    misfit = np.linalg.norm(forward(DILATED)(found.estimate) - found.data) * 4  # nu = 16
    assert abs(float(result.eta) - misfit) <= 1e-9 * misfit + 1e-12


def test_an_exact_fit_without_noise_has_radius_zero():
    estimate = [[1, 2], [3, "1/2"], [1, -1], [2, 5]]
    data = forward(DILATED)([np.array([1, 2.0]), np.array([3, 0.5]), np.array([1, -1.0]), np.array([2, 5.0])])
    result = bound(DILATED, estimate, data[0].tolist(), noise=0)
    assert result.radius == {"1": 0, "2": 0, "inf": 0}
    accepted(result)


def test_the_lifted_square_is_the_sum_of_all_columns():
    for architecture in (BLIND, SCALED, TOEPLITZ):
        chain = build_chain(architecture)
        total = sum(
            Fraction(value) ** 2
            for index in itertools.product(*map(range, chain.parameters))
            for value in column(chain, index).values()
        )
        assert lifted_square(chain) == total


def test_a_certificate_stands_in_for_the_computation():
    found = solved(DILATED, 0)
    document = json.loads(ef.certify(DILATED).certificate.text())
    fresh, reused = run(DILATED, found), run(DILATED, found, claims=read_claims(document))
    assert fresh.radius == reused.radius
    accepted(reused)


def test_the_curvature_is_the_largest_over_all_pairs_of_layers():
    rng = random.Random(5)
    for depth in (2, 3, 5):
        norms = tuple(Fraction(rng.randrange(9), rng.randrange(1, 5)) for _ in range(depth))
        sigma, reach = Fraction(3, 2), Fraction(rng.randrange(3), 7)
        rest = [
            math.prod(norm + reach for j, norm in enumerate(norms) if j not in pair)
            for pair in itertools.combinations(range(depth), 2)
        ]
        assert curvature(sigma, norms, reach) == sigma * (depth - 1) * max(rest)
    assert curvature(Fraction(1), (Fraction(2),) * 1000, Fraction(0)) == 999 * 2**998  # half a million pairs
