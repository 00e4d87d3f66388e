"""Layered spans (theory 3.1): V_{k+1} = sum_j V_k M_{k+1}(e_j), with a basis of true prefix products at each level.

Deterministic: over GF(p) the last dimension is the rank of A mod p.  A basis is chosen among a few random products
first; all other products are then shown to lie in its span, because the kernel of the basis kills them.
Cost at level k: an elimination of about as many rows as cells, and d_k S_{k+1} sparse products, each times the kernel;
nothing at all where the basis fills the reachable cells.  Never the number N of columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, multiply, nullspace_mod_p, pivot_rows
from exactfact.model import LimitError

from .allocation import Allocate, unlimited
from .moves import Moves, moves_mod_p
from .residues import Residues
from .support import Reach

# Numbers in the matrices of one level, and entries of all products of a level.
BASIS_LIMIT = 40_000_000
WORK_LIMIT = 4_000_000_000
SPARE = 32
# The products of a level as integers and as floats, with their kernel, while they are eliminated.
ENTRY_BYTES = 96
MIXTURES = 8

Array = Any
Cells = tuple[Array, Array]
Tick = Callable[[str], None]


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


def layered_spans(
    residues: Residues, reach: Reach, check: Tick = lambda text: None, allocate: Allocate = unlimited
) -> Spans:
    """The layered spans of a chain mod p.  LimitError when a level has too many vectors.

    `check` is called often and may raise to stop; `allocate` is asked before each level.
    """
    p = residues.p
    levels: list[tuple[tuple[int, int], ...]] = []
    basis = np.eye(residues.layers[0].shape[0], dtype=dtype_for(p))[None]
    for k, layer in enumerate(residues.layers):
        check(f"spanning level {k + 1} of {len(residues.layers)}")
        moves, cells = moves_mod_p(layer, p), cell_arrays(reach, k)
        require_room(len(basis), moves, basis.shape[1], f"layered spans, level {k + 1}", len(cells[0]), allocate)
        pairs = spanning_pairs(basis, moves, cells, check)
        levels.append(tuple(pairs))
        basis = moves.pairs(basis, pairs)
    return Spans(p, tuple(levels))


def require_room(
    vectors: int, moves: Moves, height: int, where: str, cells: int = 0, allocate: Allocate = unlimited
) -> None:
    """LimitError when the products of a level are too many; `cells` of it are reachable."""
    size = height * moves.width
    if vectors * size > BASIS_LIMIT or vectors * moves.size * size > WORK_LIMIT:
        raise LimitError(where, f"{vectors * moves.size} products of {size} entries", f"{WORK_LIMIT} entries")
    # As many products are formed at once as the old basis has vectors, or as the new one may have.
    needed = ENTRY_BYTES * size * max(vectors, min(vectors * moves.size, cells + SPARE))
    allocate(where, needed, lambda free: f"{free // (ENTRY_BYTES * max(1, size))} products would fit")


def spanning_pairs(basis: Array, moves: Moves, cells: Cells, check: Tick) -> list[tuple[int, int]]:
    """Pairs (b, j) whose products mod p are a basis of all: chosen at random, completed until the kernel kills all."""
    pairs = _chosen_pairs(basis, moves, cells)
    while len(pairs) < len(cells[0]):
        vectors = moves.pairs(basis, pairs)[:, cells[0], cells[1]]
        kernel = dense_kernel(nullspace_mod_p(vectors, moves.p)[1], len(cells[0]), vectors.dtype)
        # A few random combinations of the kernel find nearly all that is missing, and cost little.
        mixed = multiply(kernel, _random_columns(kernel.shape[1], moves.p, vectors.dtype), moves.p)
        missed = _missed(basis, moves, cells, mixed, check) or _missed(basis, moves, cells, kernel, check)
        if not missed:
            break
        drawn = np.random.default_rng(len(pairs)).permutation(len(missed))[: len(cells[0]) + SPARE]
        pairs = _independent_pairs(basis, moves, cells, pairs + [missed[int(number)] for number in drawn])
    return pairs


def _random_columns(count: int, p: int, dtype: Any) -> Array:
    return np.random.default_rng(count).integers(0, min(p, 2**62), (count, MIXTURES)).astype(dtype)


def _missed(basis: Array, moves: Moves, cells: Cells, kernel: Array, check: Tick) -> list[tuple[int, int]]:
    """The pairs whose products the kernel does not kill."""
    missed = []
    for j in range(moves.size):
        check(f"spanning, parameter {j + 1} of {moves.size}")
        values = multiply(moves.apply(basis, j)[:, cells[0], cells[1]], kernel, moves.p)
        missed += [(int(b), j) for b in np.flatnonzero(values.any(axis=1))]
    return missed


def _chosen_pairs(basis: Array, moves: Moves, cells: Cells) -> list[tuple[int, int]]:
    """Pairs (b, j) with independent products, among about as many random ones as there are cells."""
    total = len(basis) * moves.size
    order = np.random.default_rng(total).permutation(total)[: len(cells[0]) + SPARE].tolist()
    drawn = [(number // moves.size, number % moves.size) for number in sorted(order)]
    return _independent_pairs(basis, moves, cells, drawn)


def _independent_pairs(
    basis: Array, moves: Moves, cells: Cells, pairs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The pairs whose products are independent of those before them."""
    vectors = moves.pairs(basis, pairs)[:, cells[0], cells[1]]
    return [pairs[number] for number in pivot_rows(vectors, moves.p)]


def dense_kernel(kernel: list[tuple[int, dict[int, int]]], width: int, dtype: Any) -> Array:
    """Kernel vectors of `nullspace_mod_p` as the columns of a matrix."""
    dense = np.zeros((width, len(kernel)), dtype=dtype)
    for index, (free, entries) in enumerate(kernel):
        dense[free, index] = 1
        for pivot, value in entries.items():
            dense[pivot, index] = value
    return dense


def cell_arrays(reach: Reach, level: int) -> Cells:
    """Rows and columns of the reachable cells of a level, as index arrays."""
    cells = np.array(reach.cells(level), dtype=np.int64).reshape(-1, 2)
    return cells[:, 0], cells[:, 1]
