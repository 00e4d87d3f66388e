"""Numbers of a certificate: integers, or strings of digits (hexadecimal when long), perhaps with a denominator."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from .errors import NotExported

_PART = r"-?(?:[0-9]{1,20}|0x[0-9a-f]{1,4000})"
_NUMBER = re.compile(rf"({_PART})(?:/({_PART}))?")


def fraction(value: Any, where: str) -> Fraction:
    """The number that an entry of evidence stands for; NotExported if it is none."""
    if type(value) is int:
        return Fraction(value)
    match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise NotExported(f"{where} with an entry that is not a number of at most 4000 digits")
    top, bottom = (int(part, 0 if "x" in part else 10) for part in (match[1], match[2] or "1"))
    if not bottom:
        raise NotExported(f"{where} with a zero denominator")
    return Fraction(top, bottom)


def whole(value: Any, where: str) -> int:
    """The same where an integer is required."""
    number = fraction(value, where)
    if number.denominator != 1:
        raise NotExported(f"{where} with an entry that is not an integer")
    return number.numerator
