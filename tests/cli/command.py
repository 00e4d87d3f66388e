"""Running the command line: in this process for speed, in one of its own where that is the point."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from exactfact.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}

# h_1 and h_2 of length 1 and 3: the product is h_1 h_2, determined up to scaling.
PROVED = """\
exactfact = 1
title = "a scalar times a diagonal"
field = "QQ"
[[layer]]
name = "scalar"
operator = "full"
rows = 1
cols = 1
[[layer]]
operator = "full"
rows = 1
cols = 3
"""
# Products of two full 2 x 2 matrices: any invertible matrix fits between them.
REFUTED = """\
exactfact = 1
title = "two full matrices"
field = "QQ"
[[layer]]
operator = "full"
rows = 2
cols = 2
[[layer]]
operator = "full"
rows = 2
cols = 2
"""
# A dilated chain whose four path sums differ.
NETWORK = """\
exactfact = 1
title = "two dilated layers"
field = "QQ"
[network]
group = [8]
root = "out"
[[network.edge]]
from = "a"
to = "out"
support = [0, 1]
[[network.edge]]
from = "x"
to = "a"
support = [0, 1]
dilation = 2
"""


def call(*arguments: object) -> int:
    """The exit code of `exactfact ARGUMENTS`, run here."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def start(*arguments: object, **options: object) -> subprocess.Popen[str]:
    """`exactfact ARGUMENTS` as a process with pipes, listening to Ctrl-C even if we run in the background."""
    command = [sys.executable, "-m", "exactfact", *(str(argument) for argument in arguments)]
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, **{"env": ENVIRONMENT, "text": True, "preexec_fn": _listen, **streams, **options})


def _listen() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def process(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """`exactfact ARGUMENTS` as a process, to its end."""
    command = [sys.executable, "-m", "exactfact", *(str(argument) for argument in arguments)]
    return subprocess.run(command, env=ENVIRONMENT, text=True, capture_output=True, timeout=120, check=False, **options)
