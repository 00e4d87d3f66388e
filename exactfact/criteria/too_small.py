"""The Jacobian rank is certified to be below n: generic h are not identifiable, fibres have positive dimension.

Claims: over CC no h with nonzero layers is identifiable, so `uniform`, `generic-finite`, `generic` and `at-point` are
refuted; over RR none at which the Jacobian has its generic rank, so the first three are, and `at-point` when the rank
at h* reaches the bound.  No witness is given.
Hypotheses: spec over QQ, a certified upper bound on the generic Jacobian rank below n = 1 + sum (S_k - 1).
Source: theory 6.2 (5.2c when the bound is rank A).  Cannot show: anything over QQ.  Cost: none.
"""

from __future__ import annotations

from exactfact.certificate.claims import Bound, Verdict
from exactfact.certificate.ledger import Ledger

from .outcome import Context, Outcome
from .problem import Problem
from .settled import settled


def apply(problem: Problem, context: Context) -> Outcome:
    """The refutations that rank J < n licenses and no earlier criterion reached, over CC and RR."""
    if problem.field.characteristic:
        return Outcome(why="generic statements are meaningless over a finite field")
    bound = context.ledger.bound("jacobian_rank", "upper")
    dimension = problem.chain.free_dimension
    if bound is None or bound.value >= dimension:
        return Outcome(why=f"no certified upper bound on the Jacobian rank below {dimension}")
    claims = [
        Verdict(prop, "scaling", "full", over, "refuted", "6.2", {"jacobian_rank": bound.id})
        for prop in ("uniform", "generic-finite", "generic")
        for over in ("CC", "RR")
        if context.ledger.verdict(prop, "scaling") is None
    ]
    claims += _at_point(problem, context.ledger, bound)
    return Outcome(tuple(claims), "" if claims else "already refuted")


def _at_point(problem: Problem, ledger: Ledger, bound: Bound) -> list[Verdict]:
    """Over RR where the rank at h* is the generic one, which refutes over CC too; else over CC."""
    point, evidence = problem.architecture.point, {"jacobian_rank": bound.id}
    if point is None or not all(any(vector) for vector in point):
        return []
    here = ledger.bound("jacobian_rank_at_point", "lower")
    over = "CC"
    if here is not None and here.value >= bound.value:
        over, evidence = "RR", {**evidence, "jacobian_rank_at_point": here.id}
    if settled(ledger, "at-point", over):
        return []
    return [Verdict("at-point", "scaling", "full", over, "refuted", "6.2", evidence)]
