"""The other point of a fibre that relations confine to two lines of two layers (theory 7.1b, 7.2).

Where the relations of layer k leave a space V_k of dimension 2 for k in two layers, and a line for the others, the
fibre lies in a space of 2 x 2 tensors.  When the product leaves a line through the known point there, the tensors of
rank one on it are the roots of a quadratic with one known root: the other one is rational too.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from exactfact.algebra.echelon import kernel
from exactfact.model.numbers import Number

from .chain import Chain, evaluate
from .relations import Relation

Point = Sequence[Sequence[Number]]


def second_point(chain: Chain, h: Point, relations: Sequence[Sequence[Relation]]) -> list[list[Number]] | None:
    """Another point with the product of h, inequivalent to it, or None.  The relations are those at phi(h)."""
    product = evaluate(chain, h)
    spaces = [_space(chain, product, k, listed) for k, listed in enumerate(relations)]
    wide = [k for k, space in enumerate(spaces) if len(space) == 2]
    if len(wide) != 2 or any(len(space) > 2 for space in spaces):
        return None
    first, last = wide
    columns = []
    for a, b in itertools.product(range(2), repeat=2):
        point = [list(vector) for vector in h]
        point[first], point[last] = spaces[first][a], spaces[last][b]
        columns.append(evaluate(chain, point))
    rows: dict[Any, dict[int, Number]] = {}
    for t, matrix in enumerate(columns):
        for cell, value in matrix.items():
            rows.setdefault(cell, {})[t] = value
    directions = kernel(list(rows.values()), 4, chain.field)
    if len(directions) != 1:
        return None
    step = [Fraction(directions[0].get(t, 0)) for t in range(4)]
    x, y = _coordinates(spaces[first], h[first]), _coordinates(spaces[last], h[last])
    start = [x[a] * y[b] for a, b in itertools.product(range(2), repeat=2)]
    square = step[0] * step[3] - step[1] * step[2]
    if not square:
        return None
    mixed = start[0] * step[3] + start[3] * step[0] - start[1] * step[2] - start[2] * step[1]
    tensor = [s - mixed / square * d for s, d in zip(start, step, strict=True)]
    pivot = next((t for t in range(4) if tensor[t]), None)
    if not mixed or pivot is None:
        return None
    row, column = divmod(pivot, 2)
    left = [tensor[column], tensor[2 + column]]
    right = [tensor[2 * row + b] / tensor[pivot] for b in range(2)]
    result = [list(vector) for vector in h]
    result[first] = _combination(spaces[first], left)
    result[last] = _combination(spaces[last], right)
    return result


def _space(chain: Chain, product: Any, k: int, listed: Sequence[Relation]) -> list[list[Number]]:
    """The vectors of layer k that satisfy its relations at the product."""
    forms: list[dict[int, Any]] = []
    for relation in listed:
        form: dict[int, Any] = {}
        for row, col, j, c in relation.terms:
            form[j] = form.get(j, 0) + c * product.get((row, col), 0)
        forms.append({j: value for j, value in form.items() if value})
    size = chain.parameters[k]
    return [[vector.get(j, 0) for j in range(size)] for vector in kernel(forms, size, chain.field)]


def _coordinates(basis: list[list[Number]], vector: Sequence[Number]) -> list[Fraction]:
    """The coordinates of a vector of a plane in its basis."""
    (a, b) = basis
    i, j = next(
        (i, j) for i, j in itertools.combinations(range(len(vector)), 2) if a[i] * b[j] - a[j] * b[i]
    )
    determinant = Fraction(a[i] * b[j] - a[j] * b[i])
    return [(vector[i] * b[j] - vector[j] * b[i]) / determinant, (a[i] * vector[j] - a[j] * vector[i]) / determinant]


def _combination(basis: list[list[Number]], weights: Sequence[Fraction]) -> list[Number]:
    return [weights[0] * x + weights[1] * y for x, y in zip(*basis, strict=True)]
