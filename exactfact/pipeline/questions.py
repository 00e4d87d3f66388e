"""What was asked: a question is a property modulo a group, for a model, over a field; a verdict covers some of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from exactfact.certificate.claims import Claim, Verdict
from exactfact.certificate.transfers import also_over, fields_of
from exactfact.model import Architecture

Question = tuple[str, str, str, str]  # property, modulo, model, field


def questions(architecture: Architecture, requested: Sequence[str]) -> Iterator[Question]:
    """Everything that was asked.  Generic statements are asked over a finite field too: the answer says why not."""
    groups = ("scaling",) if architecture.network is None else ("path-scaling", "scaling")
    for prop in requested:
        models = ("full", "spec") if architecture.models and prop in ("uniform", "stable") else ("full",)
        yield from itertools.product((prop,), groups, models, fields_of(architecture.field.name))


def covered(claims: Iterable[Claim]) -> set[Question]:
    """The questions that verdicts among the claims decide."""
    return {
        (claim.property, claim.modulo, claim.model, field)
        for claim in claims
        if isinstance(claim, Verdict)
        for field in (claim.over, *also_over(claim.property, claim.status, claim.over))
    }


def is_covered(question: Question, decided: set[Question]) -> bool:
    """A negative verdict on networks is about a larger model (zero edges allowed) and stands for both."""
    prop, group, model, field = question
    return any((prop, group, known, field) in decided for known in (model, "zero-edges-allowed"))
