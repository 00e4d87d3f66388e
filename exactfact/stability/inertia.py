"""How many eigenvalues of a symmetric integer matrix lie above or below a number, proved by a factorization.

`fixed_point`: M = L D L^T + E with L, D in multiples of 2^-bits and E known exactly: the remainders of the divisions.
The signs of D are those of the eigenvalues of L D L^T (Sylvester), and M differs from it by at most the largest row sum
of |E| (Weyl).  `exact`: the same without a remainder, by fraction-free elimination with diagonal pivots.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from .gram import Gram, Rows


@dataclass(frozen=True)
class Count:
    """At least `above` eigenvalues are >= shift - error, at least `below` are <= shift + error."""

    above: int
    below: int
    error: Fraction


def count(gram: Gram, shift: Fraction, bits: int | None) -> Count | None:
    """The eigenvalues of all blocks about `shift`; exactly when `bits` is None, and then None if no pivot was found."""
    above = below = 0
    error = Fraction(0)
    p, q = shift.numerator, shift.denominator
    for rows, times in gram.blocks:
        if bits is None or len(rows) == 1:
            found = exact(rows, p, q)
            if found is None:
                return None
            high, low = found
        else:
            high, low, remainder = fixed_point(rows, p, q, bits)
            error = max(error, Fraction(remainder, q << 3 * bits))
        above, below = above + times * high, below + times * low
    return Count(above, below, error)


def fixed_point(rows: Rows, p: int, q: int, bits: int) -> tuple[int, int, int]:
    """(pivots >= 0, pivots <= 0, largest row sum of |E| times 2^(3 bits)) of q G - p I, G by its lower triangle."""
    factors: list[list[int]] = []
    weighted: list[list[int]] = []
    sums = [0] * len(rows)
    pivots: list[int] = []
    for i, row in enumerate(rows):
        factor: list[int] = []
        for j in range(i):
            rest = (q * row[j] << 3 * bits) - sum(map(mul, factor, weighted[j]))
            pivot = pivots[j] << bits
            value, rest = divmod(rest, pivot) if pivot else (0, rest)
            factor.append(value)
            sums[i] += abs(rest)
            sums[j] += abs(rest)
        scaled = [x * d for x, d in zip(factor, pivots, strict=True)]
        rest = (q * row[i] - p << 3 * bits) - sum(map(mul, factor, scaled))
        pivots.append(rest >> 2 * bits)
        sums[i] += rest - (pivots[i] << 2 * bits)
        factors.append(factor)
        weighted.append(scaled)
    return sum(d >= 0 for d in pivots), sum(d <= 0 for d in pivots), max(sums)


def exact(rows: Rows, p: int, q: int) -> tuple[int, int] | None:
    """(eigenvalues >= p/q, eigenvalues <= p/q) of G, or None when all diagonal entries left are 0, and others not."""
    n = len(rows)
    m = [[q * rows[max(i, j)][min(i, j)] for j in range(n)] for i in range(n)]
    for i in range(n):
        m[i][i] -= p
    left, before, positive, negative = list(range(n)), 1, 0, 0
    while left:
        pivot = max(left, key=lambda i: abs(m[i][i]))
        lead = m[pivot][pivot]
        if not lead:
            if any(m[i][j] for i in left for j in left):
                return None
            break
        positive, negative = (positive + 1, negative) if (lead > 0) == (before > 0) else (positive, negative + 1)
        left.remove(pivot)
        for i in left:
            for j in left:
                m[i][j] = (lead * m[i][j] - m[i][pivot] * m[pivot][j]) // before
        before = lead
    return n - negative, n - positive
