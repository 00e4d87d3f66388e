"""The working process: reads one task from stdin, writes events as JSON lines on stdout."""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import sys
import traceback
from typing import Any

from exactfact.model import from_document

from .job import local_events
from .worker import write_event


def main() -> int:
    """Run the task on stdin.  Every exception becomes a message, so that the parent can tell the user."""
    _end_with_parent()
    task = json.load(sys.stdin)
    if task["memory"]:
        resource.setrlimit(resource.RLIMIT_AS, (task["memory"], task["memory"]))
    try:
        _work(task)
        _say({"done": True})
    except MemoryError:
        _say({"stopped": "memory limit reached"})
    except Exception:  # noqa: BLE001 - the parent reports it as an internal error, with its cause
        _say({"error": traceback.format_exc(limit=-3)})
        return 70
    return 0


def _end_with_parent() -> None:
    """On Linux: be killed when the parent dies without a chance to say so (PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _work(task: dict[str, Any]) -> None:
    architecture = from_document(task["spec"])
    requested = tuple(task["requested"])
    limits = task["seconds"], task["memory"]
    stream = local_events(architecture, task["job"], task["seed"], requested, lambda t: _say({"progress": t}), *limits)
    for item in stream:
        if isinstance(item, str):
            _say({"stopped": item})
            return
        write_event(sys.stdout, item)


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
