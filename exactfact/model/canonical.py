"""Canonical documents, bytes and digests: one architecture, one text, however it was written."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from typing import Any

from .numbers import encode, encode_integer


def encode_tree(value: Any) -> Any:
    """A document of dicts, lists and exact numbers with every number in canonical form, tuples as lists."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return encode_integer(value)
    if isinstance(value, Fraction):
        return encode(value)
    if isinstance(value, dict):
        return {key: encode_tree(item) for key, item in value.items()}
    return [encode_tree(item) for item in value]


def canonical_bytes(document: dict[str, Any]) -> bytes:
    """The canonical JSON of a document: sorted keys, no spaces, ASCII."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def digest(document: dict[str, Any]) -> str:
    """ "sha256:" followed by the hexadecimal sha256 of the canonical bytes."""
    return "sha256:" + hashlib.sha256(canonical_bytes(document)).hexdigest()
