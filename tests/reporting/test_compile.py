"""The reports under pdflatex: they compile, no box stands out of the measure, names appear as they are."""

import re
import shutil
import subprocess
import unicodedata

import pytest

from exactfact.proving.registry import statements
from exactfact.reporting import LatexError, latexmk, report
from exactfact.reporting.statements_document import statements_document

from . import certificates

pytestmark = pytest.mark.latex

PAPER = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{textcomp}
\usepackage{amsmath,amssymb,amsthm}
\usepackage{array,booktabs,adjustbox}
\usepackage{xcolor,tikz}
\begin{document}
Before. \input{part} \input{part} After.
\end{document}
"""


def compiled(folder, text, name="report"):
    (folder / f"{name}.tex").write_text(text, encoding="utf-8")
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = (folder / f"{name}.log").read_text(encoding="latin-1")
    assert done.returncode == 0, log[-3000:]
    return log


def overfull(log):
    return [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt too wide\)", log)]


def words(pdf):
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout
    return unicodedata.normalize("NFC", text.decode("utf-8"))


@pytest.mark.parametrize("name", certificates.ALL)
def test_every_report_compiles_within_its_measure(name, tmp_path):
    log = compiled(tmp_path, report(certificates.ALL[name]()))
    assert max(overfull(log), default=0) <= 5
    assert "Missing character" not in log


def outline_fonts():
    """Without Latin Modern, pdflatex falls back to bitmap fonts, whose letters pdftotext cannot name."""
    return subprocess.run(["kpsewhich", "lmodern.sty"], capture_output=True, check=False).returncode == 0


def test_hostile_names_appear_literally(tmp_path):
    if not outline_fonts():
        pytest.skip("needs the LaTeX package lmodern")
    compiled(tmp_path, report(certificates.hostile_network()))
    page = words(tmp_path / "report.pdf")
    assert "\\input{/etc/passwd} _&%#<script>^~ naïve" in page
    unknown = {"日本語": "[U+65E5][U+672C][U+8A9E]", "emoji 🎉": "emoji [U+1F389]"}
    for name in certificates.HOSTILE:
        assert f"e {unknown.get(name, name)}" in page


def test_long_names_are_cut_in_the_middle(tmp_path):
    compiled(tmp_path, report(certificates.hostile_chain()))
    page = words(tmp_path / "report.pdf")
    assert re.search(r"w{10,}\.\.\.w{5,}", page)


@pytest.mark.parametrize("name", ["kernel zero", "tree", "hostile network"])
def test_a_fragment_goes_into_a_paper_even_twice(name, tmp_path):
    part = report(certificates.ALL[name](), tmp_path / "part.tex", fragment=True)
    assert part.name == "part.tex"
    log = compiled(tmp_path, PAPER, "paper")
    assert "already defined" not in log.replace("Label(s) may have changed", "")
    assert max(overfull(log), default=0) <= 5


def test_the_document_of_all_statements_compiles_and_its_references_resolve(tmp_path):
    for _ in range(3):  # the widths of the table settle
        log = compiled(tmp_path, statements_document("0.1.0"), "statements")
    assert max(overfull(log), default=0) <= 5
    assert "Missing character" not in log and "undefined" not in log
    if outline_fonts():
        page = words(tmp_path / "statements.pdf")
        assert "Statements used by exactfact" in page
        assert all(f"{entry.id} {entry.title.split()[0]}" in page for entry in statements().values())


def test_latexmk_makes_the_pdf(tmp_path):
    path = report(certificates.kernel_zero(), tmp_path / "out.tex", pdf=True)
    assert path == tmp_path / "out.pdf"
    assert path.read_bytes().startswith(b"%PDF")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["out.pdf", "out.tex"]


def test_a_failure_of_pdflatex_shows_its_log(tmp_path):
    source = tmp_path / "broken.tex"
    source.write_text("\\documentclass{article}\\begin{document}\\nosuchcommand\\end{document}", encoding="utf-8")
    with pytest.raises(LatexError, match=r"! Undefined control sequence"):
        latexmk.compile_pdf(source)
    assert not (tmp_path / "broken.pdf").exists()
