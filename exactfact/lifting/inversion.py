"""Running an explicit inverse on a product: exact numbers in, the normalised parameters out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mat, fmpz

from exactfact.model.numbers import Number

from .inverse import Inverse, Monomial, Polynomial
from .paths import Cell

Point = tuple[tuple[Number, ...], ...]


def inverted(inverse: Inverse, product: Mapping[Cell, Number]) -> Point | None:
    """The parameters with h_{k,0} = 1 for k > 0 for a product {(row, column): entry}; absent entries are 0.

    None where a quantity is 0 or a system singular: the product is exceptional, or no product at all.  That the
    parameters found have this product is for the caller to check.
    """
    found: dict[int, fmpq] = {}
    for block in inverse.blocks:
        rows = [[_sum(entry, found) for entry in row] for row in block.matrix]
        right = [_fmpq(product.get(cell, 0)) - _sum(k, found) for cell, k in zip(block.cells, block.known, strict=True)]
        values = _solved(rows, right)
        if values is None or 0 in values:
            return None
        found |= dict(zip(block.solves, values, strict=True))
    return tuple(tuple(_number(_power(monomial, found)) for monomial in layer) for layer in inverse.parameters)


def _solved(rows: Sequence[Sequence[fmpq]], right: Sequence[fmpq]) -> list[fmpq] | None:
    if len(rows) == 1:
        return [right[0] / rows[0][0]] if rows[0][0] != 0 else None
    size = len(rows)
    try:
        solution = fmpq_mat(size, size, [x for row in rows for x in row]).solve(fmpq_mat(size, 1, list(right)))
    except ZeroDivisionError:
        return None
    return [solution[i, 0] for i in range(size)]


def _sum(polynomial: Polynomial, found: Mapping[int, fmpq]) -> fmpq:
    return sum((_fmpq(weight) * _power(monomial, found) for weight, monomial in polynomial), fmpq(0))


def _power(monomial: Monomial, found: Mapping[int, fmpq]) -> fmpq:
    value = fmpq(1)
    for j, exponent in monomial:
        value *= found[j] ** exponent
    return value


def _fmpq(value: Number) -> fmpq:
    return fmpq(fmpz(int(value.numerator)), fmpz(int(value.denominator)))


def _number(value: fmpq) -> Number:
    numerator, denominator = int(value.p), int(value.q)
    return numerator if denominator == 1 else Fraction(numerator, denominator)
