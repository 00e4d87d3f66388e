"""Races: every contestant runs once a round, so that a busy machine slows all of them alike.

Each contestant is a process of its own (see `worker`), one thread each; only one of them works at a time.  So peers
from several environments and languages meet in one run, and the peak memory of each is known.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
# A contestant that needs longer for one run, or to prepare, is ended and named.
PATIENCE = 420.0
ASK = "run()\n"


class Disagreement(Exception):
    """Two contestants answered the same question differently, or one of them differently twice."""


@dataclass(frozen=True)
class Contestant:
    """A command that speaks the protocol of `worker`; `missing` says why it cannot run at all.

    `rounds`: fewer rounds than the others, and no uncounted one, for what takes minutes.
    """

    name: str
    command: tuple[str, ...] = ()
    missing: str = ""
    rounds: int | None = None
    ours: bool = False


@dataclass(frozen=True)
class Timing:
    """The result of one contestant: median seconds of `rounds` runs, or why there are none."""

    name: str
    seconds: float | None = None
    rounds: int = 0
    answer: Any = None
    peak_mib: int | None = None
    missing: str = ""
    ours: bool = False


def python(name: str, target: str, *, interpreter: str = sys.executable, **arguments: Any) -> Contestant:
    """A contestant written in Python: `target` is MODULE:FUNCTION inside `benchmarks`."""
    command = (interpreter, "-m", "benchmarks.worker", f"benchmarks.{target}", json.dumps(arguments))
    return Contestant(name, command)


def ours(name: str, function: str, *, module: str = "engine", **arguments: Any) -> Contestant:
    """exactfact itself; see `engine`."""
    return replace(python(name, f"{module}:{function}", **arguments), ours=True)


def race(contestants: Sequence[Contestant], rounds: int, *, compare: bool = True) -> dict[str, Timing]:
    """Medians over interleaved rounds, after one that is not counted.

    Disagreement when two answers differ, unless they are to different questions (`compare=False`).  None is no answer:
    matrix products have none.
    """
    runners = [Runner(contestant) for contestant in contestants]
    try:
        for number in range(rounds + 1):
            for runner in runners:
                runner.run(counted=number > 0, rounds=rounds)
    finally:
        for runner in runners:
            runner.close()
    timings = {runner.contestant.name: runner.timing() for runner in runners}
    answers = {name: timing.answer for name, timing in timings.items() if timing.answer is not None}
    if compare and len({json.dumps(answer, sort_keys=True) for answer in answers.values()}) > 1:
        raise Disagreement(f"the contestants disagree: {answers}")
    return timings


class Runner:
    """One contestant's process during a race."""

    def __init__(self, contestant: Contestant) -> None:
        self.contestant = contestant
        self.missing = contestant.missing
        self.times: list[float] = []
        self.answer: Any = None
        self.peak_mib: int | None = None
        self.process: subprocess.Popen[str] | None = None
        if not self.missing:
            self._start()

    def _start(self) -> None:
        environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
        self.complaints = tempfile.TemporaryFile("w+", errors="replace")  # noqa: SIM115 - closed with the process
        try:
            self.process = subprocess.Popen(
                self.contestant.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.complaints,
                text=True,
                cwd=ROOT,
                env=environment,
            )
        except OSError as error:
            self.complaints.close()
            self.missing = f"did not start: {error}"
            return
        self._reply()

    def run(self, *, counted: bool, rounds: int) -> None:
        """One run, unless the contestant is gone or has had its rounds."""
        own = self.contestant.rounds
        if self.missing or (own is not None and (not counted or len(self.times) >= own)):
            return
        assert self.process is not None
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.write(ASK)
            self.process.stdin.flush()
        reply = self._reply()
        if self.missing:
            return
        if self.answer is not None and reply["answer"] != self.answer:
            raise Disagreement(f"{self.contestant.name} answered {self.answer}, then {reply['answer']}")
        self.answer = reply["answer"]
        if counted:
            self.times.append(reply["seconds"])

    def _reply(self) -> dict[str, Any]:
        """The next line; sets `missing` when there is none, or an error."""
        assert self.process is not None
        assert self.process.stdout is not None
        alarm = threading.Timer(PATIENCE, self.process.kill)
        alarm.start()
        line = self.process.stdout.readline()
        late = not alarm.is_alive()
        alarm.cancel()
        try:
            reply: dict[str, Any] = json.loads(line)
        except ValueError:
            self.missing = f"no answer within {PATIENCE:.0f} s" if late else f"stopped: {self._last_words(line)}"
            return {}
        self.missing = reply.get("error", "")
        return reply

    def _last_words(self, line: str) -> str:
        self.complaints.seek(0)
        words = [text.strip() for text in (*self.complaints.readlines(), line) if text.strip()]
        return words[-1] if words else "without a word"

    def close(self) -> None:
        """End the process, and note the most memory that it ever held."""
        if self.process is None:
            return
        self.peak_mib = _peak_mib(self.process.pid)
        with contextlib.suppress(OSError):
            self.process.communicate(timeout=5)
        self.process.kill()
        self.process.wait()
        self.complaints.close()

    def timing(self) -> Timing:
        """What the table needs."""
        contestant = self.contestant
        if not self.times:
            return Timing(contestant.name, missing=self.missing or "no run was counted", ours=contestant.ours)
        seconds = statistics.median(self.times)
        return Timing(
            contestant.name,
            seconds,
            len(self.times),
            self.answer,
            self.peak_mib,
            self.missing,
            contestant.ours,
        )


def _peak_mib(pid: int) -> int | None:
    """The high-water mark of a process's resident memory, where /proc tells."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as lines:
            return next(int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return None
