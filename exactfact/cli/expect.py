"""`--expect PROPERTY[/GROUP][@FIELD]=STATUS`: what a verdict has to be, and what it is instead."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exactfact.certificate.claims import FURTHER_PROPERTIES, GROUPS, PROPERTIES

STATUSES = ("proved", "refuted", "undecided")
FORM = "PROPERTY[/GROUP][@FIELD]=STATUS"
_EXPECTATION = re.compile(r"([a-z-]+)(?:/([a-z-]+))?(?:@(QQ|RR|CC|GF\([0-9]{1,25}\)))?=([a-z]+)")

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Expectation:
    """`group` None is the usual one (path-scaling for networks, scaling else); `over` None is any field."""

    property: str
    group: str | None
    over: str | None
    status: str
    text: str

    def found(self, document: Document) -> str:
        """What `certify --json` says instead, or "" when the expectation is met.

        `undecided` means decided over no field (over that field, when one is named); the other statuses mean a verdict
        of that status over some field, or over one that covers the field named.
        """
        rows = self._rows(document)
        if not rows:
            return "no such verdict"
        decided = [row for row in rows if row["status"] != "undecided"]
        if self.status == "undecided":
            return _words(decided)
        if any(row["status"] == self.status for row in decided):
            return ""
        return _words(decided) or "undecided"

    def _rows(self, document: Document) -> list[Mapping[str, Any]]:
        group = self.group or usual_group(document)
        return [
            row
            for row in document["verdicts"]
            if (row["property"], row["modulo"]) == (self.property, group)
            and (self.over is None or self.over in (row["over"], *row["also_over"]))
        ]


def usual_group(document: Document) -> str:
    """The ambiguity group that a property is about when none is named: only networks count path multi-indices."""
    return "scaling" if document["facts"]["path_multiindices"] is None else "path-scaling"


def expectation(text: str) -> Expectation:
    """The expectation that a command-line argument spells."""
    match = _EXPECTATION.fullmatch(text)
    if match is None:
        raise ArgumentTypeError(f"required {FORM}, received {text!r}")
    prop, group, over, status = match.groups()
    for value, known in ((prop, (*PROPERTIES, *FURTHER_PROPERTIES)), (group, GROUPS), (status, STATUSES)):
        if value is not None and value not in known:
            raise ArgumentTypeError(f"required {FORM} with one of {', '.join(known)}, received {value!r}")
    return Expectation(prop, group, over, status, text)


def missed(expectations: Sequence[Expectation], document: Document) -> list[str]:
    """One line for every expectation that is not met."""
    found = ((expected.text, expected.found(document)) for expected in expectations)
    return [f"expected {text}, found {what}" for text, what in found if what]


def _words(rows: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(f"{row['status']} over {', '.join((row['over'], *row['also_over']))}" for row in rows)
