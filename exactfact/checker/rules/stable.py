"""Rule 12.3, 12.4, 10.4, 5.2d: `stable`, the deep null space property for some gamma and rho, proved or refuted.

12.3: Ker A = 0, by an accepted lower bound on rank >= prod S_k: gamma = 1, rho infinite; `sigma_min_squared` is null
or an accepted lower bound. 10.4: networks with 0/1 path sums, on path tensors (modulo scaling: one node on every hidden
level).
12.4 proved: Ker A meets the closure of the sums of two decomposable tensors in 0 only, by an accepted 4.4 or its
evidence. 12.4 refuted: a difference P(h) - P(g) in Ker A, by an accepted refutation of `uniform` over the same field
(group, model); or a tangent vector in Ker A: generic Jacobian rank, or that at h* without zero layer, below n, or
h without zero layer and b with sum_k M_1(h_1)...M_k(b_k)...M_K(h_K) = 0 where (b_k) is no (c_k h_k) with sum c_k = 0.
5.2d, over CC: rank A < s_2, the dimension of that closure. Source: theory 12.3, 12.4, 10.4, 5.2d, 0.4. Cost: as 4.4, or
none.
"""
from dataclasses import replace
from fractions import Fraction

from ..chains import common_denominator
from ..claims import Claim, Context
from ..errors import Text, require, shown
from ..families import fields
from ..numbers import integer
from . import flattening_minors, kernel_zero
from .consequences import require_verdict
from .misfit import spend
from .path_uniform import require_zero_one
from .witness import image


def check_injective(claim: Claim, context: Context) -> None:
    """Accept iff the rank referred to is the number of columns."""
    _require_sigma(claim, context)
    kernel_zero.check(_without_sigma(claim), context)


def check_finite(claim: Claim, context: Context) -> None:
    """Accept iff 4.4 holds, for some gamma that no number is known for."""
    _require_sigma(claim, context)
    rest = _without_sigma(claim)
    if "uniform" not in claim.evidence:
        flattening_minors.check(rest, context)
        return
    other = context.reference(fields(rest.evidence, "evidence", "uniform")["uniform"], "uniform")
    found = (other.property, other.modulo, other.model, other.status, other.over, other.statement)
    require(found == ("uniform", "scaling", "full", "proved", "CC", "4.4"), "uniform proved over CC by 4.4",
            Text(other.summary))


def check_network(claim: Claim, context: Context) -> None:
    """Accept iff all path sums are distinct, and nu is right."""
    f = fields(claim.evidence, "evidence", "zero_one nu")
    require_zero_one(claim, context)
    nu = context.network.nu
    require(nu is not None, "signal in the network, where the group has a 0", Text("none"))
    require(integer(f["nu"], "nu", 1) == nu, f"nu = {shown(nu)}", f["nu"])
    if claim.modulo == "scaling":
        require(context.network.one_node_a_level(), "one node on every hidden level", Text("a level with several"))


def check_refuted(claim: Claim, context: Context) -> None:
    """Accept iff a kernel vector is a difference of two decomposable tensors, or a limit of multiples of such."""
    if "jacobian_rank" in claim.evidence:
        _require_tangents(claim, context)
        return
    if "h" in claim.evidence:
        _require_tangent(claim, context)
        return
    other = context.reference(fields(claim.evidence, "evidence", "uniform")["uniform"], "uniform")
    require_verdict(other, ("uniform", claim.modulo, claim.model, "refuted", claim.over),
                    f"uniform refuted over {claim.over}, the same group and model")


def check_small(claim: Claim, context: Context) -> None:
    """Accept iff the rank is below s_2 (theory 1.2; layers with one parameter drop out)."""
    rank = context.bound(fields(claim.evidence, "evidence", "rank")["rank"], "rank", "upper")
    sizes = [size for size in context.spec.parameters if size > 1]
    n = context.dimension
    secant = 1 if not sizes else n if len(sizes) == 1 else 2 * n - 2 if len(sizes) == 2 else 2 * n
    require(rank < secant, f"an upper bound on rank < s_2 = {secant}", rank)


def _require_tangents(claim: Claim, context: Context) -> None:
    require((claim.modulo, claim.model) == ("scaling", "full") and context.spec.network is None,
            "a chain, modulo scaling, model full", Text(claim.summary))
    name = fields(claim.evidence, "evidence", "jacobian_rank")["jacobian_rank"]
    other = context.reference(name, "jacobian_rank")
    require(other.side == "upper" and other.quantity in ("jacobian_rank", "jacobian_rank_at_point"),
            "an upper bound on the rank of the Jacobian", Text(other.summary))
    if other.quantity == "jacobian_rank_at_point":
        kernel_zero.require_nonzero(context.point(), "h*")
    require(other.value < context.dimension, f"a Jacobian rank < n = {context.dimension}", other.value)


def _require_tangent(claim: Claim, context: Context) -> None:
    require((claim.modulo, claim.model) == ("scaling", "full") and context.spec.network is None,
            "a chain, modulo scaling, model full", Text(claim.summary))
    f = fields(claim.evidence, "evidence", "h b")
    h, b = context.vectors(f["h"], "h"), context.vectors(f["b"], "b")
    kernel_zero.require_nonzero(h, "h")
    ratios = []
    for x, y in zip(h, b, strict=True):
        spend(context, *(Fraction(v) for v in (*x, *y)))
        lead = next(i for i, v in enumerate(x) if v)
        ratios.append(Fraction(y[lead]) / x[lead] if all(u * y[lead] == v * x[lead] for u, v in zip(x, y, strict=True))
                      else None)
    spend(context, *(c for c in ratios if c is not None))
    require(None in ratios or sum(c for c in ratios if c is not None) != 0, "b that moves P(h)", Text("a rescaling"))
    whole = []  # h_k and b_k times a common denominator: every term is multiplied by it
    for x, y in zip(h, b, strict=True):
        d = common_denominator({v.denominator for v in (*x, *y)}, 2 * len(x), context.meter)
        whole.append(([int(v * d) for v in x], [int(v * d) for v in y]))
    total: dict[int, int] = {}
    for k in range(len(h)):
        for cell, v in image([y if i == k else x for i, (x, y) in enumerate(whole)], context).items():
            total[cell] = total.get(cell, 0) + v
        context.meter.hold(len(total), "a tangent vector")
    require(not any(total.values()), "A T = 0 for the tangent vector T", Text("another value"))


def _require_sigma(claim: Claim, context: Context) -> None:
    require("sigma_min_squared" in claim.evidence, "evidence with sigma_min_squared, an id or null", claim.evidence)
    name = claim.evidence["sigma_min_squared"]
    if name is not None:
        other = context.reference(name, "sigma_min_squared")
        require((other.quantity, other.side) == ("sigma_min_squared", "lower"), "a lower bound on sigma_min_squared",
                Text(other.summary))


def _without_sigma(claim: Claim) -> Claim:
    return replace(claim, evidence={key: x for key, x in claim.evidence.items() if key != "sigma_min_squared"})
