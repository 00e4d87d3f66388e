"""Rule 9.1: the nonzero columns of A are independent; L_0/L = Z^f + sum Z/d_i, L the lattice of their v(i).

Bound jacobian_rank <= value over QQ: independent columns, every parameter used, the group recomputed, and
value >= n - f. `torsor` draws the generic verdicts from it. Verdict at-point modulo scaling: no entry of h* is zero;
there are (F*)^f x prod mu_{d_i}(F) classes in its fibre over F, for QQ, RR and CC with the bound by 9.1, over GF(p)
with the same evidence in the verdict.
Independent: {"paths": "unique"}, no two complete paths of nonzero entries share both ends; or {"rank": id}, an accepted
lower bound on rank is at least the number of nonzero columns, which are listed exactly. Supports are read over the
spec's field. Source: theory 9.1. Cost: one path an edge, or all products of prefixes; one integer elimination.
"""
from math import gcd, prod

from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields
from .path_lattice import edges_of, generators, group, nonzero_columns, require_unique, spanned
from .torsor import Group, classes, lattice_of, require_group


def check(claim: Claim, context: Context) -> None:
    """Accept iff the group is the one written and value >= n - f."""
    least = context.dimension - _group(claim, context)[0]
    require(least <= claim.value, f"a value >= {least}", claim.value)


def check_point(claim: Claim, context: Context) -> None:
    """Accept iff h* has no zero entry and its fibre has one class (proved) or more (refuted)."""
    require(all(x for vector in context.point() for x in vector), "h* without zero entries", Text("a zero entry"))
    if context.p:
        free, divisors = _group(claim, context)
        one = (context.p == 2 or not free) and prod(gcd(d, context.p - 1) for d in divisors) == 1
    else:
        free, divisors, _ = lattice_of(claim, "jacobian_rank", context)
        one = not free and classes(divisors, claim.over) == 1
    require(one == (claim.status == "proved"), "one class" if claim.status == "proved" else "several classes",
            Text(f"free rank {free}, {len(divisors)} invariant factors"))


def _group(claim: Claim, context: Context) -> Group:
    key = "rank" if "rank" in claim.evidence else "paths"
    f = fields(claim.evidence, "evidence", f"{key} free divisors")
    if key == "paths":
        require(f["paths"] == "unique", 'paths "unique"', f["paths"])
        edges = edges_of(context)
        require_unique(edges, context.meter)
        indices = generators(edges, context.meter)
    else:
        most = context.bound(f["rank"], "rank", "lower")
        indices = []
        for index in nonzero_columns(context):
            indices.append(index)
            require(len(indices) <= most, f"at most {most} nonzero columns", Text("more"))
            context.meter.hold(len(indices) * (2 + len(index)), "columns")
    lattice = spanned(indices, context)
    require(lattice.covers(), "every parameter in some nonzero column", Text("one that is in none"))
    found = group(lattice, context)
    require_group(f, found)
    return found
