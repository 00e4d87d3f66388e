"""Which criteria run, in which order: cheap and decisive first, and nothing that the claims so far made useless."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from exactfact.certificate.claims import Claim
from exactfact.criteria import (
    dead_direction,
    equal_columns,
    fibre_length,
    gauge,
    jacobian_rank,
    kernel_zero,
    layerwise,
    linear_elimination,
    path_finite,
    path_point,
    path_uniform,
    point_rank,
    point_witness,
    rank_chain,
    rank_many_primes,
    rank_sampling,
    rank_single_cell,
    rank_spans,
    rank_structure,
    rank_trivial,
    second_point,
    symmetry,
    tangent_test,
    too_small,
)
from exactfact.criteria.outcome import Context, Outcome
from exactfact.criteria.problem import Problem
from exactfact.model import LimitError

Criterion = Callable[[Problem, Context], Outcome]
Step = tuple[str, Criterion]

CHAIN: tuple[Step, ...] = (
    ("rank_trivial", rank_trivial.apply),
    ("rank_single_cell", rank_single_cell.apply),
    ("rank_spans", rank_spans.apply),
    ("dead_direction", dead_direction.apply),
    ("equal_columns", equal_columns.early),
    ("rank_sampling", rank_sampling.apply),
    ("kernel_zero", kernel_zero.apply),
    ("equal_columns", equal_columns.late),
    ("jacobian_rank", jacobian_rank.apply),
    ("gauge", gauge.apply),
    ("tangent_test", tangent_test.apply),
    ("symmetry", symmetry.apply),
    ("point_rank", point_rank.apply),
    ("point_witness", point_witness.apply),
    ("linear_elimination", linear_elimination.apply),
    ("too_small", too_small.apply),
    ("rank_structure", rank_structure.apply),
    ("rank_chain", rank_chain.apply),
    ("rank_many_primes", rank_many_primes.apply),
    ("kernel_zero", kernel_zero.apply),
    ("jacobian_rank", jacobian_rank.sharpen),
    ("too_small", too_small.apply),
    ("fibre_length", fibre_length.apply),
    ("second_point", second_point.apply),
)

NETWORK: tuple[Step, ...] = (
    ("path_uniform", path_uniform.apply),
    ("layerwise", layerwise.apply),
    ("path_finite", path_finite.apply),
    ("path_point", path_point.apply),
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
    """What one criterion added: its claims (numbered), or why it does not apply, and what is only probable."""

    criterion: str
    claims: tuple[Claim, ...] = ()
    why: str = ""
    probable: dict[str, tuple[Any, str]] = field(default_factory=dict)


def steps_for(problem: Problem, job: str) -> tuple[Step, ...]:
    """The strategy for a job ("certify", or a method of RANK) and the kind of architecture."""
    if problem.architecture.network is not None:
        return NETWORK if job == "certify" else NETWORK[:1]
    return CHAIN if job == "certify" else RANK[job]


def run(problem: Problem, context: Context, steps: tuple[Step, ...]) -> Iterator[Event]:
    """Run the steps in order, recording claims in the context's ledger and yielding each step's result.

    OutOfTime passes through; a LimitError of one criterion is its reason for not applying.  A criterion that runs out
    of memory is passed over, and MemoryError is raised when the others are done.
    """
    starved = []
    for name, criterion in steps:
        context.tick(name.replace("_", " "))
        try:
            outcome = criterion(problem, context)
        except LimitError as error:
            yield Event(name, why=str(error))
            continue
        except MemoryError:
            starved.append(name)
            yield Event(name, why="the memory limit was reached")
            continue
        yield Event(name, tuple(context.ledger.absorb(outcome.claims)), outcome.why, outcome.probable)
    if starved:
        raise MemoryError(", ".join(starved))
