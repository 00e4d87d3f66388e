"""Rule 7.1b: two points with the same product where phi is a local isomorphism: generic refuted over CC.

Evidence: h and g over QQ, verified as for 8.1 (every layer of h nonzero, phi(h) = phi(g), not equivalent); an accepted
bound rank A <= n over QQ; a prime p at which both are integral and rank J_h = rank J_g = n mod p. Then phi maps
neighbourhoods of both classes onto neighbourhoods of the product in a space of dimension n, so that generic complex
fibres have at least two classes. fibre_count >= 2 over CC where generic is refuted over CC.
Source: theory 7.1(b), 8.1. Cost: two exact evaluations of phi, two Jacobians mod p.
"""
from dataclasses import replace

from ..claims import Claim, Context
from ..errors import require
from ..families import fields
from . import witness
from .jacobian import reduced_point, require_rank
from .kernel_zero import require_nonzero


def check(claim: Claim, context: Context) -> None:
    """Accept iff rank A <= n, and h and g are rivals at both of which J has rank n mod p."""
    f = fields(claim.evidence, "evidence", "h g rank prime")
    n = context.dimension
    rank = context.bound(f["rank"], "rank", "upper")
    require(rank <= n, f"an upper bound on rank <= n = {n}", rank)
    witness.check(replace(claim, property="uniform", evidence={"h": f["h"], "g": f["g"]}), context)
    p = context.prime(f["prime"])
    for name in ("h", "g"):
        point = context.vectors(f[name], name)
        require_nonzero(point, name)
        require_rank(reduced_point(point, name, p), p, n, context)
