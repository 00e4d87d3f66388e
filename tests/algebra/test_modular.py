"""Elimination mod p against plain Gaussian elimination in Python integers."""

from __future__ import annotations

import random

import numpy as np
import pytest
from flint import nmod_mat

from exactfact.algebra.elimination import independent_rows
from exactfact.algebra.modular import multiply, nullspace_mod_p, pivot_rows, rank_mod_p

PRIMES = [2, 3, 5, 65521, 4194301, 2**31 - 1, 2**61 - 1, 18446744073709551629, 3317044064679887385961813]


def plain_rank(rows: list[list[int]], p: int) -> int:
    rows = [[value % p for value in row] for row in rows]
    rank = 0
    for col in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(rank, len(rows)) if rows[r][col]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        inverse = pow(rows[rank][col], -1, p)
        for r in range(rank + 1, len(rows)):
            factor = rows[r][col] * inverse % p
            rows[r] = [(a - factor * b) % p for a, b in zip(rows[r], rows[rank], strict=True)]
        rank += 1
    return rank


def random_rows(rng: random.Random, p: int) -> list[list[int]]:
    height, width, inner = rng.randint(1, 7), rng.randint(1, 7), rng.randint(0, 4)
    left = [[rng.randrange(p) for _ in range(inner)] for _ in range(height)]
    right = [[rng.randrange(p) for _ in range(width)] for _ in range(inner)]
    return [[sum(a * right[i][c] for i, a in enumerate(row)) % p for c in range(width)] for row in left]


@pytest.mark.parametrize("p", PRIMES)
def test_rank_pivots_and_kernel(p: int) -> None:
    rng = random.Random(p)
    for _ in range(60):
        rows = random_rows(rng, p)
        array = np.array(rows, dtype=np.int64 if p < 2**22 else object)
        rank = plain_rank(rows, p)
        assert rank_mod_p(rows, p) == rank_mod_p(array, p) == rank
        kept = pivot_rows(array, p)
        assert len(kept) == rank == plain_rank([rows[r] for r in kept], p)
        assert all(plain_rank(rows[: r + 1], p) > plain_rank(rows[:r], p) for r in kept)
        pivots, kernel = nullspace_mod_p(array, p)
        assert len(pivots) == rank and len(kernel) == array.shape[1] - rank
        for free, entries in kernel:
            assert all((row[free] + sum(row[c] * v for c, v in entries.items())) % p == 0 for row in rows)


@pytest.mark.parametrize("p", [2, 4194301, 2**31 - 1])
def test_products_are_exact(p: int) -> None:
    rng = random.Random(p)
    left = [[rng.randrange(p) for _ in range(5000)] for _ in range(2)]
    right = [[p - 1, rng.randrange(p)] for _ in range(5000)]
    kind = np.int64 if p < 2**22 else object
    product = multiply(np.array(left, dtype=kind), np.array(right, dtype=kind), p)
    expected = [[sum(a * right[i][c] for i, a in enumerate(row)) % p for c in range(2)] for row in left]
    assert product.tolist() == expected


def test_empty_matrices() -> None:
    assert rank_mod_p(np.zeros((0, 4), dtype=np.int64), 7) == 0
    assert rank_mod_p(np.zeros((4, 0), dtype=np.int64), 7) == 0
    assert pivot_rows(np.zeros((3, 0), dtype=np.int64), 7) == []
    assert nullspace_mod_p(np.zeros((0, 2), dtype=np.int64), 7) == ([], [(0, {}), (1, {})])


def test_blocked_elimination_gives_the_greedy_basis() -> None:
    """Against FLINT, on shapes and ranks around the panel width, with repeated and zero rows."""
    for seed in range(300):
        rng = np.random.default_rng(seed)
        p = int(rng.choice([2, 3, 5, 65521, 4194301]))
        height, width = (int(size) for size in rng.integers(1, 60, 2))
        if seed % 10 == 0:
            height, width = height * 12, width * 12
        inner = int(rng.integers(0, min(height, width) + 1))
        left, right = rng.integers(0, p, (height, inner)), rng.integers(0, p, (inner, width))
        matrix = multiply(left, right, p) if inner else np.zeros((height, width), dtype=np.int64)
        if seed % 3 == 0:
            matrix[rng.integers(0, height)] = matrix[0]
        if seed % 4 == 0:
            matrix = matrix * (rng.random(matrix.shape) < 0.3)
        found = independent_rows(matrix, p)
        echelon, rank = nmod_mat(width, height, matrix.T.ravel().tolist(), p).rref()
        greedy, row = [], 0
        for column in range(height):
            if row < rank and int(echelon[row, column]):
                greedy.append(column)
                row += 1
        assert found == greedy


def test_large_and_small_matrices_agree() -> None:
    rng = np.random.default_rng(1)
    matrix = multiply(rng.integers(0, 4194301, (300, 90)), rng.integers(0, 4194301, (90, 200)), 4194301)
    assert rank_mod_p(matrix, 4194301) == 90 == len(pivot_rows(matrix, 4194301))
