"""Proof of primality for p < 3317044064679887385961981.

For n below that number, n is prime exactly when it passes the Miller-Rabin test to each of the first 13 prime bases
(J. Sorenson, J. Webster, Strong pseudoprimes to twelve prime bases, Math. Comp. 86 (2017), 985-1003).
"""

from __future__ import annotations

from .errors import SpecError, integer_text
from .numbers import integer

PRIME_LIMIT = 3317044064679887385961981
_BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)


def is_prime(n: int) -> bool:
    """Whether n is prime; a proof, not a probability.  Cost: at most 13 modular powers.

    Raises SpecError when n >= 3317044064679887385961981, where the test is not known to be a proof.
    """
    n = integer(n, below=None)
    if n >= PRIME_LIMIT:
        raise SpecError("", f"a number below {PRIME_LIMIT} (3.3e24), where primality is proved", integer_text(n))
    if n < 2:
        return False
    for prime in _BASES:
        if n % prime == 0:
            return n == prime
    return all(_passes(n, base) for base in _BASES)


def _passes(n: int, base: int) -> bool:
    """Miller-Rabin: with n - 1 = 2^s d, base^d = 1 or base^(2^r d) = -1 for some r < s."""
    s = ((n - 1) & -(n - 1)).bit_length() - 1
    power = pow(base, (n - 1) >> s, n)
    if power in (1, n - 1):
        return True
    for _ in range(s - 1):
        power = power * power % n
        if power == n - 1:
            return True
    return False
