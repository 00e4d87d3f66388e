"""Paths of a network by height and by name, and bounds for some of them."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest

import exactfact as ef
from exactfact.model import SpecError
from exactfact.pipeline.recovery import bound
from exactfact.stability.path_heights import Heights, named_path
from tests.architectures import BRANCHES
from tests.stability.problems import accepted, by_leaf, forward, solved


def test_a_zero_edge_spoils_its_paths_only():
    found = solved(BRANCHES, 3)
    h = [vector.copy() for vector in found.estimate]
    network = BRANCHES.network
    start = network.offset(4)  # xb
    h[2][start : start + 2] = 0
    data = forward(BRANCHES)(h)
    result = bound(BRANCHES, h, by_leaf(BRANCHES, data), noise="1e-6")
    assert not result.certified
    assert [row.radius is None for row in result.paths] == [False, False, True]
    accepted(result)  # the certificate holds the paths that are certified
    one = bound(BRANCHES, h, by_leaf(BRANCHES, data), noise="1e-6", path=["y", "ya", "left", "top"])
    assert one.certified
    assert accepted(one)["claims"][-1]["evidence"]["every"] is None
    other = bound(BRANCHES, h, by_leaf(BRANCHES, data), noise="1e-6", path=["top", "right", "xb"])
    assert not other.certified


def wide(levels, width):
    """A network with width^levels paths."""
    edges = []
    for level in range(levels):
        below = ["out"] if level == 0 else [f"n{level}_{i}" for i in range(width)]
        above = ["x"] if level == levels - 1 else [f"n{level + 1}_{i}" for i in range(width)]
        for i, target in enumerate(below):
            for j, source in enumerate(above):
                edges.append(ef.Edge(f"{level}_{i}_{j}", source, target, (0,)))
    return ef.Network([0], "out", edges, signal=[5])


def test_paths_in_order_agree_with_enumeration():
    network = wide(4, 3)
    rng = random.Random(4)
    h = [[Fraction(rng.randint(-6, 6)) for _ in range(size)] for size in network.parameters]
    heights = Heights.at(network, h)
    listed = list(heights.by_height())
    assert heights.count == len(listed) == len(set(listed)) == 27
    values = [heights.height(path) for path in listed]
    assert values == sorted(values, reverse=True)
    assert (values[0], values[-1]) == (heights.greatest, heights.least)
    assert heights.height(heights.worst()) == heights.least
    assert heights.largest_size == 4


def test_many_paths_are_not_enumerated():
    network = wide(60, 4)
    rng = random.Random(4)
    h = [[Fraction(rng.randint(1, 6)) for _ in range(size)] for size in network.parameters]
    heights = Heights.at(network, h)
    assert heights.count == 4**59
    best = list(itertools.islice(heights.by_height(), 5))
    assert heights.height(best[0]) == heights.greatest


def test_paths_by_name():
    network = BRANCHES.network
    assert named_path(network, ["top", "left", "xa"]) == named_path(network, ["x", "xa", "left", "top"])
    for names, message in ((["top"], "3 edges that lead"), (["top", "left", "xz"], "names of edges"),
                           (["y", "xa", "left", "top"], "lead from a leaf")):  # fmt: skip
        with pytest.raises(SpecError, match=message):
            named_path(network, names)
