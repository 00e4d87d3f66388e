"""From tensors to parameters and back: Theorems 1 and 2 with their optimal constants (theory 11.1, 11.2).

If P(h) and P(g) differ by at most epsilon in the largest entry, M is the larger of the two largest entries, and
epsilon <= M/2, then d_inf([h], [g]) <= (2 - 1/K) epsilon M^(1/K - 1); under epsilon < M the constant is 2.  2 - 1/K is
optimal.  (The constant of Malgouyres and Landsberg is 7; over CC it is 2 + pi/2 under epsilon < M.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactfact.model.numbers import Number

from .metric import Norm, Point, tensor_norm
from .rounding import root_up


@dataclass(frozen=True)
class Side:
    """Which form of Theorem 1 applies: its constant, and the hypothesis in words."""

    constant: Fraction
    hypothesis: str


def side_condition(epsilon: Number, largest: Number, depth: int) -> Side | None:
    """The sharpest constant whose hypothesis holds for this epsilon and this lower bound on M; None when none does."""
    if largest > 0 and 2 * epsilon <= largest:
        return Side(2 - Fraction(1, depth), "epsilon <= M/2")
    return Side(Fraction(2), "epsilon < M") if epsilon < largest else None


def scale_up(largest: Number, depth: int) -> Fraction:
    """A rational u >= M^(1/K - 1): u^K M^(K-1) >= 1.  Larger M give smaller values."""
    return root_up(1 / Fraction(largest) ** (depth - 1), depth)


def tensor_gap_squared(h: Point, g: Point) -> Fraction:
    """||P(h) - P(g)||_2^2 exactly, from norms and inner products of the layers."""
    squares = [
        [sum((Fraction(a) * b for a, b in zip(x, y, strict=True)), Fraction(0)) for x, y in zip(u, v, strict=True)]
        for u, v in ((h, h), (h, g), (g, g))
    ]
    own, mixed, other = (math.prod(row, start=Fraction(1)) for row in squares)
    return own - 2 * mixed + other


def class_bound(h: Point, g: Point, p: Norm = math.inf) -> Fraction | None:
    """Theorem 1: an upper bound on d_p([h], [g]) from ||P(h) - P(g)||_2; None when its hypothesis is not shown."""
    depth, largest = len(h), max(tensor_norm(h), tensor_norm(g))
    epsilon = root_up(tensor_gap_squared(h, g))
    side = side_condition(epsilon, largest, depth)
    if side is None:
        return None
    return side.constant * scale_up(largest, depth) * epsilon * count_power([len(x) for x in h], p)


def count_power(sizes: Sequence[int], p: Norm) -> Fraction:
    """A rational >= (S_1 + ... + S_K)^(1/p), for p = 1, 2, 3, ... or infinity."""
    return Fraction(1) if p == math.inf else root_up(sum(sizes), int(p))


def tensor_bound(h: Point, g: Point, distance: Number, q: Norm = 2) -> Fraction:
    """Theorem 2: an upper bound on ||P(h) - P(g)||_q from d_q([h], [g]) <= distance (q an integer or infinity)."""
    depth, sizes = len(h), [len(x) for x in h]
    largest = max(tensor_norm(h), tensor_norm(g))
    height = root_up(largest ** (depth - 1), depth)
    if q == math.inf:
        return depth * height * Fraction(distance)
    others = max(math.prod(sizes) // size for size in sizes)
    return root_up(Fraction(depth) ** (int(q) - 1) * others, int(q)) * height * Fraction(distance)
