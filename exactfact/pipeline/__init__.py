"""The ordered strategy, its budgets, and the Result it assembles."""

from .job import certify, rank
from .recovery import bound
from .recovery_result import Recovery
from .result import Result, VerdictRow

__all__ = ["Recovery", "Result", "VerdictRow", "bound", "certify", "rank"]
