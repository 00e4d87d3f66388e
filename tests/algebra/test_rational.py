"""Rank and kernel over QQ against sympy, and on matrices built around popular primes."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
import sympy
from flint import fmpz_mat

from exactfact.algebra import rational
from exactfact.algebra.lifted_solution import Split, common_denominator, solves
from exactfact.algebra.modular import pivot_rows
from exactfact.algebra.primes import random_primes
from exactfact.algebra.rational import rational_kernel
from exactfact.algebra.rational_rank import rational_rank
from exactfact.algebra.reconstruction import reconstruct


def faults(rows: list[list[int]], width: int) -> list[str]:
    """What is wrong with the rank and the kernel that are found."""
    found = rational_kernel(rows, width)
    if found is None:
        return ["no kernel"]
    free = [max(vector) for vector in found.vectors]
    right = {
        "rank": found.rank == (sympy.Matrix(rows).rank() if rows else 0),
        "dimension": len(found.vectors) == width - found.rank,
        "independent": len(set(free)) == len(free),  # by their free columns
        "kernel": all(sum(row[c] * v for c, v in x.items()) == 0 for x in found.vectors for row in rows),
    }
    return [name for name, holds in right.items() if not holds]


def test_random_matrices_of_all_shapes() -> None:
    rng = random.Random(5)
    for _ in range(80):
        height, width, inner = rng.randint(1, 6), rng.randint(1, 6), rng.randint(0, 4)
        left = [[rng.randint(-9, 9) for _ in range(inner)] for _ in range(height)]
        right = [[rng.randint(-9, 9) for _ in range(width)] for _ in range(inner)]
        rows = [[sum(a * right[i][c] for i, a in enumerate(row)) for c in range(width)] for row in left]
        assert faults(rows, width) == [], rows


@pytest.mark.parametrize("p", [65521, 4194301, 2**31 - 1, 2**61 - 1])
def test_minors_divisible_by_a_popular_prime(p: int) -> None:
    assert faults([[1, 2, 3], [4, 8 + p, 12], [0, p, 0]], 3) == []


def test_large_entries_need_several_primes() -> None:
    big = 10**200 + 7
    assert faults([[big, big + 1, 3], [2 * big, 2 * big + 2, 6]], 3) == []
    assert faults([[2**80, 2**80 + 1], [2**80 + 1, 2**80 + 2]], 2) == []


def test_long_entries_are_reconstructed_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries of 4000 bits take 130 primes; lifting after each of them would take most of the time."""
    calls = []
    monkeypatch.setattr(rational, "reconstruct", lambda value, modulus: calls.append(0) or reconstruct(value, modulus))
    rng = random.Random(7)
    assert faults([[rng.randint(-(10**600), 10**600) for _ in range(3)] for _ in range(2)], 3) == []
    assert len(calls) < 60


@pytest.mark.parametrize("bits", [500, 1240, 1260, 5000])
def test_reconstruction_modulo_long_numbers(bits: int) -> None:
    rng, modulus = random.Random(bits), 3 ** (2 * bits * 100 // 158)
    for _ in range(5):
        fraction = Fraction(rng.getrandbits(bits - 8) + 1, 3 * rng.getrandbits(bits - 12) + 1)
        value = fraction.numerator * pow(fraction.denominator, -1, modulus) % modulus
        assert reconstruct(value, modulus) == fraction
        assert reconstruct(-value, modulus) == -fraction
    assert reconstruct(5, modulus) == 5
    assert reconstruct(0, modulus) == 0


def test_no_rows() -> None:
    assert faults([], 2) == []


def test_reconstruction() -> None:
    modulus = 2**61 - 1
    for fraction in (Fraction(3, 7), Fraction(-22, 5), Fraction(0), Fraction(10**8, 3)):
        value = fraction.numerator * pow(fraction.denominator, -1, modulus) % modulus
        assert reconstruct(value, modulus) == fraction
    assert reconstruct(2**40 * pow(3**25, -1, modulus) % modulus, modulus) != Fraction(2**40, 3**25)


def test_kernels_of_larger_matrices() -> None:
    """Blocked elimination and one word-sized prime, or wide primes where the entries are large."""
    rng = np.random.default_rng(1)
    for height, width, inner, large in ((150, 120, 40, 1), (90, 200, 80, 1), (100, 110, 30, 7)):
        left = np.eye(height, inner, dtype=np.int64) + rng.integers(0, large, (height, inner))
        basis = np.concatenate([np.eye(inner, dtype=np.int64), rng.integers(-3, 4, (inner, width - inner))], axis=1)
        matrix = left @ basis[:, rng.permutation(width)]
        found = rational_kernel(matrix, width)
        assert found is not None and found.rank == inner
        for vector in found.vectors:
            assert not (matrix[:, list(vector)] @ np.array(list(vector.values()), dtype=object)).any()


@pytest.mark.parametrize("scale", [1, 50, 40_000])
def test_rank_with_proof(scale: int) -> None:
    """Against sympy for small matrices; deficient ones need the digits of their kernel."""
    rng = np.random.default_rng(scale)
    for _ in range(60):
        height, width = rng.integers(1, 9, 2)
        inner = int(rng.integers(0, min(height, width) + 1))
        matrix = rng.integers(-scale, scale + 1, (height, inner)) @ rng.integers(-scale, scale + 1, (inner, width))
        found = rational_rank(matrix, seed=3)
        assert found.lower == found.upper == sympy.Matrix(matrix.tolist()).rank(), matrix


def test_rank_is_not_the_rank_modulo_a_prime() -> None:
    p = next(random_primes(0, "rational rank"))
    assert rational_rank(np.array([[1, 2, 3], [4, 8 + p, 12], [0, 0, p]])).upper == 3
    full = np.diag(np.array([1, 1, p, p]))
    full[0, 3] = 5
    assert rational_rank(full).lower == rational_rank(full).upper == 4


def test_a_limited_proof_is_only_probable() -> None:
    rng = np.random.default_rng(2)
    matrix = rng.integers(-9, 10, (80, 40)) @ rng.integers(-9, 10, (40, 80))
    assert rational_rank(matrix).upper == 40
    limited = rational_rank(matrix, limit=2)
    assert (limited.lower, limited.upper) == (40, 80) and int(limited.probable.removeprefix("2^-")) >= 80


def test_progress_over_the_digits() -> None:
    rng = np.random.default_rng(2)
    said: list[str] = []
    rational_rank(rng.integers(-9, 10, (60, 30)) @ rng.integers(-9, 10, (30, 60)), progress=said.append)
    assert said


def test_digits_prove_nothing_for_a_changed_entry() -> None:
    """In both orientations, with more rows than one strip; the denominator stays the right one."""
    rng = np.random.default_rng(4)
    matrix = rng.integers(-3, 4, (150, 9)) @ rng.integers(-3, 4, (9, 40))
    rows = pivot_rows(matrix % 4194301, 4194301)
    columns = pivot_rows(matrix[rows].T % 4194301, 4194301)
    for change in (0, 1, -7):
        changed = matrix.copy()
        changed[148, 39] += change
        assert 148 not in rows and 39 not in columns
        split = Split.around(changed, rows, columns)
        assert split is not None
        for blocks in (split, split.transposed()):
            minor = fmpz_mat(9, 9, blocks.left[:9].astype(np.int64).ravel().tolist())
            assert (solves(blocks, abs(int(minor.det())), 60, lambda text: None) is not None) == (change == 0)
            assert common_denominator(blocks, 0, 60) is not None
            assert not ((blocks.left[:9] @ blocks.inverse - np.eye(9)) % blocks.modulus).any()
