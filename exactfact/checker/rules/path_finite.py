"""Rule 10.6: generic finiteness modulo path-scaling of a network.

Bound jacobian_rank <= sum |S_e| - H, H the number of hidden nodes (the node torus acts freely on nonzero edges).
Verdict generic-finite / path-scaling, proved over CC: an accepted lower bound >= sum |S_e| - H. Every edge lies on a
path from a leaf to the root, by the network's validation. Source: theory 10.6. Cost: none.
"""
from ..claims import Claim, Context
from ..errors import require
from ..families import fields


def check_bound(claim: Claim, context: Context) -> None:
    """Accept iff the value is at least sum |S_e| - H."""
    f = fields(claim.evidence, "evidence", "bound")
    require(f["bound"] == "dimension", 'bound "dimension"', f["bound"])
    require(_dimension(context) <= claim.value, f"a value >= {_dimension(context)}", claim.value)


def check(claim: Claim, context: Context) -> None:
    """Accept iff the Jacobian rank referred to is at least sum |S_e| - H."""
    reference = fields(claim.evidence, "evidence", "jacobian_rank")["jacobian_rank"]
    rank = context.bound(reference, "jacobian_rank", "lower")
    require(rank >= _dimension(context), f"a lower bound on jacobian_rank >= {_dimension(context)}", rank)


def _dimension(context: Context) -> int:
    return sum(context.spec.parameters) - len(context.network.hidden)
