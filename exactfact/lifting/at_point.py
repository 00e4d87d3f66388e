"""Exact linear algebra at one point: the blocks of the Jacobian J_h over the field, and the class of a point."""

from __future__ import annotations

from collections.abc import Sequence

from exactfact.model import Field, LimitError
from exactfact.model.numbers import Number

from .chain import Chain, SparseMatrix, combine, multiply_sparse

ENTRY_LIMIT = 2_000_000
Point = Sequence[Sequence[Number]]


def jacobian_blocks(chain: Chain, h: Point) -> list[list[SparseMatrix]]:
    """blocks[k][j] = M_1(h_1)...M_k(e_j)...M_K(h_K), exactly.  LimitError when they are too many entries."""
    work = sum(chain.parameters) * chain.sizes[0] * chain.sizes[-1]
    if work > ENTRY_LIMIT:
        raise LimitError("the exact Jacobian at the point", f"{work} entries", f"{ENTRY_LIMIT}")
    field = chain.field
    matrices = [combine(layer, vector, field) for layer, vector in zip(chain.layers, h, strict=True)]
    suffixes: list[SparseMatrix] = [{(i, i): 1 for i in range(chain.sizes[-1])}]
    for matrix in reversed(matrices[1:]):
        suffixes.append(multiply_sparse(matrix, suffixes[-1], field))
    suffixes.reverse()
    prefix: SparseMatrix = {(i, i): 1 for i in range(chain.sizes[0])}
    blocks = []
    for layer, matrix, suffix in zip(chain.layers, matrices, suffixes, strict=True):
        blocks.append([multiply_sparse(multiply_sparse(prefix, unit, field), suffix, field) for unit in layer])
        prefix = multiply_sparse(prefix, matrix, field)
    return blocks


def equivalent(h: Point, g: Point, field: Field) -> bool:
    """h ~ g for h with all layers nonzero: g_k = lambda_k h_k with prod lambda_k = 1 (theory 0.2, 1.1)."""
    p = field.characteristic
    numerator: Number = 1
    denominator: Number = 1
    for left, right in zip(h, g, strict=True):
        position = next(j for j, value in enumerate(left) if value)
        a, b = left[position], right[position]
        differences = (a * y - b * x for x, y in zip(left, right, strict=True))
        if any(d % p if p else d for d in differences):
            return False
        numerator, denominator = numerator * b, denominator * a
        if p:
            numerator, denominator = numerator % p, denominator % p
    return bool(numerator == denominator)
