"""Claims as data: numbering, references, contradictions, numbers, atomic files."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from exactfact.certificate import Bound, Certificate, Ledger, Verdict
from exactfact.certificate.compact import compact
from exactfact.certificate.ledger import Contradiction
from exactfact.certificate.numbers import decode_number, encode_number
from exactfact.certificate.transfers import also_over
from exactfact.model.atomic import write_atomically


def bound(value: int, side: str = "lower") -> Bound:
    return Bound("rank", side, value, "QQ", "2.3", {})


def verdict(status: str, over: str, evidence: dict[str, str] | None = None) -> Verdict:
    return Verdict("uniform", "scaling", "full", over, status, "4.2", evidence or {})


def test_references_within_an_outcome_are_resolved() -> None:
    ledger = Ledger()
    ledger.absorb([bound(1)])
    added = ledger.absorb([bound(4), verdict("proved", "CC", {"rank": "@0"})])
    assert [claim.id for claim in ledger.claims] == ["c0", "c1", "c2"]
    assert added[1].evidence == {"rank": "c1"}
    best = ledger.bound("rank", "lower")
    assert best is not None and best.value == 4 and ledger.bound("rank", "upper") is None


def test_verdicts_are_not_repeated_and_never_contradicted() -> None:
    ledger = Ledger()
    ledger.absorb([verdict("refuted", "QQ")])
    assert ledger.absorb([verdict("refuted", "QQ")]) == []
    assert ledger.absorb([verdict("refuted", "CC")]) == [], "it transfers from QQ"
    with pytest.raises(Contradiction):
        ledger.absorb([verdict("proved", "CC")])


def test_dominated_bounds_are_dropped_unless_referred_to() -> None:
    ledger = Ledger()
    ledger.absorb([bound(9, "upper"), bound(3)])
    ledger.absorb([verdict("proved", "CC", {"rank": "c1"}), bound(5), bound(7, "upper")])
    kept = compact(ledger.claims)
    assert [(c.id, getattr(c, "value", None)) for c in kept] == [("c0", 3), ("c1", None), ("c2", 5), ("c3", 7)]
    assert kept[1].evidence == {"rank": "c0"}


@pytest.mark.parametrize("value", [0, -5, 2**53 - 1, 2**53, -(2**80), Fraction(-2, 3), Fraction(2**70, 3)])
def test_numbers_survive(value: int | Fraction) -> None:
    encoded = encode_number(value)
    assert decode_number(json.loads(json.dumps(encoded))) == value
    assert not isinstance(encoded, float)


def test_transfers() -> None:
    assert also_over("uniform", "proved", "CC") == ["RR", "QQ"]
    assert also_over("uniform", "refuted", "QQ") == ["RR", "CC"]
    assert also_over("generic", "refuted", "CC") == []
    assert also_over("uniform", "proved", "GF(7)") == []


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "cert.json"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(target, "new \ud800")
    assert target.read_text() == "old" and list(tmp_path.iterdir()) == [target]
    Certificate({"a": 1}, "sha256:0", 0, "0.1.0", ()).save(target)
    assert json.loads(target.read_text())["format"] == "exactfact-certificate"
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "absent" / "cert.json", "x")
