"""The chain certificate of theory 3.1: rank A <= r over QQ, proved level by level in exact integers.

At every level a basis of true products spans all products of the level.  That is shown by relations (each further
product as a combination of the basis) or, when the reachable cells are fewer than the products, by annihilators: rows N
with N X = 0 for every product, as many as cells minus basis.
Up to the last level whose span fills its reachable cells nothing has to be shown: the span lies in the span of the
single cells, from which the next level starts.
Every relation and annihilator is verified exactly before it is written.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpz_mat

from exactfact.algebra.modular import dtype_for
from exactfact.algebra.primes import random_primes
from exactfact.algebra.rational import rational_kernel
from exactfact.certificate.numbers import encode_integer, encode_number

from .allocation import Allocate, unlimited
from .chain import Chain
from .moves import Moves, exact_moves, moves_mod_p
from .residues import Residues, reduce_chain
from .sampling import allocate_sample, sample_rank
from .spans import Cells, cell_arrays, require_room, spanning_pairs
from .support import Reach

WORD = 2**62
EXACT = 2**53
Array = Any
Quiet = Callable[[str], None]
Pairs = list[tuple[int, int]]


@dataclass
class ChainProof:
    """The evidence of a chain certificate, growing level by level; see docs/certificate.md, section 4.

    A level is None where the span is bounded by all reachable cells.  `basis`: the `rank` vectors of the last level.
    """

    prime: int
    basis: Array
    rank: int = 0
    levels: list[Pairs | None] = field(default_factory=list)
    relations: list[list[Any]] = field(default_factory=list)
    annihilators: list[list[Any]] = field(default_factory=list)

    def evidence(self) -> dict[str, Any]:
        """The evidence of 3.1 as JSON data; the prime is named only where annihilators need one."""
        return {
            "levels": [None if level is None else [list(pair) for pair in level] for level in self.levels],
            "relations": self.relations,
            "annihilators": self.annihilators,
            "prime": self.prime if self.annihilators else None,
        }


def prove_rank(
    chain: Chain,
    reach: Reach,
    seed: int,
    check: Quiet = lambda text: None,
    allocate: Allocate = unlimited,
    *,
    full: int | None = None,
    vectors: bool = False,
) -> ChainProof | None:
    """A chain certificate for a chain over QQ, or None when an unlucky prime or huge coefficients stopped it.

    `full`: what `full_levels` said, if it was asked.  `vectors`: the last level's vectors are wanted even where they
    are all reachable cells.  LimitError when a level has too many products.  `check` is called often and may raise to
    stop; `allocate` is asked before the samples and before each level.
    Cost: one sampled rank a level to find where the spans stop to be full; then at level k, the spans mod p, one
    rational kernel, and d_k S_{k+1} sparse products times its annihilators.
    """
    scaled = chain.integral()
    prime = next(random_primes(seed, "chain"))
    residues = reduce_chain(scaled, prime)
    if full is None:
        full = full_levels(chain, reach, seed, allocate)
    units = _unit_cells(chain, reach, full - 1) if vectors or full < chain.depth else None
    proof = ChainProof(prime, units, reach.counts[full - 1] if full else 0, [None] * full)
    for k in range(full, chain.depth):
        check(f"proving the rank, level {k + 1} of {chain.depth}")
        level = _Level(chain, k, proof.basis, exact_moves(scaled.layers[k], chain.sizes[k + 1]), cell_arrays(reach, k))
        where = f"the chain certificate, level {k + 1}"
        require_room(len(level.basis), level.moves, level.basis.shape[1], where, len(level.cells[0]), allocate)
        kept = level.close(proof, moves_mod_p(residues.layers[k], prime), seed, check)
        if kept is None:
            return None
        proof.levels.append(kept)
        proof.rank, proof.basis = len(kept), level.moves.pairs(level.basis, kept)
    return proof


def full_levels(chain: Chain, reach: Reach, seed: int, allocate: Allocate = unlimited) -> int:
    """How many levels lie before the first one that needs a basis: the last sampled rank that fills its cells."""
    residues = reduce_chain(chain.integral(), next(random_primes(seed, "chain")))
    products = list(itertools.accumulate(chain.parameters, operator.mul))
    for k in reversed(range(chain.depth)):
        prefix = Residues(residues.p, residues.layers[: k + 1])
        count = reach.counts[k]
        if products[k] < count:
            continue
        allocate_sample(count, chain.sizes[0] * chain.sizes[k + 1], allocate)
        if not count or sample_rank(prefix, count, seed, cell_arrays(reach, k)).rank == count:
            return k + 1
    return 0


def _unit_cells(chain: Chain, reach: Reach, level: int) -> Array:
    """The reachable cells of a level as matrices, in row-major order; the identity before the first layer."""
    height = chain.sizes[0]
    if level < 0:
        return np.eye(height, dtype=np.int64)[None]
    rows, cols = cell_arrays(reach, level)
    units = np.zeros((len(rows), height, chain.sizes[level + 1]), dtype=np.int64)
    units[np.arange(len(rows)), rows, cols] = 1
    return units


class _Level:
    """Level k of a proof: the matrices X of the level before, the layer, and the reachable cells."""

    def __init__(self, chain: Chain, k: int, basis: Array, moves: Moves, cells: Cells) -> None:
        self.chain, self.k, self.moves, self.cells = chain, k, moves, cells
        largest = int(np.abs(basis).max(initial=0))
        self.basis = basis if largest * moves.growth() < WORD else basis.astype(object)

    def vectors(self, pairs: Pairs) -> Array:
        """The products of the pairs on the reachable cells, one row each."""
        return self.moves.pairs(self.basis, pairs)[:, self.cells[0], self.cells[1]]

    def close(self, proof: ChainProof, moves: Moves, seed: int, check: Quiet) -> Pairs | None:
        """Choose the basis of the level and record why it spans all products; None when no proof was found."""
        count, width = len(self.basis) * self.moves.size, len(self.cells[0])
        if count < width:
            return self._relate(proof, seed)
        residues = (self.basis % proof.prime).astype(dtype_for(proof.prime))
        kept = spanning_pairs(residues, moves, self.cells, check)
        if len(kept) == width:
            proof.annihilators.append([self.k, []])
            return kept
        return kept if self._annihilate(proof, kept, seed, check) else None

    def _annihilate(self, proof: ChainProof, kept: Pairs, seed: int, check: Quiet) -> bool:
        """Rows that vanish on the basis, and exactly on every product of the level."""
        width = len(self.cells[0])
        kernel = rational_kernel(self.vectors(kept), width, seed)
        if kernel is None or kernel.rank != len(kept):
            return False
        dense = np.zeros((width, len(kernel.vectors)), dtype=object)
        for index, vector in enumerate(kernel.vectors):
            for position, value in vector.items():
                dense[position, index] = value
        for j in range(self.moves.size):
            check(f"verifying level {self.k + 1}, parameter {j + 1} of {self.moves.size}")
            if not _vanishes(self.moves.apply(self.basis, j)[:, self.cells[0], self.cells[1]], dense):
                return False
        names = [self.chain.cell(int(row), int(col), self.k) for row, col in zip(*self.cells, strict=True)]
        rows = [[[names[position], encode_integer(value)] for position, value in v.items()] for v in kernel.vectors]
        proof.annihilators.append([self.k, rows])
        return True

    def _relate(self, proof: ChainProof, seed: int) -> Pairs | None:
        """Every product outside the basis as a combination of the basis, coefficients exact.

        Layers are scaled to integers by the common factor c_k, which cancels: all products of a level carry it once
        more than their parents, on both sides of the relation.
        """
        size = self.moves.size
        pairs = [(b, j) for b in range(len(self.basis)) for j in range(size)]
        kernel = rational_kernel(np.ascontiguousarray(self.vectors(pairs).T), len(pairs), seed)
        if kernel is None:
            return None
        position = {number: index for index, number in enumerate(kernel.pivots)}
        for vector in kernel.vectors:
            free = max(vector)
            scale = vector[free]
            terms = [[position[n], encode_number(Fraction(-value, scale))] for n, value in vector.items() if n != free]
            proof.relations.append([self.k, free // size, free % size, terms])
        return [pairs[number] for number in kernel.pivots]


def _vanishes(products: Array, kernel: Array) -> bool:
    """Whether products * kernel = 0 exactly."""
    if not kernel.shape[1] or not len(products):
        return True
    largest = int(np.abs(products).max()) * int(np.abs(kernel).max()) * products.shape[1]
    if largest < EXACT:
        return not (products.astype(np.float64) @ kernel.astype(np.float64)).any()
    (height, width), count = products.shape, kernel.shape[1]
    left = fmpz_mat(height, width, products.ravel().tolist())
    right = fmpz_mat(width, count, kernel.ravel().tolist())
    return bool(left * right == fmpz_mat(height, count))
