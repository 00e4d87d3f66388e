"""Runs small cases: counts, times, and stops at the first counterexample."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from exactfact.proving.small.case import Outcome, SmallCase

EVERY = 256  # cases between two looks at the clock


def run(
    case: SmallCase,
    sizes: Mapping[int, int],
    *,
    deadline: float | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Test every member of the range; `deadline` is a time.monotonic()."""
    start = time.monotonic()
    seen = tested = 0

    def outcome(**found: Any) -> Outcome:
        return Outcome(case, sizes, seen, tested, time.monotonic() - start, **found)

    for member in _range(case, sizes):
        if deadline is not None and time.monotonic() > deadline:
            return outcome(finished=False)
        if seen % EVERY == 0:
            progress(f"{case.statement}: {seen} cases")
        seen += 1
        if case.hypothesis is not None and not case.hypothesis(member):
            continue
        tested += 1
        reason = case.conclusion(member)
        if reason is not None:
            return outcome(counterexample=member, reason=reason)
    return outcome()


def _range(case: SmallCase, sizes: Mapping[int, int]) -> Iterator[Any]:
    for field in sorted(sizes):
        yield from case.cases(field, sizes[field])
