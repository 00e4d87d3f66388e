"""Points of projective spaces over GF(p), one of each line, and phi at all their combinations (theory 4.5)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

Array = Any
Tick = Callable[[str], None]
CHUNK = 2_000_000
ROUNDS = 3


def count(size: int, p: int) -> int:
    """The number of lines of GF(p)^S, (p^S - 1) / (p - 1)."""
    return int((p**size - 1) // (p - 1))


def representatives(size: int, p: int) -> Array:
    """One vector of each line of GF(p)^S, its first nonzero entry 1, one a row."""
    blocks = []
    for lead in range(size):
        tails = np.array(list(itertools.product(range(p), repeat=size - 1 - lead)), dtype=np.int64)
        block = np.zeros((len(tails), size), dtype=np.int64)
        block[:, lead] = 1
        block[:, lead + 1 :] = tails.reshape(len(tails), size - 1 - lead)
        blocks.append(block)
    return np.concatenate(blocks)


def images(columns: Array, points: Sequence[Array], p: int) -> Iterator[tuple[int, Array]]:
    """(number of the first point, phi at consecutive points), numbered lexicographically; each image one row.

    `columns`: A mod p, one row for each multi-index.  Cost: one product for each point and parameter.
    """
    sizes = [part.shape[1] for part in points]
    width = columns.shape[1]
    rest = math.prod(len(part) for part in points[1:])
    step = max(1, CHUNK // max(1, rest * width))
    tensor = columns.reshape(sizes[0], -1)
    for start in range(0, len(points[0]), step):
        # Axes: points chosen so far, parameters still to come, cells.
        current = points[0][start : start + step] @ tensor % p
        for part in points[1:]:
            current = current.reshape(len(current), part.shape[1], -1).transpose(0, 2, 1) @ part.T % p
            current = current.transpose(0, 2, 1).reshape(-1, current.shape[1])
        yield start * rest, current.reshape(-1, width)


def keys(rows: Array, p: int, round_number: int) -> Array:
    """A 64-bit number for the line through each row, 0 for zero rows: equal for equal lines."""
    weights = np.random.default_rng(round_number).integers(1, 2**63, rows.shape[1], dtype=np.uint64)
    nonzero = rows.any(axis=1)
    leads = rows[np.arange(len(rows)), np.argmax(rows != 0, axis=1)]
    scaled = rows * inverses(leads, p)[:, None] % p
    # An odd summand keeps nonzero rows apart from zero ones.
    values = (scaled.astype(np.uint64) * weights).sum(axis=1, dtype=np.uint64) | np.uint64(1)
    return np.where(nonzero, values, np.uint64(0))


def inverses(values: Array, p: int) -> Array:
    """The inverses mod p of an array of residues, 0 for 0."""
    table = {int(v): pow(int(v), -1, p) if v else 0 for v in np.unique(values)}
    return np.array([table[int(v)] for v in values], dtype=np.int64) if len(table) > 1 else np.full(
        len(values), next(iter(table.values())), dtype=np.int64
    )  # fmt: skip


def point(points: Sequence[Array], number: int) -> tuple[tuple[int, ...], ...]:
    """The parameter vectors of a point given by its number."""
    chosen = []
    for part in reversed(points):
        number, position = divmod(number, len(part))
        chosen.append(tuple(int(x) for x in part[position]))
    return tuple(reversed(chosen))


def collision(columns: Array, points: Sequence[Array], p: int, check: Tick) -> tuple[int, int | None] | None:
    """Two points with proportional images, or one with image 0 (second None); None when there is neither.

    Images are compared by 64-bit numbers, candidates exactly.  Cost: `images`, and a sort.
    """
    for round_number in range(ROUNDS):
        parts = []
        for start, rows in images(columns, points, p):
            check(f"images of points, from number {start}")
            parts.append(keys(rows, p, round_number))
        values = np.concatenate(parts)
        zero = np.flatnonzero(values == 0)
        if len(zero):
            return int(zero[0]), None
        order = np.argsort(values, kind="stable")
        same = np.flatnonzero(values[order][1:] == values[order][:-1])
        if not len(same):
            return None
        for place in same[:100]:
            first, second = int(order[place]), int(order[place + 1])
            if ratio(image(columns, points, first, p), image(columns, points, second, p), p) is not None:
                return first, second
    raise ArithmeticError("images that differ have equal keys in every round")


def image(columns: Array, points: Sequence[Array], number: int, p: int) -> Array:
    """phi mod p at the point with this number, as a vector over the rows of `columns`."""
    chosen = [np.array([vector]) for vector in point(points, number)]
    return next(images(columns, chosen, p))[1][0]


def ratio(first: Array, second: Array, p: int) -> int | None:
    """c with first = c second, for nonzero rows; None when there is none."""
    lead = int(np.flatnonzero(second)[0])
    factor = int(first[lead]) * pow(int(second[lead]), -1, p) % p
    return factor if factor and not ((first - factor * second) % p).any() else None


def rivals(columns: Array, points: Sequence[Array], target: Array, p: int, check: Tick) -> Iterator[int]:
    """The numbers of the points whose image is proportional to `target`."""
    for start, rows in images(columns, points, p):
        check(f"images of points, from number {start}")
        lead = int(np.flatnonzero(target)[0])
        factors = rows[:, lead] * pow(int(target[lead]), -1, p) % p
        agree = ((rows - factors[:, None] * target[None]) % p == 0).all(axis=1) & (factors != 0)
        yield from (start + int(i) for i in np.flatnonzero(agree))
