"""Outer spaces with bases of integers: products of integers are cheaper than those of fractions."""

from __future__ import annotations

import math
from typing import Any

from .chain import Chain
from .outer_spaces import OuterSpaces, outer_spaces

Vector = dict[int, Any]


def integral_spaces(chain: Chain) -> OuterSpaces:
    """`outer_spaces` with every basis vector multiplied by its common denominator."""
    found = outer_spaces(chain)
    return OuterSpaces(tuple(map(_integral, found.rows)), tuple(map(_integral, found.columns)), found.sizes)


def _integral(basis: tuple[Vector, ...]) -> tuple[Vector, ...]:
    scales = [math.lcm(*(int(value.denominator) for value in vector.values())) for vector in basis]
    return tuple(
        {i: int(value * scale) for i, value in vector.items()} for vector, scale in zip(basis, scales, strict=True)
    )
