"""Convolutional networks: kernels on the edges of a layered rooted graph, over Z/N_1 x ... x Z/N_d or Z^d.

Signal flows from the leaves to the root.  Level k holds the edges at distance k from the root (0-based: level 0
touches the root); its parameter vector is the concatenation of the taps of its edges, in file order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .arrays import axes, listed, taps
from .edge import Edge, Tap
from .errors import SpecError, at, describe, each, integer_text, shorten
from .graph import Layering, Link, layering
from .layer import NAME_LIMIT, check_text
from .numbers import integer, long_integer
from .operators import check_distinct, set_field

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, repr=False)
class Network:
    """A layered rooted graph of convolutions; validated on construction in linear time, without listing paths.

    `group`: one integer for each coordinate, 0 for no wrap-around.  `strides`: one for each level from the root, empty
    for no stride.  `signal`: the input lengths, needed where the group has a 0 to know the size of the operator.
    """

    group: tuple[int, ...]
    root: str
    edges: tuple[Edge, ...]
    signal: tuple[int, ...] | None = None
    strides: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        with at("network"):
            self._check_group()
            self._check_edges()
            self._check_strides()
            for index, edge in enumerate(self.edges):
                with at(f'edge "{shorten(edge.name)}", support'):
                    self._check_taps(index, edge)

    def __repr__(self) -> str:
        return f"<Network of {len(self.edges)} edges, depth {self.depth}, {len(self.leaves)} leaves>"

    def _check_group(self) -> None:
        with at("group"):
            group = axes(self.group, 0, long_integer)
        set_field(self, group=group)
        if self.signal is None:
            return
        with at("signal"):
            signal = axes(self.signal, 1, long_integer)
            if len(signal) != len(group):
                raise SpecError("", f"{len(group)} lengths, one for each entry of group", f"{len(signal)}")
            for index, (length, modulus) in enumerate(zip(signal, group, strict=True)):
                if modulus and length != modulus:
                    required = f"{integer_text(modulus)}, the entry of group (a length is free where that is 0)"
                    raise SpecError(f"[{index}]", required, integer_text(length))
        set_field(self, signal=signal)

    def _check_edges(self) -> None:
        with at("edge"):
            edges = each(listed(self.edges), _edge)
            if not edges:
                raise SpecError("", "at least one edge", "an empty list")
            first: dict[str, int] = {}
            for index, edge in enumerate(edges):
                if first.setdefault(edge.name, index) != index:
                    received = f'"{shorten(edge.name)}", also the name of edge[{first[edge.name]}]'
                    raise SpecError(f"[{index}], name", "different names for all edges", received)
        with at("root"):
            check_text(self.root, NAME_LIMIT)
        set_field(self, edges=edges)
        for edge in edges:
            with at(f'edge "{shorten(edge.name)}"'), at("support"):
                taps(edge.support, len(self.group), long_integer)
        _ = self._layering  # checks the graph

    def _check_strides(self) -> None:
        with at("layer"):
            strides = each(listed(self.strides), lambda item: integer(item, 1, "a stride"))
            strides = strides or (1,) * self.depth
            if len(strides) != self.depth:
                raise SpecError("", f"{self.depth} strides, one for each level from the root", f"{len(strides)}")
            total = 1
            for index, stride in enumerate(strides):
                total *= stride
                for modulus in self.group if stride > 1 else ():
                    if modulus % total or not modulus:
                        required = "strides above 1 only where their product divides every entry of group"
                        received = f"product {integer_text(total)}, entry {integer_text(modulus)}"
                        raise SpecError(f"[{index}], stride", required, received)
        set_field(self, strides=strides)

    def _check_taps(self, index: int, edge: Edge) -> None:
        """Taps of layer k are distinct modulo (group entry) / (t_{k+1} ... t_K), after dilation."""
        below = self._stride_below[self.edge_level(index)]
        moduli = [n // below for n in self.group]
        reduced = (_reduce(tap, edge.dilation, moduli) for tap in edge.support)
        if not any(moduli):
            what = "taps that differ"
        else:
            what = f"taps that differ modulo {describe(tuple(moduli) if len(moduli) > 1 else moduli[0])}"
            what += f" after dilation by {integer_text(edge.dilation)}" if edge.dilation > 1 else ""
        check_distinct(reduced, edge.support, what)

    @cached_property
    def _layering(self) -> Layering:
        return layering(tuple(Link(e.name, e.source, e.target) for e in self.edges), self.root)

    @cached_property
    def _stride_below(self) -> tuple[int, ...]:
        """t_{k+1} ... t_K for each level k."""
        products = [1] * self.depth
        for level in range(self.depth - 2, -1, -1):
            stride = self.strides[level + 1]  # one shared integer where nothing changes: it may be long
            products[level] = products[level + 1] * stride if stride > 1 else products[level + 1]
        return tuple(products)

    @property
    def depth(self) -> int:
        """K, the length of every leaf-root path."""
        return self._layering.depth

    @property
    def node_level(self) -> dict[str, int]:
        """Distance to the root of every node, by level."""
        return self._layering.node_level

    @property
    def level_edges(self) -> tuple[tuple[int, ...], ...]:
        """Indices of the edges of each level, in file order."""
        return self._layering.level_edges

    @property
    def leaves(self) -> tuple[str, ...]:
        """Nodes without incoming edges, in order of first appearance."""
        return self._layering.leaves

    @property
    def hidden(self) -> tuple[str, ...]:
        """Nodes that are neither the root nor leaves, by level, then by first appearance."""
        return self._layering.hidden

    @cached_property
    def graph(self) -> networkx.MultiDiGraph[str]:
        """The graph, edges source -> target, keyed by name, with the index of the edge as attribute `index`."""
        import networkx  # loaded when a graph is asked for: it is slow to import

        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        graph.add_nodes_from((node, {"level": level}) for node, level in self.node_level.items())
        for index, edge in enumerate(self.edges):
            graph.add_edge(edge.source, edge.target, key=edge.name, index=index)
        return graph

    @cached_property
    def _edge_levels(self) -> tuple[int, ...]:
        return tuple(self.node_level[edge.target] for edge in self.edges)

    def edge_level(self, index: int) -> int:
        """The level of edge `index`: 0 for the edges into the root, depth - 1 for those out of leaves."""
        return self._edge_levels[index]

    @cached_property
    def _offsets(self) -> tuple[int, ...]:
        offsets = [0] * len(self.edges)
        for edges in self.level_edges:
            position = 0
            for index in edges:
                offsets[index] = position
                position += len(self.edges[index].support)
        return tuple(offsets)

    def offset(self, edge_index: int) -> int:
        """Where the taps of the edge begin in the parameter vector of its level."""
        return self._offsets[edge_index]

    @cached_property
    def parameters(self) -> tuple[int, ...]:
        """S_1, ..., S_K: the taps of all edges of each level, levels from the root."""
        return tuple(sum(len(self.edges[i].support) for i in edges) for edges in self.level_edges)

    def effective_support(self, edge_index: int) -> tuple[Tap, ...]:
        """Taps after dilation and the strides below, t_{k+1} ... t_K dilation tap, modulo the nonzero group entries."""
        edge = self.edges[edge_index]
        factor = edge.dilation * self._stride_below[self.edge_level(edge_index)]
        axes = zip(zip(*edge.support, strict=True), self.group, strict=True)
        return tuple(zip(*([factor * s % n if n else factor * s for s in axis] for axis, n in axes), strict=True))

    @cached_property
    def path_counts(self) -> dict[str, int]:
        """For each leaf the exact number of path multi-indices (a path and a tap on each of its edges)."""
        counts = {self.root: 1}
        for edges in self.level_edges:
            above, counts = counts, {}
            for index in edges:
                edge = self.edges[index]
                counts[edge.source] = counts.get(edge.source, 0) + len(edge.support) * above[edge.target]
        return {leaf: counts[leaf] for leaf in self.leaves}

    @cached_property
    def group_order(self) -> int | None:
        """Number of elements of the group, None when it is infinite."""
        return math.prod(self.group) or None

    @cached_property
    def shape(self) -> tuple[int, int] | None:
        """(rows, columns) of the operator on the stacked leaf signals; None when a length is not known.

        Without wrap-around the output holds every sum of taps: input length + largest - smallest path sum.
        """
        inputs = self.signal if self.signal is not None else self.group
        if not all(inputs):
            return None
        total = self._stride_below[0] * self.strides[0]
        rows = 1
        for axis, (length, modulus) in enumerate(zip(inputs, self.group, strict=True)):
            low, high = (0, 0) if modulus else self._extent(axis)
            rows *= modulus // total if modulus else length + high - low
        return rows, math.prod(inputs) * len(self.leaves)

    def _extent(self, axis: int) -> tuple[int, int]:
        """Smallest and largest path sum of all leaves in one coordinate."""
        bounds = {self.root: (0, 0)}
        for edges in self.level_edges:
            above, bounds = bounds, {}
            for index in edges:
                edge = self.edges[index]
                values = [tap[axis] for tap in self.effective_support(index)]
                low, high = above[edge.target]
                low, high = low + min(values), high + max(values)
                old = bounds.get(edge.source, (low, high))
                bounds[edge.source] = min(low, old[0]), max(high, old[1])
        return min(low for low, _ in bounds.values()), max(high for _, high in bounds.values())

    def keys(self) -> dict[str, Any]:
        """The canonical keys of the network, numbers not yet encoded."""
        return {
            "group": self.group,
            "root": self.root,
            "signal": self.signal,
            "edge": [edge.keys() for edge in self.edges],
            "layer": [{"stride": stride} for stride in self.strides],
        }


def _edge(value: object) -> Edge:
    if not isinstance(value, Edge):
        raise SpecError("", "an Edge", describe(value))
    return value


def _reduce(tap: Tap, factor: int, moduli: tuple[int, ...] | list[int]) -> Tap:
    return tuple(factor * s % n if n else factor * s for s, n in zip(tap, moduli, strict=True))
