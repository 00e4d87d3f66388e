"""The tangent test (theory 7.7): forms on parameter tensors that a whole generic fibre satisfies, mod p.

Functionals L that kill the image of the Jacobian at h give multilinear forms B = L o A.  Wherever g has the same
product as a generic h, all B(g_1, ..., e_i in layer k, ..., g_K) vanish.  When these are all linear conditions but one
on the tensors of the other layers, g agrees with h up to scalars.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactfact.algebra.modular import column_relations, dtype_for, multiply

from .jacobian import jacobian_at
from .points import layer_point
from .residues import Residues

# docs/certificate.md, section 14: the derived points from here on are values of annihilators.
FIRST = 1_000_000
Array = Any


@dataclass(frozen=True)
class Annihilators:
    """Functionals that kill im J_h mod p, over `cells` (rows, cols): any number of them, each fixed by its number."""

    p: int
    cells: tuple[Array, Array]
    pivots: tuple[int, ...]
    free: tuple[int, ...]
    weights: Array

    @property
    def rank(self) -> int:
        """The rank of J_h mod p: the number of cells that the functionals do not choose freely."""
        return len(self.pivots)

    def numbered(self, number: int) -> Array:
        """Functional `number` as a vector over the cells."""
        chosen = layer_point(0, FIRST + number, 0, len(self.free), self.p).astype(dtype_for(self.p))
        values = np.zeros(len(self.pivots) + len(self.free), dtype=dtype_for(self.p))
        values[list(self.free)] = chosen
        values[list(self.pivots)] = -multiply(chosen[None], self.weights % self.p, self.p)[0] % self.p
        return values


def annihilators(residues: Residues, h: list[Array], cells: tuple[Array, Array]) -> Annihilators:
    """The annihilators of im J_h, over those of the given cells (in row-major order) that the Jacobian meets.

    Cost: the Jacobian at these cells and one elimination of sum S_k rows.
    """
    jacobian = jacobian_at(residues, h, cells)
    met = np.flatnonzero(jacobian.any(axis=1))
    pivots, free, weights = column_relations(np.ascontiguousarray(jacobian[met].T), residues.p)
    return Annihilators(residues.p, (cells[0][met], cells[1][met]), tuple(pivots), tuple(free), weights)


def form(residues: Residues, cells: tuple[Array, Array], functional: Array, fixed: dict[int, Array]) -> Array:
    """The coefficients of L o A, one axis a layer; layers in `fixed` are evaluated there and have an axis of length 1.

    Cost: S_1...S_k matrix products at layer k, the last of them one product of matrices.
    """
    p = residues.p
    height, width = residues.layers[0].shape[0], residues.layers[-1].shape[1]
    state = np.zeros((1, height, width), dtype=dtype_for(p))
    state[0, cells[0], cells[1]] = functional
    sizes = []
    for k, layer in enumerate(residues.layers):
        points = fixed[k][None] if k in fixed else np.eye(layer.size, dtype=dtype_for(p))
        sizes.append(len(points))
        matrices = layer.at_all(points, p)
        if k == len(residues.layers) - 1:
            flat = matrices.reshape(len(points), -1).T
            return multiply(state.reshape(len(state), -1), flat, p).reshape(sizes)
        # All M(e_j)^T stacked, times all states side by side.
        stacked = matrices.transpose(0, 2, 1).reshape(-1, layer.shape[0])
        beside = state.transpose(1, 0, 2).reshape(layer.shape[0], -1)
        product = multiply(stacked, beside, p).reshape(len(points), layer.shape[1], len(state), width)
        state = np.ascontiguousarray(product.transpose(2, 0, 1, 3)).reshape(-1, layer.shape[1], width)
    raise AssertionError("a chain has a layer")


def form_cost(sizes: Sequence[int], widths: Sequence[int]) -> tuple[int, int]:
    """(multiplications, stored numbers) of one form of layers with these parameters and interfaces."""
    work = stored = states = 1
    for k, size in enumerate(sizes):
        stored = max(stored, size * widths[k] * widths[k + 1], states * widths[k] * widths[-1])
        work += states * size * widths[k] * widths[k + 1] * (1 if k == len(sizes) - 1 else widths[-1])
        states *= size
    return work, max(stored, states)


def layer_rows(coefficients: Array, k: int) -> Array:
    """T_k for one form: row i is the form with e_i in layer k."""
    return np.moveaxis(coefficients, k, 0).reshape(coefficients.shape[k], -1)


def all_rows(coefficients: Array) -> Array:
    """The rows of T_k for all k, times every e_j in layer k, as forms on all tensors."""
    rows = []
    for k, size in enumerate(coefficients.shape):
        slices = np.moveaxis(coefficients, k, 0)
        for i in range(size):
            for j in range(size):
                row = np.zeros_like(slices)
                row[j] = slices[i]
                rows.append(np.moveaxis(row, 0, k).ravel())
    return np.stack(rows)


def vanishing_rows(columns: Array, value: Array, p: int) -> Array:
    """Forms mu o A for functionals mu that kill phi(h) != 0; `columns` lists every A_i, `value` is phi(h)."""
    pivot = int(np.flatnonzero(value)[0])
    rest = np.delete(np.arange(len(value)), pivot)
    forms = columns.T
    scaled = forms[rest] * value[pivot] % p
    return (scaled - value[rest][:, None] * forms[pivot][None] % p) % p


def others(sizes: Sequence[int], k: int) -> int:
    """N / S_k, the number of multi-indices of the other layers."""
    return math.prod(sizes) // sizes[k]
