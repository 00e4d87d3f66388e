"""Forged claims about points of chains of convolutions: factors, numbers of roots, zero layers."""

from __future__ import annotations

from .convolutions import full_layers, intervals, network
from .forging import certificate_of, changed, last_status, rejected


def test_forged_factors_are_rejected() -> None:
    good = certificate_of(full_layers(2, 4, point=[[1, 1], [1, 0, 0, 2]]))
    claim = next(c for c in good["claims"] if c["statement"] == "10.5p")
    evidence = claim["evidence"]
    cubic = next(i for i, f in enumerate(evidence["factors"]) if len(f) == 2 and f[1][0] == [3])
    line = 1 - cubic
    for over in ("RR", "CC"):
        assert rejected(good, claim, over=over), "the cubic splits there"
    p = evidence["proofs"][cubic]["prime"]
    for wrong in (
        changed(evidence, "proofs", cubic, value=None),
        changed(evidence, "proofs", cubic, "prime", value=p + 2),
        changed(evidence, "proofs", cubic, "prime", value=p * 103),
        changed(evidence, "proofs", cubic, "factors", value=[]),
        changed(evidence, "proofs", cubic, "factors", 0, 0, value=evidence["proofs"][cubic]["factors"][0][0] + 1),
        changed(evidence, "factors", line, 0, 1, value=2),
        changed(evidence, "factors", line, 0, 0, value=[1]),
        changed(evidence, "factors", line, value=[]),
        changed(evidence, "factors", line, value=[[[0], 1], [[1], 1], [[1], 1]]),
        changed(evidence, "exponents", line, value=evidence["exponents"][cubic]),
        changed(evidence, "exponents", line, value=[2, 0]),
        changed(evidence, "exponents", line, value=[1, -1]),
        changed(evidence, "exponents", value=[]),
        changed(evidence, "fibre_count", value="c0"),
        {**evidence, "more": 1},
    ):  # fmt: skip
        assert rejected(good, claim, evidence=wrong), wrong
    assert rejected(good, claim, status="refuted")


def test_a_reducible_factor_hides_no_second_splitting() -> None:
    """(1 + x)(2 + x) as one factor of a quadratic layer beside 3 + x: refused by every prime."""
    arch = full_layers(3, 2, point=[[2, 3, 1], [3, 1]])
    good = certificate_of(arch)
    carrier = next(c for c in good["claims"] if "shifts" in c["evidence"])
    for p in (5, 7, 101, 10**6 + 3):
        factors = [[2, 3 % p, 1]] if p == 5 else [[1, 1], [2, 1]]
        evidence = {
            "fibre_count": carrier["id"],
            "factors": [[[[0], 2], [[1], 3], [[2], 1]], [[[0], 3], [[1], 1]]],
            "exponents": [[1, 0], [0, 1]],
            "proofs": [{"prime": p, "factors": factors}, None],
        }
        claim = {"kind": "verdict", "property": "at-point", "modulo": "scaling", "model": "full", "over": "QQ",
                 "status": "proved", "statement": "10.5p", "evidence": evidence}  # fmt: skip
        assert last_status(good, claim) == "rejected", p


def test_forged_root_counts_are_rejected() -> None:
    good = certificate_of(intervals(3, 3, point=[[1, 0, 1], [1, 0, 1]]))
    proved = next(c for c in good["claims"] if c["statement"] == "10.5r" and c["status"] == "proved")
    refuted = next(c for c in good["claims"] if c["statement"] == "10.5r" and c["status"] == "refuted")
    assert (proved["over"], refuted["over"]) == ("RR", "CC")
    assert rejected(good, proved, over="CC")
    assert rejected(good, proved, over="QQ")
    assert rejected(good, proved, status="refuted")
    assert rejected(good, refuted, over="RR")
    assert rejected(good, refuted, status="proved")
    assert rejected(good, refuted, evidence={"fibre_count": "c0"})
    assert rejected(good, refuted, evidence={"fibre_count": refuted["evidence"]["fibre_count"], "roots": 2})
    assert rejected(good, proved, model="spec")


def test_gaps_and_planes_have_no_roots_to_count() -> None:
    """A refutation by roots needs kernels without gaps, and kernels on parallel lines."""
    source = certificate_of(intervals(3, 3, point=[[1, 0, 1], [1, 0, 1]]))
    claim = next(c for c in source["claims"] if c["statement"] == "10.5r" and c["status"] == "refuted")
    plane = network([(0, 0), (1, 0)], [(0, 0), (0, 1), (1, 1)], group=[0, 0], point=[[1, 2], [1, 1, 1]])
    for arch in (network([0, 1, 3], [0, 1], point=[[1, 1, 1], [1, 1]]), plane):
        good = certificate_of(arch)
        carrier = next((c for c in good["claims"] if "shifts" in c["evidence"]), None)
        assert carrier is not None
        assert last_status(good, {**claim, "evidence": {"fibre_count": carrier["id"]}}) == "rejected"


def test_a_zero_layer_is_not_claimed_where_there_is_none() -> None:
    good = certificate_of(intervals(2, 3, point=[[0, 0], [1, 2, 3]]))
    claim = next(c for c in good["claims"] if c["statement"] == "10.5a" and c["property"] == "at-point")
    assert rejected(good, claim, modulo="scaling")
    other = certificate_of(intervals(2, 3, point=[[0, 1], [1, 2, 3]]))
    carrier = next(c for c in other["claims"] if "shifts" in c["evidence"])
    assert last_status(other, {**claim, "evidence": {"fibre_count": carrier["id"]}}) == "rejected"
