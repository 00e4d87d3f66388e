"""Ranks and spans by exact elimination, in plain Python.

Rows modulo p are packed into one big integer with wide slots (Kronecker substitution): adding a multiple of a pivot
row is one big multiplication and one big addition, and slots are wide enough that nothing is reduced on the way.
A rank mod p of integer rows bounds the rank over QQ from below.
"""
import sys
from array import array
from bisect import insort
from collections.abc import Iterable, Sequence
from typing import Any

from ..errors import Meter, NotChecked

Row = dict[Any, int]  # by column label


def slot_width(bits: int) -> int:
    """The least multiple of 64 that is at least `bits`."""
    return -(-bits // 64) * 64


def pack(values: Sequence[int], width: int) -> int:
    """Non-negative values below 2^width, the first in the lowest slot."""
    if width > 64:
        return int.from_bytes(b"".join([v.to_bytes(width // 8, "little") for v in values]), "little")
    words = array("Q", values)
    if sys.byteorder == "big":
        words.byteswap()
    return int.from_bytes(words.tobytes(), "little")


def unpack(packed: int, count: int, width: int) -> list[int]:
    """The `count` slots of a packed non-negative integer."""
    words = array("Q")
    words.frombytes(packed.to_bytes(count * width // 8, "little"))
    if sys.byteorder == "big":
        words.byteswap()
    parts = [words[i::width // 64] for i in range(width // 64)]
    values = parts[-1].tolist()
    for part in reversed(parts[:-1]):
        values = [high << 64 | low for high, low in zip(values, part, strict=True)]
    return values


class Echelon:
    """Incremental row echelon form mod p of dense rows of length n; p = 2 uses bit sets."""

    def __init__(self, p: int, n: int, meter: Meter) -> None:
        self.p, self.n, self.meter, self.rank = p, n, meter, 0
        self.width = slot_width(2 * p.bit_length() + n.bit_length() + 2)
        self.pivots: list[tuple[int, int]] = []  # (column, row shifted to start there, leading 1), by column
        self.bits: dict[int, int] = {}

    def _price(self, rank: int) -> int:
        """Steps to reduce one row by `rank` pivots."""
        words = self.width // 64
        slots = self.n // 64 if self.p == 2 else self.n * words * words
        return 50 * self.n + rank * (500 + 3 * slots)

    def require_affordable(self, rank: int) -> None:
        """Refuse at once when reaching this rank must pass the limit."""
        self.meter.hold(rank * self.n * (self.width // 64) // (64 if self.p == 2 else 1), "elimination mod p")
        needed = rank * self._price(rank // 2)
        if self.meter.spent + needed > self.meter.limit:
            raise NotChecked("elimination mod p", self.meter.spent + needed, self.meter.limit)

    def add(self, row: Row) -> bool:
        """Add a sparse row with residues in [0, p); True iff it enlarges the span."""
        values = [0] * self.n
        for column, value in row.items():
            values[column] = value
        self.meter.spend(self._price(self.rank), "elimination mod p")
        new = self._add_bits(values) if self.p == 2 else self._add_packed(pack(values, self.width))
        self.rank += new
        return new

    def _add_bits(self, values: list[int]) -> bool:
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
        mask = (1 << width) - 1
        skipped = []  # the slots between pivot columns, looked at last
        for column, pivot in self.pivots:
            if column > position:
                gap = (column - position) * width
                skipped.append((position, column - position, row & ((1 << gap) - 1)))
                row >>= gap
            factor = (row & mask) % p
            if factor:
                row += (p - factor) * pivot
            row >>= width
            position = column + 1
        skipped.append((position, self.n - position, row))
        return self._new_pivot(skipped)

    def _new_pivot(self, pieces: list[tuple[int, int, int]]) -> bool:
        values, start = [0] * self.n, self.n
        for position, count, packed in pieces:
            if packed:
                values[position:position + count] = [v % self.p for v in unpack(packed, count, self.width)]
        start = next((i for i, v in enumerate(values) if v), self.n)
        if start == self.n:
            return False
        inverse = pow(values[start], -1, self.p)
        packed = pack([v * inverse % self.p for v in values[start:]], self.width)
        insort(self.pivots, (start, packed))
        return True


def rank_mod(rows: Iterable[Row], p: int, meter: Meter, enough: int | None = None) -> int:
    """Rank over GF(p) of sparse integer rows (any column labels); stops at `enough`.

    Rows and columns with a single entry are peeled off first, the rest is packed densely.
    """
    reduced = [{c: r for c, v in row.items() if (r := v % p)} for row in rows]
    meter.spend(100 * sum(map(len, reduced)) + 1000, "reduction mod p")
    reduced = [row for row in reduced if row]
    rank, rest = _peel(reduced, meter)
    labels = {c: i for i, c in enumerate(sorted({c for row in rest for c in row}))}
    meter.hold(len(labels), "columns of a matrix mod p")
    echelon = Echelon(p, len(labels), meter)
    echelon.require_affordable(min(len(rest), len(labels), max((enough or len(rest)) - rank, 0)))
    for row in rest:
        if enough is not None and rank + echelon.rank >= enough or echelon.rank == len(labels):
            break
        echelon.add({labels[c]: v for c, v in row.items()})
    return rank + echelon.rank


def _peel(rows: list[Row], meter: Meter) -> tuple[int, list[Row]]:
    """Remove, repeatedly, a column with one entry (and its row) or a row with one entry (and its column)."""
    total = sum(map(len, rows))
    columns: dict[Any, set[int]] = {}
    if total > 64 * len(rows) and total > 4_000_000:
        return 0, rows
    meter.spend(300 * total, "sparse elimination")
    for i, row in enumerate(rows):
        for c in row:
            columns.setdefault(c, set()).add(i)
    alive = [dict.fromkeys(row) for row in rows]
    ready = [(True, c) for c, held in columns.items() if len(held) == 1]
    ready += [(False, i) for i, row in enumerate(rows) if len(row) == 1]
    rank, gone = 0, set()
    while ready:
        is_column, which = ready.pop()
        if is_column and len(columns[which]) == 1:
            i, c = next(iter(columns[which])), which
        elif not is_column and which not in gone and len(alive[which]) == 1:
            i, c = which, next(iter(alive[which]))
        else:
            continue
        rank += 1
        gone.add(i)
        for other in alive[i]:
            columns[other].discard(i)
            if other != c and len(columns[other]) == 1:
                ready.append((True, other))
        for j in columns[c]:
            del alive[j][c]
            if len(alive[j]) == 1:
                ready.append((False, j))
        columns[c] = set()
    return rank, [{c: row[c] for c in keep} for i, (row, keep) in enumerate(zip(rows, alive, strict=True))
                  if i not in gone and keep]
