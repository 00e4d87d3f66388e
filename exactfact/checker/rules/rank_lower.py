"""Rule 2.3: rank A >= value.

Hypotheses: p is a proved prime (the field's own over GF(p)), every operator is p-integral. Evidence: multi-indices
of columns, points, derived points, or a grid of two families of derived points. Verified: the vectors phi have
rank >= value mod p; a minor that is not 0 mod p is not 0. With "split" the ranks of their restrictions to the
connected components are added: A is block diagonal. Source: theory 2.3, 2.7c. Cost: one product a vector (columns
share prefixes; a grid costs left + right half products), one elimination mod p.
"""
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..chains import Matrix
from ..claims import Claim, Context
from ..errors import Text, require, shown
from ..families import fields, listing, whole
from ..numbers import integer
from .columns import columns, derived, require_multi_index
from .components import rows_of_components
from .elimination import rank_dense, rank_mod
from .grid import Grid
from .group_algebra import evaluate
from .matrices import flatten, linear, multiply, rows_of

KINDS = ("columns", "points", "samples", "grid")
Vectors = Iterable[dict[Any, int]]


def check(claim: Claim, context: Context) -> None:
    """Accept iff the listed vectors have rank at least the value mod the prime."""
    kinds = [key for key in claim.evidence if key not in ("prime", "split")]
    require(len(kinds) == 1 and kinds[0] in KINDS, f"evidence: prime and one of {', '.join(KINDS)}", claim.evidence)
    kind, split = kinds[0], "split" in claim.evidence
    f = fields(claim.evidence, "evidence", f"prime {kind} split" if split else f"prime {kind}")
    require(not split or f["split"] is True, "split: true where it is given", f.get("split"))
    p = context.prime(f["prime"])
    parts = rows_of_components(context.chain.layers, context) if split else []
    if kind == "grid":
        rank = _grid_rank(f[kind], p, int(claim.value), parts, context)
    else:
        vectors = {"columns": _columns, "points": _points, "samples": _samples}[kind](
            f[kind], p, 0 if split else int(claim.value), context)
        held = _held(vectors, context)
        rank = _split_rank(held, p, parts, context) if split else rank_mod(held, p, context.meter, int(claim.value))
    require(rank >= claim.value, f"vectors of rank >= {shown(claim.value)} mod {p}", Text(f"rank {rank}"))


def _held(vectors: Vectors, context: Context) -> Iterator[dict[Any, int]]:
    size = 0
    for vector in vectors:
        size += 1 + len(vector)
        context.meter.hold(size, "the vectors phi")
        yield vector


def _split_rank(vectors: Vectors, p: int, parts: Sequence[set[int]], context: Context) -> int:
    """The sum of the ranks of the vectors restricted to the rows of each connected component (theory 2.7c)."""
    cols = context.chain.shape[1]
    homes = {r: part for part, rows in enumerate(parts) for r in rows}
    cuts: list[list[dict[int, int]]] = [[] for _ in parts]
    for vector in vectors:
        context.meter.spend(200 * len(vector), "components")
        cut: dict[int, dict[int, int]] = {}
        for cell, v in vector.items():
            if cell // cols in homes:
                cut.setdefault(homes[cell // cols], {})[cell] = v
        for part, kept in cut.items():
            cuts[part].append(kept)
    return sum(rank_mod(rows, p, context.meter) for rows in cuts)


def _enough(count: int, value: int, what: str) -> None:
    require(count >= value, f"at least {shown(value)} {what}", Text(f"{count}"))


def _columns(given: Any, p: int, value: int, context: Context) -> Vectors:
    sizes = context.spec.parameters
    indices = [require_multi_index(i, sizes, f"columns[{t}]") for t, i in enumerate(listing(given, "columns"))]
    _enough(len(indices), value, "columns")
    if context.spec.network:
        return _network_columns(indices, context)
    cols = context.chain.shape[1]
    layers = context.reduced(p)
    return (flatten(matrix, cols) for _, matrix in columns(layers, indices, p, context.meter))


def _network_columns(indices: Sequence[tuple[int, ...]], context: Context) -> Iterator[dict[Any, int]]:
    network = context.network
    taps = [[(edge, tap) for edge in level for tap in edge.taps] for level in network.levels]
    for index in indices:
        context.meter.spend(1000 * len(index), "columns")
        node, position = network.root, (0,) * len(network.moduli)
        for k, j in enumerate(index):
            edge, tap = taps[k][j]
            if edge.target != node:
                break
            node = edge.source
            position = tuple((x + s) % n if n else x + s
                             for x, s, n in zip(position, tap, network.moduli, strict=True))
        else:
            yield {(node, position): 1}


def _points(given: Any, p: int, value: int, context: Context) -> Vectors:
    rows = listing(given, "points")
    _enough(len(rows), value, "points")
    sizes = context.spec.parameters
    points = []
    for t, row in enumerate(rows):
        layers = listing(row, f"points[{t}]", len(sizes))
        points.append([[integer(x, f"points[{t}]", 0, p) for x in listing(h, f"points[{t}]", size)]
                       for h, size in zip(layers, sizes, strict=True)])
    return _evaluated(points, p, context)


def _samples(given: Any, p: int, value: int, context: Context) -> Vectors:
    f = fields(given, "samples", "seed count")
    seed, count = integer(f["seed"], "samples, seed", 0, 1 << 128), whole(f["count"], "samples, count", 0)
    _enough(count, value, "samples")
    return _evaluated((derived(seed, t, context.spec.parameters, p, context.meter) for t in range(count)), p, context)


def _evaluated(points: Iterable[list[list[int]]], p: int, context: Context) -> Vectors:
    if context.spec.network:
        network = context.network
        for h in points:
            leaves = evaluate(network, h, p, context.meter)
            yield {(leaf, x): int(c) for leaf, poly in enumerate(leaves) for x, c in poly.items()}
        return
    layers, cols = context.reduced(p), context.chain.shape[1]
    for h in points:
        yield flatten(_product(layers, h, p, context), cols)


def _product(layers: Sequence[Sequence[Matrix]], h: Sequence[Sequence[int]], p: int, context: Context) -> Matrix:
    """M(h) of consecutive layers, multiplied from the left."""
    result = linear(layers[0], h[0], p, context.meter)
    for matrices, x in zip(layers[1:], h[1:], strict=True):
        result = multiply(result, linear(matrices, x, p, context.meter), p, context.meter)
    return result


def _grid_rank(given: Any, p: int, value: int, parts: Sequence[set[int]], context: Context) -> int:
    require(context.spec.network is None, "a grid for a chain of layers", Text("a network"))
    f = fields(given, "grid", "seed cut left right")
    sizes = context.spec.parameters
    seed, cut = integer(f["seed"], "grid, seed", 0, 1 << 128), whole(f["cut"], "grid, cut", 1, len(sizes))
    left, right = whole(f["left"], "grid, left", 0), whole(f["right"], "grid, right", 0)
    _enough(left * right, 0 if parts else value, "pairs of points")
    meter, layers = context.meter, context.reduced(p)
    halves: list[list[Matrix]] = []
    for count, part in ((left, slice(cut)), (right, slice(cut, None))):
        halves.append([])
        held = 0
        for t in range(count):
            halves[-1].append(_product(layers[part], derived(seed, t, sizes, p, meter)[part], p, context))
            held += sum(map(len, halves[-1][-1].values()))
            meter.hold(held, "half products")
    rank = 0
    for rows in parts or [set(rows_of(layers[0]))]:
        inside = [{r: row for r, row in left.items() if r in rows} for left in halves[0]]
        grid = Grid(inside, halves[1], p, meter)
        rank += rank_dense(grid.rows(), grid.size, p, meter, value - rank)
    return rank
