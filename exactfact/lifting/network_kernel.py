"""Kernels of a network's Jacobian at a point, exactly, and which edges a path with nonzero kernels uses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from exactfact.algebra.modular import nullspace_mod_p
from exactfact.algebra.rational import rational_kernel
from exactfact.model import Field, LimitError, Network, Number

from .network_rows import Rows

ENTRY_LIMIT = 1_000_000


@dataclass(frozen=True)
class ExactKernel:
    """The rank of some columns of a Jacobian and a basis of their kernel, {column: entry}."""

    rank: int
    vectors: tuple[dict[int, int], ...]


def exact_kernel(rows: Rows, columns: Sequence[int], field: Field, seed: int) -> ExactKernel | None:
    """Rank and kernel of the chosen columns over QQ or GF(p), exact; None when its entries are too large to find.

    Raises LimitError beyond ENTRY_LIMIT matrix entries.  Cost: one elimination mod a prime and an exact product.
    """
    entries = len(rows) * len(columns)
    if entries > ENTRY_LIMIT:
        raise LimitError("entries of the Jacobian at the point", entries, ENTRY_LIMIT)
    matrix = [integers for row in rows.values() if any(integers := integer_row(row, columns))]
    p = field.characteristic
    if p:
        dense = np.array(matrix, dtype=object).reshape(len(matrix), len(columns))
        pivots, kernel = nullspace_mod_p(dense, p)
        return ExactKernel(len(pivots), tuple(_on(columns, {free: 1, **rest}) for free, rest in kernel))
    found = rational_kernel(matrix, len(columns), seed)
    if found is None:
        return None
    return ExactKernel(found.rank, tuple(_on(columns, vector) for vector in found.vectors))


def integer_row(row: dict[int, Number], columns: Sequence[int]) -> list[int]:
    """The chosen entries of a row, multiplied by the least common multiple of their denominators."""
    values = [row.get(column, 0) for column in columns]
    scale = math.lcm(*(value.denominator for value in values))
    return [int(value * scale) for value in values]


def _on(columns: Sequence[int], vector: dict[int, int]) -> dict[int, int]:
    return {columns[place]: value for place, value in sorted(vector.items())}


def live_edges(network: Network, h: Sequence[Sequence[Number]], level: int) -> list[int]:
    """The edges of a level that lie on a root-leaf path all of whose *other* edges are nonzero at h."""
    nonzero = _nonzero_edges(network, h)
    above = {network.root}
    for edges in network.level_edges[:level]:
        above = {network.edges[e].source for e in edges if e in nonzero and network.edges[e].target in above}
    below = set(network.leaves)
    for edges in reversed(network.level_edges[level + 1 :]):
        below = {network.edges[e].target for e in edges if e in nonzero and network.edges[e].source in below}
    return [
        e for e in network.level_edges[level] if network.edges[e].target in above and network.edges[e].source in below
    ]


def _nonzero_edges(network: Network, h: Sequence[Sequence[Number]]) -> set[int]:
    return {
        e
        for edges, values in zip(network.level_edges, h, strict=True)
        for e in edges
        if any(values[network.offset(e) : network.offset(e) + len(network.edges[e].support)])
    }


def some_path_is_nonzero(network: Network, h: Sequence[Sequence[Number]]) -> bool:
    """Whether some root-leaf path has only nonzero edges at h: whether some path tensor is not zero (theory 1.1)."""
    nonzero = _nonzero_edges(network, h)
    return any(e in nonzero for e in live_edges(network, h, 0))
