"""More path indices than places for their sums (theory 10.3b): some coefficient is at least 2, without a witness."""

from __future__ import annotations

import math
from dataclasses import dataclass

from exactfact.model import Network

from .box import Element


@dataclass(frozen=True)
class Pigeonhole:
    """`count` path multi-indices of a leaf have their sums in a set of `size` elements, size < count."""

    leaf: str
    count: int
    size: int

    @property
    def least_maximum(self) -> int:
        """Some sum occurs at least this often."""
        return -(-self.count // self.size)


def pigeonhole(network: Network) -> Pigeonhole | None:
    """The leaf where the counts force the most collisions, or None when no count forces any.

    The set is, coordinate by coordinate, Z/N or the interval of possible sums.  Cost: linear in the number of taps.
    """
    sizes = _sizes(network)
    crowded = [
        Pigeonhole(leaf, count, sizes[leaf]) for leaf, count in network.path_counts.items() if count > sizes[leaf]
    ]
    return max(crowded, key=lambda found: found.least_maximum, default=None)


def _sizes(network: Network) -> dict[str, int]:
    """By leaf: the size of a set that holds all its path sums."""
    supports = [network.effective_support(e) for e in range(len(network.edges))]
    factors: dict[str, list[int]] = {leaf: [entry for entry in network.group if entry] for leaf in network.leaves}
    for axis, entry in enumerate(network.group):
        if entry == 0:
            for leaf, (low, high) in _intervals(network, supports, axis).items():
                factors[leaf].append(1 + high - low)
    return {leaf: math.prod(values) for leaf, values in factors.items()}


def _intervals(network: Network, supports: list[tuple[Element, ...]], axis: int) -> dict[str, tuple[int, int]]:
    """By leaf: the smallest and the largest path sum in one coordinate."""
    ranges = {network.root: (0, 0)}
    for edges in network.level_edges:
        level: dict[str, tuple[int, int]] = {}
        for e in edges:
            edge = network.edges[e]
            values = [tap[axis] for tap in supports[e]]
            low, high = ranges[edge.target][0] + min(values), ranges[edge.target][1] + max(values)
            if edge.source in level:
                low, high = min(low, level[edge.source][0]), max(high, level[edge.source][1])
            level[edge.source] = (low, high)
        ranges = level
    return ranges
