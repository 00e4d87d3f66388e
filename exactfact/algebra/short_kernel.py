"""Kernels whose vectors are small: over QQ a lattice basis reduced by LLL, over GF(p) the reduced echelon basis."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from flint import fmpz_mat

from exactfact.model import Field

from .modular import dtype_for, nullspace_mod_p
from .rational import rational_kernel

REDUCED_DIMENSION = 60
REDUCED_WORK = 20_000_000
Vector = tuple[int, ...]


def short_kernel(rows: Iterable[Mapping[int, Any]], width: int, field: Field, seed: int = 0) -> list[Vector]:
    """Integer vectors that span {x : row . x = 0 for all rows}, over QQ primitive and short, over GF(p) residues.

    Rows are sparse {position: number}.  Cost: one exact kernel and, where it is small, one LLL
    reduction.  Empty also in the rare case that the entries over QQ are too long for `rational_kernel`.
    """
    p = field.characteristic
    if p:
        return _modular(rows, width, p)
    distinct = sorted({tuple(sorted(_primitive(row).items())) for row in rows})
    matrix = np.zeros((len(distinct), width), dtype=object)
    for i, row in enumerate(distinct):
        for j, value in row:
            matrix[i, j] = value
    if not distinct:
        return [tuple(int(i == j) for j in range(width)) for i in range(width)]
    found = rational_kernel(matrix, width, seed)
    if found is None or not found.vectors:
        return []
    return short_basis([[vector.get(j, 0) for j in range(width)] for vector in found.vectors])


def short_basis(vectors: Sequence[Sequence[int]]) -> list[Vector]:
    """Primitive vectors with the same rational span, reduced by LLL when they are few, the shortest first."""
    reduced = [list(map(int, vector)) for vector in vectors]
    bits = max((abs(v).bit_length() for vector in reduced for v in vector), default=0)
    if 1 < len(reduced) <= REDUCED_DIMENSION and len(reduced) ** 2 * len(reduced[0]) * bits <= REDUCED_WORK:
        reduced = [[int(v) for v in row] for row in fmpz_mat(reduced).lll().tolist()]
    primitive = [tuple(v // (math.gcd(*vector) or 1) for v in vector) for vector in reduced]
    return sorted(primitive, key=lambda v: (sum(x * x for x in v), v))


def _primitive(row: Mapping[int, Any]) -> dict[int, int]:
    """The row over the integers, without common divisor, the first entry positive."""
    entries = {j: value for j, value in row.items() if value}
    if not entries:
        return {}
    scale = math.lcm(*(int(value.denominator) for value in entries.values()))
    whole = {j: int(value * scale) for j, value in entries.items()}
    common = math.gcd(*whole.values()) * (1 if whole[min(whole)] > 0 else -1)
    return {j: value // common for j, value in whole.items()}


def _modular(rows: Iterable[Mapping[int, Any]], width: int, p: int) -> list[Vector]:
    distinct = sorted({tuple(sorted(row.items())) for row in rows})
    matrix = np.zeros((len(distinct), width), dtype=dtype_for(p))
    for i, row in enumerate(distinct):
        for j, value in row:
            matrix[i, j] = value % p
    if not distinct:
        return [tuple(int(i == j) for j in range(width)) for i in range(width)]
    _, kernel = nullspace_mod_p(matrix, p)
    return [
        tuple(1 if j == free else int(entries.get(j, 0)) for j in range(width)) for free, entries in kernel
    ]
