"""The Jacobian of a network's phi at a point, exact and sparse: for points with few nonzero taps, or small networks.

Row (leaf, x), column (level k, parameter j): the coefficient at x of (prefix) * delta_tap * (suffix), over the spec's
field or over GF(p).  Nothing of size |G| is formed.
"""

from __future__ import annotations

from collections.abc import Sequence

from exactfact.model import Field, LimitError, Network, Number

from .box import Element
from .network_phi import TERM_LIMIT, Kernel, add, convolve, edge_kernels, prefixes, reducer

Rows = dict[tuple[str, Element], dict[int, Number]]


def sparse_jacobian(network: Network, h: Sequence[Sequence[Number]], field: Field, limit: int = TERM_LIMIT) -> Rows:
    """{(leaf, x): {column: nonzero value}}, columns numbered level by level, edges in file order.

    Raises LimitError when more than `limit` products would be formed.  Source: theory 6, 10.
    """
    kernels = edge_kernels(network, h)
    before = prefixes(network, kernels, field, limit)
    supports = [network.effective_support(e) for e in range(len(network.edges))]
    starts = column_starts(network)
    rows: Rows = {}
    work = 0
    for leaf in network.leaves:
        suffixes: dict[str, Kernel] = {leaf: {(0,) * len(network.group): 1}}
        for level in range(network.depth - 1, -1, -1):
            for e in network.level_edges[level]:
                edge = network.edges[e]
                if edge.source not in suffixes:
                    continue
                left, right = before[level].get(edge.target, {}), suffixes[edge.source]
                work += len(left) * len(right) + (len(left) + len(right)) * len(supports[e])
                if work > limit:
                    raise LimitError("terms of the network's Jacobian", work, limit)
                product = convolve(left, right, network.group, reducer(field))
                _enter(rows, leaf, product, supports[e], starts[e], network.group)
            suffixes = _one_level_up(network, level, suffixes, kernels, field)
    return rows


def column_starts(network: Network) -> dict[int, int]:
    """For every edge, by number, the column of the Jacobian that belongs to its first tap; levels from the root."""
    starts: dict[int, int] = {}
    before = 0
    for edges, size in zip(network.level_edges, network.parameters, strict=True):
        starts.update((e, before + network.offset(e)) for e in edges)
        before += size
    return starts


def _enter(rows: Rows, leaf: str, product: Kernel, taps: Sequence[Element], start: int, group: tuple[int, ...]) -> None:
    """Write the columns of one edge: its taps are distinct, so every cell is written once."""
    for place, value in product.items():
        for position, tap in enumerate(taps):
            x = tuple((a + b) % n if n else a + b for a, b, n in zip(place, tap, group, strict=True))
            rows.setdefault((leaf, x), {})[start + position] = value


def _one_level_up(
    network: Network, level: int, suffixes: dict[str, Kernel], kernels: Sequence[Kernel], field: Field
) -> dict[str, Kernel]:
    reduce = reducer(field)
    above: dict[str, Kernel] = {}
    for e in network.level_edges[level]:
        edge = network.edges[e]
        if edge.source in suffixes:
            part = convolve(suffixes[edge.source], kernels[e], network.group, reduce)
            add(above.setdefault(edge.target, {}), part, reduce)
    return above


def unit_point(network: Network) -> tuple[tuple[int, ...], ...]:
    """The point where the first tap of every edge is 1 and the others are 0.

    When all path sums are distinct, the Jacobian there has rank sum |S_e| - (hidden nodes): its kernel is that of the
    path tensors, the rescalings of the hidden nodes, because no edge vanishes (theory 10.1, 10.2).
    """
    return tuple(
        tuple(int(position == 0) for e in edges for position in range(len(network.edges[e].support)))
        for edges in network.level_edges
    )
