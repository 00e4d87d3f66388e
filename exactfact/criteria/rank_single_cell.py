"""rank A = number of reachable cells, when every M_k(e_j) has at most one nonzero entry.

Claim: rank A >= that number; the matching upper bound is the support bound of theory 2.4.
Hypotheses: each M_k(e_j) has at most one nonzero entry, so each column of A is zero or one cell.
Source: theory 2.7b (a triangular, here diagonal, minor).  Cost: linear in the number of reachable cells times K.
"""

from __future__ import annotations

from exactfact.lifting.single_cell import is_single_cell, reached_cells

from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_bound, rank_closed

CELL_LIMIT = 20_000


def apply(problem: Problem, context: Context) -> Outcome:
    """One claim: the lower bound with one multi-index for each reachable cell."""
    chain = problem.chain
    if rank_closed(context.ledger):
        return Outcome(why="the rank is known")
    if not is_single_cell(chain):
        return Outcome(why="some parameter is placed at several entries")
    if problem.reach.counts[-1] > CELL_LIMIT:
        return Outcome(why=f"{problem.reach.counts[-1]} cells are reachable, more than {CELL_LIMIT}")
    context.tick("one column for each reachable cell")
    cells = sorted(reached_cells(chain).items())
    evidence = {
        "rows": [chain.cell(row, col, chain.depth - 1) for (row, col), _ in cells],
        "columns": [list(index) for _, index in cells],
    }
    return Outcome((rank_bound("lower", len(cells), problem.over, "2.7b", evidence),))
