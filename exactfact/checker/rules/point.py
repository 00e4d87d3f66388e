"""Rule 6.1b: the rank of the Jacobian of phi at the given point h*.

Lower bound: the rank mod p at h* is >= value (p a proved prime, operators and h* p-integral). Upper bound: independent
vectors x with J_{h*} x = 0, verified exactly; value >= sum S_k - their number. Source: theory 6.1. Cost: as 6.1, or
one exact evaluation of phi and its derivative for each vector.
"""
from collections.abc import Sequence

from ..chains import common_denominator
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing
from ..numbers import Number
from .exact_span import Span
from .group_algebra import Polynomial, clean, step
from .jacobian import reduced_point, require_rank
from .jacobian_rows import directional

Point = list[list[Number]]


def check(claim: Claim, context: Context) -> None:
    """Accept iff the rank mod p is large enough (lower), or the kernel is (upper)."""
    h = context.point()
    if claim.side == "lower":
        p = context.prime(fields(claim.evidence, "evidence", "prime")["prime"])
        require_rank(reduced_point(h, "h*", p), p, int(claim.value), context)
        return
    kernel = listing(fields(claim.evidence, "evidence", "kernel")["kernel"], "kernel")
    span = Span(context.p, context.meter)
    for i, entry in enumerate(kernel):
        x = context.vectors(entry, f"kernel[{i}]")
        context.meter.spend(1000 * sum(map(len, x)), "kernel vectors")
        flat: list[Number] = [v for vector in x for v in vector]
        d = common_denominator({v.denominator for v in flat}, len(flat), context.meter)
        require(span.add({j: int(v * d) for j, v in enumerate(flat) if v}), "independent vectors",
                Text(f"kernel[{i}] depends on the ones before"))
        require(not _derivative(h, x, context), f"J kernel[{i}] = 0", Text("another vector"))
    bound = sum(context.spec.parameters) - len(kernel)
    require(bound <= claim.value, f"a value >= {bound}", claim.value)


def _derivative(h: Point, x: Point, context: Context) -> bool:
    """True iff J_h x is not zero. Layer k of h and of x are scaled alike, which only scales J_h x."""
    ih, ix = [], []
    for a, b in zip(h, x, strict=True):
        d = common_denominator({v.denominator for v in a + b}, 2 * len(a), context.meter)
        ih.append([int(v * d) for v in a])
        ix.append([int(v * d) for v in b])
    if context.spec.network:
        return _network_derivative(ih, ix, context)
    layers = [layer.matrices for layer in context.chain.layers]
    return bool(directional(layers, ih, ix, context.p, context.meter))


def _network_derivative(h: Sequence[Sequence[int]], x: Sequence[Sequence[int]], context: Context) -> bool:
    network, p, meter = context.network, context.p, context.meter
    values: dict[str, Polynomial] = {network.root: {(0,) * len(network.moduli): 1}}
    slopes: dict[str, Polynomial] = {network.root: {}}
    for k in range(len(network.levels)):
        moved, turned = step(network, slopes, h, k, p, meter), step(network, values, x, k, p, meter)
        for node, poly in turned.items():
            into = moved[node]
            for at, c in poly.items():
                into[at] = into.get(at, 0) + c
            moved[node] = clean(into, p)
        values, slopes = step(network, values, h, k, p, meter), moved
    return any(slopes.values())
