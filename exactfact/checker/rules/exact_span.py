"""Spans of sparse vectors by exact elimination, over QQ (integer vectors) or GF(p)."""
from collections.abc import Iterable
from math import gcd

from ..errors import Meter
from .elimination import Row


class Span:
    """A growing span of sparse vectors, integers over QQ (p = 0) or residues mod p, by exact elimination."""

    def __init__(self, p: int, meter: Meter) -> None:
        self.p, self.meter = p, meter
        self.rows: dict[int, Row] = {}  # by pivot index; each is reduced against the earlier ones only
        self.bits: dict[int, int] = {}  # of the largest entry of each row

    def add(self, vector: Row) -> bool:
        """Add a vector; True iff it enlarges the span."""
        self.meter.spend(1000 + 30 * len(self.rows) + 100 * len(vector), "exact elimination")
        vector, size = self._clean(vector)
        for pivot, row in self.rows.items():
            factor = vector.get(pivot)
            if factor:
                common = gcd(factor, row[pivot])
                lead, factor = row[pivot] // common, -(factor // common)
                self._spend(len(vector), lead.bit_length(), size)
                self._spend(len(row), factor.bit_length(), self.bits[pivot])
                vector, size = self._clean(combine(((lead, vector), (factor, row))))
        if not vector:
            return False
        self.meter.hold(sum(map(len, self.rows.values())) + len(vector), "exact elimination")
        self.rows[min(vector)] = vector
        self.bits[min(vector)] = size
        return True

    def _spend(self, count: int, a: int, b: int) -> None:
        """The work of `count` products of integers of a and b bits."""
        self.meter.spend(count * (200 + (a + b) // 16 + a * b // 10_000) + 250, "exact elimination")

    def _clean(self, vector: Row) -> tuple[Row, int]:
        """The vector reduced mod p, or divided by its content, without zeros; and the bits of its largest entry."""
        if self.p:
            vector = {i: r for i, v in vector.items() if (r := v % self.p)}
            return vector, self.p.bit_length()
        content = 0
        for v in vector.values():
            if content == 1:
                break
            work = content.bit_length() * v.bit_length()
            if work > 1_000_000:
                self.meter.spend(work // 1000, "exact elimination")
            content = gcd(content, v)
        if content > 1:
            vector = {i: v // content for i, v in vector.items() if v}
        else:
            vector = {i: v for i, v in vector.items() if v}
        return vector, max((v.bit_length() for v in vector.values()), default=0)


def combine(terms: Iterable[tuple[int, Row]]) -> Row:
    """The linear combination sum factor * vector, zeros kept."""
    result: Row = {}
    for factor, vector in terms:
        for i, v in vector.items():
            result[i] = result.get(i, 0) + factor * v
    return result
