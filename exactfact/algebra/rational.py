"""Rank and kernel over QQ, exactly, with the evidence.

Never an elimination over QQ: column relations mod a word-sized prime, then mod wide ones combined by the Chinese
remainder theorem, rational reconstruction, and a check of every kernel vector by exact products.  The rank mod p is a
lower bound, the verified kernel an upper bound, and they meet.  Kernels with entries below 2^10 need one prime.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpz_mat

from .modular import column_relations, dtype_for
from .primes import WIDE_RANGE, random_primes
from .reconstruction import reconstruct

MAX_PRIMES = 400
WORD = 2**62
EXACT = 2**53
Array = Any


@dataclass(frozen=True)
class RationalKernel:
    """rank of an integer matrix over QQ, and a basis of its kernel as primitive integer vectors (sparse, by column).

    Every vector has its own free column, its largest, where no other is nonzero.
    """

    rank: int
    prime: int
    pivots: tuple[int, ...]
    vectors: tuple[dict[int, int], ...]


def rational_kernel(
    rows: Array | Sequence[Sequence[int]], width: int, seed: int = 0, most: int = MAX_PRIMES
) -> RationalKernel | None:
    """Rank and kernel of an integer matrix (rows x width) over QQ; None when `most` primes do not suffice.

    Cost: one elimination mod a 22-bit prime, then one mod a 62-bit prime for every 62 bits of the kernel's entries,
    and one exact product for each candidate kernel.
    """
    matrix = _integers(rows, width)
    primes = itertools.chain(
        itertools.islice(random_primes(seed, "small kernel"), 1), random_primes(seed, "kernel", span=WIDE_RANGE)
    )
    best: tuple[int, ...] | None = None
    modulus, residues, awaited = 1, np.zeros((0, 0), dtype=object), 0
    for prime in itertools.islice(primes, most):
        pivots, free, weights = column_relations((matrix % prime).astype(dtype_for(prime)), prime)
        found = tuple(pivots)
        if best is not None and (len(found), [-c for c in found]) < (len(best), [-c for c in best]):
            continue  # this prime drops the rank, or moves the pivots to the right: it is a bad one
        if found != best:
            best, modulus, residues, awaited = found, prime, weights.astype(object) % prime, 0
        else:
            inverse = pow(modulus, -1, prime)
            residues = residues + modulus * ((weights.astype(object) - residues) * inverse % prime)
            modulus *= prime
        if modulus.bit_length() < awaited:
            continue
        # Long entries need many primes: their fractions are not looked for after each of them.
        awaited = modulus.bit_length() * 9 // 8
        vectors = _lift(pivots, free, residues, modulus)
        if vectors is not None and _verified(matrix, vectors):
            return RationalKernel(len(found), prime, found, tuple(vectors))
    return None


def _integers(rows: Array | Sequence[Sequence[int]], width: int) -> Array:
    """The matrix as int64 where it fits."""
    matrix = rows if isinstance(rows, np.ndarray) else np.array([list(row) for row in rows], dtype=object)
    matrix = matrix.reshape(len(rows), width)
    if matrix.dtype == object and matrix.size and max(-matrix.min(), matrix.max()) < WORD:
        return matrix.astype(np.int64)
    return matrix


def _lift(pivots: list[int], free: list[int], residues: Array, modulus: int) -> list[dict[int, int]] | None:
    """Integer kernel vectors from column relations, or None when some entry has no small fraction yet."""
    values, where = np.unique(residues.ravel(), return_inverse=True)
    fractions: list[Fraction] = []
    for value in values:
        fraction = reconstruct(int(value), modulus)
        if fraction is None:
            return None
        fractions.append(fraction)
    vectors = []
    for column, row in zip(free, where.reshape(residues.shape), strict=True):
        entries = {pivots[i]: fractions[number] for i, number in enumerate(row.tolist()) if fractions[number]}
        scale = math.lcm(*(f.denominator for f in entries.values()))
        vectors.append({**{pivot: -int(f * scale) for pivot, f in entries.items()}, column: scale})
    return vectors


def _verified(matrix: Array, vectors: list[dict[int, int]]) -> bool:
    """Whether matrix * v = 0 exactly for every v."""
    height, width = matrix.shape
    if not vectors or not height:
        return True
    dense = np.zeros((width, len(vectors)), dtype=object)
    for index, vector in enumerate(vectors):
        for column, value in vector.items():
            dense[column, index] = value
    largest = int(np.abs(matrix).max()) * max(abs(v) for vector in vectors for v in vector.values())
    if largest * width < EXACT:
        return not (matrix.astype(np.float64) @ dense.astype(np.float64)).any()
    product = fmpz_mat(height, width, matrix.ravel().tolist()) * fmpz_mat(width, len(vectors), dense.ravel().tolist())
    return bool(product == fmpz_mat(height, len(vectors)))
