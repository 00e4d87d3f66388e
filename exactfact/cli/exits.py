"""Exit codes, the same for every subcommand (docs/verdicts.md explains them)."""

from __future__ import annotations

from collections.abc import Iterable

OK = 0
REJECTED = 1
USAGE = 2
UNDECIDED = 3
LIMIT = 5
INTERNAL = 70
INTERRUPTED = 130
CLOSED_PIPE = 141

# When several specs are certified, the code that asks most for attention is the one to return.
_BY_WEIGHT = (INTERRUPTED, INTERNAL, USAGE, REJECTED, LIMIT, UNDECIDED, OK)


def heaviest(codes: Iterable[int]) -> int:
    """The code that asks most for attention; OK when there is none."""
    return min(codes, key=_BY_WEIGHT.index, default=OK)
