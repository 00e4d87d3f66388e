"""Exact numbers in certificates: small integers plain, large ones hexadecimal, rationals "p/q"."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

PLAIN_LIMIT = 2**53


def encode_integer(value: int) -> int | str:
    """A JSON integer when |value| < 2^53, else "0x..." or "-0x..."."""
    return value if abs(value) < PLAIN_LIMIT else hex(value)


def encode_number(value: int | Fraction) -> int | str:
    """The canonical form of an exact rational: an integer as above, otherwise "p/q" in lowest terms."""
    if value.denominator == 1:
        return encode_integer(int(value))
    return f"{encode_integer(value.numerator)}/{encode_integer(value.denominator)}"


def encode_vector(values: Iterable[int | Fraction]) -> list[int | str]:
    """`encode_number` of every entry."""
    return [encode_number(value) for value in values]


def decode_integer(value: int | str) -> int:
    """The inverse of `encode_integer`."""
    return value if isinstance(value, int) else int(value, 16)


def decode_number(value: Any) -> int | Fraction:
    """The inverse of `encode_number`, for values that this package wrote (untrusted files go to the checker first)."""
    if isinstance(value, int):
        return value
    numerator, _, denominator = str(value).partition("/")
    if not denominator:
        return _decode_part(numerator)
    return Fraction(_decode_part(numerator), _decode_part(denominator))


def _decode_part(text: str) -> int:
    return int(text, 16) if "x" in text else int(text)
