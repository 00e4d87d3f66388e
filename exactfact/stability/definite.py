"""Is a rational symmetric matrix, less t times the identity, positive definite?  By integers of bounded size.

Entries are rounded to multiples of 2^-bits, which moves eigenvalues by at most n/2 of these units; the rounded matrix
is eliminated without fractions, its pivots being the leading minors (LDL^T).  Cost: n^3 products of n * bits bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def least_eigenvalue_at_least(matrix: Sequence[Sequence[Fraction]], t: Fraction, bits: int) -> bool:
    """True only if matrix - t I is positive definite."""
    size = len(matrix)
    unit = 1 << bits
    shift = -(-t.numerator * unit // t.denominator) + (size + 1) // 2
    rows = [[_nearest(x, unit) - (shift if a == b else 0) for b, x in enumerate(row)] for a, row in enumerate(matrix)]
    return positive_definite(rows)


def positive_definite(rows: list[list[int]]) -> bool:
    """Whether all leading minors of a symmetric integer matrix are positive (rows are overwritten)."""
    before = 1
    for k in range(len(rows)):
        pivot = rows[k][k]
        if pivot <= 0:
            return False
        for i in range(k + 1, len(rows)):
            factor, row, top = rows[i][k], rows[i], rows[k]
            for j in range(k + 1, i + 1):
                row[j] = (row[j] * pivot - factor * top[j]) // before
            for j in range(k + 1, i):
                rows[j][i] = row[j]
        before = pivot
    return True


def _nearest(value: Fraction, unit: int) -> int:
    return (2 * value.numerator * unit + value.denominator) // (2 * value.denominator)
