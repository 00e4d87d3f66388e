"""`exactfact proofs`: the statements that verdicts rest on."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from exactfact import __version__
from exactfact.cli import exits, files
from exactfact.cli.failures import UsageError

if TYPE_CHECKING:
    from exactfact.proving.registry import Statement

SUMMARY = "list the statements that verdicts rest on, with their proofs"
DESCRIPTION = """\
List the statements that verdicts rest on: what stands behind each (paper: it is in
the cited work; proved here: the proof comes with exactfact; small cases; formal),
where it comes from, and the rule of the checker that verifies its hypotheses."""
EXAMPLE = """\
examples:
  exactfact proofs                       the table
  exactfact proofs 4.2                   one statement, its hypotheses, its proof
  exactfact proofs --latex -o proofs.tex all statements, as a LaTeX document"""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `proofs` that `run` reads; wrong ones end in the usage and exit code 2."""
    parser.add_argument("id", nargs="?", metavar="ID", help="show this statement, such as 4.2")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help='the document "Statements used by exactfact"')
    form.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE instead of the terminal")


def run(options: Namespace) -> int:
    """Print the table, one statement, or the document."""
    from exactfact.model.atomic import write_atomically

    text = _text(options)
    if options.output is None:
        print(text, end="")
    else:
        write_atomically(files.target(options.output), text)
        print(f"written to {options.output}", file=sys.stderr)
    return exits.OK


def _text(options: Namespace) -> str:
    from exactfact.proving.registry import statements

    found = statements()
    if options.id is not None and options.id not in found:
        raise UsageError(f"required the number of a statement, one of {', '.join(found)}; received {options.id!r}")
    if options.latex:
        if options.id is not None:
            raise UsageError("--latex writes all statements; leave out the number")
        from exactfact.reporting.statements_document import statements_document

        return statements_document(__version__)
    chosen = [found[options.id]] if options.id is not None else list(found.values())
    if options.json:
        return json.dumps([_json(entry) for entry in chosen], indent=1) + "\n"
    return _described(chosen[0]) if options.id is not None else _table(chosen)


def _json(entry: Statement) -> dict[str, object]:
    from exactfact.proving.registry import proof_file

    return {**asdict(entry), "standing": list(entry.standing), "proof": str(proof_file(entry.id))}


def _table(entries: list[Statement]) -> str:
    heads = ("id", "title", "status", "source", "checker rule")
    rows = [(x.id, x.title, ", ".join(x.standing), _origin(x), _stems(x.rules)) for x in entries]
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads) - 1)]
    lines = ["  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[-1]]).rstrip()
             for row in (heads, *rows)]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]]) + "\n"


def _origin(entry: Statement) -> str:
    return " ".join([entry.by, *(f"[{key}]" for key in entry.sources)])


def _stems(paths: tuple[str, ...]) -> str:
    return ", ".join(PurePosixPath(path).stem for path in paths)


def _described(entry: Statement) -> str:
    """One statement for the terminal; its text is LaTeX, as in the reports."""
    from exactfact.proving.registry import proof_file

    proof = proof_file(entry.id)
    facts = {
        "status": ", ".join(entry.standing),
        "source": _origin(entry),
        "criteria": ", ".join(entry.criteria),
        "rules": ", ".join(entry.rules),
        "tests": ", ".join(entry.tests),
        "used": entry.context,
        "proof": str(proof) if proof.is_file() else "",
    }
    lines = [f"{entry.id} {entry.title}", "", entry.text, "", "Hypotheses:"]
    lines += [f"- {hypothesis}" for hypothesis in entry.hypotheses]
    if entry.remark:
        lines += ["", f"Remark: {entry.remark}"]
    return "\n".join([*lines, "", *(f"{name + ':':10}{value}" for name, value in facts.items() if value)]) + "\n"
