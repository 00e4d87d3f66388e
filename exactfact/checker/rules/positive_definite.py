"""A symmetric rational matrix has no eigenvalue below t: exact, by integers of bounded size.

Its entries are rounded to multiples of 2^-bits; the rounding moves eigenvalues by at most n/2 of these units. The
rounded matrix, less (t + n/2 units) times the identity, is eliminated without fractions: the pivots are its leading
minors, and it is positive definite iff all are positive. Cost: n^3 products of about n * (bits + size) bits.
"""
from collections.abc import Sequence
from fractions import Fraction

from ..errors import Meter, Text, require


def least_eigenvalue_at_least(matrix: Sequence[Sequence[Fraction]], t: Fraction, bits: int, meter: Meter) -> None:
    """Reject unless matrix - t I is shown to be positive definite; the matrix must be symmetric."""
    n, unit = len(matrix), 1 << bits
    meter.hold(n * n * (1 + bits // 1024), "a positive definite matrix")
    meter.spend(n * n * (1000 + bits), "a positive definite matrix")
    shift = -(-t.numerator * unit // t.denominator) + (n + 1) // 2
    rows = [[(2 * x.numerator * unit + x.denominator) // (2 * x.denominator) - (shift if a == b else 0)
             for b, x in enumerate(row)] for a, row in enumerate(matrix)]
    size = max(abs(x) for row in rows for x in row).bit_length()
    meter.spend(n**3 * (100 + n * size * (1 + n * size // 8192) // 20), "a positive definite matrix")
    before = 1
    for k in range(n):
        pivot, top = rows[k][k], rows[k]
        require(pivot > 0, "positive leading minors", Text(f"minor {k + 1} is not"))
        for i in range(k + 1, n):
            row = rows[i]
            factor = row[k]
            rows[i] = [0] * (k + 1) + [(row[j] * pivot - factor * top[j]) // before for j in range(k + 1, n)]
        before = pivot
