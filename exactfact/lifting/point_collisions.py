"""Many small points, and two of them with proportional products: equal values of a few functionals modulo a prime.

Over a small field all classes of points are gone through when they are few.  What collides here is compared exactly
elsewhere.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, multiply

from .pair_proposals import Point, Search

POINTS = 20_000
RANDOM_POINTS = 6_000
OPERATIONS = 150_000_000
CHUNK_ENTRIES = 2_000_000
BITS = 48
MEETINGS = 2_000
Array = Any


def colliding_points(search: Search) -> Iterator[tuple[Point, Point | None]]:
    """(h, g) whose products are probably proportional, or (h, None) when phi(h) is probably 0; at most MEETINGS.

    Cost: one pass over the layers for every point, at most OPERATIONS multiplications.
    """
    points = _points(search)
    search.tick(f"products of {len(points)} small points")
    seen: dict[tuple[int, ...], int] = {}
    met = 0
    for number, key in enumerate(_keys(search, points)):
        other = seen.setdefault(key, number) if any(key) else None
        if other != number:
            met += 1
            yield points[number], None if other is None else points[other]
        if met == MEETINGS:
            return


def points_meeting(search: Search, h: Point) -> Iterator[Point]:
    """Points whose product is probably proportional to phi(h), at most MEETINGS.  Cost: as `colliding_points`."""
    points = _points(search)
    search.tick(f"products of {len(points)} small points")
    keys = _keys(search, [h, *points])
    wanted = next(keys)
    yield from itertools.islice((g for g, key in zip(points, keys, strict=True) if key == wanted), MEETINGS)


def _functionals(p: int) -> int:
    """How many values mod p tell products apart."""
    return max(2, -(-BITS // max(1, p.bit_length() - 1)))


def _points(search: Search) -> list[Point]:
    """Points with layers in their supports, no two proportional in all layers: all, or some, the sparse ones first."""
    sizes, p = search.chain.parameters, search.p
    each = (1 + _functionals(search.residues.p)) * sum(_widths(search))
    count = max(2, min(POINTS, OPERATIONS // max(1, each)))
    classes = [_lines(size, p, supports, count) for size, supports in zip(sizes, search.supports, strict=True)]
    if all(c is not None for c in classes):
        total = 1
        for c in classes:
            total *= len(c or ())
        if total <= count:
            return list(itertools.product(*(c or () for c in classes)))
    listed = [search.vectors(k, 4 * sizes[k] + 8, "points") for k in range(len(sizes))]
    rng = random.Random(f"points {search.seed}")
    kept: dict[Point, None] = {}
    count = min(count, RANDOM_POINTS)
    for _ in range(2 * count):
        kept.setdefault(tuple(rng.choice(vectors) for vectors in listed))
        if len(kept) == count:
            break
    return list(kept)


def _lines(size: int, p: int, supports: Sequence[Sequence[int]], most: int) -> list[tuple[int, ...]] | None:
    """One vector of every line of GF(p)^size inside a support, or None when they are too many (and over QQ)."""
    if not p or p**size > most * p:
        return None
    found: dict[tuple[int, ...], None] = {}
    for support in supports:
        for values in itertools.product(range(p), repeat=len(support)):
            entries = dict(zip(support, values, strict=True))
            if next((v for v in values if v), 0) == 1:
                found.setdefault(tuple(entries.get(j, 0) for j in range(size)))
    return list(found)


def _keys(search: Search, points: list[Point]) -> Iterator[tuple[int, ...]]:
    """For each point the values of u phi v mod p, divided by the first one that is not 0."""
    residues, p = search.residues, search.residues.p
    functionals = _functionals(p)
    rng = np.random.default_rng(search.seed)
    left = _random(rng, (functionals, search.chain.sizes[0]), p)
    right = _random(rng, (search.chain.sizes[-1], functionals), p)
    step = max(1, CHUNK_ENTRIES // max(1, *_widths(search)))
    for start in range(0, len(points), step):
        part = points[start : start + step]
        stack = np.broadcast_to(left, (len(part), *left.shape))
        for k, layer in enumerate(residues.layers):
            vectors = np.array([[v % p for v in point[k]] for point in part], dtype=dtype_for(p))
            stack = multiply(stack, layer.at_all(vectors, p), p)
        values = (stack * right.T[None] % p).sum(axis=2) % p
        for row in values.tolist():
            lead = next((v for v in row if v), 0)
            inverse = pow(lead, -1, p) if lead else 0
            yield tuple(v * inverse % p for v in row)


def _widths(search: Search) -> list[int]:
    """For each layer the larger of the sizes of its matrix and of its table of entries."""
    sizes = itertools.pairwise(search.chain.sizes)
    return [max(a * b, len(layer.values)) for (a, b), layer in zip(sizes, search.residues.layers, strict=True)]


def _random(rng: np.random.Generator, shape: tuple[int, int], p: int) -> Array:
    return (rng.integers(0, min(p, 2**62), shape) % p).astype(dtype_for(p))
