"""Proofs for generic points and for a point: 7.1b to 7.5r and 7.7, with the numbers of the certificate."""

from __future__ import annotations

from exactfact.reporting.notation import integer_words
from exactfact.reporting.numerals import integer, number
from exactfact.reporting.pair_table import pair_table
from exactfact.reporting.subject import Claim, Subject, claim_mark, claim_name


def branches(subject: Subject, claim: Claim) -> str:
    """7.1b: a pair of regular points."""
    evidence = claim["evidence"]
    return (
        rf"{pair_table(subject, claim)} The points are not equivalent; "
        rf"$\operatorname{{rank}}A\le n={integer(subject.free_parameters())}$ {claim_mark(evidence['rank'])}, and "
        rf"modulo the prime ${number(evidence['prime'])}$ both Jacobian matrices have rank~$n$. Apply "
        rf"{subject.statement('7.1b')}."
    )


def relations(subject: Subject, claim: Claim) -> str:
    """7.2: how many relations each layer has."""
    evidence = claim["evidence"]
    counts = ",".join(str(len(layer)) for layer in evidence["relations"])
    point = "$h^*$" if claim["property"] == "at-point" else "a point"
    return (
        rf"In {claim_name(claim['id'])} there are ${counts}$ relations $B(\phi(h),h_k)=0$ for the layers "
        rf"$k=1,2,\dots$, verified exactly on spanning sets of the products around each layer. At {point}, "
        rf"modulo the prime ${number(evidence['prime'])}$, $\phi$ is not zero and the relations of each layer have "
        rf"rank $S_k-1$. Apply {subject.statement('7.2')}."
    )


def single(subject: Subject, claim: Claim) -> str:
    """7.3: one reduced point."""
    evidence = claim["evidence"]
    point = "$h^*$" if claim["property"] == "at-point" else "a point"
    return (
        rf"Modulo the prime ${number(evidence['prime'])}$, at {point} where $\phi$ is not zero, "
        rf"$H({evidence['degree']})=1$ {claim_mark(claim['id'])}. Apply {subject.statement('7.3')}."
    )


def many(subject: Subject, claim: Claim) -> str:
    """7.4: an exact count above one."""
    count = claim["evidence"]["fibre_count"]
    return (
        rf"A generic complex fibre has exactly ${integer(subject.value(count))}$ classes {claim_mark(count)}, by "
        rf"{subject.statement('7.4')}."
    )


def tangents(subject: Subject, claim: Claim) -> str:
    """7.7: which forms were used."""
    evidence = claim["evidence"]
    sizes = subject.architecture.parameters
    known = [int(layer) for layer, _ in evidence.get("known", [])]
    where = "all layers together" if evidence["layer"] is None else f"layer ${evidence['layer'] + 1}$"
    forms = integer_words(int(evidence["annihilators"]), "functionals")
    text = (
        rf"At a point modulo the prime ${number(evidence['prime'])}$ the Jacobian matrix has rank "
        rf"$n={integer(subject.free_parameters())}$. The forms of {forms} that kill its image, for {where}, have the "
        rf"rank that is needed {claim_mark(claim['id'])}. "
    )
    if known:
        layers = ",".join(str(k + 1) for k in known)
        text += rf"The layers ${layers}$ of ${len(sizes)}$ are determined by relations as in "
        text += f"{subject.statement('7.2')}. "
    return text + f"Apply {subject.statement('7.7')}."


def identities(subject: Subject, claim: Claim) -> str:
    """7.5: the layers in the order in which they are shown, with the degrees of the identities."""
    steps = ", ".join(
        rf"layer ${step['layer'] + 1}$ ($e={step['exponent']}$, $T={step['degree']}$)"
        for step in claim["evidence"]["steps"]
    )
    shown = f" Shown one after the other, the earlier ones put to their values: {steps}." if steps else ""
    return (
        r"Let $y=\phi(h^*)$. For a layer $k$ and a parameter $i$ of it, and one entry $\phi_0$ with $y_0\ne0$, "
        r"{} holds identities $\bigl(g_{{k,i}}h^*_{{k,j}}-g_{{k,j}}h^*_{{k,i}}\bigr)^e\phi_0(g)^T"
        r"=\sum_cC_c(g)\,\bigl(y_0\phi_c(g)-y_c\phi_0(g)\bigr)$, up to a nonzero constant, verified term by term; "
        r"the right side vanishes when $\phi(g)=y$, and $\phi_0(g)=y_0\ne0$.".format(claim_mark(claim["id"]))
        + shown
        + f" Apply {subject.statement('7.5')}."
    )


def algebraic(subject: Subject, claim: Claim) -> str:
    """7.5r: the degrees of the polynomials, and what is known of their roots."""
    evidence = claim["evidence"]
    degrees = ",".join(str(len(family["polynomial"]) - 1) for family in evidence["families"])
    many = len(evidence["families"]) > 1
    text = (
        rf"In {claim_name(claim['id'])} there {'are polynomials' if many else 'is a polynomial'} of degree ${degrees}$ "
        rf"with points $N$ modulo {'each' if many else 'it'}: $\phi(N)$ is proportional to $\phi(h^*)$, by exact "
        rf"divisions, and the ratios of their parameters combine to the root. All roots are different, and none is in "
        rf"the class of $h^*$ {claim_mark(claim['id'])}. "
    )
    if claim["status"] == "refuted":
        real = "By Sturm's sequence there is a real root. " if claim["over"] == "RR" else ""
        return f"{text}{real}Apply {subject.statement('7.5r')}."
    total = 1 + sum(len(family["polynomial"]) - 1 for family in evidence["families"])
    d = int(evidence["degree"])
    generated = "" if total <= d else rf", and the functionals of $\phi$ generate all forms of degree ${d + 1}$"
    none = (
        "By Sturm's sequences no root is real."
        if claim["over"] == "RR"
        else f"Modulo ${','.join(map(str, evidence['rootless']))}$ there is no root, so none is rational."
    )
    return (
        rf"{text}Modulo the prime ${number(evidence['prime'])}$, $H({evidence['degree']})\le{integer(total)}$ at "
        rf"$h^*${generated}: with that of $h^*$, these are all complex classes. {none} Apply "
        rf"{subject.statement('7.5r')}."
    )
