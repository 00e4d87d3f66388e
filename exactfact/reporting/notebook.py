"""The table of verdicts of a `certify --json` document for notebooks, in HTML and in LaTeX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from exactfact.reporting.escape import html, latex

HEADER = ("property", "modulo", "over", "also over", "status", "statement", "reason")
COLORS = {"proved": "#0e6251", "refuted": "#9e2a2b"}
LONGEST = 300


def verdict_table_html(document: Mapping[str, Any]) -> str:
    """The verdicts as an HTML table; every string of the document is escaped."""
    head = "".join(f'<th style="text-align:left">{name}</th>' for name in HEADER)
    body = "\n".join(_html_row(row) for row in document["verdicts"])
    title = html(str(document["title"]), LONGEST) or "no title"
    caption = f'<caption style="text-align:left;font-weight:bold">{title}</caption>'
    return f"<table>\n{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _html_row(row: Mapping[str, Any]) -> str:
    color = COLORS.get(row["status"], "#626870")
    cells = []
    for name, text in zip(HEADER, _cells(row), strict=True):
        style = f"text-align:left;color:{color};font-weight:bold" if name == "status" else "text-align:left"
        cells.append(f'<td style="{style}">{html(text, LONGEST)}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def verdict_table_latex(document: Mapping[str, Any]) -> str:
    """The verdicts as a LaTeX tabular (no packages needed but T1 fonts); every string of the document is escaped."""
    lines = [r"\begin{tabular}{lllllll}", r"\hline", " & ".join(HEADER) + r" \\ \hline"]
    lines += [" & ".join(_latex_cell(text) for text in _cells(row)) + r" \\" for row in document["verdicts"]]
    return "\n".join([*lines, r"\hline", r"\end{tabular}"])


def _latex_cell(text: str) -> str:
    unknown = r"\efunknown"
    return latex(text, 120, breakable=False).replace(unknown, r"\texttt")


def _cells(row: Mapping[str, Any]) -> Sequence[str]:
    status = f"{row['status']} (probable)" if row["strength"] == "probable" else str(row["status"])
    modulo = str(row["modulo"]) + ("" if row["model"] == "full" else f" ({row['model']})")
    also = ", ".join(map(str, row["also_over"]))
    reason = " ".join(str(row["reason"] or "").split())
    return (str(row["property"]), modulo, str(row["over"]), also, status, str(row["statement"] or ""), reason)
