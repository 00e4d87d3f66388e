"""Local identifiability at a point over CC, by saturations of the fibre's ideal (theory 6.1b).

The class of h is isolated in its complex fibre iff, in coordinates g_k,c_k = 1 around h (c_k the first nonzero entry of
h_k, a scalar in front), h is an isolated solution: for every coordinate x, h is not in the closure of the solutions
with x != x(h), which the ideal saturated by x - x(h) describes. The complex statement implies the real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.generic import FAMILY, SIZE, SumsAt, dimension, points_of_sums
from exactfact.proving.small.operators import Operator, jacobian_rank
from exactfact.proving.small.polynomials import entries, isolated_at_origin

PRIMES = (2, 3, 5)


def regular(case: SumsAt) -> bool:
    """The Jacobian at h has rank n modulo 2, 3 or 5."""
    (sizes, rows), h = case
    return any(jacobian_rank(Operator(p, sizes, rows), h) == dimension(sizes) for p in PRIMES)


def isolated(case: SumsAt) -> str | None:
    """Near h only points of its class have its value."""
    (sizes, rows), h = case
    y = _values(rows, entries(h))

    def equations(moves: list[Any]) -> list[Any]:
        scale, *left = moves
        g = list(_around(h, iter(left)))
        return [(1 + scale) * value - given for value, given in zip(_values(rows, entries(g)), y, strict=True)]

    alone = isolated_at_origin(dimension(sizes), equations)
    return None if alone else "the class of h is not isolated in its complex fibre"


def _values(rows: tuple[tuple[int, ...], ...], tensor: list[Any]) -> list[Any]:
    return [sum(t for a, t in zip(row, tensor, strict=True) if a) for row in rows]


def _around(h: tuple[tuple[int, ...], ...], left: Iterator[Any]) -> Iterator[list[Any]]:
    """h_k plus an unknown in every entry but the first nonzero one, which is 1."""
    for layer in h:
        first = next(j for j, a in enumerate(layer) if a)
        yield [a if j == first else a + next(left) for j, a in enumerate(layer)]


CASES = [
    SmallCase(
        "6.1b",
        "at h without zero layers, a Jacobian of rank n modulo one prime makes the class of h isolated in its complex "
        "fibre",
        f"{FAMILY}, all h with entries 0 and 1 without zero layers, modulo 2, 3 and 5",
        SIZE,
        points_of_sums,
        isolated,
        full={RATIONALS: 6},
        quick={RATIONALS: 4},
        hypothesis=regular,
        sympy=True,
    ),
]
