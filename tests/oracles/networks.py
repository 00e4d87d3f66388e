"""Dense expansion of networks: stacked signals of the nodes, one big matrix for every tap, all paths listed."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from .dense import Matrix, number, supports_of, zeros


@dataclass(frozen=True)
class DenseNetwork:
    """`slots[k]`: per parameter of layer k its (edge index, tap index); `paths`: path multi-indices by leaf name."""

    edges: list  # (name, source, target, [effective taps], level)
    slots: list
    paths: dict  # leaf -> list of multi-indices
    sums: dict  # leaf -> list of group elements, parallel to `paths`
    hidden: list  # hidden nodes
    levels: dict  # node -> level
    group: list
    signal: list  # input length along every axis
    inputs: int  # nu: number of rows of a translation block that are nonzero


def network(written: dict) -> tuple[list, DenseNetwork]:
    group = list(written["group"])
    edges = _edges(written, group)
    levels = _levels(edges, written["root"])
    depth = max(levels.values())
    strides = [layer.get("stride", 1) for layer in written.get("layer") or []] or [1] * depth
    edges = [(name, s, t, taps, levels[t]) for name, s, t, taps in edges]
    nodes = [[v for v, at in levels.items() if at == k] for k in range(depth + 1)]
    boxes = _boxes(edges, group, strides, written.get("signal"), depth)
    layers, slots = [], []
    for k in range(depth):
        matrices, owned = [], []
        for e, (_, source, target, taps, level) in enumerate(edges):
            if level != k:
                continue
            for t, tap in enumerate(taps):
                block = _shift(boxes[k], boxes[k + 1], tap, strides[k], _local(group, strides, k))
                matrices.append(
                    _place(block, nodes[k].index(target), nodes[k + 1].index(source), len(nodes[k]), len(nodes[k + 1]))
                )
                owned.append((e, t))
        layers.append(matrices)
        slots.append(owned)
    paths, sums = _paths(edges, slots, levels, strides, group, depth)
    used = {v for _, s, t, _, _ in edges for v in (s, t)}
    hidden = [v for v in used if 0 < levels[v] < depth]
    signal = written.get("signal") or [n or 1 for n in group]
    nu = math.prod(n // math.prod(strides) if n else length for n, length in zip(group, signal, strict=True))
    return layers, DenseNetwork(edges, slots, paths, sums, hidden, levels, group, signal, nu)


def _edges(written: dict, group: list) -> list:
    out = []
    for index, edge in enumerate(written["edge"]):
        taps = [tuple(tap) if isinstance(tap, list) else (tap,) for tap in edge["support"]]
        dilation = edge.get("dilation", 1)
        taps = [tuple(dilation * x for x in tap) for tap in taps]
        out.append((edge.get("name", f"e{index}"), edge["from"], edge["to"], taps))
    return out


def _levels(edges: list, root: str) -> dict:
    levels = {root: 0}
    while True:
        new = {s: levels[t] + 1 for _, s, t, _ in edges if t in levels and s not in levels}
        if not new:
            return levels
        levels.update(new)


def _local(group: list, strides: list, k: int) -> list:
    """The group on the input side of layer k (0-based): divided by the strides nearer to the leaves."""
    return [n // math.prod(strides[k + 1 :]) for n in group]


def _boxes(edges: list, group: list, strides: list, signal: list | None, depth: int) -> list:
    """Per level the positions of a node's signal; without wrap-around it grows from the leaves to the root."""
    signal = signal or [1] * len(group)
    spans = [range(n) if n else range(s) for n, s in zip(group, signal, strict=True)]
    boxes = [spans]
    for k in reversed(range(depth)):
        grown = []
        for axis, (span, n) in enumerate(zip(boxes[0], group, strict=True)):
            if n:
                grown.append(range(len(span) // strides[k]))
                continue
            taps = [tap[axis] for edge in edges if edge[4] == k for tap in edge[3]]
            grown.append(range(span.start + min(taps), span.stop + max(taps)))
        boxes.insert(0, grown)
    return boxes


def _shift(out: list, inside: list, tap: tuple, stride: int, local: list) -> Matrix:
    """y[i] = x[stride * i - tap], indices modulo the local group."""
    along = [
        [[b for b in inner if _reached(a, b, s, stride, n)] for a in outer]
        for outer, inner, s, n in zip(out, inside, tap, local, strict=True)
    ]
    place = {x: c for c, x in enumerate(itertools.product(*inside))}
    block = zeros(math.prod(map(len, out)), len(place))
    for row, sources in zip(block, itertools.product(*along), strict=True):
        for x in itertools.product(*sources):
            row[place[x]] = 1
    return block


def _reached(a: int, b: int, tap: int, stride: int, n: int) -> bool:
    """Along one axis: the output a reads the input b through this tap."""
    gap = stride * a - b - tap
    return gap % n == 0 if n else gap == 0


def _place(block: Matrix, row: int, col: int, rows: int, cols: int) -> Matrix:
    height, width = len(block), len(block[0])
    out = zeros(rows * height, cols * width)
    for r, line in enumerate(block):
        out[row * height + r][col * width : (col + 1) * width] = line
    return out


def _paths(edges: list, slots: list, levels: dict, strides: list, group: list, depth: int) -> tuple[dict, dict]:
    paths: dict = {v: [] for v, at in levels.items() if at == depth}
    sums: dict = {v: [] for v in paths}
    for index in itertools.product(*(range(len(owned)) for owned in slots)):
        chosen = [slots[k][j] for k, j in enumerate(index)]
        if any(edges[a[0]][1] != edges[b[0]][2] for a, b in itertools.pairwise(chosen)):
            continue
        total = [0] * len(group)
        for k, (e, t) in enumerate(chosen):
            scale = math.prod(strides[k + 1 :])
            total = [x + scale * s for x, s in zip(total, edges[e][3][t], strict=True)]
        leaf = edges[chosen[-1][0]][1]
        paths[leaf].append(index)
        sums[leaf].append(tuple(x % n if n else x for x, n in zip(total, group, strict=True)))
    return paths, sums


def network_models(document: dict, net: DenseNetwork) -> list:
    models = []
    names = [edge[0] for edge in net.edges]
    for model in document.get("model") or []:
        e = names.index(model["edge"]) if isinstance(model["edge"], str) else model["edge"]
        slots = {t: (k, j) for k, owned in enumerate(net.slots) for j, (f, t) in enumerate(owned) if f == e}
        models.append(
            (set(slots.values()), [{slots[t] for t in support} for support in supports_of(model, len(slots))])
        )
    return models


def network_point(point: dict | None, net: DenseNetwork, p: int) -> list | None:
    if not point:
        return None
    if "edges" in point:
        taps = {edge[0]: point["edges"][edge[0]] for edge in net.edges}
        return [[number(taps[net.edges[e][0]][t], p) for e, t in owned] for owned in net.slots]
    return [[number(v, p) for v in h] for h in point["h"]]
