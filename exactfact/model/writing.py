"""Writing a spec: canonical JSON or readable TOML, to a temporary file that is then renamed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from .architecture import Architecture
from .atomic import write_atomically
from .errors import SpecError, shorten
from .reading import loads

_WIDTH = 100


def save(architecture: Architecture, path: str | os.PathLike[str]) -> None:
    """Write the canonical spec to `path`: TOML when it ends in .toml, else JSON.

    The text is read back first and must give the same digest; the file appears whole or not at all.
    Raises SpecError when it cannot be written.
    """
    target = Path(path)
    if target.suffix.lower() == ".toml":
        text, kind = to_toml(architecture), "toml"
    else:
        text, kind = json.dumps(architecture.document(), sort_keys=True, indent=1, ensure_ascii=True) + "\n", "json"
    assert loads(text, kind).digest == architecture.digest
    try:
        write_atomically(target, text)
    except OSError as error:
        received = error.strerror or str(error)
        raise SpecError(shorten(str(target)), "a file that can be written", received) from None


def to_toml(architecture: Architecture) -> str:
    """The canonical spec as TOML; reading it back gives the same digest."""
    document = architecture.document()
    parts = [_pairs({key: document[key] for key in ("exactfact", "title", "field")})]
    if "network" in document:
        network = document["network"]
        scalars = {key: value for key, value in network.items() if key not in ("edge", "layer")}
        parts.append("[network]\n" + _pairs(scalars))
        parts += ["[[network.edge]]\n" + _pairs(edge) for edge in network["edge"]]
        parts += ["[[network.layer]]\n" + _pairs(level) for level in network["layer"]]
    parts += ["[[layer]]\n" + _pairs(layer) for layer in document.get("layer", ())]
    parts += ["[[model]]\n" + _pairs(model) for model in document["model"]]
    if document["point"] is not None:
        parts.append("[point]\n" + _pairs(document["point"]))
    return "\n".join(parts)


def _pairs(table: dict[str, Any]) -> str:
    """`key = value` lines; TOML has no null, and every null of a canonical spec is a default."""
    return "".join(f"{key} = {_value(value)}\n" for key, value in table.items() if value is not None)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, dict):
        pairs = ", ".join(f"{key} = {_value(item)}" for key, item in value.items() if item is not None)
        return "{" + pairs + "}"
    if isinstance(value, list):
        items = [_value(item) for item in value]
        line = "[" + ", ".join(items) + "]"
        if len(line) <= _WIDTH or not any(isinstance(item, list | dict) for item in value):
            return line
        return "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    return str(value)


def _string(text: str) -> str:
    """A TOML basic string: JSON's escapes for the few characters that need one."""
    return json.dumps(text, ensure_ascii=False)
