"""Rule 10.5r: at-point over CC or RR on a chain of convolutions on a line, from the roots of the layers.

The shifts of all layers with two or more lie on parallel lines; with g = gcd of all their differences, layer k is a
binary form F_k of degree d_k >= 1, its coefficients at the places 0 <= n <= d_k, zero where there is no parameter. The
chain is full when no place is missing. Every layer of h* is nonzero. A competitor splits the roots of prod F_k on the
projective line (0 and infinity are roots where first or last coefficients vanish), with multiplicities, into parts of
degrees d_k; if the chain is full, every splitting is a competitor, and different ones are not equivalent.
Over CC: with two layers, one splitting iff prod F_k has one root. Two roots a != b have copies in different layers
unless all copies of all roots are in one layer, and each layer has d_k >= 1: exchanging them gives another splitting.
Over RR the parts are closed under conjugation. Layer k has r_k real roots and c_k = (d_k - r_k) / 2 pairs, with
multiplicity. There is another splitting iff
(A) prod F_k has two different real roots, and two layers have r_k >= 1; or
(B) it has two different pairs, and two layers have c_k >= 1; or
(C) c_k >= 1 and r_l >= 2 for some k != l.
Each lets parts be exchanged: (A), (B) as over CC, (C) a pair against two real roots. Conversely, let another splitting
have r'_k, c'_k. If r = r', it differs in the real roots or in the pairs, which needs (A) or (B). Otherwise c'_k < c_k
for some k, so c_k >= 1, and c'_l > c_l for some l, so r_l >= r'_l + 2 >= 2: (C).
proved: one splitting; refuted: the chain is full, and there is another. Source: theory 10.5(c), 7.5.
Cost: sequences of Sturm of the layers, of their repeated parts, and of the product.
"""
from ..chains import common_denominator
from ..claims import Claim, Context
from ..errors import Meter, Text, require
from .convolution import referred
from .convolution_count import groups
from .kernel_zero import require_nonzero
from .polynomials import Poly, sturm, times, trimmed

Form = list[int]


def check(claim: Claim, context: Context) -> None:
    """Accept iff there is one splitting over the field (proved), or another one on a full chain (refuted)."""
    shifts = referred(claim.evidence, context, "fibre_count")
    h = context.point()
    require_nonzero(h, "h*")
    segments, others = groups(shifts, apart=False)
    require(len(segments) == 1 and not others, "shifts on parallel lines", Text("others"))
    rows = segments[0]
    full = all(len(row) == max(row) + 1 for row in rows)
    forms, held = [], 0
    for row, vector in zip(rows, (x for x in h if len(x) > 1), strict=True):
        held += max(row) + 1
        context.meter.hold(held, "coefficients of the layers")
        context.meter.spend(50 * max(row), "coefficients of the layers")
        scale = common_denominator({x.denominator for x in vector}, len(vector), context.meter)
        form = [0] * (max(row) + 1)
        for n, x in zip(row, vector, strict=True):
            form[n] = int(x * scale)
        forms.append(form)
    unique = len(forms) == 1 or (_one_root(forms, context.meter) if claim.over == "CC"
                                 else _one_real_splitting(forms, context.meter))
    if claim.status == "proved":
        require(unique, f"one splitting of the roots over {claim.over}", Text("another one"))
    else:
        require(full, "layers without gaps", Text("a layer with a gap"))
        require(not unique, f"two splittings of the roots over {claim.over}", Text("one"))


def _one_root(forms: list[Form], meter: Meter) -> bool:
    """Whether the product of the forms is a power of one linear form, up to a factor."""
    product = [1]
    at_infinity = 0
    for form in forms:
        at_infinity += len(form) - len(trimmed(form))
        product = times(product, trimmed(form), 0, meter)
    at_zero = next(i for i, c in enumerate(product) if c)
    inner = product[at_zero:]
    places = (at_infinity > 0) + (at_zero > 0)
    if len(inner) == 1:
        return places == 1
    return places == 0 and len(inner) - len(sturm(inner, meter)[1]) == 1


def _one_real_splitting(forms: list[Form], meter: Meter) -> bool:
    """None of (A), (B), (C)."""
    real, pairs = [], []
    product = [1]
    zero = infinity = False
    for form in forms:
        affine = trimmed(form)
        at_zero = next(i for i, c in enumerate(affine) if c)
        inner = affine[at_zero:]
        zero, infinity = zero or at_zero > 0, infinity or len(affine) < len(form)
        r = len(form) - len(inner) + _real_roots(inner, meter)
        real.append(r)
        pairs.append((len(form) - 1 - r) // 2)
        product = times(product, inner, 0, meter)
    lines, repeated = sturm(product, meter)
    different_pairs = (len(product) - len(repeated) - lines) // 2
    exchange = lines + zero + infinity > 1 and sum(r >= 1 for r in real) > 1
    exchange_pairs = different_pairs > 1 and sum(c >= 1 for c in pairs) > 1
    mixed = any(c >= 1 and r >= 2 for k, c in enumerate(pairs) for j, r in enumerate(real) if j != k)
    return not (exchange or exchange_pairs or mixed)


def _real_roots(f: Poly, meter: Meter) -> int:
    """The number of real roots with multiplicity: those of f, of gcd(f, f'), and so on."""
    total = 0
    while len(f) > 1:
        count, f = sturm(f, meter)
        total += count
    return total
