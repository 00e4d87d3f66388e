"""Random small chains as architectures, and their columns by dense products (no code shared with the product)."""

from __future__ import annotations

import itertools
import random

import exactfact as ef
from exactfact.model import Architecture


def random_architecture(rng: random.Random, p: int = 0) -> Architecture:
    depth = rng.randint(1, 3)
    widths = [rng.randint(1, 3) for _ in range(depth + 1)]
    layers = []
    for k in range(depth):
        matrices = [
            [[rng.choice([0, 0, 1, 1, -1, 2]) for _ in range(widths[k + 1])] for _ in range(widths[k])]
            for _ in range(rng.randint(1, 3))
        ]
        layers.append(ef.basis(matrices))
    return ef.Architecture(layers, field=ef.GF(p) if p else ef.QQ)


def dense_matrices(architecture: Architecture) -> list[list[list[list[int]]]]:
    return [layer["matrices"] for layer in architecture.document()["layer"]]


def product(left: list[list[int]], right: list[list[int]]) -> list[list[int]]:
    return [[sum(a * b for a, b in zip(row, col, strict=True)) for col in zip(*right, strict=True)] for row in left]


def dense_columns(architecture: Architecture) -> dict[tuple[int, ...], list[int]]:
    layers = dense_matrices(architecture)
    columns = {}
    for index in itertools.product(*(range(len(layer)) for layer in layers)):
        matrix = layers[0][index[0]]
        for layer, j in zip(layers[1:], index[1:], strict=True):
            matrix = product(matrix, layer[j])
        columns[index] = [value for row in matrix for value in row]
    return columns
