"""What the claims so far decide."""

from __future__ import annotations

from exactfact.certificate.claims import Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.transfers import also_over


def settled(ledger: Ledger, prop: str, over: str) -> bool:
    """Whether the property modulo scaling, for the full space, is proved or refuted over that field."""
    return any(
        isinstance(claim, Verdict)
        and (claim.property, claim.modulo, claim.model) == (prop, "scaling", "full")
        and over in (claim.over, *also_over(claim.property, claim.status, claim.over))
        for claim in ledger.claims
    )
