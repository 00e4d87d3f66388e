"""Rule 9.1 and 7.8: what the group L_0/L = Z^f + sum Z/d_i says about generic fibres over F = QQ, RR or CC.

Evidence {"jacobian_rank": id}, an accepted bound by the same statement; modulo torus also "dimension": f. The classes
in a generic fibre over F are (F*)^f x prod mu_{d_i}(F) in number: c = prod d_i over CC, 2^(number of even d_i) over RR
and QQ, when f = 0. Exact lattices (all of L): fibre_count = c; `generic` and `uniform` refuted over F when f > 0 or
c > 1, `generic-finite` when f > 0; modulo the torus (the connected group of rescalings of single parameters that
preserve phi, of dimension f > 0 on classes) `generic-finite` proved, `generic` proved iff c = 1. A lattice of finite
index (7.8 with "exact": false) bounds from above: fibre_count <= c, `generic` proved when c = 1, `generic-finite`.
Source: theory 9.1, 7.8. Cost: none beyond the bound referred to.
"""
from math import prod
from typing import Any

from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing, whole
from ..numbers import integer

Group = tuple[int, list[int]]


def require_group(f: dict[str, Any], found: Group) -> None:
    """Reject unless `free` and `divisors` of the evidence are the group found."""
    free = whole(f["free"], "free", 0)
    divisors = [integer(d, "divisors", 2) for d in listing(f["divisors"], "divisors")]
    require((free, divisors) == found, f"the group with free rank {found[0]} and invariant factors {found[1][:8]}",
            Text(f"free rank {free} and {len(divisors)} factors"))


def lattice_of(claim: Claim, keys: str, context: Context) -> tuple[int, list[int], bool]:
    """(f, [d_i], exact) of the accepted bound that the claim refers to."""
    f = fields(claim.evidence, "evidence", keys)
    bound = context.reference(f["jacobian_rank"], "jacobian_rank")
    found = (bound.kind, bound.quantity, bound.side, bound.statement)
    require(found == ("bound", "jacobian_rank", "upper", claim.statement),
            f"an upper bound on jacobian_rank by {claim.statement}", Text(bound.summary))
    free, divisors = bound.evidence["free"], [integer(d, "divisors") for d in bound.evidence["divisors"]]
    if "dimension" in f:
        require(free > 0, "a torus of positive dimension", free)
        whole(f["dimension"], "dimension", free, free + 1)
    return free, divisors, claim.statement == "9.1" or bound.evidence["exact"]


def classes(divisors: list[int], over: str) -> int:
    """The number of homomorphisms of sum Z/d_i to F*."""
    return prod(divisors) if over == "CC" else 2 ** sum(d % 2 == 0 for d in divisors)


def check_count(claim: Claim, context: Context) -> None:
    """Accept iff the value bounds the number of classes from its side."""
    free, divisors, exact = lattice_of(claim, "jacobian_rank", context)
    require(not free, "finitely many classes", Text(f"a group of free rank {free}"))
    require(exact or claim.side == "upper", "an upper bound, as the lattice may be smaller than L", claim.side)
    count = classes(divisors, claim.over)
    good = claim.value <= count if claim.side == "lower" else claim.value >= count
    require(good, f"a value {'<=' if claim.side == 'lower' else '>='} {count}", claim.value)


def check_proved(claim: Claim, context: Context) -> None:
    """Accept iff there are finitely many classes (orbits under the torus), and one for `generic`."""
    torus = claim.modulo == "torus"
    free, divisors, exact = lattice_of(claim, "jacobian_rank dimension" if torus else "jacobian_rank", context)
    require(exact if torus else not free, "all of L" if torus else "finitely many classes",
            Text(f"a group of free rank {free}"))
    count = classes(divisors, claim.over)
    require(claim.property == "generic-finite" or count == 1, f"one class over {claim.over}", count)


def check_refuted(claim: Claim, context: Context) -> None:
    """Accept iff there are several classes (orbits under the torus), infinitely many for `generic-finite`."""
    torus = claim.modulo == "torus"
    free, divisors, exact = lattice_of(claim, "jacobian_rank dimension" if torus else "jacobian_rank", context)
    require(exact, "all of L", Text("a lattice that may be smaller"))
    infinite = free > 0 and not torus
    several = claim.property != "generic-finite" and classes(divisors, claim.over) > 1
    require(infinite or several, "several classes", Text(f"free rank {free}, {len(divisors)} invariant factors"))


# (properties, modulo, status, fields, rule), for both statements
LICENCES = (
    ("generic", "scaling", "proved", "QQ RR CC", check_proved),
    ("generic-finite", "scaling", "proved", "CC", check_proved),
    ("uniform generic generic-finite", "scaling", "refuted", "QQ RR CC", check_refuted),
    ("generic", "torus", "proved", "QQ RR CC", check_proved),
    ("generic-finite", "torus", "proved", "CC", check_proved),
    ("generic", "torus", "refuted", "QQ RR CC", check_refuted),
)
