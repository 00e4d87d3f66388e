"""Rule 5.2b and 5.2c: the rank of A is too small for uniform identifiability over CC or RR; no pair is exhibited.

Evidence: `rank`, an accepted upper bound on rank A; at least two layers with S_k >= 2. 5.2b, over CC: rank < z, the
largest 2 (S_i + S_j - 2) + sum of the other S_k - 1 over two such layers i, j: the kernel meets the closed cone of
(matrices of rank <= 2 in the factors i, j) x (decomposable tensors), of dimension z. 5.2c, over RR: rank <= n; else a
product of real projective spaces would be one. Source: theory 5.2. Cost: none.
"""
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields


def check(claim: Claim, context: Context) -> None:
    """Accept iff the bound referred to is below the threshold of the statement."""
    require(not context.p, "a spec over QQ", Text(f"GF({context.p})"))
    rank = context.bound(fields(claim.evidence, "evidence", "rank")["rank"], "rank", "upper")
    sizes = sorted(context.spec.parameters)
    require(len(sizes) >= 2 and sizes[-2] >= 2, "two layers with at least two parameters", sizes[-8:])
    n = context.dimension
    # z = n - 1 + (S_i - 1) + (S_j - 1): the two largest layers give the maximum.
    most = n - 1 + sizes[-1] + sizes[-2] - 3 if claim.statement == "5.2b" else n
    require(rank <= most, f"an upper bound on rank <= {most}", rank)
