"""All linear vector fields along which phi does not change, from the list of columns of A (theory 6.3, 6.4).

They are the Lie algebra of a group defined over QQ whose rational points are dense: where they move a point in more
directions than the scalings do, its fibre holds infinitely many rational classes.
"""

from __future__ import annotations

import itertools
import random

from flint import nmod_mat

from . import brute
from .exact import rank
from .expand import Dense
from .fibres import PRIME, modular

MOST = 1_000_000  # entries of the linear system


class Symmetries:
    """A basis of the fields modulo a large prime; `freedom` says how far they move a point."""

    def __init__(self, arch: Dense) -> None:
        self.sizes = arch.sizes
        self.unknowns = sum(s * s for s in arch.sizes)
        columns = brute.columns(modular(arch))
        cells = len(next(iter(columns.values())))
        self.known = self.unknowns * len(columns) * cells <= MOST
        self.fields = _nullspace(_equations(columns, cells, arch.sizes), self.unknowns) if self.known else []

    def freedom(self, h: list | None = None) -> int:
        """Dimension of the directions at h (a random point by default) beyond those of the scalings."""
        rng = random.Random("freedom")
        point = h or [[rng.randrange(1, PRIME) for _ in range(s)] for s in self.sizes]
        point = [[int(v.numerator * pow(v.denominator, -1, PRIME)) % PRIME for v in layer] for layer in point]
        return rank([self._direction(field, point) for field in self.fields], PRIME) - (len(self.sizes) - 1)

    def _direction(self, field: list[int], h: list) -> list[int]:
        out, start = [], 0
        for vector in h:
            size = len(vector)
            for j in range(size):
                row = field[start + j * size : start + (j + 1) * size]
                out.append(sum(x * y for x, y in zip(row, vector, strict=True)) % PRIME)
            start += size * size
        return out


def _equations(columns: dict, cells: int, sizes: list[int]) -> list[list[int]]:
    """sum_k sum_j D_k[j, i_k] A_{.. j at k ..} = 0 for every multi-index i and every cell."""
    starts = [0, *itertools.accumulate(s * s for s in sizes)]
    rows = []
    for index in itertools.product(*map(range, sizes)):
        block = [[0] * starts[-1] for _ in range(cells)]
        for k, size in enumerate(sizes):
            for j in range(size):
                column = columns[(*index[:k], j, *index[k + 1 :])]
                for row, value in zip(block, column, strict=True):
                    row[starts[k] + j * size + index[k]] = value
        rows += [row for row in block if any(row)]
    return rows


def _nullspace(rows: list[list[int]], unknowns: int) -> list[list[int]]:
    if not rows:
        return [[int(i == j) for j in range(unknowns)] for i in range(unknowns)]
    matrix = nmod_mat(len(rows), unknowns, [v for row in rows for v in row], PRIME)
    basis, found = matrix.nullspace()
    return [[int(basis[r, c]) for r in range(unknowns)] for c in range(found)]
