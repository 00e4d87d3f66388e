"""Which criteria run, in which order: cheap and decisive first, and nothing that the claims so far made useless."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from exactfact.certificate.claims import Claim
from exactfact.criteria import (
    algebraic_fibre,
    convolution_generic,
    convolution_point,
    dead_direction,
    equal_columns,
    exhaustion,
    fibre_engine,
    fibre_length,
    flattening_minors,
    gauge,
    jacobian_rank,
    kernel_line,
    kernel_zero,
    layerwise,
    linear_elimination,
    monomial,
    pair_search,
    path_finite,
    path_point,
    path_uniform,
    point_ideal,
    point_rank,
    point_search,
    point_witness,
    propagation,
    rank_chain,
    rank_many_primes,
    rank_sampling,
    rank_single_cell,
    rank_spans,
    rank_structure,
    rank_trivial,
    restricted,
    second_point,
    singular_values,
    small_rank,
    sparse_columns,
    stable,
    symmetry,
    tangent_test,
    too_small,
    torus_finite,
    torus_paths,
    torus_peeling,
    two_terms,
)
from exactfact.criteria.outcome import Context, Outcome, OutOfTime
from exactfact.criteria.problem import Problem
from exactfact.model import LimitError

from .guards import Guard, either, when_asked, while_open

Criterion = Callable[[Problem, Context], Outcome]
Step = tuple[str, Criterion] | tuple[str, Criterion, Guard]

# What the guards of several steps ask.
ANYTHING = while_open("uniform", "generic", "generic-finite", "at-point")
GENERIC = when_asked("generic", "generic-finite")
POINT = when_asked("at-point")
STABLE = when_asked("stable")
TORUS_POINT = while_open("at-point/torus")
TORUS = while_open("generic/torus", "generic-finite/torus")

# Cheap and decisive first: bounds from the spec alone, then spaces and supports, then ranks modulo a prime, then exact
# identities, then proofs of upper bounds.  A step is one line: name, criterion, and the guard under which it runs.
CHAIN: tuple[Step, ...] = (
    ("rank_trivial", rank_trivial.apply),
    ("rank_single_cell", rank_single_cell.apply),
    ("rank_spans", rank_spans.apply),
    ("dead_direction", dead_direction.apply, either(GENERIC, while_open("uniform"))),
    ("equal_columns", equal_columns.early, while_open("uniform")),
    ("rank_sampling", rank_sampling.apply),
    ("kernel_zero", kernel_zero.apply, ANYTHING),
    ("equal_columns", equal_columns.late, while_open("uniform")),
    ("jacobian_rank", jacobian_rank.apply, either(GENERIC, while_open("uniform", "at-point"))),
    ("tangent_test", tangent_test.apply, while_open("generic", "generic-finite")),
    ("point_rank", point_rank.apply, POINT),
    ("point_witness", point_witness.apply, POINT),
    ("gauge", gauge.apply, while_open("uniform", "generic", "generic-finite", "generic-finite/gauge", "at-point")),
    ("symmetry", symmetry.apply, while_open("generic", "at-point")),
    ("linear_elimination", linear_elimination.apply, while_open("generic", "at-point")),
    ("point_search", point_search.apply, while_open("at-point")),
    ("monomial", monomial.apply, either(TORUS, ANYTHING)),
    ("propagation", propagation.apply, either(TORUS, while_open("generic", "generic-finite"))),
    ("torus_paths", torus_paths.apply, TORUS),
    ("torus_peeling", torus_peeling.apply, TORUS),
    ("torus_finite", torus_finite.apply, TORUS),
    ("torus_paths", torus_paths.at_point, TORUS_POINT),
    ("torus_peeling", torus_peeling.at_point, TORUS_POINT),
    ("convolution_generic", convolution_generic.apply, either(GENERIC, POINT)),
    ("convolution_point", convolution_point.apply, POINT),
    ("too_small", too_small.apply, ANYTHING),
    ("two_terms", two_terms.apply, while_open("uniform")),
    ("equal_columns", equal_columns.apply, while_open("uniform")),
    ("pair_search", pair_search.apply, while_open("uniform")),
    ("gauge", gauge.uniform, while_open("uniform")),
    ("exhaustion", exhaustion.apply, while_open("uniform", "at-point")),
    ("sparse_columns", sparse_columns.apply, while_open("uniform")),
    ("kernel_line", kernel_line.apply, ANYTHING),
    ("flattening_minors", flattening_minors.apply, ANYTHING),
    ("rank_structure", rank_structure.apply),
    ("rank_chain", rank_chain.apply),
    ("rank_many_primes", rank_many_primes.apply),
    ("kernel_zero", kernel_zero.apply, ANYTHING),
    ("jacobian_rank", jacobian_rank.sharpen, either(GENERIC, while_open("uniform", "at-point"))),
    ("too_small", too_small.apply, ANYTHING),
    ("two_terms", two_terms.apply, while_open("uniform")),
    ("small_rank", small_rank.apply, while_open("uniform")),
    ("fibre_length", fibre_length.apply, while_open("generic", "at-point")),
    ("point_ideal", point_ideal.apply, while_open("at-point")),
    ("algebraic_fibre", algebraic_fibre.apply, while_open("at-point")),
    ("second_point", second_point.apply, while_open("generic")),
    ("fibre_engine", fibre_engine.apply, while_open("generic", "at-point")),
    ("singular_values", singular_values.apply, STABLE),
    ("stable", stable.apply, STABLE),
    ("restricted", restricted.apply, STABLE),
)

NETWORK: tuple[Step, ...] = (
    ("path_uniform", path_uniform.apply),
    ("layerwise", layerwise.apply, ANYTHING),
    ("path_finite", path_finite.apply, GENERIC),
    ("convolution_generic", convolution_generic.apply, either(GENERIC, POINT)),
    ("path_point", path_point.apply, POINT),
    ("convolution_point", convolution_point.apply, POINT),
    ("singular_values", singular_values.apply, STABLE),
    ("stable", stable.apply, STABLE),
)

RANK: dict[str, tuple[Step, ...]] = {
    "auto": tuple(step for step in CHAIN if step[0].startswith("rank_")),
    "span": (
        ("rank_trivial", rank_trivial.apply),
        ("rank_spans", rank_spans.apply),
        ("rank_chain", partial(rank_chain.apply, method="span")),
    ),
    "sampling": (
        ("rank_trivial", rank_trivial.apply),
        ("rank_sampling", partial(rank_sampling.apply, method="sampling")),
    ),
    "columns": (
        ("rank_trivial", rank_trivial.apply),
        ("rank_sampling", partial(rank_sampling.apply, method="columns")),
    ),
}


@dataclass(frozen=True)
class Event:
    """What one criterion added: its claims (numbered), or why it does not apply, and what is only probable.

    `estimate` and `seconds`: what the criterion said beforehand that it would take, and what it took.
    """

    criterion: str
    claims: tuple[Claim, ...] = ()
    why: str = ""
    probable: dict[str, tuple[Any, str]] = field(default_factory=dict)
    estimate: float = 0.0
    seconds: float = 0.0


def steps_for(problem: Problem, job: str) -> tuple[Step, ...]:
    """The strategy for a job ("certify", or a method of RANK) and the kind of architecture."""
    if problem.architecture.network is not None:
        return NETWORK if job == "certify" else NETWORK[:1]
    return CHAIN if job == "certify" else RANK[job]


def run(problem: Problem, context: Context, steps: tuple[Step, ...]) -> Iterator[Event]:
    """Run the steps in order, recording claims in the context's ledger and yielding each step's result.

    A step whose guard says that it cannot decide anything asked is left out, and yields nothing.
    OutOfTime passes through; a LimitError of one criterion is its reason for not applying.  A criterion that runs out
    of memory is passed over, and MemoryError is raised when the others are done; one whose estimate exceeds the time
    left is passed over too, and OutOfTime is raised then.
    """
    starved = []
    for name, criterion, *guards in steps:
        if not all(guard(problem, context) for guard in guards):
            continue
        context.tick(name.replace("_", " "))
        start, context.estimate = time.monotonic(), 0.0
        try:
            outcome = criterion(problem, context)
        except LimitError as error:
            outcome = Outcome(why=str(error))
        except MemoryError:
            starved.append(name)
            outcome = Outcome(why="the memory limit was reached")
        spent = time.monotonic() - start
        claims = tuple(context.ledger.absorb(outcome.claims))
        yield Event(name, claims, outcome.why, outcome.probable, context.estimate, spent)
    if starved:
        raise MemoryError(", ".join(starved))
    if context.unaffordable:
        raise OutOfTime(f"the time limit leaves too little for: {', '.join(dict.fromkeys(context.unaffordable))}")
