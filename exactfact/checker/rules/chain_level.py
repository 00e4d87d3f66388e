"""One level of a chain of spans (rule 3.1): exact relations, and exact annihilators of all its products.

Vectors are packed into big integers, so that a combination of them is a few big multiplications; slots are wide
enough that a combination over QQ is zero iff the big integer is.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..chains import Layer, Matrix, common_denominator
from ..claims import Context
from ..errors import Text, require
from ..families import listing
from ..numbers import Number, integer, number
from .elimination import pack, rank_mod, slot_width, unpack
from .matrices import flatten, multiply
from .supports import Reach, count

Pair = tuple[int, int]
Relation = list[tuple[int, Number]]
Row = dict[int, int]


@dataclass(frozen=True)
class Level:
    """Level k: the layer, the vectors X of the level before, and this level's basis."""

    k: int
    layer: Layer
    before: list[Matrix]
    before_cols: int
    pairs: list[Pair]
    vectors: list[Row]


def _largest(rows: Iterable[Row]) -> int:
    return max((abs(v) for row in rows for v in row.values()), default=1)


def _growth(layer: Layer) -> int:
    """The largest sum of absolute values in a column of one M(e_j)."""
    best = 1
    for matrix in layer.matrices:
        sums: Row = {}
        for row in matrix.values():
            for c, v in row.items():
                sums[c] = sums.get(c, 0) + abs(v)
        best = max(best, *sums.values()) if sums else best
    return best


def _signed(values: list[int], width: int) -> int:
    if min(values, default=0) >= 0:
        return pack(values, width)
    return pack([max(v, 0) for v in values], width) - pack([max(-v, 0) for v in values], width)


def _vanishes(total: int, slots: int, width: int, p: int) -> bool:
    """All slots zero: over QQ they are below 2^(width-1) in absolute value; over GF(p) non-negative, taken mod p."""
    return not total or p > 0 and not any(v % p for v in unpack(total, slots, width))


def check_relations(level: Level, related: dict[Pair, Relation], context: Context) -> None:
    """Reject unless d X_b M(e_j) = sum of the terms, for each relation of the level."""
    if not related:
        return
    p, meter = context.p, context.meter
    cells = {cell: i for i, cell in enumerate(sorted({cell for row in level.vectors for cell in row}))}
    scaled = {pair: _integers(terms, context) for pair, terms in related.items()}
    weight = max(d + sum(abs(v) for _, v in terms) for d, terms in scaled.values())
    old = max(_largest(row for x in level.before for row in x.values()) * _growth(level.layer),
              _largest(level.vectors), p)
    width = slot_width((weight * old * (p or 1)).bit_length() + 2)
    price = 3 * len(cells) * (width // 64) + 500
    meter.hold((len(level.vectors) + 1) * len(cells) * (width // 64), "packed basis vectors")
    meter.spend(80 * len(level.vectors) * len(cells) * (width // 64), "packed basis vectors")
    packed = [_signed([row.get(cell, 0) for cell in cells], width) for row in level.vectors]
    for (b, j), (d, terms) in scaled.items():
        at = f"relation for vector {b}, parameter {j} of level {level.k}"
        require(b < len(level.before), f"{at}: a vector below {len(level.before)}", b)
        meter.spend(price * len(terms) + 80 * len(cells), "relations")
        image = flatten(multiply(level.before[b], level.layer.matrices[j], p, meter), level.layer.cols)
        require(image.keys() <= cells.keys(), f"{at}: a product in the span of the level", Text("another cell"))
        total = _signed([image.get(cell, 0) * (p - d % p if p else -d) for cell in cells], width)
        for other, v in terms:
            require(other < len(packed), f"{at}: a basis vector below {len(packed)}", other)
            total += v * packed[other]
        require(_vanishes(total, len(cells), width, p), f"{at}: an exact identity", Text("two different sides"))


def _integers(terms: Relation, context: Context) -> tuple[int, list[tuple[int, int]]]:
    d = common_denominator({v.denominator for _, v in terms}, len(terms), context.meter)
    return d, [(b, int(v * d)) for b, v in terms]


def check_annihilators(level: Level, given: list[Any], reach: Reach, prime: int, context: Context) -> None:
    """Reject unless the given rows kill every product of the level and leave exactly the span of its basis."""
    meter, cols = context.meter, level.layer.cols
    rows = []
    for i, entry in enumerate(given):
        at = f"annihilator {i} of level {level.k}"
        terms = [listing(term, at, 2) for term in listing(entry, at)]
        _, scaled = _integers([(integer(cell, at, 0), number(v, at, context.p)) for cell, v in terms], context)
        require(len(dict(scaled)) == len(scaled), f"{at}: each cell once", Text("a repeated cell"))
        outside = [cell for cell, _ in scaled if cell % cols not in reach.get(cell // cols, ())]
        require(not outside, f"{at}: reachable cells only", Text(f"cell {outside[:1]}"))
        rows.append(dict(scaled))
    _require_killed(level, rows, context)
    independent = rank_mod(level.vectors, prime, meter)
    require(independent == len(level.vectors), f"independent basis vectors of level {level.k} mod {prime}",
            Text(f"{len(level.vectors)} vectors of rank {independent}"))
    rank, cells = rank_mod(rows, prime, meter), count(reach)
    require(rank + len(level.vectors) == cells, f"level {level.k}: rank of the annihilators + basis = {cells} "
            "reachable cells", Text(f"{rank} + {len(level.vectors)}"))


def _require_killed(level: Level, rows: list[Row], context: Context) -> None:
    """N X_b M(e_j) = 0 for all b, j: each N is pulled back through M(e_j) and meets all X_b at once, packed."""
    p, meter, n, m = context.p, context.meter, level.layer.cols, level.before_cols
    before = [flatten(x, m) for x in level.before]
    sums = [sum(map(abs, row.values())) for row in rows]
    bound = max(sums, default=1) * _growth(level.layer) * _largest(before)
    if p:
        bound = p * p * (1 + len({cell for x in before for cell in x}))
    width = slot_width(bound.bit_length() + 2)
    cells: dict[int, list[int]] = {}
    for b, x in enumerate(before):
        for cell, v in x.items():
            cells.setdefault(cell, [0] * len(before))[b] = v
        meter.hold(len(cells) * len(before) * (width // 64), "packed vectors")
    packed = {cell: _signed(values, width) for cell, values in cells.items()}
    for j, matrix in enumerate(level.layer.matrices):
        by_column: dict[int, list[tuple[int, int]]] = {}
        for r, row in matrix.items():
            for c, v in row.items():
                by_column.setdefault(c, []).append((r, v))
        for i, annihilator in enumerate(rows):
            pulled: Row = {}
            for cell, v in annihilator.items():
                for r, u in by_column.get(cell % n, ()):
                    at = cell // n * m + r
                    pulled[at] = pulled.get(at, 0) + u * v
            meter.spend(300 * (len(pulled) + len(annihilator)) + 4 * len(pulled) * len(before) * (width // 64),
                        "annihilators")
            total = sum([(v % p if p else v) * packed[at] for at, v in pulled.items() if at in packed])
            require(_vanishes(total, len(before), width, p), f"annihilator {i} of level {level.k} kills every product "
                    f"with parameter {j}", Text("a product that it does not kill"))
