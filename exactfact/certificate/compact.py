"""Dropping bounds that a sharper bound made useless, so that a certificate holds what its reader needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .claims import REFERENCE_KEYS, Bound, Claim


def compact(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims without bounds that are neither the sharpest of their kind nor referred to; ids are renumbered."""
    best: dict[tuple[str, str, str], Bound] = {}
    for claim in claims:
        if isinstance(claim, Bound):
            key = (claim.quantity, claim.side, claim.over)
            known = best.get(key)
            if known is None or (claim.value > known.value if claim.side == "lower" else claim.value < known.value):
                best[key] = claim
    wanted = {bound.id for bound in best.values()}
    kept: list[Claim] = []
    for claim in reversed(claims):
        if not isinstance(claim, Bound) or claim.id in wanted:
            kept.append(claim)
            wanted |= {str(claim.evidence[key]) for key in REFERENCE_KEYS if key in claim.evidence}
    kept.reverse()
    names = {claim.id: f"c{number}" for number, claim in enumerate(kept)}
    return tuple(
        replace(
            claim,
            id=names[claim.id],
            evidence={
                key: names.get(value, value) if key in REFERENCE_KEYS else value
                for key, value in claim.evidence.items()
            },
        )
        for claim in kept
    )
