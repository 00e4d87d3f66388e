"""Argument types: what an option's text means, with an error that says what is required."""

from __future__ import annotations

import math
import re
from argparse import ArgumentTypeError

from exactfact.certificate.claims import PROPERTIES
from exactfact.model.errors import nearest, shorten

UNITS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_MEMORY = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,9}))?\s*([kmgt]?)(?:i?b)?", re.IGNORECASE)
_WHOLE = re.compile(r"[0-9]{1,18}")


def seconds(text: str) -> float:
    """The argument of a time limit: a finite positive number, else ArgumentTypeError."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (value > 0 and math.isfinite(value)):
        raise ArgumentTypeError(f"required a positive number of seconds, received {text!r}")
    return value


def memory(text: str) -> int:
    """A positive number of bytes: `1500000000`, `800M`, `2G`, `1.5GiB` (units are powers of 1024)."""
    match = _MEMORY.fullmatch(text.strip())
    size = 0 if match is None else int(float(f"{match[1]}.{match[2] or 0}") * UNITS[match[3].lower()])
    if size <= 0:
        raise ArgumentTypeError(f"required an amount of memory such as 800M or 2G, received {text!r}")
    return size


def property_name(text: str) -> str:
    """The argument of `--property`: one of PROPERTIES, else ArgumentTypeError, with the nearest one as a hint."""
    if text in PROPERTIES:
        return text
    guess = nearest(text, PROPERTIES)
    why = f" (did you mean {guess!r}?)" if guess else ""
    if text == "hilbert-generic":
        why = " (hilbert-generic is listed beside generic, where that is open over QQ)"
    raise ArgumentTypeError(f"required one of {', '.join(PROPERTIES)}, received {shorten(text)!r}{why}")


def whole(text: str) -> int:
    """An integer >= 0 of at most 18 digits."""
    if not _WHOLE.fullmatch(text) or not text.isascii():
        raise ArgumentTypeError(f"required an integer >= 0 of at most 18 digits, received {text!r}")
    return int(text)
