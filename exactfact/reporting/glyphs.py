"""Which characters pdflatex can print, and by which command: `glyphs.toml`, read once."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

_DATA: dict[str, Any] = tomllib.loads(
    resources.files("exactfact.reporting").joinpath("glyphs.toml").read_text(encoding="utf-8")
)

SPECIAL: dict[str, str] = _DATA["special"]
TEXT: dict[str, str] = _DATA["text"]
GREEK: dict[str, str] = _DATA["greek"]
SYMBOLS: dict[str, str] = _DATA["symbols"]
ACCENTS: dict[str, tuple[str, str]] = {
    mark: (text, mathematics) for mark, (text, mathematics) in _DATA["accents"].items()
}
