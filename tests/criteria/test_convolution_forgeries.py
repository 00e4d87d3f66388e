"""Forged claims about generic fibres of chains of convolutions: shifts, numbers, fields and references."""

from __future__ import annotations

from typing import Any

import pytest

from exactfact.checker import check_certificate

from .convolutions import full_layers, intervals, network
from .forging import certificate_of, last_status, rejected


@pytest.mark.parametrize("make", [full_layers, intervals])
def test_forged_shifts_and_numbers_are_rejected(make: Any) -> None:
    good = certificate_of(make(2, 4))
    carrier = next(c for c in good["claims"] if "shifts" in c["evidence"])
    first, second = carrier["evidence"]["shifts"]
    moved = [[[s[0] + 5] for s in first], [[-3 + s[0]] for s in second]]
    assert not rejected(good, carrier, evidence={"shifts": moved}), "translations are free"
    for wrong in ([first, [[0], [1], [2], [4]]], [first, second[:3]], [[[0], [0]], second], [first], [second, first],
                  [[[0, 0], [1, 0]], second], [[[0], [2]], second], [[[0], ["1/2"]], second], [[[0], [True]], second],
                  [[[1], [0]], second], [[], second], [[[], []], second]):  # fmt: skip
        assert rejected(good, carrier, evidence={"shifts": wrong}), wrong
    assert rejected(good, carrier, value=3)
    for claim in good["claims"]:
        if claim["statement"] == "10.5" and claim["kind"] == "bound" and claim["side"] == "lower":
            assert rejected(good, claim, value=claim["value"] + 1)
    hilbert = next(c for c in good["claims"] if c.get("property") == "hilbert-generic")
    for changes in ({"over": "RR"}, {"over": "CC"}, {"status": "refuted"}, {"property": "generic"},
                    {"evidence": {"fibre_count": "c0"}}, {"model": "spec"}):  # fmt: skip
        assert rejected(good, hilbert, **changes), changes


def test_generic_verdicts_are_not_moved_to_other_fields() -> None:
    good = certificate_of(intervals(2, 3))
    claim = next(c for c in good["claims"] if c.get("property") == "generic" and c["over"] == "CC")
    for changes in ({"over": "RR"}, {"over": "QQ"}, {"status": "proved"}, {"property": "generic-finite"},
                    {"statement": "10.5a"}, {"modulo": "torus"}):  # fmt: skip
        assert rejected(good, claim, **changes), changes


def test_hilbert_is_refused_where_two_layers_are_translates() -> None:
    good = certificate_of(intervals(2, 3))
    bad = certificate_of(network([0, 1], [4, 5]))
    claim = next(c for c in good["claims"] if c.get("property") == "hilbert-generic")
    carrier = next(c for c in bad["claims"] if "shifts" in c["evidence"])
    assert last_status(bad, {**claim, "evidence": {"fibre_count": carrier["id"]}}) == "rejected"


def test_ranks_are_numbers_of_sums() -> None:
    """The other bounds on the rank are found first, and agree; forged numbers are refused."""
    good = certificate_of(full_layers(3, 4))
    carrier = next(c for c in good["claims"] if "shifts" in c["evidence"])
    evidence = {"fibre_count": carrier["id"]}
    claims = [{"id": f"c{len(good['claims']) + i}", "kind": "bound", "quantity": "rank", "side": side, "value": value,
               "over": "QQ", "statement": "10.5", "evidence": evidence}
              for i, (side, value) in enumerate([("lower", 6), ("upper", 6), ("lower", 7), ("upper", 5)])]  # fmt: skip
    report = check_certificate({**good, "claims": good["claims"] + claims})
    statuses = [line.status for line in report.claims[-4:]]
    assert statuses == ["accepted", "accepted", "rejected", "rejected"]


def test_references_lead_to_the_shifts_themselves() -> None:
    good = certificate_of(intervals(2, 3))
    carrier = next(c for c in good["claims"] if "shifts" in c["evidence"])
    n = len(good["claims"])
    copy = {**carrier, "id": f"c{n}", "evidence": {"fibre_count": carrier["id"]}}
    last = {**carrier, "id": f"c{n + 1}", "evidence": {"fibre_count": f"c{n}"}}
    report = check_certificate({**good, "claims": [*good["claims"], copy, last]})
    assert [line.status for line in report.claims[n:]] == ["accepted", "rejected"]


def test_shifts_that_wrap_around_are_rejected() -> None:
    good = certificate_of(intervals(2, 3, group=16))
    claim = next(c for c in good["claims"] if "shifts" in c["evidence"])
    small = intervals(2, 3, group=3)
    forged = {**good, "spec": small.document(), "digest": small.digest, "claims": [{**claim, "id": "c0"}]}
    line = check_certificate(forged).claims[0]
    assert line.status == "rejected" and "wrap around" in line.found
