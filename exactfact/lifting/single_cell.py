"""Layers whose every M_k(e_j) has at most one nonzero entry (untied placements, butterflies).

Then every column of A is zero or one cell, rank A is the number of reachable cells over characteristic 0, and one
multi-index per cell is a triangular proof of it (theory 2.7b with 2.4): no linear algebra at all.
"""

from __future__ import annotations

from .chain import Chain


def is_single_cell(chain: Chain) -> bool:
    """Whether every M_k(e_j) has at most one nonzero entry."""
    return all(len(matrix) <= 1 for layer in chain.layers for matrix in layer)


def reached_cells(chain: Chain) -> dict[tuple[int, int], tuple[int, ...]]:
    """For each reachable cell of the product one multi-index whose column of A is that cell.

    Cost: for each level, the reachable cells times the entries that continue them.
    """
    current: dict[tuple[int, int], tuple[int, ...]] = {}
    for j, matrix in enumerate(chain.layers[0]):
        for cell in matrix:
            current.setdefault(cell, (j,))
    for layer in chain.layers[1:]:
        steps: dict[int, dict[int, int]] = {}
        for j, matrix in enumerate(layer):
            for row, col in matrix:
                steps.setdefault(row, {}).setdefault(col, j)
        following: dict[tuple[int, int], tuple[int, ...]] = {}
        for (row, middle), index in current.items():
            for col, j in steps.get(middle, {}).items():
                following.setdefault((row, col), (*index, j))
        current = following
    return current
