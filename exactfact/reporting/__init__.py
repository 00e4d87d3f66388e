"""What people read: tables for a terminal and a notebook, the LaTeX report, BibTeX (`exactfact.reporting.cite.cite`).

The LaTeX parts are loaded on first use: they need Jinja2 and the checker, which a table does not.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exactfact.reporting.document import report
    from exactfact.reporting.errors import LatexError, ReportRefused
    from exactfact.reporting.notebook import verdict_table_html, verdict_table_latex
    from exactfact.reporting.text import table

__all__ = ["LatexError", "ReportRefused", "report", "table", "verdict_table_html", "verdict_table_latex"]

_HOMES = {
    "LatexError": "errors",
    "ReportRefused": "errors",
    "report": "document",
    "table": "text",
    "verdict_table_html": "notebook",
    "verdict_table_latex": "notebook",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
