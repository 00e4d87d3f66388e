"""Cubics that vanish on sums of two decomposable tensors of Ker A, and their multiples (theory 4.4), modulo a prime.

T(t) = sum t_i B_i runs through Ker (A mod p); a 3 x 3 minor of a flattening of T(t) is a cubic in t.  When the
multiples of degree D of some cubics are all forms of degree D, no T(t) but 0 has rank <= 2.  The rows of that one
linear system that suffice are kept: a list of minors, each with the monomials to multiply it by.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, combinations_with_replacement, product
from typing import Any

import numpy as np

from exactfact.algebra.modular import pivot_rows

Array = Any
# A flattening (layers on the row side), three rows, three columns.
Minor = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
Tick = Callable[[str], None]

BATCH = 64
ALL_MINORS = 4000
SPARE = 100


@dataclass(frozen=True)
class Macaulay:
    """All forms of that degree from the minors, each multiplied by the monomials with these numbers."""

    degree: int
    minors: tuple[tuple[Minor, tuple[int, ...]], ...]


@cache
def monomials(variables: int, degree: int) -> dict[tuple[int, ...], int]:
    """The number of each monomial, a sorted tuple of variables, in lexicographic order."""
    listed = combinations_with_replacement(range(variables), degree)
    return {monomial: number for number, monomial in enumerate(listed)}


def forms(variables: int, degree: int) -> int:
    """dim of the forms of a degree in so many variables: binom(variables + degree - 1, degree)."""
    return math.comb(variables + degree - 1, degree)


def all_forms(
    basis: Array, sizes: Sequence[int], p: int, degrees: Sequence[int], limit: int, seed: int, check: Tick
) -> Macaulay | str:
    """The first of the degrees in which the cubics generate everything; else why not, in words.

    `basis`: vectors of Ker A mod p, one a row; `limit` bounds the numbers of one linear system.  Cost: one elimination
    for each degree, of as many columns as there are monomials.
    """
    variables = len(basis)
    check("minors of flattenings")
    chosen = minors(basis, sizes, forms(variables, 3), seed)
    cubics = _cubics(basis, sizes, chosen, p, check)
    kept = pivot_rows(cubics, p) if len(cubics) else []
    if not kept:
        return "no flattening has a minor of order 3 that is not zero on the kernel"
    chosen, cubics = [chosen[i] for i in kept], cubics[kept]
    for degree in degrees:
        columns, factors = forms(variables, degree), forms(variables, degree - 3)
        if len(kept) * factors < columns:
            continue
        if columns * min(len(kept) * factors, 3 * columns) > limit:
            return f"the forms of degree {degree} in {variables} variables are too many"
        check(f"forms of degree {degree}")
        order = _order(len(kept), factors, 3 * columns)
        rows = pivot_rows(_multiples(cubics, variables, degree, order), p)
        if len(rows) == columns:
            used: dict[int, list[int]] = {}
            for row in rows:
                minor, factor = order[row]
                used.setdefault(minor, []).append(factor)
            return Macaulay(degree, tuple((chosen[i], tuple(sorted(used[i]))) for i in sorted(used)))
    return f"the minors do not generate all forms of a degree up to {max(degrees)}"


def _order(cubics: int, factors: int, most: int) -> list[tuple[int, int]]:
    """Pairs (cubic, factor), spread over both when there are more than `most`."""
    pairs = [(i, f) for f in range(factors) for i in range(cubics)]
    return pairs if len(pairs) <= most else random.Random("exactfact:multiples").sample(pairs, most)


def _multiples(cubics: Array, variables: int, degree: int, order: list[tuple[int, int]]) -> Array:
    target, factors = monomials(variables, degree), list(monomials(variables, degree - 3))
    cubic_monomials = list(monomials(variables, 3))
    shifts = np.array(
        [[target[tuple(sorted(m + factor))] for m in cubic_monomials] for factor in factors], dtype=np.int64
    )
    rows = np.zeros((len(order), len(target)), dtype=cubics.dtype)
    for row, (i, factor) in enumerate(order):
        rows[row, shifts[factor]] = cubics[i]
    return rows


def minors(basis: Array, sizes: Sequence[int], wanted: int, seed: int) -> list[Minor]:
    """All minors of order 3 on nonzero rows and columns of flattenings, or about three times `wanted` of them."""
    tensor = basis.reshape(len(basis), *sizes)
    pools = []
    for side in _sides(len(sizes)):
        flat = _flattened(tensor, side)
        rows = np.flatnonzero(flat.any(axis=(0, 2))).tolist()
        cols = np.flatnonzero(flat.any(axis=(0, 1))).tolist()
        if len(rows) >= 3 and len(cols) >= 3:
            pools.append((side, rows, cols))
    total = sum(math.comb(len(rows), 3) * math.comb(len(cols), 3) for _, rows, cols in pools)
    if total <= ALL_MINORS:
        return [
            (side, r, c) for side, rows, cols in pools for r in combinations(rows, 3) for c in combinations(cols, 3)
        ]
    rng = random.Random(f"exactfact:minors:{seed}")
    drawn: dict[Minor, None] = {}
    for _ in range(3 * wanted + SPARE):
        side, rows, cols = rng.choice(pools)
        drawn[side, tuple(sorted(rng.sample(rows, 3))), tuple(sorted(rng.sample(cols, 3)))] = None
    return list(drawn)


def _sides(depth: int) -> list[tuple[int, ...]]:
    """One side of every flattening, the one with fewer layers (with layer 0 when both have the same)."""
    sides: list[tuple[int, ...]] = []
    for size in range(1, depth // 2 + 1):
        sides += [side for side in combinations(range(depth), size) if 2 * size < depth or 0 in side]
    return sides


def _flattened(tensor: Array, side: tuple[int, ...]) -> Array:
    """The stack of matrices with the layers of the side as rows and the others as columns, both lexicographic."""
    depth = tensor.ndim - 1
    others = [k for k in range(depth) if k not in side]
    moved = tensor.transpose(0, *(k + 1 for k in side), *(k + 1 for k in others))
    rows = math.prod(tensor.shape[k + 1] for k in side)
    return moved.reshape(len(tensor), rows, -1)


def _cubics(basis: Array, sizes: Sequence[int], chosen: list[Minor], p: int, check: Tick) -> Array:
    """The coefficients of the minors, one row each."""
    tensor = basis.reshape(len(basis), *sizes)
    variables = len(basis)
    numbers = monomials(variables, 3)
    places = np.array([numbers[tuple(sorted(triple))] for triple in product(range(variables), repeat=3)])
    order = np.argsort(places, kind="stable")
    starts = np.flatnonzero(np.diff(places[order], prepend=-1))
    result = [np.zeros((0, len(numbers)), dtype=basis.dtype)]
    flattened = {side: _flattened(tensor, side) for side in {minor[0] for minor in chosen}}
    for start in range(0, len(chosen), BATCH):
        check("minors of flattenings")
        batch = chosen[start : start + BATCH]
        linear = np.stack([flattened[side][:, rows][:, :, cols] for side, rows, cols in batch]).transpose(0, 2, 3, 1)
        terms = _determinant(linear, p).reshape(len(batch), -1)[:, order]
        result.append(np.add.reduceat(terms, starts, axis=1) % p)
    return np.concatenate(result)


def _determinant(linear: Array, p: int) -> Array:
    """det of stacks of 3 x 3 matrices of linear forms, as trilinear coefficients: expansion along the first row."""
    total: Array = 0
    for i, (j, k) in enumerate(((1, 2), (2, 0), (0, 1))):
        minor = _outer(linear[:, 1, j], linear[:, 2, k], p) - _outer(linear[:, 1, k], linear[:, 2, j], p)
        total = (total + linear[:, 0, i][:, :, None, None] * (minor % p)[:, None] % p) % p
    return total


def _outer(x: Array, y: Array, p: int) -> Array:
    return x[:, :, None] * y[:, None, :] % p
