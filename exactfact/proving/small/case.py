"""What a small case is: a statement, a finite range, and a test of every member of the range."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

RATIONALS = 0  # the "field" of cases over Q; the other fields are GF(p), named by p


class MissingSympy(ImportError):
    """A case needs sympy, which is not installed."""


def field_name(p: int) -> str:
    """Q or GF(p)."""
    return "Q" if p == RATIONALS else f"GF({p})"


@dataclass(frozen=True)
class SmallCase:
    """One statement on a finite range.

    `cases(field, size)` lists the range in increasing order of size, so that the first failure is a minimal one.
    `conclusion(case)` says what is wrong with a case, or None. Cases that miss `hypothesis` are counted, not tested.
    """

    statement: str
    claim: str
    range: str
    size: str  # what the numbers in `quick` and `full` bound; empty for single examples
    cases: Callable[[int, int], Iterator[Any]]
    conclusion: Callable[[Any], str | None]
    full: Mapping[int, int]  # field -> largest size
    quick: Mapping[int, int]  # the same, for a range that takes about a second
    hypothesis: Callable[[Any], bool] | None = None
    sympy: bool = False

    def sizes(self, *, quick: bool, only: int | None, largest: int | None) -> dict[int, int]:
        """Field -> size of a run; a field that is not in the table gets the smallest size in it."""
        table = dict(self.quick if quick else self.full)
        if only is not None:
            if not self.takes(only):
                return {}
            table = {only: table.get(only, min(table.values()))}
        return table if largest is None else dict.fromkeys(table, largest)

    def takes(self, only: int) -> bool:
        """Whether there are cases over that field."""
        return only in self.full or (only != RATIONALS and any(p != RATIONALS for p in self.full))

    def described(self, sizes: Mapping[int, int]) -> str:
        """The range in words, with its sizes."""
        if not self.size:
            return self.range
        if list(sizes) == [RATIONALS]:
            return f"{self.range}; {self.size} <= {sizes[RATIONALS]}"
        bounds = ", ".join(f"<= {size} over {field_name(p)}" for p, size in sorted(sizes.items()))
        return f"{self.range}; {self.size} {bounds}"


@dataclass(frozen=True)
class Outcome:
    """What a run found: every case tested, or the first one that fails."""

    case: SmallCase
    sizes: Mapping[int, int]
    cases: int  # members of the range
    tested: int  # those that satisfy the hypothesis
    seconds: float
    counterexample: Any = None
    reason: str | None = None  # why it is one
    stopped: str | None = None  # the limit that ended the run

    @property
    def status(self) -> str:
        """`proved`, `false`, `empty` (no case satisfied the hypothesis) or `unfinished`."""
        if self.reason is not None:
            return "false"
        if self.stopped is not None:
            return "unfinished"
        return "proved" if self.tested else "empty"
