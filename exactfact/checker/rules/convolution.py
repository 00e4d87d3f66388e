"""Rule 10.5a: a chain of convolutions, recognised: phi(h) is a product of Laurent polynomials.

Evidence `shifts`: a vector of Z^d for each parameter of each layer, different within a layer. With
h_k(x) = sum_j h_{k,j} x^{s_{k,j}}, the rule shows that phi(h) = phi(g) iff prod h_k(x) = prod g_k(x).
Networks: one edge a level; the shifts of a level are its effective taps in the group, up to one translation, and the
map of all sums from Z^d to the group is injective. Chains of layers: M_1(e_{i_1}) ... M_k(e_{i_k}) depends on the sum
of the shifts alone, for every k, and the last products have, for every sum, an entry in a cell that no other sum uses
(so they are linearly independent). Specs over QQ.
generic-finite is proved by an accepted bound on fibre_count by 10.5: points without zero layer have finite fibres.
rank A of a chain of layers is the number of different sums: the columns of A are those products.
at-point modulo path-scaling is proved where h* has a zero layer: the product is 0, and so is some layer of every
competitor, as there are no zero divisors. Source: theory 10.5(a).
Cost: for each layer, (number of sums so far) x S_k sparse products.
"""
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..chains import Matrix
from ..claims import Claim, Context
from ..errors import Meter, Text, require
from ..families import fields, listing
from ..network import Position
from ..numbers import integer
from .matrices import flatten, multiply

Shifts = list[list[Position]]
FAR = 1 << 62


def check_finite(claim: Claim, context: Context) -> None:
    """Accept iff the claim refers to a finite number of classes by 10.5; at-point: and some layer of h* is zero."""
    referred(claim.evidence, context, "fibre_count")
    if claim.property == "at-point":
        require(claim.modulo == "path-scaling", "modulo path-scaling", claim.modulo)
        require(not all(any(vector) for vector in context.point()), "h* with a zero layer", Text("none"))


def check_rank(claim: Claim, context: Context) -> None:
    """Accept iff the value is on the right side of the number of sums: equal sums have equal columns of A."""
    found = len(_sums(referred(claim.evidence, context, "fibre_count"), context.meter))
    good = claim.value <= found if claim.side == "lower" else claim.value >= found
    require(good, f"a value {'<=' if claim.side == 'lower' else '>='} {found}", claim.value)


def referred(evidence: dict[str, Any], context: Context, keys: str) -> Shifts:
    """The shifts that the accepted upper bound on fibre_count by 10.5 over CC verified."""
    f = fields(evidence, "evidence", keys)
    claim = context.reference(f["fibre_count"], "fibre_count")
    require((claim.quantity, claim.statement, claim.side, claim.over) == ("fibre_count", "10.5", "upper", "CC")
            and "shifts" in claim.evidence,
            "an upper bound on fibre_count over CC by 10.5 that lists shifts", Text(claim.summary))
    return _read(claim.evidence["shifts"], context)


def verified(value: Any, context: Context) -> Shifts:
    """Shifts for which the spec is a chain of convolutions; rejected when it is not."""
    require(context.p == 0, "a spec over QQ", Text(f"GF({context.p})"))
    shifts = _read(value, context)
    if context.spec.network:
        _network(shifts, context)
    else:
        _layers(shifts, context)
    return shifts


def _read(value: Any, context: Context) -> Shifts:
    sizes = context.spec.parameters
    rows = [listing(row, f"shifts[{k}]", size)
            for k, (row, size) in enumerate(zip(listing(value, "shifts", len(sizes)), sizes, strict=True))]
    axes = len(listing(rows[0][0], "shifts"))
    require(0 < axes <= 16, "shifts in one to 16 coordinates", axes)
    shifts = [[tuple(integer(x, "shifts", -FAR, FAR) for x in listing(s, "shifts", axes)) for s in row]
              for row in rows]
    require(all(len(set(row)) == len(row) for row in shifts), "different shifts in each layer", Text("a shift twice"))
    return shifts


def _network(shifts: Shifts, context: Context) -> None:
    network = context.network
    require(all(len(level) == 1 for level in network.levels), "one edge on every level", Text("several"))
    moduli = network.moduli
    require(len(shifts[0][0]) == len(moduli), f"shifts in {len(moduli)} coordinates", len(shifts[0][0]))
    for k, (row, (edge,)) in enumerate(zip(shifts, network.levels, strict=True)):
        for shift, tap in zip(row, edge.taps, strict=True):
            gaps = [(s - s0) - (t - t0) for s, s0, t, t0 in zip(shift, row[0], tap, edge.taps[0], strict=True)]
            require(not any(gap % n if n else gap for gap, n in zip(gaps, moduli, strict=True)),
                    f"shifts of level {k} that are its taps in the group, up to a translation", list(shift))
    if all(n == 0 or width < n for n, width in zip(moduli, _widths(shifts), strict=True)):
        return
    reached = _sums(shifts, context.meter)
    images = {tuple(x % n if n else x for x, n in zip(at, moduli, strict=True)) for at in reached}
    require(len(images) == len(reached), "sums that stay different in the group", Text("sums that wrap around"))


def _sums(shifts: Shifts, meter: Meter) -> set[Position]:
    """All sums of one shift of each layer."""
    reached = {(0,) * len(shifts[0][0])}
    for row in shifts:
        meter.spend(300 * (5 + len(row[0])) * len(reached) * len(row) + 1000, "sums of shifts")
        following: set[Position] = set()
        for s in row:
            following.update(tuple(map(sum, zip(x, s, strict=True))) for x in reached)
            meter.hold(len(following) * (3 + len(s)), "sums of shifts")
        reached = following
    return reached


def _widths(shifts: Shifts) -> list[int]:
    """In each coordinate, the largest minus the smallest sum."""
    return [sum(max(s[i] for s in row) - min(s[i] for s in row) for row in shifts)
            for i in range(len(shifts[0][0]))]


def _layers(shifts: Shifts, context: Context) -> None:
    layers, meter = context.chain.layers, context.meter
    products = dict(zip(shifts[0], layers[0].matrices, strict=True))
    for k in range(1, len(layers)):
        products = _next(products, shifts[k], layers[k].matrices, k, context)
    cells = [flatten(product, layers[-1].cols) for product in products.values()]
    meter.spend(200 * sum(map(len, cells)) + 100, "cells of the sums")
    used = Counter(cell for found in cells for cell in found)
    require(all(any(used[cell] == 1 for cell in found) for found in cells),
            "a cell of the product for every sum that no other sum uses", Text("a sum without one"))


def _next(products: dict[Position, Matrix], row: Sequence[Position], matrices: Sequence[Matrix], k: int,
          context: Context) -> dict[Position, Matrix]:
    """The products after one more layer, by sum; rejected when two of one sum differ."""
    found: dict[Position, Matrix] = {}
    held = 0
    for at, product in products.items():
        context.meter.spend(300 * (8 + len(at)) * len(row), "sums of shifts")
        for shift, matrix in zip(row, matrices, strict=True):
            total = tuple(map(sum, zip(at, shift, strict=True)))
            new = multiply(product, matrix, 0, context.meter)
            if total not in found:
                found[total] = new
                held += 6 + len(at) + 2 * len(new) + sum(map(len, new.values()))
                context.meter.hold(held, "products of the layers")
            require(found[total] == new, f"products up to layer {k} that depend on the sum of the shifts alone",
                    Text(f"two products of sum {list(total)}"))
    return found
