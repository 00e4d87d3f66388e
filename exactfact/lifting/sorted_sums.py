"""Sets and multisets of codes as sorted arrays: the form of path sums when the box is too large to be packed.

Codes are int64 below 2^62 and Python integers beyond; the same expressions serve both.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .box import Box, Element

WORD_LIMIT = 2**62
Array = Any


def code_type(largest: int) -> Any:
    """The dtype that holds integers up to `largest`."""
    return np.int64 if largest < WORD_LIMIT else object


def origin(box: Box) -> Array:
    """The set that holds the sum of the empty path, with room for one more addition before the reduction."""
    return np.zeros(1, dtype=code_type(2 * box.size))


def moved(box: Box, codes: Array, tap: Element) -> Array:
    """The codes of x + tap for the given codes of x (not sorted)."""
    out = codes
    for dim, step, shift in zip(box.dims, box.steps, tap, strict=True):
        if shift:
            wraps = codes // step % dim >= dim - shift
            out = out + shift * step - wraps.astype(codes.dtype) * (dim * step)
    return out


def duplicate(codes: Array) -> int | None:
    """A code that occurs twice in a sorted array, or None."""
    where = np.flatnonzero(codes[1:] == codes[:-1])
    return int(codes[where[0]]) if len(where) else None


def contains(codes: Array, code: int) -> bool:
    """Whether a sorted array of codes holds this one.  Cost: one binary search."""
    place = int(np.searchsorted(codes, code))
    return place < len(codes) and int(codes[place]) == code


def merged(codes: Array, counts: Array) -> tuple[Array, Array]:
    """Sorted distinct codes with their counts added up."""
    order = np.argsort(codes, kind="stable")
    codes, counts = codes[order], counts[order]
    starts = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1])))
    return codes[starts], np.add.reduceat(counts, starts)
