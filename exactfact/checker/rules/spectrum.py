"""Rule 10.4: the smallest nonzero and the largest singular value of A, squared: nu * min c and nu * max c.

The columns of A are equal for equal (leaf, x), else orthogonal, all of squared norm nu, so that the nonzero singular
values are sqrt(nu c_leaf(x)). Evidence: nu and the number of (leaf, x) for each c > 0, in increasing order, or an
accepted path_max_entry <= 1 (all c = 1). Verified: nu and the numbers, recomputed. Source: theory 10.4.
Cost: one table of sums, or none.
"""
from collections import Counter

from ..claims import Claim, Context
from ..errors import Text, require, shown
from ..families import fields, listing
from ..numbers import integer
from .group_algebra import sums
from .path_uniform import compare, require_zero_one


def check(claim: Claim, context: Context) -> None:
    """Accept iff nu and the multiplicities are right and the value is on the right side of nu * min c, or max c."""
    by_reference = "zero_one" in claim.evidence
    f = fields(claim.evidence, "evidence", "nu zero_one" if by_reference else "nu multiplicities")
    nu = context.network.nu
    require(nu is not None, "signal in the network, where the group has a 0", Text("none"))
    require(integer(f["nu"], "nu", 1) == nu, f"nu = {shown(nu)}", f["nu"])
    entry = 1
    if by_reference:
        require_zero_one(claim, context)
    else:
        given = [tuple(integer(x, f"multiplicities[{i}]", 1) for x in listing(row, f"multiplicities[{i}]", 2))
                 for i, row in enumerate(listing(f["multiplicities"], "multiplicities"))]
        table = sums(context.network, context.meter)
        found = sorted(Counter(int(c) for poly in table.values() for c in poly.values()).items())
        require(given == found, f"multiplicities {', '.join(f'{shown(c)}: {n}' for c, n in found[:8])}", given)
        entry = found[0 if claim.quantity == "sigma_min_squared" else -1][0]
    compare(claim, (nu or 0) * entry)
