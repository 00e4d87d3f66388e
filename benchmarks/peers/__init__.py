"""The peers that must be installed: each in its own environment, or named with the reason why it is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.race import Contestant, python

from . import installation
from .installation import Unavailable

HERE = Path(__file__).resolve().parent
FFLAS_PACKAGES = ("fflas-ffpack", "fflas-ffpack-common", "libgivaro-dev", "libopenblas-dev", "g++", "pkg-config")


@dataclass(frozen=True)
class Peer:
    """An installed peer (`program` runs it, `version` describes it), or the reason why it is `missing`."""

    name: str
    program: str = ""
    version: str = ""
    missing: str = ""

    def contestant(self, command: Callable[[str], tuple[str, ...]], **options: Any) -> Contestant:
        """The peer in a race, started by `command(program)`; a missing one takes part by name only."""
        if self.missing:
            return Contestant(self.name, missing=self.missing)
        return Contestant(self.name, command(self.program), **options)


def fflas() -> tuple[str, str]:
    """A C++ program of our own on Debian's FFLAS-FFPACK and OpenBLAS."""
    installation.debian(*FFLAS_PACKAGES)
    flags = installation.output("pkg-config", "--cflags", "--libs", "fflas-ffpack").split()
    # The package links the reference BLAS.
    flags = [flag for flag in flags if flag not in ("-lblas", "-llapack")]
    program = installation.compiled(HERE / "fflas.cpp", *flags, "-lopenblas")
    return program, installation.output(program).strip()


def pari() -> tuple[str, str]:
    """The calculator gp of Debian's PARI."""
    installation.debian("pari-gp")
    return "gp", installation.debian_version("pari-gp")


def linbox() -> tuple[str, str]:
    """LinBox as sage uses it; without passagemath-pari no finite field can be constructed."""
    interpreter = installation.environment("passagemath-linbox", "passagemath-pari")
    return interpreter, installation.distribution_version(interpreter, "passagemath-linbox")


def sympy() -> tuple[str, str]:
    """sympy with gmpy2, its recommended companion."""
    interpreter = installation.environment("sympy", "gmpy2")
    return interpreter, installation.distribution_version(interpreter, "sympy")


INSTALLERS: dict[str, Callable[[], tuple[str, str]]] = {
    "FFLAS-FFPACK": fflas,
    "PARI": pari,
    "LinBox": linbox,
    "sympy": sympy,
}


def install(without: Collection[str] = ()) -> dict[str, Peer]:
    """All peers, those in `without` as if they could not be had."""
    return {name: _peer(name, installer, without) for name, installer in INSTALLERS.items()}


def _peer(name: str, installer: Callable[[], tuple[str, str]], without: Collection[str]) -> Peer:
    if name in without:
        return Peer(name, missing="left out by --without")
    try:
        return Peer(name, *installer())
    except Unavailable as reason:
        return Peer(name, missing=str(reason))


def rank_contestant(peer: Peer, path: str, n: int, p: int) -> Contestant:
    """The rank over GF(p) of the n x n matrix in a file."""
    commands: dict[str, Callable[[str], tuple[str, ...]]] = {
        "FFLAS-FFPACK": lambda program: (program, path, str(n), str(p)),
        "PARI": lambda gp: ("env", f"FILE={path}", f"N={n}", f"P={p}", gp, "-qf", str(HERE / "pari.gp")),
        "LinBox": lambda interpreter: _worker(interpreter, "linbox:rank", path=path, n=n, p=p),
        "sympy": lambda interpreter: _worker(interpreter, "sympy_rank:rank", path=path, n=n, p=p),
    }
    return peer.contestant(commands[peer.name])


def rational_contestant(linbox: Peer, path: str, n: int) -> Contestant:
    """LinBox's rank over ZZ of the n x n matrix in a file."""
    return linbox.contestant(lambda interpreter: _worker(interpreter, "linbox:rational_rank", path=path, n=n))


def _worker(interpreter: str, function: str, **arguments: Any) -> tuple[str, ...]:
    return python("", f"peers.{function}", interpreter=interpreter, **arguments).command
