"""Interleaved timing: every contestant runs once a round, so that a busy machine slows all of them alike."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

ROUNDS = 5


@dataclass(frozen=True)
class Row:
    """One line of the table: `ours` against `peer`, medians in seconds, and what both have to answer.

    `ratio` = peer / ours, so more is better for us; `target` is the least ratio we promise, or None when the ratio is
    only reported.
    """

    name: str
    ours: str
    peer: str
    ours_seconds: float
    peer_seconds: float
    answer: str
    target: float | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def ratio(self) -> float:
        return self.peer_seconds / self.ours_seconds

    @property
    def met(self) -> bool:
        return self.target is None or self.ratio >= self.target


def medians(contestants: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of every contestant over interleaved rounds, after one round that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for counted in range(rounds + 1):
        for name, run in contestants.items():
            start = time.perf_counter()
            run()
            if counted:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def machine() -> dict[str, str]:
    """What the numbers were taken on."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "python-flint": version("python-flint"),
        "numpy": version("numpy"),
    }


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "unknown"
