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
    """dim R_d: the monomials of degree d in each layer's variables, prod_k binom(S_k + d - 1, d)."""
    return math.prod(math.comb(size + d - 1, d) for size in sizes)


def multiples(forms: Array, sizes: Sequence[int], d: int, p: int) -> Array:
    """The multilinear forms (rows of N coefficients) times all monomials of degree d - 1, as rows in R_d.

    Cost: number of forms times dim R_{d-1} rows of dim R_d numbers.
    """
    return _multiples(forms, sizes, d, [d - 1] * len(sizes), p)


def multiples_in_layer(forms: Array, sizes: Sequence[int], k: int, d: int, p: int) -> Array:
    """Linear forms in layer k (rows of S_k coefficients) times the monomials that lead into R_d."""
    return _multiples(forms, sizes, d, [d - (i == k) for i in range(len(sizes))], p)


def _multiples(forms: Array, sizes: Sequence[int], d: int, lower: Sequence[int], p: int) -> Array:
    tables = [_times(size, d, e) for size, e in zip(sizes, lower, strict=True)]
    counts = [len(table) for table in tables]
    axes = [table.shape[1] for table in tables]
    widths = [math.comb(size + d - 1, d) for size in sizes]
    # The place in R_d of every (monomial, index of a variable in each layer of the forms).
    places = np.zeros([*counts, *axes], dtype=np.int64)
    depth = len(sizes)
    for k, (table, width) in enumerate(zip(tables, widths, strict=True)):
        shape = [1] * (2 * depth)
        shape[k], shape[depth + k] = table.shape
        places = places * width + table.reshape(shape)
    flat = places.reshape(math.prod(counts), -1)
    rows = np.zeros((len(flat), len(forms), math.prod(widths)), dtype=forms.dtype)
    for number, place in enumerate(flat):
        rows[number][:, place] = forms
    return rows.reshape(-1, rows.shape[-1]) % p


def _times(size: int, d: int, e: int) -> Array:
    """table[m, j]: the number of monomial m of degree e < d, times variable j, among those of degree d; e = d: of m."""
    lower = list(itertools.combinations_with_replacement(range(size), e))
    number = {m: i for i, m in enumerate(itertools.combinations_with_replacement(range(size), d))}
    if e == d:
        return np.array([[number[m]] for m in lower], dtype=np.int64)
    return np.array([[number[tuple(sorted((*m, j)))] for j in range(size)] for m in lower], dtype=np.int64)
