"""Proofs from lattices of exponents: statements 7.8 and 9.1 with the group of the certificate."""

from __future__ import annotations

from math import gcd, prod
from typing import Any

from exactfact.certificate.numbers import decode_integer
from exactfact.reporting.notation import integer_words
from exactfact.reporting.numerals import integer, number
from exactfact.reporting.subject import Claim, Subject, claim_mark, claim_name, field_symbol


def group(evidence: dict[str, Any]) -> str:
    """L_0/L as a sum of cyclic groups (mathematics)."""
    free, divisors = int(evidence["free"]), [decode_integer(d) for d in evidence["divisors"]]
    parts = [r"\mathbb Z" if free == 1 else rf"\mathbb Z^{{{free}}}"] if free else []
    shown = divisors if len(divisors) <= 6 else divisors[-6:]
    parts += [r"\dots"] if len(shown) < len(divisors) else []
    return r"\oplus ".join([*parts, *(rf"\mathbb Z/{integer(d)}" for d in shown)]) or "0"


def torsor(subject: Subject, claim: Claim) -> str:
    """7.8 and 9.1: the classes in a fibre, counted by homomorphisms."""
    evidence, mark = claim["evidence"], claim["id"]
    if "jacobian_rank" in evidence:
        mark = evidence["jacobian_rank"]
        evidence = subject.claims[mark]["evidence"]
    known = r"L_0/L" if evidence.get("exact", True) else r"L_0/\Lambda"
    return (
        rf"In the notation of {subject.statement(claim['statement'])}, ${known}\cong {group(evidence)}$ "
        rf"{claim_mark(mark)}. {'At $h^*$ no entry vanishes. ' if claim['property'] == 'at-point' else ''}"
        f"{_homomorphisms(subject, claim, evidence, known)}"
    )


def _homomorphisms(subject: Subject, claim: Claim, evidence: dict[str, Any], known: str) -> str:
    """What the group says over the field of the claim."""
    free, divisors = int(evidence["free"]), [decode_integer(d) for d in evidence["divisors"]]
    over = claim["over"]
    real = over in ("RR", "QQ")  # the same roots of unity, and one proof for both
    field = "F" if real else field_symbol(over)
    where = r"for $F=\mathbb R$ and $F=\mathbb Q$" if real else f"over ${field}$"
    p = subject.architecture.field.characteristic
    if p:
        total = (p - 1) ** free * prod(gcd(d, p - 1) for d in divisors)
    else:
        total = prod(divisors) if over == "CC" else 2 ** sum(d % 2 == 0 for d in divisors)
    hom = rf"$\operatorname{{Hom}}({known},{field}^*)$"
    if claim["modulo"] == "torus":
        orbits = "one orbit" if total == 1 else f"${integer(total)}$ orbits"
        times = "" if total == 1 else f" times a group with ${integer(total)}$ elements"
        return (
            rf"Beside the scalings, {hom} is a torus of dimension ${free}${times}: {where} a generic fibre consists of "
            f"{orbits} of this torus."
        )
    if free and not p:
        return f"So {hom} is infinite {where}, and so is the number of classes in a generic fibre."
    many = "one element" if total == 1 else f"${integer(total)}$ elements"
    most = "" if evidence.get("exact", True) else " at most"
    fibre = "the fibre of $h^*$" if claim["property"] == "at-point" else "a generic fibre"
    return f"So {hom} has {many}, and {fibre} has{most} as many classes, {where}."


def lattice(subject: Subject, evidence: dict[str, Any]) -> str:
    """Why the lattice is the one of the bound."""
    if "steps" in evidence:
        steps, cells = len(evidence["steps"]), sum(len(step) for step in evidence["steps"])
        known = r"L_0/L" if evidence["exact"] else r"L_0/\Lambda"
        return (
            f"{integer_words(steps, 'steps')} with {integer_words(cells, 'entries')} of the product, at a point modulo "
            rf"the prime ${number(evidence['prime'])}$, give ${known}\cong {group(evidence)}$"
        )
    why = (
        f"the nonzero columns of $A$ are as many as its rank {claim_mark(evidence['rank'])}"
        if "rank" in evidence
        else "each entry of the product is zero or one monomial"
    )
    return rf"{why}, and $L_0/L\cong {group(evidence)}$"


def classes(subject: Subject, evidence: dict[str, Any]) -> str:
    """Why a fibre has that many classes."""
    return f"the homomorphisms of the group of {claim_name(evidence['jacobian_rank'])} to the field, counted"
