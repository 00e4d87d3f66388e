"""Linear relations, symmetries and sparsity models over GF(p) on all small operators (7.2, 8.2c, 8.2f, 12.5)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations, product
from typing import NamedTuple

from exactfact.proving.small.case import SmallCase
from exactfact.proving.small.finite import Point, Rows, Vector, classes, kernel, nonzero, rank, tensor, times, vectors
from exactfact.proving.small.operators import Operator, fibres, operators, parallel, unit
from exactfact.proving.small.uniform import EVERY, SIZE, columns


@lru_cache(maxsize=4)
def relations(operator: Operator, k: int) -> tuple[Rows, ...]:
    """All bilinear B(y, x) with B(phi(h), h_k) = 0 as a polynomial in h: matrices (outputs x S_k).

    The products phi(h) x h_k are spanned by A_{..a..} x e_a and A_{..a..} x e_b + A_{..b..} x e_a with a < b.
    """
    p, sizes, rows = operator
    size, outputs = sizes[k], len(rows)
    others = [o for j, s in enumerate(sizes) for o in [tuple(unit(s, i) for i in range(s))] if j != k]
    spanning = []
    for rest in product(*others):
        at = [times(rows, tensor((*rest[:k], unit(size, a), *rest[k:]), p), p) for a in range(size)]
        for a in range(size):
            spanning.append([y * int(j == a) for y in at[a] for j in range(size)])
            for b in range(a + 1, size):
                pairs = zip(at[a], at[b], strict=True)
                spanning.append([y * int(j == b) + z * int(j == a) for y, z in pairs for j in range(size)])
    found = kernel(spanning, outputs * size, p)
    return tuple(tuple(row[i * size : (i + 1) * size] for i in range(outputs)) for row in found)


def determined_layers(operator: Operator, y: Vector) -> bool:
    """7.2: rank N_k(y) = S_k - 1 for every k."""
    p, sizes, _ = operator
    for k, size in enumerate(sizes):
        matrix = [times(tuple(zip(*b, strict=True)), y, p) for b in relations(operator, k)]
        if rank(matrix, p) != size - 1:
            return False
    return True


@lru_cache(maxsize=2)
def certified_fibres(operator: Operator) -> tuple[Vector, ...]:
    """The values phi(h) != 0 at which 7.2 certifies."""
    return tuple(y for y in fibres(operator) if any(y) and determined_layers(operator, y))


def single_classes(operator: Operator) -> str | None:
    """Every certified fibre is one class."""
    for y in certified_fibres(operator):
        members = fibres(operator)[y]
        if len(members) > 1:
            return f"the fibre of {y} is certified and contains {members[0]} and {members[1]}"
    return None


class Moved(NamedTuple):
    """An operator with one invertible matrix a layer."""

    operator: Operator
    matrices: tuple[Rows, ...]


@cache
def invertible(p: int, n: int) -> tuple[Rows, ...]:
    """GL(n, p)."""
    return tuple(m for m in product(nonzero(p, n), repeat=n) if rank(m, p) == n)


def moved_operators(p: int, size: int) -> Iterator[Moved]:
    """All operators with S = (s, s) and all pairs (C, D) of invertible matrices, (c C, D / c) for one c only."""
    for operator in operators(p, size):
        if len(operator.sizes) == 2 and len(set(operator.sizes)) == 1:
            every = invertible(p, operator.sizes[0])
            pairs = product([m for m in every if next(filter(None, m[0])) == 1], every)
            yield from (Moved(operator, pair) for pair in pairs)


def swap(case: Moved, h: Point) -> Point:
    """(h_1, h_2) -> (C h_2, D h_1)."""
    p = case.operator.field
    return times(case.matrices[0], h[1], p), times(case.matrices[1], h[0], p)


def layerwise(case: Moved, h: Point) -> Point:
    """(h_1, h_2) -> (C h_1, D h_2)."""
    p = case.operator.field
    return times(case.matrices[0], h[0], p), times(case.matrices[1], h[1], p)


def _value(operator: Operator, h: Point) -> Vector:
    return times(operator.rows, tensor(h, operator.field), operator.field)


def preserves_basis(case: Moved, move: object) -> bool:
    """phi(move(h)) = phi(h) on pairs of basis vectors."""
    assert callable(move)
    size = case.operator.sizes[0]
    pairs = product([unit(size, j) for j in range(size)], repeat=2)
    return all(_value(case.operator, move(case, h)) == _value(case.operator, h) for h in pairs)


def symmetric(case: Moved, move: object) -> str | None:
    """phi(move(h)) = phi(h) everywhere; where the first layers are not parallel, the class of h is not alone."""
    assert callable(move)
    operator = case.operator
    p = operator.field
    for h, entries in classes(p, operator.sizes):
        g = move(case, h)
        if _value(operator, g) != _value(operator, h):
            return f"phi changes at {h}"
        if not parallel(g[0], h[0], p) and tensor(g, p) == entries:
            return f"{h} and {g} are in one class"
    return None


class Models(NamedTuple):
    """An operator and a list of supports, one set of entries a layer each."""

    operator: Operator
    supports: tuple[tuple[Vector, ...], ...]


def models(p: int, size: int) -> Iterator[Models]:
    """All operators and all families of one or two supports."""
    for operator in operators(p, size):
        single = list(product(*(nonzero(2, s) for s in operator.sizes)))
        for count in (1, 2):
            yield from (Models(operator, family) for family in combinations(single, count))


def _positions(case: Models, first: tuple[Vector, ...], second: tuple[Vector, ...]) -> list[int]:
    pairs = zip(tensor(first, 2), tensor(second, 2), strict=True)
    return [i for i, (a, b) in enumerate(pairs) if a or b]


def independent_unions(case: Models) -> bool:
    """12.5: the columns in I(L) and I(L') together are independent, for all L, L'."""
    found = columns(case.operator)
    for first, second in product(case.supports, repeat=2):
        used = _positions(case, first, second)
        if rank([found[i] for i in used], case.operator.field) < len(used):
            return False
    return True


def identifiable_in_models(case: Models) -> str | None:
    """phi separates the classes that have a point in one of the models."""
    p, sizes, rows = case.operator
    seen: dict[Vector, Vector] = {}
    for support in case.supports:
        for h in product(*(_supported(p, s, mask) for s, mask in zip(sizes, support, strict=True))):
            entries = tensor(h, p)
            if seen.setdefault(times(rows, entries, p), entries) != entries:
                return f"the value at {h} is taken in another class too"
    return None


@cache
def _supported(p: int, size: int, mask: Vector) -> tuple[Vector, ...]:
    return tuple(v for v in vectors(p, size) if all(m or not a for a, m in zip(v, mask, strict=True)))


CASES = [
    SmallCase(
        "7.2",
        "where all linear relations at phi(h) != 0 have rank S_k - 1, h is the only class in its fibre over GF(p)",
        EVERY,
        SIZE,
        operators,
        single_classes,
        full={2: 6, 3: 4, 5: 4},
        quick={2: 4, 3: 4},
        hypothesis=lambda a: bool(certified_fibres(a)),
    ),
    SmallCase(
        "8.2c",
        "an exchange of the layers that keeps phi on basis vectors keeps phi, and moves classes where C "
        "h_2 is not parallel to h_1",
        "every operator with S = (s, s) (up to row operations), every pair of invertible matrices (up to a scalar)",
        SIZE,
        moved_operators,
        lambda case: symmetric(case, swap),
        full={2: 4, 3: 4},
        quick={2: 4},
        hypothesis=lambda case: preserves_basis(case, swap),
    ),
    SmallCase(
        "8.2f",
        "invertible matrices on the layers that keep phi on basis vectors keep phi, and move classes "
        "where C h_1 is not parallel to h_1",
        "every operator with S = (s, s) (up to row operations), every pair of invertible matrices (up to a scalar)",
        SIZE,
        moved_operators,
        lambda case: symmetric(case, layerwise),
        full={2: 4, 3: 4},
        quick={2: 4},
        hypothesis=lambda case: preserves_basis(case, layerwise),
    ),
    SmallCase(
        "12.5",
        "independent columns on all unions of two supports make phi injective on the classes of the models",
        f"{EVERY}, every family of one or two supports",
        SIZE,
        models,
        identifiable_in_models,
        full={2: 4, 3: 4},
        quick={2: 4},
        hypothesis=independent_unions,
    ),
]
