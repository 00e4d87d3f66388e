"""Telescoping gauge fields (theory 6.3): all of them, or the diagonal ones that rescale the hidden nodes.

The unknowns are the Z_k alone: M_k(e_j) Z_k - Z_{k-1} M_k(e_j) has to lie in Im M_k for every j, which is linear in
them, and its coordinates there are column j of D_k.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from exactfact.algebra.echelon import reduced_basis
from exactfact.model import Field, LimitError

from .chain import Chain, SparseMatrix
from .linear_fields import Layers, LinearField, integral, live_layers
from .sparse_kernel import sparse_kernel

TERM_LIMIT = 1_500_000
Cell = tuple[int, int]
Unknown = tuple[int, int, int]  # interface, row, column
Form = dict[Unknown, Any]


@dataclass(frozen=True)
class Image:
    """Im M_k: `basis[cell]` = (matrix with a 1 at the cell and 0 at the other keys, its coordinates in the M_k(e_j)).

    `kernel`: a basis of Ker M_k.
    """

    basis: dict[Cell, tuple[SparseMatrix, dict[int, Any]]]
    kernel: tuple[dict[int, Any], ...]

    def coordinates(self, matrix: SparseMatrix) -> dict[int, Any] | None:
        """x with M_k(x) = matrix, or None."""
        rest, x = dict(matrix), dict[int, Any]()
        for cell in [cell for cell in matrix if cell in self.basis]:
            value, (element, weights) = matrix[cell], self.basis[cell]
            for at, v in element.items():
                rest[at] = rest.get(at, 0) - value * v
            for j, w in weights.items():
                x[j] = x.get(j, 0) + value * w
        return None if any(rest.values()) else {j: v for j, v in x.items() if v}


def image(layer: tuple[SparseMatrix, ...], field: Field) -> Image:
    """The reduced basis of a layer's image, with coordinates.  Cost: one exact elimination of S_k rows."""
    cells = sorted({cell for matrix in layer for cell in matrix})
    place = {cell: i for i, cell in enumerate(cells)}
    rows = [
        {**{place[cell]: v for cell, v in matrix.items()}, len(cells) + j: 1} for j, matrix in enumerate(layer)
    ]
    basis, kernel = {}, []
    for row in reduced_basis(rows, len(cells) + len(layer), field):
        tags = {i - len(cells): v for i, v in row.items() if i >= len(cells)}
        if min(row) < len(cells):
            basis[cells[min(row)]] = {cells[i]: v for i, v in row.items() if i < len(cells)}, tags
        else:
            kernel.append(tags)
    return Image(basis, tuple(kernel))


def telescoping_fields(chain: Chain, *, diagonal: bool, seed: int = 0) -> list[LinearField]:
    """A basis of the fields modulo those with D = 0, beside one field for each direction of Ker M_k.

    `diagonal`: only diagonal Z_k.  LimitError when the system has more than TERM_LIMIT terms.
    """
    layers = live_layers(chain)
    if (terms := term_count(layers, diagonal=diagonal)) > TERM_LIMIT:
        raise LimitError("a system for all gauge fields", f"{terms} terms", f"{TERM_LIMIT}")
    images = [image(layer, chain.field) for layer in layers]
    nodes = [sorted({r for matrix in layer for r, _ in matrix}) for layer in layers]
    unknowns = [(k, a, b) for k in range(1, len(layers)) for a in nodes[k] for b in nodes[k] if a == b or not diagonal]
    equations = [e for k in range(len(layers)) for e in _equations(layers, images[k], nodes, k, diagonal)]
    fields = [_field(layers, images, vector) for vector in sparse_kernel(equations, unknowns, seed)]
    return [field for field in fields if any(field.maps)] + [
        integral(_at(len(layers), k, _towards(x, len(layers[k]))), _at(len(layers) + 1, 0, {}))
        for k in range(len(layers))
        for x in images[k].kernel
    ]


def term_count(layers: Layers, *, diagonal: bool) -> int:
    """Terms of the equations before they are reduced by the images."""
    total = 0
    for k, layer in enumerate(layers):
        rows, cols = ({cell[side] for matrix in layer for cell in matrix} for side in (0, 1))
        width = 2 if diagonal else (len(cols) if k + 1 < len(layers) else 0) + (len(rows) if k else 0)
        total += width * sum(map(len, layer))
    return total


def _equations(layers: Layers, img: Image, nodes: list[list[int]], k: int, diagonal: bool) -> Iterator[Form]:
    """The forms that vanish iff the images of all e_j lie in Im M_k."""
    for matrix in layers[k]:
        forms: dict[Cell, Form] = {}
        for cell, unknown, value in _terms(layers, matrix, nodes, k, diagonal):
            form = forms.setdefault(cell, {})
            form[unknown] = form.get(unknown, 0) + value
        yield from _modulo(img, forms).values()


def _modulo(img: Image, forms: dict[Cell, Form]) -> dict[Cell, Form]:
    """A matrix of forms modulo Im M_k: its entries at the cells of the basis become 0."""
    rest = {cell: dict(form) for cell, form in forms.items() if cell not in img.basis}
    for cell in [cell for cell in forms if cell in img.basis]:
        for at, v in img.basis[cell][0].items():
            if at == cell:
                continue
            into = rest.setdefault(at, {})
            for unknown, value in forms[cell].items():
                into[unknown] = into.get(unknown, 0) - v * value
    return rest


def _terms(
    layers: Layers, matrix: SparseMatrix, nodes: list[list[int]], k: int, diagonal: bool
) -> Iterator[tuple[Cell, Unknown, Any]]:
    """M_k(e_j) Z_k - Z_{k-1} M_k(e_j) as (cell, unknown, coefficient)."""
    for (row, col), value in matrix.items():
        if k + 1 < len(layers):
            for b in (col,) if diagonal else nodes[k + 1]:
                yield (row, b), (k + 1, col, b), value
        if k:
            for a in (row,) if diagonal else nodes[k]:
                yield (a, col), (k, a, row), -value


def _field(layers: Layers, images: list[Image], vector: Form) -> LinearField:
    """The D_k that belong to a solution."""
    joints: list[SparseMatrix] = [{} for _ in range(len(layers) + 1)]
    for (k, a, b), value in vector.items():
        joints[k][a, b] = value
    maps: list[SparseMatrix] = []
    for k, layer in enumerate(layers):
        d: SparseMatrix = {}
        after, before = _by(joints[k + 1], 0), _by(joints[k], 1)
        for j, matrix in enumerate(layer if after or before else ()):
            total: SparseMatrix = {}
            for (row, col), value in matrix.items():
                for (_, b), z in after.get(col, ()):
                    total[row, b] = total.get((row, b), 0) + value * z
                for (a, _), z in before.get(row, ()):
                    total[a, col] = total.get((a, col), 0) - value * z
            x = images[k].coordinates(total)
            assert x is not None, "a solution of the system"
            d.update({(i, j): v for i, v in x.items()})
        maps.append(d)
    return integral(maps, joints)


def _by(matrix: SparseMatrix, side: int) -> dict[int, list[tuple[Cell, Any]]]:
    """Entries by their row (side 0) or column (side 1)."""
    found: dict[int, list[tuple[Cell, Any]]] = {}
    for cell, value in matrix.items():
        found.setdefault(cell[side], []).append((cell, value))
    return found


def _towards(x: dict[int, Any], size: int) -> SparseMatrix:
    """h -> h_j x, for a parameter j that x leaves alone if there is one."""
    source = next((j for j in range(size) if j not in x), 0)
    return {(j, source): v for j, v in x.items()}


def _at(count: int, k: int, matrix: SparseMatrix) -> list[SparseMatrix]:
    return [matrix if i == k else {} for i in range(count)]
