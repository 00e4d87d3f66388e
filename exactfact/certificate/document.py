"""The certificate file: canonical spec, digest, seed, claims, notes (docs/certificate.md, section 1)."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
        """The certificate as a JSON object."""
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


def write_atomically(path: Path, text: str) -> None:
    """Write `text` (UTF-8) to `path` so that a reader sees the old file or the whole new one, never a part."""
    folder = path.parent
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=folder)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def claim_sequence(document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The claims of a certificate document, as JSON objects."""
    claims: Sequence[Mapping[str, Any]] = document["claims"]
    return claims
