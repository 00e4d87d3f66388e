"""Ranks and spans by exact elimination, in plain Python.

Rows modulo p are packed into one big integer with wide slots (Kronecker substitution), wide enough that nothing is
reduced on the way: a sum of multiples of pivot rows is as many big multiplications and additions. Pivot columns are
taken in panels of a few columns. What a row needs of the pivots of one panel is found in the panel alone, on short
integers; then the long rest of the row is brought up to date in one go.
A rank mod p of integer rows bounds the rank over QQ from below.
"""
import sys
from array import array
from bisect import insort
from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import mul
from typing import Any

from ..errors import Meter, NotChecked
from .peeling import peel

Row = dict[Any, int]  # by column label
PANEL = 32
# (offset in the panel, -1 / leading entry, entries in the panel, entries right of it)
Pivot = tuple[int, int, int, int]
CODES = {32: "I", 64: "Q"}


def slot_width(bits: int) -> int:
    """The least multiple of 64 that is at least `bits`."""
    return -(-bits // 64) * 64


def narrowest(bits: int) -> int:
    """32 where it is enough, else `slot_width`."""
    return 32 if bits <= 32 else slot_width(bits)


def pack(values: Sequence[int], width: int) -> int:
    """Non-negative values below 2^width, the first in the lowest slot; 32, 64 or a multiple of it."""
    if width > 64:
        return int.from_bytes(b"".join([v.to_bytes(width // 8, "little") for v in values]), "little")
    words = array(CODES[width], values)
    if sys.byteorder == "big":
        words.byteswap()
    return int.from_bytes(words.tobytes(), "little")


def unpack(packed: int, slots: int, width: int) -> list[int]:
    """The first `slots` slots, each of `width` bits and below 2^width, of a packed integer >= 0, lowest first."""
    words = array(CODES[min(width, 64)])
    words.frombytes(packed.to_bytes(slots * width // 8, "little"))
    if sys.byteorder == "big":
        words.byteswap()
    if width <= 64:
        return words.tolist()
    parts = [words[i::width // 64] for i in range(width // 64)]
    values = parts[-1].tolist()
    for part in reversed(parts[:-1]):
        values = [high << 64 | low for high, low in zip(values, part, strict=True)]
    return values


class Echelon:
    """Incremental row echelon form mod p of dense rows of length n; p = 2 uses bit sets."""

    def __init__(self, p: int, n: int, meter: Meter) -> None:
        self.p, self.n, self.meter, self.rank = p, n, meter, 0
        self.slots = -(-n // PANEL) * PANEL
        self.width = narrowest((n * (p - 1) ** 2 + p).bit_length())  # a residue, and a product for each pivot
        self.panels: list[tuple[int, list[Pivot]]] = []  # (first column, pivots by column), not empty, by column
        self.bits: dict[int, int] = {}

    def _price(self, rank: int) -> int:
        """Steps to reduce one row by `rank` pivots."""
        if self.p == 2:
            return 3000 + 50 * self.n + rank * (300 + 2 * self.n // 64)
        words = max(1, self.width // 64)
        return 3000 + 70 * self.n * words + rank * (500 + (self.n - rank // 2) * words * self.width // 15)

    def require_affordable(self, rank: int) -> None:
        """Refuse at once when reaching this rank must pass the limit."""
        self.meter.hold(rank * self.n * self.width // (64 * 64 if self.p == 2 else 64), "elimination mod p")
        needed = rank * self._price(rank // 2)
        if self.meter.spent + needed > self.meter.limit:
            raise NotChecked("elimination mod p", self.meter.spent + needed, self.meter.limit)

    def add(self, row: Row) -> bool:
        """Add a sparse row with residues in [0, p); True iff it enlarges the span."""
        return self.add_dense(_dense(row, self.n))

    def add_dense(self, values: Sequence[int]) -> bool:
        """Add a row of n residues in [0, p); True iff it enlarges the span."""
        self.meter.spend(self._price(self.rank), "elimination mod p")
        new = self._add_bits(values) if self.p == 2 else self._add_packed(pack(values, self.width))
        self.rank += new
        return new

    def _add_bits(self, values: Sequence[int]) -> bool:
        row = int("".join(map(str, values)), 2) if values else 0
        while row:
            pivot = self.bits.get(row.bit_length())
            if pivot is None:
                self.bits[row.bit_length()] = row
                return True
            row ^= pivot
        return False

    def _add_packed(self, row: int) -> bool:
        p, width, position = self.p, self.width, 0
        mask, whole = (1 << width) - 1, (1 << PANEL * width) - 1
        pieces = []  # (first column, columns, packed) of all that may not be zero mod p in the end
        for start, pivots in self.panels:
            if start > position:
                gap = start - position
                pieces.append((position, gap, row & ((1 << gap * width) - 1)))
                row >>= gap * width
            window = row & whole
            row >>= PANEL * width
            factors, rests = [], []
            for offset, negative, part, rest in pivots:
                factor = (window >> offset & mask) * negative % p
                if factor:
                    window += factor * part
                    factors.append(factor)
                    rests.append(rest)
            row += sum(map(mul, factors, rests))
            position = start + PANEL
            if len(pivots) < PANEL:
                pieces.append((start, PANEL, window))
        pieces.append((position, self.slots - position, row))
        return self._new_pivot(pieces)

    def _new_pivot(self, pieces: list[tuple[int, int, int]]) -> bool:
        p, width = self.p, self.width
        values = [0] * self.slots
        for position, size, packed in pieces:
            if packed:
                values[position:position + size] = [v % p for v in unpack(packed, size, width)]
        column = next(compress(count(), values), None)
        if column is None:
            return False
        start = column - column % PANEL
        part, rest = pack(values[start:start + PANEL], width), pack(values[start + PANEL:], width)
        pivots = next((pivots for at, pivots in self.panels if at == start), None)
        if pivots is None:
            pivots = []
            insort(self.panels, (start, pivots))
        insort(pivots, ((column - start) * width, p - pow(values[column], -1, p), part, rest))
        return True

    def rows_from(self, first: int) -> list[tuple[int, list[int]]]:
        """(pivot column, residues from there on, the first 1) of the rows whose pivot is at `first` or later."""
        if self.p == 2:
            return [(self.n - length, [row >> (length - 1 - i) & 1 for i in range(length)])
                    for length, row in sorted(self.bits.items(), reverse=True) if self.n - length >= first]
        found = []
        for start, pivots in self.panels:
            for at, negative, part, rest in pivots:
                column = start + at // self.width
                if column >= first:
                    values = unpack(part, PANEL, self.width) + unpack(rest, self.slots - start - PANEL, self.width)
                    kept = values[column - start:self.n - start]
                    found.append((column, [v * -negative % self.p for v in kept]))
        return found


def rank_mod(rows: Iterable[Row], p: int, meter: Meter, enough: int | None = None) -> int:
    """Rank over GF(p) of sparse integer rows (any column labels); stops at `enough`.

    Rows and columns with a single entry are peeled off first, the rest is packed densely.
    """
    reduced = [{c: r for c, v in row.items() if (r := v % p)} for row in rows]
    meter.spend(100 * sum(map(len, reduced)) + 500 * len(reduced) + 1000, "reduction mod p")
    reduced = [row for row in reduced if row]
    meter.hold(sum(map(len, reduced)) + 8 * len(reduced), "rows of a matrix mod p")  # each row is a dict
    rank, rest = peel(reduced, meter)
    labels = {c: i for i, c in enumerate(sorted({c for row in rest for c in row}))}
    meter.hold(len(labels), "columns of a matrix mod p")
    most = len(rest) if enough is None else max(enough - rank, 0)
    dense = (_dense({labels[c]: v for c, v in row.items()}, len(labels)) for row in rest)
    return rank + rank_dense(dense, len(labels), p, meter, min(most, len(rest)))


def rank_dense(rows: Iterable[Sequence[int]], n: int, p: int, meter: Meter, most: int) -> int:
    """The smaller of `most` and the rank over GF(p) of rows of n residues; takes no row more than it needs."""
    echelon, source, most = Echelon(p, n, meter), iter(rows), min(most, n)
    echelon.require_affordable(most)
    while echelon.rank < most and (row := next(source, None)) is not None:
        echelon.add_dense(row)
    return echelon.rank


def _dense(row: Row, n: int) -> list[int]:
    values = [0] * n
    for column, value in row.items():
        values[column] = value
    return values
