"""All small cases, in the order of the theory, and the statements that have none."""

from __future__ import annotations

from itertools import takewhile

from exactfact.proving.small import (
    branch_and_bound,
    convolutions,
    counterexamples,
    elimination,
    gauge,
    generic,
    identities,
    local,
    metric,
    monomial,
    networks,
    orbits,
    rank,
    recovery,
    segre,
    stability,
    thresholds,
    torus,
    uniform,
)
from exactfact.proving.small.case import SmallCase

_GROUPS = (
    segre,
    identities,
    rank,
    uniform,
    thresholds,
    generic,
    local,
    gauge,
    elimination,
    monomial,
    torus,
    networks,
    orbits,
    convolutions,
    metric,
    branch_and_bound,
    stability,
    recovery,
    counterexamples,
)

ABSENT = {  # statement -> why it has no small case
    "0.1": "products of matrices are associative",
    "0.3": "it compares infinite fields; where nothing passes, 0.3-counterexample is a case",
    "0.4": "a definition restricted to subsets; what does not pass is 0.4-counterexample",
    "1.3": "closures over infinite fields: 1.4, 5.2d and 12.4 test what is concluded from it",
    "2.7c": "a change of the order of rows and columns; not tested here",
    "7.5r": "the construction of algebraic points in one fibre; not tested here",
}


def key(statement: str) -> tuple[int, int, str]:
    """Sorts identifiers such as 4.3, 10.5p, 2.1' in reading order."""
    chapter, _, rest = statement.partition(".")
    digits = "".join(takewhile(str.isdigit, rest))
    return int(chapter), int(digits), rest[len(digits) :]


_EVERY: list[SmallCase] = [case for group in _GROUPS for case in group.CASES]
ALL: tuple[SmallCase, ...] = tuple(sorted(_EVERY, key=lambda case: key(case.statement)))


def statements() -> tuple[str, ...]:
    """The statements that have a small case, in order."""
    return tuple(dict.fromkeys(case.statement for case in ALL))


def find(statement: str) -> tuple[SmallCase, ...]:
    """The small cases of a statement; none for an unknown one."""
    return tuple(case for case in ALL if case.statement == statement)
