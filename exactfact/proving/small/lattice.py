"""Integer lattices by plain row operations: bases, membership, Smith form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

Vector = tuple[int, ...]


def basis(rows: Iterable[Sequence[int]]) -> tuple[Vector, ...]:
    """An echelon basis of the lattice that the rows generate: pivots positive, entries above them reduced."""
    left = [list(row) for row in rows if any(row)]
    done: list[list[int]] = []
    for j in range(len(left[0]) if left else 0):
        while True:
            used = sorted((row for row in left if row[j]), key=lambda row: abs(row[j]))
            if len(used) <= 1:
                break
            for row in used[1:]:
                factor = row[j] // used[0][j]
                row[:] = [a - factor * b for a, b in zip(row, used[0], strict=True)]
        if not used:
            continue
        pivot = used[0] if used[0][j] > 0 else [-a for a in used[0]]
        left = [row for row in left if row is not used[0] and any(row)]
        for row in done:
            factor = row[j] // pivot[j]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        done.append(pivot)
    return tuple(map(tuple, done))


def residue(v: Sequence[int], echelon: Sequence[Vector]) -> Vector:
    """The representative of v modulo the lattice with that echelon basis; 0 iff v is in it."""
    left = list(v)
    for row in echelon:
        j = next(i for i, a in enumerate(row) if a)
        factor = left[j] // row[j]
        left = [a - factor * b for a, b in zip(left, row, strict=True)]
    return tuple(left)


def smith(rows: Iterable[Sequence[int]]) -> list[int]:
    """The nonzero diagonal of the Smith form."""
    left = [list(row) for row in rows if any(row)]
    diagonal = []
    while left:
        _, i, j = min((abs(a), i, j) for i, row in enumerate(left) for j, a in enumerate(row) if a)
        pivot = left[i][j]
        for k, row in enumerate(left):
            if k != i:
                factor = row[j] // pivot
                row[:] = [a - factor * b for a, b in zip(row, left[i], strict=True)]
        for k in range(len(left[i])):
            if k != j:
                factor = left[i][k] // pivot
                for row in left:
                    row[k] -= factor * row[j]
        if any(row[j] for k, row in enumerate(left) if k != i) or any(a for k, a in enumerate(left[i]) if k != j):
            continue
        odd = next((row for row in left if any(a % pivot for a in row)), None)
        if odd is not None:
            left[i] = [a + b for a, b in zip(left[i], odd, strict=True)]
            continue
        diagonal.append(abs(pivot))
        left = [row for k, row in enumerate(left) if k != i and any(row)]
    return diagonal


def monomials(sizes: Sequence[int]) -> list[Vector]:
    """v(i) = sum_k e_{k, i_k} for every multi-index, lexicographic."""
    indices = product(*map(range, sizes))
    return [tuple(int(j == i_k) for s, i_k in zip(sizes, i, strict=True) for j in range(s)) for i in indices]


def quotient(sizes: Sequence[int], rows: Iterable[Sequence[int]]) -> tuple[int, list[int]]:
    """(f, d_i): L_0 / L = Z^f + sum Z/d_i for L spanned by `rows`, vectors of L_0."""
    coordinates_of_rows = []
    for row in rows:  # coordinates in the basis u = sum_k e_{k,1}, e_{k,j} - e_{k,1} of L_0
        start, coordinates = 0, [sum(row[: sizes[0]])]
        for s in sizes:
            coordinates += row[start + 1 : start + s]
            start += s
        coordinates_of_rows.append(coordinates)
    diagonal = smith(coordinates_of_rows)
    return 1 + sum(s - 1 for s in sizes) - len(diagonal), [d for d in diagonal if d > 1]
