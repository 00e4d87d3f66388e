r"""User strings made safe: for LaTeX (pdflatex), for HTML, for a terminal.

A name such as ``\input{x}`` or ``$(rm)`` has to appear literally.  `latex` writes pure ASCII that no LaTeX reading can
mistake for a command: every special character becomes a named glyph, Latin accents become accent commands, Greek
letters and common mathematical signs become mathematics, and what pdflatex has no glyph for becomes ``[U+4E2D]``.
"""

from __future__ import annotations

import unicodedata

from exactfact.reporting.glyphs import ACCENTS, GREEK, SPECIAL, SYMBOLS, TEXT

LONGEST_WORD = 14
LIGATURES = frozenset("-<>,'`?!")


def latex(text: str, limit: int | None = 120, breakable: bool = True) -> str:
    """`text` as LaTeX source (ASCII only) that prints the same characters.

    `limit` abbreviates longer strings in the middle (None: never); `breakable` lets lines break inside long words.
    Cost: linear in the shorter of the text and the limit.
    """
    pieces: list[str] = []
    run = 0
    for character in unicodedata.normalize("NFC", abbreviate(text, limit)):
        pieces.append(_glyph(character))
        run = 0 if character == " " else run + 1
        if breakable and (run >= LONGEST_WORD or (run > 2 and character in "/_.:-")):
            pieces.append(r"\allowbreak{}")
            run = 0
    return "".join(pieces)


def code(text: str, limit: int | None = 60) -> str:
    r"""A name in typewriter type: ``\efname{...}`` around `latex`; the empty string is shown as a small open box."""
    return r"\efname{" + (latex(text, limit) if text else r"\ensuremath{\sqcup}") + "}"


def abbreviate(text: str, limit: int | None) -> str:
    """The text itself when it has at most `limit` characters, otherwise its beginning, an ellipsis and its end."""
    if limit is None or len(text) <= limit:
        return text
    tail = max(1, (limit - 1) // 3)
    return text[: limit - 1 - tail] + "\u2026" + text[len(text) - tail :]


def plain(text: str, limit: int | None = None) -> str:
    """`text` for a terminal: control, format and surrogate characters become ``<U+001B>``; abbreviated to `limit`."""
    return "".join(_visible(character) for character in abbreviate(text, limit))


def _visible(character: str) -> str:
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return f"<U+{ord(character):04X}>" if hidden else character


def _glyph(character: str) -> str:
    if character in SPECIAL:
        return SPECIAL[character]
    if " " <= character <= "~":
        return character + "{}" if character in LIGATURES else character
    if character in TEXT:
        return TEXT[character]
    if character in GREEK or character in SYMBOLS:
        return rf"\ensuremath{{{GREEK.get(character) or SYMBOLS[character]}}}"
    return _accented(character) or rf"\efunknown{{U+{ord(character):04X}}}"


def _accented(character: str) -> str | None:
    """A letter with one accent, from its canonical decomposition; None when pdflatex has no glyph for it."""
    decomposed = unicodedata.normalize("NFD", character)
    if len(decomposed) != 2 or decomposed[1] not in ACCENTS:
        return None
    base, (in_text, in_mathematics) = decomposed[0], ACCENTS[decomposed[1]]
    if base in GREEK and in_mathematics:
        return rf"\ensuremath{{{in_mathematics}{{{GREEK[base]}}}}}"
    if not (base.isascii() and base.isalpha()):
        return None
    below = in_text in (r"\c", r"\k", r"\d", r"\b")
    return rf"{in_text}{{{base if below else {'i': chr(92) + 'i', 'j': chr(92) + 'j'}.get(base, base)}}}"
