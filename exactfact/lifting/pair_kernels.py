"""Pairs from kernels of small dimension: of the whole lifted map, or of two of its layers (theory 1.4, 4.1).

A member of rank at most 2 of the kernel is P(h) - P(g) up to factors; `linear_pair` makes the last layer small.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, rank_mod_p, residue

from .chain import Chain, SparseMatrix, multiply_sparse
from .kernel_members import Space, members
from .linear_pair import column_kernel
from .pair_proposals import Point, Proposal, Search, inside, put
from .small_vectors import direction
from .two_layers import Bilinear

WINDOW_PRODUCTS = 200
WINDOW_DIMENSION = 12
KERNEL_DIMENSIONS = range(2, 7)
COLUMN_LIMIT = 300
ENTRY_LIMIT = 200_000


def in_window_kernel(search: Search, base: Point, found: Bilinear, nullity: int) -> Iterator[Proposal]:
    """Proposals from matrices of rank at most 2 in the relations among the products of two layers.

    `nullity`: how many relations there are modulo a prime.
    """
    sizes = len(found.columns), len(found.columns[0])
    if nullity > WINDOW_DIMENSION or sizes[0] * sizes[1] > WINDOW_PRODUCTS:
        return
    kernel = column_kernel([matrix for row in found.columns for matrix in row], search.chain.field, search.seed)
    if not 0 < len(kernel) <= WINDOW_DIMENSION:
        return
    space = Space(sizes, tuple(kernel), search.chain.field)
    for a, b in members(space, search.residues.p, search.seed):
        points = []
        for factors in (a, b):
            point = base
            for k, vector in zip((found.first, found.last), factors, strict=True):
                point = put(point, k, _whole(vector, search.p))
            points.append(point)
        yield from _proposals(search, points[0], points[1], (found.first, found.last))


def in_kernel(search: Search) -> Iterator[Proposal]:
    """Proposals from tensors of rank at most 2 in Ker A, where the columns of A can be listed.

    Kernels of dimension 1 are decided elsewhere.
    """
    chain = search.chain
    columns = all_columns(chain)
    if columns is None:
        return
    search.tick("members of rank 2 of a small kernel")
    if len(columns) - _rank(columns, search.residues.p) not in KERNEL_DIMENSIONS:
        return
    kernel = column_kernel(columns, chain.field, search.seed)
    space = Space(chain.parameters, tuple(kernel), chain.field)
    for a, b in members(space, search.residues.p, search.seed):
        h, g = (tuple(_whole(vector, search.p) for vector in factors) for factors in (a, b))
        yield from _proposals(search, h, g, range(chain.depth))


def _rank(columns: Sequence[SparseMatrix], p: int) -> int:
    places: dict[tuple[int, int], int] = {}
    for matrix in columns:
        for cell in matrix:
            places.setdefault(cell, len(places))
    table = np.zeros((len(columns), max(1, len(places))), dtype=dtype_for(p))
    for row, matrix in enumerate(columns):
        for cell, value in matrix.items():
            table[row, places[cell]] = residue(value, p)
    return rank_mod_p(table, p)


def all_columns(chain: Chain) -> list[SparseMatrix] | None:
    """A_i for all multi-indices in lexicographic order, or None when they are too many."""
    if chain.lifted_dimension > COLUMN_LIMIT:
        return None
    prefixes: list[SparseMatrix] = list(chain.layers[0])
    for layer in chain.layers[1:]:
        if sum(map(len, prefixes)) * len(layer) > ENTRY_LIMIT:
            return None
        prefixes = [multiply_sparse(x, m, chain.field) for x, m in itertools.product(prefixes, layer)]
    return prefixes


def _proposals(search: Search, h: Point, g: Point, moved: Sequence[int]) -> Iterator[Proposal]:
    """Solve for one of the moved layers, such that h and g differ in another; the points lie in the supports there."""
    for k in moved:
        others = [j for j in range(search.chain.depth) if j != k]
        fitting = all(inside(x[j], search.supports[j]) for x in (h, g) for j in others)
        if fitting and (h == g or any(h[j] != g[j] for j in others)):
            yield from (Proposal(k, h, g, supports) for supports in search.free(k))
            return


def _whole(vector: Sequence[Any], p: int) -> tuple[int, ...]:
    """The integer vector that stands for the multiples of a nonzero vector."""
    scale = 1 if p else math.lcm(*(int(v.denominator) for v in vector))
    return direction([int(v * scale) for v in vector], p)
