"""Polynomial identities with symbolic entries: lifting, telescoping, Theorem 2's decomposition (2.1, 6.3, 11.2).

The layers are matrices of independent symbols, so each identity holds for every architecture of these sizes over every
commutative ring.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from math import prod
from typing import Any, NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.polynomials import Grid, add, multiply, subtract, symbols


class Sizes(NamedTuple):
    """S_k and the widths m_1, .., m_{K+1}."""

    sizes: tuple[int, ...]
    widths: tuple[int, ...]


def architectures(_: int, size: int) -> Iterator[Sizes]:
    """All K, S_k <= 2, m_k <= 2 with at most `size` layers."""
    for layers in range(1, size + 1):
        for sizes in product((1, 2), repeat=layers):
            yield from (Sizes(sizes, widths) for widths in product((1, 2), repeat=layers + 1))


def _layers(case: Sizes, names: Iterator[Any]) -> list[list[Grid]]:
    """M_k(e_j) as matrices of symbols."""
    return [
        [[[next(names) for _ in range(b)] for _ in range(a)] for _ in range(s)]
        for s, a, b in zip(case.sizes, case.widths, case.widths[1:], strict=False)
    ]


def _count(case: Sizes) -> int:
    return sum(s * a * b for s, a, b in zip(case.sizes, case.widths, case.widths[1:], strict=False))


def _chain(factors: list[Grid]) -> Grid:
    result = factors[0]
    for factor in factors[1:]:
        result = multiply(result, factor)
    return result


def _combination(weights: list[Any], matrices: list[Grid]) -> Grid:
    total = [[weights[0] * entry for entry in row] for row in matrices[0]]
    for weight, matrix in zip(weights[1:], matrices[1:], strict=True):
        total = add(total, [[weight * entry for entry in row] for row in matrix])
    return total


def lifting(case: Sizes) -> str | None:
    """2.1: M_1(h_1) ... M_K(h_K) = sum_i P(h)_i M_1(e_{i_1}) ... M_K(e_{i_K})."""
    names = iter(symbols(_count(case) + sum(case.sizes)))
    layers = _layers(case, names)
    h = [[next(names) for _ in range(s)] for s in case.sizes]
    left = _chain([_combination(weights, layer) for weights, layer in zip(h, layers, strict=True)])
    choices = list(product(*(range(s) for s in case.sizes)))
    terms = [_chain([layer[j] for layer, j in zip(layers, i, strict=True)]) for i in choices]
    right = _combination([prod(layer[j] for layer, j in zip(h, i, strict=True)) for i in choices], terms)
    return _zero(subtract(left, right))


def selectors(case: Sizes) -> str | None:
    """2.1': with block selectors for M_k and any matrix A composed with the last, phi(h) = A vec P(h)."""
    outputs = case.widths[-1]
    total = prod(case.sizes)
    names = iter(symbols(total * outputs + sum(case.sizes)))
    matrix = [[next(names) for _ in range(outputs)] for _ in range(total)]  # the transpose of A
    h = [[next(names) for _ in range(s)] for s in case.sizes]
    row: list[Any] = [1]
    for layer in h:  # M(h): w -> w S_k, the block j of the row is h_j times the row
        row = [sum(row[a] * x * int(a == c) for a in range(len(row))) for c in range(len(row)) for x in layer]
    got = [sum(row[i] * matrix[i][b] for i in range(total)) for b in range(outputs)]
    choices = product(*(range(s) for s in case.sizes))
    tensor = [prod(layer[j] for layer, j in zip(h, i, strict=True)) for i in choices]
    expected = [sum(t * matrix[i][b] for i, t in enumerate(tensor)) for b in range(outputs)]
    return _zero([[a - b for a, b in zip(got, expected, strict=True)]])


def telescoping(case: Sizes) -> str | None:
    """6.3: sum_k M_1 .. (M_k Z_k - Z_{k-1} M_k) .. M_K = 0 when Z_0 = Z_K = 0."""
    widths = case.widths
    inner = sum(m * m for m in widths[1:-1])
    names = iter(symbols(sum(a * b for a, b in pairwise(widths)) + inner))
    factors = [[[next(names) for _ in range(b)] for _ in range(a)] for a, b in pairwise(widths)]
    middles = [[[next(names) for _ in range(m)] for _ in range(m)] for m in widths[1:-1]]
    ends = [[0] * widths[0] for _ in range(widths[0])], [[0] * widths[-1] for _ in range(widths[-1])]
    z = [ends[0], *middles, ends[1]]
    total: Grid = [[0] * widths[-1] for _ in range(widths[0])]
    for k, factor in enumerate(factors):
        moved = subtract(multiply(factor, z[k + 1]), multiply(z[k], factor))
        total = add(total, _chain([*factors[:k], moved, *factors[k + 1 :]]))
    return _zero(total)


def decomposition(case: Sizes) -> str | None:
    """11.2: P(h) - P(g) = sum_k g_1 x .. x g_{k-1} x (h_k - g_k) x h_{k+1} x .. x h_K."""
    names = iter(symbols(2 * sum(case.sizes)))
    h, g = ([[next(names) for _ in range(s)] for s in case.sizes] for _ in range(2))
    for i in product(*(range(s) for s in case.sizes)):
        x = [layer[j] for layer, j in zip(h, i, strict=True)]
        y = [layer[j] for layer, j in zip(g, i, strict=True)]
        terms = sum(prod(y[:k]) * (x[k] - y[k]) * prod(x[k + 1 :]) for k in range(len(x)))
        if terms != prod(x) - prod(y):
            return f"the entry {i} differs"
    return None


def _zero(matrix: Grid) -> str | None:
    wrong = [(a, b) for a, row in enumerate(matrix) for b, entry in enumerate(row) if entry != 0]
    return f"the two sides differ at the entry {wrong[0]}" if wrong else None


RANGE = "all S_k <= 2 and m_k <= 2, every entry of every layer a symbol"
CASES = [
    SmallCase(
        "2.1",
        "phi(h) = A P(h), where the columns of A are the products of the M_k(e_j)",
        RANGE,
        "K",
        architectures,
        lifting,
        full={RATIONALS: 3},
        quick={RATIONALS: 2},
        sympy=True,
    ),
    SmallCase(
        "2.1'",
        "every linear map A is a lifted map: block selectors give phi(h) = A vec P(h)",
        "all S_k <= 2, m_{K+1} <= 2, every entry of A a symbol",
        "K",
        architectures,
        selectors,
        full={RATIONALS: 4},
        quick={RATIONALS: 2},
        sympy=True,
    ),
    SmallCase(
        "6.3",
        "telescoping: sum_k M_1 .. (M_k Z_k - Z_{k-1} M_k) .. M_K = 0 for Z_0 = Z_K = 0",
        "all m_k <= 2, every entry of every M_k and Z_k a symbol",
        "K",
        architectures,
        telescoping,
        full={RATIONALS: 4},
        quick={RATIONALS: 3},
        sympy=True,
    ),
    SmallCase(
        "11.2",
        "P(h) - P(g) = sum_k g_1 x .. x (h_k - g_k) x .. x h_K",
        "all S_k <= 2, every entry of h and g a symbol",
        "K",
        architectures,
        decomposition,
        full={RATIONALS: 5},
        quick={RATIONALS: 3},
        sympy=True,
    ),
]
