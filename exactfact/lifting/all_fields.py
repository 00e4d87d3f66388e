"""All linear fields along which phi does not change (theory 6.3): A (sum_k 1 x D_k x 1) = 0, column by column.

Complete for linear fields, telescoping or not, where the columns of A can be listed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from exactfact.model import LimitError

from .chain import Chain, SparseMatrix, multiply_sparse
from .linear_fields import LinearField, integral
from .sparse_kernel import Equation, sparse_kernel

COLUMN_LIMIT = 3000
TERM_LIMIT = 400_000
UNKNOWN_LIMIT = 1500


def all_linear_fields(chain: Chain, seed: int = 0) -> list[LinearField]:
    """A basis of the linear fields, the scalings included.

    LimitError when A has too many columns or entries.  Cost: sum S_k terms for each entry of A, one exact kernel.
    """
    sizes = chain.parameters
    total = sum(size * size for size in sizes)
    if chain.lifted_dimension > COLUMN_LIMIT or total > UNKNOWN_LIMIT:
        found = f"{chain.lifted_dimension} columns and {total} unknowns"
        raise LimitError("a system for all linear fields", found, f"{COLUMN_LIMIT} and {UNKNOWN_LIMIT}")
    columns = dict(_columns(chain, (), 0, None))
    if sum(map(len, columns.values())) * sum(sizes) > TERM_LIMIT:
        raise LimitError("a system for all linear fields", "more terms", f"{TERM_LIMIT}")
    unknowns = [(k, i, j) for k, size in enumerate(sizes) for i in range(size) for j in range(size)]
    fields = []
    for vector in sparse_kernel(_equations(columns, sizes), unknowns, seed):
        maps: list[SparseMatrix] = [{} for _ in sizes]
        for (k, i, j), value in vector.items():
            maps[k][i, j] = value
        fields.append(integral(maps))
    return fields


def _columns(
    chain: Chain, index: tuple[int, ...], k: int, prefix: SparseMatrix | None
) -> Iterator[tuple[tuple[int, ...], SparseMatrix]]:
    if k == chain.depth:
        yield index, prefix or {}
        return
    for j, matrix in enumerate(chain.layers[k]):
        product = matrix if prefix is None else multiply_sparse(prefix, matrix, chain.field)
        yield from _columns(chain, (*index, j), k + 1, product)


def _equations(columns: dict[tuple[int, ...], SparseMatrix], sizes: tuple[int, ...]) -> Iterator[Equation]:
    """For every multi-index i: sum_k sum_j D_k[j, i_k] A_{i with i_k replaced by j} = 0, cell by cell."""
    for index in itertools.product(*map(range, sizes)):
        rows: dict[tuple[int, int], Equation] = {}
        for k, size in enumerate(sizes):
            for j in range(size):
                for cell, value in columns[(*index[:k], j, *index[k + 1 :])].items():
                    row = rows.setdefault(cell, {})
                    row[k, j, index[k]] = row.get((k, j, index[k]), 0) + value
        yield from rows.values()
