"""The product at one point modulo p."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, multiply

from .residues import Residues

Array = Any


def product_at(residues: Residues, h: Sequence[Any]) -> Array:
    """phi(h) mod p as a dense matrix, in compact indices."""
    p = residues.p
    whole: Array = None
    for layer, vector in zip(residues.layers, h, strict=True):
        matrix = layer.at(np.array(vector, dtype=dtype_for(p)), p)
        whole = matrix if whole is None else multiply(whole, matrix, p)
    return whole
