"""Seeded random architectures and networks, as documents that a user could have written by hand."""

from __future__ import annotations

import math
import random

from .expand import expand

FAMILIES = (
    "entries",
    "entries",
    "full",
    "diagonal",
    "circulant",
    "toeplitz",
    "hankel",
    "butterfly",
    "block_diagonal",
    "kronecker",
    "basis",
    "convolution",
)
MOST_PARAMETERS = {2: 13, 3: 9, 5: 6, 0: 10}


def chain(seed: int, p: int = 0, most: int | None = None, layers: int | None = None) -> dict:
    """A random chain over GF(p) (QQ for p = 0) with at most `most` parameters in all."""
    rng = random.Random(f"chain {seed} {p}")
    most = most or MOST_PARAMETERS.get(p, 8)
    while True:
        written = _layers(rng, p, layers or rng.choice((1, 2, 2, 2, 3, 3, 4)))
        document = {"exactfact": 1, "field": f"GF({p})" if p else "QQ", "layer": written}
        if written is None:
            continue
        sizes = [s for s in map(_parameters, written) if s]
        if sizes and sum(sizes) <= most and math.prod(sizes) <= 120:
            break
    if rng.random() < 0.3:
        document["title"] = "random architecture"
    parametric = [index for index, layer in enumerate(written) if layer["operator"] != "fixed"]
    if rng.random() < 0.3:
        document["model"] = [
            _model(rng, {"layer": index}, s) for index, s in zip(parametric, sizes, strict=True) if rng.random() < 0.6
        ]
    if rng.random() < 0.4:
        document["point"] = {"h": [[_value(rng, p) for _ in range(s)] for s in sizes]}
        if rng.random() < 0.7:
            _move_into_model(rng, document, parametric)
    return document


def _move_into_model(rng: random.Random, document: dict, parametric: list) -> None:
    """Zero the coordinates of the point outside one support of every model."""
    for model in document.get("model", []):
        h = document["point"]["h"][parametric.index(model["layer"])]
        supports = model.get("supports") or [rng.sample(range(len(h)), min(model["sparsity"], len(h)))]
        keep = rng.choice(supports)
        h[:] = [v if j in keep else 0 for j, v in enumerate(h)]


def network(seed: int, p: int = 0, most: int | None = None) -> dict:
    """A random layered DAG network with several leaves, parallel edges, strides, dilations and all kinds of groups."""
    rng = random.Random(f"network {seed} {p}")
    most = most or MOST_PARAMETERS.get(p, 8)
    while True:
        document = _network(rng, p)
        if document is None:
            continue
        arch = expand(document)
        if sum(arch.sizes) <= most and math.prod(arch.sizes) <= 150:
            break
    edges = document["network"]["edge"]
    if rng.random() < 0.25:
        document["model"] = [
            _model(rng, {"edge": edge["name"]}, len(edge["support"])) for edge in edges if rng.random() < 0.5
        ]
    if rng.random() < 0.4:
        if rng.random() < 0.5:
            document["point"] = {"h": [[_value(rng, p) for _ in range(s)] for s in arch.sizes]}
        else:
            document["point"] = {"edges": {e["name"]: [_value(rng, p) for _ in e["support"]] for e in edges}}
    return document


def _parameters(layer: dict) -> int:
    return 0 if layer["operator"] == "fixed" else len(expand({"layer": [layer]}).layers[0])


def _value(rng: random.Random, p: int) -> object:
    if p:
        return rng.choice((rng.randrange(p), rng.randint(-9, 9), 1))
    return rng.choice((0, 1, 1, -1, 2, rng.randint(-3, 3), f"{rng.randint(-3, 3)}/{rng.randint(1, 4)}", "0.5", "1e-1"))


def _coefficient(rng: random.Random, p: int) -> object:
    kinds: list = [1, 1, -1, 2, -2]
    if p:
        kinds += [rng.randint(-20, 20), f"{rng.randint(1, 9)}/{rng.choice([d for d in range(1, 9) if d % p])}"]
    else:
        kinds += [f"{rng.randint(-5, 5)}/{rng.randint(1, 6)}", "0.5", "-1.25", "1e-1"]
    return rng.choice(kinds)


def _entry(rng: random.Random, p: int) -> object:
    return 0 if rng.random() < 0.5 else _coefficient(rng, p)


def _model(rng: random.Random, key: dict, size: int) -> dict:
    if rng.random() < 0.4:
        return {**key, "sparsity": rng.randint(1, size)}
    supports = {tuple(sorted(rng.sample(range(size), rng.randint(1, size)))) for _ in range(rng.randint(1, 2))}
    return {**key, "supports": [list(s) for s in sorted(supports)]}


# ------------------------------------------------------------------------------------------- chains


def _layers(rng: random.Random, p: int, count: int) -> list | None:
    """Layers whose shapes fit; None when the dice were unlucky."""
    out: list = []
    rows = rng.randint(1, 4)
    free = True
    fixed = set(rng.sample(range(count + 1), 1)) if rng.random() < 0.25 else set()
    for place in range(count + 1):
        if place in fixed:
            cols = rng.randint(1, 4)
            out.append(_fixed(rng, p, rows, cols))
            rows, free = cols, False
        if place == count:
            break
        layer = next((x for x in (_layer(rng, p, rows, free) for _ in range(30)) if x is not None), None)
        if layer is None:
            return None
        matrix = expand({"layer": [layer]}).layers[0][0]
        rows, free = len(matrix[0]), False
        if rng.random() < 0.3:
            layer["name"] = f"part {place}"
        out.append(layer)
    return out


def _fixed(rng: random.Random, p: int, rows: int, cols: int) -> dict:
    if rng.random() < 0.5:
        return {"operator": "fixed", "matrix": [[_entry(rng, p) for _ in range(cols)] for _ in range(rows)]}
    cells = [
        [rng.randrange(rows), rng.randrange(cols), _coefficient(rng, p)] for _ in range(rng.randint(0, rows * cols))
    ]
    return {"operator": "fixed", "rows": rows, "cols": cols, "entries": cells}


def _layer(rng: random.Random, p: int, rows: int, free: bool) -> dict | None:
    """One parametric layer with that many rows (any number when `free`)."""
    family = rng.choice(FAMILIES)
    layer = _BUILD[family](rng, p, rows)
    if layer is None:
        return None
    found = expand({"layer": [layer], "field": f"GF({p})" if p else "QQ"}).layers[0]
    return layer if (free or len(found[0]) == rows) and len(found) <= 6 else None


def _entries(rng: random.Random, p: int, rows: int) -> dict:
    cols, size = rng.randint(1, 4), rng.randint(1, 3)
    cells = []
    for _ in range(rng.randint(1, rows * cols + 1)):
        cell = [rng.randrange(rows), rng.randrange(cols), rng.randrange(size)]
        cells.append(cell if rng.random() < 0.5 else [*cell, _coefficient(rng, p)])
    return {"operator": "entries", "rows": rows, "cols": cols, "parameters": size, "entries": cells}


def _full(rng: random.Random, p: int, rows: int) -> dict:
    return {"operator": "full", "rows": rows, "cols": rng.randint(1, 2)}


def _diagonal(rng: random.Random, p: int, rows: int) -> dict:
    if rng.random() < 0.5:
        return {"operator": "diagonal", "size": rows}
    return {"operator": "diagonal", "rows": rows, "cols": rng.randint(1, 4)}


def _circulant(rng: random.Random, p: int, rows: int) -> dict:
    if rows == 4 and rng.random() < 0.4:
        shifts = rng.sample([[a, b] for a in range(2) for b in range(2)], rng.randint(1, 3))
        return {
            "operator": "circulant",
            "size": [2, 2],
            "support": [[a + 2 * rng.randint(-1, 1), b] for a, b in shifts],
        }
    shifts = [s + rows * rng.randint(-1, 1) for s in rng.sample(range(rows), rng.randint(1, min(3, rows)))]
    if rng.random() < 0.5:
        return {"operator": "circulant", "size": rows, "support": shifts}
    return {"operator": "circulant", "size": [rows], "support": [[s] for s in shifts]}


def _toeplitz(rng: random.Random, p: int, rows: int) -> dict:
    cols = rng.randint(1, 4)
    layer = {"operator": "toeplitz", "rows": rows, "cols": cols}
    if rng.random() < 0.7:
        all_diagonals = range(1 - cols, rows)
        layer["diagonals"] = rng.sample(all_diagonals, rng.randint(1, min(3, len(all_diagonals))))
    return layer


def _hankel(rng: random.Random, p: int, rows: int) -> dict:
    return {"operator": "hankel", "rows": rows, "cols": rng.randint(1, 3)}


def _butterfly(rng: random.Random, p: int, rows: int) -> dict | None:
    return {"operator": "butterfly", "size": rows, "level": rng.randrange(rows // 2)} if rows == 2 else None


def _block_diagonal(rng: random.Random, p: int, rows: int) -> dict | None:
    if rows < 2:
        return None
    top = rng.randint(1, rows - 1)
    blocks = [_layer(rng, p, top, False), _layer(rng, p, rows - top, False)]
    return None if None in blocks else {"operator": "block_diagonal", "blocks": blocks}


def _kronecker(rng: random.Random, p: int, rows: int) -> dict | None:
    left = rng.choice([d for d in (1, 2, 3) if rows % d == 0])
    right = rng.choice([d for d in (1, 2, 3) if rows // left % d == 0])
    inner = _layer(rng, p, rows // left // right, False)
    return None if inner is None else {"operator": "kronecker", "left": left, "right": right, "of": inner}


def _basis(rng: random.Random, p: int, rows: int) -> dict:
    cols, size = rng.randint(1, 3), rng.randint(1, 3)
    matrices = [[[_entry(rng, p) for _ in range(cols)] for _ in range(rows)] for _ in range(size)]
    return {"operator": "basis", "matrices": matrices}


def _convolution(rng: random.Random, p: int, rows: int) -> dict | None:
    flat = rng.random() < 0.8
    length = [rng.randint(1, 5)] if flat else [rng.randint(1, 3), rng.randint(1, 3)]
    kernel = [rng.randint(1, 3) for _ in length] if flat else [rng.randint(1, 2) for _ in length]
    layer: dict = {"operator": "convolution", "length": length, "kernel": kernel}
    if flat and rng.random() < 0.5:
        layer.update(length=length[0], kernel=kernel[0])
    padding = rng.choice(("valid", "valid", "full", "circular", None))
    dilation = rng.choice((1, 1, 1, 2))
    if padding:
        layer["padding"] = padding
    if dilation > 1 or rng.random() < 0.3:
        layer["dilation"] = dilation
    if rng.random() < 0.4:
        layer["stride"] = rng.randint(1, 3)
    for key in ("in_channels", "out_channels"):
        if rng.random() < 0.25:
            layer[key] = rng.randint(1, 2)
    for n, k in zip(length, kernel, strict=True):
        if padding in (None, "valid") and n < (k - 1) * dilation + 1:
            return None
        if padding == "circular" and len({s * dilation % n for s in range(k)}) < k:
            return None
    return layer


_BUILD = {
    "entries": _entries,
    "full": _full,
    "diagonal": _diagonal,
    "circulant": _circulant,
    "toeplitz": _toeplitz,
    "hankel": _hankel,
    "butterfly": _butterfly,
    "block_diagonal": _block_diagonal,
    "kronecker": _kronecker,
    "basis": _basis,
    "convolution": _convolution,
}


# ------------------------------------------------------------------------------------------- networks


def _network(rng: random.Random, p: int) -> dict | None:
    depth = rng.choice((1, 2, 2, 2, 3, 3))
    flat, plane = rng.randint(2, 12), [rng.randint(2, 3), rng.randint(2, 4)]
    group = rng.choice(([0], [flat], [flat], plane, [0, plane[0]], [0, 0]))
    strides = [1] * depth
    if 0 not in group and rng.random() < 0.4:
        strides = [rng.choice((1, 1, 2, 3)) for _ in range(depth)]
        if any(n % math.prod(strides) for n in group):
            return None
    edges = [
        _edge(rng, group, math.prod(strides[k + 1 :]), source, target, index)
        for index, (k, source, target) in enumerate(_wires(rng, depth))
    ]
    if None in edges:
        return None
    written: dict = {"group": group, "root": "n0_0", "edge": edges}
    if 0 in group and rng.random() < 0.6:
        written["signal"] = [n or rng.randint(1, 3) for n in group]
    if max(strides) > 1:
        written["layer"] = [{"stride": t} for t in strides]
    return {"exactfact": 1, "field": f"GF({p})" if p else "QQ", "network": written}


def _wires(rng: random.Random, depth: int) -> list:
    """(level, source, target): every node reaches the root and is reached from a leaf; some edges are parallel."""
    widths = [1] + [rng.choice((1, 1, 2)) for _ in range(depth)]
    wires = []
    for k in range(depth):
        found = {(v, rng.randrange(widths[k])) for v in range(widths[k + 1])}
        found |= {(rng.randrange(widths[k + 1]), w) for w in range(widths[k])}
        listed = sorted(found)
        if rng.random() < 0.3:
            listed.append(rng.choice(listed))
        wires += [(k, f"n{k + 1}_{v}", f"n{k}_{w}") for v, w in listed]
    if rng.random() < 0.5:
        rng.shuffle(wires)
    return wires


def _edge(rng: random.Random, group: list, coarse: int, source: str, target: str, index: int) -> dict:
    dilation = rng.choice((1, 1, 1, 2, 3))
    local = [n // coarse if n else 0 for n in group]
    support = taps(rng, local, dilation, rng.randint(1, 3), 4)
    edge = {"name": f"edge {index}", "from": source, "to": target, "support": support}
    return edge if dilation == 1 else {**edge, "dilation": dilation}


def taps(rng: random.Random, local: list[int], dilation: int, count: int, most: int) -> list:
    """At most `count` taps that differ after dilation modulo the lengths; where a length is 0, from -2 to `most`."""
    found: dict = {}
    for _ in range(count):
        tap = [rng.randint(-2, most) if n == 0 else rng.randint(-1, n + 1) for n in local]
        key = tuple(dilation * x % n if n else x for x, n in zip(tap, local, strict=True))
        found.setdefault(key, tap)
    if len(local) == 1 and rng.random() < 0.7:
        return [tap[0] for tap in found.values()]
    return list(found.values())
