"""Products X M(e_j) for many matrices X at once, by moving columns along the sparse entries of M(e_j)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .chain import SparseMatrix
from .residues import LayerResidues

Array = Any


@dataclass(frozen=True)
class Moves:
    """One layer: for each parameter the entries (rows, cols, values) of M(e_j); products have `width` columns.

    `p`: products are reduced modulo it, 0 for exact integers.
    """

    width: int
    entries: tuple[tuple[Array, Array, Array], ...]
    p: int = 0

    @property
    def size(self) -> int:
        """S_k, the number of parameters of the layer."""
        return len(self.entries)

    def apply(self, basis: Array, j: int) -> Array:
        """X M(e_j) for a stack of matrices X.  Cost: one column of the stack for every entry of M(e_j)."""
        rows, cols, values = self.entries[j]
        product = np.zeros((*basis.shape[:2], self.width), dtype=basis.dtype)
        for row, col, value in zip(rows.tolist(), cols.tolist(), values.tolist(), strict=True):
            product[:, :, col] += value * basis[:, :, row]
        return product % self.p if self.p else product

    def pairs(self, basis: Array, pairs: Sequence[tuple[int, int]]) -> Array:
        """X_b M(e_j) for a list of (b, j), in its order."""
        numbers = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        products = np.zeros((len(numbers), basis.shape[1], self.width), dtype=basis.dtype)
        for j in np.unique(numbers[:, 1]):
            wanted = np.flatnonzero(numbers[:, 1] == j)
            products[wanted] = self.apply(basis[numbers[wanted, 0]], int(j))
        return products

    def growth(self) -> int:
        """The largest sum of absolute values in a column of one M(e_j): how much entries can grow."""
        best = 1
        for _, cols, values in self.entries:
            sums: dict[int, int] = {}
            for col, value in zip(cols.tolist(), values.tolist(), strict=True):
                sums[col] = sums.get(col, 0) + abs(int(value))
            best = max(best, *sums.values()) if sums else best
        return best


def moves_mod_p(layer: LayerResidues, p: int) -> Moves:
    """The moves of a layer given mod p: products are residues, as int64 or objects like the layer's values."""
    order = np.argsort(layer.params, kind="stable")
    bounds = np.searchsorted(layer.params[order], np.arange(layer.size + 1))
    parts = [order[bounds[j] : bounds[j + 1]] for j in range(layer.size)]
    entries = tuple((layer.rows[part], layer.cols[part], layer.values[part]) for part in parts)
    return Moves(layer.shape[1], entries, p)


def exact_moves(matrices: Sequence[SparseMatrix], width: int) -> Moves:
    """The moves of a layer of integer matrices with `width` columns: products are exact, of Python integers."""
    entries = []
    for matrix in matrices:
        cells = np.array(list(matrix), dtype=np.int64).reshape(-1, 2)
        values = np.array([int(value) for value in matrix.values()], dtype=object)
        entries.append((cells[:, 0], cells[:, 1], values))
    return Moves(width, tuple(entries))
