"""The paths of a network by M_p = ||P^p(h)||_inf, the product of the largest taps of their edges.

Best and worst path by dynamic programming; the best ones in order by a search that never takes a path off its heap
before all better ones (the bounds on what follows are exact).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from exactfact.model import Network, SpecError
from exactfact.model.errors import nearest, shorten

from .metric import Point, layer_norm

Path = tuple[int, ...]  # edges from the root to a leaf


@dataclass(frozen=True)
class Heights:
    """A network and the largest absolute tap of every edge at a point."""

    network: Network
    edges: tuple[Fraction, ...]

    @classmethod
    def at(cls, network: Network, h: Point) -> Heights:
        """The heights at a rational point, given by levels: the largest absolute value of every edge."""
        heights = [Fraction(0)] * len(network.edges)
        for level, vector in zip(network.level_edges, h, strict=True):
            for e in level:
                start = network.offset(e)
                heights[e] = layer_norm(vector[start : start + len(network.edges[e].support)])
        return cls(network, tuple(heights))

    @cached_property
    def count(self) -> int:
        """The number of paths from the root to a leaf, without listing them."""
        counts = {self.network.root: 1}
        for level in self.network.level_edges:
            above, counts = counts, {}
            for e in level:
                edge = self.network.edges[e]
                counts[edge.source] = counts.get(edge.source, 0) + above[edge.target]
        return sum(counts.values())

    @cached_property
    def largest_size(self) -> int:
        """The largest number of parameters on a path, sum |S_e|, over all paths."""
        sizes = {self.network.root: 0}
        for level in self.network.level_edges:
            above, sizes = sizes, {}
            for e in level:
                edge = self.network.edges[e]
                sizes[edge.source] = max(sizes.get(edge.source, 0), above[edge.target] + len(edge.support))
        return max(sizes.values())

    @cached_property
    def _ahead(self) -> dict[str, tuple[Fraction, Fraction]]:
        """(least, greatest) product from every node to the leaves."""
        ahead = {leaf: (Fraction(1), Fraction(1)) for leaf in self.network.leaves}
        for level in reversed(self.network.level_edges):
            for e in level:
                edge = self.network.edges[e]
                low, high = (self.edges[e] * x for x in ahead[edge.source])
                least, greatest = ahead.get(edge.target, (low, high))
                ahead[edge.target] = min(least, low), max(greatest, high)
        return ahead

    @property
    def least(self) -> Fraction:
        """The smallest M_p = ||P^p(h)||_inf of all paths; 0 where an edge is zero."""
        return self._ahead[self.network.root][0]

    @property
    def greatest(self) -> Fraction:
        """The largest M_p of all paths."""
        return self._ahead[self.network.root][1]

    def height(self, path: Path) -> Fraction:
        """M_p of one path (edges from the root): the product of the heights of its edges."""
        product = Fraction(1)
        for e in path:
            product *= self.edges[e]
        return product

    def size(self, path: Path) -> int:
        """The number of parameters on a path, sum |S_e|."""
        return sum(len(self.network.edges[e].support) for e in path)

    def worst(self) -> Path:
        """A path with the smallest M_p, found by dynamic programming."""
        return self._walk(0)

    def _walk(self, end: int) -> Path:
        node, path = self.network.root, []
        for level in self.network.level_edges:
            wanted = self._ahead[node][end]
            e = next(
                e
                for e in level
                if self.network.edges[e].target == node
                and self.edges[e] * self._ahead[self.network.edges[e].source][end] == wanted
            )
            path.append(e)
            node = self.network.edges[e].source
        return tuple(path)

    def by_height(self) -> Iterator[Path]:
        """All paths, those with the largest M_p first; ties in file order."""
        depth = len(self.network.level_edges)
        heap: list[tuple[Fraction, Path, str, Fraction]] = [(-self.greatest, (), self.network.root, Fraction(1))]
        while heap:
            _, path, node, product = heapq.heappop(heap)
            if len(path) == depth:
                yield path
                continue
            for e in self.network.level_edges[len(path)]:
                edge = self.network.edges[e]
                if edge.target == node:
                    longer = product * self.edges[e]
                    heapq.heappush(heap, (-longer * self._ahead[edge.source][1], (*path, e), edge.source, longer))


def named_path(network: Network, names: Sequence[str]) -> Path:
    """The path along edges given by name, from the root or from a leaf; a leaf's name may come first.  SpecError."""
    numbers = {edge.name: e for e, edge in enumerate(network.edges)}
    listed = list(names)
    leaf = listed.pop(0) if listed and listed[0] not in numbers and listed[0] in network.leaves else None
    for name in listed:
        if name not in numbers:
            raise SpecError("path", "names of edges", f'"{shorten(name)}"', nearest(name, numbers))
    path = tuple(numbers[name] for name in listed)
    for candidate in (path, path[::-1]):
        if _leads(network, candidate, leaf):
            return candidate
    raise SpecError("path", f"{network.depth} edges that lead from a leaf to the root", ", ".join(names) or "none")


def _leads(network: Network, path: Path, leaf: str | None) -> bool:
    node = network.root
    for e in path:
        if network.edges[e].target != node:
            return False
        node = network.edges[e].source
    return len(path) == network.depth and node in network.leaves and leaf in (None, node)
