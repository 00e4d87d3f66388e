"""Rule 6.2: the image is too small for generic identifiability modulo scaling.

Bound jacobian_rank <= value: by an accepted upper bound on rank A (rho <= rank A), or by a narrow place between two
parametric layers: w columns there, w <= min(m_1, m_{K+1}), and the matrices of rank <= w have dimension
w (m_1 + m_{K+1} - w). Verdicts, by an accepted upper bound on jacobian_rank < n, nothing over QQ: over CC no h with
nonzero layers is identifiable, over RR none where the Jacobian has the generic rank; so uniform, generic and
generic-finite are refuted over CC or RR, and at-point, when every layer of h* is nonzero, over CC, and over RR when an
accepted lower bound on the rank at h* reaches the upper bound on jacobian_rank. Source: theory 6.2. Cost: none.
"""
from ..claims import Claim, Context
from ..errors import Text, require, shown
from ..families import fields, whole
from .kernel_zero import require_nonzero


def check(claim: Claim, context: Context) -> None:
    """Accept iff the bound referred to, or the narrow layer's dimension, is at most the value."""
    if "rank" in claim.evidence:
        found = context.bound(fields(claim.evidence, "evidence", "rank")["rank"], "rank", "upper")
    else:
        found = _narrow(claim, context)
    require(found <= claim.value, f"a value >= {shown(found)}", claim.value)


def check_verdict(claim: Claim, context: Context) -> None:
    """Accept iff the Jacobian rank referred to is below n."""
    real_point = (claim.property, claim.over) == ("at-point", "RR")
    f = fields(claim.evidence, "evidence", "jacobian_rank" + " jacobian_rank_at_point" * real_point)
    bound = context.bound(f["jacobian_rank"], "jacobian_rank", "upper")
    require(bound < context.dimension, f"an upper bound on jacobian_rank < n = {context.dimension}", bound)
    if claim.property == "at-point":
        require_nonzero(context.point(), "h*")
    if real_point:
        here = context.bound(f["jacobian_rank_at_point"], "jacobian_rank_at_point", "lower")
        require(here >= bound, f"a rank of {bound} at h*, the largest one", here)


def _narrow(claim: Claim, context: Context) -> int:
    f = fields(claim.evidence, "evidence", "bound layer")
    require(f["bound"] == "narrow", 'bound "narrow", or a reference "rank"', f["bound"])
    require(context.spec.network is None, "a chain of layers", Text("a network"))
    operators = context.spec.operators
    parametric = [i for i, operator in enumerate(operators) if operator.parameters]
    k = whole(f["layer"], "evidence, layer", 1, len(parametric))
    # The product factors through every dimension between the two parametric layers: the least one is the best.
    w = min(operator.cols for operator in operators[parametric[k - 1]:parametric[k]])
    rows, cols = operators[0].rows, operators[-1].cols
    require(w <= min(rows, cols), f"a layer of at most {min(rows, cols)} columns", w)
    return w * (rows + cols - w)
