"""A pair (h, g) with phi(h) = phi(g) by linear algebra in one layer (theory 5.2a, 8.2g).

The other layers of h and of g are fixed; phi(h with h_i = x) = phi(g with g_i = y) is then one linear system in (x, y).
When the fixed layers of h and g are not all proportional, every solution but 0 is a pair of inequivalent points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exactfact.algebra.short_kernel import short_kernel
from exactfact.model import Field, LimitError
from exactfact.model.numbers import Number

from .at_point import equivalent
from .chain import Chain, SparseMatrix, combine, multiply_sparse

TERM_LIMIT = 2_000_000
COLUMN_LIMIT = 2_000
ENTRY_LIMIT = 2_000_000
Point = tuple[tuple[Number, ...], ...]
Pair = tuple[Point, Point]
Support = Sequence[int]


def linear_pairs(
    chain: Chain, layer: int, h: Point, g: Point, supports: tuple[Support, Support] | None = None, seed: int = 0
) -> Iterator[Pair]:
    """Pairs that agree with h and g outside `layer`, small ones first; the entries of h and g at `layer` play no part.

    `supports`: the parameters of the layer that h and g may use.  Cost: 2 S products through the chain, one kernel.
    """
    everything = range(chain.parameters[layer])
    left, right = supports or (everything, everything)
    columns = [m for j, m in enumerate(layer_block(chain, h, layer)) if j in left]
    columns += [m for j, m in enumerate(layer_block(chain, g, layer)) if j in right]
    p = chain.field.characteristic
    for vector in column_kernel(columns, chain.field, seed):
        x, y = vector[: len(left)], [-v % p if p else -v for v in vector[len(left) :]]
        pair = oriented(_at(h, layer, left, x, chain), _at(g, layer, right, y, chain), chain.field)
        if pair is not None:
            yield pair


def layer_block(chain: Chain, h: Point, layer: int) -> list[SparseMatrix]:
    """phi(h with h_layer = e_j) for every j, exactly.  LimitError when that takes too many terms."""
    field = chain.field
    prefix: SparseMatrix = {(i, i): 1 for i in range(chain.sizes[0])}
    for matrices, vector in zip(chain.layers[:layer], h[:layer], strict=True):
        prefix = multiply_sparse(prefix, combine(matrices, vector, field), field)
    suffix: SparseMatrix = {(i, i): 1 for i in range(chain.sizes[-1])}
    for matrices, vector in zip(reversed(chain.layers[layer + 1 :]), reversed(h[layer + 1 :]), strict=True):
        suffix = multiply_sparse(combine(matrices, vector, field), suffix, field)
    terms = sum(map(len, chain.layers[layer])) * (1 + len(prefix) // max(1, chain.sizes[layer]))
    terms *= 1 + len(suffix) // max(1, chain.sizes[layer + 1])
    if terms > TERM_LIMIT:
        raise LimitError("the products through one layer", f"{terms} terms", f"{TERM_LIMIT}")
    return [multiply_sparse(multiply_sparse(prefix, unit, field), suffix, field) for unit in chain.layers[layer]]


def column_kernel(columns: Sequence[SparseMatrix], field: Field, seed: int = 0) -> list[tuple[int, ...]]:
    """A basis of the relations sum_j x_j columns[j] = 0, small integers over QQ.  LimitError when they are large."""
    cells = set().union(*columns)
    if len(columns) > COLUMN_LIMIT or len(columns) * len(cells) > ENTRY_LIMIT:
        raise LimitError("an exact kernel", f"{len(cells)} x {len(columns)} entries", f"{ENTRY_LIMIT}")
    rows: dict[tuple[int, int], dict[int, Number]] = {}
    for j, matrix in enumerate(columns):
        for cell, value in matrix.items():
            rows.setdefault(cell, {})[j] = value
    return short_kernel(rows.values(), len(columns), field, seed)


def oriented(h: Point, g: Point, field: Field) -> Pair | None:
    """The pair with a first point that has no zero layer, or None when there is none or the points are equivalent."""
    if not all(map(any, h)):
        h, g = g, h
    if not all(map(any, h)):
        return None
    return None if all(map(any, g)) and equivalent(h, g, field) else (h, g)


def _at(point: Point, layer: int, support: Support, values: Sequence[Number], chain: Chain) -> Point:
    vector: list[Number] = [0] * chain.parameters[layer]
    for j, value in zip(support, values, strict=True):
        vector[j] = value
    return (*point[:layer], tuple(vector), *point[layer + 1 :])
