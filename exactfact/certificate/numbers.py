"""Exact numbers in certificates: small integers plain, large ones hexadecimal, rationals "p/q"."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

PLAIN_LIMIT = 2**53
FULL_INTEGER = 10**21


def encode_integer(value: int) -> int | str:
    """A JSON integer when |value| < 2^53, else "0x..." or "-0x..."."""
    return value if abs(value) < PLAIN_LIMIT else hex(value)


def encode_number(value: int | Fraction) -> int | str:
    """The canonical form of an exact rational: an integer as above, otherwise "p/q" in lowest terms."""
    if value.denominator == 1:
        return encode_integer(int(value))
    return f"{encode_integer(value.numerator)}/{encode_integer(value.denominator)}"


def encode_vector(values: Iterable[int | Fraction]) -> list[int | str]:
    """The entries of a vector of rationals as JSON values, each as `encode_number`; exact, in order."""
    return [encode_number(value) for value in values]


def decode_integer(value: int | str) -> int:
    """The integer that `encode_integer` wrote, plain or hexadecimal.

    For values of this package alone: other text raises ValueError, a long one costs what it costs.
    """
    return value if isinstance(value, int) else int(value, 16)


def decode_number(value: Any) -> int | Fraction:
    """The inverse of `encode_number`, for values that this package wrote (untrusted files go to the checker first)."""
    if isinstance(value, int):
        return value
    numerator, _, denominator = str(value).partition("/")
    if not denominator:
        return _decode_part(numerator)
    return Fraction(_decode_part(numerator), _decode_part(denominator))


def outward(value: int | Fraction, side: str, digits: int = 10) -> str:
    """A decimal text of a number >= 0, never above it when it is a `lower` bound, never below it when an `upper` one.

    `0.3333333333`, `2.612345678e-17`; integers in full up to 21 digits.
    """
    if value.denominator == 1 and value < FULL_INTEGER:
        return str(int(value))
    exponent = _exponent(value)
    power = digits - 1 - exponent
    top, bottom = value.numerator, value.denominator
    top, bottom = (top * 10**power, bottom) if power >= 0 else (top, bottom * 10**-power)
    head = top // bottom if side == "lower" else -(-top // bottom)
    if head == 10**digits:
        head, exponent = head // 10, exponent + 1
    text = str(head)
    if -5 < exponent < 0:
        return ("0." + "0" * (-exponent - 1) + text).rstrip("0")
    if 0 <= exponent < digits:
        return f"{text[: exponent + 1]}.{text[exponent + 1 :]}".rstrip("0").rstrip(".")
    return f"{text[0]}.{text[1:]}".rstrip("0").rstrip(".") + f"e{exponent}"


def _exponent(value: int | Fraction) -> int:
    """The e with 10^e <= value < 10^(e + 1)."""
    exponent = (value.numerator.bit_length() - value.denominator.bit_length()) * 30103 // 100000
    while _power(exponent) > value:
        exponent -= 1
    while _power(exponent + 1) <= value:
        exponent += 1
    return exponent


def _power(exponent: int) -> int | Fraction:
    return 10**exponent if exponent >= 0 else Fraction(1, 10**-exponent)


def _decode_part(text: str) -> int:
    return int(text, 16) if "x" in text else int(text)
