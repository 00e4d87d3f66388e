"""Whether a tensor has rank <= 2 over a field, exactly (theory 1.4); no rule of its own.

A tensor is {multi-index: integer}, zeros left out. Three independent slices along a layer: rank > 2. Otherwise the
entries at two slices of each layer that span the others (one, where all are proportional) are a concise tensor of the
same rank, of shape 2 x ... x 2. Of at most two such layers: rank <= 2. Else the decomposable elements of the span of
the slices X, Y of the first layer are the common zeros of the 2 x 2 minors of all flattenings of xX + yY, binary
quadrics: rank <= 2 iff all are proportional to one that has two different zeros over the field.
"""
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import isqrt

from ..errors import Meter
from .exact_span import Span

Tensor = dict[tuple[int, ...], int]
Quadric = tuple[int, int, int]
TWO, MORE, IRRATIONAL = "at most 2", "more than 2", "2 over a quadratic extension only"


def rank_two(tensor: Tensor, sizes: Sequence[int], p: int, meter: Meter) -> tuple[str, int]:
    """(TWO or MORE, 0), or (IRRATIONAL, the discriminant). MORE over QQ holds over every extension field."""
    chosen = [_slices(tensor, k, size, p, meter) for k, size in enumerate(sizes)]
    if any(len(c) > 2 for c in chosen):
        return MORE, 0
    wide = [k for k, c in enumerate(chosen) if len(c) == 2]
    if len(wide) <= 2:
        return TWO, 0
    meter.hold(1 << len(wide), "a concise tensor")
    core = {}
    for bits in product((0, 1), repeat=len(wide)):
        at = dict(zip(wide, bits, strict=True))
        core[bits] = tensor.get(tuple(c[at.get(k, 0)] for k, c in enumerate(chosen)), 0)
    first: Quadric | None = None
    for q in _minors(core, len(wide), p, meter):
        if first is None:
            first = q
            if p != 2 and not _discriminant(q, p):
                return MORE, 0
        elif any((first[i] * q[j] - first[j] * q[i]) % p if p else first[i] * q[j] != first[j] * q[i]
                 for i, j in ((0, 1), (0, 2), (1, 2))):
            return MORE, 0
    # A concise tensor of three or more layers has a nonzero minor.
    return _zeros(first, p) if first else (MORE, 0)


def _zeros(q: Quadric, p: int) -> tuple[str, int]:
    if p == 2:
        count = sum(not (q[0] * x + q[1] * x * y + q[2] * y) % 2 for x, y in ((1, 0), (0, 1), (1, 1)))
        return (TWO if count == 2 else MORE), 0
    d = _discriminant(q, p)
    return (TWO, 0) if _is_square(d, p) else (IRRATIONAL, d)


def _slices(tensor: Tensor, k: int, size: int, p: int, meter: Meter) -> list[int]:
    """Up to three independent slices along layer k, the first ones."""
    parts: list[Tensor] = [{} for _ in range(size)]
    for index, value in tensor.items():
        parts[index[k]][(*index[:k], *index[k + 1:])] = value
    meter.spend(500 * len(tensor) + 300 * size, "slices of a tensor")
    labels = {at: i for i, at in enumerate(sorted({at for part in parts for at in part}))}
    span = Span(p, meter)
    chosen: list[int] = []
    for i, part in enumerate(parts):
        if part and len(chosen) < 3 and span.add({labels[at]: v for at, v in part.items()}):
            chosen.append(i)
    return chosen


def _minors(core: Tensor, depth: int, p: int, meter: Meter) -> Iterator[Quadric]:
    """The nonzero minors of the flattenings of xX + yY along layers 1, ..., depth - 1."""
    size = max(abs(v).bit_length() for v in core.values())
    price = 3000 + size * size // 1000
    for layer in range(1, depth):
        columns = []
        for rest in product((0, 1), repeat=depth - 2):
            before, after = rest[:layer - 1], rest[layer - 1:]
            columns.append([(core[(0, *before, bit, *after)], core[(1, *before, bit, *after)]) for bit in (0, 1)])
        for ((a, b), (c, d)), ((e, f), (g, h)) in combinations(columns, 2):
            meter.spend(price, "minors of a tensor")  # det [[ax + by, ex + fy], [cx + dy, gx + hy]]
            q = (a * g - c * e, a * h + b * g - c * f - d * e, b * h - d * f)
            if p:
                q = (q[0] % p, q[1] % p, q[2] % p)
            if any(q):
                yield q


def _discriminant(q: Quadric, p: int) -> int:
    d = q[1] * q[1] - 4 * q[0] * q[2]
    return d % p if p else d


def _is_square(d: int, p: int) -> bool:
    """Whether a nonzero integer is a square in QQ, or in GF(p) for odd p."""
    if p:
        return pow(d, (p - 1) // 2, p) == 1
    return d > 0 and isqrt(d) ** 2 == d

