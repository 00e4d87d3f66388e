"""A growing reduced echelon basis of sparse vectors over QQ or GF(p), exact.

For the small spaces that criteria ask about (interfaces of a chain, one layer's kernel): plain Python where few entries
meet, FLINT where the vectors are full.  Large matrices go through `modular` and `rational`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Any

from flint import fmpz_mat

from exactfact.model import Field, LimitError

# Entry updates before an elimination is called too large: a few seconds of exact fractions.
WORK_LIMIT = 2_000_000
# Entries of a matrix with at least an eighth of them nonzero that FLINT reduces at once.
DENSE_LIMIT, DENSE_SHARE = 300_000, 8

Vector = dict[int, Any]


class Echelon:
    """Vectors {position: entry}; every stored row has a 1 at its pivot, its least position.

    LimitError after `limit` updated entries.
    """

    def __init__(self, field: Field, limit: int = WORK_LIMIT) -> None:
        self.p = field.characteristic
        self.limit = limit
        self.rows: dict[int, Vector] = {}
        self.work = 0

    @property
    def rank(self) -> int:
        """The dimension of the span so far."""
        return len(self.rows)

    def reduce(self, vector: Mapping[int, Any]) -> Vector:
        """The vector minus a combination of the rows, zero at all pivots: zero exactly when it lies in the span."""
        rest = self._clean(dict(vector))
        pending = [position for position in rest if position in self.rows]
        heapify(pending)
        while pending:
            position = heappop(pending)
            if position not in rest:
                continue
            row = self.rows[position]
            self._subtract(rest, row, rest[position])
            for later in row:
                if later in self.rows and later != position:
                    heappush(pending, later)
        return rest

    def add(self, vector: Mapping[int, Any]) -> bool:
        """Enlarge the span; whether the vector was new.  Cost: the rows that the vector meets."""
        rest = self.reduce(vector)
        if not rest:
            return False
        pivot = min(rest)
        inverse = self._inverse(rest[pivot])
        self.rows[pivot] = self._clean({position: value * inverse for position, value in rest.items()})
        return True

    def basis(self) -> tuple[Vector, ...]:
        """The reduced basis, in order of pivots: each vector has zeros at the pivots of the others."""
        for pivot in sorted(self.rows, reverse=True):
            row = self.rows.pop(pivot)
            self.rows[pivot] = self.reduce(row)
        return tuple(self.rows[pivot] for pivot in sorted(self.rows))

    def _inverse(self, value: Any) -> Any:
        return pow(value, -1, self.p) if self.p else Fraction(1) / value

    def _clean(self, vector: Vector) -> Vector:
        if self.p:
            return {position: value % self.p for position, value in vector.items() if value % self.p}
        return {position: value for position, value in vector.items() if value}

    def _subtract(self, target: Vector, row: Vector, factor: Any) -> None:
        self.work += len(row)
        if self.work > self.limit:
            raise LimitError("an exact elimination", "more entry updates", f"{self.limit}")
        for position, value in row.items():
            entry = target.get(position, 0) - factor * value
            entry = entry % self.p if self.p else entry
            if entry:
                target[position] = entry
            else:
                target.pop(position, None)


def reduced_basis(vectors: Sequence[Vector], width: int, field: Field) -> tuple[Vector, ...]:
    """The reduced basis of the span of vectors with positions below `width`, in order of pivots.

    Exact over QQ (integers and fractions) or GF(p).  LimitError as in Echelon.  Cost: one elimination.
    """
    if not field.characteristic and dense(vectors, width):
        return _dense_basis(vectors, width)
    echelon = Echelon(field)
    for vector in vectors:
        echelon.add(vector)
    return echelon.basis()


def dense(vectors: Sequence[Vector], width: int) -> bool:
    """Whether vectors with positions below `width` are full enough, and few enough, for a matrix of FLINT."""
    size = len(vectors) * width
    return size <= DENSE_LIMIT and DENSE_SHARE * sum(map(len, vectors)) >= size


def _dense_basis(vectors: Sequence[Vector], width: int) -> tuple[Vector, ...]:
    """The same over QQ, by FLINT's fraction-free elimination."""
    scales = [math.lcm(*(int(value.denominator) for value in vector.values())) for vector in vectors]
    table = [
        [int(vector.get(position, 0) * scale) for position in range(width)]
        for vector, scale in zip(vectors, scales, strict=True)
    ]
    if not table or not width:
        return ()
    reduced, denominator, rank = fmpz_mat(table).rref()
    rows = [[int(value) for value in row] for row in reduced.tolist()[:rank]]
    return tuple({i: Fraction(value, int(denominator)) for i, value in enumerate(row) if value} for row in rows)


def kernel(rows: list[Vector], width: int, field: Field) -> list[Vector]:
    """A basis of {x : row . x = 0 for every row}, as sparse vectors with a 1 at their free position.

    Exact over QQ (integers and fractions) or GF(p).  Cost: one elimination in plain Python.
    """
    basis, p = reduced_basis(rows, width, field), field.characteristic
    pivots = {min(row) for row in basis}
    vectors: dict[int, Vector] = {position: {position: 1} for position in range(width) if position not in pivots}
    for row in basis:
        pivot = min(row)
        for position, value in row.items():
            if position != pivot:
                vectors[position][pivot] = -value % p if p else -value
    return list(vectors.values())
