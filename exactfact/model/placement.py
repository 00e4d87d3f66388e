"""Operators that place parameters in cells: entries, full, diagonal, and the fixed matrices.

`entries` is the universal family: every other one can be written with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from .arrays import Dense, dense, listed
from .errors import SpecError, at, describe, each
from .fields import Field
from .numbers import Number, integer, number
from .operators import Entry, Operator, set_field


@dataclass(frozen=True, repr=False)
class Entries(Operator):
    """M(h)[r, c] = sum of coefficient * h_j over the entries (r, c, j, coefficient)."""

    rows: int
    cols: int
    parameters: int
    cells: tuple[Entry, ...]
    family: ClassVar[str] = "entries"

    def __post_init__(self) -> None:
        check_shape(self)
        with at("parameters"):
            parameters = integer(self.parameters, 1)
        with at("entries"):
            cells = each(listed(self.cells), lambda item: _entry(item, self.rows, self.cols, parameters))
        set_field(self, parameters=parameters, cells=cells)

    def count(self) -> int:
        """The number of entries written."""
        return len(self.cells)

    def entries(self) -> Iterator[Entry]:
        """As written; repeated cells add up."""
        return iter(self.cells)

    def over(self, field: Field) -> Self:
        """Coefficient by coefficient; SpecError at `entries[i]`."""
        if not field.is_finite:
            return self
        with at("entries"):
            return replace(self, cells=each(self.cells, lambda cell: (*cell[:3], field.reduce(cell[3]))))

    def keys(self) -> dict[str, Any]:
        """The cells under the name `entries` that specs use."""
        return {"rows": self.rows, "cols": self.cols, "parameters": self.parameters, "entries": self.cells}


@dataclass(frozen=True, repr=False)
class Full(Operator):
    """M(h)[r, c] = h_{r cols + c}: no structure."""

    rows: int
    cols: int
    family: ClassVar[str] = "full"

    def __post_init__(self) -> None:
        check_shape(self)

    @property
    def parameters(self) -> int:
        """One for each cell."""
        return self.rows * self.cols

    def count(self) -> int:
        """All cells."""
        return self.rows * self.cols

    def entries(self) -> Iterator[Entry]:
        """Row by row."""
        return ((r, c, r * self.cols + c, 1) for r in range(self.rows) for c in range(self.cols))


@dataclass(frozen=True, repr=False)
class Diagonal(Operator):
    """M(h)[j, j] = h_j for j < min(rows, cols)."""

    rows: int
    cols: int
    family: ClassVar[str] = "diagonal"

    def __post_init__(self) -> None:
        check_shape(self)

    @property
    def parameters(self) -> int:
        """min(rows, cols)."""
        return min(self.rows, self.cols)

    def count(self) -> int:
        """The length of the diagonal."""
        return self.parameters

    def entries(self) -> Iterator[Entry]:
        """Down the diagonal."""
        return ((j, j, j, 1) for j in range(self.parameters))


@dataclass(frozen=True, repr=False)
class FixedDense(Operator):
    """A matrix without parameters, written row by row."""

    matrix: Dense
    family: ClassVar[str] = "fixed"

    def __post_init__(self) -> None:
        with at("matrix"):
            set_field(self, matrix=dense(self.matrix))

    @property
    def parameters(self) -> int:
        """0: a fixed operator."""
        return 0

    @property
    def rows(self) -> int:
        """The number of rows written."""
        return len(self.matrix)

    @property
    def cols(self) -> int:
        """The length of each row."""
        return len(self.matrix[0])

    def count(self) -> int:
        """All cells, the zeros included."""
        return self.rows * self.cols

    def entries(self) -> Iterator[Entry]:
        """Row by row, without the zeros."""
        return ((r, c, 0, v) for r, row in enumerate(self.matrix) for c, v in enumerate(row) if v)

    def over(self, field: Field) -> Self:
        """Entry by entry; SpecError at `matrix[row][col]`."""
        if not field.is_finite:
            return self
        with at("matrix"):
            return replace(self, matrix=each(self.matrix, lambda row: each(row, field.reduce)))


@dataclass(frozen=True, repr=False)
class FixedSparse(Operator):
    """A matrix without parameters, written as cells (r, c, value); repeated cells add up."""

    rows: int
    cols: int
    cells: tuple[tuple[int, int, Number], ...]
    family: ClassVar[str] = "fixed"

    def __post_init__(self) -> None:
        check_shape(self)
        with at("entries"):
            set_field(self, cells=each(listed(self.cells), lambda item: _cell(item, self.rows, self.cols)))

    @property
    def parameters(self) -> int:
        """0: a fixed operator."""
        return 0

    def count(self) -> int:
        """The number of cells written."""
        return len(self.cells)

    def entries(self) -> Iterator[Entry]:
        """As written; repeated cells add up."""
        return ((r, c, 0, v) for r, c, v in self.cells)

    def over(self, field: Field) -> Self:
        """Value by value; SpecError at `entries[i]`."""
        if not field.is_finite:
            return self
        with at("entries"):
            return replace(self, cells=each(self.cells, lambda cell: (*cell[:2], field.reduce(cell[2]))))

    def keys(self) -> dict[str, Any]:
        """The cells under the name `entries` that specs use."""
        return {"rows": self.rows, "cols": self.cols, "entries": self.cells}


def check_shape(operator: Any) -> None:
    """Validate `rows` and `cols` of an operator that is being constructed."""
    with at("rows"):
        rows = integer(operator.rows, 1)
    with at("cols"):
        cols = integer(operator.cols, 1)
    set_field(operator, rows=rows, cols=cols)


def _below(value: object, bound: int, what: str) -> int:
    found = integer(value, 0, what)
    if found >= bound:
        raise SpecError("", f"{what} between 0 and {describe(bound - 1)}", describe(found))
    return found


def _entry(item: object, rows: int, cols: int, parameters: int) -> Entry:
    parts = listed(item)
    if len(parts) not in (3, 4):
        raise SpecError("", "[row, col, parameter] or [row, col, parameter, coefficient]", describe(list(parts)))
    coefficient = number(parts[3]) if len(parts) == 4 else 1
    r, c = _below(parts[0], rows, "a row"), _below(parts[1], cols, "a column")
    return r, c, _below(parts[2], parameters, "a parameter"), coefficient


def _cell(item: object, rows: int, cols: int) -> tuple[int, int, Number]:
    parts = listed(item)
    if len(parts) != 3:
        raise SpecError("", "[row, col, value]", describe(list(parts)))
    return _below(parts[0], rows, "a row"), _below(parts[1], cols, "a column"), number(parts[2])
