"""The ledger: claims in the order in which they were reached, numbered, with references resolved.

A criterion may refer to an earlier claim by its id, or to the i-th claim of its own outcome by "@i".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .claims import REFERENCE_KEYS, Bound, Claim, Verdict
from .transfers import also_over


class Contradiction(AssertionError):
    """Two criteria decided one question in opposite ways: a bug, never a result."""


@dataclass
class Ledger:
    """Claims so far.  The only mutable thing that criteria share, and only the pipeline writes to it."""

    claims: list[Claim] = field(default_factory=list)

    def absorb(self, drafts: Iterable[Claim]) -> list[Claim]:
        """Number the drafts of one outcome, resolve "@i" references among them, and append what is new.

        A verdict that is recorded already is not repeated.  Contradiction when a draft denies a recorded verdict.
        """
        added: list[Claim] = []
        names: list[str] = []
        for draft in drafts:
            known = self._recorded(draft)
            if known is not None:
                names.append(known.id)
                continue
            evidence = {
                key: _resolve(value, names) if key in REFERENCE_KEYS else value for key, value in draft.evidence.items()
            }
            claim = replace(draft, id=f"c{len(self.claims)}", evidence=evidence)
            names.append(claim.id)
            added.append(claim)
            self.claims.append(claim)
        return added

    def _recorded(self, draft: Claim) -> Verdict | None:
        """The recorded verdict that already says what the draft says."""
        if not isinstance(draft, Verdict):
            return None
        for claim in self.claims:
            if not isinstance(claim, Verdict) or _question(claim) != _question(draft):
                continue
            shared = _covered(claim) & _covered(draft)
            if shared and claim.status != draft.status:
                raise Contradiction(
                    f"{draft.property} modulo {draft.modulo} over {sorted(shared)} is {claim.status} "
                    f"by {claim.statement} and {draft.status} by {draft.statement}"
                )
            if draft.over in _covered(claim):
                return claim
        return None

    def bound(self, quantity: str, side: str, over: str | None = None) -> Bound | None:
        """The sharpest recorded bound on `quantity` from that side (over that field, when one is named), or None."""
        bounds = [
            c
            for c in self.claims
            if isinstance(c, Bound) and (c.quantity, c.side) == (quantity, side) and over in (None, c.over)
        ]
        if not bounds:
            return None
        return max(bounds, key=lambda b: b.value if side == "lower" else -b.value)

    def verdict(self, prop: str, modulo: str, model: str = "full") -> Verdict | None:
        """The first recorded verdict on (property, group, model) over any field, or None."""
        for claim in self.claims:
            if isinstance(claim, Verdict) and (claim.property, claim.modulo, claim.model) == (prop, modulo, model):
                return claim
        return None


def _resolve(value: object, names: list[str]) -> object:
    if isinstance(value, str) and value.startswith("@"):
        return names[int(value[1:])]
    return value


def _question(verdict: Verdict) -> tuple[str, str, str]:
    return verdict.property, verdict.modulo, verdict.model


def _covered(verdict: Verdict) -> set[str]:
    return {verdict.over, *also_over(verdict.property, verdict.status, verdict.over)}
