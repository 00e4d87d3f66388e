"""Proofs of uniform identifiability and its failure from the kernel and the rank of the lifted map."""

from __future__ import annotations

import math
from fractions import Fraction

from exactfact.lifting.rank_two import rank_two
from exactfact.reporting.notation import integer_words
from exactfact.reporting.numerals import integer, number
from exactfact.reporting.subject import Claim, Subject, claim_mark, claim_name
from exactfact.reporting.vectors import exact


def follows(subject: Subject, claim: Claim) -> str:
    """4.1: from a proof for every h."""
    uniform = claim["evidence"]["uniform"]
    end = r"; no layer of $h^*$ is zero." if claim["property"] == "at-point" else "."
    return (
        rf"Every $h$ without zero layer is identifiable {claim_mark(uniform)}, in the sense of "
        rf"{subject.statement('4.1')}{end}"
    )


def line(subject: Subject, claim: Claim) -> str:
    """4.3: the kernel is a line."""
    rank, kernel = claim["evidence"]["rank"], claim["evidence"]["kernel"]
    entries = integer_words(len(kernel), "entries") if len(kernel) > 1 else "one entry"
    text = (
        rf"The tensor $T$ of {claim_name(claim['id'])}, with {entries} different from zero, satisfies $AT=0$ exactly, "
        rf"and $\operatorname{{rank}}A\ge {integer(subject.value(rank))}=N-1$ {claim_mark(rank)}: the kernel is the "
        r"line spanned by~$T$. "
    )
    if claim["status"] == "proved" and claim["over"] not in ("QQ", "RR"):
        text += r"By its slices, or by the quadrics of its minors, $T$ is no sum of two decomposable tensors. "
    else:
        tensor = {tuple(index): Fraction(exact(value)) for index, value in kernel}
        discriminant = rank_two(tensor, subject.architecture.parameters, 0).discriminant
        sign = "negative" if discriminant < 0 else r"positive, but no square in $\mathbb Q$"
        text += (
            r"The quadrics of its minors are proportional to one whose discriminant, "
            rf"${number(discriminant)}$, is {sign}: $T$ is a sum of two "
            r"decomposable tensors over the fields that contain the square root of it, and over no others. "
        )
    return text + f"Apply {subject.statement('4.3')}."


def minors(subject: Subject, claim: Claim) -> str:
    """4.4: minors generate all forms of one degree."""
    evidence = claim["evidence"]
    return (
        rf"Modulo $p={integer(evidence['prime'])}$, the multiples of degree ${integer(evidence['degree'])}$ of "
        rf"{integer_words(len(evidence['minors']), 'minors')} of order three of flattenings of the kernel, listed in "
        rf"{claim_name(claim['id'])}, span all forms of this degree. Apply {subject.statement('4.4')}."
    )


def enumeration(subject: Subject, claim: Claim) -> str:
    """4.5: all points."""
    p = subject.architecture.field.characteristic
    total = math.prod((p**size - 1) // (p - 1) for size in subject.architecture.parameters)
    what = r"none is proportional to $\phi(h^*)\ne0$ but those of the lines of~$h^*$"
    if claim["property"] == "uniform":
        what = "they are different from zero and pairwise not proportional"
    where = "at the combinations that the model allows among" if claim["model"] == "spec" else "at"
    return (
        rf"The values of $\phi$ were computed {where} all ${integer(total)}$ combinations of one vector of each line "
        rf"of $\mathbb F_{{{integer(p)}}}^{{S_k}}$: {what}. Apply {subject.statement('4.5')}."
    )


def small_rank(subject: Subject, claim: Claim) -> str:
    """5.2b and 5.2c: an upper bound on the rank."""
    rank, sizes = claim["evidence"]["rank"], sorted(subject.architecture.parameters)
    n = subject.free_parameters()
    limit = rf"\le n={integer(n)}" if claim["statement"] == "5.2c" else rf"<{integer(n + sizes[-1] + sizes[-2] - 3)}"
    return (
        rf"The rank of the lifted map is at most ${integer(subject.value(rank))}{limit}$ {claim_mark(rank)}, and two "
        rf"layers have at least two parameters. Apply {subject.statement(claim['statement'])}."
    )


def supports(subject: Subject, claim: Claim) -> str:
    """12.5: columns on two supports."""
    return (
        rf"For any two supports of the model the columns of $A$ on them are independent modulo "
        rf"$p={integer(claim['evidence']['prime'])}$. Apply {subject.statement('12.5')}."
    )
