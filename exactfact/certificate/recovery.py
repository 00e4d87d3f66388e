"""The numbers of a recovery claim as its readers want them: radii, noise and misfit, from the evidence alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .numbers import decode_number

PROPERTIES = ("recovery", "tensor-recovery", "local-recovery")


@dataclass(frozen=True)
class ErrorBound:
    """||phi(h*) - X|| <= delta and ||phi(h) - X|| <= eta give these radii (None: the tensors alone are bounded).

    `path`: the edges along which the radii hold, () for all layers or for every path.
    """

    delta: Fraction
    eta: Fraction
    epsilon: Fraction | None
    radius: Mapping[str, Fraction] | None
    path: tuple[str, ...] = ()
    paths: int = 0
    ball: Fraction | None = None


def error_bound(claim: Mapping[str, Any]) -> ErrorBound:
    """The numbers of a claim about recovery; of a network those for every path, or else for the first path listed."""
    evidence = claim["evidence"]
    listed = evidence.get("paths", [])
    where = evidence.get("every") or (listed[0] if listed else evidence)
    radius = where.get("radius")
    return ErrorBound(
        Fraction(decode_number(evidence["delta"])),
        Fraction(decode_number(evidence["eta"])),
        _number(evidence.get("epsilon")),
        None if radius is None else {name: Fraction(decode_number(value)) for name, value in radius.items()},
        tuple(where.get("edges", ())),
        len(listed),
        _number(evidence.get("ball")),
    )


def smallest_squared(document: Mapping[str, Any], evidence: Mapping[str, Any]) -> Fraction:
    """The bound of sigma_min squared, for a model of kappa squared, that a recovery claim rests on."""
    name = evidence.get("stable", evidence.get("sigma_min_squared"))
    claim = next(c for c in document["claims"] if c["id"] == name)
    return Fraction(decode_number(claim["evidence"]["kappa_squared"] if "stable" in evidence else claim["value"]))


def _number(value: Any) -> Fraction | None:
    return None if value is None else Fraction(decode_number(value))
