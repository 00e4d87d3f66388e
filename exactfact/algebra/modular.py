"""Matrices over GF(p): products by numpy, elimination by FLINT.

Residues live in numpy arrays: float64 while every dot product stays below 2^53 (p < 2^22), Python integers beyond.
Elimination is blocked float64 (`elimination`) for word-sized p, where it is four times faster than FLINT with the
conversion of its entries, and FLINT's for small matrices and large p: `nmod_mat` below 2^63, `fmpz_mod_mat` above.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from flint import fmpz_mod_ctx, fmpz_mod_mat, nmod_mat

from .elimination import independent_rows

FLOAT_LIMIT = 2**22
WORD_LIMIT = 2**63
# p < 2^22: balanced residues are below 2^21, and 2^11 products of two of them below 2^53.
TERMS = 2**11

LIST_LIMIT = 2**20
BLOCKED_SIZE = 2**14

Array = Any


def dtype_for(p: int) -> Any:
    """int64 when products of residues fit comfortably, Python integers otherwise."""
    return np.int64 if p < FLOAT_LIMIT else object


def residue(value: Any, p: int) -> int:
    """A rational number modulo p; ZeroDivisionError is impossible for p-integral input (ValueError otherwise)."""
    return int(value.numerator) * pow(int(value.denominator), -1, p) % p


def multiply(left: Array, right: Array, p: int) -> Array:
    """The product of two residue matrices, reduced mod p."""
    if p >= FLOAT_LIMIT:
        return left.dot(right) % p
    total = None
    balanced_left, balanced_right = _balanced(left, p), _balanced(right, p)
    for start in range(0, max(1, left.shape[-1]), TERMS):
        part = balanced_left[..., start : start + TERMS] @ balanced_right[start : start + TERMS]
        part = part.astype(np.int64) % p
        total = part if total is None else (total + part) % p
    return total


def _balanced(matrix: Array, p: int) -> Array:
    values = matrix.astype(np.float64)
    return np.where(values > p // 2, values - p, values)


def _flint(matrix: Array, p: int) -> Any:
    rows, cols = matrix.shape
    if p >= WORD_LIMIT:
        return fmpz_mod_mat(rows, cols, matrix.ravel().tolist(), fmpz_mod_ctx(p))
    if rows * cols <= LIST_LIMIT:
        return nmod_mat(rows, cols, matrix.ravel().tolist(), p)
    # A list of Python integers takes five times the memory of the matrix; row by row costs the same time.
    filled = nmod_mat(rows, cols, p)
    for row in range(rows):
        for col, value in enumerate(matrix[row].tolist()):
            filled[row, col] = value
    return filled


def as_array(rows: Array | Sequence[Sequence[int]], p: int) -> Array:
    """A two-dimensional array of residues from nested lists (or a two-dimensional array), reduced mod p."""
    if isinstance(rows, np.ndarray):
        reduced = not rows.size or (rows.min() >= 0 and rows.max() < p)
        return rows if reduced else rows % p
    width = len(rows[0]) if len(rows) else 0
    return np.array(rows, dtype=dtype_for(p)).reshape(len(rows), width) % p


def rank_mod_p(rows: Array | Sequence[Sequence[int]], p: int) -> int:
    """The rank over GF(p) of a matrix given by rows.  Cost: one elimination."""
    matrix = as_array(rows, p)
    if 0 in matrix.shape:
        return 0
    return len(independent_rows(matrix, p)) if _blocked(matrix, p) else int(_flint(matrix, p).rank())


def pivot_rows(rows: Array, p: int) -> list[int]:
    """Indices of the rows that are independent of the rows before them: a greedy basis of the row space mod p."""
    matrix = as_array(rows, p)
    if 0 in matrix.shape:
        return []
    if _blocked(matrix, p):
        return independent_rows(matrix, p)
    reduced, rank = _flint(matrix.T, p).rref()
    return _leading_columns(reduced, int(rank))


def _blocked(matrix: Array, p: int) -> bool:
    """Whether blocked float64 elimination is faster than filling a FLINT matrix: from about 128 x 128 on."""
    return p < FLOAT_LIMIT and int(matrix.size) >= BLOCKED_SIZE


def _leading_columns(reduced: Any, rank: int) -> list[int]:
    """Pivot columns of a reduced echelon form: each row's first nonzero entry lies right of the one above."""
    pivots: list[int] = []
    column = 0
    for row in range(rank):
        while not int(reduced[row, column]):
            column += 1
        pivots.append(column)
        column += 1
    return pivots


def nullspace_mod_p(rows: Array, p: int) -> tuple[list[int], list[tuple[int, dict[int, int]]]]:
    """(pivot columns, kernel basis) of a matrix mod p.

    A kernel vector is (free column f, {pivot column: coefficient}), with a 1 at f.
    """
    matrix = as_array(rows, p)
    width = matrix.shape[1]
    if not matrix.shape[0]:
        return [], [(free, {}) for free in range(width)]
    reduced, rank = _flint(matrix, p).rref()
    pivots = _leading_columns(reduced, int(rank))
    taken = set(pivots)
    kernel = []
    for free in range(width):
        if free in taken:
            continue
        entries = {}
        for row, pivot in enumerate(pivots):
            if pivot > free:
                break
            value = int(reduced[row, free])
            if value:
                entries[pivot] = p - value
        kernel.append((free, entries))
    return pivots, kernel
