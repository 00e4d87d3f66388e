"""Whether the roots of a point of a chain of convolutions on a line can be split otherwise, over CC or RR.

The layers are binary forms of degrees d_k >= 1 (roots at 0 and infinity included); the arguments are those of theory
10.5 (c), written out in `docs/certificate.md`, section 11.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import flint

from exactfact.model.numbers import Number

from .convolution_counts import Group

Form = list[int]


def forms(group: Group, h: Sequence[Sequence[Number]]) -> list[Form]:
    """The layers of the group as lists of d_k + 1 integers, up to scalars."""
    result = []
    for k, places in zip(group.layers, group.places, strict=True):
        scale = lcm(*(int(Fraction(x).denominator) for x in h[k]))
        form = [0] * (max(places) + 1)
        for n, x in zip(places, h[k], strict=True):
            form[n] = int(x * scale)
        result.append(form)
    return result


def one_splitting(layers: Sequence[Form], over: str) -> bool:
    """Whether the roots of the layers have one splitting over CC or RR."""
    if len(layers) == 1:
        return True
    finite = [_finite(form) for form in layers]
    product = flint.fmpz_poly([1])
    for f in finite:
        product *= f
    zero = any(not form[0] for form in layers)
    infinity = any(not form[-1] for form in layers)
    different = int(product.degree() - product.gcd(product.derivative()).degree())
    if over == "CC":
        return different + zero + infinity == 1
    real, pairs = zip(*roots(layers), strict=True)
    lines = _different_real_roots(product)
    if lines + zero + infinity > 1 and sum(r > 0 for r in real) > 1:
        return False
    if (different - lines) // 2 > 1 and sum(c > 0 for c in pairs) > 1:
        return False
    return not any(c > 0 and r > 1 for k, c in enumerate(pairs) for j, r in enumerate(real) if k != j)


def roots(layers: Sequence[Form]) -> list[tuple[int, int]]:
    """For each layer its real roots and its pairs of others, with multiplicity, at 0 and infinity too."""
    found = []
    for form in layers:
        f = _finite(form)
        real = len(form) - 1 - int(f.degree()) + _real_roots(f)
        found.append((real, (len(form) - 1 - real) // 2))
    return found


def _finite(form: Form) -> flint.fmpz_poly:
    """The form in one variable without its roots at 0 and infinity."""
    low = next(i for i, c in enumerate(form) if c)
    return flint.fmpz_poly(form[low:])


def _real_roots(f: flint.fmpz_poly) -> int:
    """Real roots with multiplicity."""
    return sum(int(e) * _different_real_roots(g) for g, e in f.factor_squarefree()[1])


def _different_real_roots(f: flint.fmpz_poly) -> int:
    """Real roots without multiplicity, by the signs of the subresultants of Sturm's sequence."""
    sequence = [flint.fmpq_poly(f), flint.fmpq_poly(f.derivative())]
    while sequence[-1]:
        rest = -(sequence[-2] % sequence[-1])
        sequence.append(rest if not rest else rest / abs(rest.coeffs()[-1]))
    signs = [g.coeffs()[-1] > 0 for g in sequence[:-1]]
    turned = [s == (g.degree() % 2 == 0) for s, g in zip(signs, sequence, strict=False)]
    return _changes(turned) - _changes(signs)


def _changes(signs: Sequence[bool]) -> int:
    return sum(a != b for a, b in itertools.pairwise(signs))
