"""Swaps of two layers that preserve phi (theory 8.2c): (h_k, h_l) -> (E^-1 h_l, E h_k).

With V through the products of the layers between and B(x, y) = M_k(x) V M_l(y), such a swap preserves phi iff
B(x, E z) = B(z, E x) for all x and z, which is linear in E.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from exactfact.algebra.echelon import Echelon
from exactfact.algebra.inverse import rational_inverse
from exactfact.model import Field, LimitError

from .chain import Chain, SparseMatrix, multiply_sparse
from .linear_fields import Layers, live_layers
from .sparse_kernel import Equation, sparse_kernel

SOLVE_LIMIT = 20  # parameters of the layers whose E is solved for
PRODUCT_LIMIT = 200_000
SOLVE_TERMS = 1_000_000  # terms of the equations that are solved, all pairs together: a few seconds
SPAN_UPDATES = 300_000  # entry updates for the spans of the layers between, all pairs together: the same

Basis = list[SparseMatrix]
Products = list[dict[tuple[int, int], SparseMatrix]]  # for each V: (i, j) -> M_k(e_i) V M_l(e_j)


@dataclass(frozen=True)
class Swap:
    """(h_first, h_last) -> (c h_last, d h_first)."""

    first: int
    last: int
    c: SparseMatrix
    d: SparseMatrix


def swaps(chain: Chain, seed: int = 0) -> Iterator[Swap]:
    """Swaps of two layers with the same number of parameters, neighbours first.

    Cost: S^2 sparse products a pair of layers and matrix V; pairs with more than PRODUCT_LIMIT entries are skipped,
    and E is solved for until the systems have had SOLVE_TERMS terms.
    """
    layers, terms = live_layers(chain), 0
    between = Between(layers, chain.field)
    pairs = sorted(itertools.combinations(range(chain.depth), 2), key=lambda pair: (pair[1] - pair[0], pair))
    for first, last in pairs:
        size = chain.parameters[first]
        if size < 2 or size != chain.parameters[last]:
            continue
        basis = between.basis(first, last)
        products = None if basis is None else _products(layers, first, last, basis, chain.field)
        if products is None:
            continue
        found = _permuted(products, size)
        if found is None and size <= SOLVE_LIMIT:
            terms += size * sum(len(matrix) for table in products for matrix in table.values())
            found = _solved(products, size, seed) if terms <= SOLVE_TERMS else None
        if found is not None:
            yield Swap(first, last, *found)


@dataclass
class Between:
    """Bases of the spans of the products of the layers between two, each grown from the one that ends a layer before.

    `updates`: the entry updates that are left for all eliminations together; none, and no further span is computed.
    """

    layers: Layers
    field: Field
    updates: int = SPAN_UPDATES
    known: dict[int, tuple[int, Basis | None]] = dataclasses.field(default_factory=dict)

    def basis(self, first: int, last: int) -> Basis | None:
        """For the layers strictly between, [] for none; None when it is too large.  `last` grows from call to call."""
        reached, found = self.known.get(first, (first + 1, []))
        for k in range(reached, last):
            found = None if found is None else self._longer(found, self.layers[k], empty=k == first + 1)
        self.known[first] = last, found
        return found

    def _longer(self, basis: Basis, layer: tuple[SparseMatrix, ...], *, empty: bool) -> Basis | None:
        products = list(layer) if empty else [multiply_sparse(v, m, self.field) for v in basis for m in layer]
        if sum(map(len, products)) > PRODUCT_LIMIT or self.updates <= 0:
            return None
        places: dict[tuple[int, int], int] = {}
        echelon = Echelon(self.field, self.updates)
        try:
            rows = ({places.setdefault(cell, len(places)): v for cell, v in m.items()} for m in products)
            kept = [product for product, row in zip(products, rows, strict=True) if echelon.add(row)]
        except LimitError:
            return None
        finally:
            self.updates -= echelon.work
        return kept


def _products(layers: Layers, first: int, last: int, between: Basis, field: Field) -> Products | None:
    left, right = layers[first], layers[last]
    largest = max(1, *map(len, left), *map(len, right))
    if len(left) * len(right) * max(1, len(between)) * largest > PRODUCT_LIMIT:
        return None
    result: Products = []
    for before in [tuple(multiply_sparse(matrix, v, field) for matrix in left) for v in between] or [left]:
        pairs = itertools.product(enumerate(before), enumerate(right))
        result.append({(i, j): multiply_sparse(a, b, field) for (i, a), (j, b) in pairs})
    return result


def _permuted(products: Products, size: int) -> tuple[SparseMatrix, SparseMatrix] | None:
    """(E^-1, E) with B(x, E z) = B(z, E x) for every B: the identity or the reversal."""
    identity: SparseMatrix = {(i, i): 1 for i in range(size)}
    reversal: SparseMatrix = {(i, size - 1 - i): 1 for i in range(size)}
    for e in (identity, reversal):
        if _exchanges(products, e, size):
            return e, e
    return None


def _solved(products: Products, size: int, seed: int) -> tuple[SparseMatrix, SparseMatrix] | None:
    """The same for an invertible solution."""
    unknowns = [(i, j) for i in range(size) for j in range(size)]
    try:
        solutions = sparse_kernel(_equations(products, size), unknowns, seed)
    except LimitError:
        return None
    total: SparseMatrix = {}
    for weight, vector in enumerate(solutions, 1):
        total = _plus(total, vector, weight)
        for e in (vector, total):
            inverse = rational_inverse(e, size)
            if inverse is not None:
                return inverse, e
    return None


def _exchanges(products: Products, e: SparseMatrix, size: int) -> bool:
    """For a permutation matrix E."""
    target = {j: i for i, j in e}
    return all(table[i, target[j]] == table[j, target[i]] for table in products for i in range(size) for j in range(i))


def _equations(products: Products, size: int) -> Iterator[Equation]:
    """sum_a E[a, j] B(e_i, e_a) - E[a, i] B(e_j, e_a) = 0."""
    pairs = [(i, j) for i in range(size) for j in range(i)]
    for table, (i, j) in itertools.product(products, pairs):
        rows: dict[tuple[int, int], Equation] = {}
        for (x, z, sign), a in itertools.product(((i, j, 1), (j, i, -1)), range(size)):
            for cell, value in table[x, a].items():
                row = rows.setdefault(cell, {})
                row[a, z] = row.get((a, z), 0) + sign * value
        yield from rows.values()


def _plus(total: SparseMatrix, vector: Equation, weight: int) -> SparseMatrix:
    summed = {cell: total.get(cell, 0) + weight * vector.get(cell, 0) for cell in total.keys() | vector.keys()}
    return {cell: value for cell, value in sorted(summed.items()) if value}
