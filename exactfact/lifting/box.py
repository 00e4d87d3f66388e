"""Where the path sums of a network live: a finite abelian group that identifies nothing more than the network's own.

A coordinate Z/N keeps its N residues.  A coordinate Z holds finitely many path sums, an interval: its taps are moved,
level by level, to start at 0, and the coordinate becomes Z/W with W the length of that interval, so that no sum wraps.
Elements are encoded row-major as one integer, the *code*.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from exactfact.model import Network
from exactfact.model.errors import integer_text

Element = tuple[int, ...]
PathIndex = tuple[tuple[int, int], ...]  # (edge index, tap position), from the root
Check = Callable[[], None]

# Distinct sums visited.  A sorted table of so many codes stays below 300 MB, merging included.
SUM_LIMIT = 4_000_000


def unlimited() -> None:
    """The check that never stops a computation; others raise when time is up."""


@dataclass(frozen=True)
class Unable:
    """A computation that was not begun or not finished: `needed` units of work (or a lower bound) exceed `limit`."""

    what: str
    needed: int
    limit: int

    def __str__(self) -> str:
        return f"{self.what}: about {integer_text(self.needed)} needed, the limit is {integer_text(self.limit)}"


@dataclass(frozen=True)
class Box:
    """Z/dims[0] x ... x Z/dims[d-1]; `taps[e]` are the effective taps of edge e in it, in the order of its support.

    The path sum of a full path is the element of the box plus `origin`, coordinate by coordinate.
    """

    dims: tuple[int, ...]
    origin: Element
    taps: tuple[tuple[Element, ...], ...]

    @cached_property
    def size(self) -> int:
        """The number of elements, the product of `dims`; codes run from 0 to size - 1."""
        return math.prod(self.dims)

    @cached_property
    def steps(self) -> tuple[int, ...]:
        """What one unit of each coordinate adds to a code."""
        steps = [1]
        for dim in reversed(self.dims[1:]):
            steps.append(steps[-1] * dim)
        return tuple(reversed(steps))

    def subtract(self, code: int, tap: Element) -> int:
        """The code of (element - tap), coordinates taken modulo `dims`."""
        return sum(
            (code // step - shift) % dim * step for dim, step, shift in zip(self.dims, self.steps, tap, strict=True)
        )

    def element(self, code: int) -> Element:
        """The path sum of a full path that has this code."""
        return tuple(
            code // step % dim + start for dim, step, start in zip(self.dims, self.steps, self.origin, strict=True)
        )


def box_of(network: Network) -> Box:
    """The box of a network.  Cost: linear in the number of taps."""
    supports = [network.effective_support(e) for e in range(len(network.edges))]
    dims, origin, axes = [], [], []
    for axis, entry in enumerate(network.group):
        lows, highs = ([0] * network.depth, []) if entry else level_ranges(network, supports, axis)
        dims.append(entry or 1 + sum(highs) - sum(lows))
        origin.append(sum(lows))
        axes.append(lows)
    if all(network.group):
        return Box(tuple(dims), tuple(origin), tuple(supports))
    level_of = {e: k for k, edges in enumerate(network.level_edges) for e in edges}
    taps = tuple(
        tuple(tuple(value - axes[i][level_of[e]] for i, value in enumerate(tap)) for tap in support)
        for e, support in enumerate(supports)
    )
    return Box(tuple(dims), tuple(origin), taps)


def level_ranges(network: Network, supports: list[tuple[Element, ...]], axis: int) -> tuple[list[int], list[int]]:
    """Smallest and largest effective tap of every level in one coordinate."""
    values = [[tap[axis] for e in edges for tap in supports[e]] for edges in network.level_edges]
    return [min(level) for level in values], [max(level) for level in values]


def incoming(network: Network) -> dict[str, list[int]]:
    """The edges that end in each node, in file order."""
    edges: dict[str, list[int]] = {}
    for index, edge in enumerate(network.edges):
        edges.setdefault(edge.target, []).append(index)
    return edges


def outgoing(network: Network) -> dict[str, list[int]]:
    """The edges that start in each node (they lead towards the root), in file order."""
    edges: dict[str, list[int]] = {}
    for index, edge in enumerate(network.edges):
        edges.setdefault(edge.source, []).append(index)
    return edges


def insertions(network: Network, size: int, cap: int) -> int:
    """An upper bound on the work of adding up all path sums: over the edges, taps times distinct sums at the target.

    Path counts are cut at `size` (no node has more sums than the box), so that huge counts never arise; the sum
    stops at the first level that takes it above `cap`.
    """
    counts = {network.root: 1}
    total = 0
    for edges in network.level_edges:
        level: dict[str, int] = {}
        for e in edges:
            edge = network.edges[e]
            work = len(edge.support) * counts[edge.target]
            level[edge.source] = min(size, level.get(edge.source, 0) + work)
            total += work
        counts = level
        if total > cap:
            break
    return total


def arrivals(network: Network, edges: list[int]) -> Iterator[tuple[int, int]]:
    """All (edge, tap position) pairs of the given edges."""
    for e in edges:
        for position in range(len(network.edges[e].support)):
            yield e, position
