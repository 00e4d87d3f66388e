"""Layers that commute with the shifts of a finite abelian group: circulants, of any dimension.

When all interfaces are indexed by one group Z/n_1 x ... x Z/n_d (row-major) and every M_k(e_j) is invariant under
shifting rows and columns together, every product is determined by its first row.  Then rank A is the rank of the
chain whose first layer is cut to its first row, with n_1...n_d times fewer cells.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from exactfact.model import Architecture
from exactfact.model.structured import Circulant

from .chain import Chain, SparseMatrix


def cyclic_group(architecture: Architecture, chain: Chain) -> tuple[int, ...] | None:
    """The group [n_1, ..., n_d] under whose shifts all layers are invariant, or None.

    Candidates: the groups of the circulant layers, then one cycle.  Cost: d passes over the entries.
    """
    size = chain.widths[0]
    if any(width != size for width in chain.widths) or any(count != size for count in chain.sizes) or size == 1:
        return None
    named = [tuple(layer.operator.size) for layer in architecture.layers if isinstance(layer.operator, Circulant)]
    for group in dict.fromkeys([*named, (size,)]):
        if math.prod(group) == size and _invariant(chain, group):
            return group
    return None


def _invariant(chain: Chain, group: Sequence[int]) -> bool:
    return all(
        _shifted_onto_itself(matrix, moved)
        for moved in shifts(group)
        for matrix in itertools.chain.from_iterable(chain.layers)
    )


def _shifted_onto_itself(matrix: SparseMatrix, moved: Sequence[int]) -> bool:
    return all(matrix.get((moved[row], moved[col])) == value for (row, col), value in matrix.items())


def shifts(group: Sequence[int]) -> list[list[int]]:
    """For each coordinate, the permutation of the indices (row-major) that adds 1 to it."""
    size, step, result = math.prod(group), 1, []
    for n in reversed(group):
        last = (n - 1) * step
        result.append([r + step if r // step % n < n - 1 else r - last for r in range(size)])
        step *= n
    return result


def first_row(chain: Chain) -> Chain:
    """The chain whose first layer is cut to row 0, every interface kept."""
    cut = tuple({cell: value for cell, value in matrix.items() if cell[0] == 0} for matrix in chain.layers[0])
    return Chain(chain.field, (1, *chain.widths[1:]), ((0,), *chain.labels[1:]), (cut, *chain.layers[1:]))
