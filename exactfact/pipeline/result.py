"""The result of certifying an architecture: verdicts, facts, certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, NoReturn

from exactfact.certificate import Certificate
from exactfact.certificate.facts import facts, verdict_rows
from exactfact.model import Architecture

from .explanation import explanation, text
from .inverse import inverse_document
from .notebook import html_table, latex_table


@dataclass(frozen=True)
class VerdictRow:
    """One line of the verdict table; attributes as the keys of `certify --json`."""

    property: str
    modulo: str
    model: str
    over: str
    also_over: tuple[str, ...]
    status: str
    strength: str | None
    statement: str | None
    claim: str | None
    reason: str
    tried: tuple[Mapping[str, str], ...] = ()
    witness: Mapping[str, Any] | None = None
    error_probability: str | None = None
    group: Mapping[str, Any] | None = None
    criterion: str | None = None
    constants: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class StepRow:
    """A step of the strategy: seconds estimated before it ran and taken, its claims, or why there are none."""

    criterion: str
    estimate: float
    seconds: float
    claims: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Result:
    """Verdicts about one architecture.  `stopped` says which limit cut the run short, or is None.

    `attempts` tells, for (property, group, model, field), which criterion decided and which were tried before it;
    `steps` the criteria in the order in which they ran; a certificate holds neither.  A result is a list of verdicts,
    not a truth value: `bool(result)` raises TypeError.
    """

    architecture: Architecture
    certificate: Certificate
    requested: tuple[str, ...]
    seconds: float
    stopped: str | None = None
    attempts: Mapping[tuple[str, str, str, str], tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=dict)
    steps: tuple[StepRow, ...] = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("a Result has no truth value; ask for result.verdict(property).status")

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Numbers with their bounds, and the explicit inverse; null where nothing was computed."""
        document = self.certificate.document()
        return {**facts(document, self.architecture), "inverse": inverse_document(document, self.architecture)}

    @cached_property
    def verdicts(self) -> tuple[VerdictRow, ...]:
        """One row for each question decided or left undecided: what decided it, and what was tried before."""
        return tuple(_row(row) for row in self._rows())

    def _rows(self) -> list[dict[str, Any]]:
        """The rows of the certificate, with the criterion that decided each and what was tried before it."""
        rows = verdict_rows(self.certificate.document(), self.architecture)
        for row in rows:
            question = (row["property"], row["modulo"], row["model"], row["over"])
            if row["claim"] is not None and question in self.attempts:
                row["criterion"], tried = self.attempts[question]
                row["tried"] = [{"criterion": name, "why": why} for name, why in tried]
        return rows

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C ended the run; what was decided before stands."""
        return self.stopped == "interrupted"

    @property
    def default_group(self) -> str:
        """`path-scaling` for networks, `scaling` for chains of layers."""
        return "scaling" if self.architecture.network is None else "path-scaling"

    def verdict(
        self, prop: str, modulo: str | None = None, over: str | None = None, model: str | None = None
    ) -> VerdictRow:
        """The verdict on a property: a decided one before an undecided one.  KeyError when it was not asked for."""
        group = modulo or self.default_group
        rows = [
            row
            for row in self.verdicts
            if (row.property, row.modulo) == (prop, group)
            and (over is None or over == row.over or over in row.also_over)
            and (model is None or row.model == model)
        ]
        if not rows:
            raise KeyError(f"no verdict on {prop!r} modulo {group!r}" + (f" over {over!r}" if over else ""))
        return min(rows, key=lambda row: row.status == "undecided")

    @property
    def exit_code(self) -> int:
        """0 every requested property is decided over some field; 3 one is not; 5 a limit cut the run."""
        if self.stopped:
            return 5
        decided = {
            row.property for row in self.verdicts if row.status != "undecided" and row.modulo == self.default_group
        }
        return 0 if set(self.requested) <= decided else 3

    def document(self) -> dict[str, Any]:
        """The object that `certify --json` prints; `certificate` is null until the caller knows the file's name."""
        arch = self.architecture
        return {
            "exactfact": 1,
            "title": arch.title,
            "digest": arch.digest,
            "field": arch.field.name,
            "shape": list(arch.shape) if arch.shape else None,
            "parameters": list(arch.parameters),
            "seed": self.certificate.seed,
            "seconds": self.seconds,
            "stopped": self.stopped,
            "facts": self.facts,
            "verdicts": self._rows(),
            "steps": [{**asdict(step), "claims": list(step.claims)} for step in self.steps],
            "certificate": None,
        }

    def explain(self) -> str:
        """Why each property holds, fails or stays open, in words: the text of `exactfact explain` without changes."""
        return text(explanation(self.certificate.document(), self.architecture))

    def __repr__(self) -> str:
        verdicts = ", ".join(f"{row.property}/{row.modulo}@{row.over}={row.status}" for row in self.verdicts)
        return f"Result({verdicts})"

    def _repr_html_(self) -> str:
        return html_table(self.document())

    def _repr_latex_(self) -> str:
        return latex_table(self.document())


def _row(row: Mapping[str, Any]) -> VerdictRow:
    values = dict(row)
    values["also_over"] = tuple(values["also_over"])
    values["tried"] = tuple(values["tried"])
    return VerdictRow(**values)
