"""Proposals as lines for a terminal and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from exactfact.pipeline.explanation.case import listed

from .search import Proposal

FIXED = (
    "In the changed spec the entries fixed to 1 share one parameter of their layer; its value is the scalar of that "
    "layer, which is free anyway."
)
REACHES = "No product is lost: almost every product of the original, over CC, is one of the changed spec."
LOSES = "The changed spec has fewer products than the original."
TORUS = "That generic holds follows from the original's verdict modulo torus: the fixed entries use up the torus [9.0]."


def text(proposals: Sequence[Proposal], columns: int = 100) -> str:
    """A heading and one paragraph a proposal; a sentence when there is none."""
    width = max(60, min(columns, 100))
    if not proposals:
        return _wrapped("No small change of the spec was found for which the criteria prove more.", width, "")
    aim = f"{proposals[0].target} identifiability" if proposals[0].restores else "finitely many solutions"
    lines = [_wrapped(f"What to change, for {aim}:", width, "")]
    for number, proposal in enumerate(proposals, 1):
        lines.append(_wrapped(f"{number}. {_capital(proposal.change.words)}.", width, "  "))
        lines += [_wrapped(line, width, "     ") for line in sentences(proposal)]
    return "\n".join(lines)


def sentences(proposal: Proposal) -> Iterator[str]:
    """What holds for the changed spec, and what the change means."""
    for status in ("proved", "refuted", "undecided"):
        rows = [
            row
            for row in proposal.result.verdicts
            if (row.status, row.modulo) == (status, proposal.result.default_group) and row.model == "full"
        ]
        if status == "undecided" and proposal.statement:  # generic, and so generic-finite, is proved
            rows = [row for row in rows if row.property not in ("generic", "generic-finite")]
        if rows:
            yield f"Then {_listed(rows)}."
    if proposal.statement:
        yield TORUS
    if proposal.change.kind == "fix" and " to 1" in proposal.change.words:
        yield FIXED
    if proposal.reaches:
        yield REACHES
    elif proposal.change.kind == "drop":
        yield LOSES


def document(proposal: Proposal) -> dict[str, Any]:
    """The proposal as a JSON object; `spec` is the changed spec, `verdicts` are those of its own certificate."""
    result = proposal.result.document()
    return {
        "kind": proposal.change.kind,
        "change": proposal.change.words,
        "size": proposal.change.size,
        "target": proposal.target,
        "restores": proposal.restores,
        "statement": proposal.statement,
        "reaches": proposal.reaches,
        "digest": result["digest"],
        "verdicts": result["verdicts"],
        "spec": proposal.change.architecture.document(),
    }


def _listed(rows: Sequence[Any]) -> str:
    """`uniform and generic are proved over CC, RR and QQ [4.2]`, rows with the same fields and statement together."""
    fields: dict[tuple[str, str | None], list[str]] = {}
    for row in rows:
        fields.setdefault((row.property, row.statement), []).extend((row.over, *row.also_over))
    alike: dict[tuple[tuple[str, ...], str | None], list[str]] = {}
    for (prop, statement), names in fields.items():
        alike.setdefault((tuple(dict.fromkeys(names)), statement), []).append(prop)
    return "; ".join(
        f"{listed(props)} {'is' if len(props) == 1 else 'are'} {rows[0].status} over {listed(names)}"
        f"{f' [{statement}]' if statement else ''}"
        for (names, statement), props in alike.items()
    )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _wrapped(line: str, width: int, indent: str) -> str:
    return textwrap.fill(
        line, width, initial_indent=indent, subsequent_indent=f"{indent}   " if indent else "", break_on_hyphens=False
    )
