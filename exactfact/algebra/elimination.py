"""Elimination modulo a word-sized prime in float64 on BLAS: independent rows of a matrix, blocked.

Panels of columns are solved by halving: a panel yields rows I and W with panel[rest] = W panel[I] (mod p), and the
columns to its right are updated by one matrix product.  Residues are balanced, so that 2^11 products of two of
them stay below 2^53 and every float is an exact integer.  Any shape and rank; p < 2^22.
"""

from __future__ import annotations

from typing import Any

import numpy as np

PANEL = 256
# Numbers reduced at a time, so that the temporaries stay in cache.
TILE = 2**16

Array = Any


def independent_rows(matrix: Array, p: int) -> list[int]:
    """The rows that are independent of the rows before them, over GF(p).  `matrix`: residues, two-dimensional.

    In each column the first row with a nonzero entry is the pivot, which makes the basis the greedy one.
    Cost: about rows * cols * rank multiplications at the speed of float64 matrix products.
    """
    active = _balanced(matrix.astype(np.float64), p)
    names = np.arange(len(active))
    pivots: list[int] = []
    while active.size:
        panel, trailing = active[:, :PANEL], active[:, PANEL:]
        chosen, rest, weights = _solve(panel, p)
        pivots += names[chosen].tolist()
        names = names[rest]
        active = _update(trailing, chosen, rest, weights, p) if len(chosen) else trailing
    return sorted(pivots)


def _update(block: Array, chosen: Array, rest: Array, weights: Array, p: int) -> Array:
    """block[rest] - weights block[chosen], in the memory of the product."""
    product = weights @ block[chosen]
    np.subtract(block[rest], product, out=product)
    return _balanced(product, p)


def _solve(panel: Array, p: int) -> tuple[Array, Array, Array]:
    """(I, rest, W): rows I are independent, the other rows are W times them."""
    cols = panel.shape[1]
    if cols == 1:
        return _solve_column(panel[:, 0], p)
    half = cols // 2
    first, rest, left = _solve(panel[:, :half], p)
    if not len(first):
        second, rest, right = _solve(panel[:, half:], p)
        return second, rest, right
    inner, kept, right = _solve(_update(panel[:, half:], first, rest, left, p), p)
    if not len(inner):
        return first, rest, left
    # row = left rows(I1) + right (rows(I2) - left(I2) rows(I1))
    corrected = _balanced(left[kept] - right @ left[inner], p)
    return np.concatenate([first, rest[inner]]), rest[kept], np.concatenate([corrected, right], axis=1)


def _solve_column(column: Array, p: int) -> tuple[Array, Array, Array]:
    nonzero = np.flatnonzero(column)
    everything = np.arange(len(column))
    if not len(nonzero):
        return everything[:0], everything, np.empty((len(column), 0))
    pivot = int(nonzero[0])
    rest = np.delete(everything, pivot)
    inverse = pow(int(column[pivot]) % p, -1, p)
    inverse = inverse - p if inverse > p // 2 else inverse
    return everything[pivot : pivot + 1], rest, _balanced(column[rest] * inverse, p)[:, None]


def _balanced(values: Array, p: int) -> Array:
    """Representatives of least absolute value, in place; exact while |values| < 2^53."""
    step = max(1, TILE // max(1, values[:1].size))
    for start in range(0, len(values), step):
        part = values[start : start + step]
        part -= p * np.rint(part / p)
    return values
