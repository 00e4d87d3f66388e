"""Linear vector fields h -> (D_1 h_1, ..., D_K h_K) along which phi does not change (theory 6.3).

A field is telescoping when matrices Z_k at the inner interfaces prove it: M_k(D_k x) = M_k(x) Z_k - Z_{k-1} M_k(x) with
Z_0 = Z_K = 0, on the entries of the layers that lie on complete paths.  The K - 1 scalings are always among them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, pivot_rows

from .chain import Chain, SparseMatrix

Array = Any
Layers = tuple[tuple[SparseMatrix, ...], ...]


@dataclass(frozen=True)
class LinearField:
    """Integer matrices: `maps[k]` is D_k (S_k x S_k); `joints[k]` is Z_k at interface k (0..K, compact indices).

    `joints` is None for a field that no telescoping matrices prove.
    """

    maps: tuple[SparseMatrix, ...]
    joints: tuple[SparseMatrix, ...] | None = None

    @property
    def entries(self) -> int:
        """How many numbers write the field down."""
        return sum(map(len, self.maps)) + sum(map(len, self.joints or ()))


def integral(maps: Sequence[SparseMatrix], joints: Sequence[SparseMatrix] | None = None) -> LinearField:
    """The field times the common denominator of its entries, divided by their common divisor."""
    together = [*maps, *(joints or ())]
    scale = math.lcm(*(int(v.denominator) for matrix in together for v in matrix.values()))
    common = math.gcd(*(int(v * scale) for matrix in together for v in matrix.values())) or 1

    def scaled(matrices: Sequence[SparseMatrix]) -> tuple[SparseMatrix, ...]:
        return tuple({cell: int(v * scale) // common for cell, v in matrix.items()} for matrix in matrices)

    return LinearField(scaled(maps), None if joints is None else scaled(joints))


def live_layers(chain: Chain) -> Layers:
    """The layers without the entries that lie on no complete path of nonzero entries: phi is the same."""
    seen = {c for matrix in chain.layers[-1] for _, c in matrix}
    kept: list[tuple[SparseMatrix, ...]] = []
    for layer in reversed(chain.layers):
        kept.append(tuple({cell: v for cell, v in matrix.items() if cell[1] in seen} for matrix in layer))
        seen = {r for matrix in kept[-1] for r, _ in matrix}
    return tuple(reversed(kept))


def independent(fields: Sequence[LinearField], h: Sequence[Array], p: int) -> list[LinearField]:
    """The fields whose values at h mod p are independent of the scalings and of the fields before them.

    Cost: one elimination mod p of (fields + K - 1) x sum S_k.
    """
    rows = np.concatenate([scaling_values(h, p), *(_value(field, h, p)[None] for field in fields)])
    scalings = len(h) - 1
    return [fields[i - scalings] for i in pivot_rows(rows, p) if i >= scalings]


def scaling_values(h: Sequence[Array], p: int) -> Array:
    """(h_k, -h_{k+1}) for each pair of neighbours: the K - 1 scalings at h, one row each."""
    starts = np.cumsum([0, *map(len, h)])
    rows = np.zeros((len(h) - 1, starts[-1]), dtype=dtype_for(p))
    for k in range(len(h) - 1):
        rows[k, starts[k] : starts[k + 1]] = h[k]
        rows[k, starts[k + 1] : starts[k + 2]] = -h[k + 1] % p
    return rows


def _value(field: LinearField, h: Sequence[Array], p: int) -> Array:
    parts = []
    for matrix, vector in zip(field.maps, h, strict=True):
        part = [0] * len(vector)
        for (row, col), value in matrix.items():
            part[row] = (part[row] + int(value) * int(vector[col])) % p
        parts.append(np.array(part, dtype=dtype_for(p)))
    return np.concatenate(parts)


def blocks(fields: Iterable[LinearField], sizes: Sequence[int]) -> list[list[list[int]]]:
    """For each layer the classes of parameters whose ratio no field moves (theory 6.5).

    xi(h_i / h_j) = 0 identically iff rows i and j of every D_k are zero off the diagonal and D_ii = D_jj.
    """
    marks: list[list[dict[int, int]]] = [[{} for _ in range(size)] for size in sizes]
    moved: list[set[int]] = [set() for _ in sizes]
    for number, field in enumerate(fields):
        for k, matrix in enumerate(field.maps):
            for (row, col), value in matrix.items():
                if row == col:
                    marks[k][row][number] = int(value)
                else:
                    moved[k].add(row)
    result = []
    for k, size in enumerate(sizes):
        classes: dict[object, list[int]] = {}
        for j in range(size):
            key = ("alone", j) if j in moved[k] else tuple(sorted(marks[k][j].items()))
            classes.setdefault(key, []).append(j)
        result.append(list(classes.values()))
    return result
