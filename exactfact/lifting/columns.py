"""All columns of A modulo p, when they are few: the exact rank mod p and a basis of true columns."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, pivot_rows

from .moves import moves_mod_p
from .residues import Residues

Array = Any


def column_rows(residues: Residues, cells: tuple[Array, Array]) -> Array:
    """Every A_i mod p, one row each, multi-indices in lexicographic order, restricted to the reachable cells.

    Cost: the products of all prefixes; N rows of len(cells) entries in memory.
    """
    prefixes = np.eye(residues.layers[0].shape[0], dtype=dtype_for(residues.p))[None]
    for layer in residues.layers:
        moves = moves_mod_p(layer, residues.p)
        steps = [moves.apply(prefixes, j) for j in range(moves.size)]
        prefixes = np.stack(steps, axis=1).reshape(len(prefixes) * moves.size, *steps[0].shape[1:])
    return prefixes[:, cells[0], cells[1]]


def independent_columns(residues: Residues, cells: tuple[Array, Array]) -> list[tuple[int, ...]]:
    """Multi-indices of a basis of im A mod p (greedy, lexicographic)."""
    sizes = [layer.size for layer in residues.layers]
    kept = set(pivot_rows(column_rows(residues, cells), residues.p))
    indices = itertools.product(*(range(size) for size in sizes))
    return [index for number, index in enumerate(indices) if number in kept]
