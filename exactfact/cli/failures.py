"""From exceptions to messages and exit codes: a sentence for what the user can mend, a traceback for our own faults."""

from __future__ import annotations

import sys
import traceback

from exactfact.cli import exits


class UsageError(Exception):
    """The command line asks for something impossible; the message says what."""


def explain(error: Exception) -> int:
    """Print the error on stderr and return the exit code for it."""
    from exactfact.model import LimitError, SpecError
    from exactfact.reporting.errors import LatexError, ReportRefused

    if isinstance(error, UsageError | SpecError | LatexError):
        return _say(str(error), exits.USAGE)
    if isinstance(error, OSError):
        return _say(_system_message(error), exits.USAGE)
    if isinstance(error, ReportRefused):
        return _say(str(error), exits.REJECTED)
    if isinstance(error, LimitError):
        return _say(str(error), exits.LIMIT)
    if isinstance(error, MemoryError):
        return _say("not enough memory", exits.LIMIT)
    traceback.print_exception(error)
    return _say("internal error: this is a fault of exactfact, not of the spec; please report it", exits.INTERNAL)


def _say(message: str, code: int) -> int:
    if sys.stdout is not None:
        sys.stdout.flush()
    print(f"exactfact: {message}", file=sys.stderr)
    return code


def _system_message(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason
