"""Forged claims modulo the torus are rejected: orders, trees, cuts, dimensions, and what the claim is about."""

from __future__ import annotations

import copy
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate

from .layers import triangular
from .supports import ROUND, butterfly, certified, tower

CASES = {
    "LU": ([triangular(3, lower=True), triangular(3, lower=False)], "9.4"),
    "LDU": (tower(3), "9.5"),
}


def _statuses(forged: dict[str, Any], statement: str) -> set[str]:
    names = {c["id"] for c in forged["claims"] if c["statement"] == statement}
    return {line.status for line in check_certificate(forged).claims if line.id in names}


def _forge(good: dict[str, Any], statement: str, change: Any) -> set[str]:
    forged = copy.deepcopy(good)
    for claim in forged["claims"]:
        if claim["statement"] == statement:
            change(claim)
    return _statuses(forged, statement)


PEELING = {
    "dimension": lambda e: e.__setitem__("dimension", e["dimension"] + 1),
    "no cut": lambda e: e.__setitem__("cuts", []),
    "a cut twice": lambda e: e["cuts"].append(e["cuts"][0]),
    "a cut of other layers": lambda e: e["cuts"].append({**e["cuts"][0], "layers": [0, 0]}),
    "cut out of range": lambda e: e["cuts"][0].__setitem__("cut", 2),
    "order reversed": lambda e: e["cuts"][0]["order"].reverse(),
    "order and trees reversed": lambda e: (e["cuts"][0]["order"].reverse(), e["cuts"][0]["trees"].reverse()),
    "a node missing": lambda e: (e["cuts"][0]["order"].pop(), e["cuts"][0]["trees"].pop()),
    "a node twice": lambda e: e["cuts"][0]["order"].__setitem__(1, e["cuts"][0]["order"][0]),
    "a cell less": lambda e: e["cuts"][0]["trees"][0].pop(),
    "a cell twice": lambda e: e["cuts"][0]["trees"][0].__setitem__(0, e["cuts"][0]["trees"][0][1]),
    "a cell of a later node": lambda e: e["cuts"][0]["trees"][0].__setitem__(-1, [2, 2]),
    "a cell outside": lambda e: e["cuts"][0]["trees"][0].__setitem__(-1, [7, 0]),
    "no list": lambda e: e["cuts"][0].__setitem__("trees", 5),
    "a number in words": lambda e: e["cuts"][0]["order"].__setitem__(0, "0"),
}


@pytest.mark.parametrize("name", PEELING)
@pytest.mark.parametrize("case", CASES)
def test_forged_peelings_are_rejected(name: str, case: str) -> None:
    layers, statement = CASES[case]
    good = certified(ef.Architecture(layers))
    assert _forge(good, statement, lambda claim: None) == {"accepted"}
    assert _forge(good, statement, lambda claim: PEELING[name](claim["evidence"])) == {"rejected"}


def test_an_inner_cut_must_not_be_missing() -> None:
    good = certified(ef.Architecture(tower(3)))
    assert _forge(good, "9.5", lambda claim: claim["evidence"]["cuts"].pop()) == {"rejected"}


@pytest.mark.parametrize("statement", ["9.3a", "9.3b", "9.4", "9.5"])
@pytest.mark.parametrize("layers", [[ef.full(2, 2)] * 2, [ef.toeplitz(3, 2), ef.full(2, 3)]])
def test_no_statement_licenses_dense_layers(layers: list[ef.Layer], statement: str) -> None:
    """Two paths join each input and output, and their rank-one terms cover each other."""
    architecture = ef.Architecture(layers)
    good = certified(architecture)
    rank = next(c["id"] for c in good["claims"] if c.get("quantity") == "jacobian_rank" and c["side"] == "lower")
    trees = [[[0, 0], [0, 1], [1, 0]], [[1, 1], [0, 1], [1, 0]]]
    evidence = {
        "9.3a": {"jacobian_rank": rank, "dimension": 1},
        "9.3b": {"dimension": 1},
    }.get(statement, {"dimension": 1, "cuts": [{"layers": [0, 1], "cut": 0, "order": [0, 1], "trees": trees}]})
    for prop in ("generic-finite", "generic"):
        forged = copy.deepcopy(good)
        forged["claims"].append(
            {"id": f"c{len(good['claims'])}", "kind": "verdict", "property": prop, "modulo": "torus", "model": "full",
             "over": "CC", "status": "proved", "statement": statement, "evidence": evidence}
        )  # fmt: skip
        assert _statuses(forged, statement) == {"rejected"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("over", "QQ"), ("modulo", "scaling"), ("property", "uniform"), ("property", "at-point"), ("status", "refuted"),
     ("model", "spec")],
)  # fmt: skip
def test_the_verdict_is_about_generic_points_modulo_the_torus(key: str, value: str) -> None:
    good = certified(ef.Architecture(butterfly(4)))
    assert _forge(good, "9.3b", lambda claim: claim.__setitem__(key, value)) == {"rejected"}


def test_a_smaller_rank_does_not_prove_finiteness() -> None:
    forged = certified(ef.Architecture(ROUND))
    claim = next(c for c in forged["claims"] if c["statement"] == "9.3a")
    bound = next(c for c in forged["claims"] if c["id"] == claim["evidence"]["jacobian_rank"])
    bound["value"] -= 1
    assert _statuses(forged, "9.3a") == {"rejected"}
