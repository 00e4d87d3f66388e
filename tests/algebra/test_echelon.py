"""The small exact eliminations against sympy over QQ and enumeration over GF(p)."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import sympy

from exactfact.algebra.echelon import Echelon, kernel
from exactfact.model import GF, QQ


def sparse(row: list[int]) -> dict[int, int]:
    return {position: value for position, value in enumerate(row) if value}


def test_kernel_over_the_rationals() -> None:
    rng = random.Random(1)
    for _ in range(60):
        height, width = rng.randint(1, 5), rng.randint(1, 5)
        rows = [[rng.choice([0, 0, 1, -2, 3]) for _ in range(width)] for _ in range(height)]
        vectors = kernel([sparse(row) for row in rows], width, QQ)
        assert len(vectors) == width - sympy.Matrix(rows).rank()
        for vector in vectors:
            assert all(sum(Fraction(value) * row[c] for c, value in vector.items()) == 0 for row in rows)


def test_kernel_over_a_finite_field() -> None:
    rng = random.Random(2)
    for _ in range(60):
        height, width = rng.randint(1, 4), rng.randint(1, 3)
        rows = [[rng.randrange(3) for _ in range(width)] for _ in range(height)]
        vectors = kernel([sparse(row) for row in rows], width, GF(3))
        solutions = [
            x
            for x in itertools.product(range(3), repeat=width)
            if all(sum(a * b for a, b in zip(row, x, strict=True)) % 3 == 0 for row in rows)
        ]
        assert 3 ** len(vectors) == len(solutions)
        for vector in vectors:
            assert tuple(vector.get(c, 0) for c in range(width)) in solutions


def test_growing_basis() -> None:
    echelon = Echelon(QQ)
    assert echelon.add({0: 2, 1: 4}) and not echelon.add({0: 1, 1: 2})
    assert echelon.add({1: 5}) and echelon.rank == 2
    assert echelon.basis() == ({0: 1}, {1: 1})
    assert echelon.reduce({0: 7, 2: 1}) == {2: 1}
