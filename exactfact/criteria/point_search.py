"""A competitor of the given point h*, searched for in bounded time where `point_witness` found none.

Claim: `at-point` refuted over the base field and its extensions, by a pair (h*, g) with phi(g) = phi(h*).
Tried, in this order: recorded symmetries applied to h*; points that differ from h* by a kernel vector of two layers or
of A; linear systems in one layer of g with the others like h* or small; many small points.
Hypotheses: every layer of h* is nonzero.  Source: theory 8.1; 8.2c-g.
Cannot show: that h* is identifiable when nothing is found.  Cost: WORK multiplications modulo a prime.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction

from exactfact.algebra.modular import residue
from exactfact.algebra.primes import random_primes
from exactfact.lifting.chain import evaluate
from exactfact.lifting.pair_proposals import Search
from exactfact.lifting.point_collisions import points_meeting
from exactfact.lifting.point_rivals import rivals_on_lines, solved_rivals
from exactfact.lifting.symmetric_pairs import symmetric_points

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .witness import Point, first_rival, replaced, scaled, within_limits

WORK = 150_000_000
PARAMETER_LIMIT = 1_000
CANDIDATES = 500


def apply(problem: Problem, context: Context) -> Outcome:
    """`at-point` refuted for the full space by the first competitor of h* that is found and verified."""
    h = problem.architecture.point
    if h is None or not all(any(vector) for vector in h):
        return Outcome()
    known = context.ledger.verdict("at-point", "scaling")
    if known is not None and (known.status == "proved" or known.over == problem.over):
        return Outcome(why="already decided")
    if sum(problem.chain.parameters) > PARAMETER_LIMIT:
        return Outcome(why=f"points with {sum(problem.chain.parameters)} parameters are too large to search among")
    found = first_rival(problem, h, _candidates(problem, context, h))
    return Outcome(found) if found else Outcome(why="no competitor of h* was found among the points tried")


def _candidates(problem: Problem, context: Context, h: Point) -> Iterator[Point]:
    characteristic = problem.field.characteristic
    chain = problem.chain if characteristic else problem.chain.integral()
    prime = characteristic or next(random_primes(problem.seed, "rivals", problem.avoided(h)))
    supports = tuple((tuple(range(size)),) for size in chain.parameters)
    work = context.share("searching for a rival of h*", WORK, WORK * prices.SEARCH)
    search = Search(chain, problem.residues(prime), problem.seed, supports, work, context.tick)
    sources: tuple[Callable[[], Iterator[Point]], ...] = (
        lambda: symmetric_points(chain, context.ledger.claims, h),
        lambda: rivals_on_lines(search, h),
        lambda: solved_rivals(search, h),
        lambda: _met(problem, search, h),
    )
    for source in sources:
        yield from itertools.islice(within_limits(source()), CANDIDATES)


def _met(problem: Problem, search: Search, h: Point) -> Iterator[Point]:
    """Points with a product proportional to phi(h), rescaled."""
    p = problem.field.characteristic
    target = evaluate(problem.chain, h)
    if not target:
        return
    cell = min(target)
    residues = tuple(tuple(residue(Fraction(v), search.residues.p) for v in vector) for vector in h)
    for g in points_meeting(search, residues):
        value = evaluate(problem.chain, g).get(cell)
        if value:
            factor = target[cell] * pow(int(value), -1, p) % p if p else Fraction(target[cell]) / value
            yield replaced(g, 0, scaled(g[0], factor, p))
