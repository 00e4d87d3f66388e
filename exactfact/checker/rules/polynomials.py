"""Polynomials in one variable as lists of integers, the constant first, no zeros at the end; over ZZ or mod p."""
from collections.abc import Sequence
from itertools import pairwise
from math import gcd

from ..errors import Meter

Poly = list[int]


def trimmed(f: Sequence[int], p: int = 0) -> Poly:
    """f, reduced mod p when p > 0, without zeros at the end."""
    result = [c % p for c in f] if p else list(f)
    while result and not result[-1]:
        result.pop()
    return result


def times(f: Poly, g: Poly, p: int, meter: Meter) -> Poly:
    """f g over ZZ (p = 0) or mod p. Cost: one product of integers for each pair of coefficients."""
    bits = 2 * p.bit_length() if p else size(f) + size(g)
    meter.spend(100 * (len(f) + 1) * (len(g) + 1) * (1 + bits // 128), "products of polynomials")
    result = [0] * max(0, len(f) + len(g) - 1)
    for i, a in enumerate(f):
        if a:
            for j, b in enumerate(g, i):
                result[j] += a * b
    return trimmed(result, p)


def size(f: Sequence[int]) -> int:
    """Bits of the largest coefficient in absolute value; 0 for the zero polynomial."""
    return max((abs(c).bit_length() for c in f), default=0)


def remainder(f: Poly, g: Poly, p: int, meter: Meter) -> Poly:
    """f modulo g, mod p; p a prime that does not divide the leading coefficient of g."""
    rest, n = list(f), len(g)
    inverse = pow(g[-1], -1, p)
    meter.spend(100 * (1 + max(0, len(f) - n)) * (n + 1) * (1 + p.bit_length() // 64), "remainders of polynomials")
    for top in range(len(f) - 1, n - 2, -1):
        factor = rest[top] * inverse % p
        if factor:
            for j, b in enumerate(g, top - n + 1):
                rest[j] = (rest[j] - factor * b) % p
    return trimmed(rest[:n - 1], p)


def common(f: Poly, g: Poly, p: int, meter: Meter) -> Poly:
    """A greatest common divisor mod a prime p, by Euclid, not monic; f and g are reduced mod p."""
    while g:
        f, g = g, remainder(f, g, p, meter)
    return f


def irreducible_mod(f: Poly, p: int, meter: Meter) -> bool:
    """Whether f, of degree n >= 1 mod p, is irreducible: x^(p^n) = x, and x^(p^(n/q)) - x is prime to f for q | n."""
    n = len(f) - 1
    meter.spend(100 * n * n, "prime divisors of a degree")
    tests = {n // q for q in range(2, n + 1) if n % q == 0 and all(q % r for r in range(2, q))}
    power = remainder([0, 1], f, p, meter)
    start = power
    for k in range(1, n + 1):
        power = _power(power, p, f, meter)
        if k in tests:
            moved = trimmed([a - b for a, b in _aligned(power, start)], p)
            if len(common(f, moved, p, meter)) != 1:
                return False
    return power == start


def _aligned(f: Poly, g: Poly) -> list[tuple[int, int]]:
    n = max(len(f), len(g))
    return list(zip(f + [0] * (n - len(f)), g + [0] * (n - len(g)), strict=True))


def _power(base: Poly, p: int, f: Poly, meter: Meter) -> Poly:
    """base^p modulo f, mod p."""
    result = remainder([1], f, p, meter)
    for bit in f"{p:b}":
        result = remainder(times(result, result, p, meter), f, p, meter)
        if bit == "1":
            result = remainder(times(result, base, p, meter), f, p, meter)
    return result


def primitive(f: Poly) -> Poly:
    """f over ZZ divided by the gcd of its coefficients; [] for zero. The sign stays."""
    content = gcd(*f)
    return [c // content for c in f] if content else []


def divides(g: Poly, f: Poly, meter: Meter) -> bool:
    """Whether the primitive polynomial g divides f over ZZ (equivalently over QQ, by Gauss)."""
    rest, n, bits = list(f), len(g), size(g)
    for top in range(len(f) - 1, n - 2, -1):
        factor, left = divmod(rest[top], g[-1])
        if left:
            return False
        length = bits + size(rest[top - n + 1:top + 1])  # of what is changed: all of `rest` may be much more
        meter.spend(100 * n * (1 + length // 128 + bits * length // 500_000), "divisions of polynomials")
        for j, b in enumerate(g, top - n + 1):
            rest[j] -= factor * b
    return not any(rest[:n - 1])


def sturm(f: Poly, meter: Meter) -> tuple[int, Poly]:
    """(number of different real roots of f != 0, a gcd of f and its derivative), by the sequence of Sturm."""
    sequence = [primitive(f), primitive([i * c for i, c in enumerate(f)][1:])]
    while sequence[-1]:
        sequence.append(_next(sequence[-2], sequence[-1], meter))
    sequence.pop()
    right = [g[-1] > 0 for g in sequence]
    left = [(g[-1] > 0) == (len(g) % 2 == 1) for g in sequence]
    return _changes(left) - _changes(right), sequence[-1]


def _next(f: Poly, g: Poly, meter: Meter) -> Poly:
    """A positive multiple of -(f mod g), primitive."""
    rest, n, lead = list(f), len(g), g[-1]
    for top in range(len(f) - 1, n - 2, -1):
        meter.spend(200 * (top + 1) * (1 + (size(rest) + size(g)) // 64), "the sequence of Sturm")
        factor = rest[top] if lead > 0 else -rest[top]
        rest = [c * abs(lead) for c in rest]
        for j, b in enumerate(g, top - n + 1):
            rest[j] -= factor * b
    return [-c for c in primitive(trimmed(rest[:n - 1]))]


def _changes(signs: list[bool]) -> int:
    return sum(a != b for a, b in pairwise(signs))
