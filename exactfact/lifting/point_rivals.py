"""Points g with phi(g) = phi(h*) for a given h*, by linear algebra in one layer or on a line (theory 8.1, 8.2g).

One layer of g is solved for while the others are like those of h*: with some signs changed, exchanged, reversed, or
small vectors.  In two layers, and where Ker A is small, h*_k x h*_l + t W is decomposable for at most one further t.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from exactfact.algebra.modular import multiply, rank_mod_p, residue
from exactfact.model import Field
from exactfact.model.numbers import Number

from .chain import Chain, evaluate
from .jacobian import jacobian_matrix
from .linear_pair import column_kernel, layer_block
from .pair_kernels import all_columns
from .pair_proposals import Search
from .two_layers import bilinear

STARTS = 200
SIGNS = 8
WINDOW_PRODUCTS = 200
DIRECTIONS = 40
KERNEL_DIMENSION = 6
COSTLY = 60_000_000
Array = Any
Point = tuple[tuple[Number, ...], ...]


def solved_rivals(search: Search, h: Point) -> Iterator[Point]:
    """Points with phi = phi(h) that solve a linear system in one layer; h and its multiples may be among them.

    Cost: for each start one Jacobian and K ranks modulo a prime; exact systems where those allow a solution.
    """
    chain, p = search.chain, search.residues.p
    entries = sum(len(m) for layer in chain.layers for m in layer)
    each = entries * (sum(chain.parameters) + 10)
    starts = np.cumsum([0, *chain.parameters])
    here = _jacobian(search, h)
    target = multiply(here[:, : starts[1]], _vector(search, h[0])[:, None], p).T
    for g in itertools.islice(_starts(search, h), max(4, min(STARTS, COSTLY // max(1, each)))):
        search.tick("solving for another point with the product of h*")
        there = _jacobian(search, g)
        for k in range(chain.depth):
            if all(_parallel(a, b, chain.field) for j, (a, b) in enumerate(zip(g, h, strict=True)) if j != k):
                continue
            block = there[:, starts[k] : starts[k + 1]].T
            if not search.spend(len(block)):
                return
            if rank_mod_p(np.concatenate([block, target]), p) == rank_mod_p(block, p):
                yield from _solutions(chain, k, g, h, search.seed)


def _jacobian(search: Search, point: Point) -> Array:
    vectors = [_vector(search, vector) for vector in point]
    return jacobian_matrix(search.residues, vectors, search.seed)


def _vector(search: Search, vector: Sequence[Number]) -> Array:
    p = search.residues.p
    return np.array([residue(Fraction(v), p) for v in vector], dtype=search.residues.layers[0].values.dtype)


def _solutions(chain: Chain, k: int, g: Point, h: Point, seed: int) -> Iterator[Point]:
    """phi(g with g_k = y) = phi(h), solved for y."""
    p = chain.field.characteristic
    columns = [*layer_block(chain, g, k), evaluate(chain, h)]
    for vector in column_kernel(columns, chain.field, seed):
        if vector[-1]:
            yield (*g[:k], _over(vector[:-1], -vector[-1], p), *g[k + 1 :])


def _over(vector: Sequence[int], divisor: int, p: int) -> tuple[Number, ...]:
    if p:
        inverse = pow(divisor, -1, p)
        return tuple(v * inverse % p for v in vector)
    return tuple(_settled(Fraction(v, divisor)) for v in vector)


def _starts(search: Search, h: Point) -> Iterator[Point]:
    """Points whose layers are like those of h, or small: one layer changed, then several at random."""
    chain, field = search.chain, search.chain.field
    variants = [_variants(search, h, k) for k in range(chain.depth)]
    for k, vectors in enumerate(variants):
        for vector in vectors:
            yield (*h[:k], vector, *h[k + 1 :])
    rng = random.Random(f"rivals {search.seed}")
    likely = [[h[k], *vectors] for k, vectors in enumerate(variants)]
    while any(len(vectors) > 1 for vectors in likely):
        g = tuple(rng.choice(vectors) for vectors in likely)
        if any(not _parallel(a, b, field) for a, b in zip(g, h, strict=True)):
            yield g


def _variants(search: Search, h: Point, k: int) -> list[tuple[Number, ...]]:
    """Vectors for layer k that are not multiples of h_k."""
    field, vector = search.chain.field, h[k]
    p = field.characteristic
    rng = random.Random(f"signs {k} {search.seed}")
    listed: list[tuple[Number, ...]] = [other for j, other in enumerate(h) if j != k and len(other) == len(vector)]
    listed += [other[::-1] for other in (vector, *listed)]
    supports = [i for i, v in enumerate(vector) if v]
    for _ in range(SIGNS if p != 2 else 0):
        flipped = {i for i in supports if rng.random() < 0.5}
        listed.append(tuple((-v % p if p else -v) if i in flipped else v for i, v in enumerate(vector)))
    listed += [tuple(0 if i == j else v for i, v in enumerate(vector)) for j in supports[:SIGNS]]
    listed += search.vectors(k, len(vector) + SIGNS, "rivals")
    kept = (v for v in dict.fromkeys(listed) if any(v))
    return [v for v in kept if not _parallel(v, vector, field)]


def _parallel(a: Sequence[Number], b: Sequence[Number], field: Field) -> bool:
    p = field.characteristic
    lead = next((i for i, v in enumerate(b) if v), 0)
    differences = (x * b[lead] - y * a[lead] for x, y in zip(a, b, strict=True))
    return not any(d % p if p else d for d in differences)


def rivals_on_lines(search: Search, h: Point) -> Iterator[Point]:
    """Points g with P(g) = P(h) + t W for a kernel vector W: of two layers with the others as in h, or of A."""
    chain = search.chain
    for first, last in itertools.combinations(range(chain.depth), 2):
        if chain.parameters[first] * chain.parameters[last] > WINDOW_PRODUCTS:
            continue
        search.tick(f"other points in {chain.name(first)} and {chain.name(last)}")
        found = bilinear(chain, h, first, last)
        columns = [matrix for row in found.columns for matrix in row]
        yield from _on_lines(search, h, (first, last), column_kernel(columns, chain.field, search.seed))
    columns_of_a = all_columns(chain) if chain.depth > 2 else None
    if columns_of_a is not None:
        kernel = column_kernel(columns_of_a, chain.field, search.seed)
        if len(kernel) <= KERNEL_DIMENSION:
            yield from _on_lines(search, h, range(chain.depth), kernel)


def _on_lines(search: Search, h: Point, layers: Sequence[int], kernel: list[tuple[int, ...]]) -> Iterator[Point]:
    sizes = [search.chain.parameters[k] for k in layers]
    field = search.chain.field
    p = field.characteristic
    start = np.array(1, dtype=object)
    for k in layers:
        start = np.multiply.outer(start, np.array(h[k], dtype=object))
    for vector in _directions(kernel):
        step = np.array(vector, dtype=object).reshape(sizes)
        for t in _meeting(start, step, p):
            member = start + t * step
            factors = _factors(member % p if p else member, p)
            if factors is not None:
                changed = dict(zip(layers, factors, strict=True))
                yield tuple(changed.get(k, vector) for k, vector in enumerate(h))


def _directions(kernel: list[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """The basis, and sums and differences of two of its members."""
    yield from kernel[:DIRECTIONS]
    for a, b in itertools.islice(itertools.combinations(kernel, 2), DIRECTIONS):
        yield tuple(x + y for x, y in zip(a, b, strict=True))
        yield tuple(x - y for x, y in zip(a, b, strict=True))


def _meeting(start: Array, step: Array, p: int) -> list[Number]:
    """The t, not 0, where one 2 x 2 minor of start + t step that is not identically 0 vanishes: t L + t^2 Q = 0."""
    for k in range(start.ndim):
        a, b = (np.moveaxis(x, k, 0).reshape(x.shape[k], -1) for x in (start, step))
        for (i, j), (c, d) in itertools.product(_pairs(a.shape[0]), _pairs(a.shape[1])):
            linear = a[i, c] * b[j, d] + b[i, c] * a[j, d] - a[i, d] * b[j, c] - b[i, d] * a[j, c]
            square = b[i, c] * b[j, d] - b[i, d] * b[j, c]
            linear, square = (x % p if p else x for x in (linear, square))
            if linear or square:
                if not linear or not square:
                    return []
                return [-linear * pow(square, -1, p) % p] if p else [_settled(Fraction(-linear) / square)]
    return [1]


def _pairs(count: int) -> Iterator[tuple[int, int]]:
    return itertools.combinations(range(count), 2)


def _factors(tensor: Array, p: int) -> list[tuple[Number, ...]] | None:
    """Vectors whose outer product is the tensor, or None."""
    cells = np.argwhere(tensor != 0)
    if not len(cells):
        return None
    corner = tuple(cells[0].tolist())
    value = tensor[corner]
    factors: list[tuple[Number, ...]] = []
    product = np.array(1, dtype=object)
    for k in range(tensor.ndim):
        fibre = tensor[(*corner[:k], slice(None), *corner[k + 1 :])].tolist()
        if k:
            inverse = pow(value, -1, p) if p else 1 / Fraction(value)
            fibre = [_settled(v * inverse % p if p else v * inverse) for v in fibre]
        factors.append(tuple(fibre))
        product = np.multiply.outer(product, np.array(fibre, dtype=object))
    difference = (product - tensor) % p if p else product - tensor
    return None if (difference != 0).any() else factors


def _settled(value: Number) -> Number:
    return int(value) if value.denominator == 1 else value
