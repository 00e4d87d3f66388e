"""Claims, evidence and the certificate file, as plain data."""

from .claims import Bound, Claim, Measurement, Note, Verdict
from .document import Certificate
from .ledger import Ledger

__all__ = ["Bound", "Certificate", "Claim", "Ledger", "Measurement", "Note", "Verdict"]
