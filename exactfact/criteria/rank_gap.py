"""The two bounds on rank A recorded so far, and claims about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exactfact.certificate.claims import Bound
from exactfact.certificate.ledger import Ledger


def rank_lower(ledger: Ledger) -> int:
    """The best recorded lower bound on rank A (0 without one)."""
    bound = ledger.bound("rank", "lower")
    return int(bound.value) if bound else 0


def rank_upper(ledger: Ledger) -> int | None:
    """The best recorded upper bound on rank A."""
    bound = ledger.bound("rank", "upper")
    return int(bound.value) if bound else None


def rank_closed(ledger: Ledger) -> bool:
    """Whether rank A is known: the best lower and upper bounds in the ledger are equal."""
    return rank_lower(ledger) == rank_upper(ledger)


def rank_bound(side: str, value: int, over: str, statement: str, evidence: Mapping[str, Any]) -> Bound:
    """The claim rank A >= value (side "lower") or <= value ("upper") over a field, by a statement with its evidence."""
    return Bound("rank", side, value, over, statement, evidence)
