"""How far can the true parameters be from what a solver found?  The job behind `exactfact bound`.

Here the inputs are read, eta is computed and the bounds that the theorems need are proved or taken from a certificate;
`recovery_chains` (12.1, 12.7) and `recovery_networks` (10.4p) turn them into a radius.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from exactfact.algebra.threads import one_blas_thread
from exactfact.certificate import Ledger
from exactfact.certificate.claims import Claim
from exactfact.criteria.networks import translation_norm
from exactfact.criteria.outcome import Context
from exactfact.criteria.problem import Problem
from exactfact.model import Architecture, SpecError
from exactfact.model.errors import at
from exactfact.model.estimates import place_estimate
from exactfact.model.exact_array import exact_array
from exactfact.stability.observation import kernel_data, kernel_gap, matrix_data, matrix_gap
from exactfact.stability.path_heights import named_path
from exactfact.stability.rounding import root_up, shortened_up

from .recovery_chains import chain_recovery
from .recovery_job import Data, Job
from .recovery_networks import network_recovery
from .recovery_result import Recovery
from .strategy import CHAIN, NETWORK, Step, run
from .worker import claim_of

RANKS = ("rank_trivial", "rank_single_cell", "rank_spans", "rank_sampling")
Progress = Callable[[str], None]


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
    job = Job(problem, context, h, measured, delta, eta, noise is None, with_certificate)
    found = chain_recovery(job) if network is None else network_recovery(job, chosen)
    return found.timed(time.monotonic() - start, misfit_seconds)


def read_claims(document: dict[str, Any]) -> list[Claim]:
    """The claims of a certificate document, in order, as `bound` takes them.

    The checker must have accepted the document: nothing is verified here.
    """
    return [claim_of(dict(claim)) for claim in document["claims"]]


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
