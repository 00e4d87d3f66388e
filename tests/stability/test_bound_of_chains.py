"""Theorem 5 for chains, for all parameters and within a sparsity model (theory 12.1, 12.5)."""

from __future__ import annotations

import itertools
import json
import math
from fractions import Fraction

import numpy as np
import pytest

import exactfact as ef
from exactfact.certificate.claims import Bound
from exactfact.checker.certificate import _header
from exactfact.checker.claims import Claim, read_claim
from exactfact.checker.rules import recovery as rule
from exactfact.lifting.chain import build_chain, column
from exactfact.model import SparsityModel
from exactfact.pipeline.recovery import bound
from exactfact.stability.metric import distance
from tests.stability.problems import BLIND, accepted, exact, forward, run, solved


def global_claims(architecture, shrink=1):
    """Bounds as criteria would give them, from floats: rank A = N and sigma_min^2, for tests of the theorem alone."""
    chain = build_chain(architecture)
    columns = []
    for index in itertools.product(*map(range, chain.parameters)):
        dense = np.zeros(chain.sizes[0] * chain.sizes[-1])
        for (r, c), value in column(chain, index).items():
            dense[r * chain.sizes[-1] + c] = float(value)
        columns.append(dense)
    singular = np.linalg.svd(np.stack(columns, 1), compute_uv=False)
    assert len(singular) == len(columns)
    smallest = Fraction(float(singular[-1]) ** 2 * 0.999999 * shrink).limit_denominator(10**9)
    return [
        Bound("rank", "lower", len(columns), "QQ", "2.3", {}, "c0"),
        Bound("sigma_min_squared", "lower", smallest, "QQ", "12.6", {}, "c1"),
    ], singular


def check_alone(result, claims):
    """The rule of the last claim, the bounds before it taken as accepted."""
    document = json.loads(result.certificate.text())
    return reject_or_accept(document, claims)


def reject_or_accept(document, claims):
    context, listed, _ = _header(document, 10**11)
    for bound_ in claims:
        fields = {key: value for key, value in vars(bound_).items() if key != "evidence"}
        context.decided[bound_.id] = Claim(kind="bound", evidence={}, **fields), "accepted"
    claim = read_claim(listed[-1], len(listed) - 1)
    rule.check(claim, context)
    return claim


@pytest.mark.parametrize("seed", range(4))
def test_theorem_5_for_a_chain(seed):
    found = solved(BLIND, seed)
    claims, _ = global_claims(BLIND)
    result = run(BLIND, found, claims=claims)
    assert result.certified
    assert result.statement == "12.1"
    assert check_alone(result, claims).property == "recovery"
    for name, p in (("1", 1), ("2", 2), ("inf", math.inf)):
        assert distance(exact(found.truth), exact(found.estimate), p).upper <= result.radius[name]
    assert result.side.constant == Fraction(3, 2)


def test_too_much_noise_leaves_the_bound_on_tensors():
    found = solved(BLIND, 0)
    claims, _ = global_claims(BLIND)
    result = bound(BLIND, found.estimate, found.data, noise=50, claims=claims)
    assert not result.certified
    assert result.exit_code == 3
    assert "side condition" in result.reason
    assert check_alone(result, claims).property == "tensor-recovery"
    document = result.document()
    assert document["status"] == "not certified"
    assert document["radius"] == {"1": None, "2": None, "inf": None}
    assert document["tensor_radius"] is not None


SPARSE = ef.Architecture(
    [
        ef.full(1, 6),
        ef.fixed([[3, 1, 0, 1], [1, 2, 1, 0], [0, 1, 3, -1], [2, 0, -2, 1], [1, -1, 1, 4], [0, 2, 1, 1]]),
    ],
    models=[SparsityModel(0, sparsity=1)],
    title="six columns in four dimensions, one of them used",
)


@pytest.mark.parametrize("seed", range(5))
def test_within_a_sparsity_model_the_restricted_constant_is_used(seed):
    rng = np.random.default_rng(seed)
    truth = [np.zeros(6)]
    truth[0][seed] = 2.0
    noise = 1e-3 * rng.standard_normal((1, 4))
    estimate = [truth[0] * (1 + 1e-3)]
    data = forward(SPARSE)(truth) + noise
    result = bound(SPARSE, estimate, data, noise=float(np.linalg.norm(noise)) * (1 + 1e-12))
    assert (result.statement, result.model) == ("12.1", "spec")
    assert accepted(result)["claims"][-1]["model"] == "spec"
    assert distance(exact(truth), exact(estimate)).upper <= result.radius["inf"]
    assert "of the sparsity model" in str(result)


def test_an_estimate_outside_the_model_is_not_certified():
    result = bound(SPARSE, [[1.0, 0.5, 0, 0, 0, 0]], [[3, 1, 0, 1]])
    assert not result.certified
    assert "not in the sparsity model" in result.reason
