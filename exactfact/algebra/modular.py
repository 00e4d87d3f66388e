"""Matrices over GF(p): ranks, pivots, kernels and products, whatever the prime.

Residues live in numpy arrays: int64 for p < 2^22, Python integers beyond.  Products of the former are float64 products
of balanced residues, whose dot products stay below 2^53; `engine` chooses who eliminates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from flint import fmpz_mod_ctx, fmpz_mod_mat, nmod_mat

from .elimination import balanced, independent_rows, row_relations
from .hashing import SPARE, hashed_rows

FLOAT_LIMIT = 2**22
WORD_LIMIT = 2**63
# p < 2^22: balanced residues are below 2^21, and 2^11 products of two of them below 2^53.
TERMS = 2**11

LIST_LIMIT = 2**20
BLOCKED_SIZE = 2**13
# Rows for each bucket, and columns, from which combinations of rows are worth their time.
TALL, TALL_OBJECTS = 4, 8
LEAST_COLUMNS = 500

Array = Any


def engine(entries: int, p: int) -> str:
    """Who eliminates a matrix of that many entries mod p: "blocked", "nmod_mat" or "fmpz_mod_mat".

    Measured with p near 2^22, one thread, FLINT with the list that fills it: both take the same time from about
    96 x 96 (dense) to 256 x 256 (three nonzeros a row) on; blocked float64 is three times faster at 256 x 256 and eight
    times at 1000 x 1000.  Its dot products are exact for p < 2^22 only.  FLINT's words hold p < 2^63.
    """
    if p < FLOAT_LIMIT and entries >= BLOCKED_SIZE:
        return "blocked"
    return "nmod_mat" if p < WORD_LIMIT else "fmpz_mod_mat"


def hashes(rows: int, cols: int, p: int) -> bool:
    """Whether the rank of a tall matrix is first looked for among cols + SPARE combinations of its rows.

    Measured, of full rank: 1000 columns, six times faster with 16 times as many rows, twice with 4; 300 columns, 1.5
    times and not at all.  A matrix of lower rank takes a quarter longer with 1000 columns, more with fewer.  Python
    integers (p >= 2^22) are slower to combine: nothing is gained with 4 times as many rows, 1.5 times with 8.
    """
    many = TALL if p < FLOAT_LIMIT else TALL_OBJECTS
    return cols >= LEAST_COLUMNS and rows >= many * (cols + SPARE)


def dtype_for(p: int) -> Any:
    """int64 when products of residues fit comfortably, Python integers otherwise."""
    return np.int64 if p < FLOAT_LIMIT else object


def residue(value: Any, p: int) -> int:
    """A rational number modulo p; ZeroDivisionError is impossible for p-integral input (ValueError otherwise)."""
    return int(value.numerator) * pow(int(value.denominator), -1, p) % p


def multiply(left: Array, right: Array, p: int) -> Array:
    """The product of two residue matrices, or of two stacks of them, reduced mod p."""
    if p >= FLOAT_LIMIT:
        return (left @ right if right.ndim > 2 else left.dot(right)) % p
    total: Array = None
    signed_left, signed_right = _signed(left, p), _signed(right, p)
    for start in range(0, max(1, left.shape[-1]), TERMS):
        part = signed_left[..., start : start + TERMS] @ signed_right[..., start : start + TERMS, :]
        total = balanced(part, p) if total is None else balanced(total + part, p)
    total += p * (total < 0)
    return total.astype(np.int64)


def _signed(matrix: Array, p: int) -> Array:
    """Balanced representatives of residues, as float64."""
    values = matrix.astype(np.float64)
    values -= p * (values > p // 2)
    return values


def _flint(matrix: Array, p: int) -> Any:
    rows, cols = matrix.shape
    if engine(rows * cols, p) == "fmpz_mod_mat":
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
    """The rank over GF(p) of a matrix given by rows.

    Cost: one elimination; of a square matrix when the shape is long and the rank full.
    """
    matrix = as_array(rows, p)
    if 0 in matrix.shape:
        return 0
    tall = matrix if len(matrix) > matrix.shape[1] else matrix.T
    if hashes(len(tall), tall.shape[1], p):
        rank = _eliminated_rank(hashed_rows(tall, p), p)
        if rank == tall.shape[1]:
            return rank
    # Panels run over the longer side, which is faster: 16000 x 1000 takes 1.4 s one way and 0.6 s the other.
    return _eliminated_rank(tall.T, p)


def _eliminated_rank(matrix: Array, p: int) -> int:
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
    return engine(int(matrix.size), p) == "blocked"


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

    A kernel vector is (free column f, {pivot column: coefficient}), with a 1 at f; its pivots lie left of f.
    """
    matrix = as_array(rows, p)
    pivots, free, weights = column_relations(matrix, p)
    kernel = []
    for column, row in zip(free, weights, strict=True):
        nonzero = np.flatnonzero(row)
        kernel.append((column, {pivots[i]: -int(row[i]) % p for i in nonzero}))
    return pivots, kernel


def column_relations(matrix: Array, p: int) -> tuple[list[int], list[int], Array]:
    """(J, free, W): columns J are independent of the columns before them, column free[i] = sum_j W[i, j] column J[j].

    Both lists increase; W holds representatives mod p of any sign.  Cost: one elimination.
    """
    if not matrix.shape[0]:
        return [], list(range(matrix.shape[1])), np.zeros((matrix.shape[1], 0), dtype=np.int64)
    if _blocked(matrix, p):
        return row_relations(matrix.T, p)
    reduced, rank = _flint(matrix, p).rref()
    pivots = _leading_columns(reduced, int(rank))
    taken = set(pivots)
    free = [column for column in range(matrix.shape[1]) if column not in taken]
    weights = [[int(reduced[row, column]) for row in range(len(pivots))] for column in free]
    return pivots, free, np.array(weights, dtype=object).reshape(len(free), len(pivots))
