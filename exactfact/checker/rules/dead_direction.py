"""Rule 8.2b: a dead direction x of layer k, M_1(.) ... M_k(x) ... M_K(.) = 0 identically.

Verdict: generic and generic-finite identifiability modulo scaling are refuted over every infinite field (x nonzero:
h_k -> h_k + t x). Bound: with d_k independent dead directions in layer k, phi factors through spaces of dimension
S_k - d_k, so the generic Jacobian rank is <= sum (S_k - d_k) - (K - 1), or 0 when some d_k = S_k.
Verified: first that M_k(x) has no entry that a path of nonzero entries reaches; else that w M_k(x) v = 0 for all w in
a basis of W_k (rows of all prefixes) and v in one of R_k (columns of all suffixes), by exact elimination. Networks:
the edges between each two nodes cancel. Source: theory 8.2b. Cost: the spans of the layers.
"""
from typing import Any

from ..chains import Layer, Matrix, common_denominator
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing, whole
from ..numbers import Number, number
from .exact_span import Span
from .group_algebra import Polynomial
from .matrices import identity, linear, multiply, rows_of, transpose

Direction = tuple[int, list[int]]


def check(claim: Claim, context: Context) -> None:
    """Accept iff x is a nonzero dead direction of the layer."""
    f = fields(claim.evidence, "evidence", "layer x")
    direction = _direction([f["layer"], f["x"]], context, "evidence")
    require(any(direction[1]), "x different from 0", Text("the zero vector"))
    require_dead([direction], context)


def check_bound(claim: Claim, context: Context) -> None:
    """Accept iff the directions are dead, independent in each layer, and leave at most `value` dimensions."""
    f = fields(claim.evidence, "evidence", "bound dead")
    require(f["bound"] == "live", 'bound "live"', f["bound"])
    directions = [_direction(x, context, f"dead[{i}]") for i, x in enumerate(listing(f["dead"], "dead"))]
    spans: dict[int, Span] = {}
    for k, x in directions:
        new = spans.setdefault(k, Span(context.p, context.meter)).add({j: v for j, v in enumerate(x) if v})
        require(new, "independent directions in each layer", Text(f"a dependent one in layer {k}"))
    require_dead(directions, context)
    left = [size - (len(spans[k].rows) if k in spans else 0) for k, size in enumerate(context.spec.parameters)]
    bound = sum(left) - (len(left) - 1) if all(left) else 0
    require(bound <= claim.value, f"a value >= {bound}", claim.value)


def _direction(value: Any, context: Context, where: str) -> Direction:
    k, x = listing(value, where, 2)
    sizes = context.spec.parameters
    whole(k, f"{where}, layer", 0, len(sizes))
    given: list[Number] = [number(v, f"{where}, x", context.p) for v in listing(x, f"{where}, x", sizes[k])]
    d = common_denominator({v.denominator for v in given}, len(given), context.meter)
    return k, [int(v * d) for v in given]


def require_dead(directions: list[Direction], context: Context) -> None:
    """Reject unless phi does not depend on x in layer k, for every direction (k, x), x over the spec's field.

    Supports decide most at once; else prefixes M(x) suffixes = 0 on spanning sets of the products around the layer.
    """
    if context.spec.network:
        for k, x in directions:
            _require_cancels(k, x, context)
        return
    layers, p, meter = context.chain.layers, context.p, context.meter
    images = [(k, linear(layers[k].matrices, x, p, meter)) for k, x in directions]
    forward, backward = reachable(layers, context)
    doubtful = [(k, image) for k, image in images
                if any(r in forward[k] and any(c in backward[k] for c in row) for r, row in image.items())]
    if not doubtful:
        return
    prefixes = _prefixes(layers[:max(k for k, _ in doubtful)], rows_of(layers[0].matrices), context)
    last = min(k for k, _ in doubtful)
    turned = [Layer(x.cols, x.rows, 1, tuple(map(transpose, x.matrices))) for x in reversed(layers[last + 1:])]
    ends = rows_of(map(transpose, layers[-1].matrices))
    suffixes = _prefixes(turned, ends, context)
    for k, image in doubtful:
        product = multiply(multiply(prefixes[k], image, p, meter), transpose(suffixes[len(layers) - 1 - k]), p, meter)
        require(not product, f"a dead direction of layer {k}", Text("a product that is not zero"))


def reachable(layers: tuple[Layer, ...], context: Context) -> tuple[list[set[int]], list[set[int]]]:
    """For each layer: rows that prefixes reach, columns that suffixes reach, by the supports alone."""
    context.meter.spend(200 * sum(len(row) for x in layers for m in x.matrices for row in m.values()), "supports")
    forward = [set(rows_of(layers[0].matrices))]
    for layer in layers[:-1]:
        forward.append({c for m in layer.matrices for r, row in m.items() if r in forward[-1] for c in row})
    backward = [{c for m in layers[-1].matrices for row in m.values() for c in row}]
    for layer in reversed(layers[1:]):
        seen = backward[-1]
        backward.append({r for m in layer.matrices for r, row in m.items() if not seen.isdisjoint(row)})
    return forward, backward[::-1]


def _prefixes(layers: Any, start: list[int], context: Context) -> list[Matrix]:
    """Bases, as rows of matrices, of the spans of the rows of all products of 0, 1, ... of the layers."""
    result = [identity(start)]
    for layer in layers:
        span = Span(context.p, context.meter)
        for matrix in layer.matrices:
            for row in multiply(result[-1], matrix, context.p, context.meter).values():
                span.add(row)
        result.append(dict(enumerate(span.rows.values())))
    return result


def _require_cancels(k: int, x: list[int], context: Context) -> None:
    """Translations are invertible: x is dead iff the edges of each (source, target) add up to zero."""
    between: dict[tuple[str, str], Polynomial] = {}
    for edge in context.network.levels[k]:
        into = between.setdefault((edge.source, edge.target), {})
        for i, tap in enumerate(edge.taps):
            into[tap] = into.get(tap, 0) + x[edge.offset + i]
    alive = [v for poly in between.values() for v in poly.values() if (v % context.p if context.p else v)]
    require(not alive, f"a dead direction of level {k}", Text("taps that do not cancel"))
