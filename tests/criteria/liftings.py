"""Architectures with any given lifted map: block selectors, the last layer composed with it (theory 2.1')."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import exactfact as ef

Index = tuple[int, ...]


def lifting(columns: Sequence[Sequence[Any]], sizes: Sequence[int], field: str = "QQ", **more: Any) -> ef.Architecture:
    """phi(h) = sum P(h)_i columns[i], multi-indices in lexicographic order."""
    layers, width = [], 1
    for size in sizes[:-1]:
        wide = range(width * size)
        layers.append(ef.basis([[[int(c == a * size + j) for c in wide] for a in range(width)] for j in range(size)]))
        width *= size
    last = sizes[-1]
    layers.append(ef.basis([[list(columns[a * last + j]) for a in range(width)] for j in range(last)]))
    return ef.Architecture(layers, field=field, **more)


def random_lifting(sizes: Sequence[int], rank: int, seed: int, field: str = "QQ", **more: Any) -> ef.Architecture:
    """A random lifted map with `rank` rows."""
    rng = random.Random(f"{tuple(sizes)} {rank} {seed} {field}")
    low, high = (-3, 3) if field == "QQ" else (0, int(field[3:-1]) - 1)
    columns = [[rng.randint(low, high) for _ in range(rank)] for _ in range(math.prod(sizes))]
    return lifting(columns, sizes, field, **more)


def with_kernel(kernel: Sequence[Mapping[Index, int]], sizes: Sequence[int], field: str = "QQ", **more: Any) -> Any:
    """A lifted map with exactly this kernel: coordinates of the quotient, by elimination of the kernel vectors."""
    p = 0 if field == "QQ" else int(field[3:-1])
    indices = list(itertools.product(*map(range, sizes)))
    rows = [[_number(t.get(i, 0), p) for i in indices] for t in kernel]
    pivots: list[int] = []
    for row in range(len(rows)):
        column = next(c for c, x in enumerate(rows[row]) if x)
        inverse = pow(rows[row][column], -1, p) if p else 1 / rows[row][column]
        rows[row] = [_number(x * inverse, p) for x in rows[row]]
        for other in range(len(rows)):
            if other != row:
                factor = rows[other][column]
                rows[other] = [_number(x - factor * y, p) for x, y in zip(rows[other], rows[row], strict=True)]
        pivots.append(column)
    free = [i for i in range(len(indices)) if i not in pivots]
    columns = []
    for position in range(len(indices)):
        if position in pivots:
            row = rows[pivots.index(position)]
            columns.append([_written(-row[f], p) for f in free])
        else:
            columns.append([int(f == position) for f in free])
    return lifting(columns, sizes, field, **more)


def _number(value: Any, p: int) -> Any:
    return value % p if p else Fraction(value)


def _written(value: Any, p: int) -> Any:
    if p:
        return value % p
    return str(value)


def tensor(*terms: Sequence[Sequence[Any]]) -> dict[Index, Any]:
    """The sum of decomposable tensors given by their factors."""
    total: dict[Index, Any] = {}
    for factors in terms:
        for index in itertools.product(*(range(len(f)) for f in factors)):
            value = math.prod(f[j] for f, j in zip(factors, index, strict=True))
            total[index] = total.get(index, 0) + value
    return {index: value for index, value in total.items() if value}


W = {(0, 0, 1): 1, (0, 1, 0): 1, (1, 0, 0): 1}
GHZ = {(0, 0, 0): 1, (1, 1, 1): 1}
# The real part of (e_0 + i e_1)^3, and its like with the square root of 2.
COMPLEX = {(0, 0, 0): 1, (0, 1, 1): -1, (1, 0, 1): -1, (1, 1, 0): -1}
REAL = {(0, 0, 0): 1, (0, 1, 1): 2, (1, 0, 1): 2, (1, 1, 0): 2}
# W_v for v = e_0, e_1: every combination has rank 3 in characteristic other than 2 (theory 5.2e).
W_PLANE = (
    {(0, 0, 1): 2, (0, 1, 0): -1, (1, 0, 0): -1},
    {(1, 0, 1): 1, (1, 1, 0): -2, (0, 1, 1): 1},
)
