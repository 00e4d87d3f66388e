"""Tables over a box packed into one Python integer: slot x, `width` bits wide, holds the value at code x.

Translation by a group element is two shifts and a mask for each coordinate, addition of tables is addition of
integers (theory 10.3 for whole tables at once): N = 4096 with 160 taps takes a fraction of a millisecond.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from exactfact.model import Network

from .box import Box, Element

PACKED_BYTES = 2 * 10**8
PACKED_BIT_OPERATIONS = 2**37
# A machine word of a packed table costs about a thirtieth of an insertion into a sorted one.
WORDS_PER_INSERTION = 30
WORDS = {8: np.uint8, 16: np.uint16, 32: np.uint32, 64: np.uint64}


class Translator:
    """Translations of packed tables over one box; the masks are kept."""

    def __init__(self, box: Box, width: int = 1) -> None:
        self.box = box
        self.width = width
        self._masks: dict[tuple[int, int], int] = {}

    def move(self, table: int, tap: Element) -> int:
        """The table x -> table(x - tap).  Cost: linear in the bits of the table, for each nonzero coordinate."""
        for axis, shift in enumerate(tap):
            if not shift:
                continue
            unit = self.box.steps[axis] * self.width
            kept = table & self._mask(axis, shift)
            table = (kept << shift * unit) | ((table ^ kept) >> (self.box.dims[axis] - shift) * unit)
        return table

    def _mask(self, axis: int, shift: int) -> int:
        """Ones in the slots whose coordinate does not wrap when `shift` is added."""
        mask = self._masks.get((axis, shift))
        if mask is None:
            unit = self.box.steps[axis] * self.width
            block = self.box.dims[axis] * unit
            mask = (1 << (self.box.dims[axis] - shift) * unit) - 1
            if axis:
                mask *= ((1 << self.box.size * self.width) - 1) // ((1 << block) - 1)
            self._masks[axis, shift] = mask
        return mask


def slot_width(largest: int) -> int:
    """A width that holds `largest`: 8, 16, 32, or a multiple of 64 bits."""
    bits = largest.bit_length()
    return next((w for w in (8, 16, 32) if bits <= w), -(-bits // 64) * 64)


def histogram(table: int, width: int, size: int) -> Counter[int]:
    """How often each nonzero value occurs in a packed table of `size` slots."""
    data = table.to_bytes(size * width // 8, "little")
    if width in WORDS:
        values, counts = np.unique(np.frombuffer(data, dtype=WORDS[width]), return_counts=True)
        found = Counter(dict(zip(values.tolist(), counts.tolist(), strict=True)))
    else:
        step = width // 8
        found = Counter(int.from_bytes(data[i : i + step], "little") for i in range(0, len(data), step))
    del found[0]
    return found


def lowest(table: int) -> int:
    """The code of the first nonzero slot of a bit table that is not empty."""
    return (table & -table).bit_length() - 1


def fits_packed(network: Network, box: Box, width: int, work: int, keep: bool = False) -> bool:
    """Whether packed tables fit in memory and pay off against `work` insertions into sorted ones."""
    bits = box.size * width
    taps = sum(len(edge.support) for edge in network.edges) * len(box.dims)
    nodes = len(network.node_level) if keep else 2 * max(len(edges) for edges in network.level_edges) + 1
    if bits * nodes > 8 * PACKED_BYTES or bits * taps > PACKED_BIT_OPERATIONS:
        return False
    return bits * taps // 64 <= WORDS_PER_INSERTION * work
