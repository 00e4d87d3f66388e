"""What every part of `exactfact bound` works with: the estimate, the data, the noise, and what becomes of a radius."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exactfact import __version__
from exactfact.certificate import Certificate, Verdict
from exactfact.certificate.claims import REFERENCE_KEYS, Claim
from exactfact.certificate.compact import compact
from exactfact.certificate.numbers import encode_number, encode_vector
from exactfact.criteria.outcome import Context
from exactfact.criteria.problem import Problem
from exactfact.stability.observation import Kernels, Matrix
from exactfact.stability.recovery import Radius

from .recovery_result import Recovery

Data = Matrix | Kernels


@dataclass(frozen=True)
class Job:
    """An estimate h (rational, by layers), data X, delta >= ||phi(h*) - X|| and eta >= ||phi(h) - X||.

    `fitting`: no noise was given, so delta is eta.  Bounds found so far are in the context's ledger.
    """

    problem: Problem
    context: Context
    h: tuple[tuple[Any, ...], ...]
    data: Data
    delta: Fraction
    eta: Fraction
    fitting: bool
    with_certificate: bool

    def evidence(self, **further: Any) -> dict[str, Any]:
        """What all recovery claims hold: h, data, delta, eta, encoded; `further` are the keys of one statement."""
        return {
            "h": [encode_vector(vector) for vector in self.h],
            "data": self.data.evidence(),
            "delta": encode_number(self.delta),
            "eta": encode_number(self.eta),
            **further,
        }

    def certificate(
        self, prop: str, modulo: str, statement: str, model: str = "full", **further: Any
    ) -> Certificate | None:
        """The certificate of one verdict over RR and the claims that it rests on; None when none is wanted.

        `further`: the evidence of the statement beside what all recovery claims hold.
        """
        if not self.with_certificate:
            return None
        verdict = Verdict(prop, modulo, model, "RR", "proved", statement, self.evidence(**further), "last")
        claims = compact([*_referred(verdict, self.context.ledger.claims), verdict])
        arch = self.problem.architecture
        return Certificate(arch.document(), arch.digest, self.problem.seed, __version__, claims)

    def result(self, **values: Any) -> Recovery:
        """A Recovery with `values`, and with the architecture, delta and eta of the job."""
        common = {"architecture": self.problem.architecture, "delta": self.delta, "eta": self.eta}
        return Recovery(**{**common, "fitting": self.fitting, **values})


def _referred(last: Claim, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that `last` rests on, directly or not, in their order."""
    wanted = _references(last)
    kept = []
    for claim in reversed(claims):
        if claim.id in wanted:
            kept.append(claim)
            wanted |= _references(claim)
    return kept[::-1]


def _references(claim: Claim) -> set[str]:
    return {str(claim.evidence[key]) for key in REFERENCE_KEYS if claim.evidence.get(key) is not None}


def radius_evidence(found: Radius) -> dict[str, Any]:
    """The root and the radii of 12.1 (10.4p: of one path) as evidence holds them."""
    return {
        "root": encode_number(found.root),
        "radius": {name: encode_number(value) for name, value in found.norms().items()},
    }


def too_much(epsilon: Fraction, largest: Fraction) -> str:
    """Why epsilon, the radius on tensors, gives none on parameters where M = `largest` is not above it."""
    if not largest:
        return "a layer of the estimate is zero: M = ||P(h)||_inf = 0"
    return (
        f"the side condition epsilon < M fails: epsilon is about {float(epsilon):.3g}, M = ||P(h)||_inf about "
        f"{float(largest):.3g}; only the bound on the tensors holds"
    )
