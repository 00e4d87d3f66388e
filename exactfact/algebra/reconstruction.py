"""Rational numbers from their residues."""

from __future__ import annotations

import math
from fractions import Fraction

from flint import fmpz_mat

# Bits of a modulus from which lattice reduction, which is subquadratic, beats Euclid's algorithm in Python.
LONG = 2500


def reconstruct(value: int, modulus: int) -> Fraction | None:
    """The fraction n/d = value mod modulus with |n|, d <= sqrt(modulus / 2), or None.

    By extended Euclid; for a long modulus as a short vector of the lattice {(n, d): n = value d mod modulus}, which
    may miss a fraction whose parts are within a bit of the bound.
    """
    bound = math.isqrt(modulus // 2)
    short = _euclid if modulus.bit_length() < LONG else _reduced
    numerator, denominator = short(value % modulus, modulus, bound)
    if denominator == 0 or max(abs(numerator), abs(denominator)) > bound or math.gcd(numerator, denominator) != 1:
        return None
    return Fraction(numerator, denominator)


def _euclid(value: int, modulus: int, bound: int) -> tuple[int, int]:
    above, below = (modulus, 0), (value, 1)
    while below[0] > bound:
        quotient = above[0] // below[0]
        above, below = below, (above[0] - quotient * below[0], above[1] - quotient * below[1])
    return below


def _reduced(value: int, modulus: int, bound: int) -> tuple[int, int]:
    basis = fmpz_mat([[modulus, 0], [value, 1]]).lll()
    return int(basis[0, 0]), int(basis[0, 1])
