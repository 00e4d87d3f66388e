"""Rank and kernel over QQ, exactly, with the evidence.

Never an elimination over QQ: a reduced echelon form mod a wide prime (or several, combined by the Chinese remainder
theorem), rational reconstruction, and a check of every kernel vector by exact products.  The rank mod p is a lower
bound, the verified kernel an upper bound, and they meet.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import fmpz_mat

from .modular import nullspace_mod_p
from .primes import WIDE_RANGE, random_primes

MAX_PRIMES = 400


@dataclass(frozen=True)
class RationalKernel:
    """rank of an integer matrix over QQ, and a basis of its kernel as primitive integer vectors (sparse, by column)."""

    rank: int
    prime: int
    pivots: tuple[int, ...]
    vectors: tuple[dict[int, int], ...]


def reconstruct(value: int, modulus: int) -> Fraction | None:
    """The fraction n/d = value mod modulus with |n|, d <= sqrt(modulus / 2), or None (extended Euclid)."""
    bound = math.isqrt(modulus // 2)
    above, below = (modulus, 0), (value % modulus, 1)
    while below[0] > bound:
        quotient = above[0] // below[0]
        above, below = below, (above[0] - quotient * below[0], above[1] - quotient * below[1])
    numerator, denominator = below
    if denominator == 0 or abs(denominator) > bound or math.gcd(numerator, denominator) != 1:
        return None
    return Fraction(numerator, denominator)


def rational_kernel(rows: Sequence[Sequence[int]], width: int, seed: int = 0) -> RationalKernel | None:
    """Rank and kernel of an integer matrix (rows x width) over QQ; None when MAX_PRIMES primes do not suffice.

    Cost: one elimination mod a 62-bit prime for every 62 bits of the kernel's entries, and one exact product.
    """
    matrix = np.array([list(row) for row in rows], dtype=object).reshape(len(rows), width)
    primes = random_primes(seed, "kernel", span=WIDE_RANGE)
    best: tuple[int, ...] | None = None
    modulus, residues = 1, list[tuple[int, dict[int, int]]]()
    for _ in range(MAX_PRIMES):
        prime = next(primes)
        pivots, kernel = nullspace_mod_p(matrix, prime)
        found = tuple(pivots)
        if best is not None and (len(found), [-c for c in found]) < (len(best), [-c for c in best]):
            continue  # this prime drops the rank, or moves the pivots to the right: it is a bad one
        if found != best:
            best, modulus, residues = found, prime, kernel
        else:
            residues = [_combine(old, new, modulus, prime) for old, new in zip(residues, kernel, strict=True)]
            modulus *= prime
        vectors = _lift(residues, modulus)
        if vectors is not None and _verified(matrix, vectors):
            return RationalKernel(len(found), prime, found, tuple(vectors))
    return None


def _combine(
    old: tuple[int, dict[int, int]], new: tuple[int, dict[int, int]], modulus: int, prime: int
) -> tuple[int, dict[int, int]]:
    """Chinese remainders of two kernel vectors with the same free column."""
    inverse = pow(modulus, -1, prime)
    entries = {}
    for column in old[1].keys() | new[1].keys():
        low = old[1].get(column, 0)
        entries[column] = low + modulus * ((new[1].get(column, 0) - low) * inverse % prime)
    return old[0], entries


def _lift(kernel: list[tuple[int, dict[int, int]]], modulus: int) -> list[dict[int, int]] | None:
    """Integer kernel vectors from their residues, or None when some entry has no small fraction yet."""
    vectors = []
    for free, entries in kernel:
        fractions = {}
        for column, value in entries.items():
            fraction = reconstruct(value, modulus)
            if fraction is None:
                return None
            fractions[column] = fraction
        scale = math.lcm(*(f.denominator for f in fractions.values()))
        vector = {column: int(f * scale) for column, f in fractions.items() if f}
        vector[free] = scale
        vectors.append(dict(sorted(vector.items())))
    return vectors


def _verified(matrix: np.ndarray, vectors: list[dict[int, int]]) -> bool:
    """Whether matrix * v = 0 exactly for every v."""
    height, width = matrix.shape
    if not vectors or not height:
        return True
    dense = np.zeros((width, len(vectors)), dtype=object)
    for index, vector in enumerate(vectors):
        for column, value in vector.items():
            dense[column, index] = value
    product = fmpz_mat(height, width, matrix.ravel().tolist()) * fmpz_mat(width, len(vectors), dense.ravel().tolist())
    return product == fmpz_mat(height, len(vectors))
