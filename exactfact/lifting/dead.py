"""Directions of one layer that the product never shows (theory 8.2b): an exact and complete linear test.

x in layer k is dead when w M_k(x) v = 0 for all w in W_k and v in R_k, the spaces that the other layers leave.
"""

from __future__ import annotations

from exactfact.algebra.echelon import Vector, kernel
from exactfact.algebra.full_rank import surely_full
from exactfact.model.numbers import Number

from .chain import Chain
from .outer_spaces import OuterSpaces


def dead_directions(chain: Chain, spaces: OuterSpaces, k: int) -> list[list[Number]]:
    """A basis of the dead directions of layer k, as dense vectors of length S_k.

    Cost: one elimination of at most m_k m_{k+1} rows of length S_k, stopped at full rank by sparsity.
    """
    rows: dict[tuple[int, int], Vector] = {}
    for j, matrix in enumerate(chain.layers[k]):
        for cell, value in spaces.compress(matrix, k, k + 1, chain).items():
            rows.setdefault(cell, {})[j] = value
    size = chain.parameters[k]
    unique = list({tuple(sorted(row.items())): row for row in rows.values()}.values())
    if not chain.field.is_finite and surely_full(unique, size):
        return []
    vectors = kernel(unique, size, chain.field)
    return [[vector.get(j, 0) for j in range(size)] for vector in vectors]
