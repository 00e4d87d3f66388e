"""Square roots in QQ and in GF(p), exactly."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any


def square_root(value: Any, p: int) -> Any:
    """A square root over QQ (of an integer or a fraction), or GF(p) with p odd; None when there is none."""
    if p:
        return root_modulo(value, p)
    square = Fraction(value)
    if square < 0:
        return None
    top, bottom = math.isqrt(square.numerator), math.isqrt(square.denominator)
    return Fraction(top, bottom) if top * top == square.numerator and bottom * bottom == square.denominator else None


def root_modulo(value: int, p: int) -> int | None:
    """By Cipolla: in GF(p)[z] modulo z^2 - (t^2 - value), a nonresidue, (t + z)^((p + 1) / 2) is the root."""
    value %= p
    if value == 0:
        return 0
    if pow(value, (p - 1) // 2, p) != 1:
        return None
    t = next(t for t in range(p) if pow(t * t - value, (p - 1) // 2, p) == p - 1 or (t * t - value) % p == 0)
    w = (t * t - value) % p
    if w == 0:
        return t
    result, base, exponent = (1, 0), (t, 1), (p + 1) // 2
    while exponent:
        if exponent & 1:
            result = _times(result, base, w, p)
        base, exponent = _times(base, base, w, p), exponent >> 1
    return result[0]


def _times(x: tuple[int, int], y: tuple[int, int], w: int, p: int) -> tuple[int, int]:
    return (x[0] * y[0] + x[1] * y[1] * w) % p, (x[0] * y[1] + x[1] * y[0]) % p
