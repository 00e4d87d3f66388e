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

SMALL = 400_000  # entries of a table of images
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
    """{(a, b): W_k} from {(a, b): W_{k-1}} and the M_k(e_j): sum_j M_k(e_j)^T W_{k-1} M_k(e_j), exact integers.

    By a table of the images of matrix units where it is small, else by sparse products.
    """
    cells = [sum(map(len, m.values())) for m in matrices]
    bits = max(map(_bits, matrices), default=0)
    meter.spend(300 * sum(cells), "the Gram matrix")
    small = sum(x * x for x in cells) <= SMALL
    images = _images(matrices, bits, meter) if small else {}
    turned = [] if small else [transpose(m) for m in matrices]
    result, held = {}, 0
    for pair, w in state.items():
        total: Matrix = {}
        meter.spend(1000, "the Gram matrix")
        if small:
            size = _bits(w) + 2 * bits
            for c, row in w.items():
                for d, v in row.items():
                    found = images.get((c, d), ())
                    meter.spend(300 + len(found) * (200 + size * size // 500), "the Gram matrix")
                    _add(total, ((x, y, v * factor) for x, y, factor in found))
        for m, left in zip(matrices, turned, strict=False):
            meter.spend(200 * len(m) + 500, "the Gram matrix")
            image = multiply(left, multiply({c: w[c] for c in m if c in w}, m, 0, meter), 0, meter)
            meter.spend(200 * sum(map(len, image.values())), "the Gram matrix")
            _add(total, ((x, y, v) for x, row in image.items() for y, v in row.items()))
        held += sum(map(len, total.values())) * (1 + _bits(total) // 1024)
        meter.hold(held, "the Gram matrix")
        result[pair] = total
    return result


def _images(matrices: Sequence[Matrix], bits: int, meter: Meter) -> dict[tuple[int, int], list[tuple[int, int, int]]]:
    """What an entry 1 at (c, d) becomes: the entries (x, y) of sum_j (row c of M_j)^T (row d of M_j)."""
    table: dict[tuple[int, int], Matrix] = {}
    for m in matrices:
        cells = sum(map(len, m.values()))
        meter.spend(cells * cells * (500 + bits * bits // 500), "the Gram matrix")
        for c, one in m.items():
            for d, two in m.items():
                _add(table.setdefault((c, d), {}), ((x, y, u * v) for x, u in one.items() for y, v in two.items()))
    return {at: [(x, y, v) for x, row in image.items() for y, v in row.items() if v] for at, image in table.items()}


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
    """All multi-indices, in lexicographic order; NotChecked when they are too many to store."""
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
