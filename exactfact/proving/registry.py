"""The registry of statements, `proofs/registry.toml`, read once: what verdicts rest on, and what stands behind each.

Two of the words of `Statement.standing` are written in the file, "paper" and "proved here"; "small cases" and "formal"
are asked from the rooms that prove small cases and formal exports, so that the file can never promise what they lack.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PAPER, PROVED, SMALL_CASES, FORMAL = "paper", "proved here", "small cases", "formal"
STATUSES = (PAPER, PROVED, SMALL_CASES, FORMAL)


@dataclass(frozen=True)
class Statement:
    """One numbered statement.  `text`, `title`, `hypotheses` and `remark` are LaTeX; files are relative paths.

    `gives` and `by` are one line each for the table; `context` says what relies on a statement that licenses no claim.
    """

    id: str
    title: str
    text: str
    hypotheses: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    remark: str = ""
    status: tuple[str, ...] = ()
    gives: str = ""
    by: str = ""
    criteria: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    context: str = ""

    @property
    def standing(self) -> tuple[str, ...]:
        """What stands behind the statement, in the order of STATUSES."""
        held = {*self.status}
        if self.id in small_cases():
            held.add(SMALL_CASES)
        if self.id in formal():
            held.add(FORMAL)
        return tuple(status for status in STATUSES if status in held)


@dataclass(frozen=True)
class Source:
    """A work: its key, its entry in a list of references (LaTeX) and in BibTeX."""

    key: str
    text: str
    bibtex: str


@dataclass(frozen=True)
class Guide:
    """A numbered remark that says where to look; what is found is claimed under the statements in `checked`."""

    id: str
    text: str
    checked: tuple[str, ...]


def folder() -> Path:
    """The folder of the registry and the proofs: inside an installed package, or that of the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_proofs"
    return installed if installed.is_dir() else package.parent / "proofs"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((folder() / "registry.toml").read_text(encoding="utf-8"))


@cache
def statements() -> dict[str, Statement]:
    """All statements by their number, in the order of the numbers."""
    found = _data()["statement"]
    return {name: _read(name, found[name]) for name in sorted(found, key=statement_order)}


def _read(name: str, entry: dict[str, Any]) -> Statement:
    values: dict[str, Any] = {key: tuple(x) if isinstance(x, list) else x.strip() for key, x in entry.items()}
    return Statement(name, sources=values.pop("source"), **values)


def statement(name: str) -> Statement:
    """The statement with that number; an unknown number gets a neutral text, so that newer certificates still print."""
    unknown = Statement(name, "", "See the documentation of this version of the software.")
    return statements().get(name, unknown)


def statement_order(name: str) -> tuple[int, int, str]:
    """Sort key: 2.7a before 10.1, and 8.2b before 8.10."""
    head, _, tail = name.partition(".")
    digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
    return (int(head) if head.isdigit() else 0, int(digits or 0), tail[len(digits) :])


@cache
def guides() -> dict[str, Guide]:
    """What criteria name without relying on it."""
    found = _data()["guide"]
    return {name: Guide(name, x["text"], tuple(x["checked"])) for name, x in found.items()}


def sources() -> list[Source]:
    """All works, in alphabetical order of their keys."""
    found = sorted(_data()["source"].items())
    return [Source(key, entry["text"].strip(), entry["bibtex"].strip()) for key, entry in found]


def proof_file(name: str) -> Path:
    """Where the statement and its complete proof are, to read."""
    return folder() / f"{name}.md"


@cache
def small_cases() -> frozenset[str]:
    """The numbers of which small cases are proved by `exactfact.proving.small`; some are not statements here."""
    from exactfact.proving.small.table import statements as proved

    return frozenset(proved())


@cache
def formal() -> frozenset[str]:
    """The numbers of the statements that are proved in the proof assistant, as a whole (`proofs/formal/theory`)."""
    from exactfact.proving.formal import STATEMENTS

    return frozenset(STATEMENTS)
