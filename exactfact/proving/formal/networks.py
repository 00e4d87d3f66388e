"""Networks as the terms of `Definitions.v`: nodes are numbers, the root 0; taps after dilation and strides."""

from __future__ import annotations

from typing import Any

from exactfact.model import Network

from .errors import NotExported
from .instance import Level, by_collision, by_sums

PATH_LIMIT = 20_000


def sums(network: Network) -> str:
    """10.1 proved: Coq lists the sums. Different ends get different codes in the base chosen here."""
    paths = sum(network.path_counts.values())
    if paths > PATH_LIMIT:
        raise NotExported(f"{paths} path indices; the export of 10.1 lists them, up to {PATH_LIMIT}")
    levels = _levels(network)
    reach = sum(max(abs(x) for _, _, taps in level for tap in taps for x in tap) for level in levels)
    bound = 1 + reach + max(network.group) + len(network.edges)
    return by_sums(list(network.group), levels, 2 * bound + 1)


def collision(network: Network, evidence: Any) -> str | None:
    """10.1 refuted by two path indices with one sum; None for other evidence, such as a count."""
    if type(evidence) is not dict or type(evidence.get("paths")) is not list or len(evidence["paths"]) != 2:
        return None
    place = {
        network.edges[index].name: (k, e, len(network.edges[index].support))
        for k, level in enumerate(network.level_edges)
        for e, index in enumerate(level)
    }
    paths = [_path(path, place, network.depth) for path in evidence["paths"]]
    return by_collision(list(network.group), _levels(network), paths)


def _path(value: Any, place: dict[str, tuple[int, int, int]], depth: int) -> list[tuple[int, int]]:
    """(edge, tap) level by level from the root; Coq checks that it is a path."""
    path = []
    for k, step in enumerate(value if type(value) is list else []):
        name, tap = step if type(step) is list and len(step) == 2 else (None, None)
        level, edge, taps = place.get(name, (-1, 0, 0)) if type(name) is str else (-1, 0, 0)
        if level != k or type(tap) is not int or not 0 <= tap < taps:
            raise NotExported("evidence of 10.1 with a path that is not a tap of an edge on every level")
        path.append((edge, tap))
    if len(path) != depth:
        raise NotExported(f"evidence of 10.1 with a path of {len(path)} edges; {depth} are required")
    return path


def _levels(network: Network) -> list[Level]:
    number = {network.root: 0}
    for edge in network.edges:
        for node in (edge.target, edge.source):
            number.setdefault(node, len(number))
    return [
        [
            (
                number[network.edges[index].source],
                number[network.edges[index].target],
                [list(tap) for tap in network.effective_support(index)],
            )
            for index in level
        ]
        for level in network.level_edges
    ]
