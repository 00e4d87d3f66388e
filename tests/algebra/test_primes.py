"""Seeded random primes."""

from __future__ import annotations

from itertools import islice

import sympy

from exactfact.algebra.primes import WIDE_RANGE, WORD_RANGE, random_primes
from exactfact.criteria.error_bounds import power_of_two, primes_near, together


def test_distinct_primes_fixed_by_seed_and_purpose() -> None:
    first = list(islice(random_primes(3, "rank"), 20))
    assert first == list(islice(random_primes(3, "rank"), 20))
    assert first != list(islice(random_primes(4, "rank"), 20))
    assert len(set(first)) == 20
    assert all(sympy.isprime(p) and WORD_RANGE[0] <= p < WORD_RANGE[1] for p in first)


def test_divisors_are_avoided() -> None:
    wide = next(random_primes(0, "kernel", span=WIDE_RANGE))
    assert next(random_primes(0, "kernel", avoid=5 * wide, span=WIDE_RANGE)) != wide


def test_number_of_primes_is_bounded_from_below() -> None:
    for bits in (5, 10, 16, 21):
        assert primes_near(2**bits) <= sympy.primepi(2 ** (bits + 1)) - sympy.primepi(2**bits)


def test_error_probabilities_round_up() -> None:
    assert power_of_two(1, 1024, 0, 1) == "2^-10"
    assert power_of_two(1, 1025, 0, 1) == "2^-10"
    assert power_of_two(3, 1024, 0, 1) == "2^-8"
    assert power_of_two(5, 4, 0, 1) == "1"
    assert together(["2^-8", "1", "2^-9"]) == "2^-17" and together(["1"]) == "1"
