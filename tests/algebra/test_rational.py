"""Rank and kernel over QQ against sympy, and on matrices built around popular primes."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy

from exactfact.algebra.rational import rational_kernel, reconstruct


def check_kernel(rows: list[list[int]], width: int) -> None:
    found = rational_kernel(rows, width)
    assert found is not None
    assert found.rank == (sympy.Matrix(rows).rank() if rows else 0)
    assert len(found.vectors) == width - found.rank
    for vector in found.vectors:
        assert all(sum(row[c] * v for c, v in vector.items()) == 0 for row in rows)
    free = [max(vector) for vector in found.vectors]
    assert len(set(free)) == len(free), "distinct free columns make the vectors independent"


def test_random_matrices_of_all_shapes() -> None:
    rng = random.Random(5)
    for _ in range(80):
        height, width, inner = rng.randint(1, 6), rng.randint(1, 6), rng.randint(0, 4)
        left = [[rng.randint(-9, 9) for _ in range(inner)] for _ in range(height)]
        right = [[rng.randint(-9, 9) for _ in range(width)] for _ in range(inner)]
        rows = [[sum(a * right[i][c] for i, a in enumerate(row)) for c in range(width)] for row in left]
        check_kernel(rows, width)


@pytest.mark.parametrize("p", [65521, 4194301, 2**31 - 1, 2**61 - 1])
def test_minors_divisible_by_a_popular_prime(p: int) -> None:
    check_kernel([[1, 2, 3], [4, 8 + p, 12], [0, p, 0]], 3)


def test_large_entries_need_several_primes() -> None:
    big = 10**200 + 7
    check_kernel([[big, big + 1, 3], [2 * big, 2 * big + 2, 6]], 3)
    check_kernel([[2**80, 2**80 + 1], [2**80 + 1, 2**80 + 2]], 2)


def test_no_rows() -> None:
    check_kernel([], 2)


def test_reconstruction() -> None:
    modulus = 2**61 - 1
    for fraction in (Fraction(3, 7), Fraction(-22, 5), Fraction(0), Fraction(10**8, 3)):
        value = fraction.numerator * pow(fraction.denominator, -1, modulus) % modulus
        assert reconstruct(value, modulus) == fraction
    assert reconstruct(2**40 * pow(3**25, -1, modulus) % modulus, modulus) != Fraction(2**40, 3**25)
