"""All lifted maps of a small size over GF(p), and their fibres by enumeration.

Whether classes share a value depends on A only through its row space, and every A is the lifted map of some
architecture (theory 2.1'), so "one operator for every row space" is "every architecture with these S".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from exactfact.proving.small.finite import Point, Rows, Vector, classes, lifted, rank, shapes, subspaces, tensor, times


class Operator(NamedTuple):
    """A linear map on tensors of shape `sizes`, by its rows."""

    field: int
    sizes: Vector
    rows: Rows


def unit(size: int, j: int) -> Vector:
    """The j-th basis vector."""
    return tuple(int(i == j) for i in range(size))


def operators(p: int, size: int) -> Iterator[Operator]:
    """Every A on every shape with K >= 2, S_k >= 2, N <= size, up to row operations; small N and small rank first."""
    for sizes in tensor_shapes(size):
        for dimension in range(lifted(sizes) + 1):
            yield from (Operator(p, sizes, rows) for rows in subspaces(p, lifted(sizes), dimension))


def tensor_shapes(size: int) -> list[Vector]:
    """All S_1 >= ... >= S_K >= 2, K >= 2, with N <= size."""
    found = [sizes for sizes in shapes(size, least=2) if len(sizes) >= 2 and lifted(sizes) <= size]
    return sorted(found, key=lifted)


def value(operator: Operator, h: Point) -> Vector:
    """phi(h)."""
    return times(operator.rows, tensor(h, operator.field), operator.field)


@lru_cache(maxsize=2)
def fibres(operator: Operator) -> dict[Vector, list[Point]]:
    """phi(h) -> one h of every class with P(h) != 0."""
    found = defaultdict(list)
    for h, entries in classes(operator.field, operator.sizes):
        found[times(operator.rows, entries, operator.field)].append(h)
    return dict(found)


@lru_cache(maxsize=2)
def clash(operator: Operator) -> str | None:
    """Two classes with the same value, in words; None where phi is uniformly identifiable."""
    for y, members in fibres(operator).items():
        if not any(y):
            return f"phi({members[0]}) = 0"
        if len(members) > 1:
            return f"phi takes the value {y} at {members[0]} and at {members[1]}"
    return None


@cache
def tangent_tensors(p: int, h: Point) -> Rows:
    """P(h with e_j in layer k), for all k, j."""
    sizes = tuple(map(len, h))
    return tuple(tensor((*h[:k], unit(size, j), *h[k + 1 :]), p) for k, size in enumerate(sizes) for j in range(size))


def jacobian_rank(operator: Operator, h: Point) -> int:
    """The rank of the Jacobian of phi at h."""
    return rank((times(operator.rows, t, operator.field) for t in tangent_tensors(operator.field, h)), operator.field)


def parallel(v: Vector, w: Vector, p: int) -> bool:
    """Whether two nonzero vectors span one line."""
    return rank((v, w), p) <= 1
