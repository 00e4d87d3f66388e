"""Matrices modulo p for FLINT, which the tests compare with."""

from __future__ import annotations

import numpy as np
from flint import fmpz_mod_ctx, fmpz_mod_mat, nmod_mat

SMALL = (2, 3, 65521, 4194301)
LARGE = (2**31 - 1, 2**61 - 1)


def flint_matrix(matrix: np.ndarray, p: int) -> object:
    """The same matrix for FLINT."""
    entries = matrix.ravel().tolist()
    return nmod_mat(*matrix.shape, entries, p) if p < 2**63 else fmpz_mod_mat(*matrix.shape, entries, fmpz_mod_ctx(p))
