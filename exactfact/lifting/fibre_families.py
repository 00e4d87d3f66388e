"""Points of a fibre, given approximately, as values of polynomials at the roots of irreducible polynomials over QQ.

A set of points that the automorphisms of the complex numbers permute has a description by a separating number u: the
values of u are the roots of a polynomial over QQ, and every coordinate times its derivative is a polynomial in u.
Refined by Newton steps in arb's balls, recognised as rational numbers, and verified exactly: phi(g) = s phi(h)
modulo the polynomial, s not zero there.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from flint import acb, acb_poly, ctx, fmpq, fmpq_poly, fmpz_poly, nmod_poly

from .algebraic_family import Family, Poly
from .chain import Chain
from .fibre_points import refined, verified
from .fibre_search import Fibre

PRECISIONS = (256, 1024, 3072)
SMALL = 1e-5
BITS = 20_000


@dataclass(frozen=True)
class Families:
    """Pivots, weights of u, and the families; `points` are those whose u is rational."""

    pivots: tuple[int, ...]
    weights: tuple[tuple[int, ...], ...]
    families: tuple[Family, ...]
    points: tuple[tuple[tuple[Fraction, ...], ...], ...]


def recognise(chain: Chain, h: Any, fibre: Fibre, points: Sequence[Any], seed: int, tick: Any) -> Families | str:
    """Approximate points of the fibre (complex vectors in its chart) as families of algebraic ones over QQ, or why not.

    Every family is verified exactly (theory 7.5r).  Cost: Newton steps for each point at each of PRECISIONS bits.
    """
    starts = fibre.starts
    split = [[x[a:b] for a, b in itertools.pairwise(starts)] for x in points]
    pivots = _pivots(split)
    if pivots is None:
        return "some layer has no parameter that is nonzero at all points found"
    weights = _weights(split, pivots, h, seed)
    if weights is None:
        return "no combination of ratios tells the points found apart"
    for precision in PRECISIONS:
        tick(f"points of the fibre to {precision} bits")
        with ctx.workprec(precision):
            exact = [refined(chain, h, fibre, x, precision) for x in points]
            ratios = [[[v / vector[j] for v in vector] for vector, j in zip(g, pivots, strict=True)] for g in exact]
            found = _described(ratios, pivots, weights, precision)
        if found is not None and all(verified(chain, h, family) for family in found.families):
            return found
    return "the points found have no rational description (some may be missing)"


def _pivots(split: Sequence[Any]) -> tuple[int, ...] | None:
    result = []
    for k in range(len(split[0])):
        sizes = [[abs(complex(v)) for v in g[k]] for g in split]
        least = [min(row[j] / max(row) for row in sizes) for j in range(len(split[0][k]))]
        j = max(range(len(least)), key=least.__getitem__)
        if least[j] < SMALL:
            return None
        result.append(j)
    return tuple(result)


def _weights(split: Sequence[Any], pivots: Sequence[int], h: Any, seed: int) -> tuple[tuple[int, ...], ...] | None:
    """Small weights for which u differs between all points, and from u(h)."""
    rivals = list(split)
    if all(vector[j] for vector, j in zip(h, pivots, strict=True)):
        rivals.append([[complex(int(v)) for v in vector] for vector in h])
    places = [(k, i) for k, vector in enumerate(h) for i in range(len(vector)) if i != pivots[k]]
    rng = random.Random(f"exactfact:weights:{seed}")
    single = [{place: 1} for place in places]
    mixed = [{place: rng.randint(-size, size) for place in places} for size in (1, 1, 1, 2, 2, 3, 3, 5, 9)]
    for chosen in [*single, *mixed]:
        values = [sum(w * complex(g[k][i] / g[k][pivots[k]]) for (k, i), w in chosen.items()) for g in rivals]
        scale = 1 + max(map(abs, values))
        if all(abs(a - b) > SMALL * scale for a, b in itertools.combinations(values, 2)):
            return tuple(tuple(chosen.get((k, i), 0) for i in range(len(vector))) for k, vector in enumerate(h))
    return None


def _described(ratios: list[Any], pivots: Sequence[int], weights: Any, precision: int) -> Families | None:
    """Families from ratios to the pivots, as balls."""
    places = [(k, i, w) for k, row in enumerate(weights) for i, w in enumerate(row) if w]
    values = [sum((w * g[k][i] for k, i, w in places), acb(0)) for g in ratios]
    whole = _rational(acb_poly.from_roots(values), precision)
    if whole is None:
        return None
    factors = fmpq_poly([fmpq(c.numerator, c.denominator) for c in whole]).numer()
    families, points = [], []
    for factor, multiplicity in factors.factor()[1]:
        near = [r for r, t in enumerate(values) if _vanishes(factor, t, precision)]
        if multiplicity > 1 or len(near) != factor.degree():
            return None
        family = _family(factor, [ratios[r] for r in near], [values[r] for r in near], pivots, precision)
        if family is None:
            return None
        if factor.degree() > 1:
            families.append(family)
        else:
            points.append(_rational_point(family))
    return Families(tuple(pivots), weights, tuple(families), tuple(points))


def _vanishes(f: Any, t: Any, precision: int) -> bool:
    value = acb_poly(f)(t)
    return bool(abs(value.mid()) < 2.0 ** (-min(precision // 3, 900)))


def _family(factor: Any, ratios: list[Any], values: list[Any], pivots: Sequence[int], precision: int) -> Family | None:
    """Numerators by interpolation: sum of x(t_r) f / (t - t_r)."""
    f = [int(c) for c in factor.coeffs()]
    if f[-1] < 0:
        f = [-c for c in f]
    basis = [
        acb_poly.from_roots([t for s, t in enumerate(values) if s != r]) * acb(f[-1]) for r in range(len(values))
    ]
    numerators, scales = [], []
    for k, j in enumerate(pivots):
        rows = []
        for i in range(len(ratios[0][k])):
            row: list[Fraction] | None
            if i == j:
                row = [Fraction(n * c) for n, c in enumerate(f)][1:]
            else:
                terms = (b * g[k][i] for b, g in zip(basis, ratios, strict=True))
                row = _rational(sum(terms, acb_poly([0])), precision)
            if row is None:
                return None
            rows.append(row)
        scale = lcm(*(c.denominator for row in rows for c in row))
        numerators.append(tuple([int(c * scale) for c in row] for row in rows))
        scales.append(scale)
    if sum(abs(c).bit_length() for layer in numerators for row in layer for c in row) > BITS * len(f):
        return None
    return Family(f, tuple(numerators), tuple(scales))


def _rational(poly: Any, precision: int) -> list[Fraction] | None:
    """The coefficients as rationals of moderate height, None when they are not near such numbers."""
    result = []
    for n in range(poly.degree() + 1):
        c = poly[n].mid()
        if abs(c.imag) > 2.0 ** (-min(precision // 2, 900)):
            return None
        mantissa, exponent = c.real.man_exp()
        x = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
        near = x.limit_denominator(1 << precision // 6)
        if abs(near - x) > Fraction(1, 1 << precision // 2):
            return None
        result.append(near)
    return result


def _rational_point(family: Family) -> tuple[tuple[Fraction, ...], ...]:
    """The point of a family of degree 1, up to scale: its numerators are constants."""
    return tuple(tuple(Fraction(row[0] if row else 0) for row in layer) for layer in family.numerators)


def real_roots(f: Poly) -> int:
    """How many roots are real (isolated with arb)."""
    roots: Any = fmpz_poly(f).complex_roots()
    return sum(bool(root.imag == 0) for root, _ in roots)


def rootless_prime(f: Poly, avoid: int, bound: int) -> int | None:
    """A prime below the bound, prime to `avoid` and the leading coefficient, modulo which f has no root."""
    for q in range(2, bound):
        if f[-1] % q and avoid % q and all(q % d for d in range(2, int(q**0.5) + 1)):
            reduced = nmod_poly([c % q for c in f], q)
            if all(int(reduced(x)) for x in range(q)):
                return q
    return None
