"""Ranks by passagemath-linbox, inside the environment that has it; run by benchmarks.worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

# It must come before any other module of sage.
import sage.all__sagemath_modules  # noqa: F401
from sage.matrix.constructor import matrix
from sage.rings.finite_rings.finite_field_constructor import GF
from sage.rings.integer_ring import ZZ


def rank(path: str, n: int, p: int) -> Callable[[], int]:
    """The rank over GF(p) (matrix_modn_dense_double: LinBox on FFLAS).  The matrix is there already."""
    return _fresh(matrix(GF(p), n, n, np.fromfile(path, dtype=np.int64).tolist()))


def rational_rank(path: str, n: int) -> Callable[[], int]:
    """The rank over ZZ; Monte Carlo, without proof."""
    return _fresh(matrix(ZZ, n, n, np.fromfile(path, dtype=np.int64).tolist()))


def _fresh(filled: Any) -> Callable[[], int]:
    """Each run ranks a copy: a sage matrix remembers its rank."""
    return lambda: int(filled.__copy__().rank())
