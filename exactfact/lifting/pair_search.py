"""Where to look for a pair by linear algebra in one layer (theory 5.2a, 8.2g): which vectors the other layers hold.

First two layers at a time, the others at small vectors; then small points everywhere.  Everything here is modulo a
prime and proposes; `linear_pair` solves exactly.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from exactfact.algebra.modular import rank_mod_p
from exactfact.algebra.reconstruction import reconstruct
from exactfact.algebra.short_kernel import short_basis

from .chain import Chain
from .jacobian import jacobian_matrix
from .pair_kernels import in_window_kernel
from .pair_lines import on_lines
from .pair_proposals import CANDIDATES, Point, Proposal, Search, bases, inside, put
from .residues import Residues
from .small_vectors import direction
from .two_layers import SPARE, Bilinear, bilinear, blocks, combined, confined_vectors, narrow, pairs_of

PRODUCTS = 1_500
CELLS = 300_000
TERM = 20  # a term of an exact product takes as long as so many multiplications of residues
MIXED = 40
COSTLY = 60_000_000
Array = Any


def in_two_layers(search: Search) -> Iterator[Proposal]:
    """Proposals with h and g different in two layers only, all pairs of layers, the others as in a few points."""
    chain = search.chain
    sizes = chain.parameters
    entries = sum(len(matrix) for layer in chain.layers for matrix in layer)
    pairs = [pair for pair in itertools.combinations(range(chain.depth), 2) if min(sizes[k] for k in pair) > 1]
    pairs.sort(key=lambda pair: (sizes[pair[0]] * sizes[pair[1]], pair[1] - pair[0], pair))
    listed = list(bases(search)) if chain.depth > 2 else [next(bases(search))]
    for base, (first, last) in itertools.product(listed, pairs):
        if search.work <= 0:
            return
        if not _affordable(chain, first, last):
            continue
        search.tick(f"pairs of points that differ in {chain.name(first)} and {chain.name(last)}")
        found = bilinear(chain, base, first, last)
        search.work -= TERM * (entries + sum(len(matrix) for row in found.columns for matrix in row))
        yield from _in_window(search, base, found)


def _affordable(chain: Chain, first: int, last: int) -> bool:
    """Whether the products of two layers are few, and small enough for a table."""
    products = chain.parameters[first] * chain.parameters[last]
    widest = [max(map(len, chain.layers[k])) for k in (first, last)]
    return products <= PRODUCTS and products * min(chain.sizes[0] * chain.sizes[-1], math.prod(widest)) <= CELLS


def _in_window(search: Search, base: Point, found: Bilinear) -> Iterator[Proposal]:
    p = search.residues.p
    table = found.table(p, search.seed)
    products = table.shape[0] * table.shape[1]
    search.work -= table.size * (CANDIDATES + products // 100)
    nullity = products - rank_mod_p(table.reshape(products, -1), p)
    if nullity:
        yield from in_window_kernel(search, base, found, nullity)
    if nullity < 2:
        return
    for moved, solved, layered in (
        (found.first, found.last, table),
        (found.last, found.first, table.transpose(1, 0, 2)),
    ):
        planes = list(_exact_planes(search, found, moved, layered))
        close = [v for plane in planes for v in plane]
        candidates = list(dict.fromkeys([*close, *search.vectors(moved, CANDIDATES, "window")]))
        shown = blocks(combined(layered, 2 * layered.shape[1] + SPARE, p, search.seed), candidates, p)
        for a, b in pairs_of(len(candidates)):
            for supports in search.free(solved):
                left, right = shown[a][list(supports[0])], shown[b][list(supports[1])]
                if not search.spend(len(left) + len(right)):
                    return
                if narrow(left, right, p, search.seed):
                    h, g = (put(base, moved, candidates[x]) for x in (a, b))
                    yield Proposal(solved, h, g, supports)
        yield from on_lines(search, base, (moved, solved), layered, candidates)


def _exact_planes(search: Search, found: Bilinear, moved: int, table: Array) -> Iterator[list[tuple[int, ...]]]:
    """Small vectors that many cells of the product never show; over QQ lifted from residues, inside a support."""
    for plane in confined_vectors(table, search.residues.p):
        vectors = plane if search.p else _lift(plane, search.residues.p)
        if vectors is None:
            continue
        kept = [direction(v, search.p) for v in (vectors if search.p else short_basis(vectors))]
        yield [v for v in kept if inside(v, search.supports[moved])]


def _lift(plane: Sequence[Sequence[int]], p: int) -> list[list[int]] | None:
    lifted = []
    for vector in plane:
        fractions = [reconstruct(value, p) for value in vector]
        if any(f is None for f in fractions):
            return None
        scale = math.lcm(*(int(f.denominator) for f in fractions if f is not None))
        lifted.append([int(f * scale) for f in fractions if f is not None])
    return lifted


def everywhere(search: Search) -> Iterator[Proposal]:
    """Proposals from points whose layers are all small vectors of different kinds."""
    chain, residues = search.chain, search.residues
    entries = sum(len(m) for layer in chain.layers for m in layer)
    total = sum(chain.parameters)
    if entries * (total + 10) * MIXED > COSTLY or search.work <= 0:
        return
    search.tick("pairs of small points")
    listed = [search.vectors(k, CANDIDATES, "mixed") for k in range(chain.depth)]
    rng = random.Random(f"mixed {search.seed}")
    points = list(dict.fromkeys(tuple(rng.choice(vectors) for vectors in listed) for _ in range(MIXED)))
    matrices = [jacobian_matrix(residues, _residues(point, residues), search.seed).T for point in points]
    starts = np.cumsum([0, *chain.parameters])
    for a, b in pairs_of(len(points)):
        for k in range(chain.depth):
            others = [j for j in range(chain.depth) if j != k and points[a][j] != points[b][j]]
            if not others:
                continue
            for supports in search.free(k):
                left = matrices[a][[starts[k] + j for j in supports[0]]]
                right = matrices[b][[starts[k] + j for j in supports[1]]]
                if not search.spend(len(left) + len(right)):
                    return
                if narrow(left, right, residues.p, search.seed):
                    yield Proposal(k, points[a], points[b], supports)


def _residues(point: Point, residues: Residues) -> list[Array]:
    return [
        np.array([v % residues.p for v in vector], dtype=layer.values.dtype)
        for vector, layer in zip(point, residues.layers, strict=True)
    ]
