"""Primes: against a sieve, on pseudoprimes of every kind, and on the boundary of what is proved."""

import pytest

from exactfact.model import GF, PRIME_LIMIT, QQ, Field, SpecError, is_prime


def test_small_numbers_against_a_sieve():
    size = 20_000
    sieve = [False, False] + [True] * (size - 2)
    for n in range(2, 150):
        if sieve[n]:
            sieve[n * n :: n] = [False] * len(sieve[n * n :: n])
    assert [is_prime(n) for n in range(size)] == sieve
    assert not any(map(is_prime, (-7, -2, -1)))


CARMICHAEL = [561, 1105, 1729, 2465, 2821, 6601, 8911, 825265, 321197185, 5394826801, 232250619601]
# The smallest numbers that pass the test to the first 1, 2, ..., 12 prime bases (OEIS A014233).
STRONG_PSEUDOPRIMES = [
    2047, 1373653, 25326001, 3215031751, 2152302898747, 3474749660383, 341550071728321,
    3825123056546413051, 318665857834031151167461,
]  # fmt: skip


@pytest.mark.parametrize("n", CARMICHAEL + STRONG_PSEUDOPRIMES + [65521**2, (2**31 - 1) * (2**61 - 1) // (2**30)])
def test_pseudoprimes_are_composite(n):
    assert not is_prime(n)


@pytest.mark.parametrize("p", [2, 3, 41, 43, 65521, 4194301, 2**31 - 1, 2**61 - 1, 3317044064679887385961813])
def test_known_primes(p):
    import sympy

    assert sympy.isprime(p)
    assert is_prime(p)
    assert GF(p).characteristic == p and GF(p).name == f"GF({p})" and GF(p).is_finite


def test_against_sympy():
    import random

    import sympy

    draw = random.Random(1)
    for bits in range(10, 81):
        n = draw.getrandbits(bits) | 1
        assert is_prime(n) == sympy.isprime(n)


def test_beyond_the_proof():
    with pytest.raises(SpecError, match="below 3317044064679887385961981"):
        is_prime(PRIME_LIMIT)
    with pytest.raises(SpecError, match="field: required a prime p < 3317044064679887385961981"):
        Field(PRIME_LIMIT + 2)
    with pytest.raises(SpecError, match="an integer of .* bits"):
        GF(10**5000)


@pytest.mark.parametrize("p", [1, 4, 561, 2047, 65521 * 65519])
def test_fields_need_a_prime(p):
    with pytest.raises(SpecError, match="field: required GF\\(p\\) with p prime, received"):
        GF(p) if p > 1 else Field(p)


@pytest.mark.parametrize("p", [0, -3, True, "x", 7.0, None])
def test_fields_need_an_integer(p):
    with pytest.raises(SpecError, match="^field: required an integer >= 2|^field: required an exact number"):
        GF(p)


def test_the_rationals():
    assert QQ.name == "QQ" and not QQ.is_finite and Field(0) == QQ and str(QQ) == "QQ"
    assert len({QQ, Field(0), GF(2), Field(2)}) == 2
