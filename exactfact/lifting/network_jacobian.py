"""The Jacobian of a network's phi modulo a word-sized prime, and its exact rank there (theory 6.1, 10.6).

Column (e, s) in the block of a leaf is (prefix of e's target) * (suffix of e's source) translated by tap s, products
in the group algebra GF(p)[G].  Kernels are dense arrays over the box of the path sums; products go through FLINT
polynomials, padded so that coordinates do not mix and folded afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from flint import nmod_poly

from exactfact.algebra.modular import multiply, nullspace_mod_p, rank_mod_p
from exactfact.model import Network

from .box import Box, Check, Element, Unable, box_of, unlimited
from .network_rows import column_starts

Array = Any
Point = Sequence[Sequence[int]]

ENTRY_LIMIT = 20_000_000
CELL_LIMIT = 20_000_000
SPARE_ROWS = 8


def jacobian_rank(network: Network, h: Point, p: int, seed: int = 0, check: Check = unlimited) -> int | Unable:
    """The rank of J_h over GF(p), p < 2^22, at a point of residues (one list a level).

    Unable when more than CELL_LIMIT cells of products or ENTRY_LIMIT entries of the matrix would be needed.
    Cost: a product for every edge and leaf below it, then an elimination of about sum |S_e| rows.
    """
    box = box_of(network)
    width = sum(network.parameters)
    cells = box.size * len(network.edges) * len(network.leaves)
    if cells > CELL_LIMIT:
        return Unable("cells of Jacobian products", cells, CELL_LIMIT)
    entries = box.size * width * len(network.leaves)
    if entries > ENTRY_LIMIT:
        return Unable("Jacobian entries", entries, ENTRY_LIMIT)
    return _rank(jacobian_rows(network, box, h, p, check), p, seed)


def jacobian_rows(network: Network, box: Box, h: Point, p: int, check: Check = unlimited) -> Array:
    """The nonzero rows of J_h, for all (leaf, x): an int64 array with sum |S_e| columns, level by level."""
    values = _edge_values(network, h)
    starts = column_starts(network)
    prefixes = _prefixes(network, box, values, p)
    blocks = []
    for leaf in network.leaves:
        block = np.zeros((box.size, sum(network.parameters)), dtype=np.int64)
        for e, suffix in _suffixes(network, box, values, leaf, p):
            check()
            product = convolve(prefixes[network.edges[e].target], suffix, p)
            for position, tap in enumerate(box.taps[e]):
                block[:, starts[e] + position] = _translate(product, tap).ravel()
        blocks.append(block[block.any(axis=1)])
    return np.concatenate(blocks)


def _edge_values(network: Network, h: Point) -> list[list[int]]:
    """The taps' values of every edge."""
    values: list[list[int]] = [[] for _ in network.edges]
    for edges, level in zip(network.level_edges, h, strict=True):
        for e in edges:
            start = network.offset(e)
            values[e] = [int(value) for value in level[start : start + len(network.edges[e].support)]]
    return values


def _delta(box: Box) -> Array:
    kernel = np.zeros(box.dims, dtype=np.int64)
    kernel.flat[0] = 1
    return kernel


def _translate(kernel: Array, tap: Element) -> Array:
    return np.roll(kernel, tap, axis=tuple(range(kernel.ndim)))


def _filtered(kernel: Array, box: Box, e: int, values: list[list[int]], p: int) -> Array:
    """The product of a kernel with the kernel of edge e, by translations."""
    total = np.zeros_like(kernel)
    for value, tap in zip(values[e], box.taps[e], strict=True):
        if value:
            total = (total + value * _translate(kernel, tap)) % p
    return total


def _prefixes(network: Network, box: Box, values: list[list[int]], p: int) -> dict[str, Array]:
    """By node: the sum over its paths to the root of the products of their kernels."""
    kernels = {network.root: _delta(box)}
    for edges in network.level_edges[:-1]:
        for e in edges:
            edge = network.edges[e]
            part = _filtered(kernels[edge.target], box, e, values, p)
            kernels[edge.source] = (kernels[edge.source] + part) % p if edge.source in kernels else part
    return kernels


def _suffixes(network: Network, box: Box, values: list[list[int]], leaf: str, p: int) -> list[tuple[int, Array]]:
    """(edge, sum over the paths from its source up to the leaf) for every edge on a path to the leaf."""
    kernels = {leaf: _delta(box)}
    found = []
    for edges in reversed(network.level_edges):
        below: dict[str, Array] = {}
        for e in edges:
            edge = network.edges[e]
            if edge.source not in kernels:
                continue
            found.append((e, kernels[edge.source]))
            part = _filtered(kernels[edge.source], box, e, values, p)
            below[edge.target] = (below[edge.target] + part) % p if edge.target in below else part
        kernels = below
    return found


def convolve(left: Array, right: Array, p: int) -> Array:
    """The product in GF(p)[Z/n_1 x ... x Z/n_d] of two dense kernels of the same shape."""
    for kernel, other in ((left, right), (right, left)):
        places = np.flatnonzero(kernel)
        if len(places) <= 1:
            value = int(kernel.flat[places[0]]) if len(places) else 0
            tap = np.unravel_index(int(places[0]) if len(places) else 0, kernel.shape)
            return _translate(other, tuple(int(i) for i in tap)) * value % p
    shape = tuple(2 * n - 1 for n in left.shape)
    product = _polynomial(left, shape, p) * _polynomial(right, shape, p)
    flat = np.zeros(int(np.prod(shape)), dtype=np.int64)
    coefficients = [int(c) for c in product.coeffs()]
    flat[: len(coefficients)] = coefficients
    out = flat.reshape(shape)
    for axis, n in enumerate(left.shape):
        out = np.moveaxis(out, axis, 0)
        folded = out[:n].copy()
        folded[: n - 1] += out[n:]
        out = np.moveaxis(folded, 0, axis)
    return out % p


def _polynomial(kernel: Array, shape: tuple[int, ...], p: int) -> Any:
    """The kernel as one polynomial: row-major in a box wide enough for products not to carry."""
    padded = np.zeros(shape, dtype=np.int64)
    padded[tuple(slice(n) for n in kernel.shape)] = kernel
    return nmod_poly(padded.ravel().tolist(), p)


def _rank(rows: Array, p: int, seed: int) -> int:
    """The rank mod p of a tall matrix: a random choice of rows, then the rows that its kernel misses, until none is."""
    height, width = (int(n) for n in rows.shape)
    if height <= width + SPARE_ROWS:
        return rank_mod_p(rows, p)  # a wide matrix can have a huge kernel, which nothing needs
    order = np.random.default_rng(seed).permutation(height)
    chosen = rows[order[: width + SPARE_ROWS]]
    while True:
        pivots, kernel = nullspace_mod_p(chosen, p)
        if not kernel:
            return width
        dense = np.zeros((width, len(kernel)), dtype=np.int64)
        for column, (free, entries) in enumerate(kernel):
            dense[free, column] = 1
            for place, value in entries.items():
                dense[place, column] = value
        missed = np.flatnonzero(multiply(rows, dense, p).any(axis=1))
        if not len(missed):
            return len(pivots)
        chosen = np.concatenate((chosen, rows[missed[:width]]))
