"""rank A is too small for uniform identifiability over CC or RR.

Claims: `uniform` refuted over RR (hence CC) when rank A <= n, over CC when rank A < z; no pair is exhibited.
Hypotheses: spec over QQ, at least two layers with S_k >= 2, a certified upper bound on rank A.
Source: theory 5.2b (z), 5.2c (the topology of real projective spaces).  z = 2 (S_i + S_j - 2) + sum of the other
S_k - 1 for the two largest layers i, j.  Cannot show: anything over QQ.  Cost: none.
"""

from __future__ import annotations

from exactfact.certificate.claims import Verdict

from .outcome import Context, Outcome
from .problem import Problem
from .uniform_claims import open_fields


def apply(problem: Problem, context: Context) -> Outcome:
    """The strongest refutation that the best upper bound licenses, over a field that is still open."""
    if problem.field.characteristic:
        return Outcome(why="a small rank over a finite field refutes by a pair only")
    bound = context.ledger.bound("rank", "upper")
    sizes = sorted(problem.chain.parameters)
    if len(sizes) < 2 or sizes[-2] < 2:
        return Outcome(why="fewer than two layers have two parameters")
    n = problem.chain.free_dimension
    threshold = n - 1 + (sizes[-1] - 1) + (sizes[-2] - 1)
    if bound is None or bound.value >= threshold:
        return Outcome(why=f"no certified upper bound on the rank below {threshold}")
    fields = open_fields(problem, context.ledger)
    evidence = {"rank": bound.id}
    if bound.value <= n and "RR" in fields:
        return Outcome((Verdict("uniform", "scaling", "full", "RR", "refuted", "5.2c", evidence),))
    if "CC" in fields:
        return Outcome((Verdict("uniform", "scaling", "full", "CC", "refuted", "5.2b", evidence),))
    return Outcome(why="already decided")
