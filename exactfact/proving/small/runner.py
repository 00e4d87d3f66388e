"""Runs small cases: counts, times, and stops at the first counterexample."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from exactfact.proving.small.case import Outcome, SmallCase
from exactfact.proving.small.limits import OutOfTime, limited

EVERY = 64  # cases between two lines of progress
DEFAULT_MEMORY = 4 * 2**30


def run(
    case: SmallCase,
    sizes: Mapping[int, int],
    *,
    time_limit: float | None = None,
    memory_limit: int = DEFAULT_MEMORY,
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Test every member of the range until the first failure, or until the limit of seconds or of bytes."""
    start = time.monotonic()
    seen = tested = 0

    def outcome(**found: Any) -> Outcome:
        return Outcome(case, sizes, seen, tested, time.monotonic() - start, **found)

    try:
        with limited(time_limit, memory_limit):
            for member in _range(case, sizes):
                if seen % EVERY == 0:
                    progress(f"{case.statement}: {seen} cases")
                seen += 1
                if case.hypothesis is not None and not case.hypothesis(member):
                    continue
                tested += 1
                reason = case.conclusion(member)
                if reason is not None:
                    return outcome(counterexample=member, reason=reason)
    except OutOfTime:
        return outcome(stopped="time limit reached")
    except MemoryError:
        return outcome(stopped="memory limit reached")
    return outcome()


def _range(case: SmallCase, sizes: Mapping[int, int]) -> Iterator[Any]:
    for field in sorted(sizes):
        yield from case.cases(field, sizes[field])
