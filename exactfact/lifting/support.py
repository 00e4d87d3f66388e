"""Supports of the layers and what they reach: Boolean products as Python integers, one bit a column.

Reachable cells bound the rank of A (theory 2.4), and limit every later elimination to the cells that can be nonzero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .chain import Chain

CELL_LIMIT = 40_000_000


@dataclass(frozen=True)
class Reach:
    """Boolean prefix products: `levels[k][row]` is a bitset of the columns of M_1...M_{k+1} reached from `row`."""

    levels: tuple[tuple[int, ...], ...]

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """Number of reachable cells at every level; the last bounds rank A from above (theory 2.4)."""
        return tuple(sum(row.bit_count() for row in level) for level in self.levels)

    def cells(self, level: int) -> list[tuple[int, int]]:
        """The reachable cells (row, col) of a level in row-major order."""
        return [(row, col) for row, bits in enumerate(self.levels[level]) for col in set_bits(bits)]


def set_bits(bits: int) -> list[int]:
    """Positions of the ones of a nonnegative integer, increasing.  Linear in its length."""
    data = np.frombuffer(bits.to_bytes((bits.bit_length() + 7) // 8, "little"), dtype=np.uint8)
    return [int(position) for position in np.flatnonzero(np.unpackbits(data, bitorder="little"))]


def layer_rows(chain: Chain, k: int) -> list[int]:
    """The union of the supports of M_k(e_j) over j: for each row a bitset of columns."""
    rows = [0] * chain.sizes[k]
    for matrix in chain.layers[k]:
        for row, col in matrix:
            rows[row] |= 1 << col
    return rows


def reachable(chain: Chain) -> Reach:
    """Boolean prefix products of a chain.  Cost: sum over k of m_1 m_k words-wide unions."""
    current = layer_rows(chain, 0)
    levels = [tuple(current)]
    for k in range(1, chain.depth):
        rows = layer_rows(chain, k)
        step = []
        for bits in current:
            union = 0
            for middle in set_bits(bits):
                union |= rows[middle]
            step.append(union)
        current = step
        levels.append(tuple(current))
    return Reach(tuple(levels))
