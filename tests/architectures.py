"""Small networks that tests of several rooms share, and the ways to write them in one line."""

from __future__ import annotations

import exactfact as ef


def network(group, *edges, title="", signal=None):
    """The architecture of a network with the root "out"; edges are (name, source, target, support[, dilation])."""
    return ef.Architecture(ef.Network(group, "out", [ef.Edge(*edge) for edge in edges], signal=signal), title=title)


def chain(group, supports, **keywords):
    """A network with one path: edge e0 touches the root; the taps of each level are numbers or tuples."""
    names = ["out", *(f"n{k}" for k in range(1, len(supports))), "in"]
    edges = [ef.Edge(f"e{k}", names[k + 1], names[k], list(support)) for k, support in enumerate(supports)]
    return ef.Network(list(group), "out", edges, **keywords)


DILATED = network(
    [16],
    ("e1", "a", "out", [0, 1], 8),
    ("e2", "b", "a", [0, 1], 4),
    ("e3", "c", "b", [0, 1], 2),
    ("e4", "x", "c", [0, 1]),
    title="two taps, dilations 1, 2, 4, 8",
)
BRANCHES = network(
    [0],
    ("top", "m", "out", [-1, 0]),
    ("left", "a", "m", [0, 2]),
    ("right", "b", "m", [0, 2]),
    ("xa", "x", "a", [0, 4, 8]),
    ("xb", "x", "b", [12, 16]),
    ("ya", "y", "a", [0, 4]),
    title="two branches",
    signal=[40],
)
FORK = network([8], ("top", "a", "out", [0, 1]), ("left", "x", "a", [0, 2]), ("right", "y", "a", [0, 2, 4]))
PLANE = network([6, 4], ("e1", "a", "out", [(0, 0), (1, 0)]), ("e2", "x", "a", [(0, 0), (2, 0), (0, 1)]), title="plane")
