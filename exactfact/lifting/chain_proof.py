"""The chain certificate of theory 3.1: rank A <= r over QQ, proved level by level in exact integers.

At every level a basis of true prefix products spans all products of the level.  That is shown by relations (each
further product as a combination of the basis) or, when the reachable cells are fewer than the products, by
annihilators: rows N with N X = 0 for every product, as many as cells minus basis.  Whichever is shorter is kept.
Every relation and annihilator is verified exactly before it is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from exactfact.algebra.modular import pivot_rows
from exactfact.algebra.primes import random_primes
from exactfact.algebra.rational import rational_kernel
from exactfact.certificate.numbers import encode_integer, encode_number
from exactfact.model import LimitError

from .chain import Chain
from .spans import cell_arrays
from .support import Reach

PRODUCT_LIMIT = 4_000_000
Array = Any
Quiet = Callable[[str], None]


@dataclass
class ChainProof:
    """The evidence of a chain certificate, growing level by level; see docs/certificate.md, section 4."""

    prime: int
    levels: list[list[tuple[int, int]]] = field(default_factory=list)
    relations: list[list[Any]] = field(default_factory=list)
    annihilators: list[list[Any]] = field(default_factory=list)

    @property
    def rank(self) -> int:
        """The proved upper bound on rank A."""
        return len(self.levels[-1])

    def evidence(self) -> dict[str, Any]:
        """The evidence as JSON data."""
        return {
            "levels": [[list(pair) for pair in level] for level in self.levels],
            "relations": self.relations,
            "annihilators": self.annihilators,
            "prime": self.prime if self.annihilators else None,
        }

    def columns(self) -> list[tuple[int, ...]]:
        """Multi-indices of the last level."""
        indices: list[tuple[int, ...]] = [()]
        for level in self.levels:
            indices = [indices[parent] + (j,) for parent, j in level]
        return indices


def prove_rank(chain: Chain, reach: Reach, seed: int, check: Quiet = lambda text: None) -> ChainProof | None:
    """A chain certificate for a chain over QQ, or None when an unlucky prime or huge coefficients stopped it.

    LimitError when a level has too many products.  `check` is called before every level and may raise to stop.
    Cost: at level k, d_k S_{k+1} sparse products and one rational kernel.
    """
    scaled = chain.integral()
    proof = ChainProof(next(random_primes(seed, "chain")))
    basis: Array = None
    for k in range(chain.depth):
        check(f"proving the rank, level {k + 1} of {chain.depth}")
        products = _products(basis, scaled, k)
        rows, cols = cell_arrays(reach, k)
        vectors = products[:, rows, cols]
        kept = _close_level(proof, chain, k, vectors, (rows, cols), seed)
        if kept is None:
            return None
        proof.levels.append([(number // len(chain.layers[k]), number % len(chain.layers[k])) for number in kept])
        basis = products[kept]
    return proof


def _products(basis: Array, chain: Chain, k: int) -> Array:
    """All X_b M_k(e_j) as exact integers, moving columns along the sparse entries of M_k(e_j)."""
    layer, height, width = chain.layers[k], chain.sizes[0], chain.sizes[k + 1]
    count = (1 if basis is None else len(basis)) * len(layer)
    if count * height * width > PRODUCT_LIMIT:
        raise LimitError(
            f"the chain certificate, level {k + 1}", f"{count * height * width} integers", f"{PRODUCT_LIMIT}"
        )
    products = np.zeros((count // len(layer), len(layer), height, width), dtype=object)
    for j, matrix in enumerate(layer):
        for (row, col), value in matrix.items():
            if basis is None:
                products[0, j, row, col] += value
            else:
                products[:, j, :, col] += value * basis[:, :, row]
    return products.reshape(count, height, width)


def _close_level(
    proof: ChainProof, chain: Chain, k: int, vectors: Array, cells: tuple[Array, Array], seed: int
) -> list[int] | None:
    """Choose the basis of a level and record why it spans all products; None when no proof was found."""
    count, width = vectors.shape
    kept = pivot_rows(vectors, proof.prime)
    if len(kept) == count:
        return kept
    if len(kept) == width:
        proof.annihilators.append([k, []])
        return kept
    if width <= count:
        return kept if _annihilate(proof, chain, k, vectors, kept, cells, seed) else None
    return _relate(proof, chain, k, vectors, seed)


def _annihilate(
    proof: ChainProof, chain: Chain, k: int, vectors: Array, kept: list[int], cells: tuple[Array, Array], seed: int
) -> bool:
    """Rows that vanish on the basis, and exactly on every product of the level."""
    width = vectors.shape[1]
    kernel = rational_kernel(vectors[kept], width, seed)
    if kernel is None or kernel.rank != len(kept):
        return False
    dense = np.zeros((width, len(kernel.vectors)), dtype=object)
    for index, vector in enumerate(kernel.vectors):
        for position, value in vector.items():
            dense[position, index] = value
    if np.any(vectors.dot(dense)):
        return False
    names = [chain.cell(int(row), int(col), k) for row, col in zip(*cells, strict=True)]
    rows = [[[names[position], encode_integer(value)] for position, value in v.items()] for v in kernel.vectors]
    proof.annihilators.append([k, rows])
    return True


def _relate(proof: ChainProof, chain: Chain, k: int, vectors: Array, seed: int) -> list[int] | None:
    """Every product outside the basis as a combination of the basis, coefficients exact.

    Layers are scaled to integers by the common factor c_k, which cancels: all products of a level carry it once more
    than their parents, on both sides of the relation.
    """
    count = vectors.shape[0]
    kernel = rational_kernel(vectors.T, count, seed)
    if kernel is None:
        return None
    kept = list(kernel.pivots)
    position = {number: index for index, number in enumerate(kept)}
    size = len(chain.layers[k])
    for vector in kernel.vectors:
        free = max(vector)
        scale = vector[free]
        terms = [[position[n], encode_number(Fraction(-value, scale))] for n, value in vector.items() if n != free]
        proof.relations.append([k, free // size, free % size, terms])
    return kept
