"""Changes of basis between two neighbouring layers (theory 8.2d), tried at one point.

Z with Im M_k Z in Im M_k and Z Im M_{k+1} in Im M_{k+1} form an algebra B_k.  For a unit 1 + tZ the product is
unchanged when M_k(h_k) is multiplied by it and M_{k+1}(h_{k+1}) by its inverse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from exactfact.algebra.echelon import Vector, kernel
from exactfact.model.numbers import Number

from .chain import Chain, SparseMatrix, combine, multiply_sparse

UNKNOWN_LIMIT = 400
TRIES = (1, 2, -2)
Point = Sequence[Sequence[Number]]


def gauge_moves(chain: Chain, h: Point) -> Iterator[tuple[tuple[Number, ...], ...]]:
    """Points obtained from h by a change of basis at one interface; the caller compares phi and the classes.

    Interfaces whose linear system has more than UNKNOWN_LIMIT unknowns are passed over.
    """
    for k in range(chain.depth - 1):
        size = chain.sizes[k + 1]
        unknowns = size * size + chain.parameters[k] ** 2 + chain.parameters[k + 1] ** 2
        if unknowns > UNKNOWN_LIMIT:
            continue
        for z in gauge_algebra(chain, k):
            moved = moved_by_basis(chain, h, k, z)
            if moved is not None:
                yield moved


def gauge_algebra(chain: Chain, k: int) -> list[SparseMatrix]:
    """A basis of B_k, as matrices at interface k + 1."""
    size = chain.sizes[k + 1]
    left, right = chain.layers[k], chain.layers[k + 1]
    equations: dict[tuple[int, ...], Vector] = {}

    def term(key: tuple[int, ...], unknown: int, value: Number) -> None:
        row = equations.setdefault(key, {})
        row[unknown] = row.get(unknown, 0) + value

    for j, matrix in enumerate(left):
        for (row, middle), value in matrix.items():
            for col in range(size):
                term((0, j, row, col), middle * size + col, value)
        for i, image in enumerate(left):
            for (row, col), value in image.items():
                term((0, j, row, col), size * size + j * len(left) + i, -value)
    for j, matrix in enumerate(right):
        for (middle, col), value in matrix.items():
            for row in range(size):
                term((1, j, row, col), row * size + middle, value)
        for i, image in enumerate(right):
            for (row, col), value in image.items():
                term((1, j, row, col), size * size + len(left) ** 2 + j * len(right) + i, -value)
    unknowns = size * size + len(left) ** 2 + len(right) ** 2
    solutions = kernel(list(equations.values()), unknowns, chain.field)
    return [
        {(position // size, position % size): value for position, value in vector.items() if position < size * size}
        for vector in solutions
    ]


def moved_by_basis(chain: Chain, h: Point, k: int, z: SparseMatrix) -> tuple[tuple[Number, ...], ...] | None:
    """h with layers k, k + 1 changed by the first unit 1 + tZ found, or None."""
    field, size = chain.field, chain.sizes[k + 1]
    for t in TRIES:
        unit: SparseMatrix = {(i, i): 1 for i in range(size)}
        for cell, value in z.items():
            unit[cell] = unit.get(cell, 0) + t * value
        left = multiply_sparse(combine(chain.layers[k], h[k], field), unit, field)
        first = solve_layer(chain, k, left)
        second = _solve_right(chain, k + 1, unit, combine(chain.layers[k + 1], h[k + 1], field))
        if first is not None and second is not None:
            moved = [tuple(vector) for vector in h]
            moved[k], moved[k + 1] = first, second
            return tuple(moved)
    return None


def solve_layer(chain: Chain, k: int, target: SparseMatrix) -> tuple[Number, ...] | None:
    """x with M_k(x) = target over the chain's field, exactly; None when the target is not in the image."""
    return _solve(list(chain.layers[k]), target, chain)


def _solve_right(chain: Chain, k: int, unit: SparseMatrix, target: SparseMatrix) -> tuple[Number, ...] | None:
    """x with unit * M_k(x) = target, or None."""
    return _solve([multiply_sparse(unit, matrix, chain.field) for matrix in chain.layers[k]], target, chain)


def _solve(columns: list[SparseMatrix], target: SparseMatrix, chain: Chain) -> tuple[Number, ...] | None:
    """A solution of sum x_j columns[j] = target, from the kernel of [columns | target]."""
    rows: dict[tuple[int, int], Vector] = {}
    for j, matrix in enumerate([*columns, target]):
        for cell, value in matrix.items():
            rows.setdefault(cell, {})[j] = value
    last = len(columns)
    p = chain.field.characteristic
    for vector in kernel(list(rows.values()), last + 1, chain.field):
        if vector.get(last):
            scale = -pow(int(vector[last]), -1, p) if p else Fraction(-1) / vector[last]
            solution = [vector.get(j, 0) * scale for j in range(last)]
            return tuple(int(v) % p if p else (int(v) if v.denominator == 1 else v) for v in solution)
    return None
