"""What is going on, on one line of stderr: only on a terminal, and only for work of more than a second."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from types import TracebackType
from typing import Self

PATIENCE = 1.0
INTERVAL = 0.2
CLEAR_LINE = "\r\x1b[K"


class Progress:
    """A callable that takes the latest message; as a context manager it shows it, with the seconds gone by."""

    def __init__(self, subject: str = "") -> None:
        self._subject = subject
        self._text = ""
        self._finished = threading.Event()
        self._thread: threading.Thread | None = None

    def __call__(self, text: str) -> None:
        """Note what is going on now."""
        self._text = text

    def __enter__(self) -> Self:
        if sys.stderr is not None and sys.stderr.isatty():
            self._thread = threading.Thread(target=self._show, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finished.set()
        if self._thread is not None:
            self._thread.join()

    def _show(self) -> None:
        start = time.monotonic()
        shown = False
        while not self._finished.wait(INTERVAL):
            seconds = time.monotonic() - start
            if seconds < PATIENCE:
                continue
            parts = [f"{seconds:.0f} s", *(part for part in (self._subject, self._text) if part)]
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(CLEAR_LINE + ": ".join(parts)[:width])
            sys.stderr.flush()
            shown = True
        if shown:
            sys.stderr.write(CLEAR_LINE)
            sys.stderr.flush()
