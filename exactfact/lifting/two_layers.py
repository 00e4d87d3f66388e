"""Two layers of a chain with the others held at a point: a bilinear map, and where it is likely to fail (theory 5.2a).

Tables of the products modulo p tell which vectors a, b of one layer leave [phi(a, .) | phi(b, .)] without full column
rank; what they suggest is solved exactly elsewhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, multiply, nullspace_mod_p, pivot_rows, rank_mod_p, residue

from .chain import Chain, SparseMatrix, combine, multiply_sparse

SPARE = 10
CONFINED = 8
ROWS = 300
Array = Any
Point = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Bilinear:
    """Layers first < last of a chain, the others fixed: `columns[i][j]` = phi(e_i, e_j), exactly."""

    first: int
    last: int
    columns: tuple[tuple[SparseMatrix, ...], ...]

    def table(self, p: int, seed: int) -> Array:
        """All columns mod p, an array (S_first, S_last, rows): the cells met, or random combinations when many.

        Its rank is that of the columns, up to an unlucky combination.
        """
        cells = sorted({cell for row in self.columns for matrix in row for cell in matrix})
        places = {cell: place for place, cell in enumerate(cells)}
        shape = (len(self.columns), len(self.columns[0]), len(cells))
        table = np.zeros(shape, dtype=dtype_for(p))
        for i, row in enumerate(self.columns):
            for j, matrix in enumerate(row):
                for cell, value in matrix.items():
                    table[i, j, places[cell]] = residue(value, p)
        return combined(table, 2 * shape[0] * shape[1] + SPARE, p, seed)


def bilinear(chain: Chain, base: Point, first: int, last: int) -> Bilinear:
    """The products with layers first < last at unit vectors and the others as in `base`.

    Cost: S_first S_last sparse products.
    """
    field = chain.field

    def through(start: int, stop: int) -> SparseMatrix:
        product: SparseMatrix = {(i, i): 1 for i in range(chain.sizes[start])}
        for k in range(start, stop):
            product = multiply_sparse(product, combine(chain.layers[k], base[k], field), field)
        return product

    before, between, after = through(0, first), through(first + 1, last), through(last + 1, chain.depth)
    left = [multiply_sparse(multiply_sparse(before, m, field), between, field) for m in chain.layers[first]]
    right = [multiply_sparse(m, after, field) for m in chain.layers[last]]
    return Bilinear(first, last, tuple(tuple(multiply_sparse(a, b, field) for b in right) for a in left))


def combined(table: Array, rows: int, p: int, seed: int) -> Array:
    """Random combinations of the rows of a table, when it has more of them."""
    if table.shape[2] <= rows:
        return table
    rng = np.random.default_rng(seed)
    mixed = rng.integers(0, min(p, 2**62), (table.shape[2], rows)).astype(dtype_for(p)) % p
    return multiply(table.reshape(-1, table.shape[2]), mixed, p).reshape(*table.shape[:2], rows)


def blocks(table: Array, vectors: Sequence[Sequence[int]], p: int) -> Array:
    """phi(a, .) for every a: (vectors, S_last, rows)."""
    weights = np.array([list(v) for v in vectors], dtype=dtype_for(p)).reshape(len(vectors), len(table)) % p
    flat = multiply(weights, table.reshape(len(table), -1), p)
    return flat.reshape(len(vectors), *table.shape[1:])


def narrow(left: Array, right: Array, p: int, seed: int) -> bool:
    """Whether the rows of two blocks together (random combinations of their entries, mod p) are dependent."""
    stacked = np.concatenate([left, right])
    if stacked.shape[1] > len(stacked) + SPARE:
        rng = np.random.default_rng(seed)
        mixed = rng.integers(0, min(p, 2**62), (stacked.shape[1], len(stacked) + SPARE)).astype(dtype_for(p)) % p
        stacked = multiply(stacked, mixed, p)
    return rank_mod_p(stacked, p) < len(stacked)


def confined_vectors(table: Array, p: int) -> Iterator[list[list[int]]]:
    """Planes of vectors a of the first layer that many rows of the table never show, as bases of residues mod p.

    A row sees a through a matrix; the rows of least rank are imposed to vanish, one after the other from different
    starts, as long as a plane is left.
    """
    size, _, count = table.shape
    if size < 3:
        return
    ranks = [rank_mod_p(table[:, :, row], p) for row in range(min(count, ROWS))]
    order = sorted((row for row, rank in enumerate(ranks) if 0 < rank <= size - 2), key=lambda row: (ranks[row], row))
    seen = set()
    for start in range(min(CONFINED, len(order))):
        plane = _plane(table, [*order[start:], *order[:start]], p)
        key = tuple(map(tuple, plane))
        if len(plane) >= 2 and key not in seen:
            seen.add(key)
            yield plane


def _plane(table: Array, order: Sequence[int], p: int) -> list[list[int]]:
    """A basis of the vectors that the first rows of the order do not show, at least two of them."""
    size = len(table)
    imposed = np.zeros((0, size), dtype=table.dtype)
    for row in order[: 4 * size]:
        together = np.concatenate([imposed, table[:, :, row].T])
        independent = pivot_rows(together, p)
        if len(independent) <= size - 2:
            imposed = together[independent]
    _, kernel = nullspace_mod_p(imposed, p)
    return [[1 if j == free else int(entries.get(j, 0)) for j in range(size)] for free, entries in kernel]


def pairs_of(count: int) -> Iterator[tuple[int, int]]:
    """Unordered pairs, those with small numbers first."""
    return iter(sorted(itertools.combinations(range(count), 2), key=lambda pair: (pair[0] + pair[1], pair)))
