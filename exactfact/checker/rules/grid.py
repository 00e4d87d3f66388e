"""The products of every matrix of one family with every matrix of another, mod p, as dense rows.

The right factors stand side by side in packed rows, so that one combination of them serves a row of a left factor and
all right factors at once. A row of the products has slots only for the columns that its entries can reach.
"""
from collections.abc import Iterator, Sequence
from operator import mul

from ..chains import Matrix
from ..errors import Meter
from .elimination import narrowest, pack, unpack


class Grid:
    """All L R with L in `lefts` and R in `rights`, entries in [0, p); `size` is the length of a row."""

    def __init__(self, lefts: Sequence[Matrix], rights: Sequence[Matrix], p: int, meter: Meter) -> None:
        self.lefts, self.rights, self.p, self.meter = lefts, rights, p, meter
        inner = _supports(rights, meter)
        self.width = narrowest((len(inner) * (p - 1) ** 2).bit_length())
        packed: dict[frozenset[int], dict[int, int]] = {}
        self.blocks: list[tuple[int, int, dict[int, int]]] = []  # (row, columns, inner index -> right rows, packed)
        self.size = 0
        for r, middle in sorted(_supports(lefts, meter).items()):
            meter.spend(40 * sum(len(inner.get(b, ())) for b in middle) + 500, "cells of a grid")
            cells = frozenset[int]().union(*(inner.get(b, ()) for b in middle))
            beside = packed.setdefault(cells, {})
            for b in middle.difference(beside):
                beside[b] = self._beside(b, sorted(cells))
            self.blocks.append((r, len(cells), beside))
            self.size += len(cells)
            meter.hold(len(rights) * self.size, "products of a grid")

    def _beside(self, b: int, cells: list[int]) -> int:
        self.meter.spend(100 * len(self.rights) * len(cells) + 500, "right halves")
        empty: dict[int, int] = {}
        rows = [right.get(b, empty) for right in self.rights]
        return pack([row.get(c, 0) for row in rows for c in cells], self.width)

    def rows(self) -> Iterator[list[int]]:
        """The products, flattened, by left factor and then right factor."""
        p, width, count = self.p, self.width, len(self.rights)
        slot = width * max(1, width // 64) // 15  # steps for a product and its addition, in one slot
        for left in self.lefts:
            terms = sum(len(left.get(r, ())) * size for r, size, _ in self.blocks)
            self.meter.spend(count * (terms * slot + 90 * self.size) + 1000 * len(self.blocks), "products of a grid")
            parts = []
            for r, size, beside in self.blocks:
                row = left.get(r, {})
                total = sum(map(mul, row.values(), [beside[b] for b in row]))
                parts.append((size, [v % p for v in unpack(total, count * size, width)]))
            for t in range(count):
                flat: list[int] = []
                for size, values in parts:
                    flat += values[t * size:(t + 1) * size]
                yield flat


def _supports(matrices: Sequence[Matrix], meter: Meter) -> dict[int, set[int]]:
    """Row -> columns where some matrix has an entry."""
    union: dict[int, set[int]] = {}
    for matrix in matrices:
        for r, row in matrix.items():
            meter.spend(60 * len(row) + 200, "cells of a grid")
            union.setdefault(r, set()).update(row)
    return union
