"""Structural bounds on rank A from the support graph of its columns.

Claims: rank A <= size of a minimum vertex cover; rank A >= length of a triangular order of true nonzeros.
Hypotheses: the columns can be listed (at most 2 000).  Source: theory 2.7a, 2.7b, Koenig's theorem.
Cannot show: rank drops by cancellation.  Cost: all columns as sparse matrices, one bipartite matching.
"""

from __future__ import annotations

from exactfact.certificate.claims import Claim
from exactfact.lifting.chain import Chain
from exactfact.lifting.graph import (
    COLUMN_LIMIT,
    EDGE_BYTES,
    Cell,
    SupportGraph,
    components,
    exact_columns,
    graph_bytes,
    minimum_cover,
    support_columns,
    triangular_order,
)

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_bound, rank_closed, rank_lower, rank_upper


def apply(problem: Problem, context: Context) -> Outcome:
    """At most two claims: those that sharpen the recorded bounds."""
    ledger, chain = context.ledger, problem.chain
    if rank_closed(ledger):
        return Outcome(why="the rank is known")
    if chain.lifted_dimension <= COLUMN_LIMIT:
        needed = graph_bytes(chain, problem.reach.counts[-1])
        context.allocate("the support graph", needed, lambda free: f"{free // EDGE_BYTES} nonzero entries would fit")
        context.afford("the support graph", prices.listed(chain, chain.lifted_dimension))
    context.tick("support graph of the lifted map")
    possible, exact = support_columns(chain), exact_columns(chain)
    if possible is None or exact is None:
        return Outcome(why="the columns of the lifted map are too many to list")
    claims: list[Claim] = []
    cover = minimum_cover(SupportGraph(possible))
    upper = rank_upper(ledger)
    if upper is None or cover.size < upper:
        evidence = {"cover_rows": _cells(chain, cover.rows), "cover_columns": [list(i) for i in cover.columns]}
        claims.append(rank_bound("upper", cover.size, problem.over, "2.7a", evidence))
    rows, columns = triangular_order(SupportGraph(exact))
    if len(rows) > rank_lower(ledger):
        order = {"rows": _cells(chain, rows), "columns": [list(index) for index in columns]}
        claims.append(rank_bound("lower", len(rows), problem.over, "2.7b", order))
    parts = components(SupportGraph(exact))
    why = f"support graph of {parts} components: structural rank {cover.size}, a triangular order of {len(rows)}"
    return Outcome(tuple(claims), why)


def _cells(chain: Chain, cells: list[Cell] | tuple[Cell, ...]) -> list[int]:
    return [chain.cell(row, col, chain.depth - 1) for row, col in cells]
