"""Rank of tall matrices mod p from few random combinations of their rows.

Each row, times a random unit, is added to one of n + SPARE buckets.  The buckets are combinations of the rows, so
their rank is at most that of the matrix; when it is n, the number of columns, it is the rank.
"""

from __future__ import annotations

from typing import Any

import numpy as np

SPARE = 50
# So many products of two residues below 2^22, and one residue, fit into 63 bits.
CHUNKS = 2**18

Array = Any


def hashed_rows(matrix: Array, p: int) -> Array:
    """The buckets of a matrix of residues with at least n + SPARE rows.  Cost: one pass over the matrix.

    Rows are taken n + SPARE at a time, each lot shifted by a random number: every bucket gets a row before any gets a
    second one.  Buckets drawn at random stay empty for one in e^(rows / buckets), which can cost rank.
    """
    rows, cols = matrix.shape
    size = cols + SPARE
    rng = np.random.default_rng(rows)
    units = rng.integers(1, min(p, 2**62), (rows, 1)).astype(matrix.dtype)
    # In the order of the matrix's memory, so that rows of a transpose are added as fast.
    buckets = np.zeros((size, cols), dtype=matrix.dtype, order="C" if matrix.flags.c_contiguous else "F")
    for number, start in enumerate(range(0, rows, size), 1):
        lot = units[start : start + size] * matrix[start : start + size]
        shift = int(rng.integers(size))
        over = max(0, len(lot) - (size - shift))
        buckets[shift : shift + len(lot)] += lot[: len(lot) - over]
        buckets[:over] += lot[len(lot) - over :]
        if number % CHUNKS == 0 or matrix.dtype == object:
            buckets %= p
    return buckets % p
