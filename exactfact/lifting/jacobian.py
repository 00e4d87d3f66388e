"""The Jacobian of phi modulo p (theory 6): column (k, j) is M_1(h_1)...M_k(e_j)...M_K(h_K).

Its rank at one point mod p bounds the generic rank over QQ from below.  The matrix is met through rank-one
functionals x^T (.) y, all of them when the product is small and a few more than the parameters otherwise.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, multiply, rank_mod_p

from .residues import LayerResidues, Residues

SPARE = 8
TERM_LIMIT = 4_000_000
Array = Any


def jacobian_rank(residues: Residues, h: list[Array], seed: int) -> int:
    """The rank of J_h mod p, or of a random compression of it: never more than the true rank mod p."""
    matrix = jacobian_matrix(residues, h, seed)
    return rank_mod_p(matrix, residues.p)


def jacobian_matrix(residues: Residues, h: list[Array], seed: int) -> Array:
    """Rows: functionals of the product (all cells, or T random rank-one ones).  Columns: parameters in layer order.

    T = parameters + SPARE.  Cost: two half-products per layer and one pass over the entries for every functional.
    """
    p = residues.p
    height, width = residues.layers[0].shape[0], residues.layers[-1].shape[1]
    total = sum(layer.size for layer in residues.layers)
    if height * width <= total + SPARE:
        left = np.repeat(np.eye(height, dtype=dtype_for(p)), width, axis=0)
        right = np.tile(np.eye(width, dtype=dtype_for(p)), (1, height))
    else:
        rng = np.random.default_rng(seed)
        left = rng.integers(0, min(p, 2**62), (total + SPARE, height)).astype(dtype_for(p))
        right = rng.integers(0, min(p, 2**62), (width, total + SPARE)).astype(dtype_for(p))
    return _compressed(residues, h, left, right)


def jacobian_at(residues: Residues, h: list[Array], cells: tuple[Array, Array]) -> Array:
    """The rows of J_h at the given cells (rows, cols) of the product, exactly."""
    height, width = residues.layers[0].shape[0], residues.layers[-1].shape[1]
    left = np.eye(height, dtype=dtype_for(residues.p))[cells[0]]
    right = np.eye(width, dtype=dtype_for(residues.p))[:, cells[1]]
    return _compressed(residues, h, left, right)


def _compressed(residues: Residues, h: list[Array], left: Array, right: Array) -> Array:
    p = residues.p
    matrices = [layer.at(vector, p) for layer, vector in zip(residues.layers, h, strict=True)]
    suffixes = [right]
    for matrix in reversed(matrices[1:]):
        suffixes.append(multiply(matrix, suffixes[-1], p))
    suffixes.reverse()
    blocks = []
    prefix = left
    for layer, matrix, suffix in zip(residues.layers, matrices, suffixes, strict=True):
        blocks.append(_block(layer, prefix, suffix, p))
        prefix = multiply(prefix, matrix, p)
    return np.concatenate(blocks, axis=1)


def _block(layer: LayerResidues, prefix: Array, suffix: Array, p: int) -> Array:
    """x^T prefix M(e_j) suffix y for every functional and parameter, by passes over a bounded number of entries."""
    block = np.zeros((layer.size, len(prefix)), dtype=dtype_for(p))
    step = max(1, TERM_LIMIT // max(1, len(prefix)))
    for start in range(0, len(layer.rows), step):
        part = slice(start, start + step)
        terms = prefix[:, layer.rows[part]] * layer.values[part] % p * suffix[layer.cols[part]].T % p
        np.add.at(block, layer.params[part], terms.T)
    return block.T % p
