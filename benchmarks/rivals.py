"""The contestants that need no installation: numpy's matrix product, and python-flint as its documentation uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flint
import numpy as np

from . import instances

Job = Callable[[], Any]


def dgemm(n: int) -> Job:
    """One product of two n x n matrices of doubles: the speed of the machine.  It answers nothing."""
    rng = np.random.default_rng(0)
    left, right, out = rng.random((n, n)), rng.random((n, n)), np.zeros((n, n))

    def job() -> None:
        np.matmul(left, right, out=out)

    return job


def flint_rank(path: str, n: int) -> Job:
    """nmod_mat from the list of its entries, and its rank.  The list itself is there already."""
    entries = instances.read(path, n).ravel().tolist()
    return lambda: flint.nmod_mat(n, n, entries, instances.PRIME).rank()


def flint_rational(path: str, n: int) -> Job:
    """fmpz_mat.rank: exact over QQ, by elimination in integers.  The matrix is there already."""
    matrix = flint.fmpz_mat(n, n, instances.read(path, n).ravel().tolist())
    return matrix.rank


def flint_path_sums(length: int, taps: int, depth: int) -> Job:
    """[rank, whether the map is 0/1] from the product of the tap polynomials modulo x^length - 1."""
    factors = []
    for support in instances.supports(length, taps, depth):
        coefficients = [0] * length
        for tap in support:
            coefficients[tap] = 1
        factors.append(flint.fmpz_poly(coefficients))
    modulus = flint.fmpz_poly([-1] + [0] * (length - 1) + [1])

    def job() -> list[int]:
        product = flint.fmpz_poly([1])
        for factor in factors:
            product = product * factor % modulus
        counts = product.coeffs()
        return [sum(1 for count in counts if count), int(max(counts) == 1)]

    return job
