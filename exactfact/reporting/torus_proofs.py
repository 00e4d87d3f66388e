"""Proofs for fixed supports, modulo rescalings of the hidden nodes: statements 9.3a, 9.3b, 9.4 and 9.5."""

from __future__ import annotations

from exactfact.reporting.numerals import integer
from exactfact.reporting.subject import Claim, Subject, claim_mark, claim_name

PLACED = r"Each parameter sits at one entry that lies on a complete path, and no two of a layer at the same one"


def finite(subject: Subject, claim: Claim) -> str:
    """9.3a: the Jacobian rank leaves the node torus only."""
    bound, hidden = claim["evidence"]["jacobian_rank"], _hidden(subject, claim)
    count = sum(subject.architecture.parameters)
    return (
        rf"{PLACED}; there are $\sum_kS_k={integer(count)}$ parameters and $H={integer(hidden)}$ hidden nodes. The "
        rf"Jacobian matrix has rank at least ${integer(subject.value(bound))}\ge {integer(count)}-{integer(hidden)}$ "
        rf"at a point {claim_mark(bound)}. Apply {subject.statement('9.3a')}. {_orbits(claim)}"
    )


def paths(subject: Subject, claim: Claim) -> str:
    """9.3b: paths are unique."""
    return (
        rf"{PLACED}; there are $H={integer(_hidden(subject, claim))}$ hidden nodes. Along the layers, the sets of rows "
        rf"of the first layer that reach the ends of two edges into one node are always disjoint: no node is reached "
        rf"from one row along two paths. {_nonzero(claim, '')}Apply {subject.statement('9.3b')}. {_orbits(claim)}"
    )


def peeling(subject: Subject, claim: Claim) -> str:
    """9.4 and 9.5: orders of the nodes and spanning trees at every cut."""
    cuts = claim["evidence"]["cuts"]
    after = ",".join(str(int(cut["cut"]) + 1) for cut in cuts)
    places = f"the cut after layer~${after}$" if len(cuts) == 1 else f"the cuts after layers~${after}$"
    return (
        rf"{PLACED}; there are $H={integer(_hidden(subject, claim))}$ hidden nodes. For {places}, "
        rf"{claim_name(claim['id'])} has an order of the nodes and spanning trees of cells that no later node covers. "
        rf"{_nonzero(claim, ', and on both sides of the cuts no entry that paths allow vanishes there')}"
        rf"Apply {subject.statement(claim['statement'])}. {_orbits(claim)}"
    )


def _nonzero(claim: Claim, more: str) -> str:
    """What was verified at h*."""
    return f"No entry of $h^*$ is zero{more}. " if claim["property"] == "at-point" else ""


def _hidden(subject: Subject, claim: Claim) -> int:
    return int(claim["evidence"]["dimension"]) + len(subject.architecture.parameters) - 1


def _orbits(claim: Claim) -> str:
    return rf"On classes of~$\sim$ the orbits have dimension ${integer(claim['evidence']['dimension'])}$."
