"""Matrices given by sparse rational columns, as integer rows with the same kernel."""

from __future__ import annotations

import math
from collections.abc import Sequence

from exactfact.lifting.chain import SparseMatrix
from exactfact.model.numbers import Number


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
