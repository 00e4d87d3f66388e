"""A chain of layers as sparse exact matrices: what every computation on phi(h) = M_1(h_1)...M_K(h_K) starts from.

Fixed layers are multiplied into a neighbour (theory 0.1).  Hidden indices that no product of the layers before can
reach are dropped, so that a huge sparse layer costs what its entries cost; `labels` keeps the original indices.
Prefix products of the layers are unchanged by this.
"""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from exactfact.model import Architecture, Field, LimitError
from exactfact.model.numbers import Number

SparseMatrix = dict[tuple[int, int], Number]
# About 100 bytes an entry and 500 bytes a parameter, which is a matrix of its own; twice that while it is built.
ENTRY_BYTES = 200
ENTRY_LIMIT = 5_000_000
PARAMETER_WEIGHT = 5


@dataclass(frozen=True)
class Chain:
    """K parametric layers.  `layers[k][j]` is M_k(e_j) as {(row, col): entry}, in compact indices.

    `shape` is the original (m_1, m_{K+1}), `widths` the original m_1..m_{K+1}; `labels[k]` maps compact to original
    indices at interface k (0..K); `names` how messages call the layers.
    """

    field: Field
    widths: tuple[int, ...]
    labels: tuple[tuple[int, ...], ...]
    layers: tuple[tuple[SparseMatrix, ...], ...]
    names: tuple[str, ...] = dataclasses.field(default=(), compare=False)

    def name(self, k: int) -> str:
        """The user's name of layer k; its number where the chain is no longer that of a spec."""
        return self.names[k] if self.names else f"layer {k}"

    @property
    def depth(self) -> int:
        """K, the number of parametric layers."""
        return len(self.layers)

    @cached_property
    def parameters(self) -> tuple[int, ...]:
        """S_1, ..., S_K, none of them 0."""
        return tuple(len(layer) for layer in self.layers)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Compact sizes of the K + 1 interfaces."""
        return tuple(len(labels) for labels in self.labels)

    @cached_property
    def lifted_dimension(self) -> int:
        """N = S_1 ... S_K, the number of columns of A."""
        return math.prod(self.parameters)

    @cached_property
    def free_dimension(self) -> int:
        """n = 1 + sum (S_k - 1), the dimension of the Segre cone (theory 1.2)."""
        return 1 + sum(size - 1 for size in self.parameters)

    @cached_property
    def denominators(self) -> tuple[int, ...]:
        """Per layer, the common denominator of its entries (1 over GF(p))."""
        return tuple(
            math.lcm(1, *(int(entry.denominator) for matrix in layer for entry in matrix.values()))
            for layer in self.layers
        )

    def integral(self) -> Chain:
        """The chain with every layer multiplied by its common denominator: the same verdicts over characteristic 0."""
        layers: tuple[tuple[SparseMatrix, ...], ...] = tuple(
            tuple({cell: int(entry * scale) for cell, entry in matrix.items()} for matrix in layer)
            for layer, scale in zip(self.layers, self.denominators, strict=True)
        )
        return Chain(self.field, self.widths, self.labels, layers, self.names)

    def cell(self, row: int, col: int, level: int) -> int:
        """The original cell number row * m_{level+2} + col of a compact position in a product of level + 1 layers."""
        return self.labels[0][row] * self.widths[level + 1] + self.labels[level + 1][col]


def build_chain(architecture: Architecture, limit: int = ENTRY_LIMIT) -> Chain:
    """Expand an architecture of layers.

    LimitError when its matrices have more than `limit` entries in total, a parameter counting PARAMETER_WEIGHT.

    Cost: the number of entries of all layers, plus the products with fixed layers.
    """
    field = architecture.field
    total = sum(layer.operator.count() + PARAMETER_WEIGHT * layer.parameters for layer in architecture.layers)
    if total > limit:
        raise LimitError("expanding the layers", f"{total} entries (parameters count {PARAMETER_WEIGHT})", f"{limit}")
    widths = [architecture.layers[0].rows]
    layers: list[list[SparseMatrix]] = []
    pending: SparseMatrix | None = None
    for layer in architecture.layers:
        matrices = list(layer.matrices(field, limit))
        if layer.fixed:
            if layers:
                layers[-1] = [multiply_sparse(matrix, matrices[0], field) for matrix in layers[-1]]
                widths[-1] = layer.cols
            else:
                pending = matrices[0] if pending is None else multiply_sparse(pending, matrices[0], field)
            continue
        if pending is not None:
            matrices = [multiply_sparse(pending, matrix, field) for matrix in matrices]
            pending = None
        layers.append(matrices)
        widths.append(layer.cols)
    names = tuple(architecture.label(k) for k in architecture.parametric)
    return replace(_compact(field, tuple(widths), layers), names=names)


def multiply_sparse(left: SparseMatrix, right: SparseMatrix, field: Field) -> SparseMatrix:
    """The exact product of two sparse matrices, zeros dropped, reduced over GF(p)."""
    rows: dict[int, list[tuple[int, Number]]] = defaultdict(list)
    for (row, col), value in right.items():
        rows[row].append((col, value))
    product: SparseMatrix = defaultdict(int)
    for (row, middle), value in left.items():
        for col, factor in rows.get(middle, ()):
            product[row, col] += value * factor
    return clean(product, field)


def clean(matrix: SparseMatrix, field: Field) -> SparseMatrix:
    """Entries reduced into [0, p) over GF(p), zeros dropped; a new matrix."""
    p = field.characteristic
    if p:
        return {cell: value % p for cell, value in matrix.items() if value % p}
    return {cell: value for cell, value in matrix.items() if value}


def combine(matrices: Sequence[SparseMatrix], weights: Iterable[Number], field: Field) -> SparseMatrix:
    """sum_j weights[j] matrices[j] over the field, exactly, without zeros.  Cost: the entries of nonzero weight."""
    total: SparseMatrix = defaultdict(int)
    for matrix, weight in zip(matrices, weights, strict=True):
        if weight:
            for cell, value in matrix.items():
                total[cell] += weight * value
    return clean(total, field)


def _compact(field: Field, widths: tuple[int, ...], layers: list[list[SparseMatrix]]) -> Chain:
    """Renumber the interfaces by the indices that prefix products reach."""
    reached = sorted({row for matrix in layers[0] for row, _ in matrix})
    labels = [tuple(reached)]
    compact = []
    for layer in layers:
        rows = {label: index for index, label in enumerate(labels[-1])}
        columns = sorted({col for matrix in layer for row, col in matrix if row in rows})
        cols = {label: index for index, label in enumerate(columns)}
        compact.append(
            tuple(
                {(rows[row], cols[col]): value for (row, col), value in matrix.items() if row in rows}
                for matrix in layer
            )
        )
        labels.append(tuple(columns))
    return Chain(field, widths, tuple(labels), tuple(compact))


def evaluate(chain: Chain, h: Sequence[Sequence[Number]]) -> SparseMatrix:
    """phi(h), exactly, in compact indices, without zeros; h by parametric layers, entries in the chain's field.

    `chain.integral()` gives phi times the product of the denominators.  Cost: K - 1 sparse products.
    """
    product = combine(chain.layers[0], h[0], chain.field)
    for layer, vector in zip(chain.layers[1:], h[1:], strict=True):
        product = multiply_sparse(product, combine(layer, vector, chain.field), chain.field)
    return product


def column(chain: Chain, index: Sequence[int]) -> SparseMatrix:
    """A_i = M_1(e_{i_1}) ... M_K(e_{i_K}), exactly, in compact indices."""
    product = chain.layers[0][index[0]]
    for layer, j in zip(chain.layers[1:], index[1:], strict=True):
        product = multiply_sparse(product, layer[j], chain.field)
    return product
