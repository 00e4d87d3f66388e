"""All columns of A, exactly, when they are few, and the kernel of A when it is one-dimensional."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np

from exactfact.algebra.modular import nullspace_mod_p, pivot_rows
from exactfact.algebra.rational import rational_kernel

from .chain import Chain, SparseMatrix, combine, multiply_sparse
from .columns import column_rows
from .residues import reduce_chain
from .spans import Cells, dense_kernel

Array = Any
Index = tuple[int, ...]


def exact_columns(chain: Chain) -> list[SparseMatrix]:
    """Every A_i, multi-indices in lexicographic order.  Cost: the products of all prefixes."""
    prefixes = list(chain.layers[0])
    for layer in chain.layers[1:]:
        prefixes = [multiply_sparse(x, matrix, chain.field) for x in prefixes for matrix in layer]
    return prefixes


def all_indices(chain: Chain) -> list[Index]:
    """All multi-indices, in the order of `exact_columns`."""
    return list(product(*(range(size) for size in chain.parameters)))


def table(chain: Chain, cells: Cells, p: int) -> Array:
    """A mod p, one row for each column of A, restricted to the cells that products reach."""
    return column_rows(reduce_chain(chain, p), cells)


def kernel_modulo(rows: Array, p: int) -> Array:
    """A basis of Ker A mod p from `table`, one vector of residues a row."""
    _, vectors = nullspace_mod_p(np.ascontiguousarray(rows.T), p)
    return np.ascontiguousarray(dense_kernel(vectors, len(rows), rows.dtype).T)


def kernel_line(chain: Chain, cells: Cells, rows: Array, p: int, seed: int, primes: int) -> dict[Index, int] | None:
    """T with Ker A = F T, as {multi-index: entry}, when rank A = N - 1; None otherwise, or when T was not found.

    `rows`: `table` mod p, over GF(p) with its own p.  Over QQ, N - 1 cells that are independent mod p give T, with at
    most `primes` primes, and A T = 0 is verified exactly on all cells.
    """
    indices = all_indices(chain)
    if chain.field.characteristic:
        basis = kernel_modulo(rows, p)
        return {i: int(v) for i, v in zip(indices, basis[0], strict=True) if v} if len(basis) == 1 else None
    kept = pivot_rows(np.ascontiguousarray(rows.T), p)
    if len(kept) != len(indices) - 1:
        return None
    columns = exact_columns(chain.integral())
    chosen = [(int(cells[0][c]), int(cells[1][c])) for c in kept]
    minor = [[int(column.get(cell, 0)) for column in columns] for cell in chosen]
    kernel = rational_kernel(minor, len(indices), seed, primes)
    if kernel is None or len(kernel.vectors) != 1:
        return None
    vector = kernel.vectors[0]
    common = math.gcd(*vector.values())
    found = {position: value // common for position, value in sorted(vector.items())}
    if any(combine([columns[i] for i in found], found.values(), chain.field)):
        return None
    return {indices[position]: value for position, value in found.items()}
