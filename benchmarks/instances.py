"""What is raced: seeded matrices and architectures, the same bytes from the same seed on every machine.

Matrices are handed to the contestants as files of 64-bit integers, so that every program reads the same one.
"""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import numpy as np

import exactfact as ef

# The largest prime below 2^22, the range of exact float64 products.
PRIME = 4194301
DEFICIENCY = 5
Array = Any


def dense_matrix(n: int, seed: int = 1) -> Array:
    """n x n residues of rank n - DEFICIENCY (but for bad luck): the last rows are sums of three others."""
    rng = np.random.default_rng(seed)
    matrix = rng.integers(0, PRIME, (n, n))
    for row in range(n - DEFICIENCY, n):
        matrix[row] = matrix[rng.choice(n - DEFICIENCY, 3, replace=False)].sum(axis=0) % PRIME
    return matrix


def integer_product(n: int, seed: int = 1) -> Array:
    """n x n integers of rank n / 2 over QQ (but for bad luck): a product of two factors with entries -3..3.

    Both kernels are as large as those of random matrices.  n = 1000: Hadamard's bound takes 252 primes of 22 bits.
    """
    rng = np.random.default_rng(seed)
    return rng.integers(-3, 4, (n, n // 2)) @ rng.integers(-3, 4, (n // 2, n))


def integer_sums(n: int, seed: int = 1) -> Array:
    """n x n integers of rank n / 2 over QQ (but for bad luck): entries -9..9, then rows that are sums of three others.

    The relations of the rows are small, those of the columns are not.
    """
    rng = np.random.default_rng(seed)
    matrix = rng.integers(-9, 10, (n, n))
    for row in range(n // 2, n):
        matrix[row] = matrix[rng.choice(n // 2, 3, replace=False)].sum(axis=0)
    return matrix


def written(matrix: Array, folder: Path, name: str) -> str:
    """The matrix as a file, row by row; its path."""
    path = folder / name
    matrix.astype(np.int64).tofile(path)
    return str(path)


def read(path: str, n: int) -> Array:
    """The n x n matrix of a file."""
    return np.fromfile(path, dtype=np.int64).reshape(n, n)


def sparse_chain(size: int, parameters: int, depth: int, placed: int = 3, seed: int = 1) -> ef.Architecture:
    """`depth` layers of size x size; each parameter stands at `placed` random cells, with coefficients 1 and -1."""
    return placed_chain([size] * (depth + 1), parameters, placed, seed)


def placed_chain(sizes: list[int], parameters: int, placed: int = 3, seed: int = 1) -> ef.Architecture:
    """The same with interfaces of the given sizes.  No cell belongs to two parameters of a layer."""
    rng = random.Random(seed)
    layers = []
    for rows, cols in itertools.pairwise(sizes):
        cells = rng.sample(range(rows * cols), parameters * placed)
        listed = [[cell // cols, cell % cols, t // placed, rng.choice((1, -1))] for t, cell in enumerate(cells)]
        layers.append(ef.entries(rows, cols, parameters, listed))
    return ef.Architecture(layers)


def butterfly_chain(size: int) -> ef.Architecture:
    """All levels of the fast transform of a power of two; the lifted map reaches every cell."""
    return ef.Architecture([ef.butterfly(size, level) for level in range(size.bit_length() - 1)])


def convolution_chain(length: int, taps: int, depth: int, seed: int = 1) -> ef.Architecture:
    """A chain of circular convolutions on Z/length with random supports."""
    return ef.Architecture(
        ef.Network(
            group=(length,),
            root="x0",
            edges=tuple(
                ef.Edge(name=f"e{k}", source=f"x{k + 1}", target=f"x{k}", support=tuple((tap,) for tap in support))
                for k, support in enumerate(supports(length, taps, depth, seed))
            ),
        )
    )


def supports(length: int, taps: int, depth: int, seed: int = 1) -> list[list[int]]:
    """The supports of `convolution_chain`."""
    rng = random.Random(seed)
    return [sorted(rng.sample(range(length), taps)) for _ in range(depth)]
