"""Derived points: residues that a seed determines, so that a certificate names a point by two integers.

`docs/certificate.md`, section 2, fixes the derivation; the checker repeats it with its own code.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

HEX_DIGITS = 32

Residues = tuple[tuple[int, ...], ...]


def coordinate(seed: int, t: int, k: int, j: int, p: int) -> int:
    """The residue x(t, k, j) modulo p: point t, 0-based parametric layer k, parameter j."""
    text = f"exactfact:{seed}:{t}:{k}:{j}"
    return int(sha256(text.encode("ascii")).hexdigest()[:HEX_DIGITS], 16) % p


def point(seed: int, t: int, sizes: Sequence[int], p: int) -> Residues:
    """Point number t in GF(p)^(S_1 + ... + S_K), one tuple of `sizes[k]` residues for each parametric layer k."""
    return tuple(tuple(coordinate(seed, t, k, j, p) for j in range(size)) for k, size in enumerate(sizes))
