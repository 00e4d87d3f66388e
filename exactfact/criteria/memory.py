"""How much memory a run may still take: what is left of its limit, or of the machine."""

from __future__ import annotations

import resource
from pathlib import Path

MEBI = 2**20


def free_bytes(limit: int | None) -> int | None:
    """Bytes left below `limit`, of address space; without one, half of what the machine has left.

    None where the system does not tell.
    """
    if limit is None:
        available = _first_number("/proc/meminfo", "MemAvailable:")
        return None if available is None else available * 1024 // 2
    pages = _first_number("/proc/self/statm", "")
    return None if pages is None else max(0, limit - pages * resource.getpagesize())


def _first_number(path: str, prefix: str) -> int | None:
    try:
        lines = Path(path).read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.removeprefix(prefix).split()[0]) for line in lines if line.startswith(prefix)), None)


def in_words(size: int) -> str:
    """A number of bytes for people: `1.5 GiB`, or whole MiB, rounded up."""
    return f"{size / 2**30:.1f} GiB" if size >= 2**30 else f"{-(-size // MEBI)} MiB"
