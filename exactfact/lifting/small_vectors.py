"""Small parameter vectors to try, in a fixed order: unit vectors, two entries +-1, all ones, then random ones."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Sequence

Vector = tuple[int, ...]
LARGEST = 2


def small_vectors(size: int, p: int, seed: str, count: int, supports: Sequence[Sequence[int]] = ()) -> list[Vector]:
    """At most `count` vectors of that length over QQ (p = 0) or GF(p), no two proportional, each inside a support.

    Half of them at most are sparse; the seed fixes the random ones.
    """
    supports = [tuple(sorted(support)) for support in supports if support] or [tuple(range(size))]
    sparse = itertools.islice(_sparse(size, p, supports), max(size, count // 2))
    rng = random.Random(seed)
    drawn = (_random(rng, size, p, supports[t % len(supports)]) for t in range(4 * count))
    kept: dict[Vector, None] = {}
    for vector in itertools.chain(sparse, drawn):
        if len(kept) == count:
            break
        if any(vector):
            kept.setdefault(direction(vector, p))
    return list(kept)


def direction(vector: Sequence[int], p: int) -> Vector:
    """The multiple of a nonzero integer vector that stands for all: primitive with positive first entry, or first 1."""
    lead = next(v for v in vector if v)
    if p:
        inverse = pow(lead, -1, p)
        return tuple(v * inverse % p for v in vector)
    common = math.gcd(*vector) * (1 if lead > 0 else -1)
    return tuple(v // common for v in vector)


def _sparse(size: int, p: int, supports: Sequence[Sequence[int]]) -> Iterator[Vector]:
    for j in sorted({j for support in supports for j in support}):
        yield _vector(size, {j: 1})
    for support in supports:
        yield _vector(size, dict.fromkeys(support, 1))
    for support in supports:
        pairs = sorted(itertools.combinations(support, 2), key=lambda pair: (pair[1] - pair[0], pair))
        for a, b in pairs:
            yield _vector(size, {a: 1, b: 1})
            if p != 2:
                yield _vector(size, {a: 1, b: p - 1 if p else -1})


def _random(rng: random.Random, size: int, p: int, support: Sequence[int]) -> Vector:
    if p:
        return _vector(size, {j: rng.randrange(p) for j in support})
    return _vector(size, {j: rng.randint(-LARGEST, LARGEST) for j in support})


def _vector(size: int, entries: dict[int, int]) -> Vector:
    return tuple(entries.get(j, 0) for j in range(size))
