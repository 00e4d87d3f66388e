"""Random networks: chains, trees and graphs of levels on one to three axes."""

from __future__ import annotations

import itertools
import math
import random

from . import random_specs
from .sizes import Tier, sizes


def network(rng: random.Random, p: int, tier: Tier) -> dict | None:
    """A chain, a tree or a graph of levels, on one to three axes, with strides where the group allows them."""
    depth = rng.choice((1, 2, 2, 3, 3, 4, 5, 6))
    strides = [1] * depth
    group = _group(rng, 4 * tier.size)
    if 0 not in group and rng.random() < 0.4:
        strides = [rng.choice((1, 1, 2, 3)) for _ in range(depth)]
        unit = math.prod(strides)
        group = [unit * rng.randint(1, max(1, 4 * tier.size // unit)) for _ in group]
    form = rng.choice(("chain", "tree", "graph", "graph"))
    edges = []
    for k, source, target in _wires(rng, depth, form):
        coarse = math.prod(strides[k + 1 :])
        taps = rng.randint(1, min(12, max(2, tier.total // 20)))
        edges.append(_edge(rng, [n // coarse for n in group], source, target, len(edges), taps))
    written: dict = {"group": group, "root": "out", "edge": edges}
    if 0 in group and rng.random() < 0.5:
        written["signal"] = [n or rng.randint(1, 6) for n in group]
    if max(strides) > 1:
        written["layer"] = [{"stride": t} for t in strides]
    document = {"exactfact": 1, "field": f"GF({p})" if p else "QQ", "network": written}
    return document if tier.total // 20 <= sum(sizes(document)) <= tier.total else None


def _group(rng: random.Random, most: int) -> list[int]:
    axes = rng.choice((1, 1, 2, 2, 3))
    return [rng.choice((0, rng.randint(2, max(2, most // axes**2)))) for _ in range(axes)]


def _wires(rng: random.Random, depth: int, form: str) -> list[tuple[int, str, str]]:
    """(level, source, target); every node reaches the root and is reached from a leaf."""
    widths = [1] + [1 if form == "chain" else rng.choice((1, 2, 2, 3)) for _ in range(depth)]
    if form == "tree":
        widths = list(itertools.accumulate(widths, max))
    wires = []
    for k in range(depth):
        if form == "tree":  # the first nodes of the level above are all reached
            found = {(v, v if v < widths[k] else rng.randrange(widths[k])) for v in range(widths[k + 1])}
        else:
            found = {(v, rng.randrange(widths[k])) for v in range(widths[k + 1])}
            found |= {(rng.randrange(widths[k + 1]), w) for w in range(widths[k])}
        listed = sorted(found)
        if form == "graph" and rng.random() < 0.4:
            listed.append(rng.choice(listed))
        wires += [(k, f"n{k + 1}.{v}", f"n{k}.{w}" if k else "out") for v, w in listed]
    if rng.random() < 0.5:
        rng.shuffle(wires)
    return wires


def _edge(rng: random.Random, local: list[int], source: str, target: str, index: int, taps: int) -> dict:
    dilation = rng.choice((1, 1, 1, 2, 3, 5))
    support = random_specs.taps(rng, local, dilation, taps, 7)
    edge = {"name": f"edge {index}", "from": source, "to": target, "support": support}
    return edge if dilation == 1 else {**edge, "dilation": dilation}
