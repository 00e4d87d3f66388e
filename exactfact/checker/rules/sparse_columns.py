"""Rule 12.5: `uniform` modulo scaling for the spec's sparsity model, proved by independent columns.

Evidence: a proved prime, operators p-integral. A choice L of one support a layer (all parameters where no model names
the layer; several models of one layer: their intersections) has the columns I(L) = prod L_k of A. For all choices L, L'
the columns I(L) u I(L') are independent mod p; a difference P(h) - P(g) with h on L and g on L' lies in their span.
Source: theory 12.5, 4.1. Cost: a rank mod p for each union.
"""
from itertools import combinations, combinations_with_replacement, product
from math import comb, prod

from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields
from .columns import columns
from .elimination import rank_mod
from .matrices import flatten

Support = frozenset[int]


def check(claim: Claim, context: Context) -> None:
    """Accept iff the columns of every union are independent mod the prime."""
    p, meter = context.prime(fields(claim.evidence, "evidence", "prime")["prime"]), context.meter
    found = unions(context)
    used = {index for union in found for index in union}
    held, vectors = 0, {}
    for index, matrix in columns(context.reduced(p), used, p, meter):
        vectors[index] = flatten(matrix, context.chain.shape[1])
        held += len(vectors[index])
        meter.hold(held, "columns")
    for union in sorted(found, key=sorted):
        rank = rank_mod([vectors[index] for index in union], p, meter)
        require(rank == len(union), f"{len(union)} independent columns on two supports mod {p}", Text(f"rank {rank}"))


def families_of(context: Context) -> list[list[Support]]:
    """For each layer the supports that the spec's model allows."""
    return [_supports(k, size, context) for k, size in enumerate(context.spec.parameters)]


def unions(context: Context) -> set[frozenset[tuple[int, ...]]]:
    """All different sets I(L) u I(L') of multi-indices, L and L' supports of the model in every layer (theory 12.5).

    Cost: the square of the number of choices of supports; NotChecked when the sets are too large to store.
    """
    meter, families = context.meter, families_of(context)
    count = prod(map(len, families))
    most = prod(max(map(len, family), default=0) for family in families)
    meter.spend(count * count * (1000 + 300 * most) + 100 * count * most * len(families), "unions of supports")
    meter.hold(count * (1 + most * (1 + len(families) // 8)), "supports")
    blocks = [frozenset(product(*map(sorted, chosen))) for chosen in product(*families)]
    found = set()
    held = 0
    for a, b in combinations_with_replacement(blocks, 2):
        union = a | b
        if union not in found:
            found.add(union)
            held += len(union)
            meter.hold(held, "unions of supports")
    return found


def _supports(k: int, size: int, context: Context) -> list[Support]:
    """The supports that the models allow in layer k."""
    context.meter.hold(size, "supports")  # before all parameters are listed: a layer is written in few bytes
    family = {frozenset(range(size))}
    for model in context.spec.models:
        if model.layer != k:
            continue
        if model.supports is None:
            s = min(model.sparsity or 0, size)
            context.meter.hold(1 << min(s, size - s, 64), "supports")  # fewer than their number
            context.meter.hold(comb(size, s) * (1 + s), "supports")
            listed = [frozenset(c) for c in combinations(range(size), s)]
        else:
            listed = list(model.supports)
        context.meter.spend(len(family) * len(listed) * (500 + 100 * size), "supports")
        family = {old & new for old in family for new in listed}
        context.meter.hold(len(family) * (1 + size), "supports")
    return sorted(family, key=sorted)
