"""What the criteria about networks share: crowded levels, positions of edges in a level, the norm of a translation."""

from __future__ import annotations

import math
from collections import Counter

from exactfact.lifting.box import PathIndex
from exactfact.model import Network

from .witness import Point, unit_point

NOT_A_NETWORK = "not a convolutional network"


def crowded_nodes(network: Network) -> tuple[str, ...]:
    """The hidden nodes whose level has another node; none exactly when both ambiguity groups agree (theory 10.2)."""
    per_level = Counter(network.node_level[node] for node in network.hidden)
    return tuple(node for node in network.hidden if per_level[network.node_level[node]] > 1)


def path_point(network: Network, path: PathIndex) -> Point:
    """The point that is 1 at the taps of one path index and 0 elsewhere: phi there is a single translation."""
    return unit_point(network.parameters, [network.offset(e) + tap for e, tap in path])


def named_path(network: Network, path: PathIndex) -> list[list[str | int]]:
    """A path index as evidence: [edge name, tap position] from the root."""
    return [[network.edges[e].name, tap] for e, tap in path]


def translation_norm(network: Network) -> int | None:
    """nu: the squared norm of every nonzero column of A (theory 10.4), or None where a signal length is missing.

    Coordinate by coordinate the group's entry divided by all strides, or the signal's length where the entry is 0.
    """
    if network.signal is None and 0 in network.group:
        return None
    stride = math.prod(network.strides)
    signal = network.signal or network.group
    return math.prod(entry // stride if entry else length for entry, length in zip(network.group, signal, strict=True))
