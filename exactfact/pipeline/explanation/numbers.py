"""Numbers of a certificate in words: how many solutions a generic product has, which ratios are determined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exactfact.certificate.numbers import decode_integer
from exactfact.certificate.transfers import FIELDS

from .case import listed


def solutions(facts: Mapping[str, Any]) -> list[str]:
    """The number of classes in a generic fibre, fields with equal bounds together."""
    by_words: dict[str, list[str]] = {}
    for field in reversed(FIELDS):
        bounds = facts["fibre_count"][field]
        if bounds is not None:
            by_words.setdefault(_bounds(bounds), []).append(field)
    return [
        f"Over {listed(fields)} a generic product has {words}, up to one scalar a layer."
        for words, fields in by_words.items()
    ]


def _bounds(bounds: Mapping[str, Any]) -> str:
    lower = decode_integer(bounds["lower"])
    if bounds["upper"] is None:
        return f"at least {_solutions(lower)}"
    upper = decode_integer(bounds["upper"])
    if lower == upper:
        return "exactly one solution" if lower == 1 else f"exactly {_solutions(lower)}"
    return f"between {lower} and {_solutions(upper)}"


def _solutions(count: int) -> str:
    return f"{count} solution" + ("" if count == 1 else "s")
