"""Ranks of tall and wide matrices by few combinations of their rows, against FLINT."""

from __future__ import annotations

import numpy as np
import pytest

from exactfact.algebra import hashing, modular
from exactfact.algebra.hashing import SPARE, hashed_rows
from exactfact.algebra.modular import hashes, pivot_rows, rank_mod_p

from .flint_matrices import LARGE, SMALL, flint_matrix

P = 4194301


def tall_matrix(rng: np.random.Generator, p: int, kind: int) -> np.ndarray:
    """Far more rows than columns: dense, of low rank, zero, sparse, repeated rows, one row that matters, by turns."""
    width = int(rng.integers(1, 7))
    height = int(rng.integers(1, 3)) * (modular.TALL if p < 2**22 else modular.TALL_OBJECTS) * (width + SPARE)
    matrix = rng.integers(0, min(p, 2**62), (height, width), dtype=np.int64)
    if kind == 1:
        matrix[:, width // 2 :] = matrix[:, :1]
    elif kind == 2:
        matrix[:] = 0
    elif kind == 3:
        matrix = matrix * (rng.random(matrix.shape) < 1 / height)
    elif kind == 4:
        matrix = matrix[rng.integers(0, 1 + width // 2, height)]
    elif kind == 5:
        matrix[np.arange(height) != rng.integers(0, height), -1] = 0
    return matrix if p < 2**22 else matrix.astype(object)


@pytest.mark.parametrize("p", [*SMALL, *LARGE])
def test_tall_and_wide_ranks_against_flint(p: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modular, "LEAST_COLUMNS", 1)
    rng = np.random.default_rng(p)
    full = 0
    for trial in range(600 if p in SMALL else 120):
        matrix = tall_matrix(rng, p, trial % 6)
        assert hashes(*matrix.shape, p)
        rank = int(flint_matrix(matrix, p).rank())
        assert rank_mod_p(matrix, p) == rank_mod_p(matrix.T, p) == rank
        for lines in (matrix, np.asfortranarray(matrix)):
            found = int(flint_matrix(hashed_rows(lines, p), p).rank())
            assert found <= rank
            full += found == rank
    assert full > (1000 if p in SMALL else 200)


@pytest.mark.parametrize("p", [2, 3, P])
def test_large_tall_matrices_against_flint(p: int) -> None:
    rng = np.random.default_rng(p)
    for inner in (0, 1, 270, 499, 500):
        left, right = rng.integers(0, p, (2300, inner)), rng.integers(0, p, (inner, 500))
        matrix = modular.multiply(left, right, p) if inner else np.zeros((2300, 500), dtype=np.int64)
        matrix[1150:] = matrix[rng.integers(0, 1150, 1150)]
        assert hashes(*matrix.shape, p)
        assert rank_mod_p(matrix, p) == rank_mod_p(matrix.T, p) == int(flint_matrix(matrix, p).rank())


def test_no_bucket_stays_empty() -> None:
    """Three rows a bucket, drawn at random, would leave a twentieth of the buckets empty: more than the spare ones."""
    assert hashed_rows(np.ones((450, 100), dtype=np.int64), P).any(axis=1).all()
    cols = 1300
    matrix = np.random.default_rng(5).integers(0, P, (3 * (cols + SPARE), cols))
    assert len(pivot_rows(hashed_rows(matrix, P), P)) == cols


def test_rows_that_repeat_with_the_number_of_buckets_meet_in_different_ones() -> None:
    cols = 60
    matrix = np.zeros((110 * 60, cols), dtype=np.int64)
    for lot in range(60):
        matrix[110 * lot, lot] = 1
    assert len(pivot_rows(hashed_rows(matrix, P), P)) > 40


def test_combinations_that_lose_rank_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    matrix = rng.integers(0, P, (2300, 500))
    asked = []
    monkeypatch.setattr(modular, "hashed_rows", lambda rows, p: asked.append(p) or np.repeat(rows[:50], 7, axis=0))
    assert rank_mod_p(matrix, P) == 500 and asked == [P]


def test_sums_of_many_products_stay_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """All products as large as they can be; and reduced on the way."""
    assert hashing.CHUNKS * (P - 1) ** 2 + P < 2**63
    rows = np.full((2**15, 1), P - 1, dtype=np.int64)
    few = hashed_rows(rows, P)
    rng = np.random.default_rng(2**15)
    units = rng.integers(1, P, 2**15)
    exact = [0] * 51
    for start in range(0, 2**15, 51):
        shift = int(rng.integers(51))
        for i, unit in enumerate(units[start : start + 51].tolist()):
            exact[(i + shift) % 51] -= unit
    assert few[:, 0].tolist() == [value % P for value in exact]
    monkeypatch.setattr(hashing, "CHUNKS", 3)
    assert (hashed_rows(rows, P) == few).all()


def test_when_rows_are_combined() -> None:
    assert hashes(16000, 1000, P) and hashes(4200, 1000, P) and not hashes(4000, 1000, P)
    assert not hashes(4200, 1000, 2**31 - 1) and hashes(16000, 1000, 2**31 - 1) and not hashes(12000, 100, P)
