"""A pair of points with the same product that exists for certain when rank A is small, over any field.

Claim: `uniform` refuted over the base field by a pair (h, g); for the spec's model too, when both points lie in it.
Hypotheses: a certified upper bound r < 2 S_i on rank A, S_i the largest layer, and another layer with S_j >= 2.
Source: theory 5.2a (the pair exists), 8.1 (what is checked).  Layers other than i hold e_0, but layer j holds e_1 in g:
r + 1 columns of A are dependent there, and every relation among them is a pair.
Cannot show: anything for larger ranks (`pair_search` looks there).  Cost: 2 S_i products and a kernel of r + 1 columns.
"""

from __future__ import annotations

from exactfact.lifting.linear_pair import linear_pairs

from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_upper
from .uniform_claims import open_fields
from .witness import refutations, unit_point


def apply(problem: Problem, context: Context) -> Outcome:
    """The refutation by the pair, for the full space and, where it contains the pair, the spec's model."""
    sizes = problem.chain.parameters
    wanted = [m for m in ("full", "spec") if problem.over in open_fields(problem, context.ledger, model=m)]
    if "full" not in wanted:
        return Outcome(why="already decided")
    largest = max(range(len(sizes)), key=lambda k: sizes[k])
    others = [k for k, size in enumerate(sizes) if size > 1 and k != largest]
    upper = rank_upper(context.ledger)
    if not others or upper is None or upper >= 2 * sizes[largest]:
        return Outcome(why="the rank of the lifted map is not below twice the largest layer")
    context.tick("a pair of points that a small rank forces")
    first = [0] * len(sizes)
    second = [int(k == others[0]) for k in range(len(sizes))]
    h, g = (unit_point(sizes, index) for index in (first, second))
    left = range(min(sizes[largest], upper + 1))
    right = range(upper + 1 - len(left))
    pair = next(linear_pairs(problem.chain, largest, h, g, (left, right), problem.seed))
    inside = bool(problem.architecture.models) and "spec" in wanted and all(map(problem.in_model, pair))
    return Outcome(refutations(*pair, problem.over, ["full", "spec"] if inside else ["full"]))
