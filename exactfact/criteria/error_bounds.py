"""How unlikely it is that a measured rank is not the true one: powers of two, from integers only.

The prime is drawn at random by the recorded seed; the bounds are over that choice and the choice of the point.
Sources: theory 6.1 (points), 2.2 (samples), Hadamard-type height bounds (primes), and Rosser and Schoenfeld 1962,
Corollary 3: at least 3x / (5 ln x) primes lie in (x, 2x] for x >= 20.5.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from exactfact.lifting.chain import Chain


def jacobian_error(chain: Chain, rank: int, p: int) -> str:
    """A bound on the probability that the generic Jacobian rank over QQ exceeds the rank measured mod p.

    A nonzero minor of size `rank` + 1 has integer coefficients; p must divide all of them, or the random point must be
    a zero of the reduced minor, of degree at most (rank + 1)(K - 1).  Random rank-one functionals lose rank with
    probability at most 2 (rank + 1) / p (theory 2.2 with K = 2).
    """
    size = rank + 1
    height = math.prod(
        max(1, sum(abs(int(value)) for matrix in layer for value in matrix.values()))
        for layer in chain.integral().layers
    )
    bits = size * (size.bit_length() + height.bit_length())
    return power_of_two(bits // (p.bit_length() - 1) + 1, primes_near(p), size * (chain.depth + 1), p)


def rank_error(chain: Chain, rank: int, p: int, samples: bool) -> str:
    """A bound on the probability that rank A over QQ exceeds the rank measured mod p.

    A nonzero minor of size `rank` + 1 is an integer that p must divide; samples may also miss a direction (2.2).
    """
    size = rank + 1
    square = math.prod(
        max(1, *(sum(int(v) ** 2 for v in matrix.values()) for matrix in layer)) for layer in chain.integral().layers
    )
    bits = size * square.bit_length()
    return power_of_two(bits // (2 * (p.bit_length() - 1)) + 1, primes_near(p), size * chain.depth if samples else 0, p)


def primes_near(p: int) -> int:
    """A lower bound on the number of primes in [2^b, 2^(b+1)) that contains p."""
    bits = p.bit_length() - 1
    return 3 * (1 << bits) // (5 * bits)  # ln(2^b) < b


def power_of_two(bad_primes: int, primes: int, bad_points: int, points: int) -> str:
    """The least "2^-e" that is at least bad_primes / primes + bad_points / points, "1" when e would be below 1."""
    numerator = bad_primes * points + bad_points * primes
    denominator = primes * points
    exponent = (denominator // max(1, numerator)).bit_length() - 1
    return f"2^-{exponent}" if exponent > 0 else "1"


def together(errors: Sequence[str]) -> str:
    """The probability that independent measurements all missed: the product of powers of two as above."""
    exponent = sum(int(error.removeprefix("2^-")) for error in errors if error != "1")
    return f"2^-{exponent}" if exponent else "1"
