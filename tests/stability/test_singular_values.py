"""Singular values against floating point, exact characteristic polynomials, and the checker."""

from __future__ import annotations

import json
import math
import random
import time
from fractions import Fraction

import numpy as np
import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.criteria import rank_chain, rank_sampling, rank_structure, rank_trivial, singular_values
from exactfact.criteria.problem import Problem
from exactfact.lifting.chain import build_chain
from exactfact.model import Architecture, LimitError
from exactfact.stability.eigenvalues import enclose
from exactfact.stability.gram import Gram, column_gram, row_gram
from exactfact.stability.inertia import count, exact
from exactfact.stability.singular_values import spectrum, trace
from tests.criteria.helpers import document, run
from tests.lifting.random_chains import dense_columns, random_architecture
from tests.stability.exact_counts import contains, roots_above, squared_spectrum

RANK = (rank_trivial.apply, rank_sampling.apply, rank_structure.apply, rank_chain.apply)


def nothing() -> None:
    """No progress."""


def dense(columns: dict[tuple[int, ...], list[int]]) -> np.ndarray:
    return np.array([list(map(float, column)) for column in columns.values()]).T


def random_operator(rng: random.Random) -> list[list[list[int]]]:
    """Matrices of one layer: full or deficient rank, mixed sizes of entries."""
    rows, cols, size = rng.randint(1, 4), rng.randint(1, 4), rng.randint(1, 9)
    top = rng.choice([1, 3, 100, 10**6])
    matrices = [[[rng.randint(-top, top) for _ in range(cols)] for _ in range(rows)] for _ in range(size)]
    if size > 2 and rng.random() < 0.4:
        matrices[-1] = [[a - 2 * b for a, b in zip(x, y, strict=True)] for x, y in zip(*matrices[:2], strict=True)]
    return matrices


def test_five_hundred_random_operators_against_floating_point_and_exact_polynomials() -> None:
    rng = random.Random(12)
    compared = 0
    for _ in range(500):
        matrices = random_operator(rng)
        columns = [[Fraction(v) for row in matrix for v in row] for matrix in matrices]
        poly = squared_spectrum(columns)
        rank = poly.degree()
        if rank < 1:
            continue
        found = spectrum(build_chain(ef.Architecture([ef.basis(matrices)])), 1, nothing)
        values = np.linalg.svd(np.array(columns, dtype=float), compute_uv=False)
        for position in (1, rank):
            ends = found.squared(position, nothing)
            assert ends.lower is not None and ends.upper is not None
            lower, upper = ends.lower.value, ends.upper.value
            assert contains(poly, position, lower, upper)
            assert upper <= lower * (1 + Fraction(1, 10**9))
            if values[position - 1] > 1e-5 * values[0]:
                compared += 1
                assert math.isclose(math.sqrt(float(lower)), values[position - 1], rel_tol=1e-8)
    assert compared > 800


def test_gram_matrices_of_chains_have_the_squared_singular_values() -> None:
    rng = random.Random(5)
    for _ in range(150):
        architecture = random_architecture(rng)
        values = np.linalg.svd(dense(dense_columns(architecture)), compute_uv=False) ** 2
        positive = sorted(x for x in values if x > 1e-9)
        for make in (row_gram, column_gram):
            gram = make(build_chain(architecture).integral(), nothing)
            eigenvalues = []
            for rows, times in gram.blocks:
                lower = np.zeros((len(rows), len(rows)))
                for i, row in enumerate(rows):
                    lower[i, : i + 1] = row
                eigenvalues += times * list(np.linalg.eigvalsh(lower))
            assert len(eigenvalues) == gram.order
            assert np.allclose(sorted(x for x in eigenvalues if x > 1e-9), positive)
        assert math.isclose(trace(build_chain(architecture), nothing), sum(values), abs_tol=1e-9)


def test_both_ways_through_a_layer_give_one_gram_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(6)
    for _ in range(30):
        chain = build_chain(random_architecture(rng)).integral()
        monkeypatch.setattr("exactfact.stability.gram.TABLE_LIMIT", 10**6)
        one = row_gram(chain, nothing)
        monkeypatch.setattr("exactfact.stability.gram.TABLE_LIMIT", -1)
        assert row_gram(chain, nothing) == one


@pytest.mark.parametrize("bits", [4, 12, 60, None])
def test_counts_are_true_at_any_precision(bits: int | None) -> None:
    rng = random.Random(7)
    for _ in range(60):
        n = rng.randint(1, 6)
        width = rng.choice([n, max(1, n - 2)])
        factor = [[rng.randint(-4, 4) for _ in range(width)] for _ in range(n)]
        matrix = [[sum(a * b for a, b in zip(x, y, strict=True)) for y in factor] for x in factor]
        if not all(matrix[i][i] for i in range(n)):
            continue
        poly = squared_spectrum([[Fraction(v) for v in row] for row in factor])
        shift = Fraction(rng.randint(1, 60), rng.randint(1, 9))
        rows = tuple(tuple(row[: i + 1]) for i, row in enumerate(matrix))
        found = count(Gram("rows", n, ((rows, 1),)), shift, bits)
        if found is None:
            continue
        low, high = shift - found.error, shift + found.error
        tiny = Fraction(1, 10**30)
        assert found.above <= (roots_above(poly, low - tiny) if low > tiny else n)
        assert found.below <= n - roots_above(poly, high)
        assert found.above + found.below >= n


def test_exact_elimination_needs_a_diagonal_pivot() -> None:
    assert exact(((1,), (1, 1)), 1, 1) is None
    assert exact(((2,), (1, 2)), 1, 1) == (2, 1)
    assert exact(((2,), (1, 2)), 3, 1) == (1, 2)


def hilbert(n: int) -> Architecture:
    """A is the Hilbert matrix itself: its columns as the matrices of one layer."""
    return ef.Architecture([ef.basis([[[Fraction(1, i + j + 1) for i in range(n)]] for j in range(n)])])


def test_a_hilbert_operator_has_a_tiny_singular_value_and_not_zero() -> None:
    architecture = hilbert(12)
    ledger, _ = run(architecture, [*RANK, singular_values.apply])
    low, high = (ledger.bound("sigma_min_squared", side) for side in ("lower", "upper"))
    assert low is not None and high is not None
    columns = [[Fraction(1, i + j + 1) for i in range(12)] for j in range(12)]
    assert contains(squared_spectrum(columns), 12, Fraction(low.value), Fraction(high.value))
    # cond(H_12) = 1.76e16, |H_12| = 1.795
    assert 1.0e-16 < math.sqrt(low.value) <= math.sqrt(high.value) < 1.1e-16
    assert high.value <= low.value * (1 + Fraction(1, 10**6))
    assert accepted(architecture, ledger.claims)


def accepted(architecture: Architecture, claims: object) -> bool:
    report = check_certificate(json.loads(json.dumps(document(architecture, list(claims)))))  # type: ignore[call-overload]
    assert report.accepted, "\n".join(report.lines())
    return True


def test_the_checker_accepts_random_chains_and_refuses_values_pushed_inward() -> None:
    rng = random.Random(8)
    for _ in range(40):
        architecture = random_architecture(rng)
        ledger, _ = run(architecture, [*RANK, singular_values.apply])
        if ledger.bound("sigma_min_squared", "upper") is None:
            continue
        base = json.loads(json.dumps(document(architecture, ledger.claims)))
        assert check_certificate(base).accepted
        for number, claim in enumerate(ledger.claims):
            if not claim.evidence.get("shift"):
                continue
            factor = Fraction(101, 100) if claim.side == "lower" else Fraction(99, 100)
            for key in ("value", "shift"):
                forged = json.loads(json.dumps(base))
                value = Fraction(claim.value) * factor
                forged["claims"][number]["value"] = canonical(value)
                if key == "shift":
                    forged["claims"][number]["evidence"]["shift"] = canonical(value)
                assert not check_certificate(forged).accepted, (claim.quantity, claim.side, key)


def canonical(value: Fraction) -> int | str:
    def part(n: int) -> int | str:
        return n if n < 2**53 else hex(n)

    return part(value.numerator) if value.denominator == 1 else f"{part(value.numerator)}/{part(value.denominator)}"


def test_circulants_are_read_off_their_first_row() -> None:
    architecture = ef.Architecture([ef.circulant(6, [0, 1]), ef.circulant(6, [0, 2, 3])])
    ledger, _ = run(architecture, [*RANK, singular_values.apply])
    claim = ledger.bound("sigma_max_squared", "upper")
    assert claim is not None and claim.evidence["group"] == [6]
    # sums 0 1 2 3 3 4: squared singular values 6, 6, 6, 12, 6
    assert (claim.value, ledger.bound("sigma_min_squared", "lower").value) == (12, 6)  # type: ignore[union-attr]
    assert accepted(architecture, ledger.claims)


def test_denominators_scale_singular_values() -> None:
    half = [[Fraction(1, 2), 0], [0, Fraction(1, 3)]]
    architecture = ef.Architecture([ef.diagonal(2), ef.fixed(half), ef.diagonal(2)])
    ledger, _ = run(architecture, [*RANK, singular_values.apply])
    assert ledger.bound("sigma_min_squared", "upper").value == Fraction(1, 9)  # type: ignore[union-attr]
    assert ledger.bound("sigma_max_squared", "lower").value == Fraction(1, 4)  # type: ignore[union-attr]
    assert accepted(architecture, ledger.claims)


@pytest.mark.parametrize("kind", ["toeplitz", "butterfly"])
def test_structured_layers_of_size_32(kind: str) -> None:
    if kind == "toeplitz":
        architecture = ef.Architecture([ef.toeplitz(32, 32), ef.toeplitz(32, 32)])
    else:
        architecture = ef.Architecture([ef.butterfly(32, level) for level in range(5)])
    start = time.monotonic()
    ledger, _ = run(architecture, [rank_trivial.apply, rank_sampling.apply, singular_values.apply])
    assert accepted(architecture, ledger.claims)
    assert time.monotonic() - start < 120
    low, high = (Fraction(ledger.bound("sigma_min_squared", s).value) for s in ("lower", "upper"))  # type: ignore[union-attr]
    if kind == "butterfly":
        assert low == high == 1
    else:  # blocks by diagonals: the matrices (32 - |a - b|), cut to a, b < 32 - d
        values = [np.linalg.eigvalsh([[32.0 - abs(a - b) for a in range(n)] for b in range(n)]) for n in range(1, 33)]
        assert math.isclose(min(v[0] for v in values), low, rel_tol=1e-8) and high <= low * (1 + Fraction(1, 10**6))


def test_what_is_too_large_has_the_trace() -> None:
    rng = random.Random(3)
    matrices = [[[rng.randint(1, 9) for _ in range(30)] for _ in range(30)] for _ in range(30)]
    architecture = ef.Architecture([ef.basis(matrices), ef.basis(matrices)])
    with pytest.raises(LimitError):
        spectrum(Problem(architecture).essential, 1, nothing)
    ledger, outcomes = run(architecture, [rank_trivial.apply, singular_values.apply])
    assert "Gram matrix" in outcomes[-1].why
    assert ledger.bound("sigma_max_squared", "upper").evidence == {"bound": "trace"}  # type: ignore[union-attr]
    assert accepted(architecture, ledger.claims)




def test_a_multiplicity_is_counted() -> None:
    rows = ((3,),)
    gram = Gram("rows", 4, ((rows, 3), (((5,),), 1)))
    assert enclose(gram, 1, nothing).lower.value == 5  # type: ignore[union-attr]
    assert enclose(gram, 4, nothing).upper.value == 3  # type: ignore[union-attr]
