"""Networks by brute force: every path index listed, every layer a dense matrix built from downsampling and circulants.

Nothing here is shared with the package beyond the description of a network: effective taps, levels and leaves are
derived again from the edges.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter

import numpy as np

from exactfact.model import Edge, Network


def random_network(rng: random.Random, depth: int = 3, width: int = 2, taps: int = 2, finite: bool = False) -> Network:
    """A random layered graph over Z/N, Z, Z/a x Z/b or Z/a x Z; some have dilations, strides and parallel edges."""
    groups = [(rng.randint(2, 7),), (4, 3), (8,), (6,)] + ([] if finite else [(0,), (3, 0)])
    group = rng.choice(groups)
    depth = rng.randint(1, depth)
    strides = (1,) * depth
    if group == (8,) and rng.random() < 0.5:
        strides = tuple(rng.choice([1, 2]) if k < 2 else 1 for k in range(depth))
    levels = [["root"], *([f"n{k}{i}" for i in range(rng.randint(1, width))] for k in range(1, depth + 1))]
    edges: list[Edge] = []
    for k in range(depth):
        below = np.prod(strides[k + 1 :], dtype=int)
        pairs = [(rng.choice(levels[k]), v) for v in levels[k + 1]]
        pairs += [(w, rng.choice(levels[k + 1])) for w in levels[k] if w not in {pair[0] for pair in pairs}]
        pairs += [rng.choice(pairs)] if rng.random() < 0.3 else []
        for w, v in pairs:
            dilation = rng.choice([1, 1, 2])
            edges.append(Edge(f"e{len(edges)}", v, w, _support(rng, group, taps, dilation, int(below)), dilation))
    rng.shuffle(edges)
    signal = tuple(n or 3 for n in group)
    return Network(group, "root", tuple(edges), signal, strides)


def _support(rng, group, taps, dilation, below):
    places = list(itertools.product(*(range(n // below) if n else range(-2, 3) for n in group)))
    rng.shuffle(places)
    chosen, seen = [], set()
    for place in places[: rng.randint(1, taps)]:
        reduced = tuple(dilation * s % (n // below) if n else dilation * s for s, n in zip(place, group, strict=True))
        if reduced not in seen:
            seen.add(reduced)
            chosen.append(place)
    return tuple(chosen)


def path_indices(network: Network):
    """All (leaf, ((edge, tap position), ...) from the root, path sum)."""
    sources = {edge.source for edge in network.edges}
    targets = {edge.target for edge in network.edges}
    leaves = sources - targets
    stack, found = [(network.root, (), ())], []
    while stack:
        node, path, taps = stack.pop()
        if node in leaves:
            found.append((node, path, _sum(network, taps)))
            continue
        for e, edge in enumerate(network.edges):
            if edge.target == node:
                for j, tap in enumerate(edge.support):
                    stack.append((edge.source, (*path, (e, j)), (*taps, tuple(edge.dilation * s for s in tap))))
    return found


def _sum(network, taps):
    """The sum of the taps, each multiplied by the strides of the levels below its own."""
    total = []
    for axis, n in enumerate(network.group):
        value = sum(tap[axis] * int(np.prod(network.strides[k + 1 :])) for k, tap in enumerate(taps))
        total.append(value % n if n else value)
    return tuple(total)


def counts(network: Network):
    """{leaf: {x: c_leaf(x)}} from the list of all path indices."""
    tables: dict[str, Counter] = {}
    for leaf, _, x in path_indices(network):
        tables.setdefault(leaf, Counter())[x] += 1
    return {leaf: dict(table) for leaf, table in tables.items()}


def unit_matrices(network: Network):
    """Per level the matrices M_k(e_j) of a finite cyclic network: blocks D_t circ(delta_tap), nodes stacked."""
    nodes = [[v for v, k in _levels(network).items() if k == level] for level in range(len(network.strides) + 1)]
    layers = []
    for k, stride in enumerate(network.strides):
        inner = [n // int(np.prod(network.strides[k + 1 :])) for n in network.group]
        matrices = []
        for edge in network.edges:
            if edge.target not in nodes[k]:
                continue
            for tap in edge.support:
                block = _circulant(inner, [edge.dilation * s for s in tap])[_kept(inner, stride)]
                placed = np.zeros((len(nodes[k]), block.shape[0], len(nodes[k + 1]), block.shape[1]), dtype=np.int64)
                placed[nodes[k].index(edge.target), :, nodes[k + 1].index(edge.source), :] = block
                matrices.append(placed.reshape(len(nodes[k]) * block.shape[0], -1))
        layers.append(matrices)
    return layers, nodes[-1]


def _levels(network):
    levels = {network.root: 0}
    while len(levels) < len({v for edge in network.edges for v in (edge.source, edge.target)}):
        levels |= {edge.source: levels[edge.target] + 1 for edge in network.edges if edge.target in levels}
    return levels


def _circulant(dims, tap):
    """y[i] = x[i - tap] on Z/n_1 x ... x Z/n_d, row-major."""
    places = list(itertools.product(*(range(n) for n in dims)))
    index = {place: i for i, place in enumerate(places)}
    matrix = np.zeros((len(places), len(places)), dtype=np.int64)
    for i, place in enumerate(places):
        matrix[i, index[tuple((a - s) % n for a, s, n in zip(place, tap, dims, strict=True))]] = 1
    return matrix


def _kept(dims, stride):
    """The rows that downsampling by `stride` in every coordinate keeps."""
    return [
        i for i, place in enumerate(itertools.product(*(range(n) for n in dims))) if not any(a % stride for a in place)
    ]


def evaluate(layers, h, p=0):
    """M_1(h_1)...M_K(h_K) as a dense array, reduced mod p when p > 0."""
    product = None
    for matrices, values in zip(layers, h, strict=True):
        matrix = sum(int(value) * m for value, m in zip(values, matrices, strict=True))
        product = matrix if product is None else product @ matrix
        product = product % p if p else product
    return product


def path_tensor(network: Network, h, p=0):
    """(product of the taps of every path index), in the order of `path_indices`."""
    out = []
    for _, path, _ in path_indices(network):
        value = 1
        for k, (e, j) in enumerate(path):
            value *= h[k][network.offset(e) + j]
        out.append(value % p if p else value)
    return tuple(out)


def layer_tensor(h, p=0):
    """P(h) = h_1 x ... x h_K, flattened."""
    out = []
    for values in itertools.product(*h):
        value = 1
        for v in values:
            value *= v
        out.append(value % p if p else value)
    return tuple(out)
