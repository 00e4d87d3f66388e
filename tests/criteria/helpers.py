"""Run criteria by hand and put their claims into a certificate document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from exactfact.certificate.claims import Claim
from exactfact.certificate.document import FORMAT, VERSION
from exactfact.certificate.ledger import Ledger
from exactfact.criteria.outcome import Context, Outcome
from exactfact.criteria.problem import Problem
from exactfact.model import Architecture

Criterion = Callable[[Problem, Context], Outcome]


def run(architecture: Architecture, criteria: Sequence[Criterion], seed: int = 0) -> tuple[Ledger, list[Outcome]]:
    """The ledger after the criteria ran in order, each seeing the claims of those before, and their outcomes."""
    problem = Problem(architecture, seed)
    context = Context(Ledger(), seed)
    outcomes = []
    for criterion in criteria:
        outcomes.append(criterion(problem, context))
        context.ledger.absorb(outcomes[-1].claims)
    return context.ledger, outcomes


def document(architecture: Architecture, claims: Sequence[Claim], seed: int = 0) -> dict[str, Any]:
    """A certificate document with the given numbered claims."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "spec": architecture.document(),
        "digest": architecture.digest,
        "seed": seed,
        "software": "0.1.0",
        "claims": [claim.document() for claim in claims],
        "notes": [],
    }


def assemble(architecture: Architecture, *outcomes: Outcome, seed: int = 0) -> dict[str, Any]:
    """A certificate document with the claims of the outcomes, numbered in this order."""
    ledger = Ledger()
    for outcome in outcomes:
        ledger.absorb(outcome.claims)
    return document(architecture, ledger.claims, seed)
