"""The document "Statements used by exactfact": the registry, to read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from exactfact.proving.registry import Statement, sources, statements
from exactfact.reporting import standing
from exactfact.reporting.escape import latex
from exactfact.reporting.rendering import environment

PROPERTIES = ("uniform", "generic", "at-point")


def statements_document(version: str) -> str:
    """The LaTeX text of the whole registry; it compiles with pdflatex."""
    found = statements()
    cited = {key for entry in found.values() for key in entry.sources}
    return (
        environment()
        .get_template("statements.tex.j2")
        .render(
            version=latex(version, 40),
            legend=standing.legend(found),
            statements=[_entry(entry) for entry in found.values()],
            sources=[source for source in sources() if source.key in cited],
            properties=PROPERTIES,
            lifted_statement=r"(\efnumber{2.1})",
        )
        .rstrip("\n")
        + "\n"
    )


def _entry(entry: Statement) -> dict[str, str]:
    return {
        "id": latex(entry.id, breakable=False),
        "title": entry.title,
        "text": entry.text,
        "remark": entry.remark,
        "hypotheses": "; ".join(entry.hypotheses),
        "gives": latex(entry.gives, None),
        "standing": standing.words(entry.id),
        "sources": ",".join(entry.sources),
        "criteria": _files(entry.criteria),
        "rules": _files(entry.rules),
        "context": latex(entry.context, None),
    }


def _files(paths: Iterable[str]) -> str:
    """The names of the files, without folders and endings."""
    return ", ".join(rf"\efname{{{latex(PurePosixPath(path).stem, None)}}}" for path in paths)
