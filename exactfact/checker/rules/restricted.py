"""Rule 12.5: `stable` for the spec's sparsity model, with a lower bound of kappa^2, the least sigma_min^2 of unions.

A choice L of one support a layer has the columns I(L) of A; a difference P(h) - P(g) with h on L and g on L' lies on
I(L) u I(L'), and |A D|^2 >= kappa^2 |D|^2 there. Evidence: `kappa_squared` and `method`, "pairs": `shift` and `bits` as
in 12.6; every eigenvalue of the Gram matrix of the columns of every union is >= shift - error >= kappa_squared > 0; or
"coherence": kappa_squared <= the least |A_i|^2 less (c - 1) times the largest |<A_i, A_j>|, i != j, over the columns
used, c the largest size of a union. Source: theory 12.5, 12.3. Cost: inner products, one factorization a union.
"""
from collections import Counter
from fractions import Fraction
from math import prod

from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields
from ..numbers import number
from .gram import column_gram
from .inertia import count
from .singular_values import read_bits, scale_of
from .sparse_columns import families_of, unions


def check(claim: Claim, context: Context) -> None:
    """Accept iff kappa_squared is proved for all pairs of supports."""
    method = claim.evidence.get("method")
    require(method in ("pairs", "coherence"), 'method "pairs" or "coherence"', method)
    f = fields(claim.evidence, "evidence", "method kappa_squared" + (" shift bits" if method == "pairs" else ""))
    kappa = Fraction(number(f["kappa_squared"], "kappa_squared"))
    require(kappa > 0, "kappa_squared > 0", kappa)
    if method == "pairs":
        found = _by_pairs(Fraction(number(f["shift"], "shift")), read_bits(f["bits"]), context)
    else:
        found = _by_coherence(context)
    require(kappa <= found, f"kappa_squared <= {float(found)!r}" if abs(found) < 1 << 1000 else "less", kappa)


def _by_pairs(shift: Fraction, bits: int | None, context: Context) -> Fraction:
    """shift - error, once all eigenvalues of all unions are above it."""
    meter, layers = context.meter, context.chain.layers
    found = unions(context)
    used = sorted({index for union in found for index in union})
    place = {index: i for i, index in enumerate(used)}
    gram, scale = column_gram(layers, used, context), scale_of(layers)
    blocks: Counter[tuple[tuple[int, ...], ...]] = Counter()
    held = 0
    for union in found:
        rows = sorted(place[index] for index in union)
        held += len(rows) ** 2
        meter.spend(300 * len(rows) ** 2 + 1000, "unions of supports")
        meter.hold(held, "unions of supports")
        blocks[tuple(tuple(gram.get(i, {}).get(j, 0) for j in rows[:n + 1]) for n, i in enumerate(rows))] += 1
    counted = count(((block, times) for block, times in blocks.items() if block), shift / scale, bits, meter)
    require(counted.above == counted.order > 0, f"all {counted.order} eigenvalues above the shift", counted.above)
    return shift - counted.error * scale


def _by_coherence(context: Context) -> Fraction:
    """Gershgorin's bound for the Gram matrices of all unions at once."""
    layers, families = context.chain.layers, families_of(context)
    used = [sorted(frozenset().union(*family)) for family in families]
    total = prod(map(len, used))
    context.meter.hold(total * len(used), "the columns on the supports")
    require(total > 0, "supports that are not all empty in a layer", Text("empty ones"))
    size = min(total, 2 * prod(max(map(len, family)) for family in families))
    gram = column_gram(layers, _indices(used), context)
    least = min((gram.get(i, {}).get(i, 0) for i in range(total)), default=0)
    context.meter.spend(300 * sum(map(len, gram.values())), "coherence")
    most = max((abs(v) for i, row in gram.items() for j, v in row.items() if i != j), default=0)
    return (least - (size - 1) * most) * scale_of(layers)


def _indices(used: list[list[int]]) -> list[tuple[int, ...]]:
    indices: list[tuple[int, ...]] = [()]
    for layer in used:
        indices = [(*index, j) for index in indices for j in layer]
    return indices
