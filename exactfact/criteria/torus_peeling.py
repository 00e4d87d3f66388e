"""Fixed supports whose rank-one terms can be peeled off one after the other, at a cut of the layers and on both sides.

Claims: `generic` and `generic-finite` modulo torus proved over CC, with the dimension of the orbits on classes; and
`at-point`, when h* has no zero entry, and the products of the layers on both sides of every cut none that is allowed.
Hypotheses: spec over QQ (at a point GF(p) too); every parameter sits at exactly one entry that matters, no two of a
layer at the same one.
Source: theory 9.4 (two layers), 9.5 (more).  Cannot show: supports that no order of the hidden nodes peels.
Cost: for each interval of layers and cut, bit sets of the nodes of the cut; a spanning tree for each node.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exactfact.certificate.claims import Verdict
from exactfact.lifting.chain import Chain
from exactfact.lifting.peeling import Cut, peel
from exactfact.lifting.placed import Placed, full_at

from .outcome import Context, Outcome
from .problem import Problem
from .torus_paths import PROPERTIES, point_supports, supports


def apply(problem: Problem, context: Context) -> Outcome:
    """Both verdicts, when the layers can be peeled apart."""
    found = supports(problem, context.ledger)
    if isinstance(found, str):
        return Outcome(why=found)
    cuts = peel(found, lambda: context.tick("peeling rank-one terms"))
    if cuts is None:
        return Outcome(why="no cut and order of the hidden nodes peels the rank-one terms apart")
    return _outcome(problem, found, cuts, PROPERTIES)


def at_point(problem: Problem, context: Context) -> Outcome:
    """The verdict at h*, when the layers can be peeled apart there."""
    found, h = point_supports(problem, context.ledger), problem.architecture.point
    if isinstance(found, str) or h is None:
        return Outcome(why=str(found))
    cuts = peel(found, lambda: context.tick("peeling rank-one terms"), full_at(problem.chain, found, h))
    if cuts is None:
        return Outcome(why="no cuts with products without zeros at the point peel the rank-one terms apart")
    return _outcome(problem, found, cuts, ("at-point",))


def _outcome(problem: Problem, found: Placed, cuts: Sequence[Cut], properties: Sequence[str]) -> Outcome:
    evidence = {"dimension": found.dimension, "cuts": [_document(problem.chain, cut) for cut in cuts]}
    statement = "9.4" if found.depth == 2 else "9.5"
    over = problem.proved_over
    return Outcome(tuple(Verdict(p, "torus", "full", over, "proved", statement, evidence) for p in properties))


def _document(chain: Chain, cut: Cut) -> dict[str, Any]:
    """In original indices: rows of the first layer, columns of the last, nodes between."""
    rows, nodes, cols = (chain.labels[i] for i in (cut.first, cut.cut + 1, cut.last + 1))
    return {
        "layers": [cut.first, cut.last],
        "cut": cut.cut,
        "order": [nodes[s] for s in cut.order],
        "trees": [[[rows[r], cols[c]] for r, c in tree] for tree in cut.trees],
    }
