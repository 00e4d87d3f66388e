"""The properties that the certificate leaves open, with the reasons, labelled as not proved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from exactfact.certificate.criteria import words
from exactfact.certificate.numbers import decode_number
from exactfact.reporting.assertions import group_words, property_words
from exactfact.reporting.bounds import QUANTITIES
from exactfact.reporting.escape import latex
from exactfact.reporting.numerals import compact
from exactfact.reporting.subject import field_list


def open_questions(rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Open properties with their reasons; those that differ in the field alone are one entry."""
    fields: dict[str, list[str]] = {}
    first: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        key = json.dumps([value for name, value in sorted(row.items()) if name != "over"])
        fields.setdefault(key, []).append(row["over"])
        first.setdefault(key, row)
    return [_open_entry(first[key], names) for key, names in fields.items()]


def measured(notes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Numbers that were measured at random and not proved, one entry each."""
    return [{"sentence": _measured(note), "tried": ""} for note in notes]


def _measured(note: Mapping[str, Any]) -> str:
    name = QUANTITIES.get(note["quantity"])
    symbol = f"${name}" if name else latex(str(note["quantity"]), 40) + "$"
    value = f"{symbol}={compact(int(decode_number(note['value'])))}$"
    reason = latex(str(note.get("reason") or ""), 400).rstrip(".")
    chance = latex(str(note["error_probability"]), 40)
    return (
        rf"{value}: \efopen{{not proved}}, only probable (error probability {chance}){'; ' if reason else ''}{reason}."
    )


def _open_entry(row: Mapping[str, Any], fields: list[str]) -> dict[str, Any]:
    label = f"{property_words(row)} {group_words(row)} over {field_list(fields)}"
    text = f"{label[0].upper()}{label[1:]}: \\efopen{{not proved}}"
    if row["reason"]:
        text += f"; {latex(str(row['reason']), 400).rstrip('.')}"
    if row["strength"] == "probable" and row.get("error_probability"):
        text += f" (error probability {latex(str(row['error_probability']), 40)})"
    tried = [f"{latex(words(str(t['criterion'])), 60)}: {latex(str(t['why']), 240).rstrip('.')}" for t in row["tried"]]
    return {"sentence": text + ".", "tried": "; ".join(tried)}
