"""Convolutional networks: the layered graph, its effective taps, path counts.

Signals flow from the leaves to the root; level k edges (k = 1..K) join a node of level k to one of level k - 1, the
root having level 0. Nothing here enumerates paths or recurses on the graph.
"""
from dataclasses import dataclass
from math import prod
from typing import Any

from .errors import Text, require
from .families import fields, large, listing, vectors
from .numbers import encode

Position = tuple[int, ...]


@dataclass(frozen=True)
class Edge:
    """An edge source -> target with its effective taps; `level` 0..K-1, `offset` in the level's parameter vector."""

    name: str
    source: str
    target: str
    taps: tuple[Position, ...]
    level: int
    offset: int


@dataclass(frozen=True)
class Network:
    """A validated network; `moduli`: the group's entries (0: no wrap-around); `nu`: theory 10.4 (None: unknown)."""

    moduli: Position
    root: str
    edges: tuple[Edge, ...]
    levels: tuple[tuple[Edge, ...], ...]
    node_level: dict[str, int]
    leaves: tuple[str, ...]
    nu: int | None

    @property
    def parameters(self) -> list[int]:
        """S_1, ..., S_K: the taps of all edges of each level, levels from the root."""
        return [sum(len(edge.taps) for edge in level) for level in self.levels]

    @property
    def edges_by_level(self) -> list[Edge]:
        """All edges, those nearer the root first: an edge's target comes before its source."""
        return [edge for level in self.levels for edge in level]

    @property
    def hidden(self) -> list[str]:
        """Nodes that are neither the root nor a leaf."""
        return [node for node, level in self.node_level.items() if 0 < level < len(self.levels)]

    def one_node_a_level(self) -> bool:
        """True iff every hidden level has exactly one node (then every multi-index is a path index)."""
        return len(self.hidden) == len(self.levels) - 1


def read_network(document: Any, where: str) -> tuple[dict[str, Any], Network]:
    """A network as written -> (canonical network, validated network)."""
    f = fields(document, where, "group root edge", signal=None, layer=[])
    group = [large(n, f"{where}, group", 0) for n in listing(f["group"], f"{where}, group")]
    require(0 < len(group) <= 16, f"{where}, group: one to 16 entries", group)
    signal = f["signal"]
    if signal is not None:
        signal = [large(n, f"{where}, signal", 1) for n in listing(signal, f"{where}, signal", len(group))]
    require(isinstance(f["root"], str), f"{where}, root: a string", f["root"])
    edges = []
    for i, entry in enumerate(listing(f["edge"], f"{where}, edge")):
        at = f"{where}, edge[{i}]"
        e = fields(entry, at, "from to support", name=f"e{i}", dilation=1)
        require(all(isinstance(e[key], str) for key in ("name", "from", "to")), f"{at}: name, from, to strings", entry)
        support = vectors(e["support"], f"{at}, support", len(group))
        require(bool(support), f"{at}, support: at least one tap", support)
        edges.append({**e, "support": support, "dilation": large(e["dilation"], f"{at}, dilation", 1)})
    names = {e["name"] for e in edges}
    require(0 < len(names) == len(edges), f"{where}: edges with different names", sorted(names))
    node_level, depth = _node_levels(f["root"], edges, where)
    written = [fields(e, f"{where}, layer", "", stride=1)["stride"] for e in listing(f["layer"], f"{where}, layer")]
    require(len(written) in (0, depth), f"{where}, layer: one entry for each of the {depth} levels", written)
    strides = [large(t, f"{where}, stride", 1) for t in written] or [1] * depth
    read = {**f, "group": group, "signal": signal, "edge": edges, "layer": [{"stride": t} for t in strides]}
    return _canonical(read), _assemble(read, strides, node_level, where)


def _canonical(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _canonical(x) for key, x in value.items()}
    if isinstance(value, list):
        return [_canonical(x) for x in value]
    return encode(value) if isinstance(value, int) else value


def _node_levels(root: str, edges: list[dict[str, Any]], where: str) -> tuple[dict[str, int], int]:
    """Levels counted from the root; rejects cycles, unequal lengths, and nodes off the root-leaf paths."""
    incoming: dict[str, list[str]] = {}
    for e in edges:
        incoming.setdefault(e["to"], []).append(e["from"])
    level, queue = {root: 0}, [root]
    for node in queue:
        for source in incoming.get(node, ()):
            if source not in level:
                level[source] = level[node] + 1
                queue.append(source)
    for e in edges:
        require(e["to"] in level and e["from"] in level, f"{where}: edges that lead to the root", Text(
            f"an edge that does not: {e['name']!a}"))
        require(level[e["from"]] == level[e["to"]] + 1, f"{where}: paths to the root of one length, no cycle", Text(
            f"edge {e['name']!a} from level {level[e['from']]} to level {level[e['to']]}"))
    depth = max(level.values())
    ends = sorted({level[node] for node in level if node not in incoming})
    require(depth > 0 and ends == [depth], f"{where}: every leaf on level {depth}", Text(f"leaves on levels {ends}"))
    return level, depth


def _assemble(doc: dict[str, Any], strides: list[int], node_level: dict[str, int], where: str) -> Network:
    group, total = doc["group"], 1
    factors = [1] * len(strides)  # t_{k+1}...t_K of each level
    for k in reversed(range(len(strides))):
        factors[k] = total
        total *= strides[k]
        require(total == 1 or all(n and n % total == 0 for n in group),
                f"{where}: strides above 1 need group entries that the product of the strides divides", group)
    levels: list[list[Edge]] = [[] for _ in strides]
    offsets = [0] * len(strides)
    edges = []
    for e in doc["edge"]:
        k = node_level[e["to"]]
        scale = factors[k] * e["dilation"]
        taps = tuple(tuple(scale * s % n if n else scale * s for s, n in zip(tap, group, strict=True))
                     for tap in e["support"])
        require(len(set(taps)) == len(taps), f"{where}, edge {e['name']!a}: taps different in the group", e["support"])
        edge = Edge(e["name"], e["from"], e["to"], taps, k, offsets[k])
        offsets[k] += len(taps)
        levels[k].append(edge)
        edges.append(edge)
    signal = doc["signal"] or [None] * len(group)
    sizes = [n // total if n else s for n, s in zip(group, signal, strict=True)]
    return Network(tuple(group), doc["root"], tuple(edges), tuple(map(tuple, levels)), node_level,
                   tuple(sorted(node for node, level in node_level.items() if level == len(strides))),
                   None if None in sizes else prod(sizes))
