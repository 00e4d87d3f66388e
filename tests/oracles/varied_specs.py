"""Seeded random architectures of every operator family and kind of network, up to a few hundred parameters.

Documents as a user could have written them.  `tiny` ones come from `random_specs` and are small enough for the judge.
"""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import dataclass

from . import random_specs
from .expand import operator

PRIMES = (0, 0, 0, 0, 2, 3, 5, 65521)
TINY = {2: 9, 3: 7, 5: 5, 0: 8, 65521: 7}
KINDS = (
    *("tiny chain", "tiny network", "chain", "chain", "chain", "network", "network", "convolutions"),
    *("tied", "tied", "tied", "sparse", "sparse"),
)


@dataclass(frozen=True)
class Tier:
    """The largest dimension of a random matrix, its number of parameters, and that of all of them."""

    size: int
    layer: int
    total: int


TIERS = (Tier(4, 12, 30), Tier(4, 12, 30), Tier(8, 40, 90), Tier(16, 130, 300))


@dataclass(frozen=True)
class Varied:
    """A document, its kind (a word of KINDS), and how to certify it: properties (None: the default) and seed."""

    kind: str
    document: dict
    properties: tuple[str, ...] | None
    seed: int

    @property
    def tiny(self) -> bool:
        """Whether brute force can judge it."""
        found, p = sizes(self.document), int(self.document["field"].strip("QGF()") or 0)
        return sum(found) <= TINY[p] and math.prod(found) <= 150


def varied(seed: int) -> Varied:
    """The architecture number `seed`."""
    rng = random.Random(f"varied {seed}")
    kind, p = rng.choice(KINDS), rng.choice(PRIMES)
    if kind == "tiny chain":
        document = random_specs.chain(seed, p, TINY[p])
    elif kind == "tiny network":
        document = random_specs.network(seed, p, TINY[p])
    else:
        document, tier = None, rng.choice(TIERS)
        while document is None:
            document = _BUILD[kind](rng, p, tier)
        _title_models_point(rng, p, document)
    asked = ["uniform", "generic-finite", "generic", *(["at-point"] if "point" in document else [])]
    some = tuple(rng.sample(asked, rng.randint(1, len(asked)))) if rng.random() < 0.15 else None
    return Varied(kind, document, some, rng.choice((0, 0, 1, 7, 2**40 + 1)))


def sizes(document: dict) -> list[int]:
    """The numbers of parameters by layer; for networks by edge."""
    if "network" in document:
        return [len(edge["support"]) for edge in document["network"]["edge"]]
    return [parameters(layer) for layer in document["layer"] if layer["operator"] != "fixed"]


def parameters(layer: dict) -> int:
    """How many parameters a layer has, from its keys."""
    match layer["operator"]:
        case "full":
            return layer["rows"] * layer["cols"]
        case "convolution":
            kernel = layer["kernel"] if isinstance(layer["kernel"], list) else [layer["kernel"]]
            return layer.get("in_channels", 1) * layer.get("out_channels", 1) * math.prod(kernel)
        case "block_diagonal":
            return sum(map(parameters, layer["blocks"]))
        case "kronecker":
            return parameters(layer["of"])
        case "entries":
            return layer["parameters"]
    return len(operator(layer))


def _title_models_point(rng: random.Random, p: int, document: dict) -> None:
    """Optional parts: a title, sparsity models, a point with zeros, a zero layer, or long fractions."""
    found = sizes(document)
    network = "network" in document
    edges = document["network"]["edge"] if network else []
    if rng.random() < 0.2:
        document["title"] = rng.choice(("50% of $x_1$ & {more}", "\u03c6 \u2192 \u00e9t\u00e9 \\input{x}", "a" * 90))
    if rng.random() < 0.2:
        keys = [{"edge": edge["name"]} for edge in edges] if network else _places(document)
        chosen = [pair for pair in zip(keys, found, strict=True) if rng.random() < 0.6]
        document["model"] = [random_specs._model(rng, key, size) for key, size in chosen if size <= 12]
    if rng.random() < 0.35:
        values = point(rng, p, found)
        named = {edge["name"]: h for edge, h in zip(edges, values, strict=False)}
        document["point"] = {"edges": named} if network else {"h": values}


def _places(document: dict) -> list[dict]:
    return [{"layer": index} for index, layer in enumerate(document["layer"]) if layer["operator"] != "fixed"]


def point(rng: random.Random, p: int, found: list[int]) -> list[list]:
    """One vector a layer: with zeros, with a zero layer, units (whose product is often zero), or long fractions."""
    kind = rng.choice(("plain", "plain", "zeros", "layer", "units", "long"))
    k = rng.randrange(len(found))
    h: list[list] = [[random_specs._value(rng, p) for _ in range(size)] for size in found]
    if kind == "zeros":
        h = [[v if rng.random() < 0.4 else 0 for v in layer] for layer in h]
    elif kind == "layer":
        h[k] = [0] * found[k]
    elif kind == "units":
        h = [[int(j == at) for j in range(size)] for size, at in ((s, rng.randrange(s)) for s in found)]
    elif kind == "long" and not p:
        h = [[f"{rng.randint(-(10**25), 10**25)}/{rng.randint(1, 10**20)}" for _ in range(size)] for size in found]
    return h


# ------------------------------------------------------------------------------------------- chains


def _chain(rng: random.Random, p: int, tier: Tier) -> dict | None:
    """One to six parametric layers, with fixed ones between."""
    layers: list[dict] = []
    rows, first = rng.randint(1, tier.size), True
    if rng.random() < 0.4:
        rows = rng.choice([n for n in (2, 4, 8, 16) if n <= tier.size])  # butterflies, planes, blocks
    for _ in range(rng.choice((1, 2, 2, 3, 3, 4, 5, 6))):
        if rng.random() < 0.12:
            cols = rng.randint(1, tier.size)
            layers.append(random_specs._fixed(rng, p, rows, cols))
            rows, first = cols, False
        layer = _fitting(rng, p, rows, tier, first)
        layers.append(layer)
        rows, first = shape(layer)[1], False
    if rng.random() < 0.08:
        layers.append(random_specs._fixed(rng, p, rows, rng.randint(1, tier.size)))
    document = {"exactfact": 1, "field": f"GF({p})" if p else "QQ", "layer": layers}
    return document if tier.total // 20 <= sum(sizes(document)) <= tier.total else None


def _fitting(rng: random.Random, p: int, rows: int, tier: Tier, free: bool) -> dict:
    """A layer with that many rows."""
    while True:
        layer = _FAMILIES[rng.choice(tuple(_FAMILIES))](rng, p, rows, tier)
        if layer is None or parameters(layer) > tier.layer:
            continue
        height, width = shape(layer)
        if (free or height == rows) and width <= 2 * tier.size:
            return layer


def shape(layer: dict) -> tuple[int, int]:
    """Rows and columns, from the keys."""
    match layer["operator"]:
        case "circulant":
            n = math.prod(layer["size"]) if isinstance(layer["size"], list) else layer["size"]
            return n, n
        case "butterfly":
            return layer["size"], layer["size"]
        case "diagonal" if "size" in layer:
            return layer["size"], layer["size"]
        case "block_diagonal":
            shapes = [shape(block) for block in layer["blocks"]]
            return sum(r for r, _ in shapes), sum(c for _, c in shapes)
        case "kronecker":
            r, c = shape(layer["of"])
            return layer["left"] * r * layer["right"], layer["left"] * c * layer["right"]
        case "basis":
            return len(layer["matrices"][0]), len(layer["matrices"][0][0])
        case "fixed" if "matrix" in layer:
            return len(layer["matrix"]), len(layer["matrix"][0])
        case "convolution":
            return _convolved(layer)
    return layer["rows"], layer["cols"]


def _convolved(layer: dict) -> tuple[int, int]:
    lengths, kernels = (x if isinstance(x, list) else [x] for x in (layer["length"], layer["kernel"]))
    stride, dilation, padding = layer.get("stride", 1), layer.get("dilation", 1), layer.get("padding", "valid")
    outputs = []
    for n, k in zip(lengths, kernels, strict=True):
        reach = (k - 1) * dilation
        last = {"circular": n, "full": n + reach, "valid": n - reach}[padding]
        outputs.append((last - 1) // stride + 1)
    return layer.get("out_channels", 1) * math.prod(outputs), layer.get("in_channels", 1) * math.prod(lengths)


def _entries(rng: random.Random, p: int, rows: int, tier: Tier) -> dict:
    cols, count = rng.randint(1, tier.size), rng.randint(1, tier.layer)
    cells = []
    for j in range(count):
        for _ in range(rng.choice((0, 1, 1, 1, 2, 3)) if count > 1 else 2):
            cell = [rng.randrange(rows), rng.randrange(cols), j]
            cells.append(cell if rng.random() < 0.6 else [*cell, _coefficient(rng, p)])
    cells = cells or [[0, 0, 0]]
    rng.shuffle(cells)
    return {"operator": "entries", "rows": rows, "cols": cols, "parameters": count, "entries": cells}


def _coefficient(rng: random.Random, p: int) -> object:
    if not p and rng.random() < 0.1:
        return f"{rng.randint(-(10**30), 10**30)}/{rng.randint(1, 10**20)}"
    return random_specs._coefficient(rng, p)


def _full(rng: random.Random, p: int, rows: int, tier: Tier) -> dict:
    return {"operator": "full", "rows": rows, "cols": rng.randint(1, tier.size)}


def _diagonal(rng: random.Random, p: int, rows: int, tier: Tier) -> dict:
    if rng.random() < 0.5:
        return {"operator": "diagonal", "size": rows}
    return {"operator": "diagonal", "rows": rows, "cols": rng.randint(1, tier.size)}


def _circulant(rng: random.Random, p: int, rows: int, tier: Tier) -> dict:
    size = _split(rng, rows, rng.choice((1, 2, 2, 3)))
    every = list(itertools.product(*map(range, size)))
    chosen = rng.sample(every, rng.randint(1, min(len(every), 6)))
    shifts = [[s + n * rng.randint(-1, 1) for s, n in zip(shift, size, strict=True)] for shift in chosen]
    if len(size) == 1 and rng.random() < 0.7:
        return {"operator": "circulant", "size": size[0], "support": [s for (s,) in shifts]}
    return {"operator": "circulant", "size": size, "support": shifts}


def _split(rng: random.Random, n: int, axes: int) -> list[int]:
    """Factors with product n."""
    out = []
    for _ in range(axes - 1):
        out.append(rng.choice([d for d in range(1, n + 1) if n % d == 0]))
        n //= out[-1]
    return [*out, n]


def _toeplitz(rng: random.Random, p: int, rows: int, tier: Tier) -> dict:
    cols = rng.randint(1, tier.size)
    layer = {"operator": "toeplitz", "rows": rows, "cols": cols}
    if rng.random() < 0.7:
        every = range(1 - cols, rows)
        layer["diagonals"] = rng.sample(every, rng.randint(1, min(5, len(every))))
    return layer


def _hankel(rng: random.Random, p: int, rows: int, tier: Tier) -> dict:
    return {"operator": "hankel", "rows": rows, "cols": rng.randint(1, tier.size)}


def _butterfly(rng: random.Random, p: int, rows: int, tier: Tier) -> dict | None:
    levels = rows.bit_length() - 1
    return {"operator": "butterfly", "size": rows, "level": rng.randrange(levels)} if rows == 1 << levels > 1 else None


def _block_diagonal(rng: random.Random, p: int, rows: int, tier: Tier) -> dict | None:
    if rows < 2:
        return None
    cuts = sorted(rng.sample(range(1, rows), min(rows - 1, rng.choice((1, 1, 2)))))
    half = Tier(max(1, tier.size // 2), max(4, tier.layer // 2), tier.total)
    parts = [b - a for a, b in itertools.pairwise([0, *cuts, rows])]
    return {"operator": "block_diagonal", "blocks": [_fitting(rng, p, part, half, False) for part in parts]}


def _kronecker(rng: random.Random, p: int, rows: int, tier: Tier) -> dict | None:
    left, inner, right = _split(rng, rows, 3)
    if left * right == 1 and rng.random() < 0.8:
        return None
    small = Tier(max(1, tier.size // (left * right)), tier.layer, tier.total)
    return {"operator": "kronecker", "left": left, "right": right, "of": _fitting(rng, p, inner, small, False)}


def _basis(rng: random.Random, p: int, rows: int, tier: Tier) -> dict:
    cols, count = rng.randint(1, min(6, tier.size)), rng.randint(1, 5)
    matrices = [[[random_specs._entry(rng, p) for _ in range(cols)] for _ in range(rows)] for _ in range(count)]
    return {"operator": "basis", "matrices": matrices}


def _convolution(rng: random.Random, p: int, rows: int, tier: Tier) -> dict | None:
    """A convolution with that many rows: the output lengths first, then an input length that gives them."""
    axes = rng.choice((1, 1, 1, 2))
    channels, *outputs = _split(rng, rows, 1 + axes)
    if channels > 4:
        return None
    stride, dilation = rng.choice((1, 1, 1, 2, 3)), rng.choice((1, 1, 1, 2))
    padding = rng.choice(("valid", "full", "circular"))
    kernel = [rng.randint(1, 3 if axes > 1 else 5) for _ in range(axes)]
    lengths = []
    for m, k in zip(outputs, kernel, strict=True):
        reach = (k - 1) * dilation
        n = (m - 1) * stride + 1 + rng.randrange(stride)
        n += {"circular": 0, "full": -reach, "valid": reach}[padding]
        if n < 1 or padding == "circular" and k > n // math.gcd(dilation, n):
            return None
        lengths.append(n)
    layer: dict = {"operator": "convolution", "length": lengths, "kernel": kernel, "padding": padding}
    layer.update(stride=stride, dilation=dilation, out_channels=channels, in_channels=rng.choice((1, 1, 2, 3)))
    if axes == 1 and rng.random() < 0.5:
        layer.update(length=lengths[0], kernel=kernel[0])
    return layer


_FAMILIES = {
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


def _convolutions(rng: random.Random, p: int, tier: Tier) -> dict | None:
    """Stacked channels through one to five convolutions, from the output back to the input."""
    axes = rng.choice((1, 1, 2))
    length = [rng.randint(1, tier.size if axes == 1 else min(4, tier.size)) for _ in range(axes)]
    channels = rng.choice((1, 1, 2, 3))
    layers = []
    for _ in range(rng.randint(1, 5)):
        layer = _convolution_to(rng, length, channels)
        if layer is None:
            return None
        length, channels = layer["length"], layer["in_channels"]
        layers.append(layer)
    document = {"exactfact": 1, "field": f"GF({p})" if p else "QQ", "layer": layers}
    fits = sum(sizes(document)) <= tier.total and shape(layers[-1])[1] <= 8 * tier.size
    return document if fits else None


def _convolution_to(rng: random.Random, outputs: list[int], channels: int) -> dict | None:
    stride, dilation = rng.choice((1, 1, 1, 2)), rng.choice((1, 1, 2))
    padding = rng.choice(("valid", "valid", "full", "circular"))
    kernel = [rng.randint(1, 3) for _ in outputs]
    lengths = []
    for m, k in zip(outputs, kernel, strict=True):
        n = (m - 1) * stride + 1 + {"circular": 0, "full": -1, "valid": 1}[padding] * (k - 1) * dilation
        if n < 1 or padding == "circular" and k > n // math.gcd(dilation, n):
            return None
        lengths.append(n)
    layer = {"operator": "convolution", "length": lengths, "kernel": kernel, "padding": padding, "stride": stride}
    return {**layer, "dilation": dilation, "out_channels": channels, "in_channels": rng.choice((1, 1, 2, 3))}


def _tied(rng: random.Random, p: int, tier: Tier) -> dict:
    """Few parameters in many cells: products that often determine them, or just fail to."""
    depth = rng.choice((1, 2, 2, 2, 3, 3, 4))
    dims = [rng.randint(2, min(tier.size, 3 if depth > 2 else 6)) for _ in range(depth + 1)]
    layers = []
    for rows, cols in itertools.pairwise(dims):
        count = rng.randint(1 if rng.random() < 0.2 else 2, rng.choice((2, 3, 4)))
        density = rng.choice((0.3, 0.7, 0.7, 1))
        cells = [
            [r, c, rng.randrange(count), *([_coefficient(rng, p)] if rng.random() < 0.5 else [])]
            for r, c in itertools.product(range(rows), range(cols))
            for _ in range(rng.choice((1, 1, 2)))
            if rng.random() < density
        ]
        layer = {"operator": "entries", "rows": rows, "cols": cols, "parameters": count}
        layers.append({**layer, "entries": cells or [[0, 0, 0]]})
    return {"exactfact": 1, "field": f"GF({p})" if p else "QQ", "layer": layers}


def _sparse(rng: random.Random, p: int, tier: Tier) -> dict | None:
    """Each parameter in a cell of its own: butterflies, triangles, random supports, with a tie now and then."""
    size, depth = rng.choice([n for n in (2, 3, 4, 8, 16) if n <= tier.size]), rng.choice((2, 2, 3, 4))
    form = rng.choice(("butterfly", "triangle", "random", "random"))
    if form == "butterfly":
        size, depth = 1 << size.bit_length() - 1, max(1, size.bit_length() - 1)
    layers = [_pattern(rng, form, size, k) for k in range(depth)]
    if form != "butterfly" and rng.random() < 0.3:
        layer = rng.choice(layers)
        layer["entries"][-1][2] = 0
        layer["parameters"] = max(cell[2] for cell in layer["entries"]) + 1
    document = {"exactfact": 1, "field": f"GF({p})" if p else "QQ", "layer": layers}
    return document if sum(sizes(document)) <= tier.total else None


def _pattern(rng: random.Random, form: str, size: int, k: int) -> dict:
    if form == "butterfly":
        return {"operator": "butterfly", "size": size, "level": k}
    every = list(itertools.product(range(size), repeat=2))
    cells = [(r, c) for r, c in every if (r <= c if k % 2 else r >= c)]
    if form == "random":
        cells = rng.sample(every, rng.randint(1, min(len(every), 3 * size)))
    entries = [[r, c, j] for j, (r, c) in enumerate(cells)]
    return {"operator": "entries", "rows": size, "cols": size, "parameters": len(cells), "entries": entries}


# ------------------------------------------------------------------------------------------- networks


def _network(rng: random.Random, p: int, tier: Tier) -> dict | None:
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
    found: dict = {}
    for _ in range(taps):
        tap = [rng.randint(-2, 7) if n == 0 else rng.randint(-1, n + 1) for n in local]
        key = tuple(dilation * x % n if n else x for x, n in zip(tap, local, strict=True))
        found.setdefault(key, tap)
    support: list = list(found.values())
    if len(local) == 1 and rng.random() < 0.7:
        support = [tap[0] for tap in support]
    edge = {"name": f"edge {index}", "from": source, "to": target, "support": support}
    return edge if dilation == 1 else {**edge, "dilation": dilation}


_BUILD = {"chain": _chain, "network": _network, "convolutions": _convolutions, "tied": _tied, "sparse": _sparse}
