"""Where the nodes of a network stand on the page: leaves left, root right, few crossings, no overlaps."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from exactfact.model import Network

Point = tuple[float, float]


def by_level(network: Network) -> list[list[str]]:
    """Nodes of level 0 (the root) to level K (the leaves), each level ordered by the mean place of its targets."""
    levels: list[list[str]] = [[] for _ in range(network.depth + 1)]
    for node, level in network.node_level.items():
        levels[level].append(node)
    targets: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        targets[edge.source].append(edge.target)
    for upper, lower in pairwise(levels):
        place = {node: index for index, node in enumerate(upper)}
        mean = {node: sum(place[t] for t in targets[node]) / len(targets[node]) for node in lower}
        lower.sort(key=lambda node: mean[node])
    return levels


def layered(network: Network, gap: float, separation: float) -> dict[str, Point]:
    """Coordinates (x to the right, y upwards, root at the right end); nodes of a level at least `separation` apart."""
    levels = by_level(network)
    sources: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        sources[edge.target].append(edge.source)
    heights: dict[str, float] = {}
    for index, node in enumerate(levels[-1]):
        heights[node] = -index * separation
    for level in reversed(levels[:-1]):
        wanted = [sum(heights[s] for s in sources[node]) / len(sources[node]) for node in level]
        heights.update(zip(level, _apart(wanted, separation), strict=True))
    depth = len(levels) - 1
    return {node: ((depth - k) * gap, heights[node]) for k, level in enumerate(levels) for node in level}


def _apart(wanted: list[float], separation: float) -> list[float]:
    """Heights in decreasing order, at least `separation` apart, around the same mean as the wanted ones."""
    placed: list[float] = []
    for height in wanted:
        placed.append(height if not placed else min(height, placed[-1] - separation))
    shift = (sum(wanted) - sum(placed)) / len(wanted)
    return [height + shift for height in placed]


def snake(nodes: list[str], per_row: int, gap: float, drop: float) -> dict[str, Point]:
    """A long chain in rows that alternate in direction: `per_row` steps to the side, then one step down."""
    places: dict[str, Point] = {}
    x, y, direction, steps = 0.0, 0.0, 1, 0
    for node in nodes:
        places[node] = (x, y)
        if steps == per_row:
            y, direction, steps = y - drop, -direction, 0
        else:
            x, steps = x + direction * gap, steps + 1
    return places
