"""Rule 4.2: uniform, generic, generic-finite or at-point identifiability modulo scaling, proved.

Hypothesis: rank A = prod S_k, by reference to an accepted lower bound; then Ker A = 0, over QQ for every field of
characteristic 0. At a point h* every layer of h* must be nonzero. Models: full, or the spec's for uniform and
at-point (theory 0.4). Source: theory 4.2. Cost: none.
"""
from collections.abc import Sequence
from math import prod

from ..claims import Claim, Context
from ..errors import Text, require, shown
from ..families import fields


def check(claim: Claim, context: Context) -> None:
    """Accept iff the rank referred to is the number of columns."""
    rank = context.bound(fields(claim.evidence, "evidence", "rank")["rank"], "rank", "lower")
    total = prod(context.spec.parameters)
    require(rank >= total, f"a lower bound on rank >= {shown(total)}", rank)
    if claim.property == "at-point":
        require_nonzero(context.point(), "h*")


def require_nonzero(h: Sequence[Sequence[object]], where: str) -> None:
    """Reject if some layer of h is the zero vector; `where` names the point, over any field."""
    for k, vector in enumerate(h):
        require(any(vector), f"{where} with every layer nonzero", Text(f"layer {k} is zero"))
