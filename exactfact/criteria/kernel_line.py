"""Ker A = F T is one-dimensional, so `uniform` over F is whether T has rank at least 3 over F.

Claims: `uniform` proved over the largest field where T has rank > 2, refuted over the least one where it has not: by
the pair T = P(h) - P(g) when that is rational, else over RR or CC by the sign of a discriminant.
Hypotheses: rank A >= N - 1, T not zero, A T = 0 over QQ (or GF(p)).  Source: theory 4.3, 1.4; pairs: 8.1.
Cannot show: anything when the kernel is larger, or T has too many digits.
Cost: all N columns, an elimination mod p of N rows for every 62 bits of T, minors of a tensor of shape 2 x ... x 2.
"""

from __future__ import annotations

from typing import Any

from exactfact.algebra.primes import random_primes
from exactfact.certificate.claims import Claim, Verdict
from exactfact.certificate.numbers import encode_number
from exactfact.lifting.listed import Index, kernel_line, table
from exactfact.lifting.rank_two import RankTwo, Term, rank_two
from exactfact.lifting.spans import cell_arrays

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_lower
from .uniform_claims import open_fields, uniform_proved
from .witness import Point, refutations, zero_point

COLUMN_LIMIT = 2048
ENTRY_LIMIT = 8_000_000
ENTRY_BYTES = 100
# An elimination of N columns is about N^3 steps; so many for each prime in all.
WORK_LIMIT = 40 * 600**3


def apply(problem: Problem, context: Context) -> Outcome:
    """The verdicts over all fields, when the kernel is a line."""
    chain = problem.essential
    columns, lower = chain.lifted_dimension, rank_lower(context.ledger)
    if not open_fields(problem, context.ledger):
        return Outcome(why="already decided")
    if lower != columns - 1:
        return Outcome(why=f"the kernel is not known to be a line: rank >= {lower}, {_many(columns)} columns")
    entries = columns * chain.sizes[0] * max(chain.sizes[1:])
    if columns > COLUMN_LIMIT or entries > ENTRY_LIMIT:
        return Outcome(why=f"listing {columns} columns takes {entries} entries, more than {ENTRY_LIMIT}")
    context.allocate("the kernel of the lifted map", ENTRY_BYTES * max(entries, columns**2))
    context.afford("the kernel of the lifted map", 2 * prices.elimination(columns, columns))
    context.tick("the kernel of the lifted map")
    tensor = _kernel(problem, columns)
    if tensor is None:
        return Outcome(why="no kernel vector was found exactly")
    context.tick("the rank of the kernel vector")
    found = rank_two(tensor, chain.parameters, problem.field.characteristic)
    if found.kind == "large":
        return Outcome(why="the kernel vector has too many slices to decide whether its rank is at most 2")
    return Outcome(tuple(_claims(problem, context, tensor, found)))


def _kernel(problem: Problem, columns: int) -> dict[Index, int] | None:
    chain = problem.essential
    p = problem.field.characteristic or next(random_primes(problem.seed, "kernel line", problem.denominator))
    cells = cell_arrays(problem.essential_reach, chain.depth - 1)
    return kernel_line(chain, cells, table(chain, cells, p), p, problem.seed, 2 + WORK_LIMIT // columns**3)


def _claims(problem: Problem, context: Context, tensor: dict[Index, int], found: RankTwo) -> list[Claim]:
    bound = context.ledger.bound("rank", "lower")
    assert bound is not None
    kernel = [[list(index), encode_number(value)] for index, value in tensor.items()]
    evidence: dict[str, Any] = {"rank": bound.id, "kernel": kernel}
    if found.kind == "terms":
        h, g = _pair(found.terms, problem)
        models = ["full"]
        if problem.architecture.models and problem.in_model(h) and problem.in_model(g):
            models.append("spec")
        return list(refutations(h, g, problem.over, models))
    if found.kind == "more" or problem.field.characteristic:
        return list(uniform_proved(problem, problem.proved_over, "4.3", evidence))
    smaller, larger = ("QQ", "RR") if found.discriminant > 0 else ("RR", "CC")
    refuted = Verdict("uniform", "scaling", "full", larger, "refuted", "4.3", evidence)
    return [*uniform_proved(problem, smaller, "4.3", evidence), refuted]


def _pair(terms: tuple[Term, ...], problem: Problem) -> tuple[Point, Point]:
    """h and g with P(h) - P(g) = the sum of the terms."""
    if len(terms) == 1:
        return terms[0], zero_point(problem.chain.parameters)
    p = problem.field.characteristic
    first, *rest = terms[1]
    return terms[0], (tuple(-x % p if p else -x for x in first), *rest)


def _many(count: int) -> str:
    return str(count) if count < 10**12 else f"at least 2^{count.bit_length() - 1}"
