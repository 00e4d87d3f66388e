"""Seeded random architectures with hundreds or thousands of parameters: for the limits of time and memory."""

from __future__ import annotations

import itertools
import random

from .sizes import Tier
from .varied_networks import network

KINDS = ("dense", "toeplitz", "butterflies", "deep", "sparse", "images", "channels", "network", "blocks", "circulants")


def large(seed: int) -> dict:
    """The large architecture number `seed`; its kind is KINDS[seed % len(KINDS)]."""
    rng = random.Random(f"large {seed}")
    written = _BUILD[KINDS[seed % len(KINDS)]](rng)
    document = {"exactfact": 1, "title": KINDS[seed % len(KINDS)], "field": "QQ"}
    return {**document, **(written if isinstance(written, dict) else {"layer": written})}


def _dense(rng: random.Random) -> list[dict]:
    sizes = [64, 64, *(rng.choice((16, 32, 64)) for _ in range(rng.randint(1, 3)))]
    return [{"operator": "full", "rows": r, "cols": c} for r, c in itertools.pairwise(sizes)]


def _toeplitz(rng: random.Random) -> list[dict]:
    n, width = rng.choice((24, 48, 64)), rng.randint(4, 20)
    layer = {"operator": "toeplitz", "rows": n, "cols": n, "diagonals": list(range(-width, width))}
    return [layer] * rng.randint(2, 5)


def _butterflies(rng: random.Random) -> list[dict]:
    depth = rng.randint(4, 7)
    return [{"operator": "butterfly", "size": 1 << depth, "level": k} for k in range(depth)]


def _deep(rng: random.Random) -> list[dict]:
    """Up to twenty layers with few ties."""
    n, layers = rng.randint(3, 6), []
    for _ in range(rng.randint(12, 20)):
        cells = [[r, c, rng.randrange(4), rng.choice((1, 1, -1, 2, "1/3"))] for r in range(n) for c in range(n)]
        layers.append({"operator": "entries", "rows": n, "cols": n, "parameters": 4, "entries": cells})
    return layers


def _sparse(rng: random.Random) -> list[dict]:
    n, layers = rng.randint(30, 60), []
    for _ in range(rng.randint(2, 5)):
        cells = sorted({(rng.randrange(n), rng.randrange(n)) for _ in range(4 * n)})
        entries = [[r, c, j] for j, (r, c) in enumerate(cells)]
        layers.append({"operator": "entries", "rows": n, "cols": n, "parameters": len(cells), "entries": entries})
    return layers


def _images(rng: random.Random) -> list[dict]:
    """Two-dimensional convolutions with channels, from the output back to the input."""
    n, channels, layers = rng.randint(4, 8), 1, []
    for _ in range(rng.randint(2, 4)):
        n, more = n + 2, rng.randint(2, 4)
        layer = {"operator": "convolution", "length": [n, n], "kernel": [3, 3]}
        layers.append({**layer, "out_channels": channels, "in_channels": more})
        channels = more
    return layers


def _channels(rng: random.Random) -> list[dict]:
    n, channels, layers = rng.randint(16, 64), rng.randint(1, 4), []
    for _ in range(rng.randint(3, 10)):
        more = rng.randint(1, 6)
        layer = {"operator": "convolution", "length": n, "kernel": rng.randint(3, 7), "padding": "circular"}
        layers.append({**layer, "out_channels": channels, "in_channels": more})
        channels = more
    return layers


def _large_network(rng: random.Random) -> dict:
    found = None
    while found is None or sum(len(edge["support"]) for edge in found["network"]["edge"]) < 150:
        found = network(rng, 0, Tier(60, 0, 900))
    return {"network": found["network"]}


def _blocks(rng: random.Random) -> list[dict]:
    """Blocks and Kronecker products of the same size."""
    layers = []
    for _ in range(rng.randint(2, 6)):
        block = {"operator": "full", "rows": 6, "cols": 6}
        if rng.random() < 0.5:
            layers.append({"operator": "kronecker", "left": 4, "right": 2, "of": block})
        else:
            layers.append({"operator": "block_diagonal", "blocks": [block] * 8})
    return layers


def _circulants(rng: random.Random) -> list[dict]:
    """Circulants and diagonals in turn."""
    n, layers = rng.choice((32, 64, 128)), []
    for k in range(rng.randint(3, 8)):
        shifts = {"operator": "circulant", "size": n, "support": rng.sample(range(n), rng.randint(2, 12))}
        layers.append(shifts if k % 2 else {"operator": "diagonal", "size": n})
    return layers


_BUILD = {
    "dense": _dense,
    "toeplitz": _toeplitz,
    "butterflies": _butterflies,
    "deep": _deep,
    "sparse": _sparse,
    "images": _images,
    "channels": _channels,
    "network": _large_network,
    "blocks": _blocks,
    "circulants": _circulants,
}
