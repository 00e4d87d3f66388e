"""Layers whose parameters sit at distinct entries: edges of a layered graph, after dead entries are dropped.

The hidden nodes on complete paths are rescaled without a change of phi (theory 9.3): a torus of dimension `hidden`,
which contains the scalings of the layers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from exactfact.model import LimitError
from exactfact.model.numbers import Number

from .chain import Chain, combine, multiply_sparse
from .linear_fields import live_layers

WORK_LIMIT = 20_000_000
Edge = tuple[int, int]


@dataclass(frozen=True)
class Placed:
    """`edges[k][j]` is the entry (row, column) of parameter j of layer k, in compact indices; all of them are live."""

    edges: tuple[tuple[Edge, ...], ...]

    @property
    def depth(self) -> int:
        """K, the number of layers."""
        return len(self.edges)

    @cached_property
    def count(self) -> int:
        """The number of edges, sum S_k: one for each parameter."""
        return sum(map(len, self.edges))

    @cached_property
    def hidden(self) -> int:
        """The number of nodes at the inner interfaces."""
        return sum(len({col for _, col in layer}) for layer in self.edges[:-1])

    @property
    def dimension(self) -> int:
        """Of the orbits of the node torus on classes modulo the scalings of the layers (theory 9.0)."""
        return self.hidden - (self.depth - 1)


def placed(chain: Chain) -> Placed | str:
    """The edges, or why the layers do not place their parameters at distinct entries."""
    layers = []
    for k, layer in enumerate(live_layers(chain)):
        if not all(len(matrix) == 1 for matrix in layer):
            return f"{chain.name(k)} has a parameter that is not at exactly one entry that matters"
        edges = tuple(next(iter(matrix)) for matrix in layer)
        if len(set(edges)) < len(edges):
            return f"{chain.name(k)} has two parameters at one entry"
        layers.append(edges)
    return Placed(tuple(layers))


def full_at(chain: Chain, edges: Placed, h: Sequence[Sequence[Number]]) -> Callable[[int, int], bool]:
    """Whether the product of layers first..last at h has no zero entry where paths of edges allow one."""
    values = [combine(layer, vector, chain.field) for layer, vector in zip(live_layers(chain), h, strict=True)]

    @cache
    def full(first: int, last: int) -> bool:
        product, reached = values[first], set(edges.edges[first])
        for k in range(first + 1, last + 1):
            if len(product) * len(edges.edges[k]) > WORK_LIMIT:
                raise LimitError("a product of layers at the point", f"{len(product)} entries", f"{WORK_LIMIT} steps")
            product = multiply_sparse(product, values[k], chain.field)
            following: dict[int, list[int]] = {}
            for row, col in edges.edges[k]:
                following.setdefault(row, []).append(col)
            reached = {(row, end) for row, col in reached for end in following.get(col, ())}
        return sum(bool(value) for value in product.values()) == len(reached)

    return full


def crossing(edges: Placed) -> tuple[int, int] | None:
    """A node (interface, index) that two paths from one input reach; None when paths are unique.

    Cost: one union of sets of inputs, as bits, for each edge.
    """
    reached = {row: 1 << row for row, _ in edges.edges[0]}
    for k, layer in enumerate(edges.edges):
        following: dict[int, int] = {}
        for row, col in sorted(layer):
            known = following.get(col, 0)
            if known & reached[row]:
                return k + 1, col
            following[col] = known | reached[row]
        reached = following
    return None
