"""How many columns of a terminal a string takes: wide East Asian characters and emoji two, combining marks none."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """The number of columns of a line of text."""
    return sum(_columns(character) for character in text)


def padded(text: str, size: int) -> str:
    """`text` with blanks to the right, `size` columns wide."""
    return text + " " * max(0, size - width(text))


def clipped(text: str, size: int) -> str:
    """`text` cut to at most `size` columns, the last three of them dots when something was cut."""
    if width(text) <= size:
        return text
    kept, used = [], 0
    for character in text:
        used += _columns(character)
        if used > size - 3:
            break
        kept.append(character)
    return "".join(kept) + "..."


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
