"""Coq on an instance: what the file may hold, what its theorem may rest on, and whether it compiles."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import exactfact

MODULES = ("Definitions", "Lifting", "Words", "Kernel", "Witness", "Network", "Evidence")
THEOREM = "certified"
SECONDS = 900
# Words that let a file assume what it should prove, or switch a check of Coq off.
FORBIDDEN = re.compile(
    r"\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjectures?|Hypothes[ei]s|Variables?|Context|Primitive|bypass_check"
    r"|Guard\s+Checking|Positivity\s+Checking|Universe\s+Checking|Type\s+In\s+Type|Declare|Load|Add|Notation|Infix"
    r"|Extraction|Redirect|Cd|Drop)\b"
)
# Coq's primitive 63-bit integers: the type, its operations, and their specifications.
ALLOWED = re.compile(r"(?:PrimInt63\.)?int|(?:PrimInt63|Uint63)\.(?:int|[a-z0-9_]+)|[a-z]+_spec|eqb_correct|eqb_refl|of_to_Z|land|lsr|add|mul|eqb|lsl|lor")


@dataclass(frozen=True)
class Verdict:
    """Whether Coq accepts the file; what it said, or why it was not asked."""

    accepted: bool
    checked: bool
    reason: str


def theory() -> Path:
    """The folder of the theory: in the installed package, else in the checkout."""
    package = Path(exactfact.__file__).parent
    installed = package / "_proofs"
    return (installed if installed.is_dir() else package.parent / "proofs") / "formal" / "theory"


def check(instance: Path) -> Verdict:
    """Compile the file against the theory and compare its assumptions with the allow-list."""
    text = instance.read_text(encoding="utf-8")
    found = FORBIDDEN.search(text)
    if found is not None:
        return Verdict(accepted=False, checked=True, reason=f"the file holds the word {found[0]!r}")
    if len(re.findall(rf"^Theorem {THEOREM} :", text, re.MULTILINE)) != 1:
        return Verdict(accepted=False, checked=True, reason=f"the file has not one theorem {THEOREM}")
    coqc = shutil.which("coqc")
    if coqc is None:
        return Verdict(accepted=False, checked=False, reason="no coqc on this machine")
    with tempfile.TemporaryDirectory() as folder:
        try:
            compiled = _compiled(coqc, Path(folder))
            return _compile(coqc, compiled, Path(folder), text)
        except subprocess.TimeoutExpired:
            return Verdict(accepted=False, checked=False, reason=f"Coq took more than {SECONDS} s")


def _compiled(coqc: str, folder: Path) -> Path:
    """The compiled theory: where `make -C proofs/formal` left it, if it is newer than the sources, else made here."""
    source = theory()
    pairs = [(source / f"{name}.v", source / f"{name}.vo") for name in MODULES]
    if all(vo.is_file() and vo.stat().st_mtime >= v.stat().st_mtime for v, vo in pairs):
        return source
    own = folder / "theory"
    own.mkdir()
    for name in MODULES:
        shutil.copyfile(source / f"{name}.v", own / f"{name}.v")
        done = _coq(coqc, own, own / f"{name}.v")
        if done.returncode:
            raise RuntimeError(f"the theory does not compile: {_last(done)}")
    return own


def _compile(coqc: str, compiled: Path, folder: Path, text: str) -> Verdict:
    path = folder / "instance.v"
    path.write_text(f"{text}\nPrint Assumptions {THEOREM}.\n", encoding="utf-8")
    done = _coq(coqc, compiled, path)
    if done.returncode:
        return Verdict(accepted=False, checked=True, reason=_last(done))
    foreign = [name for name in assumptions(done.stdout) if not ALLOWED.fullmatch(name)]
    if foreign:
        return Verdict(accepted=False, checked=True, reason=f"it rests on {', '.join(foreign)}")
    return Verdict(accepted=True, checked=True, reason="accepted by Coq")


def assumptions(output: str) -> list[str]:
    """The names that Print Assumptions lists."""
    _, _, listed = output.partition("Axioms:\n")
    return re.findall(r"^(\S+) ?:", listed, re.MULTILINE) + re.findall(r"^(\S+)$", listed, re.MULTILINE)


def _coq(coqc: str, compiled: Path, path: Path) -> subprocess.CompletedProcess[str]:
    command = [coqc, "-q", "-w", "none", "-R", str(compiled), "Exactfact", str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)


def _last(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return "Coq refuses: " + " ".join(lines[-3:])[:400]
