"""What people read: the table for a terminal, the LaTeX report, BibTeX (`exactfact.reporting.cite.cite`).

The LaTeX parts are loaded on first use: they need Jinja2 and the checker, which a table does not.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exactfact.reporting.document import report
    from exactfact.reporting.errors import LatexError, ReportRefused
    from exactfact.reporting.text import table

__all__ = ["LatexError", "ReportRefused", "report", "table"]

_HOMES = {
    "LatexError": "errors",
    "ReportRefused": "errors",
    "report": "document",
    "table": "text",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
