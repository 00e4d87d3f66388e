"""Eigenvalues of A^T A counted by Descartes' rule: exact for polynomials with real roots only, and no factorization."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from flint import fmpq, fmpq_mat, fmpq_poly


def squared_spectrum(columns: list[list[Fraction]]) -> fmpq_poly:
    """The characteristic polynomial of the smaller Gram matrix without its zero roots."""
    rows = columns if len(columns) <= len(columns[0]) else [list(row) for row in zip(*columns, strict=True)]
    n = len(rows)
    gram = [[sum(a * b for a, b in zip(x, y, strict=True)) for y in rows] for x in rows]
    flat = [fmpq(v.numerator, v.denominator) for row in gram for v in map(Fraction, row)]
    coefficients = list(fmpq_mat(n, n, flat).charpoly())
    while coefficients and not coefficients[0]:
        coefficients.pop(0)
    return fmpq_poly(coefficients)


def roots_above(poly: fmpq_poly, t: Fraction) -> int:
    """How many roots, with multiplicity, are greater than t."""
    shifted = poly(fmpq_poly([fmpq(t.numerator, t.denominator), 1]))
    signs = [c > 0 for c in shifted if c]
    return sum(a != b for a, b in pairwise(signs))


def contains(poly: fmpq_poly, position: int, lower: Fraction, upper: Fraction) -> bool:
    """Whether the position-th largest root lies in [lower, upper]."""
    at_least = poly(fmpq(lower.numerator, lower.denominator)) == 0 or roots_above(poly, lower) >= position
    return at_least and roots_above(poly, upper) < position
