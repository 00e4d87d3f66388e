"""A random layer of any operator family that has the rows asked for."""

from __future__ import annotations

import itertools
import math
import random

from . import random_specs
from .sizes import Tier, parameters, shape


def fitting(rng: random.Random, p: int, rows: int, tier: Tier, free: bool) -> dict:
    """A layer with that many rows."""
    while True:
        layer = _FAMILIES[rng.choice(tuple(_FAMILIES))](rng, p, rows, tier)
        if layer is None or parameters(layer) > tier.layer:
            continue
        height, width = shape(layer)
        if (free or height == rows) and width <= 2 * tier.size:
            return layer


def _entries(rng: random.Random, p: int, rows: int, tier: Tier) -> dict:
    cols, count = rng.randint(1, tier.size), rng.randint(1, tier.layer)
    cells = []
    for j in range(count):
        for _ in range(rng.choice((0, 1, 1, 1, 2, 3)) if count > 1 else 2):
            cell = [rng.randrange(rows), rng.randrange(cols), j]
            cells.append(cell if rng.random() < 0.6 else [*cell, coefficient(rng, p)])
    cells = cells or [[0, 0, 0]]
    rng.shuffle(cells)
    return {"operator": "entries", "rows": rows, "cols": cols, "parameters": count, "entries": cells}


def coefficient(rng: random.Random, p: int) -> object:
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
    return {"operator": "block_diagonal", "blocks": [fitting(rng, p, part, half, False) for part in parts]}


def _kronecker(rng: random.Random, p: int, rows: int, tier: Tier) -> dict | None:
    left, inner, right = _split(rng, rows, 3)
    if left * right == 1 and rng.random() < 0.8:
        return None
    small = Tier(max(1, tier.size // (left * right)), tier.layer, tier.total)
    return {"operator": "kronecker", "left": left, "right": right, "of": fitting(rng, p, inner, small, False)}


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
