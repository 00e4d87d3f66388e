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
Edge = tuple[int, int, Number]  # (col, parameter, coefficient)
Moves = list[dict[int, list[Edge]]]

PATH_LIMIT = 200_000


def moves(chain: Chain) -> Moves:
    """For each layer: row -> edges that leave it and from which the last interface is reached (compact indices)."""
    result: Moves = []
    alive: set[int] | None = None
    for layer in reversed(chain.layers):
        edges: dict[int, list[Edge]] = {}
        for j, matrix in enumerate(layer):
            for (row, col), value in matrix.items():
                if alive is None or col in alive:
                    edges.setdefault(row, []).append((col, j, value))
        result.append(edges)
        alive = set(edges)
    return result[::-1]


def unique_paths(chain: Chain, limit: int = PATH_LIMIT) -> list[Index] | None:
    """The multi-indices of all complete paths when no two paths share both ends; None when two do.

    Then every entry of phi is zero or one monomial, and the nonzero columns of A have disjoint supports (theory 9.1).
    LimitError beyond `limit` steps.  Cost: the number of partial paths.
    """
    layers = moves(chain)
    found: dict[Index, None] = {}
    steps = 0
    for start in layers[0]:
        here: dict[int, Index] = {start: ()}
        for layer in layers:
            there: dict[int, Index] = {}
            for row, prefix in here.items():
                for col, j, _ in layer.get(row, ()):
                    if col in there:
                        return None
                    there[col] = (*prefix, j)
            here = there
            steps += len(here)
            if steps > limit:
                raise LimitError("listing the paths", f"more than {limit} steps", f"{limit}")
        found.update(dict.fromkeys(here.values()))
    return list(found)


def path_counts(chain: Chain, limit: int = PATH_LIMIT) -> dict[tuple[int, int], int]:
    """Number of paths from every row to every column of the product, where there is one."""
    layers = moves(chain)
    counts: dict[tuple[int, int], int] = {}
    for start in layers[0]:
        here = {start: 1}
        for layer in layers:
            there: dict[int, int] = {}
            for row, count in here.items():
                for col, _, _ in layer.get(row, ()):
                    there[col] = there.get(col, 0) + count
            here = there
        counts.update({(start, col): count for col, count in here.items()})
        if len(counts) > limit:
            raise LimitError("counting the paths", f"more than {limit} entries of the product", f"{limit}")
    return counts


def cell_terms(chain: Chain, layers: Moves, cell: tuple[int, int]) -> dict[Index, Number]:
    """The entry of phi at one cell as a polynomial: multi-index -> nonzero coefficient A_i[cell], exactly.

    Cost: its number of partial paths, so ask `path_counts` first.
    """
    start, end = cell
    partial: dict[tuple[Index, int], Number] = {((), start): 1}
    behind = _backward(layers, end)
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


def _backward(layers: Moves, end: int) -> list[set[int]]:
    """For each layer, the columns from which `end` is reached."""
    sets = [{end}]
    for layer in reversed(layers[1:]):
        sets.append({row for row, edges in layer.items() if any(col in sets[-1] for col, _, _ in edges)})
    return sets[::-1]


def nonzero_columns(chain: Chain, most: int) -> Iterator[Index]:
    """The multi-indices of the nonzero columns of A, by exact products of prefixes; LimitError after `most` prefixes."""
    p = chain.field.characteristic
    layers = moves(chain)
    count = 0
    stack: list[tuple[Index, dict[tuple[int, int], Number]]] = [((), {(row, row): 1 for row in layers[0]})]
    while stack:
        prefix, matrix = stack.pop()
        if len(prefix) == chain.depth:
            yield prefix
            continue
        products: dict[int, dict[tuple[int, int], Number]] = {}
        for (start, row), weight in matrix.items():
            for col, j, value in layers[len(prefix)].get(row, ()):
                into = products.setdefault(j, {})
                into[start, col] = into.get((start, col), 0) + weight * value
        for j in sorted(products, reverse=True):
            kept = {cell: v for cell, value in products[j].items() if (v := value % p if p else value)}
            if kept:
                stack.append(((*prefix, j), kept))
        count += 1 + len(products)
        if count > most:
            raise LimitError("listing the nonzero columns", f"more than {most} products", f"{most}")
