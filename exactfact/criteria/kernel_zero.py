"""Ker A = 0, so every h with nonzero layers is determined up to one scalar a layer.

Claims: `uniform` modulo scaling, hence `generic` and `generic-finite`, and `at-point` when h* has no zero layer.
Hypotheses: rank A >= S_1...S_K over the field (mod one prime suffices over QQ, and then CC).
Source: theory 4.2; models: 0.4.  Cannot show: anything when the kernel is not zero.  Cost: none beyond the rank.
"""

from __future__ import annotations

from exactfact.certificate.claims import Bound, Verdict

from .outcome import Context, Outcome
from .problem import Problem


def apply(problem: Problem, context: Context) -> Outcome:
    """All claims that an injective lifted map licenses."""
    bound = context.ledger.bound("rank", "lower")
    columns = problem.chain.lifted_dimension
    if bound is None or bound.value < columns:
        return Outcome(why=_why(bound, context.ledger.bound("rank", "upper"), columns))
    properties = [("uniform", "full")]
    if problem.architecture.models:
        properties.append(("uniform", "spec"))
    if not problem.field.characteristic:
        properties += [("generic-finite", "full"), ("generic", "full")]
    point = problem.architecture.point
    if point is not None and all(any(vector) for vector in point):
        properties.append(("at-point", "full"))
    evidence = {"rank": bound.id}
    claims = (Verdict(p, "scaling", model, problem.proved_over, "proved", "4.2", evidence) for p, model in properties)
    return Outcome(tuple(claims))


def _why(lower: Bound | None, upper: Bound | None, columns: int) -> str:
    count = f"{columns} columns" if columns < 10**12 else f"at least 2^{columns.bit_length() - 1} columns"
    if upper is not None and upper.value < columns:
        return f"the lifted map is not injective: rank <= {upper.value}, {count}"
    return f"the lifted map is not known to be injective: rank >= {lower.value if lower else 0}, {count}"
