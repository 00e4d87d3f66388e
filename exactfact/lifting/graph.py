"""The support graph of A (theory 2.7): rows are cells, columns multi-indices, an edge where A may be nonzero.

Its maximum matching is the structural rank, an upper bound on rank A; the minimum vertex cover of Koenig's theorem
proves it.  A triangular order of rows and columns, found by removing degree-one vertices, bounds the rank from below.
Only for architectures whose columns can be listed.
"""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass
from typing import Any

import networkx as nx

from exactfact.model import QQ

from .chain import Chain, SparseMatrix, multiply_sparse

# A matching of more costs longer than the chain of spans that follows it.
COLUMN_LIMIT = 2_000
EDGE_LIMIT = 50_000
# A nonzero entry: in two tables of columns, and as an edge of the graph.
EDGE_BYTES = 2048

Cell = tuple[int, int]
Index = tuple[int, ...]


@dataclass(frozen=True)
class SupportGraph:
    """`columns[i]` is the exact column A_i as a sparse matrix; zero columns are absent."""

    columns: dict[Index, SparseMatrix]

    def rows(self) -> dict[Cell, list[Index]]:
        """For each cell the columns that meet it."""
        rows: dict[Cell, list[Index]] = {}
        for index, matrix in self.columns.items():
            for cell in matrix:
                rows.setdefault(cell, []).append(index)
        return rows


@dataclass(frozen=True)
class Cover:
    """A vertex cover of the support graph: rank A <= len(rows) + len(columns)."""

    rows: tuple[Cell, ...]
    columns: tuple[Index, ...]

    @property
    def size(self) -> int:
        """Its number of rows and columns, which is the structural rank (Koenig)."""
        return len(self.rows) + len(self.columns)


def exact_columns(chain: Chain) -> dict[Index, SparseMatrix] | None:
    """All nonzero columns of A, exactly; None when they are more than COLUMN_LIMIT or have too many entries."""
    if chain.lifted_dimension > COLUMN_LIMIT:
        return None
    prefixes: dict[Index, SparseMatrix] = {(j,): matrix for j, matrix in enumerate(chain.layers[0]) if matrix}
    for layer in chain.layers[1:]:
        products = (
            ((*index, j), multiply_sparse(prefix, matrix, chain.field))
            for (index, prefix), (j, matrix) in itertools.product(prefixes.items(), enumerate(layer))
        )
        prefixes, entries = {}, 0
        for index, matrix in products:
            entries += len(matrix)
            if entries > EDGE_LIMIT:
                return None
            if matrix:
                prefixes[index] = matrix
    return prefixes


def graph_bytes(chain: Chain, cells: int) -> int:
    """What the support graph may take, of a chain with so many reachable cells."""
    return EDGE_BYTES * min(EDGE_LIMIT, chain.lifted_dimension * max(1, cells))


def support_columns(chain: Chain) -> dict[Index, SparseMatrix] | None:
    """The columns of A with all coefficients replaced by one: supports as Boolean products see them."""
    ones: tuple[tuple[SparseMatrix, ...], ...] = tuple(
        tuple(dict.fromkeys(matrix, 1) for matrix in layer) for layer in chain.layers
    )
    return exact_columns(Chain(QQ, chain.widths, chain.labels, ones))


def components(graph: SupportGraph) -> int:
    """The number of connected components with an edge: A is block diagonal along them (theory 2.7c)."""
    return int(nx.number_connected_components(_network(graph))) if graph.columns else 0


def minimum_cover(graph: SupportGraph) -> Cover:
    """A minimum vertex cover, of the size of a maximum matching (Hopcroft-Karp, then Koenig).

    The rows that alternating paths from unmatched columns reach, and the columns that they do not reach.  One search
    from all of them: `networkx.bipartite.to_vertex_cover` searches once for each vertex.
    """
    network = _network(graph)
    top = [("column", index) for index in graph.columns]
    matching = nx.bipartite.hopcroft_karp_matching(network, top)
    open_columns = [vertex for vertex in top if vertex not in matching]
    reached = set(open_columns)
    while open_columns:
        for row in network[open_columns.pop()]:
            if row not in reached:
                reached |= {row, matching[row]}
                open_columns.append(matching[row])
    rows = tuple(sorted(cell for cell in graph.rows() if ("row", cell) in reached))
    return Cover(rows, tuple(sorted(index for index in graph.columns if ("column", index) not in reached)))


def triangular_order(graph: SupportGraph) -> tuple[list[Cell], list[Index]]:
    """Rows and columns with A nonzero at (row t, column t) and zero at (row t, column s) for s > t.

    A vertex of degree one is matched with its neighbour and both are removed.  A row of degree one meets no later
    column: it is listed first.  A column of degree one meets no later row: it is listed last.
    """
    rows: dict[Cell, set[Index]] = {cell: set(indices) for cell, indices in graph.rows().items()}
    columns: dict[Index, set[Cell]] = {index: set(matrix) for index, matrix in graph.columns.items()}
    first: list[tuple[Cell, Index]] = []
    last: list[tuple[Cell, Index]] = []
    queue: deque[tuple[str, Any]] = deque(("row", cell) for cell in rows)
    queue.extend(("column", index) for index in columns)
    while queue:
        kind, vertex = queue.popleft()
        neighbours: set[Any] = (rows if kind == "row" else columns).get(vertex, set())
        if len(neighbours) != 1:
            continue
        (partner,) = neighbours
        pair = (vertex, partner) if kind == "row" else (partner, vertex)
        (first if kind == "row" else last).append(pair)
        for cell in columns.pop(pair[1]):
            rows[cell].discard(pair[1])
            queue.append(("row", cell))
        for index in rows.pop(pair[0]):
            columns[index].discard(pair[0])
            queue.append(("column", index))
    ordered = first + last[::-1]
    return [row for row, _ in ordered], [index for _, index in ordered]


def _network(graph: SupportGraph) -> nx.Graph[Any]:
    network: nx.Graph[Any] = nx.Graph()
    for index, matrix in graph.columns.items():
        network.add_edges_from((("column", index), ("row", cell)) for cell in matrix)
    return network
