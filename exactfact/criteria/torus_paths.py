"""Fixed supports with at most one path from each input to each output: unique up to rescalings of hidden nodes.

Claims: `generic` and `generic-finite` modulo torus proved over CC, with the dimension of the orbits on classes; and
`at-point`, when h* has no zero entry.
Hypotheses: spec over QQ (at a point GF(p) too); every parameter sits at exactly one entry that matters, no two of a
layer at the same one.
Source: theory 9.0, 9.3(b).  Cannot show: supports with two paths (see `torus_peeling`).
Cost: one union of bit sets for each parameter.
"""

from __future__ import annotations

from collections.abc import Sequence

from exactfact.certificate.claims import Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.lifting.placed import Placed, crossing, placed

from .outcome import Context, Outcome
from .problem import Problem

PROPERTIES = ("generic", "generic-finite")


def apply(problem: Problem, context: Context) -> Outcome:
    """`generic` and `generic-finite` modulo torus over CC, when paths are unique."""
    return _outcome(problem, supports(problem, context.ledger), PROPERTIES)


def at_point(problem: Problem, context: Context) -> Outcome:
    """`at-point` modulo torus over the largest field, when paths are unique and no entry of h* is zero."""
    return _outcome(problem, point_supports(problem, context.ledger), ("at-point",))


def _outcome(problem: Problem, found: Placed | str, properties: Sequence[str]) -> Outcome:
    why = found if isinstance(found, str) else _meeting(problem, found)
    if why or isinstance(found, str):
        return Outcome(why=why)
    evidence, over = {"dimension": found.dimension}, problem.proved_over
    return Outcome(tuple(Verdict(p, "torus", "full", over, "proved", "9.3b", evidence) for p in properties))


def _meeting(problem: Problem, found: Placed) -> str:
    """Where two paths from one input meet; empty when paths are unique."""
    node = crossing(found)
    if node is None:
        return ""
    interface, index = node
    meet = f"column {problem.chain.labels[interface][index]} of {problem.chain.name(interface - 1)}"
    return f"two paths from one input meet at {meet}"


def point_supports(problem: Problem, ledger: Ledger) -> Placed | str:
    """The fixed supports, or why nothing is to be said at h* modulo the rescalings of their nodes."""
    h = problem.architecture.point
    if h is None:
        return "no point is given"
    if ledger.verdict("at-point", "torus") is not None:
        return "the point is decided modulo rescalings of hidden nodes"
    if not all(value for vector in h for value in vector):
        return "the point has a zero entry: modulo rescalings of hidden nodes nothing is known there"
    return _placed(problem)


def supports(problem: Problem, ledger: Ledger) -> Placed | str:
    """The fixed supports, or why nothing is to be said modulo the rescalings of their nodes."""
    if problem.field.characteristic:
        return "generic statements are meaningless over a finite field"
    if ledger.verdict("generic", "torus") is not None:
        return "identifiability modulo rescalings of hidden nodes is decided"
    return _placed(problem)


def _placed(problem: Problem) -> Placed | str:
    found = placed(problem.chain)
    if isinstance(found, Placed) and found.dimension == 0:
        return "every hidden layer has one node: its rescalings are the scalings"
    return found
