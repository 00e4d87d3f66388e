"""The rank over QQ of an integer matrix, with a proof: never an elimination over QQ.

Lower bound: the rank r modulo one word-sized prime.  Upper bound: a full rank, or the rows and columns beside an
invertible minor B are combinations of it.  With the blocks [[B, right], [below, corner]] that is an integer matrix Y
and an integer d != 0 with B Y = d right and below Y = d corner, found digit by digit modulo powers of a prime q: every
step subtracts [B; below] times a digit from the residuals and divides by q, and when all residuals are zero, the
digits sum up to such a Y exactly.  The digits are those of Y, half as many as Hadamard's bound asks for in general
and few when the kernel has small entries.  d is the common denominator of a lifted combination of the columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from .lifted_solution import Split, common_denominator, solves
from .modular import pivot_rows, rank_mod_p
from .primes import random_primes

PRIMES = 3
ATTEMPTS = 2
FEW_DIGITS = 4
MORE_PRIMES = 11
Array = Any
Progress = Callable[[str], None]


@dataclass(frozen=True)
class RationalRank:
    """lower <= rank over QQ <= upper; `how` names the proof of the upper bound, or why there is none.

    Without proof `probable` bounds the probability (over the seed) that the rank exceeds `lower`, as "2^-k".
    """

    lower: int
    upper: int
    how: str
    prime: int
    probable: str = ""


def rational_rank(
    matrix: Array, seed: int = 0, limit: int | None = None, progress: Progress = lambda text: None
) -> RationalRank:
    """The rank of an integer matrix (int64), proved unless its kernel needs more than `limit` digits.

    Cost: eliminations mod p, one inverse mod q, and for each of about log_q(largest entry of Y) digits the float64
    products r x r by r x (cols - r) and (rows - r) x r by r x (cols - r).  `progress` may raise to stop.
    """
    array = np.asarray(matrix)
    trivial = min(array.shape)
    if not array.any():
        return RationalRank(0, 0, "zero matrix", 0)
    best, best_prime = 0, 0
    for prime in islice(random_primes(seed, "rational rank"), PRIMES):
        residues = array % prime
        rows = pivot_rows(residues, prime)
        if len(rows) <= best:
            continue
        best, best_prime = len(rows), prime
        if best == trivial:
            return RationalRank(best, best, "full rank", prime)
        columns = pivot_rows(residues[rows].T, prime)
        found = _cheapest_proof(array, rows, columns, seed, limit, progress)
        if found is None:
            break
        if found:
            return RationalRank(best, best, found, prime)
    return _measured(array, best, best_prime, trivial, seed)


def _cheapest_proof(
    array: Array, rows: list[int], columns: list[int], seed: int, limit: int | None, progress: Progress
) -> str | None:
    """A proof by few digits, of the columns or of the rows as combinations of the minor's; else one by many."""
    split = Split.around(array, rows, columns)
    if split is None:
        return None
    few = FEW_DIGITS if limit is None else min(limit, FEW_DIGITS)
    found = _proof(split, seed, few, progress)
    if not found:
        found = _proof(split.transposed(), seed, few, progress)
    return found or _proof(split, seed, limit, progress)


def _proof(split: Split, seed: int, limit: int | None, progress: Progress) -> str | None:
    """How the proof went; "" when the minor is not maximal; None when the limit stopped it."""
    bound = split.digits_bound()
    allowed = bound if limit is None else min(limit, bound)
    for attempt in range(ATTEMPTS):
        denominator = common_denominator(split, seed + attempt, 2 * allowed + 3)
        digits = None if denominator is None else solves(split, denominator, allowed, progress)
        if digits is not None:
            return f"all rows and columns from a minor, {digits} digits modulo {split.modulus}"
    return None if allowed < bound else ""


def _measured(array: Array, best: int, best_prime: int, trivial: int, seed: int) -> RationalRank:
    """The largest rank modulo several primes, and how unlikely it is that all of them divide a larger minor."""
    ranks = {p: rank_mod_p(array % p, p) for p in islice(random_primes(seed, "rational rank"), MORE_PRIMES)}
    prime = max(ranks, key=lambda p: ranks[p])
    lower = max(best, ranks[prime])
    if lower == trivial:
        return RationalRank(lower, lower, "full rank", prime)
    squares = sorted(((array.astype(object) ** 2).sum(axis=1)).tolist(), reverse=True)[: lower + 1]
    bits = sum(int(square).bit_length() for square in squares) // 2 + 1
    # At most bits / 21 primes above 2^21 divide a minor; at least 3 * 2^21 / (5 * 21) primes lie below 2^22.
    ratio = (3 * 2**21 * 21) // (5 * 21 * max(1, bits))
    exponent = max(0, ratio.bit_length() - 1) * sum(rank == lower for rank in ranks.values())
    return RationalRank(lower, trivial, "not proved", prime if lower > best else best_prime, f"2^-{exponent}")
