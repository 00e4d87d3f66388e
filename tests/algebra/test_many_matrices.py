"""Ranks, pivots, relations and kernels of random matrices against FLINT: thousands, in the slow tier ten thousand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactfact.algebra.elimination import independent_rows, row_relations
from exactfact.algebra.modular import engine, nullspace_mod_p, pivot_rows, rank_mod_p

from .flint_matrices import LARGE, SMALL, flint_matrix

# Around the sizes of leaves and panels, and shapes that have no interior.
EDGES = ((1, 1), (1, 40), (40, 1), (15, 17), (16, 16), (17, 15), (31, 33), (32, 32), (64, 32), (32, 64))
EDGES += ((255, 40), (40, 257), (300, 280))


def reference(matrix: np.ndarray, p: int) -> list[int]:
    """Greedy independent rows: the pivot columns of FLINT's reduced echelon form of the transpose."""
    echelon, rank = flint_matrix(matrix.T, p).rref()
    greedy: list[int] = []
    for row in range(int(rank)):
        greedy.append(next(c for c in range(greedy[-1] + 1 if greedy else 0, len(matrix)) if int(echelon[row, c])))
    return greedy


def random_matrix(rng: np.random.Generator, p: int, shape: tuple[int, int], kind: int) -> np.ndarray:
    """Dense, of low rank, sparse, with repeated rows, or with zero rows and columns, by turns."""
    height, width = shape
    high = min(p, 2**62)
    matrix = rng.integers(0, high, shape, dtype=np.int64)
    if kind == 1:
        inner = int(rng.integers(0, min(shape) + 1))
        left = rng.integers(0, min(p, 100), (height, inner), dtype=np.int64)
        matrix = left @ rng.integers(0, min(p, 100), (inner, width), dtype=np.int64) % p
    elif kind == 2:
        matrix = matrix * (rng.random(shape) < 2 / width)
    elif kind == 3:
        matrix = matrix[rng.integers(0, max(1, height // 2), height)]
    elif kind == 4:
        matrix = matrix * (rng.random(height) < 0.5)[:, None] * (rng.random(width) < 0.5)
    return matrix if p < 2**22 else matrix.astype(object)


@pytest.mark.parametrize("trials", [360, pytest.param(2600, marks=pytest.mark.slow)])
@pytest.mark.parametrize("p", SMALL)
def test_blocked_elimination_against_flint(p: int, trials: int) -> None:
    rng = np.random.default_rng([p, trials])
    for trial in range(trials):
        shape = EDGES[trial // 12 % len(EDGES)] if trial % 12 == 0 else tuple(rng.integers(1, 14, 2).tolist())
        matrix = random_matrix(rng, p, shape, trial % 5)
        greedy = reference(matrix, p)
        assert independent_rows(matrix, p) == pivot_rows(matrix, p) == greedy
        assert rank_mod_p(matrix, p) == len(greedy)
        chosen, rest, weights = row_relations(matrix, p)
        assert chosen == greedy and sorted(chosen + rest) == list(range(len(matrix)))
        assert not ((weights.astype(object) @ matrix[chosen] - matrix[rest]) % p).any()
        if trial % 4 == 0:
            check_kernel(matrix, p)


@pytest.mark.parametrize("p", LARGE)
def test_wide_primes_against_flint(p: int) -> None:
    rng = np.random.default_rng(1)
    for trial in range(400):
        matrix = random_matrix(rng, p, tuple(rng.integers(1, 14, 2).tolist()), trial % 5)
        assert rank_mod_p(matrix, p) == int(flint_matrix(matrix, p).rank())
        assert pivot_rows(matrix, p) == reference(matrix, p)
        check_kernel(matrix, p)


def check_kernel(matrix: np.ndarray, p: int) -> None:
    width = matrix.shape[1]
    pivots, kernel = nullspace_mod_p(matrix, p)
    assert pivots == reference(matrix.T, p)
    assert sorted(pivots + [free for free, _ in kernel]) == list(range(width))
    vectors = np.zeros((width, len(kernel)), dtype=object)
    for index, (free, entries) in enumerate(kernel):
        assert set(entries) <= set(pivots[: sum(pivot < free for pivot in pivots)])
        vectors[free, index] = 1
        for column, value in entries.items():
            vectors[column, index] = value
    assert not (matrix.astype(object) @ vectors % p).any()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), kind=st.integers(0, 4), p=st.sampled_from(SMALL))
def test_rank_is_invariant(seed: int, kind: int, p: int) -> None:
    """Under transposition, permutation of rows and columns, and scaling by units."""
    rng = np.random.default_rng(seed)
    matrix = random_matrix(rng, p, tuple(rng.integers(1, 70, 2).tolist()), kind)
    rank = len(independent_rows(matrix, p))
    assert len(independent_rows(matrix.T, p)) == rank
    shuffled = matrix[rng.permutation(len(matrix))][:, rng.permutation(matrix.shape[1])]
    assert len(independent_rows(shuffled, p)) == rank
    scaled = matrix * rng.integers(1, p, (len(matrix), 1)) % p
    assert len(independent_rows(scaled, p)) == rank


def test_the_engine_follows_size_and_prime() -> None:
    assert engine(10, 4194301) == engine(10**7, 2**31 - 1) == "nmod_mat"
    assert engine(10**4, 4194301) == "blocked"
    assert engine(10**7, 2**63 + 29) == "fmpz_mod_mat"
