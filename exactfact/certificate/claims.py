"""Claims as plain data: what a certificate says, with the evidence for it.

A `Bound` limits a number (a rank, a Jacobian rank ...); a `Verdict` decides a property modulo an ambiguity
group over a field.  `docs/certificate.md` fixes the evidence of every statement.  Nothing here does mathematics.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .numbers import encode_integer, encode_number

QUANTITIES = (
    "rank",
    "jacobian_rank",
    "jacobian_rank_at_point",
    "fibre_count",
    "path_max_entry",
    "sigma_min_squared",
    "sigma_max_squared",
)
# Quantities whose bounds are rational numbers; the others count something.
RATIONAL = ("sigma_min_squared", "sigma_max_squared")
# What a user may ask, and what some criteria find beside it.
PROPERTIES = ("uniform", "generic-finite", "generic", "at-point", "stable")
FURTHER_PROPERTIES = ("ratios", "hilbert-generic", "recovery", "tensor-recovery", "local-recovery")
GROUPS = ("scaling", "path-scaling", "torus", "gauge")
REFERENCE_KEYS = (
    "rank",
    "jacobian_rank",
    "zero_one",
    "uniform",
    "gauge",
    "fibre_count",
    "generic",
    "sigma_min_squared",
    "sigma_max_squared",
    "stable",
)


@dataclass(frozen=True)
class Bound:
    """`quantity` >= value (`side` "lower") or <= value ("upper"), licensed by a statement of proofs/registry.toml.

    The value is an integer, except for the quantities of RATIONAL.
    """

    quantity: str
    side: str
    value: int | Fraction
    over: str
    statement: str
    evidence: Mapping[str, Any]
    id: str = ""

    def document(self) -> dict[str, Any]:
        """The claim as a JSON object with exactly the keys of docs/certificate.md, section 3."""
        return {
            "id": self.id,
            "kind": "bound",
            "quantity": self.quantity,
            "side": self.side,
            "value": encode_number(self.value),
            "over": self.over,
            "statement": self.statement,
            "evidence": dict(self.evidence),
        }


@dataclass(frozen=True)
class Verdict:
    """A certified answer: `property` modulo `modulo` for `model` over `over` is `status` ("proved" or "refuted")."""

    property: str
    modulo: str
    model: str
    over: str
    status: str
    statement: str
    evidence: Mapping[str, Any]
    id: str = ""

    def document(self) -> dict[str, Any]:
        """The claim as a JSON object with exactly the keys of docs/certificate.md, section 3."""
        return {
            "id": self.id,
            "kind": "verdict",
            "property": self.property,
            "modulo": self.modulo,
            "model": self.model,
            "over": self.over,
            "status": self.status,
            "statement": self.statement,
            "evidence": dict(self.evidence),
        }


Claim = Bound | Verdict


@dataclass(frozen=True)
class Note:
    """An entry that proves nothing: an `undecided` property, with what is probable and what was tried.

    `tried` lists (criterion, why it does not apply).  When `strength` is "probable", `error_probability` is a string
    such as "2^-100", or None for what an engine says, which the reason names.
    """

    property: str
    modulo: str
    model: str
    over: str
    reason: str
    strength: str | None = None
    error_probability: str | None = None
    tried: tuple[tuple[str, str], ...] = ()

    def document(self) -> dict[str, Any]:
        """The entry of `notes` in a certificate: status "undecided", and no evidence that could be checked."""
        return {
            "property": self.property,
            "modulo": self.modulo,
            "model": self.model,
            "over": self.over,
            "status": "undecided",
            "strength": self.strength,
            "error_probability": self.error_probability,
            "reason": self.reason,
            "tried": [{"criterion": criterion, "why": why} for criterion, why in self.tried],
        }


@dataclass(frozen=True)
class Measurement:
    """A note about a number: measured at random, true except with probability at most `error_probability`."""

    quantity: str
    value: int
    error_probability: str
    reason: str

    def document(self) -> dict[str, Any]:
        """The entry of `notes` about a number: strength "probable", which no checker takes as a bound."""
        return {
            "quantity": self.quantity,
            "value": encode_integer(self.value),
            "strength": "probable",
            "error_probability": self.error_probability,
            "reason": self.reason,
        }
