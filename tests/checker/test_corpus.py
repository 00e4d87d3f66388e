"""The corpora of true and false certificates: every file of both, and the scripts that make them."""
import json
from pathlib import Path

import pytest

from exactfact.checker import check_file
from exactfact.checker.rules import BOUNDS, VERDICTS
from tests.certificates import make_accept, make_reject
from tests.certificates.false import GROUPS

FOLDER = Path(__file__).parents[1] / "certificates"
ACCEPT, REJECT = (sorted((FOLDER / name).glob("*.json")) for name in ("accept", "reject"))


@pytest.mark.parametrize("path", ACCEPT, ids=lambda path: path.stem)
def test_true_certificates_are_accepted(path: Path) -> None:
    report = check_file(str(path))
    assert report.exit_code == 0 and report.accepted, report.lines()
    assert len(report.claims) == len(json.loads(path.read_text(encoding="utf-8"))["claims"])


@pytest.mark.parametrize("path", REJECT, ids=lambda path: path.stem)
def test_false_certificates_are_rejected_with_rule_expected_and_found(path: Path) -> None:
    report = check_file(str(path))
    assert report.exit_code == (2 if path.stem in UNREADABLE else 1)
    problems = [report.problem] if report.problem else [
        (claim.rule, claim.expected, claim.found) for claim in report.claims if claim.status == "rejected"]
    assert problems
    for problem in problems:
        assert all(problem), problem


UNREADABLE = ("text-truncated", "text-not-utf-8", "text-nested-too-deeply")


def test_corpora_are_large_enough_and_cover_every_statement() -> None:
    assert len(REJECT) >= 45 and len(ACCEPT) >= 15
    statements = {claim["statement"] for path in ACCEPT
                  for claim in json.loads(path.read_text(encoding="utf-8"))["claims"]}
    assert statements == {statement for _, statement in BOUNDS} | {licence.statement for licence in VERDICTS}


def test_files_are_those_of_the_scripts() -> None:
    for corpus, script in ((ACCEPT, make_accept), (REJECT, make_reject)):
        assert {path.stem: path.read_bytes() for path in corpus} == script.files()


def test_no_two_false_certificates_have_one_name() -> None:
    names = [name for group in GROUPS for name in group()]
    assert len(names) == len(set(names))
