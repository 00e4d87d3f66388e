"""Sparse matrices of integers {row: {column: value}}, zeros left out: products, values at a point, cells.

A vector of the lifting is {cell: value}, the cell of row r and column c of a matrix with n columns being r * n + c.
"""
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..chains import Matrix
from ..errors import Meter
from .elimination import pack, slot_width, unpack


def multiply(left: Matrix, right: Matrix, p: int, meter: Meter) -> Matrix:
    """left * right, reduced mod p when p > 0; dense factors mod p go through packed rows of `right`."""
    work = entries = 0
    for row in left.values():
        entries += len(row)
        for k in row:
            work += len(right.get(k, ()))
    if p and work > 4000:
        labels = sorted({c for row in right.values() for c in row})
        width = slot_width(2 * p.bit_length() + len(right).bit_length() + 1)
        packed_work = 2 * entries * len(labels) * (width // 64) + 80 * len(labels) * (len(left) + len(right))
        if packed_work < 80 * work:
            meter.spend(packed_work + 300 * entries, "products mod p")
            return _multiply_packed(left, right, p, labels, width)
    size, bits = 1, 0
    if not p:
        a, b = (max(map(largest, m.values()), default=1) for m in (left, right))
        bits, size = a + b, price(a, b)
    meter.spend(100 * (work * size + entries) + 500 * len(left) + 1000, "products")
    result: Matrix = {}
    held = 0
    for r, row in left.items():
        into: dict[int, int] = {}
        for k, u in row.items():
            for c, v in right.get(k, {}).items():
                into[c] = into.get(c, 0) + u * v
        kept = {c: x for c, v in into.items() if (x := v % p)} if p else {c: v for c, v in into.items() if v}
        if kept:
            result[r] = kept
            held += len(kept) * (1 + bits // 1024)
            meter.hold(held, "products")
    return result


def largest(row: Mapping[Any, int]) -> int:
    """Bits of the largest entry in absolute value of a row; 0 for an empty one."""
    return max((v.bit_length() for v in row.values()), default=0)


def price(a: int, b: int) -> int:
    """The work of a product of integers of a and b bits; 1 for small ones."""
    return 1 + (a + b) // 128 + a * b // 1_000_000


def _multiply_packed(left: Matrix, right: Matrix, p: int, labels: list[int], width: int) -> Matrix:
    packed = {k: pack([row.get(c, 0) for c in labels], width) for k, row in right.items()}
    result: Matrix = {}
    for r, row in left.items():
        total = sum([u * packed[k] for k, u in row.items() if k in packed])
        kept = {c: x for c, v in zip(labels, unpack(total, len(labels), width), strict=True) if (x := v % p)}
        if kept:
            result[r] = kept
    return result


def linear(matrices: Sequence[Matrix], h: Sequence[int], p: int, meter: Meter) -> Matrix:
    """M(h) = sum h_j matrices[j], reduced mod p when p > 0."""
    total: Matrix = {}
    terms = [(x, matrix) for x, matrix in zip(h, matrices, strict=True) if x]
    steps = held = 0
    for x, matrix in terms:
        bits, cells = 0 if p else x.bit_length(), sum(map(len, matrix.values()))
        held += cells * (bits // 1024)
        steps += 150 * cells * (1 + bits // 128) + 500 * len(matrix)
    meter.spend(steps, "a layer at a point")
    meter.hold(held, "a layer at a point")
    for x, matrix in terms:
        for r, row in matrix.items():
            into = total.setdefault(r, {})
            for c, v in row.items():
                into[c] = into.get(c, 0) + x * v
    meter.spend(50 * len(matrices) + 1000, "a layer at a point")
    return {r: kept for r, row in total.items()
            if (kept := {c: x for c, v in row.items() if (x := v % p if p else v)})}


def added(matrices: Iterable[Matrix]) -> Matrix:
    """The sum, exactly; entries that cancel stay as zeros."""
    total: Matrix = {}
    for matrix in matrices:
        for r, row in matrix.items():
            into = total.setdefault(r, {})
            for c, v in row.items():
                into[c] = into.get(c, 0) + v
    return total


def identity(rows: Iterable[int]) -> Matrix:
    """The matrix with a 1 at (r, r) for the given indices r."""
    return {r: {r: 1} for r in rows}


def rows_of(matrices: Iterable[Matrix]) -> list[int]:
    """The rows in which some matrix has an entry, in order."""
    return sorted({r for matrix in matrices for r in matrix})


def flatten(matrix: Matrix, cols: int) -> dict[int, int]:
    """A matrix with `cols` columns as a vector: {r cols + c: value}."""
    return {r * cols + c: v for r, row in matrix.items() for c, v in row.items()}


def transpose(matrix: Matrix) -> Matrix:
    """The transposed matrix: {column: {row: value}}."""
    result: Matrix = {}
    for r, row in matrix.items():
        for c, v in row.items():
            result.setdefault(c, {})[r] = v
    return result
