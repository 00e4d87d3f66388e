"""From .tex to .pdf through latexmk, in a folder of its own, without shell escape."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from exactfact.reporting.errors import LatexError

SECONDS = 180
ADVICE = (
    "install it (Debian: latexmk, texlive-latex-extra, texlive-pictures, texlive-science), "
    "or leave out --pdf and compile the .tex file elsewhere"
)


def compile_pdf(source: Path, seconds: float = SECONDS) -> Path:
    """Compile `source` and put the PDF beside it; returns its path.

    Raises LatexError when latexmk or pdflatex is missing, when they take longer than `seconds`, or when they fail.
    """
    for program in ("latexmk", "pdflatex"):
        if shutil.which(program) is None:
            raise LatexError(f"{program} was not found: {ADVICE}")
    target = source.with_suffix(".pdf")
    with tempfile.TemporaryDirectory(prefix="exactfact-") as folder:
        shutil.copyfile(source, Path(folder, "report.tex"))
        _run(Path(folder), seconds)
        temporary = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            shutil.copyfile(Path(folder, "report.pdf"), temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    return target


def _run(folder: Path, seconds: float) -> None:
    command = ["latexmk", "-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "-silent"]
    command += ["-pdflatex=pdflatex -no-shell-escape %O %S", "report.tex"]
    environment = {**os.environ, "openout_any": "p", "openin_any": "a"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise LatexError(f"latexmk did not end within {seconds:g} seconds") from error
    if done.returncode or not (folder / "report.pdf").exists():
        raise LatexError(f"pdflatex failed; the end of its log:\n{_log_end(folder)}")


def _log_end(folder: Path, lines: int = 20) -> str:
    log = folder / "report.log"
    if not log.exists():
        return "(no log was written)"
    text = log.read_text(encoding="latin-1").splitlines()
    start = next((place for place, line in enumerate(text) if line.startswith("!")), max(0, len(text) - lines))
    return "\n".join(text[start : start + lines])
