"""What can go wrong when a report is written, by name."""

from __future__ import annotations

from collections.abc import Sequence

from exactfact.model import ExactfactError


class ReportRefused(ExactfactError):
    """The checker did not accept every claim, so there is no report.

    `claims` lists (claim id, status, explanation); it is empty when the certificate as a whole is malformed.
    """

    def __init__(self, reason: str, claims: Sequence[tuple[str, str, str]] = ()) -> None:
        self.claims = tuple(claims)
        lines = [f"no report: {reason}", *(f"  claim {name}: {status}: {why}" for name, status, why in self.claims)]
        super().__init__("\n".join(lines))


class LatexError(ExactfactError):
    """latexmk is missing, took too long, or pdflatex stopped; the message says which, and shows the end of the log."""
