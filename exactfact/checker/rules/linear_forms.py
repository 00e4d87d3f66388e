"""Linear forms on parameter tensors, mod p: functionals of the product, read through the layers.

A functional L of the product gives the multilinear form L(M_1(x_1) ... M_K(x_K)); its coefficients are listed with the
multi-index in lexicographic order.
"""
from bisect import insort
from collections.abc import Iterator, Sequence
from math import prod
from operator import mul
from typing import Any

from ..chains import Matrix
from ..errors import Meter, Text, require
from .columns import columns, derived
from .elimination import Row, pack, slot_width, unpack
from .matrices import flatten, linear, multiply, transpose

FIRST = 1_000_000  # the derived points from here on are values of annihilators


def annihilators(vectors: Sequence[Row], rank: int, count: int, p: int, meter: Meter) -> list[Row]:
    """`count` functionals that vanish on the vectors, over the labels (cells) where some vector is not zero.

    The vectors must have the given rank mod p. The free labels are those whose column depends on the columns
    before; number a takes there the values of derived point FIRST + a, seed 0, of one layer; the others follow.
    """
    labels = sorted({c for vector in vectors for c in vector})
    pivots = _echelon(vectors, labels, rank, p, meter)
    require(len(pivots) >= rank, f"a Jacobian of rank {rank} mod {p}", Text(f"rank {len(pivots)}"))
    taken = {column for column, _ in pivots}
    free = [i for i in range(len(labels)) if i not in taken]
    require(count <= len(free), f"at most {len(free)} annihilators", count)
    meter.hold(count * len(labels), "annihilators")
    meter.spend(50 * rank * len(labels) * count, "annihilators")
    result = []
    for a in range(count):
        values = [0] * len(labels)
        for i, x in zip(free, derived(0, FIRST + a, [len(free)], p, meter)[0], strict=True):
            values[i] = x
        for column, row in reversed(pivots):
            values[column] = -sum(map(mul, row, values[column:])) % p  # its own place is still 0
        result.append({labels[i]: v for i, v in enumerate(values) if v})
    return result


def _echelon(vectors: Sequence[Row], labels: Sequence[int], rank: int, p: int,
             meter: Meter) -> list[tuple[int, list[int]]]:
    """At most `rank` rows of an echelon form: (column, entries from there on, the first of them 1), by column."""
    n, place = len(labels), {c: i for i, c in enumerate(labels)}
    width = slot_width(2 * p.bit_length() + rank.bit_length() + 2)
    mask, words = (1 << width) - 1, width // 64
    meter.hold(2 * rank * n * words, "annihilators")
    packed: list[tuple[int, int]] = []  # (column, the row with zeros before it)
    pivots: list[tuple[int, list[int]]] = []
    for vector in vectors:
        if len(pivots) == rank:
            break
        meter.spend(150 * n + len(pivots) * (500 + 4 * n * words * words), "annihilators")
        values = [0] * n
        for c, v in vector.items():
            values[place[c]] = v
        row = pack(values, width)
        for column, other in packed:
            factor = (row >> column * width & mask) % p
            if factor:
                row += (p - factor) * other
        values = [v % p for v in unpack(row, n, width)]
        start = next((i for i, v in enumerate(values) if v), n)
        if start < n:
            inverse = pow(values[start], -1, p)
            values = [v * inverse % p for v in values]
            insort(packed, (start, pack(values, width)))
            insort(pivots, (start, values[start:]))
    return pivots


def coefficients(layers: Sequence[Sequence[Matrix]], functional: Row, cols: int, p: int, meter: Meter) -> list[int]:
    """The S_1 ... S_K coefficients of the multilinear form of a functional {cell: value}."""
    start: Matrix = {}
    for cell, v in functional.items():
        start.setdefault(cell // cols, {})[cell % cols] = v
    stack = [start]
    for matrices in layers[:-1]:
        turned = [transpose(matrix) for matrix in matrices]
        meter.spend(300 * sum(len(row) for matrix in matrices for row in matrix.values()), "forms")
        meter.hold(4 * len(stack) * len(turned), "forms")
        stack = [multiply(matrix, g, p, meter) for g in stack for matrix in turned]
        meter.hold(sum(len(row) for g in stack for row in g.values()), "forms")
    meter.hold(len(stack) * len(layers[-1]), "forms")
    return [_inner(g, matrix, meter) % p for g in stack for matrix in layers[-1]]


def _inner(left: Matrix, right: Matrix, meter: Meter) -> int:
    """The sum of the products of equal cells."""
    if len(left) > len(right):
        left, right = right, left
    total = work = 0
    for r, row in left.items():
        other = right.get(r)
        if other:
            small, large = (row, other) if len(row) <= len(other) else (other, row)
            work += len(small)
            total += sum([v * large[c] for c, v in small.items() if c in large])
    meter.spend(500 + 100 * len(left) + 100 * work, "forms")
    return total


def slices(form: Sequence[int], sizes: Sequence[int], k: int, meter: Meter) -> Iterator[Row]:
    """For each i < S_k the form with e_i in layer k, on the tensors of the other layers (lexicographic labels)."""
    size, right = sizes[k], prod(sizes[k + 1:])
    meter.spend(200 * len(form), "forms")
    for i in range(size):
        yield {u * right + w: v for u in range(prod(sizes[:k])) for w in range(right)
               if (v := form[(u * size + i) * right + w])}


def vanishing(layers: Sequence[Sequence[Matrix]], h: Sequence[Sequence[int]], cols: int, p: int,
              meter: Meter) -> Iterator[Row]:
    """Forms mu o A for mu spanning the functionals that vanish at phi(h), which must not be zero mod p."""
    value = flatten(product_at(layers, h, p, meter), cols)
    require(bool(value), f"phi(h) different from 0 mod {p}", Text("0"))
    pivot = min(value)
    rows = cell_forms(layers, cols, p, meter)
    first = rows.pop(pivot)
    for cell, row in rows.items():
        y, total = value.get(cell, 0), {i: v * value[pivot] for i, v in row.items()}
        if y:
            meter.spend(200 * len(first), "forms")
            for i, v in first.items():
                total[i] = total.get(i, 0) - v * y
        yield total


def cell_forms(layers: Sequence[Sequence[Matrix]], cols: int, p: int, meter: Meter) -> dict[Any, Row]:
    """The rows of A mod p: for each cell of the product its coefficients, by number of the multi-index."""
    sizes = [len(matrices) for matrices in layers]
    meter.hold(prod(sizes) * (1 + len(sizes) // 8), "multi-indices")
    rows: dict[Any, Row] = {}
    held = 0
    for number, (_, matrix) in enumerate(columns(layers, _indices(sizes), p, meter)):
        for cell, v in flatten(matrix, cols).items():
            rows.setdefault(cell, {})[number] = v
        held += sum(map(len, matrix.values()))
        meter.hold(held, "the columns of A")
        meter.spend(200 * sum(map(len, matrix.values())), "the columns of A")
    return rows


def _indices(sizes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    index = [0] * len(sizes)
    for _ in range(prod(sizes)):
        yield tuple(index)
        for k in reversed(range(len(sizes))):
            index[k] += 1
            if index[k] < sizes[k]:
                break
            index[k] = 0


def product_at(layers: Sequence[Sequence[Matrix]], h: Sequence[Sequence[int]], p: int, meter: Meter) -> Matrix:
    """phi(h) mod p as a matrix, from matrices and a point that are reduced mod p. Cost: K - 1 sparse products."""
    result = linear(layers[0], h[0], p, meter)
    for matrices, x in zip(layers[1:], h[1:], strict=True):
        result = multiply(result, linear(matrices, x, p, meter), p, meter)
    return result
