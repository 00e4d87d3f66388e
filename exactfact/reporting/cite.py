"""BibTeX of the software and of the works whose statements it uses."""

from __future__ import annotations

from collections.abc import Iterable

from exactfact.proving.registry import sources, statement

TITLE = "exactfact: certified identifiability of deep matrix products"


def cite(version: str, statements: Iterable[str] | None = None) -> str:
    """BibTeX entries: the software in that version, then the works behind `statements` (None: all of them).

    The work on the primality test is always among them: every certificate modulo a prime relies on it.
    """
    wanted = None if statements is None else {key for name in statements for key in statement(name).sources} | {"SW17"}
    works = [source.bibtex for source in sources() if wanted is None or source.key in wanted]
    return "\n\n".join([software(version), *works]) + "\n"


def software(version: str) -> str:
    """The BibTeX entry of the software alone; of the version only harmless characters are kept."""
    safe = "".join(c for c in version if c.isascii() and (c.isalnum() or c in ".+-"))
    return f"@software{{exactfact,\n  title   = {{{TITLE}}},\n  version = {{{safe}}},\n  license = {{MIT}}\n}}"
