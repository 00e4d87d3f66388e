"""What to say about a question that stayed open: the reason, what was tried, and what may decide it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exactfact.certificate.criteria import words

Row = Mapping[str, Any]


def open_question(row: Row) -> list[str]:
    """The reason, one line for each criterion tried, and hints."""
    reason = row["reason"]
    tried = row["tried"]
    lines = [_sentence(reason)]
    if row["strength"] == "probable":
        error = row["error_probability"]
        how = "no evidence that can be checked" if error is None else f"wrong with probability at most {error}"
        lines.append(f"This is only probable: {how}.")
    others = [attempt for attempt in tried if attempt["why"] != reason]
    lines += [f"Tried {words(attempt['criterion'])}: {attempt['why']}." for attempt in others]
    return [*lines, *hints([reason, *(attempt["why"] for attempt in tried)])]


def hints(reasons: Sequence[str]) -> Iterator[str]:
    """What would let the criteria that gave these reasons go further, where that is known."""
    text = "\n".join(reasons)
    if any(words in text for words in ("time limit", "s that are left", "interrupted")):
        yield "A longer --time-limit may decide it."
    if "memory limit" in text:
        yield "A larger --memory-limit may decide it."
    if "not installed" in text:
        yield "The optional engine named above may decide it, once installed."


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
