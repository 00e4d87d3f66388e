"""Gram matrices of the lifted map A, exactly, in blocks.

`row_gram`: A A^T on the cells of the product, layer by layer, without the columns of A (theory 12.6): for rows a <= b
of the product, the matrix sum over the prefixes of (row a)^T (row b) becomes sum_j M_j^T (.) M_j at every layer.
`column_gram`: A^T A from all columns.  Both have the same nonzero eigenvalues, the squared nonzero singular values.
Indices with a zero on the diagonal have zero rows and are left out; connected components are blocks, equal ones are
kept once.  Entries are those of the layers times their common denominators.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from exactfact.lifting.chain import Chain
from exactfact.lifting.listed import exact_columns
from exactfact.model import LimitError

Rows = tuple[tuple[int, ...], ...]  # the lower triangle of a symmetric matrix, row by row
Cells = dict[tuple[int, int], int]
Pairs = dict[tuple[int, int], Cells]
Step = Callable[[Cells], tuple[Cells, int]]
Tick = Callable[[], None]
STEP_LIMIT = 20_000_000
TABLE_LIMIT = 400_000
ENTRY_LIMIT = 1_000_000
TICKS = 1000


@dataclass(frozen=True)
class Gram:
    """A positive semidefinite integer matrix: its different blocks, each with the number of times that it occurs."""

    kind: str
    order: int
    blocks: tuple[tuple[Rows, int], ...]

    @property
    def work(self) -> int:
        """About how many products of numbers one factorization of all different blocks takes."""
        return sum(len(rows) ** 3 // 6 + len(rows) for rows, _ in self.blocks)


def row_gram(chain: Chain, tick: Tick) -> Gram:
    """A A^T of a chain with integer entries.  LimitError when it takes too many steps or entries."""
    first, *others = _whole(chain)
    pairs = _pairs(first, tick)
    for layer in others:
        pairs = _advanced(pairs, layer, tick)
    entries: Cells = {}
    numbers: dict[tuple[int, int], int] = {}
    for (a, b), matrix in sorted(pairs.items()):
        for (c, d), value in sorted(matrix.items()):
            i = numbers.setdefault((a, c), len(numbers))
            j = numbers.setdefault((b, d), len(numbers))
            entries[i, j] = value
            entries[j, i] = value
    names = sorted(numbers)
    place = {numbers[name]: position for position, name in enumerate(names)}
    return _gram("rows", {(place[i], place[j]): value for (i, j), value in entries.items()})


def _whole(chain: Chain) -> list[list[Cells]]:
    return [[{cell: int(value) for cell, value in matrix.items()} for matrix in layer] for layer in chain.layers]


def _pairs(layer: Sequence[Cells], tick: Tick) -> Pairs:
    """For rows a <= b of the first layer, sum_j of the products of their entries."""
    pairs: Pairs = defaultdict(lambda: defaultdict(int))
    _require(sum(len(matrix) ** 2 for matrix in layer), 0)
    for matrix in layer:
        _require(0, sum(map(len, pairs.values())))
        for (a, c), u in matrix.items():
            for (b, d), v in matrix.items():
                if a <= b:
                    pairs[a, b][c, d] += u * v
        tick()
    return pairs


def _advanced(pairs: Pairs, layer: Sequence[Cells], tick: Tick) -> Pairs:
    """sum_j M_j^T Q M_j for every Q: by a table of what each entry of Q becomes, or by products where that is large."""
    table = sum(len(matrix) ** 2 for matrix in layer) <= TABLE_LIMIT
    step = _by_table(layer) if table else _by_products(layer)
    result = {}
    steps = held = 0
    for number, (where, matrix) in enumerate(pairs.items()):
        if number % TICKS == 0:
            tick()
        moved, taken = step(matrix)
        kept = {place: value for place, value in moved.items() if value}
        steps, held = steps + taken, held + len(kept)
        _require(steps, held)
        if kept:
            result[where] = kept
    return result


def _by_table(layer: Sequence[Cells]) -> Step:
    moves: dict[tuple[int, int], Cells] = defaultdict(lambda: defaultdict(int))
    for matrix in layer:
        for (c, x), u in matrix.items():
            for (d, y), v in matrix.items():
                moves[c, d][x, y] += u * v
    listed = {place: [(to, value) for to, value in images.items() if value] for place, images in moves.items()}

    def step(matrix: Cells) -> tuple[Cells, int]:
        into: Cells = defaultdict(int)
        steps = 0
        for place, value in matrix.items():
            images = listed.get(place, ())
            steps += len(images)
            for to, factor in images:
                into[to] += value * factor
        return into, steps

    return step


def _by_products(layer: Sequence[Cells]) -> Step:
    by_row: list[dict[int, list[tuple[int, int]]]] = []
    for matrix in layer:
        rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (c, x), u in matrix.items():
            rows[c].append((x, u))
        by_row.append(rows)

    def step(matrix: Cells) -> tuple[Cells, int]:
        into: Cells = defaultdict(int)
        steps = 0
        for rows in by_row:
            half: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
            for (c, d), value in matrix.items():
                if c in rows:
                    for y, v in rows.get(d, ()):
                        half[c][y] += value * v
            for c, line in half.items():
                steps += (1 + len(rows[c])) * len(line)
                _require(steps, len(into))
                for x, u in rows[c]:
                    for y, value in line.items():
                        into[x, y] += u * value
        return into, steps + len(by_row) * len(matrix)

    return step


def column_gram(chain: Chain, tick: Tick) -> Gram:
    """A^T A of a chain with integer entries, from all columns."""
    count, width = chain.lifted_dimension, max(len(matrix) for layer in chain.layers for matrix in layer)
    _require(count * width * chain.depth, count)
    by_cell: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for number, column in enumerate(exact_columns(chain)):
        for cell, value in column.items():
            by_cell[cell].append((number, int(value)))
    entries: Cells = defaultdict(int)
    steps = 0
    for found in by_cell.values():
        steps += len(found) ** 2
        _require(steps, len(entries))
        tick()
        for (i, u), (j, v) in itertools.product(found, found):
            entries[i, j] += u * v
    return _gram("columns", {place: value for place, value in entries.items() if value})


def _require(steps: int, entries: int) -> None:
    if steps > STEP_LIMIT or entries > ENTRY_LIMIT:
        raise LimitError("a Gram matrix of the lifted map", f"{steps} steps, {entries} entries",
                         f"{STEP_LIMIT} steps, {ENTRY_LIMIT} entries")  # fmt: skip


def _gram(kind: str, entries: Cells) -> Gram:
    """The blocks of a symmetric matrix given by all its nonzero entries."""
    parent = {i: i for i, j in entries if i == j}

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in entries:
        one, two = find(i), find(j)
        if one != two:
            parent[max(one, two)] = min(one, two)
    members: dict[int, list[int]] = defaultdict(list)
    for i in sorted(parent):
        members[find(i)].append(i)
    counted = Counter(
        tuple(tuple(entries.get((i, j), 0) for j in block[: place + 1]) for place, i in enumerate(block))
        for block in members.values()
    )
    return Gram(kind, len(parent), tuple(sorted(counted.items())))


def submatrix(gram: Callable[[int, int], int], chosen: Iterable[int]) -> Rows:
    """The principal submatrix of the chosen indices, in their order, as the rows of its lower triangle."""
    indices = list(chosen)
    return tuple(tuple(gram(i, j) for j in indices[: place + 1]) for place, i in enumerate(indices))


def squared_norms(chain: Chain, tick: Tick) -> int:
    """trace A A^T of a chain with integer entries: sum_j M_j^T (.) M_j on one matrix for all rows together."""
    level: Pairs = {(0, 0): {(c, c): 1 for c in range(chain.sizes[0])}}
    for layer in _whole(chain):
        level = _advanced(level, layer, tick)
    return sum(value for matrix in level.values() for (c, d), value in matrix.items() if c == d)
