"""Independence of rational vectors shown modulo one prime, before an exact elimination over QQ is begun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .modular import dtype_for, pivot_rows, residue

PRIME = 4194301
ENTRY_LIMIT = 20_000_000


def surely_full(rows: Sequence[Mapping[int, Any]], width: int) -> bool:
    """Whether sparse rational rows of that width have full column rank modulo PRIME: then over QQ too.

    False says nothing.  Cost: as for `independent`.
    """
    if len(rows) < width:
        return False
    some = rows[:: max(1, len(rows) // (2 * width))]  # of many rows, evenly spread ones are often enough
    return len(independent(some, width)) == width or (
        len(some) < len(rows) and len(independent(rows, width)) == width
    )


def independent(rows: Sequence[Mapping[int, Any]], width: int) -> list[int]:
    """Numbers of sparse rational rows of that width, as many as are independent modulo PRIME: they are so over QQ too.

    None where a denominator vanishes, or beyond ENTRY_LIMIT entries.  Cost: one dense elimination modulo PRIME.
    """
    if len(rows) * width > ENTRY_LIMIT:
        return []
    table = np.zeros((len(rows), width), dtype=dtype_for(PRIME))
    try:
        for number, row in enumerate(rows):
            for place, value in row.items():
                table[number, place] = residue(value, PRIME)
    except ValueError:
        return []
    return pivot_rows(table, PRIME)
