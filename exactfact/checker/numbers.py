"""Exact numbers in their one canonical form, and as a user may write them in a spec.

Canonical: an integer below 2^53 in absolute value is a JSON integer, a larger one "0x..." or "-0x...", a rational
"p/q" in lowest terms with q > 1, each part decimal below 2^53, else hexadecimal; over GF(p) a residue in [0, p).
JSON true and false are not numbers. Conversions are linear: `int` of a long decimal text is never reached.
"""
import re
from fractions import Fraction
from math import gcd
from typing import Any

from .errors import NotChecked, Rejected, require, shown

Number = int | Fraction
SAFE = 1 << 53
MAX_DIGITS, MAX_EXPONENT, MAX_TEXT = 20_000, 10_000, 100_000
_HEX = re.compile(r"-?0x[1-9a-f][0-9a-f]*")
_DECIMAL = re.compile(r"0|-?[1-9][0-9]{0,15}")
_USER = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,6}))?")


def is_integer(value: Any) -> bool:
    """A true integer: bool is a subclass of int in Python and does not count."""
    return type(value) is int


def integer(value: Any, where: str, low: int | None = None, high: int | None = None) -> int:
    """The integer written in canonical form, with low <= value < high; rejects anything else, naming `where`."""
    result: int | None = value if is_integer(value) and abs(value) < SAFE else None
    if isinstance(value, str) and _HEX.fullmatch(value):
        result = _large(value)
    if result is None:
        raise Rejected(f'{where}: an integer in canonical form ("0x..." from 2^53 on)', shown(value))
    require(low is None or result >= low, f"{where}: an integer >= {low}", result)
    require(high is None or result < high, f"{where}: an integer < {shown(high)}", result)
    return result


def number(value: Any, where: str, p: int = 0) -> Number:
    """A canonical rational (p = 0), or a residue in [0, p)."""
    if p:
        return integer(value, where, 0, p)
    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise NotChecked(f"{where}, characters of a number", len(value), MAX_TEXT)
    if not (isinstance(value, str) and "/" in value):
        return integer(value, where)
    top, _, bottom = value.partition("/")
    a, b = _part(top), _part(bottom)
    if a is None or b is None or b < 2 or gcd(a, b) != 1:
        raise Rejected(f"{where}: a rational p/q in canonical form", shown(value))
    return Fraction(a, b)


def encode(value: Number) -> int | str:
    """The canonical form: an integer below 2^53, "0x..." from there on, or "p/q". The inverse of `number`."""
    if value.denominator != 1:
        return f"{encode(value.numerator)}/{encode(value.denominator)}"
    whole = int(value)
    return whole if abs(whole) < SAFE else hex(whole)


def decimal(text: str, where: str) -> int:
    """The integer of a decimal text of at most MAX_DIGITS digits, in pieces short enough for any `int` limit."""
    digits = text.lstrip("+-")
    require(digits.isascii() and digits.isdecimal() and len(digits) <= MAX_DIGITS,
            f"{where}: at most {MAX_DIGITS} decimal digits", text)
    result = 0
    for start in range(0, len(digits), 4000):
        piece = digits[start:start + 4000]
        result = result * 10 ** len(piece) + int(piece)
    return -result if text.startswith("-") else result


def user_number(value: Any, where: str, p: int = 0) -> Number:
    """A number as a spec may hold it: an integer, "p/q", a decimal string, or the canonical form; reduced mod p."""
    result: Number | None = None
    if is_integer(value):
        require(value.bit_length() <= 4 * MAX_DIGITS, f"{where}: at most {MAX_DIGITS} digits", value)
        result = value
    elif isinstance(value, str):
        top, slash, bottom = value.partition("/")
        a, b = _user_part(top, where, bool(slash)), _user_part(bottom, where, True) if slash else 1
        result = Fraction(a, b) if a is not None and b else None
    if result is None:
        raise Rejected(f'{where}: an integer, or a string such as "-2/3" or "0.05"', shown(value))
    if p:
        require(result.denominator % p != 0, f"{where}: a denominator prime to {p}", result)
        return residue(result, p)
    return result if result.denominator > 1 else int(result)


def residue(value: Number, p: int) -> int:
    """value mod p; the denominator must be prime to p."""
    return value % p if isinstance(value, int) else value.numerator * pow(value.denominator, -1, p) % p


def _large(text: str) -> int | None:
    result = int(text, 16)
    return result if abs(result) >= SAFE else None


def _part(text: str) -> int | None:
    if _HEX.fullmatch(text):
        return _large(text)
    return int(text) if _DECIMAL.fullmatch(text) and abs(int(text)) < SAFE else None


def _user_part(text: str, where: str, whole: bool) -> Number | None:
    if _HEX.fullmatch(text) and len(text) <= MAX_DIGITS:
        return int(text, 16)
    match = _USER.fullmatch(text)
    if not match or not (match[2] or match[3]) or whole and (match[3] is not None or match[4]):
        return None
    exponent = int(match[4] or 0)
    require(abs(exponent) <= MAX_EXPONENT, f"{where}: an exponent of at most {MAX_EXPONENT}", exponent)
    scaled = decimal(match[2] + (match[3] or ""), where) * (-1 if match[1] == "-" else 1)
    return Fraction(scaled) * Fraction(10) ** (exponent - len(match[3] or ""))
