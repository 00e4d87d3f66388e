"""Claims when the classes in a fibre are a torsor under Hom(L_0/L, F*) (theory 9.1, 7.8).

With L_0/L = Z^f + sum of Z/d_i: over CC prod d_i classes when f = 0, over RR and QQ one for each subset of the even
d_i, infinitely many when f > 0; modulo the torus, of dimension f, the same numbers of orbits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import gcd, prod
from typing import Any

from exactfact.algebra.lattice import Quotient
from exactfact.certificate.claims import Bound, Claim, Verdict

FIELDS = ("CC", "RR", "QQ")
Evidence = Mapping[str, Any]


def torsion_count(quotient: Quotient, over: str) -> int:
    """Homomorphisms of the torsion of L_0/L to F*, for F one of CC, RR, QQ."""
    return prod(quotient.divisors) if over == "CC" else int(2 ** sum(d % 2 == 0 for d in quotient.divisors))


def count_over_prime_field(quotient: Quotient, p: int) -> int:
    """Homomorphisms of L_0/L to GF(p)*."""
    return int((p - 1) ** quotient.free) * prod(gcd(d, p - 1) for d in quotient.divisors)


def torsor_claims(quotient: Quotient, statement: str, evidence: Evidence, dimension: int) -> Iterator[Claim]:
    """Everything that L itself licenses about generic fibres over fields of characteristic 0."""
    if quotient.free:
        yield Bound("jacobian_rank", "upper", dimension - quotient.free, "QQ", statement, evidence)
        yield from _infinite(quotient, statement, evidence)
        return
    for over in FIELDS:
        count = torsion_count(quotient, over)
        if count > 1:
            yield from (Bound("fibre_count", side, count, over, statement, evidence) for side in ("lower", "upper"))
    yield from _generic(quotient, statement, evidence, "scaling")


def _infinite(quotient: Quotient, statement: str, evidence: Evidence) -> Iterator[Claim]:
    for prop in ("generic-finite", "generic"):
        for over in FIELDS:
            yield Verdict(prop, "scaling", "full", over, "refuted", statement, evidence)
    orbits = {**evidence, "dimension": quotient.free}
    yield Verdict("generic-finite", "torus", "full", "CC", "proved", statement, orbits)
    yield from _generic(quotient, statement, orbits, "torus")


def _generic(quotient: Quotient, statement: str, evidence: Evidence, modulo: str) -> Iterator[Claim]:
    """One class (orbit) or more, field by field; a proof over CC holds over the smaller fields."""
    if not quotient.divisors:
        yield Verdict("generic", modulo, "full", "CC", "proved", statement, evidence)
        return
    for over in FIELDS:
        status = "proved" if torsion_count(quotient, over) == 1 else "refuted"
        yield Verdict("generic", modulo, "full", over, status, statement, evidence)


def index_claims(quotient: Quotient, statement: str, evidence: Evidence) -> Iterator[Claim]:
    """What a sublattice of finite index in L_0 licenses when L is not known (theory 7.8 iv): upper bounds."""
    for over in FIELDS:
        count = torsion_count(quotient, over)
        if count == 1:
            yield Verdict("generic", "scaling", "full", over, "proved", statement, evidence)
        else:
            yield Bound("fibre_count", "upper", count, over, statement, evidence)
