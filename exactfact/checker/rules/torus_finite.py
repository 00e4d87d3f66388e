"""Rule 9.3a: generic finiteness modulo rescalings of hidden nodes, for fixed supports.

Every parameter sits at exactly one live entry, no two of a layer at the same one; E parameters, H hidden nodes. An
accepted lower bound on jacobian_rank >= E - H proves, over CC, that the generic fibre is finitely many orbits of the
torus that rescales the hidden nodes; dimension = H - (K - 1), of its orbits on classes modulo scaling.
Source: theory 9.3(a). Cost: the supports.
"""
from ..claims import Claim, Context
from ..errors import require
from ..families import fields
from .placed import hidden, read_edges, require_dimension


def check(claim: Claim, context: Context) -> None:
    """Accept iff the bound referred to is at least E - H."""
    f = fields(claim.evidence, "evidence", "jacobian_rank dimension")
    edges = read_edges(context)
    require_dimension(f["dimension"], edges)
    wanted = sum(map(len, edges)) - hidden(edges)
    rank = context.bound(f["jacobian_rank"], "jacobian_rank", "lower")
    require(rank >= wanted, f"a lower bound on jacobian_rank >= {wanted}", rank)
