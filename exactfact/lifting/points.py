"""Derived points: residues that a seed determines, so that a certificate names a point by two integers.

`docs/certificate.md`, section 2, fixes the derivation; the checker repeats it with its own code.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_256
from typing import Any

import numpy as np

BYTES = 16

Array = Any
Residues = tuple[tuple[int, ...], ...]


def layer_point(seed: int, t: int, k: int, size: int, p: int) -> Array:
    """x(t, k, 0), ..., x(t, k, size - 1) modulo p: layer k (0-based) of point t.  int64 for p < 2^31, else objects."""
    stream = shake_256(f"exactfact:{seed}:{t}:{k}".encode("ascii")).digest(BYTES * size)
    if p >= 2**31:
        starts = range(0, BYTES * size, BYTES)
        return np.array([int.from_bytes(stream[i : i + BYTES], "big") % p for i in starts], dtype=object)
    halves = np.frombuffer(stream, dtype=">u8").astype(np.uint64).reshape(size, 2) % p
    return ((halves[:, 0] * (2**64 % p) + halves[:, 1]) % p).astype(np.int64)


def point(seed: int, t: int, sizes: Sequence[int], p: int) -> Residues:
    """Point number t in GF(p)^(S_1 + ... + S_K), one tuple of `sizes[k]` residues for each parametric layer k."""
    return tuple(tuple(layer_point(seed, t, k, size, p).tolist()) for k, size in enumerate(sizes))
