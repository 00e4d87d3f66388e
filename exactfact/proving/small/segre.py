"""Rank-one tensors and sums of two (theory 1.1, 1.2, 1.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations, combinations_with_replacement, product
from math import prod
from typing import NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import (
    Point,
    Rows,
    Vector,
    classes,
    echelon,
    lifted,
    points,
    shapes,
    tensor,
    vectors,
)
from exactfact.proving.small.operators import tangent_tensors


class At(NamedTuple):
    """A point over GF(p)."""

    field: int
    h: Point


class Shape(NamedTuple):
    """The sizes of the layers."""

    field: int
    sizes: Vector


class Tensor(NamedTuple):
    """A tensor over GF(p), entries in lexicographic order."""

    field: int
    sizes: Vector
    entries: Vector


def all_points(p: int, size: int) -> Iterator[At]:
    """Every h with sum S_k <= size."""
    for sizes in shapes(size):
        yield from (At(p, h) for h in points(p, sizes))


@cache
def _by_tensor(p: int, sizes: Vector) -> dict[Vector, list[Point]]:
    found = defaultdict(list)
    for h in points(p, sizes):
        found[tensor(h, p)].append(h)
    return found


def same_tensor(case: At) -> str | None:
    """The points with the same P are the rescalings of h with product 1, or all points with a zero layer."""
    p, h = case
    sizes = tuple(map(len, h))
    others = _by_tensor(p, sizes)[tensor(h, p)]
    zero = not all(map(any, h))
    if zero != (not any(tensor(h, p))):
        return "P(h) = 0 and 'some layer is zero' differ"
    if zero:
        return None if all(not all(map(any, g)) for g in others) else "P = 0 at a point without a zero layer"
    expected = set()
    for scalars in product(range(1, p), repeat=len(sizes)):
        if prod(scalars) % p == 1:
            pairs = zip(scalars, h, strict=True)
            expected.add(tuple(tuple(c * a % p for a in layer) for c, layer in pairs))
    return None if set(others) == expected else f"P(g) = P(h) exactly for g in {others}"


def all_shapes(_: int, size: int) -> Iterator[Shape]:
    """All S_1 <= ... <= S_K <= 4 with K <= size."""
    for layers in range(1, size + 1):
        yield from (Shape(RATIONALS, s) for s in combinations_with_replacement(range(1, 5), layers))


def secant_dimension(sizes: Vector) -> int:
    """The formula of theory 1.2."""
    proper = [s for s in sizes if s >= 2]
    if len(proper) == 0:
        return 1
    if len(proper) == 1:
        return proper[0]
    return 2 * (sum(proper) - 2) if len(proper) == 2 else 2 + 2 * sum(s - 1 for s in sizes)


def dimensions(case: Shape) -> str | None:
    """Terracini: the two tangent spaces at (e_1, .., e_1), (e_2, .., e_2) are spanned by basis tensors, to be counted.

    GL(S_1) x .. x GL(S_K) takes every pair in general position there, so their rank is the generic one, over any field.
    """
    first = tuple(tuple(int(j == 0) for j in range(s)) for s in case.sizes)
    second = tuple(tuple(int(j == min(1, s - 1)) for j in range(s)) for s in case.sizes)
    one, two = set(tangent_tensors(2, first)), set(tangent_tensors(2, second))
    if any(sum(t) != 1 for t in one | two):
        return "a tangent vector is not a basis tensor"
    if len(one) != 1 + sum(s - 1 for s in case.sizes):
        return f"the rank-one tensors have dimension {len(one)}"
    expected = secant_dimension(case.sizes)
    return None if len(one | two) == expected else f"the dimension is {len(one | two)}, the formula says {expected}"


def all_tensors(p: int, size: int) -> Iterator[Tensor]:
    """Every nonzero tensor of every shape with K >= 2, S_k >= 2, N <= size."""
    for sizes in sorted(shapes(size, least=2), key=lifted):
        if len(sizes) >= 2 and lifted(sizes) <= size:
            yield from (Tensor(p, sizes, t) for t in vectors(p, lifted(sizes))[1:])


@cache
def _rank_two(p: int, sizes: Vector) -> frozenset[Vector]:
    ones = [t for _, t in classes(p, sizes)]
    sums = {tuple((a + b) % p for a, b in zip(s, t, strict=True)) for s, t in combinations(ones, 2)}
    return frozenset(sums.union(ones))


def rank_at_most_two(case: Tensor) -> bool:
    """The test of theory 1.4: flattenings, then the binary quadrics of a pencil."""
    p, sizes, entries = case
    for k in range(len(sizes)):
        rows, _ = echelon(_slices(sizes, entries, k), p)
        if len(rows) > 2:
            return False
        sizes, entries = _put_first(sizes, rows, k)
    kept = tuple(s for s in sizes if s == 2)
    if len(kept) <= 2:
        return True
    first, second = entries[: len(entries) // 2], entries[len(entries) // 2 :]
    quadrics = [q for q in _quadrics(kept[1:], first, second, p) if any(q)]
    roots = [(x, y) for x, y in [(1, 0), *((a, 1) for a in range(p))] if all(_at(q, x, y) % p == 0 for q in quadrics)]
    return len(roots) >= 2


def _at(q: Vector, x: int, y: int) -> int:
    return q[0] * x * x + q[1] * x * y + q[2] * y * y


def _slices(sizes: Vector, entries: Vector, k: int) -> Rows:
    after = prod(sizes[k + 1 :])
    return tuple(
        tuple(t for i, t in enumerate(entries) if i // after % sizes[k] == j) for j in range(sizes[k])
    )


def _put_first(sizes: Vector, rows: Rows, k: int) -> tuple[Vector, Vector]:
    """The tensor whose slices along layer k are `rows`."""
    after = prod(sizes[k + 1 :])
    before = prod(sizes[:k])
    entries = tuple(row[b * after + a] for b in range(before) for row in rows for a in range(after))
    return (*sizes[:k], len(rows), *sizes[k + 1 :]), entries


def _quadrics(sizes: Vector, first: Vector, second: Vector, p: int) -> Iterator[Vector]:
    """The 2 x 2 minors of all flattenings of x first + y second, as (x^2, xy, y^2)."""
    for k in range(len(sizes)):
        (a, b), (c, d) = _slices(sizes, first, k), _slices(sizes, second, k)
        for i, j in combinations(range(len(a)), 2):
            yield (
                (a[i] * b[j] - a[j] * b[i]) % p,
                (a[i] * d[j] + c[i] * b[j] - a[j] * d[i] - c[j] * b[i]) % p,
                (c[i] * d[j] - c[j] * d[i]) % p,
            )


def agrees_with_sums(case: Tensor) -> str | None:
    """The test of 1.4 says whether the tensor is among all sums P(h) + P(g)."""
    truth = case.entries in _rank_two(case.field, case.sizes)
    if truth == rank_at_most_two(case):
        return None
    return "a sum of two rank-one tensors" if truth else "no sum of two rank-one tensors"


CASES = [
    SmallCase(
        "1.1",
        "P(h) = 0 iff a layer is zero; otherwise P(g) = P(h) iff g_k = c_k h_k with c_1 ... c_K = 1",
        "every h, compared with every g, of every shape (up to the order of layers)",
        "S_1 + ... + S_K",
        all_points,
        same_tensor,
        full={2: 8, 3: 6, 5: 5},
        quick={2: 6, 3: 5, 5: 4},
    ),
    SmallCase(
        "1.2",
        "the tensors of rank one have dimension 1 + sum (S_k - 1), the sums of two the dimension s_2 of the formula",
        "every shape with S_k <= 4 (up to the order of layers), over every field",
        "K",
        all_shapes,
        dimensions,
        full={RATIONALS: 5},
        quick={RATIONALS: 4},
    ),
    SmallCase(
        "1.4",
        "flattenings and the common roots of the binary quadrics decide whether a tensor has rank at most 2",
        "every nonzero tensor of every shape with K >= 2, S_k >= 2, against the list of all sums P(h) + P(g)",
        "N = S_1 ... S_K",
        all_tensors,
        agrees_with_sums,
        full={2: 12, 3: 8, 5: 6},
        quick={2: 9, 3: 8},
    ),
]
