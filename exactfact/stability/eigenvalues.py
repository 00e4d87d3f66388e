"""Enclosures of an eigenvalue of a positive semidefinite integer matrix, from floating point guesses and exact counts.

The m-th largest eigenvalue is >= t when m eigenvalues are, and <= u when all but m - 1 are.  Floating point proposes t
and u; where it is too coarse (eigenvalues far below the largest one) they are bisected.  Small rational eigenvalues are
found exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

import numpy as np

from .gram import Gram, Rows
from .inertia import count

DIGITS = 60  # binary digits of a shift or a bound
MARGIN = Fraction(1, 2**34)  # relative distance of a shift from the floating point guess
WIDTH = Fraction(1, 2**33)  # relative width at which a bisection ends
EXACT_ORDER = 40
DENOMINATORS = 24
WORK_LIMIT = 120_000_000
Tick = Callable[[], None]


@dataclass(frozen=True)
class Shift:
    """`value` bounds the eigenvalue: the count at `shift` with `bits` proves it (None: exact arithmetic)."""

    value: Fraction
    shift: Fraction
    bits: int | None


@dataclass(frozen=True)
class Enclosure:
    """Bounds of one eigenvalue; a side is None where nothing was found within the limits of work."""

    lower: Shift | None
    upper: Shift | None


def enclose(gram: Gram, position: int, tick: Tick, scale: Fraction = Fraction(1)) -> Enclosure:
    """Bounds of the `position`-th largest eigenvalue (1 is the largest), times `scale`."""
    search = _Search(gram, position, tick)
    lower, upper = search.exactly() or search.bracket()
    return Enclosure(_scaled(lower, scale, up=False), _scaled(upper, scale, up=True))


def _scaled(found: Shift | None, scale: Fraction, *, up: bool) -> Shift | None:
    if found is None:
        return None
    value = found.value * scale
    return Shift(value if found.bits is None else rounded(value, up=up), found.shift * scale, found.bits)


def rounded(value: Fraction, *, up: bool, digits: int = DIGITS) -> Fraction:
    """A number with `digits` binary digits, above or below."""
    if not value:
        return value
    unit = Fraction(2) ** (_exponent(value) - digits)
    return unit * (math.ceil(value / unit) if up else math.floor(value / unit))


def _exponent(value: Fraction) -> int:
    """About log2 |value|."""
    return value.numerator.bit_length() - value.denominator.bit_length()


class _Search:
    """Counts at shifts, with a budget of work."""

    def __init__(self, gram: Gram, position: int, tick: Tick) -> None:
        self.gram, self.position, self.tick = gram, position, tick
        self.left = max(WORK_LIMIT, 4 * gram.work)
        self.norm = max(sum(abs(x) for x in _row(rows, i)) for rows, _ in gram.blocks for i in range(len(rows)))
        self.unit = max(0, self.norm.bit_length() - 1000)  # keeps floating point in its range

    def guess(self) -> Fraction:
        """The eigenvalue in floating point; not negative."""
        values: list[tuple[float, int]] = []
        for rows, times in self.gram.blocks:
            matrix = np.zeros((len(rows), len(rows)))
            for i, row in enumerate(rows):
                matrix[i, : i + 1] = [float(x >> self.unit) if self.unit else float(x) for x in row]
            values += [(float(x), times) for x in np.linalg.eigvalsh(matrix)]
        values.sort(reverse=True)
        reached = accumulate(times for _, times in values)
        found = next(x for (x, _), total in zip(values, reached, strict=True) if total >= self.position)
        return Fraction(max(found, 0.0)) * (1 << self.unit)

    def bits(self, shift: Fraction) -> int:
        """Binary places of a factorization whose error is far below the shift."""
        q = _exponent(Fraction(shift.denominator))
        order = max(len(rows) for rows, _ in self.gram.blocks)
        places = max(0, _exponent(Fraction(self.norm)) - _exponent(shift)) + order.bit_length()
        return max(16, max(0, 48 - q - _exponent(shift)) + places)

    def spend(self, bits: int) -> bool:
        """Whether one more count is within the budget."""
        self.tick()
        self.left -= self.gram.work * (1 + bits // 128)
        return self.left >= 0

    def above(self, shift: Fraction) -> Shift | None:
        """A proof that the eigenvalue is at least about `shift`."""
        return self._proof(shift, up=False)

    def below(self, shift: Fraction) -> Shift | None:
        """A proof that it is at most about `shift`."""
        return self._proof(shift, up=True)

    def _proof(self, shift: Fraction, *, up: bool) -> Shift | None:
        bits = self.bits(shift)
        for _ in range(3):
            if not self.spend(bits):
                return None
            found = count(self.gram, shift, bits)
            assert found is not None
            if found.error <= shift * MARGIN / 8:
                enough = found.below > self.gram.order - self.position if up else found.above >= self.position
                value = shift + found.error if up else shift - found.error
                return Shift(value, shift, bits) if enough else None
            bits += 8 + max(16, _exponent(found.error) - _exponent(shift) + 40)
        return None

    def exactly(self) -> tuple[Shift, Shift] | None:
        """The eigenvalue itself, where it is close to a fraction of small denominator and the blocks are small."""
        near = self.guess()
        if not near or max(len(rows) for rows, _ in self.gram.blocks) > EXACT_ORDER:
            return None
        value = near.limit_denominator(DENOMINATORS)
        if abs(value - near) > near / 10**9 or not self.spend(1000):
            return None
        found = count(self.gram, value, None)
        if found is None or found.above < self.position or found.below <= self.gram.order - self.position:
            return None
        return Shift(value, value, None), Shift(value, value, None)

    def bracket(self) -> tuple[Shift | None, Shift | None]:
        """Bounds close to each other: around the guess, or by bisection."""
        near = self.guess()
        high = rounded(near * (1 + MARGIN), up=True)
        low = rounded(near * (1 - MARGIN), up=False)
        lower, upper = self.above(low) if low else None, self.below(high) if high else None
        if lower is not None and upper is not None:
            return lower, upper
        least = max(near, Fraction(self.norm, 2**46))
        factor = Fraction(4)
        while lower is None:
            lower = self.above(rounded(least / factor, up=False))
            if lower is None and self.left < 0:
                return None, upper
            factor *= factor
        factor = Fraction(4)
        while upper is None:
            upper = self.below(rounded(max(lower.shift, least / 2**6) * factor, up=True))
            if upper is None and self.left < 0:
                return lower, None
            factor *= factor
        return self.bisected(lower, upper)

    def bisected(self, lower: Shift, upper: Shift) -> tuple[Shift, Shift]:
        """Both moved towards each other until their relative distance is WIDTH."""
        while upper.shift > lower.shift * (1 + WIDTH):
            middle = _between(lower.shift, upper.shift)
            if not lower.shift < middle < upper.shift:
                break
            found = self.above(middle)
            if found is not None:
                lower = found
                continue
            found = self.below(middle)
            if found is None:
                break
            upper = found
        return lower, upper


def _between(low: Fraction, high: Fraction) -> Fraction:
    """The geometric mean by powers of two where they are far apart, else the mean."""
    if high > 8 * low:
        return Fraction(2) ** ((_exponent(low) + _exponent(high)) // 2)
    return rounded((low + high) / 2, up=False, digits=40)


def _row(rows: Rows, i: int) -> list[int]:
    return [*rows[i], *(rows[j][i] for j in range(i + 1, len(rows)))]
