"""From an accepted certificate to LaTeX text: the contents of the report, and the templates that arrange them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from exactfact.proving.registry import sources, statement, statement_order
from exactfact.reporting import (
    architecture_section,
    inverse_section,
    numbers_section,
    recovery_proofs,
    standing,
    summary,
)
from exactfact.reporting.chain_picture import chain_picture
from exactfact.reporting.escape import latex
from exactfact.reporting.network_picture import network_picture
from exactfact.reporting.open_questions import measured, open_questions
from exactfact.reporting.subject import Subject
from exactfact.reporting.theorems import theorems


def render(document: Mapping[str, Any], *, fragment: bool = False) -> str:
    """The LaTeX text of a certificate that the checker accepted (not checked here)."""
    template = environment().get_template("fragment.tex.j2" if fragment else "article.tex.j2")
    return template.render(_contents(Subject.of(document), fragment)).rstrip("\n") + "\n"


@cache
def environment() -> Environment:
    """The templates, with marks that LaTeX does not use; what is printed must have been escaped."""
    return Environment(
        loader=PackageLoader("exactfact.reporting", "templates"),
        block_start_string="((*",
        block_end_string="*))",
        variable_start_string="(((",
        variable_end_string=")))",
        comment_start_string="((=",
        comment_end_string="=))",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - LaTeX: every user string passes through escape.latex before it gets here
        finalize=_ascii,
    )


def _ascii(value: Any) -> str:
    """The last guard: what reaches the page was escaped, so it is printable ASCII."""
    text = str(value)
    if not (text.isascii() and text.replace("\n", "").isprintable()):
        raise ValueError(f"a string reached the report unescaped: {text[:60]!a}")
    return text


def _contents(subject: Subject, fragment: bool) -> dict[str, Any]:
    decided = [row for row in subject.rows if row["claim"] is not None]
    network = subject.network
    picture, caption = chain_picture(subject.architecture) if network is None else network_picture(network)
    contents = {
        "fragment": fragment,
        "title": summary.title(subject),
        "subtitle": "Certified identifiability of a " + summary.kind(subject),
        "title_size": summary.title_size(subject),
        "imprint": summary.imprint(subject),
        "summary": summary.sentences(subject),
        "architecture": architecture_section.section(subject),
        "picture": picture,
        "caption": caption,
        "network": network is not None,
        "properties": {row["property"] for row in subject.rows},
        "lifted_statement": f"({subject.statement('10.1' if network is not None else '2.1')})",
        "numbers": numbers_section.table(subject),
        "bounds": numbers_section.reasons(subject),
        "theorems": theorems(subject, decided),
        "undecided": [
            *open_questions([row for row in subject.rows if row["claim"] is None]),
            *measured(subject.facts.get("probable", [])),
        ],
        "inverse": inverse_section.section(subject),
        "constants": numbers_section.constants(subject),
        "recovery": recovery_proofs.section(subject),
        "check": _check(subject),
    }
    return {**contents, **_cited(subject)}


def _check(subject: Subject) -> str:
    digest = str(subject.document["digest"])
    halves = [latex(digest[start : start + 40], None, breakable=False) for start in range(0, len(digest), 40)]
    return "\n".join(
        [
            (
                r"\noindent\efname{exactfact check CERT.json} or, without any other part of the software and with "
                r"nothing but Python,"
            ),
            (
                r"\efname{python -m exactfact.checker CERT.json}, where \efname{CERT.json} is the certificate. The "
                r"checker expands the "
                r"specification in the certificate with its own code, and recomputes every claim.\par\smallskip"
            ),
            r"{\small\noindent\begin{tabular}{@{}ll@{}}",
            r"digest of the specification & " + r" \\ & ".join(rf"\efname{{{half}}}" for half in halves) + r" \\",
            rf"software & exactfact {latex(str(subject.document['software']), 40, breakable=False)} \\",
            rf"seed & ${int(subject.document['seed'])}$ \\",
            rf"claims & ${len(subject.document['claims'])}$, all accepted before this report was written \\",
            r"\end{tabular}\par}",
        ]
    )


def _cited(subject: Subject) -> dict[str, Any]:
    statements = [statement(name) for name in sorted(subject.cited, key=statement_order)]
    wanted = {"ML17", *(key for entry in statements for key in entry.sources)}
    listed = [
        {
            "id": latex(s.id, breakable=False),
            "title": f" ({s.title})" if s.title else "",
            "text": s.text,
            "remark": s.remark,
            "sources": ",".join(s.sources),
            "standing": standing.words(s.id),
        }
        for s in statements
    ]
    return {
        "statements": listed,
        "legend": standing.legend(subject.cited),
        "sources": [source for source in sources() if source.key in wanted],
    }
