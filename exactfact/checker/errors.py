"""What a check can end with beside acceptance, and the meter that bounds its work.

`Rejected` carries what was expected and what was found; the caller adds the rule. `NotChecked` says that the work
needed exceeds the stated limit. One step of the meter is about a nanosecond of pure Python on an ordinary machine.
"""
import json
from fractions import Fraction
from typing import Any

DEFAULT_LIMIT = 100_000_000_000
STEPS_A_CELL = 5_000  # the limit on stored numbers is limit / STEPS_A_CELL: 2e7 at the default


class Rejected(Exception):
    """The certificate does not prove this: `expected` was required, `found` was there."""

    def __init__(self, expected: str, found: str, rule: str = "") -> None:
        super().__init__(f"expected {expected}; found {found}")
        self.expected, self.found, self.rule = expected, found, rule


class NotChecked(Exception):
    """The work needed is above the limit: nothing is said about the claim."""

    def __init__(self, reason: str, needed: int, limit: int) -> None:
        super().__init__(f"{reason}: needs about {shown(needed)}, limit {shown(limit)}")
        self.reason, self.needed, self.limit = reason, needed, limit


class Unreadable(Exception):
    """The file cannot be read, or is not JSON."""


class Meter:
    """Counts steps; raises `NotChecked` before a job that would pass the limit."""

    def __init__(self, limit: int = DEFAULT_LIMIT) -> None:
        self.limit, self.spent = limit, 0

    def spend(self, steps: int, what: str = "work") -> None:
        """Count the steps of a job before it is done; NotChecked, naming `what`, when the sum passes the limit."""
        self.spent += steps
        if self.spent > self.limit:
            raise NotChecked(what, self.spent, self.limit)

    def hold(self, cells: int, what: str) -> None:
        """Refuse to store more than limit / STEPS_A_CELL numbers at once."""
        if cells * STEPS_A_CELL > self.limit:
            raise NotChecked(f"{what} (stored numbers)", cells, self.limit // STEPS_A_CELL)


def shown(value: Any) -> str:
    """A short ASCII text for any value, safe to print whatever a certificate contains."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, int):
        return str(value) if value.bit_length() <= 400 else f"an integer of {value.bit_length()} bits"
    if isinstance(value, Fraction):
        return f"{shown(value.numerator)}/{shown(value.denominator)}"
    if isinstance(value, str):
        return json.dumps(value if len(value) <= 100 else value[:97] + "...")
    if isinstance(value, list | tuple):
        inner = ", ".join(shown(x) if not isinstance(x, list | tuple | dict) else "..." for x in value[:8])
        return f"[{inner}{', ...' if len(value) > 8 else ''}]"
    if isinstance(value, dict):
        inner = ", ".join(shown(x) for x in list(value)[:8])
        return f"an object with keys {inner or '(none)'}"
    return f"a value of type {type(value).__name__}"


def require(condition: bool, expected: str, found: Any) -> None:
    """Reject unless the condition holds; `found` is shown unless it is a `Text`."""
    if not condition:
        raise Rejected(expected, found if isinstance(found, Text) else shown(found))


class Text(str):  # noqa: SLOT000 - a marker only
    """Words that `require` prints as they are; any other value is quoted and cut to length."""
