"""The number of classes in complex fibres of small operators, by Groebner bases over GF(32003) with sympy.

Shares no code with the product: the operators are dense, the products are expanded by sympy.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from typing import Any

import sympy

import exactfact as ef

MODULUS = 32003
INFINITE = -1


def chain_of(columns: dict[tuple[int, ...], list[int]], sizes: Sequence[int]) -> ef.Architecture:
    """An architecture with the columns given: selectors of blocks, the last of them composed with A."""
    layers, width = [], 1
    for size in sizes[:-1]:
        cells = [[[int(c == i * size + j) for c in range(width * size)] for i in range(width)] for j in range(size)]
        layers.append(ef.basis(cells))
        width *= size
    prefixes = list(itertools.product(*map(range, sizes[:-1])))
    layers.append(ef.basis([[columns[(*prefix, j)] for prefix in prefixes] for j in range(sizes[-1])]))
    return ef.Architecture(layers)


def random_columns(rng: random.Random, sizes: Sequence[int], r: int, values: Sequence[int]) -> dict[Any, list[int]]:
    return {i: [rng.choice(values) for _ in range(r)] for i in itertools.product(*map(range, sizes))}


def polynomials(columns: dict[Any, list[int]], sizes: Sequence[int], vectors: Sequence[Sequence[Any]]) -> list[Any]:
    """phi at vectors of numbers or polynomials."""
    r = len(next(iter(columns.values())))
    total = [sympy.Integer(0)] * r
    for index, column in columns.items():
        monomial = sympy.Integer(1)
        for k, j in enumerate(index):
            monomial *= vectors[k][j]
        total = [t + c * monomial if c else t for t, c in zip(total, column, strict=True)]
    return total


def classes(columns: dict[Any, list[int]], sizes: Sequence[int], h: Sequence[Sequence[int]], seed: int = 0) -> int:
    """Points of the fibre of h, with multiplicity, in a random chart l_k(g_k) = 1, k > 1; -1: infinitely many."""
    rng = random.Random(seed)
    unknowns: list[Any] = []
    vectors: list[list[Any]] = []
    for k, size in enumerate(sizes):
        names = [sympy.Symbol(f"g{k}_{j}") for j in range(size if k == 0 else size - 1)]
        unknowns += names
        if k == 0:
            vectors.append(names)
        else:
            vectors.append([1 - sum(rng.randint(1, 1000) * x for x in names), *names])
    target = polynomials(columns, sizes, h)
    equations = [sympy.expand(a - b) for a, b in zip(polynomials(columns, sizes, vectors), target, strict=True)]
    equations = [e for e in equations if e != 0]
    if not equations:
        return INFINITE if unknowns else 1
    basis = sympy.groebner(equations, *unknowns, modulus=MODULUS, order="grevlex")
    leading = [poly.monoms(order="grevlex")[0] for poly in basis.polys]
    bounds = []
    for i in range(len(unknowns)):
        pure = [m[i] for m in leading if all(e == 0 for j, e in enumerate(m) if j != i)]
        if not pure:
            return INFINITE
        bounds.append(min(pure))
    standard = itertools.product(*map(range, bounds))
    return sum(not any(all(a >= b for a, b in zip(m, lead, strict=True)) for lead in leading) for m in standard)


def generic_classes(columns: dict[Any, list[int]], sizes: Sequence[int], seed: int = 0) -> int:
    """The count at a random point mod 32003."""
    rng = random.Random(seed)
    h = [[rng.randrange(1, MODULUS) for _ in range(size)] for size in sizes]
    return classes(columns, sizes, h, seed)
