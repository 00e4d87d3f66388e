"""Stable recovery: the deep null space property, with its constants, or its failure.

Claims: `stable` proved over CC, by Ker A = 0 (gamma = 1, rho infinite), for networks with 0/1 path sums (the same on
path tensors), or with some finite gamma where the minors of 4.4 exclude Ker A; refuted where `uniform` is, where the
Jacobian rank is below n or a tangent vector of the decomposable tensors spans Ker A, and over CC where rank A is
below s_2.
Hypotheses: spec over QQ; the claims referred to.
Source: theory 12.3, 12.4, 10.4, 5.2d; models: 0.4.  Cannot show: a number for gamma when Ker A is not zero.
Cost: none, or that of 4.4 when it was not tried.
"""

from __future__ import annotations

from typing import Any

from exactfact.certificate.claims import Claim, Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.numbers import decode_number, encode_vector
from exactfact.lifting.tangent_vectors import tangent_vector

from . import flattening_minors
from .networks import crowded_nodes
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_lower, rank_upper
from .uniform_claims import open_fields


def apply(problem: Problem, context: Context) -> Outcome:
    """Refutations from the claims so far, else a proof."""
    if problem.field.characteristic:
        return Outcome(why="stability is about norms, and there are none over a finite field")
    ledger = context.ledger
    refuted = _refuted_by_pairs(ledger)
    if problem.architecture.network is not None:
        return _network(problem, ledger, refuted)
    refuted += _refuted_by_tangents(problem, ledger)
    if refuted:
        return Outcome(tuple(refuted))
    if rank_lower(ledger) >= problem.chain.lifted_dimension:
        rank, sigma = ledger.bound("rank", "lower"), ledger.bound("sigma_min_squared", "lower")
        assert rank is not None
        evidence = {"rank": rank.id, "sigma_min_squared": None if sigma is None else sigma.id}
        return Outcome(_proved(problem, "scaling", "12.3", evidence))
    upper, secant = rank_upper(ledger), flattening_minors.secant_dimension(problem.chain.parameters)
    if upper is not None and upper < secant:
        bound = ledger.bound("rank", "upper")
        assert bound is not None
        claim = Verdict("stable", "scaling", "full", "CC", "refuted", "5.2d", {"rank": bound.id})
        return Outcome((claim,), why=f"rank <= {upper} < {secant} decides over CC only")
    return _finite(problem, context)


def _refuted_by_pairs(ledger: Ledger) -> list[Claim]:
    """A difference P(h) - P(g) in the kernel (theory 12.4, only if)."""
    return [
        Verdict("stable", c.modulo, c.model, c.over, "refuted", "12.4", {"uniform": c.id})
        for c in ledger.claims
        if isinstance(c, Verdict) and (c.property, c.status) == ("uniform", "refuted")
    ]


def _refuted_by_tangents(problem: Problem, ledger: Ledger) -> list[Claim]:
    """A tangent vector in the kernel, at generic points or at h* (a limit of multiples of differences)."""
    found: list[Claim] = []
    for quantity in ("jacobian_rank", "jacobian_rank_at_point"):
        bound = ledger.bound(quantity, "upper")
        point = problem.architecture.point
        inside = quantity == "jacobian_rank" or (point is not None and all(any(vector) for vector in point))
        if bound is not None and inside and bound.value < problem.chain.free_dimension:
            found.append(Verdict("stable", "scaling", "full", "QQ", "refuted", "12.4", {"jacobian_rank": bound.id}))
    return found or _refuted_by_the_line(problem, ledger)


def _refuted_by_the_line(problem: Problem, ledger: Ledger) -> list[Claim]:
    """Ker A is a line, known from 4.3, and spanned by a tangent vector."""
    for claim in ledger.claims:
        if isinstance(claim, Verdict) and (claim.statement, claim.status) == ("4.3", "proved"):
            tensor = {tuple(index): decode_number(value) for index, value in claim.evidence["kernel"]}
            found = tangent_vector(tensor, problem.chain.parameters)
            if found is not None:
                h, b = ([encode_vector(vector) for vector in vectors] for vectors in found)
                return [Verdict("stable", "scaling", "full", "QQ", "refuted", "12.4", {"h": h, "b": b})]
    return []


def _proved(problem: Problem, modulo: str, statement: str, evidence: dict[str, Any]) -> tuple[Claim, ...]:
    models = ["full", "spec"] if problem.architecture.models else ["full"]
    return tuple(Verdict("stable", modulo, model, "CC", "proved", statement, evidence) for model in models)


def _finite(problem: Problem, context: Context) -> Outcome:
    """Some finite gamma, from a proof by 4.4 that is known or is found now."""
    if "CC" not in open_fields(problem, context.ledger, "stable"):
        return Outcome(why="already decided")
    sigma = context.ledger.bound("sigma_min_squared", "lower")
    known = {"sigma_min_squared": None if sigma is None else sigma.id}
    for claim in context.ledger.claims:
        if isinstance(claim, Verdict) and (claim.property, claim.statement, claim.status) == (
            "uniform",
            "4.4",
            "proved",
        ):
            return Outcome(_proved(problem, "scaling", "12.4", {"uniform": claim.id, **known}))
    found = flattening_minors.proof(problem, context)
    if isinstance(found, str):
        return Outcome(why=found)
    return Outcome(_proved(problem, "scaling", "12.4", {**found, **known}))


def _network(problem: Problem, ledger: Ledger, refuted: list[Claim]) -> Outcome:
    """10.4: orthogonal columns of norm sqrt(nu) under 0/1, for the group whose tensors they belong to."""
    network = problem.architecture.network
    assert network is not None
    claims = list(refuted)
    sigma = ledger.bound("sigma_min_squared", "lower")
    if sigma is not None and "zero_one" in sigma.evidence:
        evidence = {"zero_one": sigma.evidence["zero_one"], "nu": sigma.evidence["nu"]}
        groups = ["path-scaling"] if crowded_nodes(network) else ["path-scaling", "scaling"]
        for modulo in groups:
            claims += _proved(problem, modulo, "10.4", evidence)
    why = "the path sums are not known to be distinct, or a signal length is missing"
    return Outcome(tuple(claims), "" if claims else why)
