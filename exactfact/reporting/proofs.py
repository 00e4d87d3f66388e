"""The proof of a verdict claim: hypotheses checked by the numbers of the certificate, and the statement used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exactfact.reporting import (
    convolution_proofs,
    generic_proofs,
    lattice_proofs,
    network_proofs,
    recovery_proofs,
    stability_proofs,
    symmetry_proofs,
    torus_proofs,
    uniform_proofs,
)
from exactfact.reporting.numerals import integer, product
from exactfact.reporting.pair_table import pair_table
from exactfact.reporting.subject import Claim, Subject, claim_mark, claim_name
from exactfact.reporting.vectors import (
    exact,
    proportionality,
    scalar_words,
    vector,
)


def proof(subject: Subject, claim: Claim) -> str:
    """LaTeX of the proof; a statement newer than this text is cited with the claim that holds its evidence."""
    writer = _WRITERS.get(claim["statement"])
    if writer is None:
        return f"The evidence is in {claim_name(claim['id'])}; see {subject.statement(claim['statement'])}."
    text = writer(subject, claim)
    if claim["model"] == "spec" and claim["statement"] not in ("4.5", "12.1", "12.5"):
        text += f" This holds for the model by {subject.statement('0.4')}."
    return text


def columns_words(subject: Subject) -> str:
    """The formula N = S_1 ...  S_K with its factors (networks: the number of path multi-indices)."""
    return "N=" + (product(subject.architecture.parameters) if subject.network is None else integer(subject.columns()))


def _injective(subject: Subject, claim: Claim) -> str:
    rank = claim["evidence"]["rank"]
    text = (
        rf"The lifted map has ${columns_words(subject)}$ columns, and $\operatorname{{rank}}A\ge "
        rf"{integer(subject.value(rank))}$ "
        rf"{claim_mark(rank)}. So its kernel is zero, and {subject.statement('4.2')} applies"
    )
    if claim["property"] == "at-point":
        return text + r"; no layer of $h^*$ is zero."
    return text + ("." if claim["property"] == "uniform" else ": what holds for every $h$ holds for generic ones.")


def _pair(subject: Subject, claim: Claim) -> str:
    reason = _inequivalent(subject, claim, claim["evidence"]["h"], claim["evidence"]["g"])
    return f"{pair_table(subject, claim)} {reason} Now apply {subject.statement('8.1')}."


def _inequivalent(subject: Subject, claim: Claim, h: Any, g: Any) -> str:
    if claim["modulo"] == "path-scaling":
        return r"The two points have different path tensors, so $g\not\sim_{\mathrm{path}}h$."
    zero = [k + 1 for k, layer in enumerate(g) if not any(exact(v) for v in layer)]
    if len(zero) == len(g):
        return r"No layer of $h$ is zero, so $g=0\not\sim h$."
    if zero:
        return rf"No layer of $h$ is zero, but $g_{{{zero[0]}}}=0$: so $g\not\sim h$."
    scalars = proportionality(h, g, subject.architecture.field.characteristic)
    for k, scalar in enumerate(scalars):
        if scalar is None:
            return (
                rf"No layer of $h$ is zero, and $g_{{{k + 1}}}$ is not a multiple of $h_{{{k + 1}}}$: so $g\not\sim h$."
            )
    listed = r",\ ".join(
        rf"g_{{{k + 1}}}={scalar_words(s)}\,h_{{{k + 1}}}" for k, s in enumerate(scalars) if s not in (None, 1)
    )
    return rf"No layer of $h$ is zero, and ${listed}$ with scalars whose product is not~$1$: so $g\not\sim h$."


def _dead(subject: Subject, claim: Claim) -> str:
    place, x = int(claim["evidence"]["layer"]) + 1, claim["evidence"]["x"]
    size, depth = subject.architecture.parameters[place - 1], len(subject.architecture.parameters)
    before = "" if place == 1 else r"M_1(\cdot)\cdots "
    after = "" if place == depth else rf"\cdots M_{{{depth}}}(\cdot)"
    then = (
        "the fibre of a generic point contains infinitely many classes" if size > 1 else r"$\phi$ vanishes identically"
    )
    return (
        rf"Put $x={vector(x)}\in\mathbb Q^{{{integer(size)}}}$ in layer~${place}$. On spanning sets of what precedes "
        rf"and of what follows the layer one verifies ${before}M_{{{place}}}(x){after}=0$ identically. So $\phi$ does "
        rf"not change when $h_{{{place}}}$ moves along~$x$, and as $S_{{{place}}}={integer(size)}$, {then} by "
        rf"{subject.statement('8.2b')}."
    )


def _jacobian_full(subject: Subject, claim: Claim) -> str:
    bound = claim["evidence"]["jacobian_rank"]
    return (
        rf"Here $n=1+\sum_k(S_k-1)={integer(subject.free_parameters())}$, and the Jacobian matrix has rank at least "
        rf"${integer(subject.value(bound))}$ at a point {claim_mark(bound)}. Apply {subject.statement('6.1')}."
    )


def _jacobian_deficient(subject: Subject, claim: Claim) -> str:
    bound, n = claim["evidence"]["jacobian_rank"], subject.free_parameters()
    return (
        rf"The largest rank of the Jacobian matrix is $\rho\le {integer(subject.value(bound))}$ {claim_mark(bound)}, "
        rf"smaller than $n=1+\sum_k(S_k-1)={integer(n)}${_here(claim)}. Apply {subject.statement('6.2')}."
    )


def _here(claim: Claim) -> str:
    """At a real point: that the rank there is the largest one."""
    bound = claim["evidence"].get("jacobian_rank_at_point")
    return "" if bound is None else rf", and at $h^*$ the rank is no smaller {claim_mark(bound)}"


_WRITERS: dict[str, Callable[[Subject, Claim], str]] = {
    "4.1": uniform_proofs.follows,
    "4.2": _injective,
    "4.3": uniform_proofs.line,
    "4.4": uniform_proofs.minors,
    "4.5": uniform_proofs.enumeration,
    "5.2b": uniform_proofs.small_rank,
    "5.2c": uniform_proofs.small_rank,
    "12.5": stability_proofs.supports,
    "8.1": _pair,
    "8.2b": _dead,
    "6.1": _jacobian_full,
    "6.2": _jacobian_deficient,
    "6.3": symmetry_proofs.orbit,
    "6.4": symmetry_proofs.moving,
    "7.1b": generic_proofs.branches,
    "7.2": generic_proofs.relations,
    "7.3": generic_proofs.single,
    "7.4": generic_proofs.many,
    "7.5": generic_proofs.identities,
    "7.5r": generic_proofs.algebraic,
    "7.7": generic_proofs.tangents,
    "8.2c": symmetry_proofs.swap,
    "8.2f": symmetry_proofs.layers,
    "7.8": lattice_proofs.torsor,
    "9.1": lattice_proofs.torsor,
    "9.3a": torus_proofs.finite,
    "9.3b": torus_proofs.paths,
    "9.4": torus_proofs.peeling,
    "9.5": torus_proofs.peeling,
    "10.1": network_proofs.paths,
    "10.2": network_proofs.rescaling,
    "10.5": convolution_proofs.splittings,
    "10.5a": convolution_proofs.finite,
    "10.5p": convolution_proofs.factors,
    "10.5r": convolution_proofs.roots,
    "10.6": network_proofs.path_jacobian,
    "12.3": stability_proofs.injective,
    "12.4": stability_proofs.closure,
    "5.2d": stability_proofs.small_rank,
    "10.4": stability_proofs.network,
    "12.1": recovery_proofs.proof,
    "10.4p": recovery_proofs.proof,
    "12.7": recovery_proofs.local_proof,
}
