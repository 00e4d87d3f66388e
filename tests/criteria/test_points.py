"""Statements at a given point h*, each with its certificate checked."""

from __future__ import annotations

import json

import pytest

import exactfact as ef
from exactfact import __version__
from exactfact.certificate import Certificate, Ledger, Verdict
from exactfact.checker import check_certificate
from exactfact.criteria import jacobian_rank, point_rank, too_small
from exactfact.criteria.outcome import Context
from exactfact.criteria.problem import Problem

from .checked import checked


def at(layers: list[ef.Layer], point: list[list[object]], field: object = ef.QQ) -> ef.Result:
    return checked(ef.Architecture(layers, field=field, point=point))  # type: ignore[arg-type]


def test_uniform_gives_every_point() -> None:
    result = at([ef.diagonal(2), ef.fixed([[1, 1], [1, -1]]), ef.diagonal(2)], [[1, 2], ["1/3", -1]])
    assert result.verdict("at-point").statement == "4.2"
    assert result.facts["point"]["local"] == "proved"


def test_a_point_where_the_product_vanishes() -> None:
    result = at([ef.full(1, 2), ef.full(2, 1)], [[1, 0], [0, 1]])
    row = result.verdict("at-point")
    assert row.status == "refuted" and row.witness is not None and row.witness["g"] == [[0, 0], [0, 0]]


def test_a_zero_layer_is_outside() -> None:
    result = at([ef.full(1, 2), ef.full(2, 1)], [[1, 0], [0, 0]])
    assert result.verdict("at-point").status == "undecided"
    assert result.facts["point"]["in_h_star"] is False


def test_one_layer_moves() -> None:
    result = at([ef.full(1, 2), ef.full(2, 1)], [[1, 2], [3, "1/2"]])
    assert result.verdict("at-point").status == "refuted"


def test_layers_that_commute_are_exchanged() -> None:
    result = at([ef.circulant(7, [0, 1]), ef.circulant(7, [0, 1])], [[1, 2], [1, 3]])
    row = result.verdict("at-point")
    assert row.status == "refuted" and row.witness == {"h": [[1, 2], [1, 3]], "g": [[1, 3], [1, 2]]}
    assert result.facts["point"]["local"] == "proved", "the exchange is far away"


def test_a_change_of_basis() -> None:
    result = at([ef.full(2, 2), ef.full(2, 2)], [[1, 2, 3, 5], [1, 1, 0, 1]])
    assert result.verdict("at-point").status == "refuted"
    assert result.facts["point"]["jacobian_rank"]["upper"] == 4


@pytest.mark.parametrize("p", [3, 5])
def test_points_over_finite_fields(p: int) -> None:
    result = at([ef.full(2, 2), ef.full(2, 2)], [[1, 2, 0, 1], [1, 1, 0, 1]], ef.GF(p))
    assert result.verdict("at-point").status == "refuted"


def test_a_double_root_has_a_low_rank_at_the_point() -> None:
    """(1 + x)^2: the Jacobian drops at h*, so nothing local follows; no competitor exists either."""
    result = at([ef.circulant(5, [0, 1]), ef.circulant(5, [0, 1])], [[1, 1], [1, 1]])
    verdict = result.verdict("at-point")
    assert (verdict.status, verdict.over, verdict.statement) == ("proved", "CC", "10.5r")
    assert result.facts["point"]["jacobian_rank"]["upper"] == 2
    assert result.facts["point"]["local"] is None


@pytest.mark.parametrize(("point", "over"), [([1, 0, 0, 1, 0, 0], "RR"), ([1, 0, 1, 0, 0, 0], "CC")])
def test_where_the_jacobian_has_its_largest_rank_real_points_have_rivals(point: list[int], over: str) -> None:
    """Theory 6.2 without the criteria that find a rational rival first; at rank 1 only over CC."""
    layers = [ef.full(3, 2), ef.full(2, 3)]
    architecture = ef.Architecture(layers, point=[point, [1, 0, 2, 0, 1, 3]])  # type: ignore[list-item]
    problem, context = Problem(architecture), Context(Ledger(), requested=("at-point",))
    for criterion in (jacobian_rank.apply, point_rank.apply, too_small.apply):
        context.ledger.absorb(criterion(problem, context).claims)
    claims = tuple(context.ledger.claims)
    found = [claim for claim in claims if isinstance(claim, Verdict) and claim.property == "at-point"]
    assert [(claim.over, claim.status, claim.statement) for claim in found] == [(over, "refuted", "6.2")]
    certificate = Certificate(architecture.document(), architecture.digest, 0, __version__, claims, ())
    assert check_certificate(json.loads(certificate.text())).accepted
