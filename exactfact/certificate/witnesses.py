"""The pair (h, g) behind a refutation, as readers want it: by layers, and for networks by edges too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from exactfact.model import Network

Vectors = Sequence[Sequence[Any]]


def witness(claim: Mapping[str, Any], network: Network | None) -> dict[str, Any] | None:
    """{"h", "g"} by parametric layers (networks: by levels, and "edges" by names); None when no pair is exhibited.

    Two colliding path indices stand for the points that are 1 at their taps and 0 elsewhere (theory 10.1).
    """
    evidence = claim["evidence"]
    if claim["status"] != "refuted":
        return None
    if "h" in evidence and "g" in evidence:
        pair = {"h": evidence["h"], "g": evidence["g"]}
    elif "paths" in evidence and network is not None:
        pair = {name: _unit(network, path) for name, path in zip("hg", evidence["paths"], strict=True)}
    else:
        return None
    if network is None:
        return pair
    return {**pair, "edges": {name: _by_edges(network, vectors) for name, vectors in pair.items()}}


def _unit(network: Network, path: Sequence[tuple[str, int]]) -> list[list[int]]:
    numbers = {edge.name: index for index, edge in enumerate(network.edges)}
    vectors = [[0] * size for size in network.parameters]
    for level, (name, tap) in enumerate(path):
        vectors[level][network.offset(numbers[name]) + tap] = 1
    return vectors


def _by_edges(network: Network, vectors: Vectors) -> dict[str, list[Any]]:
    parts = {}
    for edges, vector in zip(network.level_edges, vectors, strict=True):
        for e in edges:
            start = network.offset(e)
            parts[network.edges[e].name] = list(vector[start : start + len(network.edges[e].support)])
    return {edge.name: parts[edge.name] for edge in network.edges}
