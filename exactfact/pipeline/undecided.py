"""Entries for what was asked and not decided: the reason, what is probable, and what was tried."""

from __future__ import annotations

from collections.abc import Sequence

from exactfact.certificate.claims import Claim, Measurement, Note, Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.model import Architecture

from .questions import Question, covered, is_covered, questions
from .strategy import Event

UNIFORM = ("kernel_line", "flattening_minors", "small_rank", "two_terms", "pair_search", "exhaustion", "sparse_columns")
# The criteria whose reasons matter to a reader of each property.
RELEVANT = {
    "uniform": ("kernel_zero", "equal_columns", "dead_direction", "path_uniform", "layerwise", *UNIFORM),
    "generic-finite": ("jacobian_rank", "gauge", "too_small", "dead_direction", "path_finite", "layerwise"),
    "generic": (
        "kernel_zero",
        "gauge",
        "symmetry",
        "tangent_test",
        "linear_elimination",
        "monomial",
        "propagation",
        "convolution_generic",
        "fibre_length",
        "second_point",
        "fibre_engine",
        "too_small",
        "dead_direction",
        "path_uniform",
        "layerwise",
    ),
    "at-point": (
        "kernel_zero",
        "point_witness",
        "linear_elimination",
        "monomial",
        "convolution_point",
        "fibre_length",
        "point_ideal",
        "algebraic_fibre",
        "exhaustion",
        "point_search",
        "fibre_engine",
        "path_point",
    ),
    "stable": ("stable", "restricted", "singular_values", "kernel_zero", "path_uniform", *UNIFORM),
}
FINITE_FIELD = "generic statements are meaningless over a finite field"
FINITE = "almost every product has finitely many solutions, and no criterion shows whether it has only one"
NO_NORM = "stability is about norms, and there are none over a finite field"


def undecided_notes(
    architecture: Architecture, requested: Sequence[str], events: Sequence[Event], stopped: str | None
) -> tuple[Note, ...]:
    """One note for every requested property, group, model and field that no claim covers."""
    decided = covered(claim for event in events for claim in event.claims)
    return tuple(
        _note(architecture, *question, events, stopped)
        for question in questions(architecture, requested)
        if not is_covered(question, decided)
    )


def attempts(events: Sequence[Event]) -> dict[Question, tuple[str, tuple[tuple[str, str], ...]]]:
    """For each question the criterion that decided it, and those for the property that ran before and did not."""
    found: dict[Question, tuple[str, tuple[tuple[str, str], ...]]] = {}
    before: dict[str, str] = {}
    for event in events:
        for question in sorted(covered(event.claims)):
            relevant = RELEVANT.get(question[0], ())
            tried = tuple((name, why) for name, why in before.items() if name in relevant and name != event.criterion)
            found.setdefault(question, (event.criterion, tried))
        if event.why:
            before[event.criterion] = event.why
    return found


def measurements(events: Sequence[Event], claims: Sequence[Claim]) -> tuple[Measurement, ...]:
    """Numbers that are only probable: measured values whose certified bounds do not meet."""
    ledger = Ledger(list(claims))
    found = {}
    for event in events:
        for quantity, (value, error) in event.probable.items():
            if "@" in quantity:  # a sentence about a property
                continue
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
    tried = tuple(
        (criterion, last[criterion])
        for criterion in RELEVANT[prop]
        if last.get(criterion) and not last[criterion].endswith("decided")
    )
    if architecture.field.characteristic and (prop.startswith("generic") or prop == "stable"):
        return Note(prop, group, model, field, NO_NORM if prop == "stable" else FINITE_FIELD)
    strength = error = None
    reason = f"stopped: {stopped}" if stopped else "no criterion applied"
    if tried and not stopped:
        partly = {event.criterion for event in events if any(_answers(claim, prop) for claim in event.claims)}
        # A criterion that decided the question over another field knows best why this one is open.
        first = FINITE if prop == "generic" and _finite(events, group, model, field) else tried[0][1]
        reason = next((why for criterion, why in tried if criterion in partly), first)
    probable = next((event.probable for event in events if "jacobian_rank" in event.probable), None)
    if prop == "generic-finite" and probable is not None and not stopped:
        value, error = probable["jacobian_rank"]
        strength = "probable"
        reason = f"probably not: the Jacobian rank is {value} at random points, below full rank"
    said = next((e.probable[key] for e in events for key in (f"{prop}@{field}",) if key in e.probable), None)
    if said is not None and (group, model) == ("scaling", "full") and not stopped:
        strength, reason = "probable", str(said[0])
    return Note(prop, group, model, field, reason, strength, error, tried)


def _finite(events: Sequence[Event], group: str, model: str, field: str) -> bool:
    """Whether `generic-finite` is proved for the same question."""
    proved = (claim for event in events for claim in event.claims if getattr(claim, "status", None) == "proved")
    return ("generic-finite", group, model, field) in covered(proved)


def _answers(claim: Claim, prop: str) -> bool:
    return isinstance(claim, Verdict) and claim.property == prop
