"""The verdict table for notebooks: small HTML and LaTeX renderings of `certify --json`."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

HEADER = ("property", "modulo", "over", "status", "statement", "reason")


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    fields = ", ".join((row["over"], *row["also_over"]))
    return row["property"], row["modulo"], fields, row["status"], row["statement"] or "", row["reason"]


def html_table(document: Mapping[str, Any]) -> str:
    """An HTML table; every cell is escaped."""
    head = "".join(f"<th>{name}</th>" for name in HEADER)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in _cells(row)) + "</tr>"
        for row in document["verdicts"]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def latex_table(document: Mapping[str, Any]) -> str:
    """A LaTeX array as notebooks render it, cells as text; the full report is `exactfact.report`."""
    rows = [r" & ".join(rf"\text{{{_escape(cell)}}}" for cell in _cells(row)) for row in document["verdicts"]]
    head = r" & ".join(rf"\textbf{{{name}}}" for name in HEADER)
    return r"$\begin{array}{llllll}" + head + r" \\ \hline " + r" \\ ".join(rows) + r"\end{array}$"


def _escape(text: str) -> str:
    special = {"\\": r"\backslash ", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_"}
    special |= {"^": r"\textasciicircum ", "~": r"\textasciitilde "}
    return "".join(special.get(character, character) for character in text)
