"""Layers that several tests share: any lifted map, blind deconvolution, triangles, supports."""

from __future__ import annotations

import random
from collections.abc import Sequence

import exactfact as ef


def numbers(seed: int, rows: int, cols: int, most: int = 5) -> list[list[int]]:
    """A matrix of integers from -most to most."""
    rng = random.Random(seed)
    return [[rng.randint(-most, most) for _ in range(cols)] for _ in range(rows)]


def blind(rows: int, first: int, last: int) -> list[ef.Layer]:
    """x, y -> (B x) o (C y), entry by entry."""
    b, c = numbers(1, rows, first), numbers(2, rows, last)
    left = [[[b[i][j] * (i == k) for k in range(rows)] for i in range(rows)] for j in range(first)]
    return [ef.basis(left), ef.basis([[[c[i][j]] for i in range(rows)] for j in range(last)])]


def lifted(sizes: tuple[int, ...], rows: list[list[int]]) -> list[ef.Layer]:
    """Layers whose lifted map is the given matrix, a row for each entry of the product (theory 2.1')."""
    layers, width = [], 1
    for size in sizes[:-1]:
        selected = [[[int(c == a * size + j) for c in range(width * size)] for a in range(width)] for j in range(size)]
        layers.append(ef.basis(selected))
        width *= size
    last = sizes[-1]
    return [*layers, ef.basis([[[row[a * last + j] for row in rows] for a in range(width)] for j in range(last)])]


def observed(size: int, cells: list[str]) -> list[ef.Layer]:
    """Layers whose product shows the listed coordinates of P(h)."""
    depth = len(cells[0])
    total = size**depth
    return lifted((size,) * depth, [[int(i == int(cell, size)) for i in range(total)] for cell in cells])


def triangular(n: int, lower: bool) -> ef.Layer:
    """Every cell on one side of the diagonal, and the diagonal, with a parameter of its own."""
    cells = [(i, j) for i in range(n) for j in range(n) if (i >= j if lower else i <= j)]
    return ef.entries(n, n, len(cells), [[i, j, k] for k, (i, j) in enumerate(cells)])


def toeplitz_on(signal: Sequence[int], filter_: Sequence[int], n: int) -> ef.Architecture:
    """Blind deconvolution: a circulant filter and a signal with known supports in Z/n."""
    return ef.Architecture(
        [ef.circulant(n, filter_), ef.entries(n, 1, len(signal), [[i, 0, j] for j, i in enumerate(signal)])]
    )
