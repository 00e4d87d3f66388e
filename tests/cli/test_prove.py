"""exactfact prove: what it prints, what it refuses, and its exit codes."""

import shutil
import subprocess
from dataclasses import replace

import pytest

from exactfact.cli import exits, prove
from exactfact.proving.small import table
from tests.cli.command import call


def test_without_a_statement_it_lists_what_there_is(capsys):
    assert call("prove") == exits.OK
    printed = capsys.readouterr().out
    lines = printed.splitlines()
    assert all(statement in lines for statement in table.statements())


def test_a_statement_without_a_small_case_is_listed_with_the_reason_and_refused(capsys, monkeypatch):
    monkeypatch.setitem(table.ABSENT, "99.1", "nothing finite is left")
    assert call("prove") == exits.OK
    assert "99.1  no small case: nothing finite is left" in capsys.readouterr().out
    assert call("prove", "99.1") == exits.USAGE
    assert "nothing finite is left" in capsys.readouterr().err


def test_a_statement_that_holds(capsys):
    assert call("prove", "1.1", "--field", "GF(3)", "--max-size", "3") == exits.OK
    printed = capsys.readouterr()
    assert printed.out.startswith("1.1  holds: ")
    assert "S_K <= 3 over GF(3)" in " ".join(printed.out.split())
    assert printed.err == ""


def test_a_counterexample_is_printed_in_full_and_exits_1(capsys, monkeypatch):
    false = replace(table.find("5.2a")[0], hypothesis=None)
    monkeypatch.setattr(table, "find", lambda name: (false,))
    assert call("prove", "5.2a", "--field", "GF(2)", "--max-size", "4") == exits.REJECTED
    printed = capsys.readouterr().out
    assert "5.2a  FALSE" in printed
    assert "Operator(field=2, sizes=(2, 2), rows=((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)))" in printed


def test_a_limit_exits_5_and_says_that_the_rest_is_open(capsys):
    assert call("prove", "1.1", "--max-size", "64", "--time-limit", "0.3") == exits.LIMIT
    assert "time limit reached" in capsys.readouterr().out


def test_a_range_without_any_case_is_no_proof(capsys):
    assert call("prove", "8.2c", "--max-size", "1") == exits.USAGE
    assert "holds" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ("99.9",),
        ("4.3x",),
        ("ALL",),
        ("--quick",),
        ("--latex",),
        ("--run",),
        ("-o", "x.v"),
        ("--formal", "cert.json"),
        ("1.1", "--formal", "cert.json", "-o", "x.v"),
        ("--formal", "cert.json", "-o", "x.v", "--quick"),
        ("1.1", "--field", "GF(4)"),
        ("1.1", "--field", "GF(37)"),
        ("1.1", "--field", "gf(3)"),
        ("1.1", "--field", "RR"),
        ("1.1", "--field", "QQ"),
        ("1.2", "--field", "GF(3)"),
        ("1.1", "--max-size", "0"),
        ("1.1", "--max-size", "-3"),
        ("1.1", "--max-size", "3.5"),
        ("1.1", "--max-size", "9" * 30),
        ("1.1", "--time-limit", "0"),
        ("1.1", "--memory-limit", "lots"),
        ("1.1", "4.3"),
    ],
    ids=" ".join,
)
def test_misuse_exits_2_and_says_why(arguments, capsys):
    assert call("prove", *arguments) == exits.USAGE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
    assert printed.err.strip()


def test_missing_sympy_is_named(capsys, monkeypatch):
    monkeypatch.setattr(prove, "find_spec", lambda name: None)
    assert call("prove", "2.1", "--quick") == exits.USAGE
    assert "pip install 'exactfact[prove]'" in capsys.readouterr().err
    assert call("prove", "1.2", "--quick") == exits.OK


def test_a_sympy_that_fails_to_import_is_named(capsys, monkeypatch):
    from exactfact.proving.small import polynomials
    from exactfact.proving.small.case import MissingSympy

    def missing():
        raise MissingSympy("this case needs sympy: pip install 'exactfact[prove]'")

    monkeypatch.setattr(polynomials, "_sympy", missing)
    assert call("prove", "2.1", "--quick") == exits.USAGE
    assert "exactfact[prove]" in capsys.readouterr().err


def test_the_table_is_ascii_and_has_a_row_for_every_case(capsys):
    assert call("prove", "9.1", "--quick", "--latex") == exits.OK
    printed = capsys.readouterr().out
    assert printed.isascii()
    assert r"\toprule" in printed and r"\bottomrule" in printed
    assert printed.count("\\\\\n") == 2


@pytest.mark.latex
def test_the_table_compiles(capsys, tmp_path):
    assert call("prove", "1.2", "--quick", "--latex") == exits.OK
    text = capsys.readouterr().out
    head = "\\documentclass{article}\n\\usepackage{booktabs,longtable}\n\\begin{document}\n"
    (tmp_path / "t.tex").write_text(head + text + "\\end{document}\n")
    command = [shutil.which("pdflatex"), "-interaction=nonstopmode", "-halt-on-error", "t.tex"]
    done = subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
