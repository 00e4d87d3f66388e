"""Chains of convolutions for the tests: networks with one path, layers of several families, and polynomials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import exactfact as ef
from tests.architectures import chain

Taps = Sequence[Any]


def network(*supports: Taps, group: Sequence[int] = (0,), **options: Any) -> ef.Architecture:
    """One edge a level; level 0 touches the root."""
    return ef.Architecture(chain(group, supports), **options)


def intervals(*kernels: int, group: int = 0, **options: Any) -> ef.Architecture:
    """Kernels 0..n-1 on the edges of a path."""
    return network(*map(range, kernels), group=[group], **options)


def stack(
    kernels: Sequence[int], strides: Sequence[int] = (), length: int = 3, padding: str = "full", dilation: int = 1
) -> list[ef.Layer]:
    """Layers `convolution` in product order: the last one acts first, on a signal of that length."""
    layers: list[ef.Layer] = []
    for kernel, stride in zip(reversed(kernels), reversed(strides or [1] * len(kernels)), strict=True):
        layers.insert(0, ef.convolution(length, kernel, stride=stride, dilation=dilation, padding=padding))
        length = layers[0].rows
    return layers


def full_layers(*kernels: int, length: int = 3, **options: Any) -> ef.Architecture:
    """Full padding, one channel."""
    return ef.Architecture(stack(kernels, length=length), **options)


def valid_layers(*kernels: int, dilation: int = 1, length: int = 40, **options: Any) -> ef.Architecture:
    """The same with valid padding."""
    return ef.Architecture(stack(kernels, (), length, "valid", dilation), **options)


def strided(kernels: Sequence[int], strides: Sequence[int], length: int, padding: str = "valid") -> ef.Architecture:
    """The same with strides."""
    return ef.Architecture(stack(kernels, strides, length, padding))


def polynomial(*factors: Sequence[int]) -> list[int]:
    """The product of polynomials, given and returned as coefficients, the constant first."""
    result = [1]
    for factor in factors:
        longer = [0] * (len(result) + len(factor) - 1)
        for i, a in enumerate(result):
            for j, b in enumerate(factor):
                longer[i + j] += a * b
        result = longer
    return result
