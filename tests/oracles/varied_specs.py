"""Seeded random architectures of every operator family and kind of network, up to a few hundred parameters.

Documents as a user could have written them.  `tiny` ones come from `random_specs` and are small enough for the judge.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from . import random_specs
from .sizes import TIERS, sizes
from .varied_chains import chain, convolutions, sparse, tied
from .varied_networks import network

PRIMES = (0, 0, 0, 0, 2, 3, 5, 65521)
TINY = {2: 9, 3: 7, 5: 5, 0: 8, 65521: 7}
KINDS = (
    *("tiny chain", "tiny network", "chain", "chain", "chain", "network", "network", "convolutions"),
    *("tied", "tied", "tied", "sparse", "sparse"),
)


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


_BUILD = {"chain": chain, "network": network, "convolutions": convolutions, "tied": tied, "sparse": sparse}


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
