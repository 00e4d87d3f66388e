"""Installing peers: Debian packages, virtual environments of their own, a compiled program.

Everything lands in a cache folder, never in the environment that runs exactfact.  `Unavailable` says why not.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "exactfact-benchmarks"
PATIENCE = 900


class Unavailable(Exception):
    """A peer cannot be had on this machine; the message says why."""


def output(*command: str) -> str:
    """What a command prints; Unavailable with its last words when it fails."""
    name = Path(command[0]).name
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"{name}: {error}") from error
    if done.returncode:
        words = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise Unavailable(f"{name} failed: {words[-1] if words else f'exit {done.returncode}'}")
    return done.stdout


def debian(*packages: str) -> None:
    """Make sure of Debian packages, installing those that are not there as root or by sudo without a password."""
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        raise Unavailable(f"no apt-get here to install {' '.join(packages)}")
    wanted = [package for package in packages if not _installed(package)]
    if not wanted:
        return
    as_root = () if os.geteuid() == 0 else ("sudo", "-n")
    print(f"installing {' '.join(wanted)}", file=sys.stderr, flush=True)
    output(*as_root, "apt-get", "update")
    output(*as_root, "apt-get", "install", "-y", "--no-install-recommends", *wanted)


def debian_version(package: str) -> str:
    """The version of an installed package."""
    return output("dpkg-query", "-W", "-f", "${Version}", package)


def _installed(package: str) -> bool:
    try:
        return output("dpkg-query", "-W", "-f", "${Status}", package).endswith(" installed")
    except Unavailable:
        return False


def environment(*requirements: str) -> str:
    """The interpreter of a virtual environment that holds the requirements, made when it is not there."""
    folder = CACHE / f"{requirements[0]}-{_digest(sys.version, *requirements)}"
    interpreter = folder / "bin" / "python"
    complete = folder / "complete"
    if not complete.exists():
        print(f"installing {' '.join(requirements)}", file=sys.stderr, flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        _make_environment(folder)
        output(str(interpreter), "-m", "pip", "install", "--quiet", *requirements)
        complete.touch()
    return str(interpreter)


def _make_environment(folder: Path) -> None:
    """By venv, or by virtualenv where venv is there without ensurepip, as on Debian."""
    CACHE.mkdir(parents=True, exist_ok=True)
    try:
        output(sys.executable, "-m", "venv", str(folder))
    except Unavailable:
        shutil.rmtree(folder, ignore_errors=True)
        with tempfile.TemporaryDirectory() as tools:
            output(sys.executable, "-m", "pip", "install", "--quiet", "--target", tools, "virtualenv")
            output("env", f"PYTHONPATH={tools}", sys.executable, "-m", "virtualenv", "--quiet", str(folder))


def distribution_version(interpreter: str, name: str) -> str:
    """The version of a distribution in an environment."""
    script = f"from importlib.metadata import version; print(version({name!r}))"
    return output(interpreter, "-c", script).strip()


def compiled(source: Path, *flags: str) -> str:
    """The program made of a C++ file for this machine, compiled when it is not there."""
    program = CACHE / f"{source.stem}-{_digest(source.read_text(encoding='utf-8'), *flags)}"
    if not program.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        print(f"compiling {source.name}", file=sys.stderr, flush=True)
        output("g++", "-O3", "-march=native", "-w", str(source), "-o", f"{program}.new", *flags)
        os.replace(f"{program}.new", program)
    return str(program)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:10]
