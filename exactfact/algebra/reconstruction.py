"""Rational numbers from their residues."""

from __future__ import annotations

import math
from fractions import Fraction


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
