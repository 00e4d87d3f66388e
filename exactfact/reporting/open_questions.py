"""The properties that the certificate leaves open, with the reasons, labelled as not proved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from exactfact.reporting.assertions import group_words, property_words
from exactfact.reporting.escape import latex
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


def _open_entry(row: Mapping[str, Any], fields: list[str]) -> dict[str, Any]:
    label = f"{property_words(row)} {group_words(row)} over {field_list(fields)}"
    text = f"{label[0].upper()}{label[1:]}: \\efopen{{not proved}}"
    if row["strength"] == "probable":
        text += f", only probable (error probability {latex(str(row['error_probability']), 40)})"
    if row["reason"]:
        text += f"; {latex(str(row['reason']), 400).rstrip('.')}"
    tried = [f"{latex(str(t['criterion']), 40)}: {latex(str(t['why']), 240).rstrip('.')}" for t in row["tried"]]
    return {"sentence": text + ".", "tried": "; ".join(tried)}
