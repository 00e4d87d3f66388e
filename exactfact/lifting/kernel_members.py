"""Members of rank at most 2 of a space of tensors of small dimension, over its field (theory 1.4, 4.1).

Small combinations of the basis, and the roots along lines through two of them, are filtered by 3 x 3 determinants of
compressed flattenings modulo a prime and decided by `rank_two`.  Over a small field all members are gone through.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import fmpz_poly, nmod_poly

from exactfact.algebra.modular import WORD_LIMIT, dtype_for
from exactfact.model import Field

from .rank_two import Term, rank_two
from .small_vectors import direction

ALL_MEMBERS = 40_000
COMBINATIONS = 4_000
LINES = 60
EXACT_TESTS = 400
UNFILTERED_TESTS = 1500
DETERMINANTS = 6
Array = Any


@dataclass(frozen=True)
class Space:
    """A basis of tensors with integer entries (residues over GF(p)), flattened in row-major order of `sizes`."""

    sizes: tuple[int, ...]
    basis: tuple[tuple[int, ...], ...]
    field: Field

    def member(self, weights: Sequence[int]) -> dict[tuple[int, ...], int]:
        """sum_i weights[i] basis[i] as a sparse tensor."""
        p = self.field.characteristic
        entries = [sum(w * v for w, v in zip(weights, column, strict=True)) for column in zip(*self.basis, strict=True)]
        indices = itertools.product(*(range(size) for size in self.sizes))
        reduced = (value % p if p else value for value in entries)
        return {index: value for index, value in zip(indices, reduced, strict=True) if value}


def members(space: Space, prime: int, seed: int) -> Iterator[tuple[Term, Term]]:
    """Factors (a, b) of members c a_1 x ... + d b_1 x ... of the space, a bounded number of candidates decided.

    `prime`: that of the filter, the characteristic over GF(p).
    """
    filters = _Filters(space, prime, seed)
    weights = _weights(len(space.basis), space.field.characteristic, seed)
    passed = filters.passed(weights)
    lines = _on_lines(space, filters, weights)
    done: set[tuple[int, ...]] = set()
    for candidate in itertools.chain(map(tuple, passed), lines):
        key = direction(candidate, space.field.characteristic)
        if key in done:
            continue
        done.add(key)
        if len(done) > (EXACT_TESTS if filters.small else UNFILTERED_TESTS):
            return
        found = rank_two(space.member(key), space.sizes, space.field.characteristic)
        if found.kind == "terms":
            yield found.terms[0], found.terms[-1]


def _weights(dimension: int, p: int, seed: int) -> list[tuple[int, ...]]:
    """Coefficient vectors to try, no two proportional, the small ones first."""
    if p and p**dimension <= ALL_MEMBERS:
        vectors = itertools.product(range(p), repeat=dimension)
        return [v for v in vectors if any(v) and next(x for x in v if x) == 1]
    box = 1
    while not p and (2 * box + 3) ** dimension <= 2 * COMBINATIONS:
        box += 1
    if (2 * box + 1) ** dimension <= 2 * COMBINATIONS:
        found = list(itertools.product(range(-box, box + 1), repeat=dimension))
    else:
        rng = random.Random(f"combinations {seed}")
        found = [_unit(dimension, {i: 1}) for i in range(dimension)]
        for a, b in itertools.combinations(range(dimension), 2):
            found += [_unit(dimension, {a: 1, b: 1}), _unit(dimension, {a: 1, b: -1})]
        low, high = (0, p - 1) if p else (-2, 2)
        found += [tuple(rng.randint(low, high) for _ in range(dimension)) for _ in range(COMBINATIONS - len(found))]
    found.sort(key=lambda v: sum(x * x for x in v))
    return list(dict.fromkeys(direction(v, p) for v in found if any(x % p if p else x for x in v)))


def _unit(size: int, entries: dict[int, int]) -> tuple[int, ...]:
    return tuple(entries.get(j, 0) for j in range(size))


class _Filters:
    """For each flattening with both sides at least 3 wide, its compressions R T C to 3 x 3, of all basis tensors."""

    def __init__(self, space: Space, prime: int, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.p, self.exact = prime, space.field.characteristic
        self.dtype = dtype_for(prime)
        shape = (len(space.basis), *space.sizes)
        self.tensors = np.array([[v % prime for v in t] for t in space.basis], dtype=self.dtype).reshape(shape)
        rounds = DETERMINANTS if prime > 100 else 4 * DETERMINANTS
        self.small = [self._compressed(rng, axes) for axes in _splits(space.sizes) for _ in range(rounds)]

    def _compressed(self, rng: np.random.Generator, axes: tuple[int, ...]) -> Array:
        count, *sizes = self.tensors.shape
        rest = [k for k in range(len(sizes)) if k not in axes]
        order = [0, *(k + 1 for k in axes), *(k + 1 for k in rest)]
        matrix = self.tensors.transpose(order).reshape(count, int(np.prod([sizes[k] for k in axes])), -1)
        left = self._random(rng, (3, matrix.shape[1]))
        right = self._random(rng, (matrix.shape[2], 3))
        half = np.stack([_product(left, m, self.p) for m in matrix])
        return np.stack([_product(m, right, self.p) for m in half])

    def _random(self, rng: np.random.Generator, shape: tuple[int, int]) -> Array:
        return (rng.integers(0, min(self.p, 2**62), shape) % self.p).astype(self.dtype)

    def passed(self, weights: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
        """The weights whose tensor may have rank at most 2."""
        if not self.small or not weights:
            return [tuple(w) for w in weights]
        table = np.array([[x % self.p for x in w] for w in weights], dtype=self.dtype)
        good = np.ones(len(table), dtype=bool)
        for small in self.small:
            left = np.flatnonzero(good)
            good[left] &= self.determinants(table[left], small) == 0
        return [tuple(weights[i]) for i in np.flatnonzero(good).tolist()]

    def determinants(self, table: Array, small: Array) -> Array:
        """det of the 3 x 3 matrices sum_i w_i small[i], for every row w of the table."""
        m = _product(table, small.reshape(len(small), 9), self.p)
        a, b, c, d, e, f, g, h, i = (m[:, t] for t in range(9))
        p = self.p
        minors = (e * i - f * h) % p, (d * i - f * g) % p, (d * h - e * g) % p
        return (a * minors[0] - b * minors[1] % p + c * minors[2]) % p


def _splits(sizes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Sets of layers, one or two, with at least three rows and columns in the flattening."""
    total = int(np.prod(sizes))
    for count in (1, 2):
        for axes in itertools.combinations(range(len(sizes)), count):
            rows = int(np.prod([sizes[k] for k in axes]))
            if rows >= 3 and total // rows >= 3 and (count == 1 or len(sizes) > 3):
                yield axes


def _product(left: Array, right: Array, p: int) -> Array:
    """Small products; residues below 2^22 in int64 do not overflow in fewer than 2^19 terms."""
    return left.dot(right) % p


def _on_lines(space: Space, filters: _Filters, weights: list[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """Members on lines through two small ones where the determinants vanish: rational roots of binary cubics."""
    p = space.field.characteristic
    if len(space.basis) < 2 or not filters.small or (p and p**len(space.basis) <= ALL_MEMBERS) or p >= WORD_LIMIT:
        return
    starts = weights[: max(len(space.basis), 12)]
    for u, v in itertools.islice(itertools.combinations(starts, 2), LINES):
        for s, t in _common_roots(space, u, v):
            yield tuple(s * a + t * b for a, b in zip(u, v, strict=True))


def _common_roots(space: Space, u: Sequence[int], v: Sequence[int]) -> list[tuple[int, int]]:
    """(s, t) where all compressed 3 x 3 determinants of s U + t V vanish, t not 0."""
    p = space.field.characteristic
    first, second = (_dense(space, w) for w in (u, v))
    rng = random.Random("lines")
    common: Any = None
    for axes in _splits(space.sizes):
        for _ in range(2):
            values = _cubic(first, second, space.sizes, axes, rng, p)
            poly = nmod_poly([int(x) for x in values], p) if p else fmpz_poly(values)
            common = poly if common is None else common.gcd(poly)
    if common is None or not common.degree() > 0:
        return []
    if p:
        return [(1, int(root)) for root, _ in common.roots()] if p > 3 else []
    linear = [factor for factor, _ in common.factor()[1] if factor.degree() == 1]
    return [(int(f[1]), -int(f[0])) for f in linear]


def _dense(space: Space, weights: Sequence[int]) -> Array:
    entries = [sum(w * x for w, x in zip(weights, column, strict=True)) for column in zip(*space.basis, strict=True)]
    return np.array(entries, dtype=object).reshape(space.sizes)


def _cubic(
    first: Array, second: Array, sizes: Sequence[int], axes: tuple[int, ...], rng: random.Random, p: int
) -> list[int]:
    """Coefficients of det R (U + t V) C, from its values at t = 0, 1, -1, 2, for small random integers R, C."""
    rest = [k for k in range(len(sizes)) if k not in axes]
    rows = int(np.prod([sizes[k] for k in axes]))
    u, v = (x.transpose([*axes, *rest]).reshape(rows, -1) for x in (first, second))
    left = np.array([[rng.randint(-3, 3) for _ in range(rows)] for _ in range(3)], dtype=object)
    right = np.array([[rng.randint(-3, 3) for _ in range(3)] for _ in range(u.shape[1])], dtype=object)
    u, v = left.dot(u).dot(right), left.dot(v).dot(right)
    at = [_det(u + t * v) for t in (0, 1, -1, 2)]
    c0 = at[0]
    c2 = (at[1] + at[2] - 2 * c0) // 2
    odd = (at[1] - at[2]) // 2
    c3 = (at[3] - c0 - 4 * c2 - 2 * odd) // 6
    return [c % p if p else c for c in (c0, odd - c3, c2, c3)]


def _det(m: Array) -> int:
    (a, b, c), (d, e, f), (g, h, i) = m.tolist()
    return int(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g))
