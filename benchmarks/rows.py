"""A row of the table: a figure, what we promise of it, and the contestants that it was taken from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from .peers import Peer
from .race import Timing

Value = TypeVar("Value")
MET, MISSED, REPORTED, ABSENT = "met", "MISSED", "no target", "not measured"


@dataclass(frozen=True)
class Setting:
    """How to run: `quick` takes smaller sizes and fewer rounds; `folder` is for matrices; peers by name."""

    quick: bool
    folder: Path
    peers: Mapping[str, Peer]

    @property
    def rounds(self) -> int:
        """Counted rounds of every race."""
        return self.pick(5, 3)

    def pick(self, full: Value, quick: Value) -> Value:
        """The value for this kind of run."""
        return quick if self.quick else full


@dataclass(frozen=True)
class Row:
    """`measured` (in `unit`) against a `target` such as (">=", 6.0); None where a contestant is missing."""

    number: int
    figure: str
    target: tuple[str, float] | None
    measured: float | None
    unit: str
    contestants: tuple[Timing, ...]
    note: str = ""

    @property
    def verdict(self) -> str:
        """One of MET, MISSED, REPORTED, ABSENT."""
        if self.measured is None:
            return ABSENT
        if self.target is None:
            return REPORTED
        sense, bound = self.target
        met = {"<=": self.measured <= bound, ">=": self.measured >= bound, "<": self.measured < bound}[sense]
        return MET if met else MISSED


def ratio_row(
    number: int,
    figure: str,
    target: tuple[str, float] | None,
    timings: Mapping[str, Timing],
    over: str,
    under: str,
    note: str = "",
    scale: float = 1.0,
) -> Row:
    """The row for seconds(over) / seconds(under) * scale."""
    pair = (timings[over], timings[under])
    top, bottom = (timing.seconds for timing in pair)
    measured = None if top is None or bottom is None else top / bottom * scale
    return Row(number, figure, target, measured, "ratio", pair, note)


def memory_row(number: int, rows: Sequence[Row], limit_mib: int) -> Row:
    """The most memory that a process of ours held in any of the rows."""
    peaks = {
        f"row {row.number}, {timing.name}": timing.peak_mib
        for row in rows
        for timing in row.contestants
        if timing.ours and timing.peak_mib is not None
    }
    figure = "memory of our process in every row above, the largest"
    if not peaks:
        return Row(number, figure, ("<", limit_mib), None, "MiB", (), "this system does not tell peak memory")
    largest = max(peaks, key=lambda name: peaks[name])
    return Row(number, figure, ("<", limit_mib), peaks[largest], "MiB", (), f"{largest}; python and numpy included")


def by_number(rows: Collection[Row]) -> list[Row]:
    """The rows in the order of their numbers, otherwise as they came."""
    return sorted(rows, key=lambda row: row.number)
