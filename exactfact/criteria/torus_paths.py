"""Fixed supports with at most one path from each input to each output: unique up to rescalings of hidden nodes.

Claims: `generic` and `generic-finite` modulo torus proved over CC, with the dimension of the orbits on classes.
Hypotheses: spec over QQ; every parameter sits at exactly one entry that matters, no two of a layer at the same one.
Source: theory 9.0, 9.3(b).  Cannot show: supports with two paths (see `torus_peeling`).
Cost: one union of bit sets for each parameter.
"""

from __future__ import annotations

from exactfact.certificate.claims import Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.lifting.placed import Placed, crossing, placed

from .outcome import Context, Outcome
from .problem import Problem

PROPERTIES = ("generic", "generic-finite")


def apply(problem: Problem, context: Context) -> Outcome:
    """Both verdicts, when paths are unique."""
    found = supports(problem, context.ledger)
    if isinstance(found, str):
        return Outcome(why=found)
    node = crossing(found)
    if node is not None:
        interface, index = node
        meet = f"column {problem.chain.labels[interface][index]} of {problem.chain.name(interface - 1)}"
        return Outcome(why=f"two paths from one input meet at {meet}")
    evidence = {"dimension": found.dimension}
    return Outcome(tuple(Verdict(p, "torus", "full", "CC", "proved", "9.3b", evidence) for p in PROPERTIES))


def supports(problem: Problem, ledger: Ledger) -> Placed | str:
    """The fixed supports, or why nothing is to be said modulo the rescalings of their nodes."""
    if problem.field.characteristic:
        return "generic statements are meaningless over a finite field"
    if ledger.verdict("generic", "torus") is not None:
        return "identifiability modulo rescalings of hidden nodes is decided"
    found = placed(problem.chain)
    if isinstance(found, Placed) and found.dimension == 0:
        return "every hidden layer has one node: its rescalings are the scalings"
    return found
