"""Verdicts as theorems: heading, assertion, proof.  Claims that differ in their field alone are one theorem."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from exactfact.certificate.recovery import PROPERTIES as RECOVERY
from exactfact.reporting import recovery_proofs
from exactfact.reporting.assertions import assertion, heading
from exactfact.reporting.proofs import proof
from exactfact.reporting.standing import behind
from exactfact.reporting.subject import Claim, Subject, claim_mark, field_list

Row = Mapping[str, Any]


def theorems(subject: Subject, rows: Sequence[Row]) -> list[dict[str, str]]:
    """The theorems of a report, in the order of the rows; every field is LaTeX."""
    together: dict[str, list[Row]] = {}
    for row in rows:
        claim = subject.claims[row["claim"]]
        names = ("property", "modulo", "model", "status", "statement", "evidence")
        together.setdefault(json.dumps([claim[name] for name in names], sort_keys=True), []).append(row)
    return [_theorem(subject, group) for group in together.values()]


def _theorem(subject: Subject, rows: Sequence[Row]) -> dict[str, str]:
    """One theorem for claims with the same evidence; the fields of all of them are listed."""
    claims = [subject.claims[row["claim"]] for row in rows]
    fields = [field for row in rows for field in (row["over"], *row["also_over"])]
    row = {**rows[0], "also_over": list(dict.fromkeys(fields))[1:]}
    own = replace(subject, cited={})  # what this proof cites, apart from the others
    text = proof(own, claims[0]) + _transfer(own, rows)
    subject.cited.update(own.cited)
    return {
        "heading": heading(row),
        "label": f"ef:{str(subject.document['digest'])[7:15]}:{claims[0]['id']}",
        "assertion": _assertion(row, claims[0]),
        "proof": text,
        "behind": behind(subject, claims, own.cited),
        "claim": claim_mark(*(claim["id"] for claim in claims)),
    }


def _assertion(row: Row, claim: Claim) -> str:
    """Error bounds have numbers in their assertion."""
    return f"{recovery_proofs.assertion(claim)}." if row["property"] in RECOVERY else assertion(row)


def _transfer(subject: Subject, rows: Sequence[Row]) -> str:
    """The fields that no claim names and that follow from one."""
    claimed = [row["over"] for row in rows]
    further = [field for row in rows for field in row["also_over"] if field not in claimed]
    if not further:
        return ""
    return f" From {field_list(claimed)} it passes to {field_list(further)} by {subject.statement('0.3')}."
