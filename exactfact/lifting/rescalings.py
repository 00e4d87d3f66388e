"""Rescalings of single parameters that leave phi(h) as it is, beside the scalings: Hom(L_0/L, F*) (theory 9.1).

One-parameter groups (h_j becomes s^w h_j) come from the integer vectors orthogonal to the lattice L, roots of unity
from its torsion: vectors that are orthogonal to L modulo a prime only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flint import fmpz_mat, nmod_mat

from exactfact.algebra.lattice import Lattice
from exactfact.algebra.primes import WORD_RANGE, random_primes

SIZE_LIMIT = 120

Weights = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Rescaling:
    """`weights[k][j]` is w when parameter j of layer k is multiplied by s^w.

    `order` 0: for every s; a prime: for every s with s^order = 1.
    """

    order: int
    weights: Weights


def rescalings(vectors: Iterable[Mapping[int, int]], sizes: Sequence[int], primes: Sequence[int]) -> list[Rescaling]:
    """Generators beside the scalings: the torus, then for each prime those of that order; [] when too large.

    `vectors` generate L; `primes` divide the order of the torsion of L_0/L.
    """
    total = sum(sizes)
    if total > SIZE_LIMIT:
        return []
    lattice = Lattice(total)
    for vector in vectors:
        lattice.add(vector)
    rows = [[row.get(j, 0) for j in range(total)] for row in lattice.rows.values()]
    orthogonal = _orthogonal(rows, total)
    known = _scalings(sizes)
    found = []
    for weights in sorted((_tidy(vector, sizes, 0) for vector in orthogonal), key=_length):
        grown = [*known, _flat(weights)]
        if _rank(grown, _word_prime()) == len(grown):
            known = grown
            found.append(Rescaling(0, _positive(weights)))
    for p in primes:
        known = [*orthogonal]
        for root in _kernel(rows, total, p):
            grown = [*known, root]
            if _rank(grown, p) == len(grown):
                known = grown
                found.append(Rescaling(p, _tidy(root, sizes, p)))
    return found


def _orthogonal(rows: list[list[int]], total: int) -> list[list[int]]:
    """A short basis of the integer vectors orthogonal to the rows: those below the echelon form of [rows^T | 1]."""
    columns = len(rows)
    table = [[row[j] for row in rows] + [int(i == j) for i in range(total)] for j in range(total)]
    echelon = fmpz_mat(total, columns + total, [x for line in table for x in line]).hnf()
    basis = [
        [int(echelon[i, columns + j]) for j in range(total)]
        for i in range(total)
        if not any(echelon[i, c] for c in range(columns))
    ]
    if not basis:
        return []
    short = fmpz_mat(len(basis), total, [x for line in basis for x in line]).lll()
    return [[int(short[i, j]) for j in range(total)] for i in range(len(basis))]


def _kernel(rows: list[list[int]], total: int, p: int) -> list[list[int]]:
    kernel, nullity = nmod_mat(len(rows), total, [x % p for row in rows for x in row], p).nullspace()
    return [[int(kernel[i, j]) for i in range(total)] for j in range(nullity)]


def _scalings(sizes: Sequence[int]) -> list[list[int]]:
    """Layer k times s, the last layer divided by s."""
    flat = [k for k, size in enumerate(sizes) for _ in range(size)]
    last = len(sizes) - 1
    return [[int(k == layer) - int(k == last) for k in flat] for layer in range(last)]


def _rank(rows: list[list[int]], p: int) -> int:
    return int(nmod_mat(len(rows), len(rows[0]), [x % p for row in rows for x in row], p).rank())


def _word_prime() -> int:
    return next(random_primes(0, "rescalings", 1, WORD_RANGE))


def _tidy(vector: Sequence[int], sizes: Sequence[int], p: int) -> Weights:
    """The same modulo the scalings with as many zeros as possible, layer by layer.

    The most frequent weight of each layer is subtracted; the layer that pays for the sum is the one that costs least.
    """
    layers, start = [], 0
    for size in sizes:
        layers.append(list(vector[start : start + size]))
        start += size
    shifts = [Counter(layer).most_common(1)[0][0] for layer in layers]
    excess = sum(shifts)
    excess = excess % p if p else excess
    if excess:
        costs = [
            sum(_mod(w - shift + excess, p) != 0 for w in layer) - sum(w != shift for w in layer)
            for layer, shift in zip(layers, shifts, strict=True)
        ]
        shifts[costs.index(min(costs))] -= excess
    return tuple(tuple(_mod(w - shift, p) for w in layer) for layer, shift in zip(layers, shifts, strict=True))


def _mod(value: int, p: int) -> int:
    return value % p if p else value


def _positive(weights: Weights) -> Weights:
    """The first weight that is not zero, positive."""
    first = next((w for layer in weights for w in layer if w), 1)
    return weights if first > 0 else tuple(tuple(-w for w in layer) for layer in weights)


def _flat(weights: Weights) -> list[int]:
    return [w for layer in weights for w in layer]


def _length(weights: Weights) -> tuple[int, int]:
    flat = _flat(weights)
    return sum(w != 0 for w in flat), sum(map(abs, flat))
