"""Path sums of a convolutional network (theory 10.1, 10.3): are they distinct, how many are there, how often each?

A path index picks one tap on every edge of a root-leaf path; its column of the lifted map is the translation by the
sum of the taps in the block of its leaf.  So the rank is the number of (leaf, sum) pairs, and the map is injective on
path indices iff no pair is met twice.  Paths are never enumerated: tables travel from the root to the leaves, node by
node, and the search for a collision stops at the first node where two sums agree (counts never cancel).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactfact.model import Network

from . import sorted_sums
from .box import SUM_LIMIT, Box, Check, PathIndex, Unable, arrivals, box_of, incoming, insertions, outgoing, unlimited
from .packed import Translator, fits_packed, lowest


@dataclass(frozen=True)
class Collision:
    """Two different path indices of one leaf with the same sum, each a list of (edge index, tap position)."""

    leaf: str
    paths: tuple[PathIndex, PathIndex]


@dataclass
class _Tables:
    """Sets of path sums by node, in one of the two forms."""

    network: Network
    box: Box
    sets: dict[str, Any]
    packed: bool

    def holds(self, node: str, code: int) -> bool:
        """Whether some path from the root to the node has this sum."""
        if self.packed:
            return bool(self.sets[node] >> code & 1)
        return sorted_sums.contains(self.sets[node], code)

    def ways(self, edges: list[int], code: int) -> Iterator[tuple[int, int]]:
        """The (edge, tap position) pairs by which paths with this sum arrive."""
        for e, position in arrivals(self.network, edges):
            before = self.box.subtract(code, self.box.taps[e][position])
            if self.holds(self.network.edges[e].target, before):
                yield e, position


def find_collision(network: Network, limit: int = SUM_LIMIT, check: Check = unlimited) -> Collision | Unable | None:
    """Two path indices of one leaf with the same sum; None when all sums are distinct; Unable beyond the limit.

    Cost: one insertion for every distinct sum of every node before the first collision, times the taps that it meets;
    in packed form, bits of the box times taps.
    """
    box = box_of(network)
    packed = fits_packed(network, box, 1, insertions(network, box.size, limit), keep=True)
    tables = _Tables(network, box, {network.root: 1 if packed else sorted_sums.origin(box)}, packed)
    found = _scan_packed(tables, check) if packed else _scan_sorted(tables, limit, check)
    return _collision(tables, *found) if isinstance(found, tuple) else found


def _scan_packed(tables: _Tables, check: Check) -> tuple[str, int] | None:
    translator = Translator(tables.box)
    for e in _edges_from_root(tables.network):
        check()
        edge = tables.network.edges[e]
        below = tables.sets[edge.target]
        seen = tables.sets.get(edge.source, 0)
        for tap in tables.box.taps[e]:
            arriving = translator.move(below, tap)
            if arriving & seen:
                tables.sets[edge.source] = seen | arriving
                return edge.source, lowest(arriving & seen)
            seen |= arriving
        tables.sets[edge.source] = seen
    return None


def _scan_sorted(tables: _Tables, limit: int, check: Check) -> tuple[str, int] | Unable | None:
    network, box = tables.network, tables.box
    edges_of = outgoing(network)
    visited = 0
    for node in _nodes_from_root(network):
        pieces, budget = [], limit - visited
        for e, position in arrivals(network, edges_of[node]):
            check()
            pieces.append(sorted_sums.moved(box, tables.sets[network.edges[e].target], box.taps[e][position]))
            budget -= len(pieces[-1])
            if budget < 0:
                break
        codes = np.sort(np.concatenate(pieces))
        repeated = sorted_sums.duplicate(codes)
        if repeated is not None:
            return node, repeated
        if budget < 0:
            return Unable("path sums", max(limit + 1, insertions(network, box.size, limit)), limit)
        tables.sets[node] = codes
        visited += len(codes)
    return None


def _edges_from_root(network: Network) -> Iterator[int]:
    for edges in network.level_edges:
        yield from edges


def _nodes_from_root(network: Network) -> list[str]:
    """The nodes other than the root, level by level."""
    return list(dict.fromkeys(network.edges[e].source for e in _edges_from_root(network)))


def _collision(tables: _Tables, node: str, code: int) -> Collision:
    """Trace the two first arrivals at (node, code) back to the root, then on to a leaf by any edges."""
    network = tables.network
    edges_of, into = outgoing(network), incoming(network)
    tails: list[tuple[int, int]] = []
    leaf = node
    while leaf in into:
        tails.append((into[leaf][0], 0))
        leaf = network.edges[into[leaf][0]].source
    ways = tables.ways(edges_of[node], code)
    paths = []
    for first in (next(ways), next(ways)):
        steps = [first]
        here, rest = _before(tables, first, code)
        while here != network.root:
            steps.append(next(tables.ways(edges_of[here], rest)))
            here, rest = _before(tables, steps[-1], rest)
        paths.append((*reversed(steps), *tails))
    return Collision(leaf, (paths[0], paths[1]))


def _before(tables: _Tables, way: tuple[int, int], code: int) -> tuple[str, int]:
    e, position = way
    return tables.network.edges[e].target, tables.box.subtract(code, tables.box.taps[e][position])
