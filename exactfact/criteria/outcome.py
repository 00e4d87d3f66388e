"""What a criterion receives and returns.

A criterion is a function (problem, context) -> Outcome.  It never writes anywhere: an Outcome holds the claims it
proved, with their evidence, or says in one sentence why the criterion does not apply.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from exactfact.certificate.claims import Claim
from exactfact.certificate.ledger import Ledger
from exactfact.model import ExactfactError, LimitError

from .memory import free_bytes, in_words


class OutOfTime(ExactfactError):
    """The time limit passed while something was being computed, or leaves too little time for something."""


@dataclass(frozen=True)
class Outcome:
    """Claims with evidence (`claims`), or the reason why there is none (`why`); `probable` facts are never claims.

    `probable` maps a quantity to (value, error probability such as "2^-100"), and "property@field" to (sentence, "")
    for what an engine that is trusted says.
    """

    claims: tuple[Claim, ...] = ()
    why: str = ""
    probable: dict[str, tuple[object, str]] = field(default_factory=dict)


@dataclass
class Context:
    """What criteria may look at: the claims so far, the seed, the time left, and a place to say what is going on.

    `estimate` adds up what the running step said it would take, in seconds; `unaffordable` names what was not begun
    because too little time was left.
    """

    ledger: Ledger
    seed: int = 0
    deadline: float | None = None
    progress: Callable[[str], None] = lambda text: None
    requested: tuple[str, ...] = ("uniform", "generic-finite", "generic")
    memory: int | None = None
    estimate: float = 0.0
    unaffordable: list[str] = field(default_factory=list)

    def tick(self, text: str) -> None:
        """Say what is going on; raise OutOfTime when the deadline has passed."""
        self.progress(text)
        if self.seconds_left() <= 0:
            raise OutOfTime(f"time limit reached during: {text}")

    def afford(self, what: str, seconds: float) -> None:
        """Before `what` begins: record its estimated cost; LimitError when that exceeds the time left, if there is any.

        An estimate is the cost of doing it to the end, good to a factor of ten, which is what a guard needs.
        """
        self.estimate += seconds
        left = self.seconds_left()
        if left <= 0:
            raise OutOfTime(f"time limit reached during: {what}")
        if seconds > left:
            self.unaffordable.append(what)
            raise LimitError(what, f"about {seconds:.2g} s", f"the {left:.2g} s that are left")

    def share(self, what: str, work: int, seconds: float) -> int:
        """How many of the `work` steps of a search, `seconds` for all, to take: at most half of the time left.

        LimitError when that is less than a tenth of them.
        """
        half = self.seconds_left() / 2
        if seconds <= half:
            self.estimate += seconds
            return work
        self.afford(what, seconds / 10)
        return int(work * half / seconds)

    def allocate(self, what: str, needed: int, fits: Callable[[int], str] = lambda free: "") -> None:
        """LimitError when `what` needs more bytes than the run may still take; `fits` says what would fit into them."""
        free = free_bytes(self.memory)
        if free is not None and needed > free:
            fitting = fits(free)
            raise LimitError(what, in_words(needed), in_words(free) + (f" ({fitting})" if fitting else ""))

    def room(self, size: int, most: int) -> int:
        """How many things of `size` bytes the run may still allocate, at most `most`."""
        free = free_bytes(self.memory)
        return most if free is None else min(most, free // max(1, size))

    def seconds_left(self) -> float:
        """Seconds until the deadline, negative after it; infinity without one."""
        return float("inf") if self.deadline is None else self.deadline - time.monotonic()
