"""Exact numbers: the grammar of what a spec may write, and the canonical form that is written back.

Accepted: an integer, or a string of ASCII digits: "-2/3", "0.05", "1e-3", and the canonical hexadecimal "-0x1f",
"0x1f/3".  Lengths and exponents are limited before anything is converted, so no input makes a conversion slow.
"""

from __future__ import annotations

import math
import numbers
import re
from decimal import Decimal
from fractions import Fraction
from typing import Self

from .errors import SpecError, describe, integer_text, shorten

Number = int | Fraction

DIGITS_LIMIT = 20_000
EXPONENT_LIMIT = 10_000
BITS_LIMIT = (10**DIGITS_LIMIT - 1).bit_length()
HEX_DIGITS_LIMIT = (BITS_LIMIT + 3) // 4
PLAIN_LIMIT = 2**53

GRAMMAR = 'an exact number: an integer, or a string such as "-2/3", "0.05" or "1e-3"'
INTEGER = "an integer"

_CHUNK = 4000  # below every limit that Python sets on int(text)
_DECIMAL = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?")
_HEXADECIMAL = re.compile(r"-?0x[0-9a-fA-F]+")
_PART = re.compile(r"0x([0-9a-fA-F]+)|([0-9]+)")


class RawFloat(float):
    """A bare float of a spec file that remembers how it was written, so that the error can name the exact string."""

    text: str

    def __new__(cls, text: str) -> Self:
        self = super().__new__(cls, "nan" if len(text) > _CHUNK else text)
        self.text = text
        return self

    def __repr__(self) -> str:
        return shorten(self.text)


def number(value: object, *, dyadic: bool = False) -> Number:
    """The exact number that `value` writes: an int, or a Fraction when it is not an integer.

    `dyadic` lets floats through, taken as the exact dyadic rationals that they are.  Raises SpecError (where is empty:
    the caller places it).  Cost: quadratic in at most 20 000 digits.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return _bounded(value)
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, numbers.Rational) and not isinstance(value, bool):
        return _simplest(Fraction(_bounded(int(value.numerator)), _bounded(int(value.denominator))))
    if isinstance(value, float) or _is_numpy_float(value):
        return _from_float(value, dyadic)
    if isinstance(value, Decimal):
        return _from_text(str(value))
    raise SpecError("", GRAMMAR, describe(value))


def integer(value: object, minimum: int | None = None, what: str = INTEGER, *, below: int | None = PLAIN_LIMIT) -> int:
    """A size, index, tap or the like: an integer >= `minimum`, |value| < `below` (numpy's integers are accepted).

    Raises SpecError naming `what` is required.
    """
    required = what if minimum is None else f"{what} >= {minimum}"
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise SpecError("", required, describe(value))
    found = int(value)
    if minimum is not None and found < minimum:
        raise SpecError("", required, integer_text(found))
    if below is not None and not -below < found < below:
        raise SpecError("", f"{what} below 2^53", integer_text(found))
    return found


def long_integer(value: object, minimum: int | None = None, what: str = INTEGER) -> int:
    """An integer of a network's group, signal, taps or dilations: of any size up to 20 000 digits.

    Beyond 2^53 the canonical form is a hexadecimal string, which is accepted too.
    """
    if isinstance(value, str) and _HEXADECIMAL.fullmatch(value):
        value = number(value)
    return _bounded(integer(value, minimum, what, below=None))


def parse_digits(text: str) -> int:
    """`int(text)` for ASCII digits with an optional sign, however Python limits the length; at most 20 000 digits."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text.removeprefix("+"))
    if len(digits) > DIGITS_LIMIT:
        raise SpecError("", f"an integer of at most {DIGITS_LIMIT} digits", f"one of {len(digits)} digits")
    value = 0
    for start in range(0, len(digits), _CHUNK):
        chunk = digits[start : start + _CHUNK]
        value = value * 10 ** len(chunk) + int(chunk)
    return sign * value


def encode_integer(value: int) -> int | str:
    """Canonical: a JSON integer when |value| < 2^53, else "0x..." or "-0x..."."""
    return value if -PLAIN_LIMIT < value < PLAIN_LIMIT else hex(value)


def encode(value: Number) -> int | str:
    """Canonical: an integer as above, otherwise "p/q" in lowest terms with q > 1, each part by the same rule."""
    if isinstance(value, int):
        return encode_integer(value)
    if value.denominator == 1:
        return encode_integer(value.numerator)
    return f"{encode_integer(value.numerator)}/{encode_integer(value.denominator)}"


def _bounded(value: int) -> int:
    if value.bit_length() > BITS_LIMIT:
        raise SpecError("", f"at most {DIGITS_LIMIT} digits", integer_text(value))
    return int(value)


def _simplest(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value


def _is_numpy_float(value: object) -> bool:
    return type(value).__module__ == "numpy" and type(value).__name__.startswith("float")


def _from_float(value: object, dyadic: bool) -> Number:
    if isinstance(value, RawFloat):
        text = value.text.replace("_", "")
    else:
        plain = float(value)  # type: ignore[arg-type]  # a float, or a numpy float scalar
        if dyadic and math.isfinite(plain):
            return _simplest(Fraction(plain))
        text = repr(plain)
    if _DECIMAL.fullmatch(text) is None or len(text) > DIGITS_LIMIT:
        raise SpecError("", GRAMMAR, f"the float {shorten(text)}")
    raise SpecError("", f'an exact number: write the string "{shorten(text)}"', f"the float {shorten(text)}")


def _from_text(text: str) -> Number:
    if len(text) > 2 * DIGITS_LIMIT + 10:
        raise SpecError("", f"a number of at most {DIGITS_LIMIT} digits", f"a string of {len(text)} characters")
    if "/" in text or "x" in text:
        return _from_ratio(text)
    match = _DECIMAL.fullmatch(text)
    if match is None or not text.isascii():
        raise SpecError("", GRAMMAR, describe(text))
    sign, whole, fraction, exponent_sign, exponent = match.groups(default="")
    digits = whole + fraction
    power = exponent.lstrip("0") or "0"
    if len(power) > 5 or int(power) > EXPONENT_LIMIT:
        raise SpecError("", f"an exponent between -{EXPONENT_LIMIT} and {EXPONENT_LIMIT}", describe(text))
    mantissa = parse_digits(sign + digits)
    shift = (-int(power) if exponent_sign == "-" else int(power)) - len(fraction)
    if shift >= 0:
        return _bounded(mantissa * 10**shift)
    value = Fraction(mantissa, 10**-shift)
    _bounded(value.denominator)
    return _simplest(value)


def _from_ratio(text: str) -> Number:
    sign, body = (-1, text[1:]) if text.startswith("-") else (1, text.removeprefix("+"))
    top, slash, bottom = body.partition("/")
    numerator = _part(top, text)
    if not slash:
        return sign * numerator
    denominator = _part(bottom, text)
    if denominator == 0:
        raise SpecError("", "a nonzero denominator", describe(text))
    return _simplest(Fraction(sign * numerator, denominator))


def _part(text: str, whole: str) -> int:
    match = _PART.fullmatch(text)
    if match is None:
        raise SpecError("", GRAMMAR, describe(whole))
    if match[1] is None:
        return parse_digits(text)
    if len(match[1]) > HEX_DIGITS_LIMIT:
        received = f"{len(match[1])} hexadecimal digits"
        raise SpecError("", f"a number of at most {DIGITS_LIMIT} decimal digits", received)
    return int(match[1], 16)
