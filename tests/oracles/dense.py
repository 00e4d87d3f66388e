"""Exact dense matrices as lists of rows, and the numbers of a spec: the arithmetic of the oracles."""

from __future__ import annotations

import itertools
from fractions import Fraction

Matrix = list


def number(text: object, p: int = 0) -> Fraction | int:
    """An exact number of a spec: integer, "p/q", decimal or hexadecimal string; reduced mod p when p > 0."""
    if isinstance(text, int):
        value = Fraction(text)
    else:
        parts = [_part(part) for part in str(text).split("/")]
        value = parts[0] / parts[1] if len(parts) == 2 else parts[0]
    if p:
        return value.numerator * pow(value.denominator, -1, p) % p
    return int(value) if value.denominator == 1 else value


def _part(text: str) -> Fraction:
    return Fraction(int(text, 16)) if "x" in text else Fraction(text)


def zeros(rows: int, cols: int) -> Matrix:
    return [[0] * cols for _ in range(rows)]


def add(x: Fraction | int, y: Fraction | int, p: int) -> Fraction | int:
    return (x + y) % p if p else x + y


def mul(a: Matrix, b: Matrix, p: int = 0) -> Matrix:
    out = []
    for row in a:
        line = [0] * len(b[0])
        for x, other in zip(row, b, strict=True):
            if x:
                line = [u + x * v if v else u for u, v in zip(line, other, strict=True)]
        out.append([v % p for v in line] if p else line)
    return out


def evaluate(layers: list, h: list, p: int = 0) -> Matrix:
    """phi(h) = M_1(h_1) ... M_K(h_K), exactly."""
    product = None
    for matrices, x in zip(layers, h, strict=True):
        matrix = combine(matrices, x, p)
        product = matrix if product is None else mul(product, matrix, p)
    return product


def combine(matrices: list, x: list, p: int = 0) -> Matrix:
    """sum_j x_j M(e_j)."""
    out = zeros(len(matrices[0]), len(matrices[0][0]))
    for value, matrix in zip(x, matrices, strict=True):
        if value:
            out = [
                [add(u, value * v, p) if v else u for u, v in zip(a, b, strict=True)]
                for a, b in zip(out, matrix, strict=True)
            ]
    return out


def supports_of(model: dict, size: int) -> list:
    if "supports" in model:
        return model["supports"]
    return list(itertools.combinations(range(size), min(model["sparsity"], size)))
