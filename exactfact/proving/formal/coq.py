"""Coq on an instance: what the file may hold, what its theorem may rest on, and whether it compiles."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from exactfact.proving.registry import folder

from .instance import HEADER, STATEMENTS

MODULES = (
    *("Definitions", "Lifting", "Words", "Kernel", "Witness"),
    *("Network", "NetworkWitness", "Sums", "Digits", "Counting", "Evidence"),
)
THEOREM = "certified"
SECONDS = 900
# Words that let a file assume what it should prove, or switch a check of Coq off.
FORBIDDEN = re.compile(
    r"\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjectures?|Hypothes[ei]s|Variables?|Context|Primitive|bypass_check"
    r"|Unset|Set|Declare|Load|Add|Notation|Infix|Module|Section|Require|Import)\b"
)
# All that a file may hold after the header: data under these names, one of the theorems, its proof.
NAMES = "architecture|cells|inverse|h|g|group|levels|root|order|moduli|boxes"
DATA = re.compile(rf"Definition ({NAMES}) : [^=]*:=.*", re.DOTALL)
# Coq's primitive 63-bit integers: the type, its operations, and their specifications.
OPERATIONS = ("add", "sub", "mul", "eqb", "ltb", "leb", "land", "lor", "lsl", "lsr")
ALLOWED = frozenset(
    ["PrimInt63.int", "Uint63.of_to_Z", "Uint63.eqb_correct", "Uint63.eqb_refl"]
    + [f"PrimInt63.{name}" for name in OPERATIONS]
    + [f"Uint63.{name}_spec" for name in OPERATIONS]
)


@dataclass(frozen=True)
class Verdict:
    """Whether Coq accepts the file; what it said, or why it was not asked."""

    accepted: bool
    checked: bool
    reason: str


def theory() -> Path:
    """The folder of the theory: in the installed package, else in the checkout."""
    return folder() / "formal" / "theory"


def check(instance: Path) -> Verdict:
    """Compile the file against the theory and compare its assumptions with the allow-list."""
    text = instance.read_text(encoding="utf-8")
    reason = objection(text)
    if reason is not None:
        return Verdict(accepted=False, checked=True, reason=reason)
    coqc = shutil.which("coqc")
    if coqc is None:
        return Verdict(accepted=False, checked=False, reason="no coqc on this machine")
    with tempfile.TemporaryDirectory() as folder:
        try:
            compiled = _compiled(coqc, Path(folder))
            return _compile(coqc, compiled, Path(folder), text)
        except subprocess.TimeoutExpired:
            return Verdict(accepted=False, checked=False, reason=f"Coq took more than {SECONDS} s")


def objection(text: str) -> str | None:
    """Why the text is not an instance, before Coq sees it; None if it may be one."""
    if not text.startswith(HEADER):
        return "the file does not begin with the three lines of an instance"
    body = text[len(HEADER) :]
    found = FORBIDDEN.search(body)
    if found is not None:
        return f"the file holds the word {found[0]}"
    sentences = [part.strip() for part in re.split(r"\.\s", body)]
    if len(sentences) < 5 or sentences[-1]:
        return "the file holds no theorem with a proof"
    *data, theorem, proof, term, end, _ = sentences
    if not all(DATA.fullmatch(part) for part in data):
        return "the file holds more than data, a theorem and its proof"
    if theorem not in {f"Theorem {THEOREM} : {statement}" for statement in STATEMENTS}:
        return "the theorem is none of those that are exported"
    one_line = proof == "Proof" and term.startswith("exact ") and end == "Qed"
    return None if one_line else "the proof is not one line"


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
    """The assumptions are asked for from a second file, which imports nothing: there every name shows its module."""
    folder = folder / "instance"  # apart from the theory
    folder.mkdir()
    (folder / "Instance.v").write_text(text, encoding="utf-8")
    (folder / "Probe.v").write_text(f"Require Instance.\nPrint Assumptions Instance.{THEOREM}.\n", encoding="utf-8")
    done = _coq(coqc, compiled, folder / "Instance.v")
    if not done.returncode:
        done = _coq(coqc, compiled, folder / "Probe.v")
    if done.returncode:
        return Verdict(accepted=False, checked=True, reason=_last(done))
    names = assumptions(done.stdout)
    foreign = sorted(set(names or [""]) - ALLOWED) if "Axioms:" in done.stdout else []
    if foreign or not done.stdout.startswith(("Axioms:", "Closed under the global context")):
        return Verdict(accepted=False, checked=True, reason=f"it rests on {', '.join(foreign)}")
    return Verdict(accepted=True, checked=True, reason="accepted by Coq")


def assumptions(output: str) -> list[str]:
    """The names that Print Assumptions lists: each begins a line, its type follows."""
    return [line.split()[0] for line in output.splitlines()[1:] if line[:1].strip()]


def _coq(coqc: str, compiled: Path, path: Path) -> subprocess.CompletedProcess[str]:
    command = [coqc, "-q", "-w", "none", "-R", str(compiled), "Exactfact"]
    if path.parent != compiled:
        command += ["-Q", str(path.parent), ""]
    command.append(str(path))
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)


def _last(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return "Coq refuses: " + " ".join(lines[-3:])[:400]
