"""Rule 10.5p: at-point proved over QQ, RR or CC on a chain of convolutions, from the factors of the layers.

Evidence: {"fibre_count": id, "factors": [[[exponents, coefficient], ...], ...], "exponents": [[e_1, ..., e_K], ...],
"proofs": [...]}: Laurent polynomials p_i over ZZ with two terms or more, h*_k(x) = c_k x^{a_k} prod_i p_i^{e_{i,k}}
exactly, and for each p_i a proof that it is irreducible over the field (rule `irreducible`). The ring of Laurent
polynomials is factorial, its units are the monomials: every competitor is g_k = c'_k x^{b_k} prod_i p_i^{f_{i,k}}, with
sum_k f_{i,k} = sum_k e_{i,k} for all i, sum b_k = sum a_k, and exponents of g_k among the shifts of layer k. All such
(f, b) are counted; accepted iff there is one. Every layer of h* is nonzero. Source: theory 10.5(c), 7.5, 8.1.
Cost: one product for each part of the multiset of factors, and one pass over these parts for each layer.
"""
from itertools import product as choices
from math import prod
from typing import Any

from ..chains import common_denominator
from ..claims import Claim, Context
from ..errors import Meter, Text, require
from ..families import fields, listing, whole
from ..network import Position
from ..numbers import integer
from .convolution import FAR, Shifts, referred
from .irreducible import Laurent, irreducible_over
from .kernel_zero import require_nonzero

ORDER = ("QQ", "RR", "CC")
Part = tuple[int, ...]


def check(claim: Claim, context: Context) -> None:
    """Accept iff the factors are irreducible over the field, and have one splitting."""
    shifts = referred(claim.evidence, context, "fibre_count factors exponents proofs")
    f = fields(claim.evidence, "evidence", "fibre_count factors exponents proofs")
    h = context.point()
    require_nonzero(h, "h*")
    factors = [_read(x, len(shifts[0][0]), f"factors[{i}]") for i, x in enumerate(listing(f["factors"], "factors"))]
    exponents = [[whole(e, "exponents", 0) for e in listing(row, "exponents", len(shifts))]
                 for row in listing(f["exponents"], "exponents", len(factors))]
    for k, (row, vector) in enumerate(zip(shifts, h, strict=True)):
        scale = common_denominator({x.denominator for x in vector}, len(vector), context.meter)
        layer = {s: int(x * scale) for s, x in zip(row, vector, strict=True) if x}
        require(_associated(layer, _product(factors, [e[k] for e in exponents], context.meter)),
                f"factors with the product h*_{k}, up to a monomial", Text("another product"))
    for i, (factor, proof) in enumerate(zip(factors, listing(f["proofs"], "proofs", len(factors)), strict=True)):
        known = irreducible_over(factor, proof, context)
        require(ORDER.index(known) >= ORDER.index(claim.over), f"factors[{i}] irreducible over {claim.over}",
                Text(f"irreducible over {known}"))
    start = tuple(sum(min(s[i] for s, x in zip(row, v, strict=True) if x) for row, v in zip(shifts, h, strict=True))
                  for i in range(len(shifts[0][0])))
    ways = _ways(factors, tuple(map(sum, exponents)), shifts, start, context.meter)
    require(ways == 1, "one splitting of the factors", ways)


def _read(value: Any, axes: int, where: str) -> Laurent:
    result: Laurent = {}
    for entry in listing(value, where):
        at, c = listing(entry, where, 2)
        position = tuple(integer(x, where, 0, FAR) for x in listing(at, where, axes))
        require(position not in result, f"{where}: different exponents", list(position))
        result[position] = integer(c, where)
    require(len(result) > 1 and all(result.values()), f"{where}: two terms or more, not zero", Text("others"))
    require(not any(min(at[i] for at in result) for i in range(axes)), f"{where}: least exponents 0", Text("others"))
    return result


def _times(f: Laurent, g: Laurent, meter: Meter) -> Laurent:
    bits = _bits(f) + _bits(g)
    meter.spend(len(f) * len(g) * (500 + 2 * bits), "products of factors")
    meter.hold(len(f) * len(g) * (1 + bits // 1024), "products of factors")
    result: Laurent = {}
    for a, x in f.items():
        for b, y in g.items():
            at = tuple(map(sum, zip(a, b, strict=True)))
            result[at] = result.get(at, 0) + x * y
    return {at: c for at, c in result.items() if c}


def _bits(f: Laurent) -> int:
    return max(abs(c).bit_length() for c in f.values())


def _product(factors: list[Laurent], exponents: list[int], meter: Meter) -> Laurent:
    axes = len(next(iter(factors[0]))) if factors else 0
    result: Laurent = {(0,) * axes: 1}
    for factor, e in zip(factors, exponents, strict=True):
        for _ in range(e):
            result = _times(result, factor, meter)
    return result


def _associated(f: Laurent, g: Laurent) -> bool:
    """f = c x^a g for some number c and exponents a."""
    left, right = sorted(f), sorted(g)
    if len(left) != len(right):
        return False
    if len(left) == 1:
        return True
    gap = tuple(x - y for x, y in zip(left[0], right[0], strict=True))
    return all(tuple(x - y for x, y in zip(a, b, strict=True)) == gap and f[a] * g[right[0]] == f[left[0]] * g[b]
               for a, b in zip(left, right, strict=True))


def _ways(factors: list[Laurent], total: Part, shifts: Shifts, start: Position, meter: Meter) -> int:
    """The number of splittings: layer after layer, from (factors left, exponents left) to the ways to get there."""
    meter.spend(1000 * prod(e + 1 for e in total), "parts of the factors")
    supports: dict[Part, Laurent] = {}
    held = 0
    for part in choices(*(range(e + 1) for e in total)):
        i = next((i for i, e in enumerate(part) if e), None)
        smaller = None if i is None else (*part[:i], part[i] - 1, *part[i + 1:])
        if smaller is None or i is None:
            supports[part] = {(0,) * len(start): 1}
        else:
            supports[part] = _times(supports[smaller], factors[i], meter)
        held += len(supports[part]) * (1 + len(start) // 4 + _bits(supports[part]) // 1024)
        meter.hold(held, "parts of the factors")
    states = {(total, start): 1}
    for row in shifts:
        taps = set(row)
        fitting = []
        for part, support in supports.items():
            meter.spend(300 * len(support) * len(taps), "splittings of the factors")
            first = next(iter(support))
            for tap in row:
                gap = tuple(x - y for x, y in zip(tap, first, strict=True))
                if all(tuple(map(sum, zip(at, gap, strict=True))) in taps for at in support):
                    fitting.append((part, gap))
        meter.spend(1000 * len(states) * len(fitting), "splittings of the factors")
        after: dict[tuple[Part, Position], int] = {}
        for (left, room), count in states.items():
            for part, gap in fitting:
                rest = tuple(a - b for a, b in zip(left, part, strict=True))
                if min(rest, default=0) >= 0:
                    at = rest, tuple(a - b for a, b in zip(room, gap, strict=True))
                    after[at] = after.get(at, 0) + count
        meter.hold(len(after), "splittings of the factors")
        states = after
    return states.get((tuple(0 for _ in total), (0,) * len(start)), 0)
