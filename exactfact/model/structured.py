"""Operators with shift structure: circulant, toeplitz, hankel, butterfly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from .arrays import axes, integers, taps
from .errors import SpecError, at, describe, integer_text
from .numbers import integer
from .operators import Entry, Operator, check_distinct, positions, set_field
from .placement import check_shape


@dataclass(frozen=True, repr=False)
class Circulant(Operator):
    """(M(h) x)_i = sum_j h_j x_{i - support[j]}, indices modulo `size` axis by axis, flattened row-major."""

    size: tuple[int, ...]
    support: tuple[tuple[int, ...], ...]
    family: ClassVar[str] = "circulant"

    def __post_init__(self) -> None:
        with at("size"):
            size = axes(self.size, 1)
        with at("support"):
            support = taps(self.support, len(size))
            reduced = (tuple(s % n for s, n in zip(shift, size, strict=True)) for shift in support)
            check_distinct(reduced, support, "shifts that differ modulo size")
        set_field(self, size=size, support=support)

    @property
    def rows(self) -> int:
        """The size of the group, prod(size)."""
        return math.prod(self.size)

    @property
    def cols(self) -> int:
        """The same: circulants are square."""
        return self.rows

    @property
    def parameters(self) -> int:
        """One for each shift of the support."""
        return len(self.support)

    def count(self) -> int:
        """One cell of every row for each shift."""
        return self.rows * len(self.support)

    def entries(self) -> Iterator[Entry]:
        """Shift after shift, a permutation matrix each."""
        for j, shift in enumerate(self.support):
            for row, position in enumerate(positions(self.size)):
                col = 0
                for i, s, n in zip(position, shift, self.size, strict=True):
                    col = col * n + (i - s) % n
                yield row, col, j, 1


@dataclass(frozen=True, repr=False)
class Toeplitz(Operator):
    """M(h)[i, l] = h_{i - l + cols - 1}; with `diagonals`, h_j on the diagonal i - l = diagonals[j]."""

    rows: int
    cols: int
    diagonals: tuple[int, ...] | None = None
    family: ClassVar[str] = "toeplitz"

    def __post_init__(self) -> None:
        check_shape(self)
        if self.diagonals is None:
            return
        with at("diagonals"):
            diagonals = integers(self.diagonals)
            for index, d in enumerate(diagonals):
                if not -self.cols < d < self.rows:
                    required = f"i - l between {integer_text(1 - self.cols)} and {integer_text(self.rows - 1)}"
                    raise SpecError(f"[{index}]", required, describe(d))
            check_distinct(iter(diagonals), diagonals, "diagonals that differ")
        set_field(self, diagonals=diagonals)

    @property
    def parameters(self) -> int:
        """One for each diagonal: rows + cols - 1, or those listed."""
        return self.rows + self.cols - 1 if self.diagonals is None else len(self.diagonals)

    def count(self) -> int:
        """At most min(rows, cols) cells on each listed diagonal."""
        if self.diagonals is None:
            return self.rows * self.cols
        return min(self.rows, self.cols) * len(self.diagonals)

    def entries(self) -> Iterator[Entry]:
        """Diagonal after diagonal, from the top right corner or as listed."""
        diagonals = range(1 - self.cols, self.rows) if self.diagonals is None else self.diagonals
        for j, d in enumerate(diagonals):
            for i in range(max(d, 0), min(self.rows, self.cols + d)):
                yield i, i - d, j, 1


@dataclass(frozen=True, repr=False)
class Hankel(Operator):
    """M(h)[i, l] = h_{i + l}."""

    rows: int
    cols: int
    family: ClassVar[str] = "hankel"

    def __post_init__(self) -> None:
        check_shape(self)

    @property
    def parameters(self) -> int:
        """One for each antidiagonal: rows + cols - 1."""
        return self.rows + self.cols - 1

    def count(self) -> int:
        """All cells."""
        return self.rows * self.cols

    def entries(self) -> Iterator[Entry]:
        """Row by row."""
        return ((i, c, i + c, 1) for i in range(self.rows) for c in range(self.cols))


@dataclass(frozen=True, repr=False)
class Butterfly(Operator):
    """n x n, n = 2^L: nonzeros at c = r and c = r xor n / 2^(level + 1), numbered by row, then column."""

    size: int
    level: int
    family: ClassVar[str] = "butterfly"

    def __post_init__(self) -> None:
        with at("size"):
            size = integer(self.size, 2)
            if size & (size - 1):
                raise SpecError("", "a power of 2", describe(size))
        with at("level"):
            level = integer(self.level, 0)
            if level >= size.bit_length() - 1:
                raise SpecError("", f"a level between 0 and {size.bit_length() - 2}", describe(level))
        set_field(self, size=size, level=level)

    @property
    def rows(self) -> int:
        """n, a power of 2."""
        return self.size

    @property
    def cols(self) -> int:
        """The same: butterflies are square."""
        return self.size

    @property
    def parameters(self) -> int:
        """Two in each row."""
        return 2 * self.size

    def count(self) -> int:
        """Two cells in each row."""
        return 2 * self.size

    def entries(self) -> Iterator[Entry]:
        """Row by row, (r, c) with bit n / 2^(level + 1) of c clear before the other."""
        bit = self.size >> (self.level + 1)
        for r in range(self.size):
            yield r, r & ~bit, 2 * r, 1
            yield r, r | bit, 2 * r + 1, 1
