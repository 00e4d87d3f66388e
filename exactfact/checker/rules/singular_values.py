"""Rule 12.6: sigma_min^2 and sigma_max^2 of the lifted map A of a chain, from counts of eigenvalues of a Gram matrix.

Evidence: `gram`, "rows" (A A^T) or "columns" (A^T A), of the whole chain or, with `group`, of row 0 of a product
that is invariant under its shifts (then eigenvalues count |group| times); `shift` s and `bits` of an L D L^T (null:
exact).
`order` indices have a nonzero diagonal entry; `order` - rank A of their eigenvalues are 0. Verified, e the error:
sigma_min lower: value <= s - e and at least r eigenvalues are above, r = order or the accepted upper bound `rank`;
sigma_min upper: value >= s + e, more than order - r below, r the accepted lower bound `rank`;
sigma_max lower, upper: one eigenvalue above; all below. Or sigma_max <= the trace of A A^T.
Source: theory 12.6. Cost: the Gram matrix, and one factorization of each different block.
"""
from fractions import Fraction
from math import prod
from typing import Any

from ..chains import Layer, Matrix
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, whole
from ..numbers import number
from .cyclic import require_invariant
from .gram import advanced, all_indices, blocks, column_gram, row_gram
from .inertia import MAX_BITS, Count, count


def check(claim: Claim, context: Context) -> None:
    """Accept iff the counts put the singular value on the right side of the value."""
    if "bound" in claim.evidence:
        _check_trace(claim, context)
        return
    keys = "gram group shift bits"
    smallest = claim.quantity == "sigma_min_squared"
    f = fields(claim.evidence, "evidence", f"{keys} rank" if smallest else keys)
    found, s = counts(f, context)
    require(found.order > 0, "a lifted map that is not zero", Text("zero"))
    if claim.side == "lower":
        most = found.order
        if not smallest:
            most = 1
        elif f["rank"] is not None:
            most = context.bound(f["rank"], "rank", "upper")
        require(found.above >= most, f"at least {most} eigenvalues above the shift", found.above)
        require(0 < claim.value <= s - found.error, "0 < value <= shift - error", claim.value)
    else:
        least = found.order
        if smallest:
            least = found.order - context.bound(f["rank"], "rank", "lower") + 1
        require(0 < least <= found.below, f"at least {least} > 0 eigenvalues below the shift", found.below)
        require(claim.value >= s + found.error, "value >= shift + error", claim.value)


def counts(f: dict[str, Any], context: Context) -> tuple[Count, Fraction]:
    """The counts at the shift, the error in the units of the squared singular values, and the shift."""
    layers, scale = _layers(f["group"], context)
    require(f["gram"] in ("rows", "columns"), 'gram "rows" or "columns"', f["gram"])
    if f["gram"] == "rows":
        gram = row_gram(layers, context)
    else:
        gram = column_gram(layers, all_indices(layers, context.meter), context)
    shift = Fraction(number(f["shift"], "shift"))
    require(shift > 0, "shift > 0", shift)
    found = count(blocks(gram, context.meter), shift / scale, read_bits(f["bits"]), context.meter)
    return Count(found.order, found.above, found.below, found.error * scale), shift


def read_bits(value: Any) -> int | None:
    """The binary places of a factorization, or None for an exact one."""
    return None if value is None else whole(value, "bits", 1, MAX_BITS)


def scale_of(layers: tuple[Layer, ...]) -> Fraction:
    """What turns inner products of the columns as they are held into those of the columns of A."""
    return Fraction(1, prod(layer.denominator for layer in layers) ** 2)


def _layers(group: Any, context: Context) -> tuple[tuple[Layer, ...], Fraction]:
    """The layers whose Gram matrix is meant, and the factor from its eigenvalues to squared singular values."""
    layers = context.chain.layers
    if group is None:
        return layers, scale_of(layers)
    size = require_invariant(group, context)
    first = layers[0]
    cut = tuple({0: matrix[0]} if 0 in matrix else {} for matrix in first.matrices)
    return (Layer(1, first.cols, first.denominator, cut), *layers[1:]), size * scale_of(layers)


def _check_trace(claim: Claim, context: Context) -> None:
    require(claim.quantity == "sigma_max_squared" and claim.side == "upper", "an upper bound on sigma_max_squared",
            Text(claim.summary))
    bound = fields(claim.evidence, "evidence", "bound")["bound"]
    require(bound == "trace", 'bound "trace"', bound)
    layers = context.chain.layers
    # The sum over all rows a of the matrices of the pairs (a, a) starts from the identity.
    context.meter.hold(layers[0].rows, "the trace")
    state: dict[tuple[int, int], Matrix] = {(0, 0): {r: {r: 1} for r in range(layers[0].rows)}}
    for layer in layers:
        state = advanced(state, layer.matrices, context.meter)
    total = scale_of(layers) * sum(row.get(c, 0) for w in state.values() for c, row in w.items())
    require(claim.value >= total, "value >= the trace of A A^T", claim.value)
