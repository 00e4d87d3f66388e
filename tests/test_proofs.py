"""The table of statements is complete, and the files it names exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from exactfact.checker.rules import BOUNDS, VERDICTS

ROOT = Path(__file__).parents[1]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "proofs" / "README.md").read_text().splitlines()
    if re.match(r"\| \d", line)
]


def test_every_licensed_statement_is_listed_once() -> None:
    licensed = {statement for _, statement in BOUNDS} | {licence.statement for licence in VERDICTS}
    listed = [row[0] for row in ROWS]
    assert sorted(listed) == sorted(licensed)


def test_every_statement_has_its_wording() -> None:
    wording = tomllib.loads((ROOT / "exactfact" / "reporting" / "statements.toml").read_text())["statement"]
    assert {row[0] for row in ROWS} <= set(wording)


def test_the_files_exist() -> None:
    for _, _, _, criteria, rules, tests in ROWS:
        for name in re.findall(r"`([^`]+)`", criteria):
            source = (ROOT / "exactfact" / "criteria" / name).read_text()
            assert "Source: theory" in source, name
        for name in re.findall(r"`([^`]+)`", rules):
            assert (ROOT / "exactfact" / "checker" / "rules" / name).is_file(), name
        for name in re.findall(r"`([^`]+)`", tests):
            assert (ROOT / name).is_file(), name
