"""Forms of multidegree (d, ..., d) on the parameters and ideals generated in degree one, mod p (theory 7.3, 7.4).

R_d has a basis of products of one monomial of degree d in each layer.  A multilinear form times the monomials of
degree d - 1 gives the part of degree d of the ideal that it generates.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = Any


def dimension(sizes: Sequence[int], d: int) -> int:
    """dim R_d."""
    return math.prod(math.comb(size + d - 1, d) for size in sizes)


def multiples(forms: Array, sizes: Sequence[int], d: int, p: int) -> Array:
    """The forms (rows of N coefficients) times all monomials of degree d - 1, as rows in R_d.

    Cost: number of forms times dim R_{d-1} rows of dim R_d numbers.
    """
    tables = [_times(size, d) for size in sizes]
    counts = [len(table) for table in tables]
    widths = [math.comb(size + d - 1, d) for size in sizes]
    rows = np.zeros((*counts, len(forms), math.prod(widths)), dtype=forms.dtype)
    # The place in R_d of every (monomial, multi-index).
    places = np.zeros([*counts, *sizes], dtype=np.int64)
    depth = len(sizes)
    for k, (table, width) in enumerate(zip(tables, widths, strict=True)):
        shape = [1] * (2 * depth)
        shape[k], shape[depth + k] = table.shape
        places = places * width + table.reshape(shape)
    flat = places.reshape(math.prod(counts), -1)
    rows = rows.reshape(len(flat), len(forms), -1)
    for number, place in enumerate(flat):
        rows[number][:, place] = forms
    return rows.reshape(-1, rows.shape[-1]) % p


def _times(size: int, d: int) -> Array:
    """table[m, j]: the number of monomial m of degree d - 1 times variable j, among those of degree d."""
    lower = list(itertools.combinations_with_replacement(range(size), d - 1))
    number = {m: i for i, m in enumerate(itertools.combinations_with_replacement(range(size), d))}
    return np.array([[number[tuple(sorted((*m, j)))] for j in range(size)] for m in lower], dtype=np.int64)
