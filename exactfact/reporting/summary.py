"""What stands at the head of a report: title, imprint, and the verdicts in one sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exactfact.reporting.assertions import group_words, property_words, sentence
from exactfact.reporting.escape import latex
from exactfact.reporting.notation import integer_words
from exactfact.reporting.subject import Subject, field_list


def title(subject: Subject) -> str:
    """The architecture's title in LaTeX, escaped and cut to 160 characters; a stand-in where it has none."""
    text = " ".join(subject.architecture.title.split())
    return latex(text, 160) if text else "An architecture without a title"


def title_size(subject: Subject) -> str:
    """The size command for the title: smaller the longer it is."""
    length = len(subject.architecture.title)
    return r"\LARGE" if length <= 44 else r"\Large" if length <= 100 else r"\large"


def kind(subject: Subject) -> str:
    """What the architecture is, in words: `product of three structured matrices`."""
    if subject.network is not None:
        return f"convolutional network of depth ${subject.network.depth}$"
    count = len(subject.architecture.parametric)
    return f"product of {integer_words(count, 'structured matrices', True)}" if count > 1 else "structured matrix"


def imprint(subject: Subject) -> str:
    """The line below the title: digest, claims, software."""
    digest = latex(str(subject.document["digest"])[:23], breakable=False)
    count = len(subject.document["claims"])
    claims = f"{count} claims, all accepted by the checker" if count != 1 else "1 claim, accepted by the checker"
    software = latex(str(subject.document["software"]), 40, breakable=False)
    return rf"\efname{{{digest}\textellipsis}} \quad {claims} \quad exactfact {software}"


def sentences(subject: Subject) -> list[str]:
    """One sentence for every decided property, and one for every open one."""
    decided = [row for row in subject.rows if row["claim"] is not None]
    found = [sentence(row) for row in _gathered(decided)]
    still_open = [row for row in subject.rows if row["claim"] is None]
    found.extend(_open_sentences(still_open))
    return found or ["The certificate bounds numbers and decides no property."]


def _gathered(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows that differ in their fields alone, as one."""
    together: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        key = tuple(str(row[name]) for name in ("property", "modulo", "model", "status"))
        known = together.setdefault(key, {**row, "also_over": list(row["also_over"])})
        known["also_over"] += [
            f for f in (row["over"], *row["also_over"]) if f not in (known["over"], *known["also_over"])
        ]
    return list(together.values())


def _open_sentences(rows: list[Mapping[str, Any]]) -> list[str]:
    """One sentence for each open property, its fields together."""
    fields: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        fields.setdefault((property_words(row), group_words(row)), []).append(row["over"])
    texts = [
        f"{words} {group} is \\efopen{{not proved}} over {field_list(names)}."
        for (words, group), names in fields.items()
    ]
    return [text[0].upper() + text[1:] for text in texts]
