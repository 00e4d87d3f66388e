"""The inverse of a small square matrix over QQ."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import fmpq, fmpq_mat, fmpz_mat

Cells = Mapping[tuple[int, int], int | Fraction]


def rational_inverse(matrix: Cells, size: int) -> dict[tuple[int, int], int | Fraction] | None:
    """The nonzero entries of the inverse of a size x size matrix {(row, column): entry}; None when it is singular."""
    dense = fmpq_mat(fmpz_mat(size, size))
    for cell, value in matrix.items():
        dense[cell] = fmpq(value.numerator, value.denominator)
    if dense.det() == 0:
        return None
    inverse = dense.inv()
    result: dict[tuple[int, int], int | Fraction] = {}
    for row in range(size):
        for col in range(size):
            numerator, denominator = int(inverse[row, col].p), int(inverse[row, col].q)
            if numerator:
                result[row, col] = numerator if denominator == 1 else Fraction(numerator, denominator)
    return result
