"""rank A over GF(p), exactly, by layered spans.

Claim: both bounds.  Hypotheses: the spec is over GF(p).
Source: theory 3.1 (the algorithm), 2.3 (its columns as lower bound), 2.6 (its dimension as upper bound mod p).
Cannot show: anything over QQ.  Cost: at level k, d_k S_{k+1} products and one elimination.
"""

from __future__ import annotations

from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.spans import layered_spans

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_bound, rank_closed


def apply(problem: Problem, context: Context) -> Outcome:
    """Two claims: the rank over GF(p) from both sides."""
    p = problem.field.characteristic
    if not p:
        return Outcome(why="for specs over a finite field")
    if rank_closed(context.ledger):
        return Outcome(why="the rank is known")
    context.afford("layered spans", prices.spans(problem.chain, problem.reach.counts, exact=False))
    spans = layered_spans(problem.residues(p), problem.reach, context.tick, context.allocate)
    columns = [list(index) for index in spans.columns()]
    return Outcome(
        (
            rank_bound("lower", spans.rank, problem.over, "2.3", {"prime": encode_integer(p), "columns": columns}),
            rank_bound("upper", spans.rank, problem.over, "2.6", {"primes": [encode_integer(p)]}),
        )
    )
