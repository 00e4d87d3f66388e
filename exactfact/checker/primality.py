"""Proved primality below 3317044064679887385961981: Miller-Rabin to the first 13 prime bases is a proof there.

Source: J. Sorenson, J. Webster, Strong pseudoprimes to twelve prime bases, Math. Comp. 86 (2017).
"""
from .errors import Text, require

PROOF_LIMIT = 3317044064679887385961981
_BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)


def is_prime(n: int) -> bool:
    """True iff n is prime; n must be below PROOF_LIMIT."""
    if n < 2 or any(n % base == 0 for base in _BASES):
        return n in _BASES
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(_passes(n, base, odd, twos) for base in _BASES)


def require_prime(n: int, where: str) -> None:
    """Reject unless n is a prime below PROOF_LIMIT."""
    require(n < PROOF_LIMIT, f"{where}: a prime below {PROOF_LIMIT}, where primality is proved", n)
    require(is_prime(n), f"{where}: a proved prime", Text(f"{n}, which is not prime"))


def _passes(n: int, base: int, odd: int, twos: int) -> bool:
    power = pow(base, odd, n)
    if power in (1, n - 1):
        return True
    for _ in range(twos - 1):
        power = power * power % n
        if power == n - 1:
            return True
    return False
