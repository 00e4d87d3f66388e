"""Roots of rational numbers, rounded outward to dyadic rationals: the only place where something irrational is cut off.

`up` functions are never below the true value, `down` functions never above it; where the root is a dyadic rational of
the wanted precision both are equal to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz

from exactfact.model.numbers import Number

BITS = 96


@dataclass(frozen=True)
class Enclosure:
    """lower <= the number <= upper; exact when the two agree."""

    lower: Fraction
    upper: Fraction

    @property
    def exact(self) -> Fraction | None:
        """The number itself, when it is known exactly."""
        return self.lower if self.lower == self.upper else None

    def __float__(self) -> float:
        return float((self.lower + self.upper) / 2)


def enclosed(value: Number) -> Enclosure:
    """The enclosure of an exact number: both ends are the number."""
    return Enclosure(Fraction(value), Fraction(value))


def root(value: Number, k: int, bits: int = BITS) -> Enclosure:
    """The k-th root of a number >= 0, to about `bits` bits, exact when it is rational."""
    value = Fraction(value)
    if value == 0 or k == 1:
        return enclosed(value)
    exact = _rational_root(value, k)
    if exact is not None:
        return enclosed(exact)
    length = value.numerator.bit_length() - value.denominator.bit_length()
    shift = bits - length // k  # value * 2^(k shift) has about k * bits bits
    scaled = value * Fraction(2) ** (k * shift)
    below = int(fmpz(scaled.numerator // scaled.denominator).root(k))
    unit = Fraction(2) ** -shift
    return Enclosure(below * unit, (below + 1) * unit)


def root_up(value: Number, k: int = 2, bits: int = BITS) -> Fraction:
    """A rational not below the k-th root of a number >= 0, exact when the root is rational."""
    return root(value, k, bits).upper


def root_down(value: Number, k: int = 2, bits: int = BITS) -> Fraction:
    """A rational not above the k-th root of a number >= 0, exact when the root is rational."""
    return root(value, k, bits).lower


def shortened_up(value: Number, bits: int = BITS) -> Fraction:
    """A dyadic rational of at most `bits` bits, not below the value >= 0 and close to it."""
    scaled, unit = _in_units(Fraction(value), bits)
    return -(-scaled.numerator // scaled.denominator) * unit


def shortened_down(value: Number, bits: int = BITS) -> Fraction:
    """A dyadic rational of at most `bits` bits, not above the value >= 0 and close to it."""
    scaled, unit = _in_units(Fraction(value), bits)
    return scaled.numerator // scaled.denominator * unit


def _in_units(value: Fraction, bits: int) -> tuple[Fraction, Fraction]:
    """(value / unit, unit), the unit being the power of 2 with which the value has about `bits` bits."""
    shift = bits - (value.numerator.bit_length() - value.denominator.bit_length())
    return value * Fraction(2) ** shift, Fraction(2) ** -shift


def _rational_root(value: Fraction, k: int) -> Fraction | None:
    top, bottom = int(fmpz(value.numerator).root(k)), int(fmpz(value.denominator).root(k))
    return Fraction(top, bottom) if top**k == value.numerator and bottom**k == value.denominator else None
