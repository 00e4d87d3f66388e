"""`--expect PROPERTY[/GROUP][@FIELD]=STATUS`: what a verdict has to be, and what it is instead."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exactfact.certificate.claims import FURTHER_PROPERTIES, GROUPS, PROPERTIES
from exactfact.model.errors import nearest, shorten

STATUSES = ("proved", "refuted", "undecided")
FORM = "PROPERTY[/GROUP][@FIELD]=STATUS"
_EXPECTATION = re.compile(r"([^/@=]+)(?:/([^@=]+))?(?:@([^=]+))?=([^=]+)")
_FIELD = re.compile(r"QQ|RR|CC|GF\([0-9]{1,25}\)")

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
            return f"no such verdict{self._nearby(document)}"
        decided = [row for row in rows if row["status"] != "undecided"]
        if self.status == "undecided":
            return _words(decided)
        if any(row["status"] == self.status for row in decided):
            return ""
        return _words(decided) or "undecided"

    def _nearby(self, document: Document) -> str:
        """The verdicts on the same property, so that the reader sees what there is."""
        there = [row for row in document["verdicts"] if row["property"] == self.property]
        named = [f"{row['property']}/{row['modulo']}@{row['over']}={row['status']}" for row in there]
        if named:
            return f"; there is {', '.join(dict.fromkeys(named))}"
        return f"; verdicts are about {', '.join(dict.fromkeys(row['property'] for row in document['verdicts']))}"

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
    if over is not None and not _FIELD.fullmatch(over):
        raise ArgumentTypeError(f"required {FORM} with FIELD one of QQ, RR, CC, GF(p), received {over!r}")
    allowed = {"PROPERTY": (*PROPERTIES, *FURTHER_PROPERTIES), "GROUP": GROUPS, "STATUS": STATUSES}
    for (name, known), value in zip(allowed.items(), (prop, group, status), strict=True):
        if value is not None and value not in known:
            guess = nearest(value, known)
            meant = f" (did you mean {guess!r}?)" if guess else ""
            raise ArgumentTypeError(
                f"required {FORM} with {name} one of {', '.join(known)}, received {shorten(value)!r}{meant}"
            )
    return Expectation(prop, group, over, status, text)


def missed(expectations: Sequence[Expectation], document: Document) -> list[str]:
    """One line for every expectation that is not met."""
    found = ((expected.text, expected.found(document)) for expected in expectations)
    return [f"expected {text}, found {what}" for text, what in found if what]


def _words(rows: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(f"{row['status']} over {', '.join((row['over'], *row['also_over']))}" for row in rows)
