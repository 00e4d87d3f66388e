"""The statements that reports cite, and the works they come from: `statements.toml`, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Statement:
    """One numbered statement: its title, its text in LaTeX, the keys of its sources, and a remark."""

    id: str
    title: str
    text: str
    sources: tuple[str, ...]
    remark: str


@dataclass(frozen=True)
class Source:
    """A work: its key, its entry in a list of references (LaTeX) and in BibTeX."""

    key: str
    text: str
    bibtex: str


@cache
def _data() -> dict[str, Any]:
    text = resources.files("exactfact.reporting").joinpath("statements.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def statement(name: str) -> Statement:
    """The statement with that number; an unknown number gets a neutral text, so that newer certificates still print."""
    entry = _data()["statement"].get(name)
    if entry is None:
        return Statement(name, "", "See the documentation of this version of the software.", (), "")
    return Statement(name, entry["title"], entry["text"].strip(), tuple(entry["source"]), entry.get("remark", ""))


def statement_order(name: str) -> tuple[int, str]:
    """Sort key: 2.7a before 10.1."""
    head, _, tail = name.partition(".")
    return (int(head) if head.isdigit() else 0, tail)


def sources() -> list[Source]:
    """All works, in alphabetical order of their keys."""
    return [
        Source(key, entry["text"].strip(), entry["bibtex"].strip()) for key, entry in sorted(_data()["source"].items())
    ]
