"""Proofs from symmetries of the product: statements 6.3, 6.4, 8.2c and 8.2f with the numbers of the certificate."""

from __future__ import annotations

from typing import Any

from exactfact.reporting.notation import integer_words
from exactfact.reporting.numerals import integer
from exactfact.reporting.subject import Claim, Subject, claim_mark, claim_name


def orbit(subject: Subject, claim: Claim) -> str:
    """6.3, generic finiteness modulo gauge: the bounds on the Jacobian rank meet."""
    upper, lower = claim["evidence"]["gauge"], claim["evidence"]["jacobian_rank"]
    return (
        rf"The linear fields of {claim_name(upper)} and the scalings give $\rho\le "
        rf"{integer(subject.value(upper))}$, and "
        rf"$\rho\ge {integer(subject.value(lower))}$ {claim_mark(lower)}. So at generic $h$ the kernel of the Jacobian "
        rf"matrix is the tangent space of the orbit of~$h$, which has dimension "
        rf"${integer(claim['evidence']['dimension'])}$ on classes of~$\sim$. Apply {subject.statement('6.3')}."
    )


def moving(subject: Subject, claim: Claim) -> str:
    """6.4: the fields leave the classes."""
    bound = claim["evidence"]["gauge"]
    fields: list[Any] = subject.claims[bound]["evidence"]["fields"]
    return (
        rf"In {claim_name(bound)} there {'is' if len(fields) == 1 else 'are'} "
        rf"{integer_words(len(fields), 'linear fields')} "
        rf"over $\mathbb Q$ along which $\phi$ does not change, independent of the scalings at a point. Apply "
        rf"{subject.statement('6.4')}."
    )


def swap(subject: Subject, claim: Claim) -> str:
    """8.2c: two layers can be exchanged."""
    first, last = (int(k) + 1 for k in claim["evidence"]["layers"])
    return (
        rf"With the matrices $C$ and $D$ of {claim_name(claim['id'])}, replacing $(h_{{{first}}},h_{{{last}}})$ by "
        rf"$(Ch_{{{last}}},Dh_{{{first}}})$ leaves $\phi(h)$ unchanged: verified on all "
        rf"pairs of basis vectors and on a "
        rf"spanning set of the products between the two layers. Apply {subject.statement('8.2c')}."
    )


def layers(subject: Subject, claim: Claim) -> str:
    """8.2f: a layerwise map."""
    changed = ",".join(str(int(k) + 1) for k, _ in claim["evidence"]["C"])
    return (
        rf"With the matrices $C_k$, $k={changed}$, and $Z_k$ of {claim_name(claim['id'])} \textup(identities "
        rf"elsewhere\textup), $Z_{{k-1}}M_k(C_ke_j)=M_k(e_j)Z_k$ for all $k$ and~$j$: the "
        rf"map $h_k\mapsto C_kh_k$ leaves "
        rf"$\phi$ unchanged. Some $C_k$ is no multiple of the identity. Apply {subject.statement('8.2f')}."
    )
