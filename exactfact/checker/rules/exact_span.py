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

    def add(self, vector: Row) -> bool:
        """Add a vector; True iff it enlarges the span."""
        self.meter.spend(1000 + 30 * len(self.rows) + 100 * len(vector), "exact elimination")
        vector = self._clean(vector)
        for pivot, row in self.rows.items():
            factor = vector.get(pivot)
            if factor:
                lead = row[pivot]
                common = gcd(factor, lead)
                vector = combine(((lead // common, vector), (-(factor // common), row)))
                vector = self._clean(vector)
                size = max((abs(v).bit_length() for v in vector.values()), default=1)
                each = 200 + 4 * (size // 64) + size * size // 100_000
                self.meter.spend(each * (len(row) + len(vector)) + 500, "exact elimination")
        if not vector:
            return False
        self.meter.hold(sum(map(len, self.rows.values())) + len(vector), "exact elimination")
        self.rows[min(vector)] = vector
        return True

    def _clean(self, vector: Row) -> Row:
        if self.p:
            return {i: r for i, v in vector.items() if (r := v % self.p)}
        content = gcd(*vector.values())
        return {i: v // content for i, v in vector.items() if v} if content else {}


def combine(terms: Iterable[tuple[int, Row]]) -> Row:
    """The linear combination sum factor * vector, zeros kept."""
    result: Row = {}
    for factor, vector in terms:
        for i, v in vector.items():
            result[i] = result.get(i, 0) + factor * v
    return result
