"""A pair of points with the same product, searched for in bounded time.

Claim: `uniform` refuted over the base field and its extensions, by a pair (h, g); for model `spec` by a pair in it.
Tried, in this order: symmetries recorded before; linear systems in one layer with the others at small vectors (two
layers at a time, then everywhere); members of rank at most 2 of kernels of small dimension; many small points.
Source: theory 8.1 (what is checked), 5.2a, 8.2g, 1.4, 6.3, 8.2c-f (how it is found); models: 4.1.
Cannot show: that there is no pair when none is found.  Cost: WORK multiplications modulo a prime, a few exact kernels.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from exactfact.algebra.primes import random_primes
from exactfact.certificate.claims import Verdict
from exactfact.lifting.chain import evaluate
from exactfact.lifting.linear_pair import linear_pairs, oriented
from exactfact.lifting.pair_kernels import in_kernel
from exactfact.lifting.pair_proposals import Proposal, Search, bases
from exactfact.lifting.pair_search import everywhere, in_two_layers
from exactfact.lifting.point_collisions import colliding_points
from exactfact.lifting.symmetric_pairs import symmetric_points

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_lower
from .witness import Point, refutations, scaled, within_limits, zero_point

WORK = 80_000_000
EXACT_SYSTEMS = 60
SUPPORTS = 4
CHOICE = 8  # pairs among which the shortest is taken, where they are cheap
SMALL = 40
PARAMETER_LIMIT = 4_000
Pairs = Iterator[tuple[Point, Point]]


def apply(problem: Problem, context: Context) -> Outcome:
    """The refutation for each model that has none yet."""
    wanted = [model for model in _models(problem) if _open(problem, context, model)]
    if not wanted:
        return Outcome(why="already decided")
    chain = problem.chain
    if rank_lower(context.ledger) >= chain.lifted_dimension:
        return Outcome(why="the lifted map is injective")
    if sum(chain.parameters) > PARAMETER_LIMIT:
        return Outcome(why=f"pairs of points with {sum(chain.parameters)} parameters are too large to search for")
    claims: list[Verdict] = []
    while wanted:
        pair = _find(problem, context, wanted[0])
        if pair is None:
            wanted.pop(0)
            continue
        fitting = [m for m in wanted if m == "full" or all(map(problem.in_model, pair))]
        claims += refutations(*pair, problem.over, fitting)
        wanted = [model for model in wanted if model not in fitting]
    return Outcome(tuple(claims), "" if claims else "no pair of points with the same product was found")


def _models(problem: Problem) -> list[str]:
    return ["full", "spec"] if problem.architecture.models else ["full"]


def _open(problem: Problem, context: Context, model: str) -> bool:
    """Whether `uniform` is neither proved nor refuted by a pair for that model."""
    found = [
        claim
        for claim in context.ledger.claims
        if isinstance(claim, Verdict)
        and (claim.property, claim.modulo, claim.model) == ("uniform", "scaling", model)
        and (claim.status == "proved" or claim.over == problem.over)
    ]
    return not found


def _find(problem: Problem, context: Context, model: str) -> tuple[Point, Point] | None:
    search = _search(problem, context, model)
    sources: tuple[Callable[[], Pairs], ...] = (
        lambda: _symmetric(problem, context, search),
        lambda: _solved(search, in_two_layers(search)),
        lambda: _solved(search, everywhere(search)),
        lambda: _solved(search, in_kernel(search)),
        lambda: _met(search),
    )
    for source in sources:
        pairs = (pair for pair in within_limits(source()) if _valid(problem, *pair))
        inside = (pair for pair in pairs if model == "full" or all(map(problem.in_model, pair)))
        found = list(itertools.islice(inside, CHOICE if sum(problem.chain.parameters) <= SMALL else 1))
        if found:
            return min(found, key=_length)
    return None


def _length(pair: tuple[Point, Point]) -> tuple[int, int]:
    """How much there is to read: bits, then nonzero entries."""
    entries = [value for point in pair for vector in point for value in vector if value]
    return sum(int(v.numerator).bit_length() + int(v.denominator).bit_length() for v in entries), len(entries)


def _search(problem: Problem, context: Context, model: str) -> Search:
    chain = problem.chain if problem.field.characteristic else problem.chain.integral()
    p = problem.field.characteristic or next(random_primes(problem.seed, "pairs", problem.denominator))
    supports = tuple(_supports(problem, k, model) for k in range(chain.depth))
    work = context.share("searching for a pair of points", WORK, WORK * prices.SEARCH)
    return Search(chain, problem.residues(p), problem.seed, supports, work, context.tick)


def _supports(problem: Problem, k: int, model: str) -> tuple[tuple[int, ...], ...]:
    """Supports of layer k in the model, a few of them."""
    size = problem.chain.parameters[k]
    listed = [m for m in problem.architecture.models if m.layer == problem.architecture.parametric[k]]
    if model == "full" or not listed:
        return (tuple(range(size)),)
    first = [tuple(sorted(s)) for s in itertools.islice(listed[0].list_supports(size), SUPPORTS)]
    return tuple(first)


def _symmetric(problem: Problem, context: Context, search: Search) -> Pairs:
    for h in bases(search):
        for g in symmetric_points(search.chain, context.ledger.claims, h):
            pair = oriented(h, g, problem.field)
            if pair is not None:
                yield pair


def _solved(search: Search, proposals: Iterator[Proposal]) -> Pairs:
    for proposal in itertools.islice(proposals, EXACT_SYSTEMS):
        search.tick("solving for a pair of points")
        yield from linear_pairs(
            search.chain, proposal.layer, proposal.h, proposal.g, proposal.supports, search.seed
        )


def _met(search: Search) -> Pairs:
    """Points whose products are proportional, one of them rescaled."""
    chain = search.chain
    for h, g in itertools.islice(colliding_points(search), EXACT_SYSTEMS * 10):
        image = evaluate(chain, h)
        if not image:
            yield h, zero_point(chain.parameters)
        elif g is not None:
            other = evaluate(chain, g)
            cell = min(image)
            if cell in other:
                first = scaled(h[0], other[cell], chain.field.characteristic)
                second = scaled(g[0], image[cell], chain.field.characteristic)
                yield (first, *h[1:]), (second, *g[1:])


def _valid(problem: Problem, h: Point, g: Point) -> bool:
    """phi(h) = phi(g), h without a zero layer and not equivalent to g, all exactly."""
    same = evaluate(problem.chain, h) == evaluate(problem.chain, g)
    return same and oriented(h, g, problem.field) == (h, g)
