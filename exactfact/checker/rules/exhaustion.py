"""Rule 4.5: `uniform` or `at-point` modulo scaling over GF(p), proved by all points.

Evidence: none. One vector of each line of GF(p)^S_k, its first nonzero entry 1, for every layer (model spec: those
that the model allows, which has all multiples of its points). phi is computed at all their combinations: uniform iff
no image is 0 and no two are proportional; at a point h*, phi(h*) must not be 0, and no image but that of the lines of
h* is proportional to it. Nothing follows for another field. Source: theory 4.5.
Cost: an elimination of the cells of A, one combination of S_K vectors for each point.
"""
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields
from ..numbers import Number
from .columns import columns
from .exact_span import Span
from .kernel_zero import require_nonzero
from .matrices import flatten

Vector = tuple[int, ...]


def check(claim: Claim, context: Context) -> None:
    """Accept iff the images of the points are as the claim needs."""
    fields(claim.evidence, "evidence", "")
    require(context.p > 0, "a spec over GF(p)", Text("QQ"))
    p, sizes = context.p, context.spec.parameters
    # There are at least p^(S_1 + ... + S_K - K) points.
    context.meter.spend(1000 << min(64, (sum(sizes) - len(sizes)) * (p.bit_length() - 1)),
                        "all points over GF(p)")
    total = prod((p**size - 1) // (p - 1) for size in sizes)
    context.meter.spend(1000 * total, "all points over GF(p)")
    vectors = _columns(context)
    rank = len(vectors[0])
    points = [_lines(k, size, claim.model == "spec", context) for k, size in enumerate(sizes)]
    _spend(vectors, points, context)
    if claim.property == "at-point":
        _check_point(vectors, points, context)
        return
    small = p <= 256
    context.meter.hold(prod(map(len, points)) * (1 + (rank // 8 if small else rank)), "all images over GF(p)")
    seen: set[Vector | bytes] = set()
    for g, image in _images(vectors, points, p):
        require(any(image), "phi(h) different from 0", [list(x) for x in g])
        line = _normal(image, p)
        key = bytes(line) if small else line
        require(key not in seen, "no two points with proportional images", [list(x) for x in g])
        seen.add(key)


def _check_point(vectors: list[Vector], points: list[list[Vector]], context: Context) -> None:
    h = context.point()
    require_nonzero(h, "h*")
    here = tuple(_normal(tuple(int(x) for x in vector), context.p) for vector in h)
    image = next(image for _, image in _images(vectors, [[x] for x in here], context.p))
    require(any(image), "phi(h*) different from 0", 0)
    target = _normal(image, context.p)
    for g, other in _images(vectors, points, context.p):
        if any(other) and g != here:
            require(_normal(other, context.p) != target, "phi(h*) at h* only", [list(x) for x in g])


def _columns(context: Context) -> list[Vector]:
    """The columns of A in lexicographic order, at cells that determine the others."""
    sizes, p, meter = context.spec.parameters, context.p, context.meter
    meter.hold(prod(sizes) * (1 + len(sizes) // 8), "columns")
    indices = list(product(*map(range, sizes)))
    rows: dict[int, dict[int, int]] = {}
    held = 0
    for i, (_, matrix) in enumerate(columns(context.reduced(p), indices, p, meter)):
        flat = flatten(matrix, context.chain.shape[1])
        held += len(flat)
        meter.hold(held, "columns")
        for cell, value in flat.items():
            rows.setdefault(cell, {})[i] = value
    span = Span(p, meter)
    kept = [row for _, row in sorted(rows.items()) if span.add(row)] or [{}]
    meter.hold(len(kept) * len(indices), "columns")
    return [tuple(row.get(i, 0) for row in kept) for i in range(len(indices))]


def _lines(k: int, size: int, in_model: bool, context: Context) -> list[Vector]:
    p = context.p
    context.meter.spend(1000 * (p**size - 1) // (p - 1), "lines of a layer")
    context.meter.hold(size * (p**size - 1) // (p - 1), "lines of a layer")
    found = [(0,) * lead + (1, *rest) for lead in range(size) for rest in product(range(p), repeat=size - 1 - lead)]
    models = [model for model in context.spec.models if model.layer == k] if in_model else []
    if not models:
        return found
    # A model looks at its own layer of a point only.
    return [x for x in found if all(model.allows([list[Number](x)] * (k + 1)) for model in models)]


def _spend(vectors: list[Vector], points: Sequence[Sequence[Vector]], context: Context) -> None:
    """The work of `_images`: at each layer a combination of vectors for every choice up to it."""
    step, choices, rank = len(vectors), 1, len(vectors[0])
    for size, lines in zip(context.spec.parameters, points, strict=True):
        choices *= len(lines)
        context.meter.spend(choices * (1000 + 100 * step * rank), "all points over GF(p)")
        step //= size
    context.meter.spend(choices * 50 * len(points), "all points over GF(p)")


def _images(vectors: list[Vector], points: Sequence[Sequence[Vector]],
            p: int) -> Iterator[tuple[tuple[Vector, ...], Vector]]:
    """(point, image): layer by layer, blocks of `vectors` are combined with the entries of a vector of the layer."""
    chosen: list[Vector] = []
    blocks, waiting = [vectors], [iter(points[0])]
    while waiting:
        x = next(waiting[-1], None)
        if x is None:
            waiting.pop()
            blocks.pop()
            continue
        depth = len(waiting)
        chosen[depth - 1:] = [x]
        block = _combined(blocks[-1], x, p)
        if depth == len(points):
            yield tuple(chosen), block[0]
        else:
            blocks.append(block)
            waiting.append(iter(points[depth]))


def _combined(vectors: list[Vector], x: Vector, p: int) -> list[Vector]:
    """The combinations of the equal parts of `vectors` with the coefficients x."""
    step = len(vectors) // len(x)
    used = [(v, j * step) for j, v in enumerate(x) if v]
    return [tuple([sum(terms) % p for terms in zip(*[
        [v * entry for entry in vectors[at + i]] for v, at in used], strict=True)]) for i in range(step)]


def _normal(vector: Vector, p: int) -> Vector:
    """The multiple with first nonzero entry 1."""
    lead = next(x for x in vector if x)
    if lead == 1:
        return vector
    inverse = pow(lead, -1, p)
    return tuple([x * inverse % p for x in vector])
