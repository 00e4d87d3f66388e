"""Arithmetic over GF(p) by plain integers: vectors, rank-one tensors, echelon forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, product
from math import prod

Vector = tuple[int, ...]
Point = tuple[Vector, ...]
Rows = tuple[Vector, ...]

LARGE = 2**61 - 1  # a prime above every minor of the small integer matrices here: ranks modulo it are those over Q


@cache
def vectors(p: int, n: int) -> tuple[Vector, ...]:
    """All of GF(p)^n."""
    return tuple(product(range(p), repeat=n))


@cache
def nonzero(p: int, n: int) -> tuple[Vector, ...]:
    """All nonzero vectors of GF(p)^n."""
    return vectors(p, n)[1:]


@cache
def lines(p: int, n: int) -> tuple[Vector, ...]:
    """One vector of every line of GF(p)^n: its first nonzero entry is 1."""
    return tuple(v for v in nonzero(p, n) if next(filter(None, v)) == 1)


def points(p: int, sizes: Sequence[int]) -> Iterator[Point]:
    """All h, zero layers allowed."""
    return product(*(vectors(p, size) for size in sizes))


def tensor(h: Iterable[Vector], p: int) -> Vector:
    """P(h), the entries in lexicographic order of the multi-index."""
    entries: Vector = (1,)
    for layer in h:
        entries = tuple(a * b % p for a in entries for b in layer)
    return entries


@cache
def classes(p: int, sizes: Vector) -> tuple[tuple[Point, Vector], ...]:
    """(h, P(h)) for one h of every class with P(h) != 0."""
    heads = nonzero(p, sizes[0])
    return tuple((h, tensor(h, p)) for h in product(heads, *(lines(p, size) for size in sizes[1:])))


def dot(v: Sequence[int], w: Sequence[int], p: int) -> int:
    """The sum of products."""
    return sum(a * b for a, b in zip(v, w, strict=True)) % p


def times(rows: Iterable[Vector], v: Vector, p: int) -> Vector:
    """Matrix times vector."""
    return tuple(dot(row, v, p) for row in rows)


def multiply(left: Rows, right: Rows, p: int) -> Rows:
    """Matrix times matrix."""
    columns = list(zip(*right, strict=True))
    return tuple(tuple(dot(row, column, p) for column in columns) for row in left)


def echelon(rows: Iterable[Sequence[int]], p: int) -> tuple[Rows, Vector]:
    """The nonzero rows of the reduced echelon form, and its pivot columns."""
    done: list[list[int]] = []
    pivots: list[int] = []
    for given in rows:
        row = [a % p for a in given]
        for pivot, other in zip(pivots, done, strict=True):
            if row[pivot]:
                factor = row[pivot]
                row = [(a - factor * b) % p for a, b in zip(row, other, strict=True)]
        pivot = next((j for j, a in enumerate(row) if a), -1)
        if pivot < 0:
            continue
        inverse = pow(row[pivot], -1, p)
        row = [a * inverse % p for a in row]
        for index, other in enumerate(done):
            if other[pivot]:
                factor = other[pivot]
                done[index] = [(a - factor * b) % p for a, b in zip(other, row, strict=True)]
        done.append(row)
        pivots.append(pivot)
    order = sorted(range(len(pivots)), key=pivots.__getitem__)
    return tuple(tuple(done[i]) for i in order), tuple(pivots[i] for i in order)


def rank(rows: Iterable[Sequence[int]], p: int) -> int:
    """The rank over GF(p)."""
    return len(echelon(rows, p)[1])


def kernel(rows: Iterable[Sequence[int]], columns: int, p: int) -> Rows:
    """A basis of {v: rows v = 0}."""
    reduced, pivots = echelon(rows, p)
    basis = []
    for free in (j for j in range(columns) if j not in pivots):
        v = [0] * columns
        v[free] = 1
        for row, pivot in zip(reduced, pivots, strict=True):
            v[pivot] = -row[free] % p
        basis.append(tuple(v))
    return tuple(basis)


def span(basis: Sequence[Vector], p: int) -> Iterator[Vector]:
    """All combinations of the basis."""
    length = len(basis[0]) if basis else 0
    for weights in product(range(p), repeat=len(basis)):
        yield tuple(sum(w * b[j] for w, b in zip(weights, basis, strict=True)) % p for j in range(length))


def subspaces(p: int, n: int, dimension: int) -> Iterator[Rows]:
    """Every subspace of GF(p)^n of that dimension, by its reduced echelon basis."""
    for pivots in combinations(range(n), dimension):
        free = [(i, j) for i, pivot in enumerate(pivots) for j in range(pivot + 1, n) if j not in pivots]
        for values in product(range(p), repeat=len(free)):
            rows = [[int(j == pivot) for j in range(n)] for pivot in pivots]
            for (i, j), value in zip(free, values, strict=True):
                rows[i][j] = value
            yield tuple(map(tuple, rows))


def shapes(total: int, *, least: int = 1, layers: int = 9) -> Iterator[Vector]:
    """All S_1 >= ... >= S_K >= least of sum at most `total`, smallest sum first."""
    for bound in range(least, total + 1):
        yield from (s for s in _partitions(bound, bound, least) if len(s) <= layers)


def _partitions(total: int, largest: int, least: int) -> Iterator[Vector]:
    if total == 0:
        yield ()
    for first in range(min(total, largest), least - 1, -1):
        for rest in _partitions(total - first, first, least):
            yield (first, *rest)


def lifted(sizes: Sequence[int]) -> int:
    """N, the number of multi-indices."""
    return prod(sizes)
