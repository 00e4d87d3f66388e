"""Asking for memory before it is taken; who answers knows the limit."""

from __future__ import annotations

from collections.abc import Callable

# (what, bytes needed, what would fit into the bytes left) -> nothing, or LimitError
Allocate = Callable[[str, int, Callable[[int], str]], None]


def unlimited(what: str, needed: int, fits: Callable[[int], str]) -> None:
    """An `Allocate` that never refuses: for callers without a memory limit."""
