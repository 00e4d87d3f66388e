"""A chain reduced modulo p: layers as coordinate arrays, M_k(h_k) as a dense residue matrix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, residue

from .chain import Chain
from .points import layer_point

Array = Any


@dataclass(frozen=True)
class LayerResidues:
    """The entries of one layer: M(h)[rows[t], cols[t]] += h[params[t]] * values[t]."""

    shape: tuple[int, int]
    size: int
    rows: Array
    cols: Array
    params: Array
    values: Array

    def at(self, h: Array, p: int) -> Array:
        """M(h) mod p as a dense matrix."""
        return self.at_all(h[None], p)[0]

    def at_all(self, points: Array, p: int) -> Array:
        """M(h) mod p for every row h of `points`: one dense matrix each."""
        positions = self.rows * self.shape[1] + self.cols
        terms = points[:, self.params] * self.values % p
        dense = np.zeros((len(points), self.shape[0] * self.shape[1]), dtype=self.values.dtype)
        if self.apart:
            dense[:, positions] = terms
        else:
            np.add.at(dense.T, positions, terms.T)
            dense %= p
        return dense.reshape(len(points), *self.shape)

    @cached_property
    def apart(self) -> bool:
        """Whether no two entries share a cell."""
        return len(np.unique(self.rows * self.shape[1] + self.cols)) == len(self.rows)

    def unit(self, j: int, p: int) -> Array:
        """M(e_j) mod p as a dense matrix."""
        h = np.zeros(self.size, dtype=self.values.dtype)
        h[j] = 1
        return self.at(h, p)


@dataclass(frozen=True)
class Residues:
    """A chain over GF(p)."""

    p: int
    layers: tuple[LayerResidues, ...]

    def point(self, seed: int, t: int) -> list[Array]:
        """The derived point x(t, ., .) of docs/certificate.md, section 2."""
        return [self.layer_points(seed, range(t, t + 1), k)[0] for k in range(len(self.layers))]

    def layer_points(self, seed: int, numbers: range, k: int) -> Array:
        """Layer k of the derived points with these numbers, one row each."""
        rows = [layer_point(seed, t, k, self.layers[k].size, self.p) for t in numbers]
        return np.stack(rows).astype(dtype_for(self.p))


def reduce_chain(chain: Chain, p: int) -> Residues:
    """The chain modulo p.  ValueError when some entry has a denominator divisible by p."""
    layers = []
    for k, layer in enumerate(chain.layers):
        entries = [(r, c, j, residue(value, p)) for j, matrix in enumerate(layer) for (r, c), value in matrix.items()]
        rows, cols, params, values = zip(*entries, strict=True) if entries else ((), (), (), ())
        layers.append(
            LayerResidues(
                (chain.sizes[k], chain.sizes[k + 1]),
                len(layer),
                np.array(rows, dtype=np.int64),
                np.array(cols, dtype=np.int64),
                np.array(params, dtype=np.int64),
                np.array(values, dtype=dtype_for(p)),
            )
        )
    return Residues(p, tuple(layers))
