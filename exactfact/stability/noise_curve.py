"""The certified radius against the noise level, from a recovery claim: what pictures show (floats suffice there)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exactfact.certificate.numbers import decode_number
from exactfact.certificate.recovery import error_bound, smallest_squared
from exactfact.model import Architecture

from .local import curvature
from .metric import tensor_norm
from .path_heights import Heights, named_path
from .recovery import noise_limit
from .rounding import root_up

SAMPLES = 24
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Curve:
    """Polylines (label, points) up to the threshold where the side condition stops; `mark` is the claim itself."""

    norm: str
    pieces: tuple[tuple[str, Points], ...]
    threshold: float
    mark: tuple[float, float]


def noise_curve(document: Mapping[str, Any], architecture: Architecture) -> Curve | None:
    """The curve of the first recovery claim of a certificate; None when it has none about parameters."""
    for claim in document["claims"]:
        if claim["kind"] == "verdict" and claim["property"] == "recovery":
            return _global(document, claim, architecture)
        if claim["kind"] == "verdict" and claim["property"] == "local-recovery":
            return _local(claim)
    return None


def _global(document: Mapping[str, Any], claim: Mapping[str, Any], architecture: Architecture) -> Curve:
    evidence, found = claim["evidence"], error_bound(claim)
    sigma_squared = smallest_squared(document, evidence)
    h = [[decode_number(x) for x in vector] for vector in evidence["h"]]
    network = architecture.network
    if network is None:
        largest = tensor_norm(h)
    else:
        heights = Heights.at(network, h)
        largest = heights.height(named_path(network, found.path)) if found.path else heights.least
    depth = len(architecture.parameters)
    where = evidence.get("every") or (evidence["paths"][0] if network else evidence)
    slope = decode_number(where["root"]) / root_up(sigma_squared)
    end = noise_limit(largest, found.eta, sigma_squared)
    half = noise_limit(largest / 2, found.eta, sigma_squared)
    pieces = []
    sharp = 2 - Fraction(1, depth)
    if half > 0:
        pieces.append((r"2 - 1/K", _line(sharp * slope, found.eta, Fraction(0), half)))
    pieces.append(("2", _line(2 * slope, found.eta, max(half, Fraction(0)), end)))
    assert found.radius is not None
    return Curve("inf", tuple(pieces), float(end), (float(found.delta), float(found.radius["inf"])))


def _line(slope: Fraction, eta: Fraction, start: Fraction, end: Fraction) -> Points:
    return tuple((float(x), float(slope * (x + eta))) for x in (start, end))


def _local(claim: Mapping[str, Any]) -> Curve:
    evidence, found = claim["evidence"], error_bound(claim)
    slope, sigma, ball = (Fraction(decode_number(evidence[key])) for key in ("slope", "sigma_max", "ball"))
    norms = tuple(Fraction(decode_number(x)) for x in evidence["norms"])
    end = ball * slope / 2 - found.eta
    points = []
    for step in range(SAMPLES + 1):
        delta = end * step / SAMPLES
        first = 2 * (delta + found.eta) / slope
        points.append((float(delta), float((delta + found.eta) / (slope - curvature(sigma, norms, first) * first / 2))))
    assert found.radius is not None
    return Curve("2", (("12.7", tuple(points)),), float(end), (float(found.delta), float(found.radius["2"])))
