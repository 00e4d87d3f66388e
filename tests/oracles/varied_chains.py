"""Random chains: of any layers, of convolutions, with tied parameters, with sparse factors."""

from __future__ import annotations

import itertools
import math
import random

from . import random_specs
from .sizes import Tier, shape, sizes
from .varied_layers import coefficient, fitting


def chain(rng: random.Random, p: int, tier: Tier) -> dict | None:
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
        layer = fitting(rng, p, rows, tier, first)
        layers.append(layer)
        rows, first = shape(layer)[1], False
    if rng.random() < 0.08:
        layers.append(random_specs._fixed(rng, p, rows, rng.randint(1, tier.size)))
    document = {"exactfact": 1, "field": f"GF({p})" if p else "QQ", "layer": layers}
    return document if tier.total // 20 <= sum(sizes(document)) <= tier.total else None


def convolutions(rng: random.Random, p: int, tier: Tier) -> dict | None:
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


def tied(rng: random.Random, p: int, tier: Tier) -> dict:
    """Few parameters in many cells: products that often determine them, or just fail to."""
    depth = rng.choice((1, 2, 2, 2, 3, 3, 4))
    dims = [rng.randint(2, min(tier.size, 3 if depth > 2 else 6)) for _ in range(depth + 1)]
    layers = []
    for rows, cols in itertools.pairwise(dims):
        count = rng.randint(1 if rng.random() < 0.2 else 2, rng.choice((2, 3, 4)))
        density = rng.choice((0.3, 0.7, 0.7, 1))
        cells = [
            [r, c, rng.randrange(count), *([coefficient(rng, p)] if rng.random() < 0.5 else [])]
            for r, c in itertools.product(range(rows), range(cols))
            for _ in range(rng.choice((1, 1, 2)))
            if rng.random() < density
        ]
        layer = {"operator": "entries", "rows": rows, "cols": cols, "parameters": count}
        layers.append({**layer, "entries": cells or [[0, 0, 0]]})
    return {"exactfact": 1, "field": f"GF({p})" if p else "QQ", "layer": layers}


def sparse(rng: random.Random, p: int, tier: Tier) -> dict | None:
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
