"""A quick sufficient test for full rank: modulo one prime, before an exact elimination over QQ is begun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .modular import dtype_for, rank_mod_p, residue

PRIME = 4194301
ENTRY_LIMIT = 20_000_000


def surely_full(rows: Sequence[Mapping[int, Any]], width: int) -> bool:
    """Whether sparse rational rows of that width have full column rank modulo PRIME: then over QQ too.

    False says nothing.  Cost: one dense elimination modulo PRIME; nothing is tried beyond ENTRY_LIMIT entries.
    """
    if len(rows) < width or len(rows) * width > ENTRY_LIMIT:
        return False
    dense = np.zeros((len(rows), width), dtype=dtype_for(PRIME))
    try:
        for number, row in enumerate(rows):
            for place, value in row.items():
                dense[number, place] = residue(value, PRIME)
    except ValueError:
        return False
    return rank_mod_p(dense, PRIME) == width
