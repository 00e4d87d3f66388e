"""Rule 7.5r: at-point decided by competitors of h* whose entries are algebraic numbers, field by field.

A family is a squarefree polynomial f over ZZ and, for each layer k, polynomials N_{k,i}, those of the pivots j_k being
scales[k] f'. For every complex root t of f, g = (N_{k,i}(t)) is a point with nonzero pivots, as f'(t) is not zero.
Verified: f divides y0 phi_c(N) - y_c phi_0(N) for every cell c, where y = phi(h*) and y0 != 0 is its entry at the first
such cell, and f is prime to phi_0(N): so phi(g) is a nonzero multiple of y, and g with its first layer rescaled is a
competitor. It is defined over the field of t. Moreover u(g) = sum of weights[k][i] g_{k,i} / g_{k,j_k}, which is the
same for equivalent points, is t: f divides what this says of the N. So different roots, of different families too
(these are prime to each other), give inequivalent points; none of them is equivalent to h*, as a pivot of h* is zero
or f does not vanish at u(h*).
refuted over CC: a family. Over RR: one with a real root (Sturm).
proved: H(d) <= c at h* mod p (rule 7.3), c - 1 the number of all roots, and c <= d or H_0(d+1) = 0 (rule 7.4). Ranks
mod p are at most those over QQ, so at most c rank-one tensors T, up to factors, have A T proportional to y over CC (see
`require_classes`); hence at most c classes, those of h* and of the roots are all, and u of a class of another real
(rational) point is a real (rational) root. Over RR: no f has a real root. Over QQ: f has no root mod a prime that does
not divide its leading coefficient.
Hypotheses: spec over QQ, no layer of h* is zero, phi(h*) is not zero. "Prime to" is shown modulo `prime`, which does
not divide the leading coefficient of f. Source: theory 7.5, 7.3(b), 0.3.
Cost: phi in polynomials of degree K deg f, one division by f for each cell, Sturm's sequences, one rank for `proved`.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, prod
from typing import Any

from ..claims import Claim, Context
from ..errors import Meter, Text, require
from ..families import fields, listing, whole
from ..numbers import Number, integer, number
from .fibre_length import require_classes
from .jacobian import reduced_point
from .kernel_zero import require_nonzero
from .polynomial_matrices import aligned, product_of
from .polynomials import Poly, common, divides, size, sturm, times, trimmed
from .witness import image, integers

ROOT_PRIME = 100_000
WEIGHT = 1 << 53


@dataclass(frozen=True)
class Family:
    """A squarefree f over ZZ, N_{k,i} by layers over ZZ, and scales[k]: N of the pivot of layer k is scales[k] f'."""

    f: Poly
    numerators: list[list[Poly]]
    scales: list[int]


@dataclass(frozen=True)
class Frame:
    """What the families of a claim share: the prime, the pivots and the weights of u."""

    p: int
    pivots: list[int]
    weights: list[list[int]]


def check_refuted(claim: Claim, context: Context) -> None:
    """Accept iff the family gives a competitor over the field."""
    f = fields(claim.evidence, "evidence", "prime pivots weights families")
    families = _families(f, context)
    require(len(families) == 1, "one family", len(families))
    if claim.over == "RR":
        require(sturm(families[0].f, context.meter)[0] > 0, "a polynomial with a real root", Text("none"))


def check_proved(claim: Claim, context: Context) -> None:
    """Accept iff h* and the families are all classes over CC, and the families none over the field."""
    over_qq = claim.over == "QQ"
    f = fields(claim.evidence, "evidence", "prime pivots weights families degree" + " rootless" * over_qq)
    families = _families(f, context)
    p = context.prime(f["prime"])
    h = reduced_point(context.point(), "h*", p)
    require_classes(h, f["degree"], 1 + sum(len(family.f) - 1 for family in families), p, context)
    if not over_qq:
        for i, family in enumerate(families):
            require(sturm(family.f, context.meter)[0] == 0, f"families[{i}]: no real root", Text("a real root"))
        return
    for i, (family, q) in enumerate(zip(families, listing(f["rootless"], "rootless", len(families)), strict=True)):
        _require_rootless(family.f, context.prime(q, f"rootless[{i}]"), f"families[{i}]", context.meter)


def _require_rootless(f: Poly, q: int, where: str, meter: Meter) -> None:
    require(q < ROOT_PRIME and f[-1] % q != 0, f"{where}: a prime < {ROOT_PRIME}, not of the leading coefficient", q)
    meter.spend(200 * q * len(f), "roots mod a prime")
    small = [c % q for c in reversed(f)]
    for x in range(q):
        value = 0
        for c in small:
            value = (value * x + c) % q
        require(value != 0, f"{where}: no root mod {q}", x)


def _families(f: dict[str, Any], context: Context) -> list[Family]:
    """The families, all that does not depend on the field verified."""
    require(context.p == 0, "a spec over QQ", Text(f"GF({context.p})"))
    h, sizes, meter = context.point(), context.spec.parameters, context.meter
    require_nonzero(h, "h*")
    pivots = [whole(j, f"pivots[{k}]", 0, size)
              for k, (j, size) in enumerate(zip(listing(f["pivots"], "pivots", len(sizes)), sizes, strict=True))]
    weights = [[whole(w, f"weights[{k}]", 1 - WEIGHT, WEIGHT) for w in listing(row, f"weights[{k}]", size)]
               for k, (row, size) in enumerate(zip(listing(f["weights"], "weights", len(sizes)), sizes, strict=True))]
    frame = Frame(context.prime(f["prime"]), pivots, weights)
    target = image(integers(h, context)[1], context)
    require(any(target.values()), "phi(h*) not zero", Text("zero"))
    result, together = [], [1]
    for i, document in enumerate(listing(f["families"], "families")):
        family = _read(document, f"families[{i}]", frame, context)
        _require_competitors(family, target, frame.p, f"families[{i}]", context)
        _require_apart(family, frame, h, f"families[{i}]", meter)
        together = times(together, family.f, frame.p, meter)
        result.append(family)
    slope = trimmed([i * c for i, c in enumerate(together)][1:], frame.p)
    require(bool(result) and len(common(together, slope, frame.p, meter)) == 1,
            f"at least one family, all roots different mod {frame.p}", Text("none, or a common root"))
    return result


def _read(document: Any, where: str, frame: Frame, context: Context) -> Family:
    g = fields(document, where, "polynomial numerators scales")
    sizes, meter = context.spec.parameters, context.meter
    f = _polynomial(g["polynomial"], f"{where}, polynomial", meter)
    require(len(f) >= 2 and gcd(*f) == 1, f"{where}: a primitive polynomial of degree >= 1", g["polynomial"])
    require(f[-1] % frame.p != 0, f"{where}: a leading coefficient prime to {frame.p}", f[-1])
    rows = listing(g["numerators"], f"{where}, numerators", len(sizes))
    numerators = [[_polynomial(x, f"{where}, numerators[{k}]", meter) for x in
                   listing(row, f"{where}, numerators[{k}]", size)]
                  for k, (row, size) in enumerate(zip(rows, sizes, strict=True))]
    scales = [_integer(e, f"{where}, scales", 1) for e in listing(g["scales"], f"{where}, scales", len(sizes))]
    slope = [i * c for i, c in enumerate(f)][1:]
    for k, (j, e) in enumerate(zip(frame.pivots, scales, strict=True)):
        require(numerators[k][j] == [e * c for c in slope], f"{where}: scales[{k}] f' at the pivot of layer {k}",
                Text("another polynomial"))
    return Family(f, numerators, scales)


def _polynomial(value: Any, where: str, meter: Meter) -> Poly:
    f = [_integer(c, where) for c in listing(value, where)]
    meter.spend(sum(100 + c.bit_length() for c in f), "coefficients")
    return trimmed(f)


def _integer(value: Any, where: str, low: int | None = None) -> int:
    """An integer of at most as many characters as a number may have."""
    number(value, where)
    return integer(value, where, low)


def _require_competitors(family: Family, target: dict[Any, Any], p: int, where: str, context: Context) -> None:
    """phi(N) is proportional to y modulo f, and prime to f where y is not zero."""
    meter = context.meter
    value = product_of(context.chain.layers, family.numerators, meter)
    cols = context.chain.shape[1]
    cells = {r * cols + c: poly for r, row in value.items() for c, poly in row.items()}
    base = min(cell for cell, y in target.items() if y)
    first, y0 = cells.get(base, []), target[base]
    require(len(common(trimmed(family.f, p), trimmed(first, p), p, meter)) == 1,
            f"{where}: a product prime to f where phi(h*) is not zero", Text(f"a common root mod {p}"))
    for cell in sorted({*cells, *target}):
        poly, y = cells.get(cell, []), target.get(cell, 0)
        bits = size(poly) + size(first) + y.bit_length()
        meter.spend(100 * (len(poly) + len(first)) * (1 + bits // 64), "products with phi(h*)")
        left = trimmed([y0 * a - y * b for a, b in aligned(poly, first)])
        require(divides(family.f, left, meter), f"{where}: a product proportional to phi(h*) modulo f",
                Text(f"another one at cell {cell}"))


def _require_apart(family: Family, frame: Frame, h: Sequence[Sequence[Number]], where: str, meter: Meter) -> None:
    """u is t on the family, and not a root at h*."""
    whole_scale = prod(family.scales)
    meter.spend(200 * sum(map(len, frame.weights)) * (1 + whole_scale.bit_length() // 64) ** 2, "weights")
    total = times([0, -whole_scale], [i * c for i, c in enumerate(family.f)][1:], 0, meter)
    for weights, polys, scale in zip(frame.weights, family.numerators, family.scales, strict=True):
        for w, poly in zip(weights, polys, strict=True):
            if w:
                term = times([w * (whole_scale // scale)], poly, 0, meter)
                meter.spend(100 * (len(total) + len(term)) * (1 + (size(total) + size(term)) // 64), "weights")
                total = trimmed([a + b for a, b in aligned(total, term)])
    require(divides(family.f, total, meter), f"{where}: the weighted sum is the root", Text("another number"))
    if any(not vector[j] for vector, j in zip(h, frame.pivots, strict=True)):
        return
    longest = len(h) * max(max(x.numerator.bit_length(), x.denominator.bit_length()) for vector in h for x in vector)
    meter.spend(500 * sum(map(len, h)) * (1 + longest // 64) ** 2, "the weighted sum at h*")
    u = sum((w * Fraction(x) / vector[j] for weights, vector, j in zip(frame.weights, h, frame.pivots, strict=True)
             for w, x in zip(weights, vector, strict=True)), Fraction(0))
    bits = max(u.numerator.bit_length(), u.denominator.bit_length())
    meter.spend(100 * len(family.f) * (1 + (len(family.f) * bits + size(family.f)) // 64) ** 2, "f at h*")
    value = Fraction(0)
    for c in reversed(family.f):
        value = value * u + c
    require(value != 0, f"{where}: points that are not equivalent to h*", Text("f vanishes at h*"))
