"""One contestant in a process of its own: `python -m benchmarks.worker MODULE:FUNCTION ARGUMENTS`.

FUNCTION prepares (that is not timed) and returns the job.  Each line on standard input asks for one run, each line on
standard output is JSON: {"ready": true}, then {"seconds": s, "answer": a} for every run, or {"error": text}.
Programs in other languages speak the same protocol.  Standard library only: it also runs in the peers' environments.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any


def main(target: str, arguments: str) -> None:
    """Prepare, then run once for every line of standard input."""
    # What a library prints must not get between the lines of the protocol.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def reply(**fields: Any) -> None:
        replies.write(json.dumps(fields) + "\n")
        replies.flush()

    try:
        module, function = target.split(":")
        job: Callable[[], Any] = getattr(import_module(module), function)(**json.loads(arguments))
        reply(ready=True)
        for _ in sys.stdin:
            start = time.perf_counter()
            answer = job()
            reply(seconds=time.perf_counter() - start, answer=answer)
    except Exception as error:  # noqa: BLE001 - whatever went wrong is the contestant's result
        reply(error=f"{type(error).__name__}: {error}".splitlines()[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
