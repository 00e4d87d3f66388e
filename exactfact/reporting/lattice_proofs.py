"""Proofs from lattices of exponents: statements 7.8 and 9.1 with the group of the certificate."""

from __future__ import annotations

from typing import Any

from exactfact.certificate.numbers import decode_integer
from exactfact.reporting.notation import integer_words
from exactfact.reporting.numerals import integer, number
from exactfact.reporting.subject import Claim, Subject, claim_mark


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
        rf"In {claim_mark(mark)} ${known}\cong {group(evidence)}$. "
        rf"{'At $h^*$ no entry vanishes. ' if claim['property'] == 'at-point' else ''}"
        rf"Apply {subject.statement(claim['statement'])}."
    )


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
    return f"the homomorphisms of the group of {claim_mark(evidence['jacobian_rank'])} to the field, counted"
