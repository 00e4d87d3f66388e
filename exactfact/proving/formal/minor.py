"""A square minor B of A and X with B X = 2^e I modulo 2^(e+1): what Coq checks in 63-bit words instead of a rank.

Elimination modulo 2^64 with the pivot of least 2-adic valuation: then every entry left is divisible by the pivot's
power of 2, so quotients are exact, and e, the largest valuation of a pivot, is as small as for any minor of that size.
It fails when A has no full column rank, and is refused when e exceeds 31 (the quotients lose e bits of 64) or A is too
large.
Cost: O(rows N^2) words for the elimination, O(N^3) for X.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from .errors import NotExported
from .layers import Structure

SIZE_LIMIT = 800
WAY_LIMIT = 2_000_000
CELL_LIMIT = 40_000_000
VALUATION_LIMIT = 31
ONE = np.uint64(1)

Table = dict[int, list[tuple[int, int, int]]]
Words = np.ndarray[Any, np.dtype[np.uint64]]


@dataclass(frozen=True)
class Minor:
    """Cells (row, column) of the chosen rows of A, in order; e; the rows of X, entries below 2^(e+1)."""

    cells: tuple[tuple[int, int], ...]
    exponent: int
    rows: Words


def find_minor(layers: list[Structure]) -> Minor:
    """A minor of all N columns."""
    count = prod(layer.parameters for layer in layers)
    if count > SIZE_LIMIT:
        raise NotExported(f"{count} columns of the lifted map; the export takes {SIZE_LIMIT}")
    cells, matrix = _lifted(layers, count)
    chosen, valuation = _pivots(matrix, count)
    if valuation > VALUATION_LIMIT:
        raise NotExported(f"no minor found whose inverse has a denominator below 2^{VALUATION_LIMIT + 1}")
    order = np.argsort(chosen[:, 0])
    rows = np.sort(chosen[:, 0])
    places = np.empty(count, dtype=np.int64)
    places[order] = np.arange(count)
    inverse = _inverse(matrix[rows], places, chosen[:, 1], valuation)
    return Minor(tuple(cells[t] for t in rows), valuation, inverse)


def _lifted(layers: list[Structure], count: int) -> tuple[list[tuple[int, int]], Words]:
    """The nonzero rows of A modulo 2^64, cells in increasing order, equal rows once."""
    tables = [_by_row(layer) for layer in layers]
    cells: list[tuple[int, int]] = []
    vectors: dict[bytes, Words] = {}
    steps = 0
    for a in sorted(tables[0]):
        ways = {(a, 0): 1}
        for layer, table in zip(layers, tables, strict=True):
            ways = _longer(ways, layer.parameters, table)
            steps += len(ways)
        if steps > WAY_LIMIT:
            raise NotExported(f"more than {WAY_LIMIT} ways through the layers; the export takes no more")
        by_column: dict[int, Words] = {}
        for (c, i), weight in ways.items():
            by_column.setdefault(c, np.zeros(count, dtype=np.uint64))[i] = weight % 2**64
        for c in sorted(by_column):
            key = by_column[c].tobytes()
            if by_column[c].any() and key not in vectors:
                vectors[key] = by_column[c]
                cells.append((a, c))
                if len(cells) * count > CELL_LIMIT:
                    raise NotExported(f"a lifted map of more than {CELL_LIMIT} entries; the export takes no more")
    if len(cells) < count:
        raise NotExported("fewer different rows of the lifted map than columns")
    return cells, np.array(list(vectors.values()), dtype=np.uint64)


def _by_row(layer: Structure) -> Table:
    table: Table = defaultdict(list)
    for r, c, j, v in layer.entries:
        table[r].append((c, j, v))
    return table


def _longer(ways: dict[tuple[int, int], int], parameters: int, table: Table) -> dict[tuple[int, int], int]:
    """The ways through one more layer: (column, number of the multi-index) -> sum of the products of the entries."""
    steps = sum(len(table.get(b, ())) for b, _ in ways)
    if steps > WAY_LIMIT:
        raise NotExported(f"{steps} ways through the layers from one row; the export takes {WAY_LIMIT}")
    longer: dict[tuple[int, int], int] = defaultdict(int)
    for (b, i), weight in ways.items():
        for c, j, v in table.get(b, ()):
            longer[c, i * parameters + j] += weight * v
    return longer


def _pivots(matrix: Words, count: int) -> tuple[np.ndarray[Any, np.dtype[np.int64]], int]:
    """(row, column) of the pivots in order, and the largest valuation."""
    left, chosen, valuation = matrix.copy(), [], 0
    free = np.ones(len(left), dtype=bool)
    for _ in range(count):
        place = _least(left, valuation)
        if place is None:
            raise NotExported("no minor of all columns that is nonsingular modulo a power of 2 below 2^63")
        row, col, valuation = place
        chosen.append((row, col))
        pivot = left[row].copy()
        free[row] = False
        quotients = _quotient(left[:, col], pivot[col], valuation)
        quotients[~free] = 0
        touched = np.flatnonzero(quotients)
        left[touched] -= quotients[touched, None] * pivot[None, :]
        left[row] = 0
    return np.array(chosen, dtype=np.int64), valuation


def _least(left: Words, start: int) -> tuple[int, int, int] | None:
    """The first entry of least valuation, which is at least `start`."""
    for valuation in range(start, 63):
        odd = (left >> np.uint64(valuation)) & ONE
        place = int(odd.argmax())
        row, col = divmod(place, left.shape[1])
        if odd[row, col]:
            return row, col, valuation
    return None


def _quotient(values: Words, pivot: np.uint64, valuation: int) -> Words:
    shift = np.uint64(valuation)
    unit = pow(int(pivot) >> valuation, -1, 2**64)
    result: Words = (values >> shift) * np.uint64(unit)
    return result


def _inverse(minor: Words, rows: np.ndarray[Any, Any], cols: np.ndarray[Any, Any], exponent: int) -> Words:
    """X with minor X = 2^exponent I modulo 2^(exponent + 1); the t-th pivot is at (rows[t], cols[t])."""
    count = len(minor)
    left = minor[rows][:, cols].copy()
    right = np.zeros((count, count), dtype=np.uint64)
    right[np.arange(count), np.arange(count)] = np.uint64(1 << exponent)
    for t in range(count):
        valuation = _valuation(int(left[t, t]))
        below = _quotient(left[t + 1 :, t], left[t, t], valuation)
        touched = np.flatnonzero(below)
        left[t + 1 + touched] -= below[touched, None] * left[t]
        right[t + 1 + touched] -= below[touched, None] * right[t]
        unit = left[t, t]
        left[t], right[t] = _quotient(left[t], unit, valuation), _quotient(right[t], unit, valuation)
    for t in reversed(range(count)):
        above = left[:t, t].copy()
        touched = np.flatnonzero(above)
        right[touched] -= above[touched, None] * right[t]
    result = np.empty_like(right)
    result[np.ix_(cols, rows)] = right & np.uint64((1 << (exponent + 1)) - 1)
    return result


def _valuation(value: int) -> int:
    return (value & -value).bit_length() - 1
