"""The null space property over RR on finite sets of points (theory 12.3, and the refutations of 12.4)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import count, product
from typing import Any, NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import Point, Rows, Vector, lines
from exactfact.proving.small.metric import RealPoint, tensor_entries
from exactfact.proving.small.quadratic import gram, greatest, image, least, minus, square, squared_distance
from exactfact.proving.small.spaces import balanced, row_spaces

SQUARE = (2, 2)
SPACES = "all A on 2 x 2 tensors with entries -1, 0, 1 in the reduced echelon matrix"


class Tangent(NamedTuple):
    """An operator on 2 x 2 tensors, a point and a direction."""

    rows: Rows
    h: Point
    b: Point


@cache
def operators_of_rank(least_rank: int) -> tuple[Rows, ...]:
    """All row spaces of 2 x 2 tensors with entries -1, 0, 1 in the reduced echelon matrix."""
    return tuple(case.rows for d in range(least_rank, 5) for case in row_spaces(SQUARE, d, 3))


@cache
def small_differences() -> tuple[Vector, ...]:
    """All P(h) - P(g) != 0 of points with entries -1, 0, 1."""
    tensors = {tuple(tensor_entries(h)) for h in product(product((0, 1, -1), repeat=2), repeat=2)}
    found = {tuple(minus(s, t)) for s, t in product(tensors, repeat=2)}
    return tuple(sorted(d for d in found if any(d)))


def operators_over_q(_: int, size: int) -> Iterator[Rows]:
    """A != 0 of rank <= size with entries -1, 0, 1."""
    yield from (rows for rows in operators_of_rank(1) if len(rows) <= size)


def with_entries(_: int, size: int) -> Iterator[Rows]:
    """A of rank 3 and 4 with entries of absolute value <= size in the reduced echelon matrix."""
    p = next(n for n in count(2 * size + 1) if all(n % m for m in range(2, n)))
    for case in (case for dimension in (3, 4) for case in row_spaces(SQUARE, dimension, p)):
        if all(abs(a) <= size for row in case.rows for a in row):
            yield case.rows


def separates(rows: Rows) -> bool:
    """12.3: kappa > 0 on the finite model: no difference is in Ker A."""
    return all(any(image(rows, d)) for d in small_differences())


def null_space_property(rows: Rows, *, gamma: Fraction | None = None) -> str | None:
    """12.3: gamma = sigma_max/kappa holds on the model; the best gamma gives kappa >= sigma_min/gamma; Ker A = 0: 1."""
    low, high = least(gram(rows)), greatest(gram(rows))
    measured = [(square(d), square(image(rows, d)), squared_distance(rows, d)) for d in small_differences()]
    kappa = min(Fraction(moved, size) for size, moved, _ in measured)
    best = max(Fraction(size) / apart for size, _, apart in measured)
    bound = gamma**2 if gamma else high / kappa
    if best > bound:
        return f"gamma^2 = {bound} is too small: {best} is needed"
    if kappa * best < low:
        return f"kappa^2 = {kappa} < {low}/{best}"
    return f"Ker A = 0, but gamma^2 = {best}" if len(rows) == 4 and best != 1 else None


def tangents(_: int, size: int) -> Iterator[Tangent]:
    """All A of rank <= size, all h up to scalars of its layers, all b, with entries -1, 0, 1."""
    points = [balanced(h, 3) for h in product(lines(3, 2), repeat=2)]
    directions = list(product(product((0, 1, -1), repeat=2), repeat=2))
    for rows in operators_over_q(RATIONALS, size):
        yield from (Tangent(rows, h, b) for h, b in product(points, directions))


def derivative(h: RealPoint, b: RealPoint) -> list[Any]:
    """The tangent tensor b_1 x h_2 + h_1 x b_2."""
    pairs = zip(tensor_entries((b[0], h[1])), tensor_entries((h[0], b[1])), strict=True)
    return [x + y for x, y in pairs]


def unstable(case: Tangent) -> bool:
    """12.4(4): A kills the tangent tensor of b, and b is not (c h_1, -c h_2)."""
    (x, y), b = case.h, case.b
    scalings = [(tuple(c * a for a in x), tuple(-c * a for a in y)) for c in (0, 1, -1)]
    return b not in scalings and not any(image(case.rows, derivative(case.h, case.b)))


def no_gamma(case: Tangent) -> str | None:
    """For gamma = 1, 8, 64 some difference P(h + s b) - P(h) violates the property, with A D of order s^2."""
    rows, h, b = case
    twice = tensor_entries(b)
    for gamma in (1, 8, 64):
        m = 8 * gamma  # s = 1/m, and everything is multiplied by m^2
        scaled = [[m * x for x in layer] for layer in h]
        moved = [[x + y for x, y in zip(u, v, strict=True)] for u, v in zip(scaled, b, strict=True)]
        d = minus(tensor_entries(moved), tensor_entries(scaled))
        if square(d) <= gamma**2 * squared_distance(rows, d):
            return f"gamma = {gamma} holds at s = 1/{m}"
        if square(image(rows, d)) > greatest(gram(rows)) * square(twice):
            return f"A D is too long at s = 1/{m}"
    return None


CASES = [
    SmallCase(
        "12.3",
        "if A is bounded below by kappa on the differences, the null space property holds with sigma_max/kappa; "
        "conversely kappa >= sigma_min/gamma; Ker A = 0 gives gamma = 1",
        "all A of rank 3 or 4 on 2 x 2 tensors with small entries in the reduced echelon matrix, the model of all "
        "points with entries -1, 0, 1",
        "absolute values of entries",
        with_entries,
        null_space_property,
        full={RATIONALS: 3},
        quick={RATIONALS: 2},
        hypothesis=separates,
    ),
    SmallCase(
        "12.4",
        "a tangent tensor in Ker A, b not (c h_1, -c h_2), refutes the null space property for gamma = 1, 8, 64",
        f"{SPACES}, all h (up to scalars) and b with entries -1, 0, 1; the part of 12.4 that refutes",
        "rank A",
        tangents,
        no_gamma,
        full={RATIONALS: 4},
        quick={RATIONALS: 1},
        hypothesis=unstable,
    ),
]
