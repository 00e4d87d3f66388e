"""Pairs on a line: a fixed, b = s b_0 + t b_1, where [phi(a, .) | phi(b, .)] is square (theory 5.2a).

The roots of its determinant in (s : t) over the field are vectors b for which a pair exists.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from flint import nmod_mat, nmod_poly

from exactfact.algebra.modular import WORD_LIMIT, column_relations, rank_mod_p
from exactfact.algebra.reconstruction import reconstruct

from .pair_proposals import Point, Proposal, Search, put
from .small_vectors import direction
from .two_layers import blocks

LARGEST_LAYER = 12
VECTORS = 12
LARGEST_FRACTION = 40  # a residue mod p > 2^21 is such a fraction by chance once in 500 times
Array = Any


def on_lines(
    search: Search, base: Point, layers: tuple[int, int], table: Array, candidates: list[tuple[int, ...]]
) -> Iterator[Proposal]:
    """a fixed and b on a line, where [phi(a, .) | phi(b, .)] is square: rational roots of its determinant.

    Tried when all vectors of one layer together show exactly twice as many dimensions as the other layer has.
    """
    moved, solved = layers
    size, p = table.shape[1], search.residues.p
    whole = (tuple(range(size)),) == search.supports[solved] and len(search.supports[moved]) == 1
    if not whole or size > LARGEST_LAYER or p >= WORD_LIMIT or p <= 2 * size:
        return
    if rank_mod_p(table.reshape(-1, table.shape[2]), p) != 2 * size:
        return
    columns = table[:, :, column_relations(table.reshape(-1, table.shape[2]), p)[0]]
    triples = sorted(itertools.permutations(range(min(len(candidates), VECTORS)), 3), key=lambda t: (sum(t), t))
    for a, b, c in (t for t in triples if t[1] < t[2]):
        if not search.spend(4 * size * size):
            return
        left, start, step = (blocks(columns, [candidates[x]], p)[0] for x in (a, b, c))
        for t in _line_roots(left, start, step, p, rational=not search.p):
            vector = tuple(t[0] * x + t[1] * y for x, y in zip(candidates[b], candidates[c], strict=True))
            if any(v % search.p if search.p else v for v in vector):
                h, g = put(base, moved, candidates[a]), put(base, moved, direction(vector, search.p))
                everything = tuple(range(size))
                yield Proposal(solved, h, g, (everything, everything))


def _line_roots(left: Array, start: Array, step: Array, p: int, *, rational: bool) -> list[tuple[int, int]]:
    """(s, t) with det [left; s start + t step] = 0 mod p; for QQ those with small s and t, as fractions mod p."""
    size = len(left)
    values = []
    for t in range(size + 1):
        rows = np.concatenate([left, (start + t * step) % p])
        values.append(int(nmod_mat(2 * size, 2 * size, rows.ravel().tolist(), p).det()))
    poly = _interpolate(values, p)
    if poly.degree() < 1:
        return []
    roots = [int(root) for root, _ in poly.roots()]
    if not rational:
        return [(1, root) for root in roots]
    fractions = [f for root in roots if (f := reconstruct(root, p)) is not None]
    return [(f.denominator, f.numerator) for f in fractions if max(f.denominator, abs(f.numerator)) <= LARGEST_FRACTION]


def _interpolate(values: Sequence[int], p: int) -> nmod_poly:
    """The polynomial of degree below len(values) with these values at 0, 1, 2, ..., by Newton's differences."""
    differences, total, power = list(values), nmod_poly([0], p), nmod_poly([1], p)
    for order in range(len(values)):
        total += power * nmod_poly([differences[0]], p)
        power = power * nmod_poly([-order % p, 1], p) * nmod_poly([pow(order + 1, -1, p)], p)
        differences = [(b - a) % p for a, b in itertools.pairwise(differences)]
    return total
