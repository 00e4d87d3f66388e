"""The Jacobian rank is certified to be below n: generic h are not identifiable, fibres have positive dimension.

Claims: over CC no h with nonzero layers is identifiable, so `uniform`, `generic-finite`, `generic` and `at-point` are
refuted; over RR generic h are not, so the first three are.  No witness is given.
Hypotheses: spec over QQ, a certified upper bound on the generic Jacobian rank below n = 1 + sum (S_k - 1).
Source: theory 6.2 (5.2c when the bound is rank A).  Cannot show: anything over QQ.  Cost: none.
"""

from __future__ import annotations

from exactfact.certificate.claims import Verdict

from .outcome import Context, Outcome
from .problem import Problem


def apply(problem: Problem, context: Context) -> Outcome:
    """The refutations that rank J < n licenses and no earlier criterion reached: over CC, and over RR but at h*."""
    if problem.field.characteristic:
        return Outcome(why="generic statements are meaningless over a finite field")
    bound = context.ledger.bound("jacobian_rank", "upper")
    dimension = problem.chain.free_dimension
    if bound is None or bound.value >= dimension:
        return Outcome(why=f"no certified upper bound on the Jacobian rank below {dimension}")
    point = problem.architecture.point
    properties = ["uniform", "generic-finite", "generic"]
    if point is not None and all(any(vector) for vector in point):
        properties.append("at-point")
    claims = [
        Verdict(prop, "scaling", "full", over, "refuted", "6.2", {"jacobian_rank": bound.id})
        for prop in properties
        for over in (("CC",) if prop == "at-point" else ("CC", "RR"))
        if context.ledger.verdict(prop, "scaling") is None
    ]
    return Outcome(tuple(claims), "" if claims else "already refuted")
