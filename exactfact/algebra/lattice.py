"""Sublattices of Z^n by an echelon basis that grows vector by vector, and the structure of the quotient.

Vectors are sparse, {coordinate: integer}.  Row operations are integral and invertible, so the rows always span exactly
the lattice generated so far.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from flint import fmpz_mat

from exactfact.model import LimitError

Vector = dict[int, int]

# Row operations times entries before a lattice is called too large, and the bits that an entry may have.
WORK_LIMIT = 30_000_000
BIT_LIMIT = 2_000


@dataclass(frozen=True)
class Quotient:
    """Z^n / Lambda = Z^free + sum of Z/d: the invariant factors d > 1, each dividing the next."""

    free: int
    divisors: tuple[int, ...]


class Lattice:
    """A lattice in Z^n with one echelon row for every pivot: its first nonzero coordinate, positive there.

    LimitError after WORK_LIMIT updated entries, or when an entry outgrows BIT_LIMIT.
    """

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self.rows: dict[int, Vector] = {}
        self.work = 0

    def add(self, vector: Mapping[int, int]) -> bool:
        """Generate by one more vector; True when the lattice grew.  Cost: at most a few row operations a pivot."""
        rest, grew = {j: v for j, v in vector.items() if v}, False
        while rest:
            pivot = min(rest)
            row = self.rows.get(pivot)
            if row is None:
                self.rows[pivot] = rest if rest[pivot] > 0 else {j: -v for j, v in rest.items()}
                return True
            if rest[pivot] % row[pivot]:
                common, s, t = _bezout(row[pivot], rest[pivot])
                self.rows[pivot] = self._combined(row, s, rest, t)
                rest = self._combined(rest, row[pivot] // common, row, -(rest[pivot] // common))
                grew = True
                if max(v.bit_length() for v in self.rows[pivot].values()) > BIT_LIMIT:
                    raise LimitError("the entries of a lattice", f"more than {BIT_LIMIT} bits", f"{BIT_LIMIT}")
            else:
                rest = self._combined(rest, 1, row, -(rest[pivot] // row[pivot]))
        return grew

    def everything(self, rank: int) -> bool:
        """Whether the lattice has that rank and the quotient no torsion, as all pivot entries are 1."""
        return len(self.rows) == rank and all(row[pivot] == 1 for pivot, row in self.rows.items())

    def reduce(self, vector: Mapping[int, int]) -> Vector:
        """The representative modulo the lattice with entries in [0, pivot entry) at all pivots: unique in its class."""
        rest = {j: v for j, v in vector.items() if v}
        done = -1
        while True:
            pivot = min((j for j in rest if j > done and j in self.rows), default=None)
            if pivot is None:
                return rest
            quotient = rest[pivot] // self.rows[pivot][pivot]
            if quotient:
                rest = self._combined(rest, 1, self.rows[pivot], -quotient)
            done = pivot

    def contains(self, vector: Mapping[int, int]) -> bool:
        """Whether the integer vector lies in the lattice: its reduction is zero."""
        return not self.reduce(vector)

    def covers(self) -> bool:
        """Whether every coordinate is nonzero on some vector of the lattice."""
        return len({j for row in self.rows.values() for j in row}) == self.dimension

    def quotient(self, extra: int = 0) -> Quotient:
        """The structure of Z^n / lattice = quotient + Z^extra.

        Rows with pivot 1 only remove a coordinate, Smith's form does the rest.
        """
        units = Lattice(self.dimension)
        units.rows = {pivot: row for pivot, row in self.rows.items() if row[pivot] == 1}
        rest = [units.reduce(row) for pivot, row in sorted(self.rows.items()) if pivot not in units.rows]
        free = self.dimension - len(self.rows) - extra
        if not rest:
            return Quotient(free, ())
        columns = sorted({j for row in rest for j in row})
        smith = fmpz_mat(len(rest), len(columns), [row.get(j, 0) for row in rest for j in columns]).snf()
        divisors = (abs(int(smith[i, i])) for i in range(len(rest)))
        return Quotient(free, tuple(d for d in divisors if d > 1))

    def _combined(self, left: Vector, a: int, right: Vector, b: int) -> Vector:
        self.work += len(right) + len(left)
        if self.work > WORK_LIMIT:
            raise LimitError("a lattice by elimination", "more entry updates", f"{WORK_LIMIT}")
        total = {j: a * v for j, v in left.items()} if a else {}
        for j, v in right.items():
            value = total.get(j, 0) + b * v
            if value:
                total[j] = value
            else:
                total.pop(j, None)
        return total


def _bezout(a: int, b: int) -> tuple[int, int, int]:
    """(g, s, t) with g = gcd(a, b) = s a + t b, for a > 0 that does not divide b."""
    common = math.gcd(a, b)
    s = pow(a // common, -1, abs(b) // common) if abs(b) != common else 0
    return common, s, (common - s * a) // b
