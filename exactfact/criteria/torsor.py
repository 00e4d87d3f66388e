"""Claims when the classes in a fibre are a torsor under Hom(L_0/L, F*) (theory 9.1, 7.8).

With L_0/L = Z^f + sum of Z/d_i: over CC prod d_i classes when f = 0, over RR and QQ one for each subset of the even
d_i, infinitely many when f > 0; modulo the torus, of dimension f, the same numbers of orbits.
Claims, hypotheses, costs: those of the criteria that find L (`monomial`, `propagation`).  Source: theory 9.1, 7.8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import gcd, prod
from typing import Any

from exactfact.algebra.lattice import Quotient
from exactfact.certificate.claims import Bound, Claim, Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.numbers import encode_integer
from exactfact.certificate.transfers import FIELDS, also_over


def torsion_count(divisors: Sequence[int], over: str) -> int:
    """Homomorphisms of the torsion of L_0/L to F*, for F one of CC, RR, QQ."""
    return prod(divisors) if over == "CC" else int(2 ** sum(d % 2 == 0 for d in divisors))


def count_over_prime_field(quotient: Quotient, p: int) -> int:
    """The number of homomorphisms from L_0/L to GF(p)*, exact: (p - 1)^free times gcd(d, p - 1) for each divisor d."""
    return int((p - 1) ** quotient.free) * prod(gcd(d, p - 1) for d in quotient.divisors)


def settled(ledger: Ledger) -> bool:
    """Whether the ledger says all that a torsor could: one class, numbers of classes, or orbits under the torus."""
    if "proved" in _statuses(ledger, "scaling", "CC") or all(_statuses(ledger, "torus", over) for over in FIELDS):
        return True
    bounds = [[ledger.bound("fibre_count", side, over) for side in ("lower", "upper")] for over in FIELDS]
    return all(low is not None and high is not None and low.value == high.value for low, high in bounds)


def _statuses(ledger: Ledger, modulo: str, over: str) -> set[str]:
    """What is recorded about `generic` modulo the group over the field."""
    return {
        claim.status
        for claim in ledger.claims
        if isinstance(claim, Verdict)
        and (claim.property, claim.modulo, claim.model) == ("generic", modulo, "full")
        and over in (claim.over, *also_over(claim.property, claim.status, claim.over))
    }


def torsor_claims(
    quotient: Quotient, statement: str, evidence: Mapping[str, Any], dimension: int, exact: bool = True
) -> list[Claim]:
    """The claim that holds the lattice, and all that follows about generic fibres over fields of characteristic 0.

    `exact`: the lattice is L itself; else a sublattice of finite index in L_0, which bounds from above.
    """
    group = {"free": quotient.free, "divisors": [encode_integer(d) for d in quotient.divisors]}
    claims: list[Claim] = [
        Bound("jacobian_rank", "upper", dimension - quotient.free, "QQ", statement, {**evidence, **group})
    ]
    if quotient.free:
        return claims + list(_infinite(quotient, statement))
    link = {"jacobian_rank": "@0"}
    claims.append(Verdict("generic-finite", "scaling", "full", "CC", "proved", statement, link))
    for over in FIELDS:
        count = torsion_count(quotient.divisors, over)
        if count > 1:
            sides = ("lower", "upper") if exact else ("upper",)
            claims += [Bound("fibre_count", side, count, over, statement, link) for side in sides]
    claims += _generic(quotient, statement, link, "scaling", exact)
    return claims


def _infinite(quotient: Quotient, statement: str) -> Iterator[Claim]:
    for prop in ("generic-finite", "generic", "uniform"):
        for over in FIELDS:
            yield Verdict(prop, "scaling", "full", over, "refuted", statement, {"jacobian_rank": "@0"})
    orbits = {"jacobian_rank": "@0", "dimension": quotient.free}
    yield Verdict("generic-finite", "torus", "full", "CC", "proved", statement, orbits)
    yield from _generic(quotient, statement, orbits, "torus", True)


def _generic(
    quotient: Quotient, statement: str, evidence: Mapping[str, Any], modulo: str, exact: bool
) -> Iterator[Claim]:
    """One class (orbit) or more, field by field; a proof over CC holds over the smaller fields."""
    if not quotient.divisors:
        yield Verdict("generic", modulo, "full", "CC", "proved", statement, evidence)
        return
    for over in FIELDS:
        if torsion_count(quotient.divisors, over) == 1:
            yield Verdict("generic", modulo, "full", over, "proved", statement, evidence)
        elif exact:
            yield Verdict("generic", modulo, "full", over, "refuted", statement, evidence)
            if modulo == "scaling":
                yield Verdict("uniform", modulo, "full", over, "refuted", statement, evidence)
