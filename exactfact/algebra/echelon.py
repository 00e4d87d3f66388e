"""A growing reduced echelon basis of sparse vectors over QQ or GF(p), exact, in plain Python.

For the small spaces that criteria ask about (interfaces of a chain, one layer's kernel).  Large matrices go through
`modular` and `rational`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Any

from exactfact.model import Field, LimitError

# Entry updates before an elimination is called too large: a few seconds of exact fractions.
WORK_LIMIT = 2_000_000

Vector = dict[int, Any]


class Echelon:
    """Vectors {position: entry}; every stored row has a 1 at its pivot, its least position.

    LimitError after WORK_LIMIT updated entries.
    """

    def __init__(self, field: Field) -> None:
        self.p = field.characteristic
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
        if self.work > WORK_LIMIT:
            raise LimitError("an exact elimination", "more entry updates", f"{WORK_LIMIT}")
        for position, value in row.items():
            entry = target.get(position, 0) - factor * value
            entry = entry % self.p if self.p else entry
            if entry:
                target[position] = entry
            else:
                target.pop(position, None)


def kernel(rows: list[Vector], width: int, field: Field) -> list[Vector]:
    """A basis of {x : row . x = 0 for every row}, as sparse vectors with a 1 at their free position.

    Exact over QQ (integers and fractions) or GF(p).  Cost: one elimination in plain Python.
    """
    echelon = Echelon(field)
    for row in rows:
        echelon.add(row)
    free = [position for position in range(width) if position not in echelon.rows]
    vectors: dict[int, Vector] = {position: {position: 1} for position in free}
    for row in echelon.basis():
        pivot = min(row)
        for position, value in row.items():
            if position != pivot:
                vectors[position][pivot] = -value % echelon.p if echelon.p else -value
    return list(vectors.values())
