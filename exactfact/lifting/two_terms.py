"""Pairs (h, g) that differ in one layer freely and elsewhere as prescribed: kernels of 2 S_k columns.

With the other layers fixed to a in h and to b in g, phi(h) - phi(g) is linear in the pair (h_k, -g_k).  With
rank A < 2 S_k a kernel vector exists for every a, b (theory 5.2a), for special a, b often earlier.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exactfact.algebra.echelon import Vector, kernel
from exactfact.algebra.modular import rank_mod_p
from exactfact.model.numbers import Number

from .chain import Chain, SparseMatrix, combine, multiply_sparse

Point = tuple[tuple[Number, ...], ...]
Others = tuple[tuple[Number, ...] | None, ...]


@dataclass(frozen=True)
class Supports:
    """In h, layer k may use the parameters `first`; in g, `second`."""

    layer: int
    first: tuple[int, ...]
    second: tuple[int, ...]


def pair(chain: Chain, where: Supports, a: Others, b: Others) -> tuple[Point, Point] | None:
    """h, g with phi(h) = phi(g), h without zero layer and h not ~ g; their other layers are a and b (or g = 0).

    a, b: a vector for every layer but `where.layer`, proportional in all layers or else not; proportional ones must
    have the same tensor.  Cost: S_k columns twice and one exact elimination.
    """
    size = chain.parameters[where.layer]
    columns = [*block(chain, where.layer, a, where.first), *block(chain, where.layer, b, where.second)]
    rows: dict[tuple[int, int], Vector] = {}
    for position, matrix in enumerate(columns):
        for cell, value in matrix.items():
            rows.setdefault(cell, {})[position] = value
    vectors = kernel(list(rows.values()), len(columns), chain.field)
    if not vectors:
        return None
    p = chain.field.characteristic
    x: list[Number] = [0] * size
    y: list[Number] = [0] * size
    for position, value in vectors[0].items():
        if position < len(where.first):
            x[where.first[position]] = value
        else:
            y[where.second[position - len(where.first)]] = -value % p if p else -value
    h, g = _point(a, where.layer, x), _point(b, where.layer, y)
    zero = tuple((0,) * n for n in chain.parameters)
    if not any(x):
        return g, zero
    return (h, g) if any(y) else (h, zero)


def _point(others: Others, layer: int, vector: Sequence[Number]) -> Point:
    return tuple(tuple(vector) if k == layer else other or () for k, other in enumerate(others))


def block(chain: Chain, layer: int, others: Others, parameters: Sequence[int]) -> list[SparseMatrix]:
    """M_1(a_1) ... M_k(e_j) ... M_K(a_K) for the listed j, exactly."""
    field = chain.field
    before: SparseMatrix | None = None
    for k in range(layer):
        step = combine(chain.layers[k], others[k] or (), field)
        before = step if before is None else multiply_sparse(before, step, field)
    after: SparseMatrix | None = None
    for k in range(chain.depth - 1, layer, -1):
        step = combine(chain.layers[k], others[k] or (), field)
        after = step if after is None else multiply_sparse(step, after, field)
    result = []
    for j in parameters:
        matrix = chain.layers[layer][j]
        matrix = matrix if before is None else multiply_sparse(before, matrix, field)
        result.append(matrix if after is None else multiply_sparse(matrix, after, field))
    return result


def deficient(chain: Chain, where: Supports, a: Others, b: Others, p: int) -> bool:
    """Whether the columns of `pair` are dependent modulo p (they are over QQ only if so)."""
    columns = [*block(chain, where.layer, a, where.first), *block(chain, where.layer, b, where.second)]
    cells = {cell: i for i, cell in enumerate(sorted({cell for matrix in columns for cell in matrix}))}
    if len(cells) < len(columns):
        return True
    dense = [[0] * len(cells) for _ in columns]
    for row, matrix in zip(dense, columns, strict=True):
        for cell, value in matrix.items():
            row[cells[cell]] = value.numerator * pow(value.denominator, -1, p) % p
    return rank_mod_p(dense, p) < len(columns)


def unit_others(sizes: Sequence[int], layer: int, index: Sequence[int]) -> Others:
    """Unit vectors in every layer but one."""
    return tuple(
        None if k == layer else tuple(int(j == index[k]) for j in range(size)) for k, size in enumerate(sizes)
    )


def candidates(usable: Sequence[Sequence[int]], sizes: Sequence[int], layer: int) -> Iterator[tuple[Others, Others]]:
    """Unit vectors that differ in one other layer, every pair there; first those with the first choice elsewhere."""
    start = [choice[0] for choice in usable]
    others = [k for k in range(len(sizes)) if k != layer and len(usable[k]) >= 2]
    for k in sorted(others, key=lambda k: -len(usable[k])):
        for i, j in itertools.combinations(usable[k], 2):
            first, second = list(start), list(start)
            first[k], second[k] = i, j
            yield unit_others(sizes, layer, first), unit_others(sizes, layer, second)


def mixtures(usable: Sequence[Sequence[int]], sizes: Sequence[int], layer: int, seed: int) -> Iterator[
    tuple[Others, Others]
]:  # fmt: skip
    """Unit vectors that may differ in every other layer, at random."""
    rng = random.Random(f"exactfact:two terms:{seed}:{layer}")
    while True:
        first, second = ([rng.choice(list(choice)) for choice in usable] for _ in range(2))
        if any(x != y for k, (x, y) in enumerate(zip(first, second, strict=True)) if k != layer):
            yield unit_others(sizes, layer, first), unit_others(sizes, layer, second)
        elif all(len(choice) < 2 for k, choice in enumerate(usable) if k != layer):
            return
