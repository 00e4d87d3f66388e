"""How often each path sum of a network occurs (theory 10.1, 10.4): rank, largest entry and singular values.

The counts are the entries of M_1(1)...M_K(1), in Z.  Tables travel from the root to the leaves, level by level.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactfact.model import Network

from . import sorted_sums
from .box import SUM_LIMIT, Box, Check, Element, Unable, box_of, insertions, unlimited
from .packed import Translator, fits_packed, histogram, slot_width


@dataclass(frozen=True)
class PathCounts:
    """How often the coefficients c_leaf(x) > 0 take each value: {leaf: {value: number of x}}."""

    by_leaf: dict[str, Counter[int]]

    @property
    def multiplicities(self) -> dict[int, int]:
        """{c: number of (leaf, x) with c_leaf(x) = c}, in increasing order.

        The squared nonzero singular values of the lifted map are nu c, that often (theory 10.4).
        """
        total: Counter[int] = Counter()
        for counts in self.by_leaf.values():
            total.update(counts)
        return dict(sorted(total.items()))

    @property
    def rank(self) -> int:
        """The rank of the lifted map: the number of (leaf, x) that are reached."""
        return sum(self.multiplicities.values())

    @property
    def largest(self) -> int:
        """The largest entry of M_1(1)...M_K(1): 1 iff all path sums of every leaf are distinct (theory 10.1)."""
        return max(self.multiplicities)


def reached(network: Network, limit: int = SUM_LIMIT, check: Check = unlimited) -> int | Unable:
    """The rank of the lifted map: how many (leaf, x) are path sums (theory 10.1).

    Bit tables when the box is moderate, otherwise the sorted counts.  Cost as `find_collision` without the early end.
    """
    box = box_of(network)
    if not fits_packed(network, box, 1, insertions(network, box.size, limit)):
        counts = count_sums(network, limit, check)
        return counts if isinstance(counts, Unable) else counts.rank
    translator = Translator(box)
    full = (1 << box.size) - 1
    tables = {network.root: 1}
    for edges in network.level_edges:
        level: dict[str, int] = {}
        for e in edges:
            check()
            edge = network.edges[e]
            below, seen = tables[edge.target], level.get(edge.source, 0)
            for tap in box.taps[e]:
                if seen == full:
                    break
                seen |= translator.move(below, tap)
            level[edge.source] = seen
        tables = level
    return sum(table.bit_count() for table in tables.values())


def count_sums(network: Network, limit: int = SUM_LIMIT, check: Check = unlimited) -> PathCounts | Unable:
    """The multiplicities of the path sums, counted in Z (theory 10.1, 10.4); Unable beyond `limit` insertions."""
    box = box_of(network)
    work = insertions(network, box.size, limit)
    if work > limit:
        return Unable("path sums", work, limit)
    largest = max(network.path_counts.values())
    width = slot_width(largest)
    if fits_packed(network, box, width, work):
        tables = _packed_counts(network, box, width, check)
        return PathCounts({leaf: histogram(table, width, box.size) for leaf, table in tables.items()})
    sorted_tables = _sorted_counts(network, box, largest, check)
    return PathCounts({leaf: Counter(counts.tolist()) for leaf, (_, counts) in sorted_tables.items()})


def _packed_counts(network: Network, box: Box, width: int, check: Check) -> dict[str, int]:
    translator = Translator(box, width)
    tables = {network.root: 1}
    for edges in network.level_edges:
        level: dict[str, int] = {}
        for e in edges:
            check()
            edge = network.edges[e]
            below = tables[edge.target]
            level[edge.source] = level.get(edge.source, 0) + sum(translator.move(below, tap) for tap in box.taps[e])
        tables = level
    return tables


def _sorted_counts(network: Network, box: Box, largest: int, check: Check) -> dict[str, tuple[Any, Any]]:
    tables = {network.root: (sorted_sums.origin(box), np.ones(1, dtype=sorted_sums.code_type(largest)))}
    for edges in network.level_edges:
        pieces: dict[str, list[tuple[Any, Any]]] = {}
        for e in edges:
            check()
            codes, counts = tables[network.edges[e].target]
            moved = [(sorted_sums.moved(box, codes, tap), counts) for tap in box.taps[e]]
            pieces.setdefault(network.edges[e].source, []).extend(moved)
        tables = {
            node: sorted_sums.merged(np.concatenate([c for c, _ in parts]), np.concatenate([m for _, m in parts]))
            for node, parts in pieces.items()
        }
    return tables


def element_counts(network: Network, limit: int = SUM_LIMIT) -> dict[str, dict[Element, int]] | Unable:
    """The whole tables {leaf: {x: c_leaf(x)}}, for small networks: the entries of M_1(1)...M_K(1)."""
    box = box_of(network)
    work = insertions(network, box.size, limit)
    if work > limit:
        return Unable("path sums", work, limit)
    tables = _sorted_counts(network, box, max(network.path_counts.values()), unlimited)
    return {
        leaf: {box.element(code): count for code, count in zip(codes.tolist(), counts.tolist(), strict=True)}
        for leaf, (codes, counts) in tables.items()
    }
