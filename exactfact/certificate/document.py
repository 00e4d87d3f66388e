"""The certificate file: canonical spec, digest, seed, claims, notes (docs/certificate.md, section 1)."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exactfact.model.atomic import write_atomically

from .claims import Claim, Measurement, Note

FORMAT = "exactfact-certificate"
VERSION = 1


@dataclass(frozen=True)
class Certificate:
    """Claims about one architecture, with the evidence that an independent checker needs.

    `spec` is the canonical spec document and `digest` its sha256; the same seed gives the same bytes.
    """

    spec: Mapping[str, Any]
    digest: str
    seed: int
    software: str
    claims: tuple[Claim, ...]
    notes: tuple[Note | Measurement, ...] = ()

    def document(self) -> dict[str, Any]:
        """The keys of docs/certificate.md, section 1, in their order; JSON types only, numbers encoded."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "spec": dict(self.spec),
            "digest": self.digest,
            "seed": self.seed,
            "software": self.software,
            "claims": [claim.document() for claim in self.claims],
            "notes": [note.document() for note in self.notes],
        }

    def text(self) -> str:
        """The file's text: ASCII JSON, one claim a line, the same bytes for the same content."""
        return render(self.document())

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the file atomically: a temporary name in the same folder, then a rename.  OSError when not writable."""
        write_atomically(Path(path), self.text())


def render(document: Mapping[str, Any]) -> str:
    """JSON text of a certificate document, keys in order of the format, one claim or note a line."""
    lines = []
    for key, value in document.items():
        if isinstance(value, list) and value:
            body = ",\n  ".join(_compact(entry) for entry in value)
            lines.append(f'"{key}": [\n  {body}\n ]')
        else:
            lines.append(f'"{key}": {_compact(value)}')
    return "{" + ",\n ".join(lines) + "}\n"


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True, sort_keys=isinstance(value, Mapping))
