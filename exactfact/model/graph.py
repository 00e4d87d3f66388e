"""Layered rooted graphs: levels counted from the root, with an error that names what breaks them.

Everything is iterative and linear in the number of edges; paths are never enumerated.
"""

from __future__ import annotations

from dataclasses import dataclass

from .errors import SpecError, nearest, shorten


@dataclass(frozen=True)
class Link:
    """An edge of the graph: signal flows source -> target."""

    name: str
    source: str
    target: str


@dataclass(frozen=True)
class Layering:
    """The levels of a layered rooted graph: the root has level 0, every leaf level `depth`."""

    depth: int
    node_level: dict[str, int]
    level_edges: tuple[tuple[int, ...], ...]
    leaves: tuple[str, ...]
    hidden: tuple[str, ...]


def layering(links: tuple[Link, ...], root: str) -> Layering:
    """Levels of all nodes, after checking that the graph is acyclic and that all leaf-root paths have one length.

    Raises SpecError with places relative to the network.
    """
    nodes = {node: None for link in links for node in (link.source, link.target)}
    if root not in nodes:
        raise SpecError("root", "a node of some edge", f'"{shorten(root)}"', nearest(root, nodes))
    outgoing: dict[str, list[int]] = {node: [] for node in nodes}
    incoming: dict[str, list[int]] = {node: [] for node in nodes}
    for index, link in enumerate(links):
        outgoing[link.source].append(index)
        incoming[link.target].append(index)
    _check_cycles(links, nodes, outgoing, incoming)
    _check_sinks(links, root, outgoing)
    level = _levels(links, root, outgoing, incoming)
    leaves = tuple(node for node in nodes if not incoming[node])
    depth = level[leaves[0]]
    for leaf in leaves:
        if level[leaf] != depth:
            lengths = f'{depth} from leaf "{shorten(leaves[0])}", {level[leaf]} from leaf "{shorten(leaf)}"'
            raise SpecError("", "all leaf-root paths of the same length", lengths)
    by_level: list[list[int]] = [[] for _ in range(depth)]
    for index, link in enumerate(links):
        by_level[level[link.target]].append(index)
    order = {node: position for position, node in enumerate(nodes)}
    hidden = sorted((n for n in nodes if n != root and incoming[n]), key=lambda n: (level[n], order[n]))
    ordered = dict(sorted(level.items(), key=lambda item: (item[1], order[item[0]])))
    return Layering(depth, ordered, tuple(map(tuple, by_level)), leaves, tuple(hidden))


def _check_cycles(
    links: tuple[Link, ...], nodes: dict[str, None], outgoing: dict[str, list[int]], incoming: dict[str, list[int]]
) -> None:
    """Kahn's algorithm; what is left contains a cycle, found by walking backwards."""
    waiting = {node: len(incoming[node]) for node in nodes}
    ready = [node for node in nodes if not waiting[node]]
    while ready:
        node = ready.pop()
        del waiting[node]
        for index in outgoing[node]:
            target = links[index].target
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    if not waiting:
        return
    seen: dict[str, int] = {}
    walk: list[str] = []
    node = next(iter(waiting))
    while node not in seen:
        seen[node] = len(walk)
        walk.append(node)
        node = next(links[i].source for i in incoming[node] if links[i].source in waiting)
    cycle = walk[seen[node] :][::-1]
    shown = [f'"{shorten(n)}"' for n in cycle[:6]] + (["..."] if len(cycle) > 6 else []) + [f'"{shorten(cycle[0])}"']
    raise SpecError("", "no cycle: signal flows from the leaves to the root", "the cycle " + " -> ".join(shown))


def _check_sinks(links: tuple[Link, ...], root: str, outgoing: dict[str, list[int]]) -> None:
    """The root is the only node without outgoing edges, so that every node reaches it."""
    if outgoing[root]:
        place = f'edge "{shorten(links[outgoing[root][0]].name)}"'
        raise SpecError(place, f'no edge out of the root "{shorten(root)}"', f'from = "{shorten(root)}"')
    for node, edges in outgoing.items():
        if not edges and node != root:
            required = f'every node on a path to the root "{shorten(root)}"'
            raise SpecError("", required, f'node "{shorten(node)}", which has no edge out of it')


def _levels(
    links: tuple[Link, ...], root: str, outgoing: dict[str, list[int]], incoming: dict[str, list[int]]
) -> dict[str, int]:
    """Distance to the root of every node, in breadth-first order; all edges out of a node must agree."""
    level = {root: 0}
    missing = {node: len(edges) for node, edges in outgoing.items()}
    queue = [root]
    for node in queue:  # grows while it is walked
        for index in incoming[node]:
            source = links[index].source
            missing[source] -= 1
            if not missing[source]:
                level[source] = _agreed(links, outgoing[source], level)
                queue.append(source)
    return level


def _agreed(links: tuple[Link, ...], edges: list[int], level: dict[str, int]) -> int:
    first = links[edges[0]]
    for index in edges[1:]:
        link = links[index]
        if level[link.target] != level[first.target]:
            lengths = f'{level[first.target] + 1} through edge "{shorten(first.name)}", '
            lengths += f'{level[link.target] + 1} through edge "{shorten(link.name)}"'
            required = f'all paths from node "{shorten(link.source)}" to the root of the same length'
            raise SpecError(f'edge "{shorten(link.name)}"', required, lengths)
    return level[first.target] + 1
