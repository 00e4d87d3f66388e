"""Paths of nonzero entries through a chain: an edge (row, col) of layer k for every nonzero entry of some M_k(e_j).

The entry (a, b) of A_i is the sum over the paths from a to b whose edges belong to parameters i_1, ..., i_K of the
product of their coefficients.  Only edges on complete paths are kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from exactfact.model import LimitError
from exactfact.model.numbers import Number

from .chain import Chain

Index = tuple[int, ...]
Cell = tuple[int, int]
Edge = tuple[int, int, Number]  # (col, parameter, coefficient)
Moves = list[dict[int, list[Edge]]]

EDGE_LIMIT = 300_000
STEP_LIMIT = 1_000_000
UNIQUE_LIMIT = 4_000_000
PRODUCT_LIMIT = 200_000


def moves(chain: Chain) -> Moves:
    """For each layer: row -> edges that leave it and from which the last interface is reached (compact indices).

    Compact rows are reached from the first interface, so every edge lies on a complete path.
    """
    result: Moves = []
    alive: set[int] | None = None
    for layer in reversed(chain.layers):
        edges: dict[int, list[Edge]] = {}
        for j, matrix in enumerate(layer):
            for (row, col), value in sorted(matrix.items()):
                if alive is None or col in alive:
                    edges.setdefault(row, []).append((col, j, value))
        result.append(edges)
        alive = set(edges)
    return result[::-1]


def path_counts(layers: Moves, limit: int = STEP_LIMIT) -> Iterator[tuple[Cell, int]]:
    """(row, column) and the number of paths between them, where there is one; LimitError beyond `limit` edge visits."""
    work = 0
    for start in sorted(layers[0]):
        here = {start: 1}
        for layer in layers:
            there: dict[int, int] = {}
            for row, count in here.items():
                for col, _, _ in layer[row]:
                    there[col] = there.get(col, 0) + count
                work += len(layer[row])
            if work > limit:
                raise LimitError("counting the paths", f"more than {limit} edge visits", f"{limit}")
            here = there
        yield from (((start, col), count) for col, count in here.items())


def unique_paths(layers: Moves) -> bool:
    """Whether no two paths share both ends, so that every entry of phi is zero or one monomial.

    LimitError beyond UNIQUE_LIMIT edge visits; mostly the first rows say no.
    """
    return all(count == 1 for _, count in path_counts(layers, UNIQUE_LIMIT))


def path_generators(layers: Moves) -> list[Index]:
    """For every edge (once for each multi-index) the parameters of one complete path through it.

    With a fixed path to every node and a fixed one from it, b(e) = (path to e) + e + (path from e):
    v(path) = sum_k b(e_k) - sum over its inner nodes u of v(fixed path through u), and the latter is some b(e).
    So the v(i) of these multi-indices span the lattice of all paths.  LimitError beyond EDGE_LIMIT edges.
    """
    edges = sum(len(out) for layer in layers for out in layer.values())
    if edges > EDGE_LIMIT:
        raise LimitError("paths through all nonzero entries", f"{edges} entries", f"{EDGE_LIMIT}")
    before: list[dict[int, Index]] = [dict.fromkeys(sorted(layers[0]), ())]
    for layer in layers:
        reached: dict[int, Index] = {}
        for row, prefix in before[-1].items():
            for col, j, _ in layer.get(row, ()):
                reached.setdefault(col, (*prefix, j))
        before.append(reached)
    after: list[dict[int, Index]] = [dict.fromkeys(before[-1], ())]
    for layer in reversed(layers):
        left: dict[int, Index] = {}
        for row, out in layer.items():
            col, j, _ = out[0]
            left[row] = (j, *after[-1][col])
        after.append(left)
    after.reverse()
    found: dict[Index, None] = {}
    for k, layer in enumerate(layers):
        for row, out in layer.items():
            for col, j, _ in out:
                found[*before[k][row], j, *after[k + 1][col]] = None
    return list(found)


def incoming(layers: Moves) -> list[dict[int, list[int]]]:
    """For each layer: column -> the rows with an edge to it."""
    result: list[dict[int, list[int]]] = []
    for layer in layers:
        into: dict[int, list[int]] = {}
        for row, edges in layer.items():
            for col in {col for col, _, _ in edges}:
                into.setdefault(col, []).append(row)
        result.append(into)
    return result


def backward(into: list[dict[int, list[int]]], end: int) -> list[set[int]]:
    """For each layer, the columns from which `end` is reached; `into` is `incoming(layers)`."""
    sets = [{end}]
    for layer in reversed(into[1:]):
        sets.append({row for col in sets[-1] for row in layer.get(col, ())})
    return sets[::-1]


def cell_terms(chain: Chain, layers: Moves, cell: Cell, behind: list[set[int]]) -> dict[Index, Number]:
    """The entry of phi at one cell as a polynomial: multi-index -> nonzero coefficient A_i[cell], exactly.

    `behind` is `backward(incoming(layers), column)`.  Cost: its number of partial paths, so ask `path_counts` first.
    """
    partial: dict[tuple[Index, int], Number] = {((), cell[0]): 1}
    for layer, allowed in zip(layers, behind, strict=True):
        following: dict[tuple[Index, int], Number] = {}
        for (prefix, row), weight in partial.items():
            for col, j, value in layer.get(row, ()):
                if col in allowed:
                    key = ((*prefix, j), col)
                    following[key] = following.get(key, 0) + weight * value
        partial = following
    p = chain.field.characteristic
    total = ((index, weight % p if p else weight) for (index, _), weight in partial.items())
    return {index: weight for index, weight in total if weight}


def nonzero_columns(chain: Chain, layers: Moves, most: int = PRODUCT_LIMIT) -> Iterator[Index]:
    """The multi-indices of the nonzero columns of A, by exact products of prefixes; LimitError after `most` products.

    In lexicographic order.
    """
    p = chain.field.characteristic
    count = 0
    stack: list[tuple[Index, dict[Cell, Number]]] = [((), {(row, row): 1 for row in layers[0]})]
    while stack:
        prefix, matrix = stack.pop()
        if len(prefix) == chain.depth:
            yield prefix
            continue
        products: dict[int, dict[Cell, Number]] = {}
        for (start, row), weight in matrix.items():
            for col, j, value in layers[len(prefix)].get(row, ()):
                into = products.setdefault(j, {})
                into[start, col] = into.get((start, col), 0) + weight * value
            count += 1
        for j in sorted(products, reverse=True):
            kept = {cell: v for cell, value in products[j].items() if (v := value % p if p else value)}
            if kept:
                stack.append(((*prefix, j), kept))
        if count > most:
            raise LimitError("listing the nonzero columns", f"more than {most} products", f"{most}")
