r"""Exact numbers in LaTeX mathematics: digits in groups, powers, products of powers, and long ones by their size.

An integer up to 15 digits is printed in full; a longer one exactly as a power, a product of small powers or a power
plus or minus one where it is such; otherwise in full up to 30 digits, and beyond as its first digits times a power of
ten, with the number of digits.  Everything is computed on integers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import isqrt, prod

from exactfact.certificate.numbers import decode_number, outward

FULL_DIGITS = 15
LONG_DIGITS = 30
SMALL_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31)
LARGEST_SCAN = 40_000  # bits; beyond, only the size of a number is worked out

Number = int | Fraction | str


def integer(value: int) -> str:
    """LaTeX (mathematics mode) for an integer, exact whenever a line can hold it."""
    if value < 0:
        return "-" + integer(-value)
    if value < 10**FULL_DIGITS:
        return grouped(value)
    if value.bit_length() <= LARGEST_SCAN:
        short = _powers(value) or _next_to_power(value)
        if short:
            return short
    return grouped(value) if value < 10**LONG_DIGITS else scientific(value)


def compact(value: int) -> str:
    """As `integer`, but 5^{20} and 5^{20}-1 instead of their fourteen digits (from 10000 and from 10^7 on)."""
    if not 10_000 <= value < 1 << LARGEST_SCAN:
        return integer(value)
    root, exponent = perfect_power(value)
    if exponent > 1 and root < 10**4:
        return f"{grouped(root)}^{{{exponent}}}"
    return (_next_to_power(value) if value > 10**7 else None) or integer(value)


def grouped(value: int) -> str:
    r"""Decimal digits in groups of three, separated by ``\,`` (five digits or more)."""
    digits = str(value)
    if len(digits) < 5:
        return digits
    head = len(digits) % 3
    groups = ([digits[:head]] if head else []) + [digits[i : i + 3] for i in range(head, len(digits), 3)]
    return r"\,".join(groups)


def scientific(value: int) -> str:
    r"""First digits (cut, not rounded) and the power of ten: ``1.234\ldots\cdot 10^{57}``."""
    exponent = _decimal_exponent(value)
    head = str(value // 10 ** (exponent - 3))
    return rf"{head[0]}.{head[1:]}\ldots\cdot 10^{{{exponent}}}"


def number(value: Number) -> str:
    """An exact number of a certificate (JSON form or Fraction): an integer, or a fraction of two."""
    exact = decode_number(value) if isinstance(value, str) else value
    if exact.denominator == 1:
        return integer(int(exact))
    sign = "-" if exact < 0 else ""
    top, below = integer(abs(exact.numerator)), integer(exact.denominator)
    return rf"{sign}\tfrac{{{top}}}{{{below}}}" if len(top) + len(below) < 16 else rf"{sign}{top}/{below}"


def decimals(value: int | Fraction, side: str) -> str:
    r"""Decimals of a number >= 0, rounded outward for that side of a bound: ``2.61\cdot 10^{-17}``."""
    head, _, exponent = outward(value, side).partition("e")
    return rf"{head}\cdot 10^{{{exponent}}}" if exponent else head


def magnitude(value: int | Fraction) -> int | Fraction:
    """|value|, exactly; `abs` has no such type for a union."""
    return -value if value < 0 else value


def product(sizes: Sequence[int]) -> str:
    r"""A product as it arises, equal factors gathered: ``3\cdot 2^{4}=48``; the value too when it is short."""
    value = prod(sizes)
    counts = Counter(size for size in sizes if size != 1)
    if sum(counts.values()) <= 1:
        return integer(value)
    factors = [str(base) if count == 1 else f"{base}^{{{count}}}" for base, count in counts.items()]
    if len(factors) > 6:
        return integer(value)
    text = r"\cdot ".join(factors)
    return f"{text}={grouped(value)}" if value < 10**FULL_DIGITS else text


def set_of(values: Iterable[str]) -> str:
    r"""``\{a, b, c\}`` with a break allowed after every comma."""
    return r"\{" + r",\allowbreak ".join(values) + r"\}"


def _powers(value: int) -> str | None:
    """`value` as a perfect power, or as a product of powers of primes up to 31; None when it is neither."""
    root, exponent = perfect_power(value)
    power = f"{grouped(root)}^{{{exponent}}}" if exponent > 1 and root < 10**6 else None
    if power and root < 1000:
        return power
    exponents: list[tuple[int, int]] = []
    rest = value
    for prime in SMALL_PRIMES:
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        if count:
            exponents.append((prime, count))
    if rest != 1 or len(exponents) > 5:
        return power
    return r"\cdot ".join(str(p) if e == 1 else f"{p}^{{{e}}}" for p, e in exponents)


def _next_to_power(value: int) -> str | None:
    for shift, sign in ((1, "-"), (-1, "+")):
        root, exponent = perfect_power(value + shift)
        if exponent > 2 and root < 10**6:
            return f"{grouped(root)}^{{{exponent}}}{sign}1"
    return None


def perfect_power(value: int) -> tuple[int, int]:
    """(root, exponent) with root**exponent == value and the exponent as large as possible; (value, 1) if none > 1.

    Only values of at least 2 have a root other than themselves.  Cost: one integer root for every prime exponent.
    """
    exponent = 1
    for prime in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61):
        while value > 1 and value.bit_length() > prime:
            root = _root(value, prime)
            if root**prime != value:
                break
            value, exponent = root, exponent * prime
    return value, exponent


def _root(value: int, degree: int) -> int:
    """The integer part of the root of that degree, by Newton's method from above."""
    if degree == 2:
        return isqrt(value)
    guess = 1 << -(-value.bit_length() // degree)
    while True:
        step = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if step >= guess:
            return guess
        guess = step


def _decimal_exponent(value: int) -> int:
    """The e with 10^e <= value < 10^(e+1), on integers only (the digits of a huge number are never listed)."""
    exponent = max(0, (value.bit_length() - 1) * 30103 // 100000 - 1)
    power = 10**exponent
    while power * 10 <= value:
        exponent, power = exponent + 1, power * 10
    return exponent
