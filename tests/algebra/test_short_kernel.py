"""Short kernels: the same space as sympy's, and shorter than an echelon basis."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy

from exactfact.algebra.short_kernel import short_basis, short_kernel
from exactfact.model import GF, QQ


@pytest.mark.parametrize("p", [0, 2, 7, 65521, 2**61 - 1])
def test_the_kernel_of_random_matrices(p: int) -> None:
    rng = random.Random(p)
    for _ in range(20):
        height, width = rng.randint(0, 5), rng.randint(1, 7)
        rows = [[rng.randint(-3, 3) for _ in range(width)] for _ in range(height)]
        rows = [[v % p if p else Fraction(v, rng.choice((1, 2, 3))) for v in row] for row in rows]
        vectors = short_kernel([dict(enumerate(row)) for row in rows], width, GF(p) if p else QQ)
        for vector in vectors:
            sums = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows]
            assert not any(s % p if p else s for s in sums)
        if not p:
            matrix = sympy.Matrix(height, width, [sympy.Rational(str(v)) for row in rows for v in row])
            assert len(vectors) == width - matrix.rank()
            assert sympy.Matrix([list(v) for v in vectors] or [[0] * width]).rank() == len(vectors)


def test_short_vectors_come_first() -> None:
    basis = short_basis([[1, 0, 1000], [0, 1, 1001]])
    assert basis[0] in ((1, -1, -1), (-1, 1, 1))
    assert all(max(map(abs, v)) < 700 for v in basis)
