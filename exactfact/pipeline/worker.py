"""Running the strategy in a process of its own, under limits of time and memory.

The child receives the canonical spec as JSON on stdin and writes one JSON object a line on stdout: claims as they are
reached, reasons, progress.  The parent can stop it at any moment, inside a foreign call too, and keeps what arrived.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import IO, Any

from exactfact.certificate.claims import Bound, Claim, Verdict
from exactfact.certificate.numbers import decode_number
from exactfact.model import Architecture, ExactfactError

from .strategy import Event

# An interpreter with numpy and FLINT takes 150 MB of address space before any work.
LEAST_MEMORY = 256 * 2**20


class WorkerError(ExactfactError):
    """The working process ended without a result that it explained."""


def isolated_events(
    architecture: Architecture,
    job: str,
    seed: int,
    requested: tuple[str, ...],
    time_limit: float | None,
    memory_limit: int | None,
    progress: Callable[[str], None],
) -> Iterator[Event | str]:
    """Events of a child process; a last string says which limit stopped it.  WorkerError when it crashed."""
    task = {
        "spec": architecture.document(),
        "job": job,
        "seed": seed,
        "requested": list(requested),
        "seconds": time_limit,
        "memory": memory_limit,
    }
    deadline = None if time_limit is None else time.monotonic() + time_limit
    child = _start(task)
    try:
        for message in _messages(child, deadline):
            if message is None:
                yield f"time limit of {time_limit:g} s reached"
                return
            if "done" in message:
                return
            if "progress" in message:
                progress(message["progress"])
                continue
            yield _read(message)
            if "stopped" in message:
                return
        yield _post_mortem(child, memory_limit)
    finally:
        _end(child)


def _read(message: dict[str, Any]) -> Event | str:
    """What a line of the child says.  WorkerError when it tells of a crash."""
    if "error" in message:
        raise WorkerError(message["error"])
    if "stopped" in message:
        return str(message["stopped"])
    probable = {name: (value, error) for name, (value, error) in message["probable"].items()}
    claims = tuple(claim_of(doc) for doc in message["claims"])
    return Event(message["criterion"], claims, message["why"], probable, message["estimate"], message["seconds"])


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    for stream in (child.stdout, child.stderr):
        if stream is not None:
            stream.close()


def _start(task: dict[str, Any]) -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl-C in the terminal reaches the parent, which keeps the verdicts and stops the child.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    # Set before numpy is loaded: its idle threads would take address space from a memory limit.
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")
    command = [sys.executable, "-m", "exactfact.pipeline.child"]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )
    assert child.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(json.dumps(task).encode())
        child.stdin.close()
    return child


def _messages(child: subprocess.Popen[bytes], deadline: float | None) -> Iterator[dict[str, Any] | None]:
    """The child's lines as objects; None once the deadline has passed."""
    assert child.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        buffer = b""
        while True:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                yield None
                return
            if not selector.select(left):
                continue
            chunk = os.read(child.stdout.fileno(), 1 << 16)
            if not chunk:
                return
            *lines, buffer = (buffer + chunk).split(b"\n")
            for line in lines:
                yield json.loads(line)


def _post_mortem(child: subprocess.Popen[bytes], memory_limit: int | None) -> str:
    """Why a child ended without saying so: FLINT aborts when memory runs out."""
    code = child.wait()
    if memory_limit is not None and code != 0:
        return "memory limit reached"
    assert child.stderr is not None
    tail = child.stderr.read()[-400:].decode(errors="replace").strip()
    raise WorkerError(f"the working process ended with status {code}: {tail}")


def claim_of(document: dict[str, Any]) -> Claim:
    """The claim of its JSON object, as this package writes it."""
    values = {key: value for key, value in document.items() if key != "kind"}
    if document["kind"] == "verdict":
        return Verdict(**values)
    return Bound(**{**values, "value": decode_number(values["value"])})


def write_event(stream: IO[str], event: Event) -> None:
    """One line of the child's output."""
    message = {
        "criterion": event.criterion,
        "claims": [claim.document() for claim in event.claims],
        "why": event.why,
        "probable": {name: list(entry) for name, entry in event.probable.items()},
        "estimate": event.estimate,
        "seconds": event.seconds,
    }
    stream.write(json.dumps(message) + "\n")
    stream.flush()
