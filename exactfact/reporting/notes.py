"""The notes of a certificate, which no checker looks into: only those of the expected shape reach a report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

FIELD = re.compile(r"QQ|RR|CC|GF\([0-9]{1,30}\)")
VALUE = re.compile(r"0x[0-9a-f]{1,10000}")
WORDS = ("property", "modulo", "model", "over", "reason")


def sound(notes: Sequence[Any]) -> list[Mapping[str, Any]]:
    """The notes that say an open property or a measured number, with strings where strings are due."""
    return [note for note in notes if isinstance(note, Mapping) and (_is_open(note) or _is_measured(note))]


def _is_open(note: Mapping[str, Any]) -> bool:
    if not all(isinstance(note.get(name), str) for name in WORDS) or not FIELD.fullmatch(note["over"]):
        return False
    if note.get("status") != "undecided" or not {"strength", "error_probability"} <= note.keys():
        return False
    tried = note.get("tried")
    return isinstance(tried, list) and all(
        isinstance(attempt, Mapping)
        and isinstance(attempt.get("criterion"), str)
        and isinstance(attempt.get("why"), str)
        for attempt in tried
    )


def _is_measured(note: Mapping[str, Any]) -> bool:
    value = note.get("value")
    number = type(value) is int or (isinstance(value, str) and VALUE.fullmatch(value) is not None)
    return number and isinstance(note.get("quantity"), str) and isinstance(note.get("error_probability"), str)
