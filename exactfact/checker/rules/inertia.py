"""Counts of eigenvalues of a symmetric integer matrix G on both sides of a number s = p/q, by L D L^T of q G - p I.

With `bits`: L unit lower triangular and D diagonal in multiples of 2^-bits, computed by division with remainder; the
remainders are the entries of E = q G - p I - L D L^T. L D L^T has as many eigenvalues >= 0 (<= 0) as D has such
entries (Sylvester), and eigenvalues move by at most the largest row sum of |E| (Weyl). So at least `above` eigenvalues
of G are >= s - error, at least `below` are <= s + error; nothing depends on how good L and D are.
Exact: fraction-free elimination with diagonal pivots, remainder 0.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from ..errors import Meter, Text, require
from .gram import Lower

MAX_BITS = 1 << 16


@dataclass(frozen=True)
class Count:
    """At least `above` eigenvalues are >= s - error, at least `below` are <= s + error, of `order`."""

    order: int
    above: int
    below: int
    error: Fraction


def count(blocks: Iterable[tuple[Lower, int]], s: Fraction, bits: int | None, meter: Meter) -> Count:
    """Count for G with these diagonal blocks (lower triangles), each as often as it is said to be repeated.

    `bits` None: exact, error 0; else the error is that of the worst block. A block of one entry is always exact.
    """
    order = above = below = 0
    error = Fraction(0)
    p, q = s.numerator, s.denominator
    for block, times in blocks:
        if bits is None or len(block) == 1:
            high, low = _exact(block, p, q, meter)
        else:
            high, low, rest = _divided(block, p, q, bits, meter)
            error = max(error, Fraction(rest, q << 3 * bits))
        order, above, below = order + times * len(block), above + times * high, below + times * low
    return Count(order, above, below, error)


def _size(block: Lower, p: int, q: int) -> int:
    return max(max(map(abs, row)) for row in block).bit_length() + q.bit_length() + p.bit_length()


def _divided(block: Lower, p: int, q: int, bits: int, meter: Meter) -> tuple[int, int, int]:
    """(entries >= 0 of D, entries <= 0 of D, largest row sum of |E| in units of 2^(-3 bits))."""
    n = len(block)
    shift, two = 3 * bits, 2 * bits
    words = 1 + (shift + _size(block, p, q)) // 128
    meter.spend(n * n * n // 6 * (60 + 20 * words * words) + n * n * 500 * words, "L D L^T")
    meter.hold(n * n * words, "L D L^T")
    lower: list[list[int]] = []
    scaled: list[list[int]] = []
    diagonal: list[int] = []
    remainders = [0] * n
    for i in range(n):
        row: list[int] = []
        for j in range(i):
            left = (block[i][j] * q << shift) - sum(map(mul, row, scaled[j]))
            entry = left // (diagonal[j] << bits) if diagonal[j] else 0
            row.append(entry)
            missing = abs(left - entry * (diagonal[j] << bits))
            remainders[i] += missing
            remainders[j] += missing
        times_d = [x * d for x, d in zip(row, diagonal, strict=True)]
        left = (block[i][i] * q - p << shift) - sum(map(mul, row, times_d))
        entry = left >> two
        remainders[i] += left - (entry << two)
        lower.append(row)
        scaled.append(times_d)
        diagonal.append(entry)
    return sum(d >= 0 for d in diagonal), sum(d <= 0 for d in diagonal), max(remainders)


def _exact(block: Lower, p: int, q: int, meter: Meter) -> tuple[int, int]:
    """(eigenvalues >= p/q, eigenvalues <= p/q)."""
    n = len(block)
    words = 1 + n * (_size(block, p, q) + 2 * n.bit_length()) // 128
    meter.spend(n * n * n // 2 * (300 + 30 * words * words) + 1000, "exact L D L^T")
    meter.hold(n * n * words, "exact L D L^T")
    work = [[q * block[max(i, j)][min(i, j)] - (p if i == j else 0) for j in range(n)] for i in range(n)]
    left, divisor, signs = list(range(n)), 1, []
    while left:
        chosen = max(left, key=lambda i: abs(work[i][i]))
        pivot = work[chosen][chosen]
        if not pivot:
            require(not any(work[i][j] for i in left for j in left), "a diagonal pivot of the exact L D L^T",
                    Text("zeros on the diagonal and nonzero entries beside it"))
            break
        signs.append((pivot > 0) == (divisor > 0))
        left.remove(chosen)
        for i in left:
            for j in left:
                work[i][j] = (pivot * work[i][j] - work[i][chosen] * work[chosen][j]) // divisor
        divisor = pivot
    return n - signs.count(False), n - signs.count(True)
