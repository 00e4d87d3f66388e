"""Fixed supports: the rescalings of hidden nodes are all that a full Jacobian rank leaves free.

Claims: `generic-finite` modulo torus proved over CC, with the dimension of the orbits on classes.
Hypotheses: spec over QQ; every parameter sits at exactly one entry that matters, no two of a layer at the same one;
Jacobian rank >= (parameters) - (hidden nodes).
Source: theory 9.3(a).  Cannot show: that generic fibres are one orbit (see `torus_paths`, `torus_peeling`).
Cost: none beyond the Jacobian rank.
"""

from __future__ import annotations

from exactfact.certificate.claims import Verdict

from .outcome import Context, Outcome
from .problem import Problem
from .torus_paths import supports


def apply(problem: Problem, context: Context) -> Outcome:
    """The verdict, when the recorded lower bound is large enough."""
    if context.ledger.verdict("generic-finite", "torus") is not None:
        return Outcome(why="finiteness modulo rescalings of hidden nodes is decided")
    found = supports(problem, context.ledger)
    if isinstance(found, str):
        return Outcome(why=found)
    lower = context.ledger.bound("jacobian_rank", "lower")
    wanted = found.count - found.hidden
    if lower is None or lower.value < wanted:
        rank = "not known" if lower is None else f"{lower.value} at a point"
        return Outcome(why=f"the Jacobian rank is {rank}; {found.count} parameters and {found.hidden} hidden nodes "
                           f"ask for {wanted}")  # fmt: skip
    evidence = {"jacobian_rank": lower.id, "dimension": found.dimension}
    return Outcome((Verdict("generic-finite", "torus", "full", "CC", "proved", "9.3a", evidence),))
