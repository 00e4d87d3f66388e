"""Rule 4.3: the kernel of A is one line F T, and `uniform` modulo scaling is whether T has rank > 2 over F.

Evidence: `rank`, an accepted lower bound on rank A >= N - 1, and `kernel`, the nonzero entries [multi-index, value] of
T. Verified exactly: T is not zero, A T = 0. Proved over F when T has rank > 2 over F: over CC when it has over every
extension of QQ, over RR or QQ when it has rank 2 over the field of the square root of a discriminant < 0 only (RR), or
> 0 only (QQ). Refuted over CC in the first of these cases, over RR or CC in the other. Source: theory 4.3, 1.4.
Cost: one product for each entry of T, and the minors of rank_two.
"""
from math import lcm, prod

from ..claims import Claim, Context
from ..errors import require
from ..families import fields, listing
from ..numbers import Number, number
from .columns import columns, require_multi_index
from .matrices import largest, price
from .rank_two import IRRATIONAL, MORE, Tensor, rank_two

# (status, sign of the discriminant): the fields of which the claim is true
FIELDS = {("proved", -1): ("RR", "QQ"), ("proved", 1): ("QQ",), ("refuted", -1): ("CC",), ("refuted", 1): ("RR", "CC")}


def check(claim: Claim, context: Context) -> None:
    """Accept iff T spans the kernel, and its rank over the field of the claim is as the status says."""
    f = fields(claim.evidence, "evidence", "rank kernel")
    sizes, p = context.spec.parameters, context.p
    rank = context.bound(f["rank"], "rank", "lower")
    require(rank >= prod(sizes) - 1, f"a lower bound on rank >= {prod(sizes) - 1}", rank)
    tensor = _tensor(f["kernel"], context)
    _require_kernel(tensor, context)
    found, d = rank_two(tensor, sizes, p, context.meter)
    if found == MORE or p:
        true = claim.status == "proved" and found != "at most 2"
    else:
        true = found == IRRATIONAL and claim.over in FIELDS[claim.status, 1 if d > 0 else -1]
    require(true, f"a kernel vector of rank {'> 2' if claim.status == 'proved' else '<= 2'} over {claim.over}", found)


def _tensor(value: object, context: Context) -> Tensor:
    """The entries times their common denominator."""
    entries: dict[tuple[int, ...], Number] = {}
    for i, entry in enumerate(listing(value, "kernel")):
        at, x = listing(entry, f"kernel[{i}]", 2)
        index = require_multi_index(at, context.spec.parameters, f"kernel[{i}]")
        require(index not in entries, "kernel: different multi-indices", list(index))
        entries[index] = number(x, f"kernel[{i}]", context.p)
        require(bool(entries[index]), f"kernel[{i}]: a value that is not 0", 0)
    require(bool(entries), "a kernel vector that is not zero", 0)
    scale, size = 1, 0
    for x in entries.values():
        scale = lcm(scale, x.denominator)
        context.meter.spend(200 + scale.bit_length() * (1 + x.denominator.bit_length() // 512), "the kernel vector")
        context.meter.hold(len(entries) * (scale.bit_length() // 64), "the kernel vector")
        size += x.numerator.bit_length() // 64
    context.meter.hold(size, "the kernel vector")
    return {index: int(x * scale) for index, x in entries.items()}


def _require_kernel(tensor: Tensor, context: Context) -> None:
    """A T = 0; every layer is held times a constant, which scales A."""
    p, meter = context.p, context.meter
    total: dict[tuple[int, int], int] = {}
    for index, matrix in columns([layer.matrices for layer in context.chain.layers], tensor, p, meter):
        x = tensor[index]
        for r, row in matrix.items():
            meter.spend(200 * len(row) * price(x.bit_length(), largest(row)), "A at the kernel vector")
            for c, v in row.items():
                total[r, c] = total.get((r, c), 0) + x * v
    wrong = sum(bool(v % p if p else v) for v in total.values())
    require(not wrong, "A T = 0", wrong)
