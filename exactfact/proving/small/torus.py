"""Fixed supports modulo rescalings of hidden nodes, by all points over GF(p) (theory 9.0, 9.3b, 9.4, 9.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise, permutations, product
from math import prod
from typing import NamedTuple

from exactfact.proving.small.case import SmallCase
from exactfact.proving.small.finite import LARGE, Rows, Vector, multiply

Edges = tuple[tuple[int, int, int], ...]  # (layer, row, column)


class Supports(NamedTuple):
    """The 0/1 supports of the layers of a layered graph in which every node is on a complete path."""

    field: int
    layers: tuple[Rows, ...]


def all_supports(p: int, size: int) -> Iterator[Supports]:
    """All pruned supports with K = 2 or 3, widths <= 3, at most `size` edges."""
    for count in (2, 3):
        for widths in product((1, 2, 3), repeat=count + 1):
            yield from _with_widths(p, widths, size)


def _with_widths(p: int, widths: Vector, size: int) -> Iterator[Supports]:
    shapes = list(pairwise(widths))
    spare = size - sum(max(shape) for shape in shapes)  # a layer has max(m, n) edges at least
    if spare >= 0:
        choices = [_layers(m, n, max(m, n) + spare) for m, n in shapes]
        found = (layers for layers in product(*choices) if sum(map(_count, layers)) <= size)
        yield from (Supports(p, layers) for layers in sorted(found, key=lambda layers: sum(map(_count, layers))))


@cache
def _layers(rows: int, columns: int, size: int) -> tuple[Rows, ...]:
    """All supports of at most `size` edges without a zero row or column: every node has an edge on both sides."""
    found = product(product((0, 1), repeat=columns), repeat=rows)
    return tuple(m for m in found if all(map(any, m)) and all(map(any, zip(*m, strict=True))) and _count(m) <= size)


def _count(support: Rows) -> int:
    return sum(map(sum, support))


def boolean(layers: Sequence[Rows]) -> Rows:
    """The number of paths between the ends."""
    result = layers[0]
    for layer in layers[1:]:
        result = multiply(result, layer, LARGE)
    return result


def unique_paths(case: Supports) -> bool:
    """9.3b: at most one path joins an input and an output."""
    return all(entry <= 1 for row in boolean(case.layers) for entry in row)


def peels(left: Rows, right: Rows) -> bool:
    """9.4: in some order, the cells of each rank-one term that no later term meets are connected and spanning."""
    nodes = range(len(right))
    cells = list(product(range(len(left)), range(len(right[0]))))
    rectangles = [{(a, b) for a, b in cells if left[a][s] and right[s][b]} for s in nodes]
    return any(
        all(
            _connected(rectangles[s], rectangles[s].difference(*(rectangles[t] for t in order[position + 1 :])))
            for position, s in enumerate(order)
        )
        for order in permutations(nodes)
    )


def _connected(rectangle: set[tuple[int, int]], cells: set[tuple[int, int]]) -> bool:
    if not rectangle:
        return False
    vertices = {("row", a) for a, _ in rectangle} | {("column", b) for _, b in rectangle}
    reached = {min(vertices)}
    while True:
        ends = [{("row", a), ("column", b)} for a, b in cells]
        new = {v for pair in ends if pair & reached for v in pair} - reached
        if not new:
            return reached == vertices
        reached |= new


def peels_hierarchically(layers: tuple[Rows, ...]) -> bool:
    """9.5: some cut peels, and both sides do."""
    if len(layers) == 1:
        return True
    for cut in range(1, len(layers)):
        left, right = _support(layers[:cut]), _support(layers[cut:])
        if peels(left, right) and peels_hierarchically(layers[:cut]) and peels_hierarchically(layers[cut:]):
            return True
    return False


def _support(layers: Sequence[Rows]) -> Rows:
    return tuple(tuple(min(1, entry) for entry in row) for row in boolean(layers))


def edges_of(case: Supports) -> Edges:
    """(layer, row, column) of every entry of the supports."""
    rows = [(k, a, row) for k, layer in enumerate(case.layers) for a, row in enumerate(layer)]
    return tuple((k, a, b) for k, a, row in rows for b, entry in enumerate(row) if entry)


def complete_paths(case: Supports) -> list[Vector]:
    """The paths from the first to the last nodes, as numbers of edges."""
    edges = edges_of(case)
    found: list[Vector] = [(i,) for i, (k, _, _) in enumerate(edges) if k == 0]
    for layer in range(1, len(case.layers)):
        steps = [(i, a) for i, (k, a, _) in enumerate(edges) if k == layer]
        found = [(*path, i) for path in found for i, a in steps if a == edges[path[-1]][2]]
    return found


def labels_of_product_one(case: Supports) -> set[Vector]:
    """All nonzero labels of the edges whose product along every complete path is 1."""
    paths, p = complete_paths(case), case.field
    every = product(range(1, p), repeat=len(edges_of(case)))
    return {label for label in every if all(prod(label[i] for i in path) % p == 1 for path in paths)}


def potentials(case: Supports) -> str | None:
    """9.0: these labels are the mu_v/mu_u of numbers at the nodes, 1 at both ends, each for one mu only."""
    p, last = case.field, len(case.layers) - 1
    edges = edges_of(case)
    hidden = sorted({(k, b) for k, _, b in edges if k < last})
    quotients = set()
    for values in product(range(1, p), repeat=len(hidden)):
        at = dict(zip(hidden, values, strict=True))
        pairs = ((at.get((k, b), 1), at.get((k - 1, a), 1)) for k, a, b in edges)
        quotients.add(tuple(v * pow(u, -1, p) % p for v, u in pairs))
    if len(quotients) != (p - 1) ** len(hidden):
        return f"{(p - 1) ** len(hidden)} potentials give {len(quotients)} labels"
    found = labels_of_product_one(case)
    return None if found == quotients else f"{len(found)} labels have product 1, {len(quotients)} are quotients"


def _filled(case: Supports, edges: Edges, h: Vector) -> tuple[Rows, ...]:
    placed = dict(zip(edges, h, strict=True))
    return tuple(
        tuple(tuple(placed.get((k, a, b), 0) for b in range(len(row))) for a, row in enumerate(m))
        for k, m in enumerate(case.layers)
    )


def _product(layers: Sequence[Rows], p: int) -> Rows:
    result = layers[0]
    for layer in layers[1:]:
        result = multiply(result, layer, p)
    return result


def _partial_products_full(case: Supports, filled: tuple[Rows, ...]) -> bool:
    """All entries that a product of consecutive layers may have are nonzero (the condition of 9.5 on h)."""
    count = len(filled)
    for first, last in combinations(range(count + 1), 2):
        if (first, last) == (0, count):
            continue
        allowed, values = boolean(case.layers[first:last]), _product(filled[first:last], case.field)
        if any(a and not v for ra, rv in zip(allowed, values, strict=True) for a, v in zip(ra, rv, strict=True)):
            return False
    return True


def one_orbit(case: Supports) -> str | None:
    """The fibre of every h with nonzero entries (and partial products) is one orbit: (p - 1)^(hidden nodes) points."""
    p = case.field
    edges = edges_of(case)
    fibres: dict[Rows, list[Vector]] = defaultdict(list)
    wanted = []
    for h in product(range(p), repeat=len(edges)):
        filled = _filled(case, edges, h)
        y = _product(filled, p)
        fibres[y].append(h)
        if all(h) and _partial_products_full(case, filled):
            wanted.append((h, y))
    orbit = (p - 1) ** sum(len(m[0]) for m in case.layers[:-1])
    for h, y in wanted:
        if len(fibres[y]) != orbit:
            return f"the fibre of {h} has {len(fibres[y])} points, an orbit has {orbit}"
    return None


def two_layers(case: Supports) -> bool:
    """9.4 applies."""
    return len(case.layers) == 2 and peels(*case.layers)


def three_layers(case: Supports) -> bool:
    """9.5 applies."""
    return len(case.layers) > 2 and peels_hierarchically(case.layers)


RANGE = "every pruned support with K = 2 or 3 and widths <= 3, all h with nonzero entries, all competitors"
SIZE = "edges"


def _case(statement: str, claim: str, hypothesis: object) -> SmallCase:
    return SmallCase(
        statement,
        claim,
        RANGE,
        SIZE,
        all_supports,
        one_orbit,
        full={2: 7, 3: 6, 5: 4},
        quick={2: 5, 3: 4},
        hypothesis=hypothesis,  # type: ignore[arg-type]
    )


CASES = [
    SmallCase(
        "9.0",
        "labels of the edges with product 1 along every complete path are the quotients of one potential, 1 "
        "at both ends",
        "every pruned support with K = 2 or 3 and widths <= 3, all nonzero labels",
        SIZE,
        all_supports,
        potentials,
        full={3: 6, 5: 5},
        quick={3: 5},
    ),
    _case("9.3b", "with unique paths, the fibre of h is one orbit of node rescalings", unique_paths),
    _case("9.4", "where two layers peel, the fibre of h is one orbit of node rescalings", two_layers),
    _case(
        "9.5",
        "where all cuts peel, the fibre of h (partial products nonzero too) is one orbit of node rescalings",
        three_layers,
    ),
]
