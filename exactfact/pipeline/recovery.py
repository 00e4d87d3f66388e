"""How far can the true parameters be from what a solver found?  The job behind `exactfact bound`.

First the global theorem (12.1; networks: Theorem 7, path by path), which needs Ker A = 0 and a lower bound on
sigma_min(A); where it does not apply to a chain, the local one (12.7).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from exactfact import __version__
from exactfact.algebra.threads import one_blas_thread
from exactfact.certificate import Certificate, Ledger, Verdict
from exactfact.certificate.claims import REFERENCE_KEYS, Claim
from exactfact.certificate.compact import compact
from exactfact.certificate.numbers import decode_number, encode_number, encode_vector
from exactfact.criteria.networks import translation_norm
from exactfact.criteria.outcome import Context
from exactfact.criteria.problem import Problem
from exactfact.model import Architecture, LimitError, SpecError
from exactfact.model.errors import at
from exactfact.model.estimates import place_estimate
from exactfact.model.exact_array import exact_array
from exactfact.stability.local import LocalRadius, Slice, balanced, local_radius, local_slice
from exactfact.stability.metric import tensor_norm
from exactfact.stability.observation import Kernels, Matrix, kernel_data, kernel_gap, matrix_data, matrix_gap
from exactfact.stability.path_heights import Heights, Path, named_path
from exactfact.stability.recovery import Radius, noise_limit, radius, tensor_radius
from exactfact.stability.rounding import root_up, shortened_up

from .recovery_result import PathRow, Recovery
from .strategy import CHAIN, NETWORK, Step, run
from .worker import claim_of

LISTED = 20
RANKS = ("rank_trivial", "rank_single_cell", "rank_spans", "rank_sampling")
Progress = Callable[[str], None]
Data = Matrix | Kernels


def bound(
    architecture: Architecture,
    estimate: Any,
    data: Any,
    *,
    noise: Any = None,
    path: Sequence[str] | None = None,
    claims: Sequence[Claim] | None = None,
    seed: int = 0,
    time_limit: float | None = None,
    progress: Progress | None = None,
    with_certificate: bool = True,
) -> Recovery:
    """A certified radius around an estimate that holds every solution with noise at most `noise`.

    `estimate`: vectors (or matrices) of parameters by layers, in order or by name; `data`: the measured matrix
    (networks: kernels by leaves); floats are taken exactly.  `noise` bounds ||phi(h*) - X|| (Frobenius; default: eta,
    so that the claim is about everything that fits as well as the estimate).  `path`: edges of one path of a network.
    `claims`: accepted claims (`read_claims`), used instead of computing them again.
    Raises SpecError, LimitError, OutOfTime.
    """
    start = time.monotonic()
    if architecture.field.characteristic:
        raise SpecError("field", "QQ: distances are about real numbers", architecture.field.name)
    network = architecture.network
    if path is not None and network is None:
        raise SpecError("path", "a network", "a chain of layers")
    deadline = None if time_limit is None else start + time_limit
    context = Context(Ledger(), seed, deadline, progress or (lambda text: None), ("stable",))
    problem = Problem(architecture, seed)
    with at("estimate"):
        h = place_estimate(architecture, estimate)
    chosen = None if path is None or network is None else named_path(network, path)
    context.tick("the product at the estimate")
    began = time.monotonic()
    measured, exact = _misfit(problem, h, data)
    misfit_seconds = time.monotonic() - began
    eta = shortened_up(root_up(exact))
    delta = eta if noise is None else _noise(noise)
    if claims is not None:
        context.ledger.claims.extend(claims)
    else:
        with one_blas_thread():
            for _ in run(problem, context, _steps(problem)):
                pass
    job = _Job(problem, context, h, measured, delta, eta, noise is None, with_certificate)
    found = _global(job) if network is None else _network(job, chosen)
    return found.timed(time.monotonic() - start, misfit_seconds)


class _Job:
    """What every part of the job looks at."""

    def __init__(
        self,
        problem: Problem,
        context: Context,
        h: tuple[tuple[Any, ...], ...],
        data: Data,
        delta: Fraction,
        eta: Fraction,
        fitting: bool,
        with_certificate: bool,
    ) -> None:
        self.problem, self.context, self.h, self.data = problem, context, h, data
        self.delta, self.eta, self.fitting, self.with_certificate = delta, eta, fitting, with_certificate

    def evidence(self, **further: Any) -> dict[str, Any]:
        """The evidence that all recovery claims share."""
        return {
            "h": [encode_vector(vector) for vector in self.h],
            "data": self.data.evidence(),
            "delta": encode_number(self.delta),
            "eta": encode_number(self.eta),
            **further,
        }

    def certificate(
        self, prop: str, modulo: str, statement: str, model: str = "full", **further: Any
    ) -> Certificate | None:
        """The certificate of one verdict and the bounds it rests on."""
        if not self.with_certificate:
            return None
        verdict = Verdict(prop, modulo, model, "RR", "proved", statement, self.evidence(**further), "last")
        claims = compact([*_referred(verdict, self.context.ledger.claims), verdict])
        arch = self.problem.architecture
        return Certificate(arch.document(), arch.digest, self.problem.seed, __version__, claims)

    def result(self, **values: Any) -> Recovery:
        """A result with what is common to all."""
        common = {"architecture": self.problem.architecture, "delta": self.delta, "eta": self.eta}
        return Recovery(**{**common, "fitting": self.fitting, **values})


def read_claims(document: dict[str, Any]) -> list[Claim]:
    """The claims of an accepted certificate document."""
    return [claim_of(dict(claim)) for claim in document["claims"]]


def _referred(last: Claim, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that `last` rests on, directly or not, in their order."""
    wanted = _references(last)
    kept = []
    for claim in reversed(claims):
        if claim.id in wanted:
            kept.append(claim)
            wanted |= _references(claim)
    return kept[::-1]


def _references(claim: Claim) -> set[str]:
    return {str(claim.evidence[key]) for key in REFERENCE_KEYS if claim.evidence.get(key) is not None}


def _steps(problem: Problem) -> tuple[Step, ...]:
    if problem.architecture.network is not None:
        return tuple(step for step in NETWORK if step[0] in ("path_uniform", "singular_values"))
    ranks = tuple(step for step in CHAIN if step[0] in RANKS)
    return (*ranks, *(step for step in CHAIN if step[0] in ("singular_values", "restricted")))


def _noise(noise: Any) -> Fraction:
    with at("noise"):
        array = exact_array(noise)
        if array.shape or array.numerators[0] < 0:
            raise SpecError("", "a number >= 0", "a negative one" if not array.shape else "a list")
    return Fraction(array.values[0])


def _misfit(problem: Problem, h: Any, source: Any) -> tuple[Data, Fraction]:
    """The data, and ||phi(h) - X||^2 exactly."""
    network = problem.architecture.network
    with at("data"):
        if network is None:
            shape = problem.architecture.shape
            assert shape is not None
            matrix = matrix_data(shape, source)
            return matrix, matrix_gap(problem.chain, h, matrix)
        nu = translation_norm(network)
        if nu is None:
            raise SpecError("", "signal = [...] in the spec: norms of the product depend on its length", "none")
        kernels = kernel_data(network, source)
        return kernels, nu * kernel_gap(network, h, kernels)


def _global(job: _Job) -> Recovery:
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


def _by_theorem(job: _Job, squared: Fraction, model: str, references: dict[str, str]) -> Recovery:
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
        return job.result(reason=_too_much(epsilon, largest), certificate=certificate, **values)
    certificate = job.certificate("recovery", "scaling", "12.1", **shared, **_radius_evidence(found))
    return job.result(radius=found.norms(), side=found.side, certificate=certificate, **values)


def _radius_evidence(found: Radius) -> dict[str, Any]:
    return {
        "root": encode_number(found.root),
        "radius": {name: encode_number(value) for name, value in found.norms().items()},
    }


def _too_much(epsilon: Fraction, largest: Fraction) -> str:
    if not largest:
        return "a layer of the estimate is zero: M = ||P(h)||_inf = 0"
    return (
        f"the side condition epsilon < M fails: epsilon is about {float(epsilon):.3g}, M = ||P(h)||_inf about "
        f"{float(largest):.3g}; only the bound on the tensors holds"
    )


def _local(job: _Job, why: str) -> Recovery:
    """12.7 around the estimate, its layers brought to about one size first."""
    values: dict[str, Any] = {"statement": "12.7", "group": "scaling"}
    if job.problem.chain.depth < 2:
        return job.result(reason=why, **{**values, "statement": None})
    job.context.tick("the Jacobian at the estimate")
    job.h = balanced(job.h) if all(any(vector) for vector in job.h) else job.h
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
    names = ("slope_squared", "slope", "sigma_max", "ball", "first")
    return {
        "pivots": list(where.pivots),
        "bits": where.gram_bits,
        **{name: encode_number(getattr(found, name)) for name in names},
        "norms": encode_vector(where.norms),
        "radius": {name: encode_number(value) for name, value in found.radii().items()},
    }


def _network(job: _Job, chosen: Path | None) -> Recovery:
    """Theorem 7, path by path."""
    ledger, network = job.context.ledger, job.problem.architecture.network
    assert network is not None
    entry, sigma = ledger.bound("path_max_entry", "upper"), ledger.bound("sigma_min_squared", "lower")
    if entry is None or entry.value > 1 or sigma is None:
        reason = "sums of taps along the paths coincide, or are not shown to be distinct: Theorem 7 does not apply"
        return job.result(reason=reason, group="path-scaling")
    epsilon = tensor_radius(job.delta, job.eta, sigma.value)
    heights = Heights.at(network, job.h)
    every = radius(heights.least, heights.largest_size, network.depth, epsilon)
    rows = _rows(heights, epsilon, chosen)
    proved = [row for row in rows if row.radius is not None]
    shown = every if chosen is None else rows[0].radius
    shared: dict[str, Any] = {"zero_one": entry.id, "sigma_min_squared": sigma.id, "epsilon": encode_number(epsilon)}
    least = heights.least if chosen is None else heights.height(chosen)
    values: dict[str, Any] = {"statement": "10.4p", "group": "path-scaling", "tensor_radius": epsilon}
    values |= {"paths": tuple(rows), "path_count": heights.count, "largest": least, "chosen": chosen is not None}
    values |= {"noise_limit": noise_limit(least, job.eta, sigma.value), "sigma_squared": Fraction(sigma.value)}
    if not proved:
        certificate = job.certificate("tensor-recovery", "path-scaling", "10.4p", **shared)
        return job.result(reason=_too_much(epsilon, least), certificate=certificate, **values)
    listed = [{"edges": list(row.edges), **_radius_evidence(row.radius)} for row in proved if row.radius is not None]
    overall = None if every is None else _radius_evidence(every)
    certificate = job.certificate("recovery", "path-scaling", "10.4p", **shared, every=overall, paths=listed)
    if shown is None:
        return job.result(reason=_some_paths(epsilon, least), certificate=certificate, **values)
    return job.result(radius=shown.norms(), side=shown.side, certificate=certificate, **values)


def _rows(heights: Heights, epsilon: Fraction, chosen: Path | None) -> list[PathRow]:
    """The named path; else the best ones in order, and the worst one."""
    if chosen is not None:
        return [_row(heights, chosen, epsilon)]
    rows: list[PathRow] = []
    for path in heights.by_height():
        if len(rows) == LISTED:
            worst = heights.worst()
            return [*rows, _row(heights, worst, epsilon)]
        rows.append(_row(heights, path, epsilon))
    return rows


def _row(heights: Heights, path: Path, epsilon: Fraction) -> PathRow:
    network = heights.network
    found = radius(heights.height(path), heights.size(path), network.depth, epsilon)
    names = tuple(network.edges[e].name for e in path)
    return PathRow(network.edges[path[-1]].source, names, heights.height(path), found)


def _some_paths(epsilon: Fraction, least: Fraction) -> str:
    return (
        f"the side condition epsilon < M_p fails on some path: epsilon is about {float(epsilon):.3g}, M_p about "
        f"{float(least):.3g}; `paths` says where it holds"
    )
