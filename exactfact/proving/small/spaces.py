"""A second family over Q: operators by their row space, with small integers in the reduced echelon matrix.

Whether classes share a value depends on A only through its row space, and different reduced echelon matrices have
different row spaces; so each is listed once, and with `orbits` once up to permutations of entries and layers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from exactfact.proving.small.finite import LARGE, Rows, Vector, echelon, lifted, subspaces
from exactfact.proving.small.operators import tensor_shapes
from exactfact.proving.small.sums import Sums, permutations_of_indices

ENTRIES = {4: 3, 6: 1}  # N -> the largest absolute value; with 1, the entries are 0 and 1


def balanced(rows: Rows, p: int) -> Rows:
    """The representatives of least absolute value."""
    return tuple(tuple(a if 2 * a <= p else a - p for a in row) for row in rows)


@cache
def row_spaces(sizes: Vector, dimension: int, p: int, *, orbits: bool = False) -> tuple[Sums, ...]:
    """All reduced echelon matrices of that rank whose entries are the p residues of least absolute value."""
    moves = permutations_of_indices(sizes) if orbits else []
    found: dict[Rows, Sums] = {}
    for space in subspaces(p, lifted(sizes), dimension):
        rows = balanced(space, p)
        moved = [tuple(tuple(row[i] for i in move) for row in rows) for move in moves]
        found.setdefault(min((echelon(m, LARGE)[0] for m in moved), default=rows), Sums(sizes, rows))
    return tuple(found.values())


def from_rank(size: int, least: int, most: int) -> Iterator[Sums]:
    """One operator of each orbit for N in ENTRIES, N <= size, with n + least <= rank A <= n + most."""
    for sizes in tensor_shapes(size):
        n = 1 + sum(s - 1 for s in sizes)
        if lifted(sizes) in ENTRIES:
            p = 2 if ENTRIES[lifted(sizes)] == 1 else 2 * ENTRIES[lifted(sizes)] + 1
            for dimension in range(n + least, min(n + most, lifted(sizes)) + 1):
                yield from row_spaces(sizes, dimension, p, orbits=True)


SPACES = (
    "all row spaces whose reduced echelon matrix has entries -3 .. 3 (N = 4) or 0, 1 (N = 6) (up to permutations of "
    "entries, layers)"
)
