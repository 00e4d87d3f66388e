"""Recovery for chains: the global theorem (12.1), and where it does not apply the local one (12.7).

12.1 needs Ker A = 0 and a lower bound on sigma_min(A), or within the spec's sparsity model one on kappa (12.5); 12.7
needs sigma_min of the Jacobian at the estimate, on a slice across the scalings.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from exactfact.certificate.numbers import decode_number, encode_number, encode_vector
from exactfact.model import LimitError
from exactfact.stability.local import LocalRadius, Slice, balanced, local_radius, local_slice
from exactfact.stability.metric import tensor_norm
from exactfact.stability.recovery import noise_limit, radius, tensor_radius

from .recovery_job import Job, radius_evidence, too_much
from .recovery_result import Recovery


def chain_recovery(job: Job) -> Recovery:
    """Theorem 5 for chains, for all h* or within the spec's sparsity model, else the local theorem."""
    ledger, problem = job.context.ledger, job.problem
    rank, sigma = ledger.bound("rank", "lower"), ledger.bound("sigma_min_squared", "lower")
    columns = problem.chain.lifted_dimension
    if rank is not None and rank.value >= columns and sigma is not None and sigma.value:
        return _by_theorem(job, Fraction(sigma.value), "full", {"rank": rank.id, "sigma_min_squared": sigma.id})
    if rank is None or rank.value < columns:
        why = f"the lifted map is not shown to be injective (rank >= {rank.value if rank else 0}, {columns} columns)"
    else:
        why = "no lower bound on sigma_min(A) was found"
    if problem.architecture.models:
        stable = ledger.verdict("stable", "scaling", "spec")
        if stable is None or stable.statement != "12.5":
            why += "; no lower bound on kappa for the sparsity model was found"
        elif not problem.in_model(job.h):
            why += "; the estimate is not in the sparsity model: set its other entries to 0"
        else:
            kappa = Fraction(decode_number(stable.evidence["kappa_squared"]))
            return _by_theorem(job, kappa, "spec", {"stable": stable.id})
    return _local(job, why)


def _by_theorem(job: Job, squared: Fraction, model: str, references: dict[str, str]) -> Recovery:
    """12.1 with sigma_min^2 (model `spec`: kappa^2) >= squared > 0."""
    epsilon = tensor_radius(job.delta, job.eta, squared)
    largest, sizes = tensor_norm(job.h), job.problem.chain.parameters
    found = radius(largest, sum(sizes), len(sizes), epsilon)
    shared: dict[str, Any] = {**references, "model": model, "epsilon": encode_number(epsilon)}
    limit = noise_limit(largest, job.eta, squared)
    values = {"statement": "12.1", "group": "scaling", "tensor_radius": epsilon, "noise_limit": limit}
    values |= {"largest": largest, "sigma_squared": squared, "model": model}
    if found is None:
        certificate = job.certificate("tensor-recovery", "scaling", "12.1", **shared)
        return job.result(reason=too_much(epsilon, largest), certificate=certificate, **values)
    certificate = job.certificate("recovery", "scaling", "12.1", **shared, **radius_evidence(found))
    return job.result(radius=found.norms(), side=found.side, certificate=certificate, **values)


def _local(job: Job, why: str) -> Recovery:
    """12.7 around the estimate, its layers brought to about one size first."""
    values: dict[str, Any] = {"statement": "12.7", "group": "scaling"}
    if job.problem.chain.depth < 2:
        return job.result(reason=why, **{**values, "statement": None})
    job.context.tick("the Jacobian at the estimate")
    job = replace(job, h=balanced(job.h)) if all(any(vector) for vector in job.h) else job
    bound = job.context.ledger.bound("sigma_max_squared", "upper")
    try:
        where = local_slice(job.problem.chain, job.h, None if bound is None else Fraction(bound.value))
    except LimitError as error:
        where = str(error)
    if isinstance(where, str):
        return job.result(reason=f"{why}; locally: {where}", **{**values, "statement": None})
    values |= {"ball": where.ball, "slope": where.slope, "centre": job.h, "pivots": where.pivots}
    values["noise_limit"] = where.ball * where.slope / 2 - job.eta
    found = local_radius(where, job.delta + job.eta)
    if found is None:
        reason = (
            f"{why}; locally: 2 (delta + eta) / s is above the ball in which the bound holds, R about "
            f"{float(where.ball):.3g}, s about {float(where.slope):.3g}"
        )
        return job.result(reason=reason, **values)
    reference = None if bound is None else bound.id
    certificate = job.certificate(
        "local-recovery", "scaling", "12.7", **_local_evidence(where, found), sigma_max_squared=reference
    )
    return job.result(radius=found.radii(), certificate=certificate, global_reason=why, **values)


def _local_evidence(where: Slice, found: LocalRadius) -> dict[str, Any]:
    names = ("slope_squared", "slope", "sigma_max", "ball")
    return {
        "pivots": list(where.pivots),
        "bits": where.gram_bits,
        **{name: encode_number(getattr(where, name)) for name in names},
        "first": encode_number(found.first),
        "norms": encode_vector(where.norms),
        "radius": {name: encode_number(value) for name, value in found.radii().items()},
    }
