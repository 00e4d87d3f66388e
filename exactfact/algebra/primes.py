"""Random primes from a recorded seed, avoiding the divisors of given integers.

A rank mod p can drop for finitely many p only, so primes are drawn at random from a range: an input built around a
popular prime (65521, 4194301, 2^31 - 1 ...) meets it with small probability, and a second prime settles it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from exactfact.model import is_prime

# Products of two balanced residues stay below 2^42, so that float64 dot products of 2^11 terms are exact.
WORD_RANGE = (2**21, 2**22)
WIDE_RANGE = (2**61, 2**62)


def random_primes(seed: int, purpose: str, avoid: int = 1, span: tuple[int, int] = WORD_RANGE) -> Iterator[int]:
    """Distinct primes in [span[0], span[1]) that do not divide `avoid`, in an order fixed by (seed, purpose)."""
    rng = random.Random(f"exactfact:{purpose}:{seed}")
    seen: set[int] = set()
    while True:
        candidate = rng.randrange(span[0] | 1, span[1], 2)
        if candidate not in seen and avoid % candidate and is_prime(candidate):
            seen.add(candidate)
            yield candidate
