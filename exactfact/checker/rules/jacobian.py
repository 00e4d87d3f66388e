"""Rule 6.1: the generic rank of the Jacobian of phi, and GENERIC_FINITE.

Lower bound: the rank of J mod p at one point of GF(p) is >= value (p a proved prime, operators p-integral): it bounds
the generic rank from below. Evidence: prime and the point's residues, or a derived point. Upper bound: value >= n =
1 + sum (S_k - 1), always true. Verdict generic-finite modulo scaling, proved over CC: an accepted lower bound >= n.
Source: theory 6.1. Cost: K prefix and suffix products, one elimination of about value x sum S_k numbers.
"""
from collections.abc import Sequence
from typing import Any

from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing, whole
from ..numbers import Number, integer, residue
from .columns import derived
from .elimination import rank_mod
from .jacobian_rows import chain_full, chain_projected, network_rows
from .kernel_zero import require_nonzero


def check(claim: Claim, context: Context) -> None:
    """Accept iff the Jacobian mod p has rank at least the value (lower), or the value is at least n (upper)."""
    if claim.side == "upper":
        f = fields(claim.evidence, "evidence", "bound")
        require(f["bound"] == "dimension", 'bound "dimension"', f["bound"])
        require(context.dimension <= claim.value, f"a value >= n = {context.dimension}", claim.value)
        return
    f = fields(claim.evidence, "evidence", "prime point")
    p = context.prime(f["prime"])
    require_rank(read_point(f["point"], p, context), p, int(claim.value), context)


def check_finite(claim: Claim, context: Context) -> None:
    """Accept iff the Jacobian rank referred to is at least n."""
    reference = fields(claim.evidence, "evidence", "jacobian_rank")["jacobian_rank"]
    rank = context.bound(reference, "jacobian_rank", "lower")
    require(rank >= context.dimension, f"a lower bound on jacobian_rank >= n = {context.dimension}", rank)


def read_point(value: Any, p: int, context: Context) -> list[list[int]]:
    """A point mod p: residues for each layer, or a derived point {"seed", "index"}."""
    sizes = context.spec.parameters
    if type(value) is dict:
        f = fields(value, "point", "seed index")
        return derived(integer(f["seed"], "point, seed", 0, 1 << 128), whole(f["index"], "point, index", 0), sizes, p,
                       context.meter)
    rows = listing(value, "point", len(sizes))
    return [[integer(x, "point", 0, p) for x in listing(row, f"point[{k}]", size)]
            for k, (row, size) in enumerate(zip(rows, sizes, strict=True))]


def reduced_point(h: Sequence[Sequence[Number]], name: str, p: int) -> list[list[int]]:
    """h mod p; rejects unless p divides no denominator of its entries."""
    require(all(x.denominator % p for vector in h for x in vector), f"{name} integral at {p}",
            Text("a denominator divisible by it"))
    return [[residue(x, p) for x in vector] for vector in h]


def claimed_point(claim: Claim, point: Any, p: int, context: Context) -> list[list[int]]:
    """The point mod p that a verdict rests on: for generic `point` of the evidence, else h*, without zero layer."""
    if claim.property == "generic":
        return read_point(point, p, context)
    h = context.point()
    require_nonzero(h, "h*")
    return reduced_point(h, "h*", p)


def require_rank(h: Sequence[Sequence[int]], p: int, value: int, context: Context) -> None:
    """Reject unless the rank of the Jacobian mod p at h is at least the value."""
    total, meter = sum(context.spec.parameters), context.meter
    require(value <= total, f"a value <= the {total} parameters", value)
    if context.spec.network:
        rank = rank_mod(network_rows(context.network, h, p, total + 8, meter), p, meter, value)
    else:
        layers, (rows, cols) = context.reduced(p), context.chain.shape
        rank = 0
        if rows * cols > total + 8:
            rank = rank_mod(chain_projected(layers, h, p, value + 8, meter), p, meter, value)
        if rank < value:  # the functionals may be unlucky, above all mod a small p
            rank = rank_mod(chain_full(layers, h, p, cols, meter), p, meter, value)
    require(rank >= value, f"a Jacobian of rank >= {value} mod {p}", Text(f"rank {rank}"))
