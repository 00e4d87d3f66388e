"""Sublattices of Z^n by integer echelon form, canonical representatives of classes, and invariant factors.

Row operations are unimodular, so the rows span exactly the lattice of all vectors added; every entry operation is
priced by its bits. Invariant factors are computed modulo the product D of the pivots: the torsion of Z^n / lattice
divides the minor of the pivot columns, which is D, and over Z/D the Smith form has the factors gcd(d_i, D) = d_i.
"""
from collections.abc import Iterable
from math import gcd, prod

from ..errors import Meter

Vector = dict[int, int]
Matrix = list[list[int]]


class Lattice:
    """A growing lattice: `rows` holds one vector for each pivot, its first nonzero coordinate, positive there."""

    def __init__(self, size: int, meter: Meter) -> None:
        self.size, self.meter, self.held = size, meter, 0
        self.rows: dict[int, Vector] = {}

    @property
    def rank(self) -> int:
        """The dimension of the space that the vectors added span."""
        return len(self.rows)

    def add(self, vector: Vector) -> None:
        """Make the lattice larger by one sparse vector, if it is not in it: Euclid's algorithm on the pivots."""
        rest = {j: v for j, v in vector.items() if v}
        while rest:
            pivot = min(rest)
            row = self.rows.get(pivot)
            if row is None:
                self._store(pivot, rest if rest[pivot] > 0 else {j: -v for j, v in rest.items()})
                return
            if rest[pivot] % row[pivot]:
                common, s, t = bezout(row[pivot], rest[pivot])
                lead, tail = row[pivot] // common, rest[pivot] // common
                self._store(pivot, self._combine(row, s, rest, t))
                rest = self._combine(rest, lead, row, -tail)
            else:
                rest = self._combine(rest, 1, row, -(rest[pivot] // row[pivot]))

    def everything(self, rank: int) -> bool:
        """Whether the lattice has that rank and Z^n / lattice has no torsion, as all pivot entries are 1."""
        return len(self.rows) == rank and all(row[pivot] == 1 for pivot, row in self.rows.items())

    def reduce(self, vector: Vector) -> Vector:
        """The only vector of its class with an entry in [0, pivot entry) at every pivot."""
        return self._reduce(vector, self.rows)

    def covers(self) -> bool:
        """Whether no coordinate is zero on the whole lattice."""
        self.meter.spend(50 * sum(map(len, self.rows.values())), "a lattice")
        return len(set().union(*self.rows.values())) == self.size

    def factors(self) -> list[int]:
        """The invariant factors > 1 of Z^n / lattice, each dividing the next."""
        units = {pivot: row for pivot, row in self.rows.items() if row[pivot] == 1}
        core = {pivot: self._reduce(row, units) for pivot, row in self.rows.items() if pivot not in units}
        bits = sum(row[pivot].bit_length() for pivot, row in core.items())
        self.meter.spend(1000 + price(bits) + 100 * sum(map(len, core.values())), "the index of a lattice")
        modulus = prod(row[pivot] for pivot, row in core.items())
        columns = sorted(set().union(*core.values()))
        self.meter.hold(len(core) * len(columns) * (1 + modulus.bit_length() // 64), "a Smith form")
        dense = [[row.get(j, 0) % modulus for j in columns] for row in core.values()]
        return [d for d in smith(dense, modulus, self.meter) if d > 1]

    def _reduce(self, vector: Vector, rows: dict[int, Vector]) -> Vector:
        rest = {j: v for j, v in vector.items() if v}
        done = -1
        while True:
            self.meter.spend(100 * len(rest) + 200, "classes modulo a lattice")
            pivot = min((j for j in rest if j > done and j in rows), default=None)
            if pivot is None:
                return rest
            quotient = rest[pivot] // rows[pivot][pivot]
            if quotient:
                rest = self._combine(rest, 1, rows[pivot], -quotient)
            done = pivot

    def _combine(self, left: Vector, a: int, right: Vector, b: int) -> Vector:
        bits = max(v.bit_length() for row in (left, right) for v in row.values()) + max(a.bit_length(), b.bit_length())
        self.meter.spend((len(left) + len(right)) * price(bits) + 1500, "a lattice")
        self.meter.hold((len(left) + len(right)) * (1 + bits // 64), "a vector of a lattice")
        total = {j: a * v for j, v in left.items()} if a else {}
        for j, v in right.items():
            total[j] = total.get(j, 0) + b * v
        return {j: v for j, v in total.items() if v}

    def _store(self, pivot: int, row: Vector) -> None:
        self.held += _words(row) - _words(self.rows.get(pivot, {}))
        self.meter.hold(self.held, "a lattice")
        self.rows[pivot] = row


def _words(row: Vector) -> int:
    return sum(1 + v.bit_length() // 64 for v in row.values())


def price(bits: int) -> int:
    """Steps for a product, quotient or greatest common divisor of numbers with so many bits."""
    return 400 + bits // 8 + bits * bits // 500


def bezout(a: int, b: int) -> tuple[int, int, int]:
    """(g, s, t) with g = gcd(a, b) = s a + t b, a and b not zero."""
    common = gcd(a, b)
    s = pow(a // common, -1, abs(b) // common)
    return common, s, (common - s * a) // b


def smith(rows: Matrix, modulus: int, meter: Meter) -> list[int]:
    """gcd(d_i, modulus) for the invariant factors d_i of an integer matrix of full row rank."""
    found: list[int] = []
    count = len(rows)
    while len(found) < count:
        cells = [(gcd(v, modulus), i, j) for i, row in enumerate(rows) for j, v in enumerate(row) if v]
        meter.spend(len(rows) * len(rows[0]) * price(modulus.bit_length()), "a Smith form")
        if not cells:
            return found + [modulus] * (count - len(found))
        _, i, j = min(cells)
        rows[0], rows[i] = rows[i], rows[0]
        for row in rows:
            row[0], row[j] = row[j], row[0]
        while True:
            _clear(rows, modulus, meter)
            if any(rows[0][1:]):
                rows = [list(column) for column in zip(*rows, strict=True)]
                continue
            common = gcd(rows[0][0], modulus)
            other = next((row for row in rows[1:] if any(v % common for v in row)), None)
            if other is None:
                break
            rows[0] = [(a + b) % modulus for a, b in zip(rows[0], other, strict=True)]
        found.append(common)
        rows = [row[1:] for row in rows[1:]]
    return found


def _clear(rows: Matrix, modulus: int, meter: Meter) -> None:
    """Zeros below the first entry of the first column, by row operations invertible modulo `modulus`."""
    meter.spend(len(rows) * len(rows[0]) * 4 * price(modulus.bit_length()), "a Smith form")
    for i in range(1, len(rows)):
        top, here = rows[0][0], rows[i][0]
        common = gcd(top, modulus)
        if here % common == 0:
            factor = here // common * pow(top // common, -1, modulus // common)
            rows[i] = _sum(rows[i], 1, rows[0], -factor, modulus)
        else:
            g, s, t = bezout(top, here)
            rows[0], rows[i] = (_sum(rows[0], s, rows[i], t, modulus),
                                _sum(rows[0], -(here // g), rows[i], top // g, modulus))


def _sum(left: Iterable[int], a: int, right: Iterable[int], b: int, modulus: int) -> list[int]:
    return [(a * x + b * y) % modulus for x, y in zip(left, right, strict=True)]
