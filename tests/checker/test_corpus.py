"""The corpora of true and false certificates: every file of both, and the scripts that make them."""
import json
from pathlib import Path

import pytest

from exactfact.checker import check_file
from tests.certificates import make_accept, make_reject

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
    assert statements == {"2.3", "2.4", "2.6", "2.7a", "2.7b", "3.1", "4.2", "6.1", "6.1b", "6.2", "8.1", "8.2b",
                          "10.1", "10.2", "10.3a", "10.3b", "10.4", "10.6", "7.1b", "7.2", "7.3",
                          "7.4", "7.7"}


def test_files_are_those_of_the_scripts() -> None:
    for make in make_accept.CERTIFICATES:
        assert json.loads((FOLDER / "accept" / f"{make.__name__}.json").read_text(encoding="utf-8")) == make()
    made = {name: document for group in (make_reject.header, make_reject.structure, make_reject.chains,
                                         make_reject.networks, make_reject.generic_points)
            for name, document in group().items()}
    assert {path.stem for path in REJECT} == made.keys() | make_reject.texts().keys()
    for name, document in made.items():
        assert json.loads((FOLDER / "reject" / f"{name}.json").read_text(encoding="utf-8")) == document
