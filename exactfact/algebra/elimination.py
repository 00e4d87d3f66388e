"""Elimination modulo a word-sized prime in float64 on BLAS, blocked; any shape and rank, p < 2^22.

Panels of columns are solved by halving: a panel yields rows I and W with panel[rest] = W panel[I] (mod p), and the
columns to its right are updated by one matrix product.  A leaf whose top square is invertible, the usual case, is
one small inverse (FLINT's) and one product; then the pivots are the top rows and nothing is copied.
Residues are balanced.  One update adds less than PANEL (p/2)^2, so several are added before anything is reduced:
every float stays an exact integer below 2^53.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from flint import nmod_mat

PANEL = 256
LEAF = 16
# Rows updated at a time, and numbers reduced at a time, so that the temporaries stay in cache.
STRIP = 512
TILE = 2**15
EXACT = 2**53

Array = Any
# Row numbers: a slice while the pivots are the top rows, an index array otherwise.
Rows = Any


def independent_rows(matrix: Array, p: int) -> list[int]:
    """The rows that are independent of the rows before them, over GF(p).  `matrix`: residues, two-dimensional.

    In each column the first row with a nonzero entry is the pivot, which makes the basis the greedy one.
    Cost: about rows * cols * rank multiplications at the speed of float64 matrix products, and one float64 copy.
    """
    active = matrix.astype(np.float64, order="C")
    names = np.arange(len(active))
    pivots: list[int] = []
    # How many unreduced updates an entry may hold; the residue that it started from takes the place of one.
    room = EXACT // (PANEL * (p // 2 + 1) ** 2) - 1
    load = 0
    while active.size:
        panel = balanced(active[:, :PANEL].copy(), p)
        chosen, rest, weights = _solve(panel, p)
        pivots += names[chosen].tolist()
        trailing = active[:, PANEL:]
        if weights.shape[1]:
            top = balanced(trailing[chosen].copy(), p)
            trailing = trailing[rest]
            if load == room:
                balanced(trailing, p)
                load = 0
            _update(trailing, weights, top)
            load += 1
        active, names = trailing, names[rest]
    return sorted(pivots)


def row_relations(matrix: Array, p: int) -> tuple[list[int], list[int], Array]:
    """(I, rest, W) with matrix[rest] = W matrix[I] over GF(p), both lists increasing; I is the greedy basis of rows.

    W: balanced residues, one row for each dependent row.  Cost: as `independent_rows`, and W in memory.
    """
    rows = len(matrix)
    chosen, rest, weights = _solve(balanced(matrix.astype(np.float64, order="C"), p), p)
    names = np.arange(rows)
    order = np.argsort(names[chosen])
    return names[chosen][order].tolist(), names[rest].tolist(), weights[:, order].astype(np.int64)


def _update(block: Array, weights: Array, top: Array) -> None:
    """block -= weights top, in place, a strip of rows at a time."""
    for start in range(0, len(block), STRIP):
        strip = slice(start, start + STRIP)
        block[strip] -= weights[strip] @ top


def _reduced_update(block: Array, weights: Array, top: Array, p: int) -> Array:
    """block - weights top, reduced, in place; any number of terms."""
    step = EXACT // (2 * (p // 2 + 1) ** 2)
    for start in range(0, weights.shape[1], step):
        terms = slice(start, start + step)
        _update(block, weights[:, terms], top[terms])
        balanced(block, p)
    return block


def _solve(panel: Array, p: int) -> tuple[Rows, Rows, Array]:
    """(I, rest, W): rows I are independent, the other rows are W times them.  The panel is overwritten."""
    rows, cols = panel.shape
    if not panel.any():
        return slice(0, 0), slice(0, rows), np.empty((rows, 0))
    if cols == 1:
        return _solve_column(panel[:, 0], p)
    if cols <= LEAF <= rows:
        inverse = _inverse(panel[:cols], p)
        if inverse is not None:
            return slice(0, cols), slice(cols, rows), balanced(panel[cols:] @ inverse, p)
    return _solve_halves(panel, p)


def _solve_halves(panel: Array, p: int) -> tuple[Rows, Rows, Array]:
    half = panel.shape[1] // 2
    first, rest, left = _solve(panel[:, :half], p)
    if not left.shape[1]:
        return _solve(panel[:, half:], p)
    body = _reduced_update(panel[rest, half:], left, panel[first, half:], p)
    inner, kept, right = _solve(body, p)
    if not right.shape[1]:
        return first, rest, left
    # row = left rows(I1) + right (rows(I2) - left(I2) rows(I1))
    corrected = _reduced_update(left[kept], right, left[inner], p)
    weights = np.concatenate([corrected, right], axis=1)
    if isinstance(rest, slice) and isinstance(kept, slice):  # then the pivots are the top rows
        size = weights.shape[1]
        return slice(0, size), slice(size, len(panel)), weights
    names = np.arange(len(panel))
    return np.concatenate([names[first], names[rest][inner]]), names[rest][kept], weights


def _solve_column(column: Array, p: int) -> tuple[Rows, Rows, Array]:
    pivot = int(np.flatnonzero(column)[0])
    rest = slice(1, len(column)) if pivot == 0 else np.delete(np.arange(len(column)), pivot)
    inverse = pow(int(column[pivot]) % p, -1, p)
    inverse = inverse - p if inverse > p // 2 else inverse
    return slice(pivot, pivot + 1), rest, balanced((column[rest] * inverse)[:, None], p)


def _inverse(square: Array, p: int) -> Array | None:
    """The inverse mod p, balanced, or None for a singular matrix."""
    if not (square.any(axis=0).all() and square.any(axis=1).all()):
        return None  # the usual case of sparse matrices, seen at once
    size = len(square)
    try:
        inverse = nmod_mat(size, size, square.astype(np.int64).ravel().tolist(), p).inv()
    except ZeroDivisionError:
        return None
    return balanced(np.array([int(x) for x in inverse.entries()], dtype=np.float64).reshape(size, size), p)


def balanced(values: Array, p: int) -> Array:
    """Representatives of least absolute value (up to rounding of the quotient), in place; exact below 2^53."""
    step = max(1, TILE // max(1, values[:1].size))
    quotient = np.empty((min(step, len(values)), *values.shape[1:]))
    for start in range(0, len(values), step):
        part = values[start : start + step]
        multiple = quotient[: len(part)]
        np.multiply(part, 1.0 / p, out=multiple)
        np.rint(multiple, out=multiple)
        multiple *= p
        part -= multiple
    return values
