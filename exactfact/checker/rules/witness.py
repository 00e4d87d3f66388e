"""Rule 8.1: not identifiable (uniform, or at h*), by a pair of points.

Evidence: h and g over the spec's field. Verified exactly: phi(h) = phi(g); modulo scaling every layer of h is nonzero
and P(h) != P(g), that is not (g_k = lambda_k h_k for all k with product of the lambda_k 1), theory 1.1; modulo
path-scaling some path tensor differs. At a point h = h*; for model spec h and g lie in the model.
Source: theory 8.1, 1.1, 9.0, 10.2. Cost: two exact evaluations of phi.
"""
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ..chains import common_denominator
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields
from ..numbers import Number
from .group_algebra import evaluate
from .kernel_zero import require_nonzero
from .matrices import flatten, linear, multiply

Point = list[list[Number]]


def check(claim: Claim, context: Context) -> None:
    """Accept iff h has nonzero layers, phi(h) = phi(g) and P(h) != P(g)."""
    h, g = _pair(claim, context)
    require_nonzero(h, "h")
    _require_equal_images(h, g, context)
    require(not _same_tensor(h, g, context), "h and g that are not equivalent", Text("P(h) = P(g)"))


def check_paths(claim: Claim, context: Context) -> None:
    """Accept iff phi(h) = phi(g) and the tensors of some path differ."""
    h, g = _pair(claim, context)
    _require_equal_images(h, g, context)
    require(not _same_path_tensors(h, g, context), "a path on which h and g differ",
            Text("equal tensors on every path"))


def _pair(claim: Claim, context: Context) -> tuple[Point, Point]:
    f = fields(claim.evidence, "evidence", "h g")
    h, g = context.vectors(f["h"], "h"), context.vectors(f["g"], "g")
    if claim.property == "at-point":
        require(h == context.point(), "h = h*", Text("another point"))
    if claim.model == "spec":
        for name, x in (("h", h), ("g", g)):
            require(all(model.allows(x) for model in context.spec.models), f"{name} in the model",
                    Text(f"{name} outside it"))
    return h, g


def integers(h: Point, context: Context) -> tuple[int, list[list[int]]]:
    """(d, h') with h' integer vectors, each a multiple of its layer, d the product of the factors."""
    product, result = 1, []
    for vector in h:
        d = common_denominator({x.denominator for x in vector}, len(vector), context.meter)
        product *= d
        context.meter.spend(product.bit_length(), "exact points")
        result.append([int(x * d) for x in vector])
    return product, result


def image(h: Sequence[Sequence[int]], context: Context) -> dict[Any, Any]:
    """phi at an integer point, {cell or (leaf, position): value}; chains: times the product of the c_k."""
    p, meter = context.p, context.meter
    if context.spec.network:
        leaves = evaluate(context.network, h, p, meter)
        return {(leaf, x): c for leaf, poly in enumerate(leaves) for x, c in poly.items()}
    layers = context.chain.layers
    result = linear(layers[0].matrices, h[0], p, meter)
    for layer, x in zip(layers[1:], h[1:], strict=True):
        result = multiply(result, linear(layer.matrices, x, p, meter), p, meter)
    return flatten(result, layers[-1].cols)


def _require_equal_images(h: Point, g: Point, context: Context) -> None:
    (dh, ih), (dg, ig) = integers(h, context), integers(g, context)
    left, right = image(ih, context), image(ig, context)
    gaps = [left.get(at, 0) * dg - right.get(at, 0) * dh for at in left.keys() | right.keys()]
    differ = sum(bool(gap % context.p if context.p else gap) for gap in gaps)
    require(not differ, "phi(h) = phi(g)", Text(f"{differ} entries that differ"))


def _ratio(h: Sequence[Number], g: Sequence[Number], p: int) -> tuple[int, int] | None:
    """(a, b) with g = (a / b) h and b nonzero; None if there is none. h must not be zero."""
    lead = next(i for i, x in enumerate(h) if x)
    if p:
        factor = int(g[lead]) * pow(int(h[lead]), -1, p) % p
        return (factor, 1) if all((factor * x - y) % p == 0 for x, y in zip(h, g, strict=True)) else None
    quotient = Fraction(g[lead]) / Fraction(h[lead])
    if any(quotient * x != y for x, y in zip(h, g, strict=True)):
        return None
    return quotient.numerator, quotient.denominator


def _same_tensor(h: Point, g: Point, context: Context) -> bool:
    """P(h) = P(g), for h without a zero layer (theory 1.1)."""
    top = bottom = 1
    for x, y in zip(h, g, strict=True):
        ratio = _ratio(x, y, context.p)
        if ratio is None:
            return False
        top, bottom = top * ratio[0], bottom * ratio[1]
        context.meter.spend(top.bit_length() + bottom.bit_length(), "ratios")
    return (top - bottom) % context.p == 0 if context.p else top == bottom


def _same_path_tensors(h: Point, g: Point, context: Context) -> bool:
    """All path tensors agree: the same live edges, proportional there, ratios with product 1 on every path.

    An edge is live when it lies on a complete path of nonzero edges. The product of the ratios along the paths from
    the root to a node must be one number mu(node), with mu = 1 at the leaves (theory 9.0).
    """
    live = _live(h, context)
    if live != _live(g, context):
        return False
    p, network = context.p, context.network
    potential: dict[str, Fraction | int] = {network.root: 1}
    for edge in network.edges_by_level:
        if edge.name not in live:
            continue
        span = slice(edge.offset, edge.offset + len(edge.taps))
        ratio = _ratio(h[edge.level][span], g[edge.level][span], p)
        if ratio is None:
            return False
        before = potential[edge.target]
        size = before.numerator.bit_length() + before.denominator.bit_length()
        context.meter.spend(size * sum(map(int.bit_length, ratio)) // 400, "ratios")  # products in lowest terms
        value = before * (ratio[0] if p else Fraction(*ratio))
        value = int(value % p) if p else value
        if potential.setdefault(edge.source, value) != value:
            return False
    return all(potential.get(leaf, 1) == 1 for leaf in network.leaves)


def _live(h: Point, context: Context) -> set[str]:
    """Names of the edges on complete paths of nonzero edges."""
    network = context.network
    nonzero = [e for e in network.edges_by_level if any(h[e.level][e.offset:e.offset + len(e.taps)])]
    down, up = {network.root}, set(network.leaves)
    for edge in nonzero:
        if edge.target in down:
            down.add(edge.source)
    for edge in reversed(nonzero):
        if edge.source in up:
            up.add(edge.target)
    return {edge.name for edge in nonzero if edge.target in down and edge.source in up}
