"""Writing a file whole or not at all: to a temporary name in the same folder, then renamed."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_atomically(target: Path, text: str) -> None:
    """Write `text` (UTF-8) so that a reader sees the old file or the new one, never a part.  OSError when it cannot."""
    temporary = target.with_name(f".{target.name[:50]}.{secrets.token_hex(8)}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with open(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, target)
    except BaseException:  # an interrupt too: no temporary file stays behind
        os.unlink(temporary)
        raise
