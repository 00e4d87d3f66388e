"""Inner products, bounds of eigenvalues and distances to a kernel, all over Q.

A bound of an eigenvalue is a rational number t for which all pivots of B - t, or of t - B, are positive (12.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from exactfact.proving.small.finite import Rows
from exactfact.proving.small.metric import Symmetric, pivots


def inner(v: Sequence[Any], w: Sequence[Any]) -> Any:
    """The inner product."""
    return sum(a * b for a, b in zip(v, w, strict=True))


def image(rows: Rows, v: Sequence[Any]) -> list[Any]:
    """A v."""
    return [inner(row, v) for row in rows]


def square(v: Sequence[Any]) -> Any:
    """The squared length."""
    return inner(v, v)


def minus(v: Sequence[Any], w: Sequence[Any]) -> list[Any]:
    """The difference."""
    return [a - b for a, b in zip(v, w, strict=True)]


def gram(rows: Sequence[Sequence[Any]]) -> Rows:
    """The inner products of the rows."""
    return tuple(tuple(inner(v, w) for w in rows) for v in rows)


@cache
def least(matrix: Rows) -> Fraction:
    """A number below all eigenvalues: the largest n/64 with positive pivots, 0 where there is none."""
    found, step = Fraction(0), Fraction(1, 64)
    while definite(matrix, found + step):
        found += step
    return found


def definite(matrix: Rows, shift: Fraction) -> bool:
    """Whether all pivots of B - t are positive."""
    return all(d > 0 for d in pivots(Symmetric(matrix, shift)))


@cache
def greatest(matrix: Rows) -> Fraction:
    """A number above all eigenvalues: the least integer t such that t - B has positive pivots."""
    negative = tuple(tuple(-a for a in row) for row in matrix)
    found = 1
    while not definite(negative, Fraction(-found)):
        found += 1
    return Fraction(found)


@cache
def _orthogonal(rows: Rows) -> tuple[tuple[Fraction, ...], ...]:
    found: list[tuple[Fraction, ...]] = []
    for row in rows:
        left = [Fraction(a) for a in row]
        for q in found:
            factor = inner(q, left) / square(q)
            left = [a - factor * b for a, b in zip(left, q, strict=True)]
        found.append(tuple(left))
    return tuple(found)


def squared_distance(rows: Rows, d: Sequence[Any]) -> Any:
    """dist(D, Ker A)^2, the squared length of the projection to the row space."""
    return sum((inner(q, d) ** 2 / square(q) for q in _orthogonal(rows)), Fraction(0))


