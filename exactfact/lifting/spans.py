"""Layered spans (theory 3.1): V_{k+1} = sum_j V_k M_{k+1}(e_j), with a basis of true prefix products at each level.

Deterministic: over GF(p) the last dimension is the rank of A mod p.  Cost: at level k, d_k S_{k+1} products and one
elimination of as many vectors; never the number N of columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactfact.algebra.modular import multiply, pivot_rows
from exactfact.model import LimitError

from .residues import LayerResidues, Residues
from .support import Reach

VECTOR_LIMIT = 30_000_000
Array = Any


@dataclass(frozen=True)
class Spans:
    """`levels[k]` lists the basis of level k as (parent in level k - 1, parameter j); parent is 0 at level 0."""

    p: int
    levels: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def rank(self) -> int:
        """dim V_K, the rank of A mod p."""
        return len(self.levels[-1])

    def columns(self) -> list[tuple[int, ...]]:
        """The multi-indices of the last level: a basis of im A mod p made of true columns."""
        indices: list[tuple[int, ...]] = [()]
        for level in self.levels:
            indices = [indices[parent] + (j,) for parent, j in level]
        return indices


def layered_spans(residues: Residues, reach: Reach, check: Callable[[str], None] = lambda text: None) -> Spans:
    """The layered spans of a chain mod p.  LimitError when a level has too many vectors to eliminate.

    `check` is called before every level and may raise to stop.
    """
    levels: list[tuple[tuple[int, int], ...]] = []
    basis: Array = None
    for k, layer in enumerate(residues.layers):
        check(f"spanning level {k + 1} of {len(residues.layers)}")
        cells = cell_arrays(reach, k)
        work = (len(levels[-1]) if levels else 1) * layer.size * residues.layers[0].shape[0] * layer.shape[1]
        if work > VECTOR_LIMIT:
            raise LimitError(f"layered spans, level {k + 1}", f"{work} matrix entries", f"{VECTOR_LIMIT}")
        products = level_products(basis, layer, residues.p)
        kept = pivot_rows(products[:, cells[0], cells[1]], residues.p)
        levels.append(tuple((number // layer.size, number % layer.size) for number in kept))
        basis = products[kept]
    return Spans(residues.p, tuple(levels))


def level_products(basis: Array, layer: LayerResidues, p: int) -> Array:
    """X_b M(e_j) for all basis matrices b and parameters j, in order b * S + j; M(e_j) alone without a basis."""
    if basis is None:
        return np.array([layer.unit(j, p) for j in range(layer.size)])
    flat = basis.reshape(basis.shape[0] * basis.shape[1], basis.shape[2])
    steps = [multiply(flat, layer.unit(j, p), p).reshape(*basis.shape[:2], layer.shape[1]) for j in range(layer.size)]
    return np.stack(steps, axis=1).reshape(len(basis) * layer.size, basis.shape[1], layer.shape[1])


def cell_arrays(reach: Reach, level: int) -> tuple[Array, Array]:
    """Rows and columns of the reachable cells of a level, as index arrays."""
    cells = np.array(reach.cells(level), dtype=np.int64).reshape(-1, 2)
    return cells[:, 0], cells[:, 1]
