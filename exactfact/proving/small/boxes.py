"""Polynomial inequalities on boxes, decided by their monotone ends in exact dyadic arithmetic.

A box is a product of intervals [a_i, b_i], 0 <= a_i <= b_i, in units of 2^-BITS. A polynomial p = p+ - p- with
nonnegative coefficients is bounded below on it by p+(a) - p-(b). Where a partial derivative has one sign on the whole
box (by the same bound), the least value is at one end of that interval, and only that end is kept. Every number is an
integer, and nothing is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exactfact.proving.small.finite import Vector

BITS = 24
ONE = 1 << BITS
Terms = tuple[tuple[int, tuple[tuple[int, int], ...]], ...]  # coefficients with (variable, exponent), all positive
Halves = tuple[Terms, Terms]  # p+ and p-


@dataclass(frozen=True)
class Inequality:
    """p >= 0, or p > 0, for a polynomial with integer coefficients, ready to be evaluated in units of 2^-BITS."""

    name: str
    strict: bool
    value: Halves
    slopes: tuple[tuple[int, Halves], ...]  # variable -> partial derivative, for the variables that occur


def inequality(name: str, p: Any, *, strict: bool = False) -> Inequality:
    """From a sparse polynomial over ZZ (`polynomials.symbols`)."""
    terms = list(p.terms())
    degree = max((sum(m) for m, _ in terms), default=0)
    used = sorted({i for m, _ in terms for i, e in enumerate(m) if e})
    slopes = tuple((i, _halves(p.diff(p.ring.gens[i]), degree)) for i in used)
    return Inequality(name, strict, _halves(p, degree), slopes)


def _halves(p: Any, degree: int) -> Halves:
    """p+ and p-, each term brought to one power of 2^-BITS."""
    scaled = [(int(c) << BITS * (degree - sum(m)), m) for m, c in p.terms() if c]
    plus, minus = ([(abs(c), m) for c, m in scaled if (c > 0) == positive] for positive in (True, False))
    return _sparse(plus), _sparse(minus)


def _sparse(terms: list[tuple[int, Vector]]) -> Terms:
    return tuple((c, tuple((i, e) for i, e in enumerate(m) if e)) for c, m in terms)


def _evaluate(terms: Terms, at: list[int]) -> int:
    total = 0
    for coefficient, powers in terms:
        term = coefficient
        for i, e in powers:
            term *= at[i] if e == 1 else at[i] ** e
        total += term
    return total


def _least(halves: Halves, lower: list[int], upper: list[int]) -> int:
    return _evaluate(halves[0], lower) - _evaluate(halves[1], upper)


def _greatest(halves: Halves, lower: list[int], upper: list[int]) -> int:
    return _evaluate(halves[0], upper) - _evaluate(halves[1], lower)


def holds_at(test: Inequality, point: list[int]) -> bool:
    """Whether the inequality holds at one point; a test that fails here cannot hold on a box around it."""
    value = _least(test.value, point, point)
    return value > 0 or (value == 0 and not test.strict)


def holds(test: Inequality, lower: Vector, upper: Vector) -> bool:
    """Whether the bound below shows the inequality on the whole box."""
    low, high = list(lower), list(upper)
    open_slopes, moved = dict(test.slopes), True
    while moved and open_slopes:
        moved = False
        for i, slope in list(open_slopes.items()):
            if _least(slope, low, high) >= 0:
                high[i] = low[i]
            elif _greatest(slope, low, high) <= 0:
                low[i] = high[i]
            else:
                continue
            moved = bool(open_slopes.pop(i))
    value = _least(test.value, low, high)
    return value > 0 or (value == 0 and not test.strict)


def influence(test: Inequality, lower: Vector, upper: Vector, i: int) -> int:
    """How much p may change along the i-th interval: its width times a bound of the slope."""
    slope = dict(test.slopes).get(i)
    if slope is None:
        return 0
    low, high = list(lower), list(upper)
    return (upper[i] - lower[i]) * max(abs(_least(slope, low, high)), abs(_greatest(slope, low, high)))
