"""Architectures whose generic fibres are known: blind deconvolution, Toeplitz pairs, strided chains, random maps."""

from __future__ import annotations

import random
from collections.abc import Sequence

import exactfact as ef

from .fibres import chain_of, random_columns


def blind_deconvolution(first: int, second: int, n: int, seed: int = 0) -> ef.Architecture:
    """(Bx) o (Cy) for random B and C with n rows: diag(Bx) times Cy."""
    rng = random.Random(seed)
    b = [[rng.randint(-9, 9) for _ in range(n)] for _ in range(first)]
    c = [[rng.randint(-9, 9) for _ in range(n)] for _ in range(second)]
    diagonals = [[[x if i == j else 0 for j in range(n)] for i, x in enumerate(column)] for column in b]
    return ef.Architecture([ef.basis(diagonals), ef.basis([[[x] for x in column] for column in c])])


def toeplitz_pair(n: int) -> ef.Architecture:
    return ef.Architecture([ef.toeplitz(n, n), ef.toeplitz(n, n)])


def strided(kernels: Sequence[int], strides: Sequence[int], outputs: int = 4) -> ef.Architecture:
    """Valid convolutions; the first layer is on the side of the output."""
    layers, length = [], outputs
    for kernel, stride in zip(kernels, strides, strict=True):
        length = (length - 1) * stride + kernel
        layers.append(ef.convolution(length, kernel, stride=stride))
    return ef.Architecture(layers)


def random_map(sizes: Sequence[int], r: int, seed: int = 0) -> ef.Architecture:
    """A general lifted map of rank r."""
    return chain_of(random_columns(random.Random(seed), sizes, r, range(-3, 4)), sizes)
