"""Proofs about stable recovery: singular values, the deep null space property and its failure."""

from __future__ import annotations

from typing import Any

from exactfact.certificate.numbers import decode_number
from exactfact.reporting import uniform_proofs
from exactfact.reporting.numerals import compact, decimals, integer
from exactfact.reporting.subject import Claim, Subject, claim_mark

MATRICES = {"rows": "$AA^T$", "columns": "$A^TA$"}


def counted(_subject: Subject, evidence: dict[str, Any]) -> str:
    """12.6: a count of eigenvalues."""
    if "bound" in evidence:
        return "the trace of $AA^T$"
    how = "exact elimination"
    if evidence["bits"] is not None:
        how = f"a factorization with ${evidence['bits']}$ binary places and its exact remainder"
    part = " of the first row" if evidence["group"] is not None else ""
    return rf"eigenvalues of {MATRICES[evidence['gram']]}{part} counted by {how}, near this number"


def injective(subject: Subject, claim: Claim) -> str:
    """12.3: no kernel."""
    rank, sigma = claim["evidence"]["rank"], claim["evidence"]["sigma_min_squared"]
    text = (
        rf"$\operatorname{{rank}}A\ge {integer(subject.value(rank))}$ {claim_mark(rank)} is the number of columns: the "
        r"kernel is zero, and $\operatorname{dist}(D,\operatorname{Ker}A)=\|D\|$"
    )
    text += "." if sigma is None else rf"; $\sigma_{{\min}}(A)$ is bounded by {claim_mark(sigma)}."
    return f"{text} Apply {subject.statement('12.3')}."


def closure(subject: Subject, claim: Claim) -> str:
    """12.4: what the kernel holds."""
    evidence = claim["evidence"]
    if claim["status"] == "proved":
        if "uniform" in evidence:
            known = rf"The minors of {claim_mark(evidence['uniform'])} exclude the kernel from "
        else:
            known = uniform_proofs.minors(subject, claim) + " So the kernel meets in zero only "
        return rf"{known}the closure of the sums of two decomposable tensors. Apply {subject.statement('12.4')}."
    if "uniform" in evidence:
        return (
            rf"For the points of {claim_mark(evidence['uniform'])}, $P(h)-P(g)\ne0$ lies in the kernel of~$A$. "
            rf"Apply {subject.statement('12.4')}."
        )
    if "h" in evidence:
        return (
            rf"For $h$ and $b$ of {claim_mark(claim['id'])}, the tangent vector "
            rf"$\lim(P(h+\varepsilon b)-P(h))/\varepsilon\ne0$ lies in the kernel of~$A$, "
            rf"verified exactly. Apply {subject.statement('12.4')}."
        )
    bound = evidence["jacobian_rank"]
    return (
        rf"The Jacobian matrix has rank at most ${integer(subject.value(bound))}$ {claim_mark(bound)}, less than "
        rf"$n={integer(subject.free_parameters())}$: a tangent vector $\lim(P(h+\varepsilon b)-P(h))/\varepsilon\ne0$ "
        rf"lies in the kernel of~$A$. Apply {subject.statement('12.4')}."
    )


def small_rank(subject: Subject, claim: Claim) -> str:
    """5.2d: rank below the dimension of the secant variety."""
    rank = claim["evidence"]["rank"]
    return (
        rf"The rank of the lifted map is at most ${integer(subject.value(rank))}$ {claim_mark(rank)}, less than $s_2$. "
        rf"Apply {subject.statement('5.2d')}."
    )


def supports(subject: Subject, claim: Claim) -> str:
    """12.5: kappa on all unions of supports."""
    evidence = claim["evidence"]
    if "kappa_squared" not in evidence:
        return uniform_proofs.supports(subject, claim)
    value = decimals(decode_number(evidence["kappa_squared"]), "lower")
    how = (
        "the coherence of the columns and Gershgorin's circles"
        if evidence["method"] == "coherence"
        else "counting the eigenvalues of the Gram matrices of the columns on all pairs of supports"
    )
    return rf"$\kappa^2\ge {value}$ by {how}. Apply {subject.statement('12.5')}."


def network(subject: Subject, claim: Claim) -> str:
    """10.4: orthogonal columns."""
    evidence = claim["evidence"]
    nu = compact(int(decode_number(evidence["nu"])))
    return (
        rf"All path sums are distinct {claim_mark(evidence['zero_one'])}, so the columns of $A$ on path tensors are "
        rf"orthogonal, of squared norm $\nu={nu}$. Apply {subject.statement('10.4')}."
    )
