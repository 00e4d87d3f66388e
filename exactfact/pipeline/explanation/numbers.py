"""Numbers of a certificate in words: how many solutions a generic product has, which ratios are determined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from exactfact.certificate.numbers import decode_integer
from exactfact.certificate.transfers import FIELDS
from exactfact.model.errors import integer_text

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


def rank_alone(facts: Mapping[str, Any]) -> Iterator[str]:
    """What a certificate without verdicts says."""
    yield "No verdict was asked for."
    rank = facts["rank"]
    if rank is not None:
        lower, upper = _brief(rank["lower"]), None if rank["upper"] is None else _brief(rank["upper"])
        size = f"at least {lower}" if upper is None else lower if lower == upper else f"between {lower} and {upper}"
        size = f"at most {upper}" if upper is not None and lower == "0" != upper else size
        yield f"The rank of the lifted map is {size}; it has {_brief(facts['lifted_dimension'])} columns."


def _bounds(bounds: Mapping[str, Any]) -> str:
    lower = bounds["lower"]
    if bounds["upper"] is None:
        return f"at least {_solutions(lower)}"
    if decode_integer(lower) == decode_integer(bounds["upper"]):
        return "exactly one solution" if lower == 1 else f"exactly {_solutions(lower)}"
    return f"between {_brief(lower)} and {_solutions(bounds['upper'])}"


def _solutions(count: int | str) -> str:
    return f"{_brief(count)} solution" + ("" if count == 1 else "s")


def _brief(value: int | str) -> str:
    """An integer of a claim; a very long one by its size."""
    return integer_text(decode_integer(value))
