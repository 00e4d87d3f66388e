"""The distance d_p between classes of parameters, for p in [1, infinity].

Every class of points without zero layer has representatives whose layers all have one largest absolute value,
||P(h)||_inf^(1/K); two of them differ by signs, an even number of them.  d_p is the least l^p distance between
representatives (theory 11).  The best signs are found layer by layer: take the nearer of h_k - g_k and h_k + g_k, and
if that needs an odd number of sign changes, switch the layer where it costs least.
Cost: linear in the number of parameters.  Exact where the scales are rational; balls (arb) otherwise, with as many
bits as the wanted width needs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from exactfact.model import SpecError
from exactfact.model.numbers import Number

from .rounding import Enclosure, enclosed, root

Point = Sequence[Sequence[Number]]
Norm = int | Fraction | float
FIRST_BITS, MOST_BITS, RELATIVE_BITS = 128, 2048, 60


def tensor_norm(h: Point) -> Fraction:
    """||P(h)||_inf, exactly: the product of the layers' largest absolute values."""
    return math.prod((layer_norm(vector) for vector in h), start=Fraction(1))


def layer_norm(vector: Sequence[Number]) -> Fraction:
    """The largest absolute value of a vector that is not empty."""
    return max(abs(Fraction(value)) for value in vector)


def distance(h: Point, g: Point, p: Norm = math.inf) -> Enclosure:
    """d_p([h], [g]) for two points without zero layer.  SpecError for p < 1, other shapes, or a zero layer."""
    _check(h, g, p)
    if _same_class(h, g):
        return enclosed(0)
    depth = len(h)
    scales = root(tensor_norm(h), depth), root(tensor_norm(g), depth)
    exact_power = p == math.inf or int(p) == p
    if exact_power and scales[0].exact is not None and scales[1].exact is not None:
        return _combine(_exact_parts(h, g, scales[0].lower, scales[1].lower, p), p)
    found, bits = enclosed(0), FIRST_BITS
    while bits <= MOST_BITS:
        found = _combine(_ball_parts(h, g, p, bits), p)
        if (found.upper - found.lower) * 2**RELATIVE_BITS <= found.upper:
            break
        bits *= 2
    return found


def _check(h: Point, g: Point, p: Norm) -> None:
    if not p >= 1:
        raise SpecError("p", "a number >= 1, or infinity", repr(p))
    if [len(vector) for vector in h] != [len(vector) for vector in g] or not h:
        raise SpecError("points", "two points with the same numbers of parameters", "different ones")
    for name, point in (("h", h), ("g", g)):
        for k, vector in enumerate(point):
            if not any(vector):
                raise SpecError(f"{name}[{k}]", "a layer that is not zero", "zeros only")


def _same_class(h: Point, g: Point) -> bool:
    """P(h) = P(g): proportional layers, the product of the factors 1 (theory 1.1)."""
    factor = Fraction(1)
    for x, y in zip(h, g, strict=True):
        lead = next(j for j, value in enumerate(x) if value)
        ratio = Fraction(y[lead]) / Fraction(x[lead])
        if any(ratio * a != b for a, b in zip(x, y, strict=True)):
            return False
        factor *= ratio
    return factor == 1


Parts = list[tuple[Enclosure, Enclosure]]  # for each layer the p-th powers of ||h_k - g_k||_p and ||h_k + g_k||_p


def _exact_parts(h: Point, g: Point, scale_h: Fraction, scale_g: Fraction, p: Norm) -> Parts:
    parts = []
    for x, y in zip(h, g, strict=True):
        a, b = scale_h / layer_norm(x), scale_g / layer_norm(y)
        pair = [(a * u, b * v) for u, v in zip(x, y, strict=True)]
        parts.append(
            (enclosed(_power_sum([abs(u - v) for u, v in pair], p)),
             enclosed(_power_sum([abs(u + v) for u, v in pair], p)))
        )  # fmt: skip
    return parts


def _power_sum(values: list[Fraction], p: Norm) -> Fraction:
    return max(values) if p == math.inf else sum((value ** int(p) for value in values), Fraction(0))


def _ball_parts(h: Point, g: Point, p: Norm, bits: int) -> Parts:
    with _precision(bits):
        depth = len(h)
        scales = [_ball(tensor_norm(point)).root(depth) for point in (h, g)]
        parts = []
        for x, y in zip(h, g, strict=True):
            top, bottom = layer_norm(x), layer_norm(y)
            pair = [
                (_ball(Fraction(u) / top) * scales[0], _ball(Fraction(v) / bottom) * scales[1])
                for u, v in zip(x, y, strict=True)
            ]
            parts.append((_ball_sum([abs(u - v) for u, v in pair], p), _ball_sum([abs(u + v) for u, v in pair], p)))
        return parts


def _ball_sum(values: list[Any], p: Norm) -> Enclosure:
    if p == math.inf:
        total = values[0]
        for value in values[1:]:
            total = total.max(value)
    else:
        total = sum((_ball_power(value, p) for value in values), arb(0))
    return Enclosure(max(Fraction(0), _fraction(total.lower())), _fraction(total.upper()))


def _ball_power(value: Any, p: Norm) -> Any:
    """|x|^p; a ball that touches 0 is taken between 0 and its upper end."""
    if int(p) == p:
        return math.prod([value] * int(p), start=arb(1))
    power = _ball(Fraction(p))
    if value.lower() > 0:
        return value**power
    upper = value.upper()
    return arb(0).union(upper**power) if upper > 0 else arb(0)


def _combine(parts: Parts, p: Norm) -> Enclosure:
    """The best signs.  The least total grows with every part, so that its two ends come from the ends of the parts."""
    total = _largest if p == math.inf else _sum
    lower = total([(a.lower, b.lower) for a, b in parts])
    upper = total([(a.upper, b.upper) for a, b in parts])
    if p in (1, math.inf):
        return Enclosure(lower, upper)
    return Enclosure(_root_of(lower, p).lower, _root_of(upper, p).upper)


def _sum(parts: list[tuple[Fraction, Fraction]]) -> Fraction:
    least = sum((min(a, b) for a, b in parts), Fraction(0))
    changes = sum(b < a for a, b in parts)
    return least + (min(abs(a - b) for a, b in parts) if changes % 2 else 0)


def _largest(parts: list[tuple[Fraction, Fraction]]) -> Fraction:
    least = [min(a, b) for a, b in parts]
    if not sum(b < a for a, b in parts) % 2:
        return max(least)
    first = max(range(len(parts)), key=lambda k: least[k])
    second = max((value for k, value in enumerate(least) if k != first), default=Fraction(0))
    return min(max(*pair, second if k == first else least[first]) for k, pair in enumerate(parts))


def _root_of(value: Fraction, p: Norm) -> Enclosure:
    if int(p) == p:
        return root(value, int(p))
    with _precision(MOST_BITS // 8):
        if value == 0:
            return enclosed(0)
        found = _ball(value) ** (1 / _ball(Fraction(p)))
        return Enclosure(_fraction(found.lower()), _fraction(found.upper()))


def _ball(value: Number) -> Any:
    value = Fraction(value)
    return arb(fmpq(value.numerator, value.denominator))


def _fraction(end: Any) -> Fraction:
    """The exact value of an end of a ball."""
    mantissa, exponent = end.man_exp()
    return int(mantissa) * Fraction(2) ** int(exponent)


@contextmanager
def _precision(bits: int) -> Iterator[None]:
    """arb at so many bits; it keeps its precision in a global variable."""
    before, ctx.prec = ctx.prec, bits
    try:
        yield
    finally:
        ctx.prec = before


