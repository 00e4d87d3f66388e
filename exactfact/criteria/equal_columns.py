"""Two columns of A are proportional, or one is zero: `uniform` fails.

Claim: `uniform` refuted, over the base field and its extensions, by h and g made of unit vectors.
Source: theory 8.2a (how it is found), 8.1 (what is checked); sparsity models: 4.1.
Cannot show: that A is injective when nothing is found.  Cost: products of windows of layers, at most 20 000 in
all (a short search first: 2 000), never the S^K columns.
"""

from __future__ import annotations

from exactfact.certificate.claims import Verdict
from exactfact.lifting.collisions import Collision, find_collision

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_lower, rank_upper
from .witness import refutations, unit_point, zero_point

PRODUCT_LIMIT = 20_000
ENTRY_LIMIT = 1_000_000
# A cell and its value, in the product and in the table of those seen.
ENTRY_BYTES = 400
LEAST_PRODUCTS = 16
# The short search takes a tenth of the long one.
QUICK = 10


def early(problem: Problem, context: Context) -> Outcome:
    """A short search, where more columns than the rank can have make it worth its time before the rank is known."""
    return _search(problem, context, QUICK) if _crowded(problem, context) else Outcome()


def late(problem: Problem, context: Context) -> Outcome:
    """A short search elsewhere, once the lower bound on the rank is known, which may say that A is injective."""
    return Outcome() if _crowded(problem, context) else _search(problem, context, QUICK)


def apply(problem: Problem, context: Context) -> Outcome:
    """The long search, for when quicker criteria have had their turn; nothing where the short one formed all."""
    chain = problem.chain
    if 4 * chain.depth**2 * chain.lifted_dimension <= _limit(problem, context, QUICK):
        return Outcome()
    return _search(problem, context, 1)


def _crowded(problem: Problem, context: Context) -> bool:
    upper = rank_upper(context.ledger)
    return upper is not None and upper < problem.chain.lifted_dimension


def _search(problem: Problem, context: Context, part: int) -> Outcome:
    """A refutation of `uniform` for the full space, and for the spec's model when the pair lies in it."""
    chain, limit = problem.chain, _limit(problem, context, part)
    if limit < LEAST_PRODUCTS:
        return Outcome(why=f"only {limit} products of {_widest(problem)} entries fit into memory")
    if rank_lower(context.ledger) >= chain.lifted_dimension:
        return Outcome(why="the lifted map is injective")
    price = prices.products(chain, min(limit, chain.depth * chain.lifted_dimension))
    limit = context.share("comparing columns", limit, price)
    allowed = [_usable(problem, k) for k in range(chain.depth)]
    found = find_collision(chain, problem.spaces, allowed, limit, context.tick) if all(allowed) else None
    if found is not None:
        models = ["full", "spec"] if problem.architecture.models else ["full"]
        return Outcome(_claims(problem, found, allowed, models))
    if problem.architecture.models:
        everything = [list(range(size)) for size in chain.parameters]
        found = find_collision(chain, problem.spaces, everything, limit, context.tick)
        if found is not None:
            return Outcome(_claims(problem, found, everything, ["full"]))
    return Outcome(why="no two proportional columns were found in the windows searched")


def _widest(problem: Problem) -> int:
    return max(1, *(len(matrix) for layer in problem.chain.layers for matrix in layer))


def _limit(problem: Problem, context: Context, part: int) -> int:
    """Fewer products when each is large: the long search (`part` 1) takes some seconds and at most 100 MB."""
    widest = _widest(problem)
    most = min(PRODUCT_LIMIT, ENTRY_LIMIT // widest) // part
    return context.room(ENTRY_BYTES * widest, max(LEAST_PRODUCTS, most))


def _usable(problem: Problem, k: int) -> list[int]:
    """The parameters of layer k that may be the only nonzero one in the spec's model."""
    size = problem.chain.parameters[k]
    usable = list(range(size))
    for model in problem.architecture.models:
        if model.layer != problem.architecture.parametric[k]:
            continue
        if model.supports is not None:
            union = {j for support in model.supports for j in support}
            usable = [j for j in usable if j in union]
        if model.sparsity == 0:
            usable = []
    return usable


def _claims(problem: Problem, found: Collision, allowed: list[list[int]], models: list[str]) -> tuple[Verdict, ...]:
    """Extend both multi-indices of the window by the same parameters of the other layers."""
    sizes = problem.chain.parameters
    outside = [usable[0] for usable in allowed]
    stop = found.start + len(found.first)
    h = unit_point(sizes, [*outside[: found.start], *found.first, *outside[stop:]])
    if found.second is None:
        return refutations(h, zero_point(sizes), problem.over, models)
    g = unit_point(sizes, [*outside[: found.start], *found.second, *outside[stop:]], found.factor)
    return refutations(h, g, problem.over, models)
