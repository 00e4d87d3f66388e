"""Gram matrices of the lifted map A, exactly: A A^T without the columns of A, and A^T A from listed columns.

A A^T, on the cells of the product, is the last of the matrices W_k = sum over prefixes (X_b, X_b)^T of two rows a <= b
of the products of the first k layers; W_k = sum_j M_k(e_j)^T W_{k-1} M_k(e_j). An index whose diagonal entry is 0 has a
zero row (the matrix is positive semidefinite) and is left out; the rest falls into connected components.
"""
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from ..chains import Layer, Matrix
from ..claims import Context
from ..errors import Meter
from .columns import columns
from .matrices import flatten, multiply, transpose

Lower = tuple[tuple[int, ...], ...]  # the rows of a lower triangle


def row_gram(layers: Sequence[Layer], context: Context) -> Matrix:
    """A A^T of the layers as they are held (times their denominators), cells numbered as row * columns + column."""
    meter, width = context.meter, layers[-1].cols
    state: dict[tuple[int, int], Matrix] = {}
    held = 0
    for matrix in layers[0].matrices:
        cells, bits = sum(map(len, matrix.values())), _bits(matrix)
        meter.spend(cells * cells * (400 + bits * bits // 200) + 1000, "the Gram matrix")
        held += cells * cells * (1 + bits // 512)
        meter.hold(held, "the Gram matrix")
        for a, one in matrix.items():
            for b, two in matrix.items():
                if a <= b:
                    _add(state.setdefault((a, b), {}), ((c, d, u * v) for c, u in one.items() for d, v in two.items()))
    for layer in layers[1:]:
        state = advanced(state, layer.matrices, meter)
    result: Matrix = {}
    for (a, b), w in state.items():
        for c, row in w.items():
            meter.spend(500 * len(row), "the Gram matrix")
            for d, v in row.items():
                if v:
                    result.setdefault(a * width + c, {})[b * width + d] = v
                    result.setdefault(b * width + d, {})[a * width + c] = v
    return result


def _bits(matrix: Matrix) -> int:
    return max((abs(v).bit_length() for row in matrix.values() for v in row.values()), default=0)


def _add(into: Matrix, terms: Iterable[tuple[int, int, int]]) -> None:
    for r, c, v in terms:
        row = into.setdefault(r, {})
        row[c] = row.get(c, 0) + v


def advanced(state: dict[tuple[int, int], Matrix], matrices: Sequence[Matrix],
             meter: Meter) -> dict[tuple[int, int], Matrix]:
    """The next matrices of the recursion."""
    turned = [transpose(m) for m in matrices]
    cells = sum(len(row) for m in matrices for row in m.values())
    meter.spend(300 * cells, "the Gram matrix")
    touching: dict[int, list[int]] = {}  # the parameters with an entry in a row
    for j, m in enumerate(matrices):
        for r in m:
            touching.setdefault(r, []).append(j)
    result, held = {}, 0
    for pair, w in state.items():
        total: Matrix = {}
        used = sorted({j for c in w for j in touching.get(c, ())})
        meter.spend(200 * sum(len(touching.get(c, ())) for c in w) + 1000, "the Gram matrix")
        for j in used:
            m = matrices[j]
            part = {c: row for c in m if (row := w.get(c))}
            if len(m) < 20:
                part = {c: {d: row[d] for d in m if d in row} for c, row in part.items()}
            meter.spend(100 * len(m) * min(len(m), 20) + 500, "the Gram matrix")
            image = multiply(turned[j], multiply(part, m, 0, meter), 0, meter)
            meter.spend(200 * sum(map(len, image.values())), "the Gram matrix")
            _add(total, ((r, c, v) for r, row in image.items() for c, v in row.items()))
        held += sum(map(len, total.values())) * (1 + _bits(total) // 1024)
        meter.hold(held, "the Gram matrix")
        if total:
            result[pair] = total
    return result


def column_gram(layers: Sequence[Layer], indices: Iterable[tuple[int, ...]], context: Context) -> Matrix:
    """A^T A at the listed multi-indices, numbered in lexicographic order."""
    meter, width = context.meter, layers[-1].cols
    by_cell: dict[int, list[tuple[int, int]]] = {}
    held = bits = 0
    for number, (_, matrix) in enumerate(columns([layer.matrices for layer in layers], indices, 0, meter)):
        column = flatten(matrix, width)
        bits = max(bits, _bits(matrix))
        held += len(column) * (1 + bits // 1024)
        meter.hold(held, "columns")
        meter.spend(300 * len(column), "columns")
        for cell, v in column.items():
            by_cell.setdefault(cell, []).append((number, v))
    result: Matrix = {}
    held = 0
    for found in by_cell.values():
        held = sum(map(len, result.values())) + len(found) ** 2
        meter.hold(held * (1 + bits // 512), "the Gram matrix")
        meter.spend(len(found) ** 2 * (400 + bits * bits // 200) + 100 * len(result), "the Gram matrix")
        _add(result, ((i, j, u * v) for (i, u), (j, v) in product(found, found)))
    return result


def all_indices(layers: Sequence[Layer], meter: Meter) -> list[tuple[int, ...]]:
    """All multi-indices, when they can be stored."""
    count = 1
    for layer in layers:
        count *= len(layer.matrices)
        meter.hold(count * len(layers), "the columns of A")
    return list(product(*(range(len(layer.matrices)) for layer in layers)))


def blocks(gram: Matrix, meter: Meter) -> Iterator[tuple[Lower, int]]:
    """The different connected components, each with the number of times it occurs; indices keep their order."""
    meter.spend(1000 * sum(map(len, gram.values())), "components of the Gram matrix")
    counts: dict[Lower, int] = {}
    seen: set[int] = set()
    held = 0
    for start in sorted(gram):
        if start in seen or not gram[start].get(start):
            continue
        seen.add(start)
        found = [start]
        for i in found:
            fresh = [j for j, v in gram[i].items() if v and j not in seen]
            seen.update(fresh)
            found += fresh
        found.sort()
        held += len(found) ** 2
        meter.spend(100 * len(found) ** 2, "components of the Gram matrix")
        meter.hold(held, "components of the Gram matrix")
        block = tuple(tuple(gram[i].get(j, 0) for j in found[:place + 1]) for place, i in enumerate(found))
        counts[block] = counts.get(block, 0) + 1
    yield from counts.items()
