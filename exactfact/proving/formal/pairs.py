"""Pairs of points (8.1) as integers, with a multi-index at which their tensors differ.

Multiplying layer k of both points by one number multiplies both products by it and keeps proportional layers
proportional, so rational pairs are written times the common denominators of their layers.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm, prod
from typing import Any

from .errors import NotExported
from .numbers import fraction

EVIDENCE = "evidence of 8.1"


def integer_pair(evidence: Any, sizes: tuple[int, ...]) -> tuple[list[list[int]], list[list[int]], list[int]]:
    """(h, g, i) with integer entries and P(h)_i != P(g)_i."""
    if type(evidence) is not dict:
        raise NotExported("evidence of 8.1 that is not an object")
    left, right = (_point(evidence.get(name), sizes, name) for name in ("h", "g"))
    h, g = [], []
    for x, y in zip(left, right, strict=True):
        factor = lcm(*(value.denominator for value in (*x, *y)))
        h.append([int(value * factor) for value in x])
        g.append([int(value * factor) for value in y])
    return h, g, _difference(h, g)


def _point(value: Any, sizes: tuple[int, ...], name: str) -> list[list[Fraction]]:
    shape = [len(x) if type(x) is list else -1 for x in value] if type(value) is list else None
    if shape != list(sizes):
        raise NotExported(f"evidence of 8.1 whose {name} has not the sizes of the layers")
    return [[fraction(entry, EVIDENCE) for entry in layer] for layer in value]


def _difference(h: list[list[int]], g: list[list[int]]) -> list[int]:
    """Theory 1.1 (b): if the tensors agree where h is nonzero and at all its neighbours, h and g are equivalent."""
    if not all(any(layer) for layer in h):
        raise NotExported("evidence of 8.1 whose h has a zero layer")
    start = [next(j for j, value in enumerate(layer) if value) for layer in h]
    neighbours = ([*start[:k], j, *start[k + 1 :]] for k, layer in enumerate(h) for j in range(len(layer)))
    for index in (start, *neighbours):
        if _tensor(h, index) != _tensor(g, index):
            return index
    raise NotExported("evidence of 8.1 whose points are equivalent")


def _tensor(point: list[list[int]], index: list[int]) -> int:
    return prod(layer[j] for layer, j in zip(point, index, strict=True))
