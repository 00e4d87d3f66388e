"""Rule 10.5p, its part on factors: a Laurent polynomial over ZZ is irreducible over QQ, RR or CC.

A segment (shifts on a line, direction v) is f(x^v) with f of degree n in one variable: over CC iff n = 1; over RR iff
n = 2 and its discriminant is negative; over QQ by {"prime": p, "factors": [...]}: p does not divide the leading
coefficient c, f = c * the product of the monic factors mod p, which are different and irreducible mod p, and either
there is one factor, or p > 2 |c| 2^n ||f||_2 and no proper part of the factors, times c, its coefficients taken between
-p/2 and p/2, is a multiple of a divisor of f: a divisor g gives (c / lc(g)) g, with coefficients below that bound.
Others by {"prime": p, "axis": i, "values": [...], "point": [...] or null}: no coefficient vanishes mod p. On the line
x_j = values[j], j != i, f is irreducible mod p and as long as in x_i: so a proper divisor u does not contain x_i, and
divides every coefficient of f in x_i. On the line along any other axis the coefficients that stay as long there have no
common factor mod p, so u is a monomial: f is irreducible, over QQ and mod p. If moreover f has a zero mod p, with all
coordinates nonzero, at which some partial derivative does not vanish, f is irreducible over CC: conjugate factors mod p
would meet there; and factors over CC reduce to factors mod p with the same Newton polytopes, none being lost.
Source: theory 10.5(c). Cost: powers of x modulo polynomials mod p; products of parts of the factors.
"""
from itertools import combinations
from typing import Any

from ..claims import Context
from ..errors import Meter, Text, require
from ..families import fields, listing, whole
from ..network import Position
from ..numbers import integer
from ..primality import require_prime
from .convolution_count import line
from .polynomials import Poly, common, divides, irreducible_mod, primitive, size, times, trimmed

Laurent = dict[Position, int]
PARTS = 14  # the largest number of factors mod p whose parts are tried


def irreducible_over(f: Laurent, proof: Any, context: Context) -> str:
    """The largest of QQ, RR, CC over which f, with two terms or more, is shown to be irreducible."""
    segment = line(sorted(f))
    if segment is None:
        return _by_lines(f, proof, context)
    places = segment[1]
    low, top = min(places), max(places)
    context.meter.hold(top - low, "coefficients of a factor")
    coefficients = [0] * (top - low + 1)
    for n, at in zip(places, sorted(f), strict=True):
        coefficients[n - low] = f[at]
    if len(coefficients) == 2:
        return "CC"
    if len(coefficients) == 3:
        c, b, a = coefficients
        if b * b < 4 * a * c:
            return "RR"
    _require_irreducible(coefficients, proof, context)
    return "QQ"


def _require_irreducible(f: Poly, proof: Any, context: Context) -> None:
    e, meter, n, lead = fields(proof, "proof", "prime factors"), context.meter, len(f) - 1, f[-1]
    p = _prime(e["prime"])
    require(lead % p != 0, "a prime that does not divide the leading coefficient", p)
    factors = [[integer(c, "factors", 0, p) for c in listing(g, "factors")] for g in listing(e["factors"], "factors")]
    require(0 < len(factors) <= n and all(len(g) > 1 and g[-1] == 1 for g in factors), "monic factors mod p",
            Text("other factors"))
    product = [lead % p]
    for g in factors:
        product = times(product, g, p, meter)
    require(product == trimmed(f, p), "factors with the product f mod p", Text("another product"))
    require(all(a != b for a, b in combinations(factors, 2)), "different factors mod p", Text("a factor twice"))
    require(all(irreducible_mod(g, p, meter) for g in factors), "irreducible factors mod p", Text("a reducible one"))
    if len(factors) == 1:
        return
    require(len(factors) <= PARTS, f"at most {PARTS} factors mod p", len(factors))
    norm = sum(c * c for c in f)
    require(p * p > 4 * lead * lead * 4 ** n * norm, "a prime above the bound on coefficients", p)
    for count in range(len(factors) - 1):
        for part in combinations(factors[1:], count):
            g = [lead % p]
            for factor in (factors[0], *part):
                g = times(g, factor, p, meter)
            g = primitive([c if 2 * c < p else c - p for c in g])
            meter.spend(1000 + size(g) * n, "parts of the factors")
            require(not divides(g, f, meter), "a polynomial without divisors", Text(f"one of degree {len(g) - 1}"))


def _by_lines(f: Laurent, proof: Any, context: Context) -> str:
    e, meter, axes = fields(proof, "proof", "prime axis values point"), context.meter, len(next(iter(f)))
    p = _prime(e["prime"])
    axis = whole(e["axis"], "axis", 0, axes)
    values = [integer(x, "values", 1, p) for x in listing(e["values"], "values", axes)]
    require(all(c % p for c in f.values()), "coefficients that do not vanish mod p", p)
    on_line = _restricted(f, axis, values, p, meter)
    require(on_line is not None and len(on_line) > 1 and irreducible_mod(on_line, p, meter),
            f"a polynomial that stays irreducible and as long along axis {axis}", Text("another"))
    coefficients: dict[int, Laurent] = {}
    for at, c in f.items():
        coefficients.setdefault(at[axis], {})[at] = c
    for other in range(axes):
        divisor: Poly = []
        for part in coefficients.values() if other != axis else ():
            restricted = _restricted(part, other, values, p, meter)
            if restricted is not None:
                divisor = common(divisor, restricted, p, meter)
        require(other == axis or len(divisor) == 1, f"coefficients without a common factor along axis {other}",
                Text("a common factor"))
    if e["point"] is None:
        return "QQ"
    point = [integer(x, "point", 1, p) for x in listing(e["point"], "point", axes)]
    slopes = [sum(at[i] * value for at, value in _terms(f, point, p, meter)) % p for i in range(axes)]
    require(sum(value for _, value in _terms(f, point, p, meter)) % p == 0 and any(slopes), "a simple zero mod p",
            Text("another point"))
    return "CC"


def _restricted(f: Laurent, axis: int, values: list[int], p: int, meter: Meter) -> Poly | None:
    """f on the line along the axis, from its lowest power on; None when it loses its first or last power mod p."""
    low, top = min(at[axis] for at in f), max(at[axis] for at in f)
    meter.hold(top - low, "a restriction to a line")
    result = [0] * (top - low + 1)
    point = [1 if i == axis else x for i, x in enumerate(values)]
    for at, value in _terms(f, point, p, meter):
        result[at[axis] - low] += value
    result = [c % p for c in result]
    return result if result[0] and result[-1] else None


def _terms(f: Laurent, point: list[int], p: int, meter: Meter) -> list[tuple[Position, int]]:
    """(exponents, value mod p of the term) for each term, at a point without zeros."""
    meter.spend(len(f) * len(point) * (1000 + p.bit_length() * 70), "values of a polynomial")
    result = []
    for at, c in f.items():
        value = c % p
        for x, n in zip(point, at, strict=True):
            value = value * pow(x, n, p) % p
        result.append((at, value))
    return result


def _prime(value: Any) -> int:
    p = integer(value, "prime", 2)
    require_prime(p, "prime")
    return p
