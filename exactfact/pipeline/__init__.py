"""The ordered strategy, its budgets, and the Result it assembles."""

from .job import certify, rank
from .result import Result, VerdictRow

__all__ = ["Result", "VerdictRow", "certify", "rank"]
