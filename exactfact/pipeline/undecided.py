"""Entries for what was asked and not decided: the reason, what is probable, and what was tried."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from exactfact.certificate.claims import Claim, Measurement, Note, Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.transfers import also_over, fields_of
from exactfact.model import Architecture

from .strategy import Event

# The criteria whose reasons matter to a reader of each property.
RELEVANT = {
    "uniform": ("kernel_zero", "equal_columns", "dead_direction", "path_uniform", "layerwise"),
    "generic-finite": ("jacobian_rank", "gauge", "too_small", "dead_direction", "path_finite", "layerwise"),
    "generic": (
        "kernel_zero",
        "gauge",
        "symmetry",
        "too_small",
        "dead_direction",
        "path_uniform",
        "layerwise",
        "tangent_test",
        "linear_elimination",
        "fibre_length",
        "second_point",
    ),
    "at-point": ("kernel_zero", "point_witness", "path_point", "linear_elimination", "fibre_length"),
}
FINITE_FIELD = "generic statements are meaningless over a finite field"


def undecided_notes(
    architecture: Architecture, requested: Sequence[str], events: Sequence[Event], stopped: str | None
) -> tuple[Note, ...]:
    """One note for every requested property, group, model and field that no claim covers."""
    covered = {
        (claim.property, claim.modulo, claim.model, field)
        for event in events
        for claim in event.claims
        if isinstance(claim, Verdict)
        for field in (claim.over, *also_over(claim.property, claim.status, claim.over))
    }
    notes = []
    for prop, group, model, field in _questions(architecture, requested):
        # A negative verdict on networks is about a larger model (zero edges allowed) and stands for both.
        if not any((prop, group, known, field) in covered for known in (model, "zero-edges-allowed")):
            notes.append(_note(architecture, prop, group, model, field, events, stopped))
    return tuple(notes)


def _questions(architecture: Architecture, requested: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """(property, group, model, field) for everything that was asked."""
    groups = ("scaling",) if architecture.network is None else ("path-scaling", "scaling")
    for prop in requested:
        models = ("full", "spec") if architecture.models and prop == "uniform" else ("full",)
        yield from itertools.product((prop,), groups, models, fields_of(architecture.field.name))


def measurements(events: Sequence[Event], claims: Sequence[Claim]) -> tuple[Measurement, ...]:
    """Numbers that are only probable: measured values whose certified bounds do not meet."""
    ledger = Ledger(list(claims))
    found = {}
    for event in events:
        for quantity, (value, error) in event.probable.items():
            lower, upper = ledger.bound(quantity, "lower"), ledger.bound(quantity, "upper")
            if lower is None or upper is None or lower.value < upper.value:
                found[quantity] = Measurement(
                    quantity, value, error, f"measured modulo a random prime by {event.criterion}"
                )
    return tuple(found.values())


def _note(
    architecture: Architecture,
    prop: str,
    group: str,
    model: str,
    field: str,
    events: Sequence[Event],
    stopped: str | None,
) -> Note:
    # A criterion may run twice; its last word counts.
    last = {event.criterion: event.why for event in events if event.why}
    tried = tuple((criterion, last[criterion]) for criterion in RELEVANT[prop] if last.get(criterion))
    if architecture.field.characteristic and prop.startswith("generic"):
        return Note(prop, group, model, field, FINITE_FIELD)
    strength = error = None
    reason = f"stopped: {stopped}" if stopped else "no criterion applied"
    if tried and not stopped:
        reason = tried[0][1]
    probable = next((event.probable for event in events if "jacobian_rank" in event.probable), None)
    if prop == "generic-finite" and probable is not None and not stopped:
        value, error = probable["jacobian_rank"]
        strength = "probable"
        reason = f"probably not: the Jacobian rank is {value} at random points, below full rank"
    return Note(prop, group, model, field, reason, strength, error, tried)
