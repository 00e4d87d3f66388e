"""A proposed pair of points, and what the searches for one share: candidates, supports and the work left."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .chain import Chain
from .residues import Residues
from .small_vectors import small_vectors

BASES = 5
CANDIDATES = 20
Point = tuple[tuple[int, ...], ...]
Support = tuple[int, ...]
Supports = tuple[tuple[Support, ...], ...]


@dataclass(frozen=True)
class Proposal:
    """h and g agree with the points outside `layer`, and use the parameters `supports` there."""

    layer: int
    h: Point
    g: Point
    supports: tuple[Support, Support]


@dataclass
class Search:
    """What the searches share.  `supports[k]`: the supports allowed in layer k; `work` counts multiplications."""

    chain: Chain
    residues: Residues
    seed: int
    supports: Supports
    work: int
    tick: Callable[[str], None] = lambda text: None

    @property
    def p(self) -> int:
        """The characteristic of the field: 0 for QQ."""
        return self.chain.field.characteristic

    def vectors(self, k: int, count: int, purpose: str) -> list[tuple[int, ...]]:
        """Small vectors of layer k in its supports."""
        name = f"{purpose} {k} {self.seed}"
        return small_vectors(self.chain.parameters[k], self.p, name, count, self.supports[k])

    def free(self, k: int) -> list[tuple[Support, Support]]:
        """The supports that layer k of h and of g may have, a few of them."""
        listed = self.supports[k]
        ordered = sorted(itertools.product(range(len(listed)), repeat=2), key=lambda pair: (sum(pair), pair))
        return [(listed[a], listed[b]) for a, b in ordered[:6]]

    def spend(self, rows: int) -> bool:
        """Whether one more elimination of `rows` rows is affordable."""
        self.work -= rows * rows * (rows + 10) + 4000
        return self.work > 0


def bases(search: Search) -> Iterator[Point]:
    """Points that hold the layers outside a window: unit vectors, then mixtures of small ones."""
    listed = [search.vectors(k, CANDIDATES, "base") for k in range(search.chain.depth)]
    rng = random.Random(f"bases {search.seed}")
    for number in range(BASES):
        if number < 2:
            yield tuple(vectors[min(number, len(vectors) - 1)] for vectors in listed)
        else:
            yield tuple(rng.choice(vectors) for vectors in listed)


def inside(vector: Sequence[int], supports: Sequence[Sequence[int]]) -> bool:
    """Whether the nonzero entries lie in one of the supports."""
    return any(all(j in support for j, v in enumerate(vector) if v) for support in supports)


def put(base: Point, k: int, vector: tuple[int, ...]) -> Point:
    """A copy of the point whose layer k is this vector."""
    return (*base[:k], vector, *base[k + 1 :])
