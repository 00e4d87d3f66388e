"""Denominators cleared: of points by layers, and of matrices given by sparse rational columns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from exactfact.lifting.chain import SparseMatrix
from exactfact.model.numbers import Number


def denominators(h: Iterable[Sequence[Number]]) -> int:
    """The product of the denominators of all entries; 1 over GF(p)."""
    return math.prod(int(value.denominator) for vector in h for value in vector)


def integer_layers(h: Iterable[Sequence[Number]]) -> tuple[tuple[int, ...], ...]:
    """A point with its layers multiplied by their common denominators: equivalent to h up to one scalar."""
    scales = [(vector, math.lcm(*(int(value.denominator) for value in vector))) for vector in h]
    return tuple(tuple(int(value * scale) for value in vector) for vector, scale in scales)


def integer_rows(columns: Sequence[SparseMatrix]) -> list[list[int]]:
    """One row for each cell that some column meets, multiplied by the lcm of its denominators."""
    cells: dict[tuple[int, int], dict[int, Number]] = {}
    for position, matrix in enumerate(columns):
        for cell, value in matrix.items():
            cells.setdefault(cell, {})[position] = value
    rows = []
    for entries in cells.values():
        scale = math.lcm(*(value.denominator for value in entries.values()))
        rows.append([int(entries.get(position, 0) * scale) for position in range(len(columns))])
    return rows
