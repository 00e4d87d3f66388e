"""Elimination mod p against plain Gaussian elimination in Python integers."""

from __future__ import annotations

import random

import numpy as np
import pytest

from exactfact.algebra.modular import column_echelon, multiply, nullspace_mod_p, pivot_rows, rank_mod_p

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
    assert column_echelon(np.zeros((3, 0), dtype=np.int64), 7)[0] == []
    assert nullspace_mod_p(np.zeros((0, 2), dtype=np.int64), 7) == ([], [(0, {}), (1, {})])
