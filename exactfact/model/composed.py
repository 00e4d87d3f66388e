"""Operators made of others: block_diagonal, kronecker, and a basis of matrices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Self

from .arrays import Dense, dense, listed
from .errors import SpecError, at, describe, each
from .fields import Field
from .layer import Layer, as_layer
from .numbers import integer
from .operators import Entry, Operator, check_nesting, set_field


@dataclass(frozen=True, repr=False)
class BlockDiagonal(Operator):
    """diag(M_1(h_1), ..., M_B(h_B)), the parameters of the blocks one after the other."""

    blocks: tuple[Layer, ...]
    family: ClassVar[str] = "block_diagonal"

    def __post_init__(self) -> None:
        with at("blocks"):
            blocks = each(listed(self.blocks), _parametric)
            if not blocks:
                raise SpecError("", "at least one block", "an empty list")
        set_field(self, blocks=blocks)
        check_nesting(self.nesting, self.nested)

    @cached_property
    def rows(self) -> int:
        """The rows of all blocks together."""
        return sum(block.rows for block in self.blocks)

    @cached_property
    def cols(self) -> int:
        """The columns of all blocks together."""
        return sum(block.cols for block in self.blocks)

    @cached_property
    def parameters(self) -> int:
        """The parameters of all blocks together, block after block."""
        return sum(block.parameters for block in self.blocks)

    @cached_property
    def nesting(self) -> int:
        """One more than that of the deepest block."""
        return 1 + max(block.operator.nesting for block in self.blocks)

    @cached_property
    def nested(self) -> int:
        """Itself and all operators in its blocks."""
        return 1 + sum(block.operator.nested for block in self.blocks)

    @cached_property
    def _count(self) -> int:
        return sum(block.operator.count() for block in self.blocks)

    def count(self) -> int:
        """The counts of the blocks together."""
        return self._count

    def entries(self) -> Iterator[Entry]:
        """Block after block, rows, columns and parameters counted on."""
        row = col = parameter = 0
        for block in self.blocks:
            for r, c, j, value in block.operator.entries():
                yield row + r, col + c, parameter + j, value
            row, col, parameter = row + block.rows, col + block.cols, parameter + block.parameters

    def over(self, field: Field) -> Self:
        """Block by block; SpecError at `blocks[i]`."""
        if not field.is_finite:
            return self
        with at("blocks"):
            return replace(self, blocks=each(self.blocks, lambda block: block.over(field)))

    def keys(self) -> dict[str, Any]:
        """The blocks as tables, in order."""
        return {"blocks": [block.keys() for block in self.blocks]}


@dataclass(frozen=True, repr=False)
class Kronecker(Operator):
    """I_left (x) M(h) (x) I_right, with the parameters of M."""

    left: int
    right: int
    of: Layer
    family: ClassVar[str] = "kronecker"

    def __post_init__(self) -> None:
        with at("left"):
            left = integer(self.left, 1)
        with at("right"):
            right = integer(self.right, 1)
        with at("of"):
            inner = _parametric(self.of)
        set_field(self, left=left, right=right, of=inner)
        check_nesting(self.nesting, self.nested)

    @cached_property
    def rows(self) -> int:
        """left * of.rows * right."""
        return self.left * self.of.rows * self.right

    @cached_property
    def cols(self) -> int:
        """left * of.cols * right."""
        return self.left * self.of.cols * self.right

    @cached_property
    def parameters(self) -> int:
        """Those of the inner operator: every copy has the same."""
        return self.of.parameters

    @cached_property
    def nesting(self) -> int:
        """One more than that of the inner operator."""
        return 1 + self.of.operator.nesting

    @cached_property
    def nested(self) -> int:
        """Itself and all operators in the inner one."""
        return 1 + self.of.operator.nested

    @cached_property
    def _count(self) -> int:
        return self.left * self.right * self.of.operator.count()

    def count(self) -> int:
        """left * right times that of the inner operator."""
        return self._count

    def entries(self) -> Iterator[Entry]:
        """Entry after entry of the inner operator, each left * right times."""
        rows, cols = self.of.rows, self.of.cols
        for r, c, j, value in self.of.operator.entries():
            for i in range(self.left):
                row, col = (i * rows + r) * self.right, (i * cols + c) * self.right
                for k in range(self.right):
                    yield row + k, col + k, j, value

    def over(self, field: Field) -> Self:
        """The inner operator over the field; SpecError at `of`."""
        if not field.is_finite:
            return self
        with at("of"):
            return replace(self, of=self.of.over(field))

    def keys(self) -> dict[str, Any]:
        """The inner operator as a table."""
        return {"left": self.left, "right": self.right, "of": self.of.keys()}


@dataclass(frozen=True, repr=False)
class Basis(Operator):
    """M(h) = sum_j h_j matrices[j], the matrices given densely, all of one shape."""

    matrices: tuple[Dense, ...]
    family: ClassVar[str] = "basis"

    def __post_init__(self) -> None:
        with at("matrices"):
            matrices = each(listed(self.matrices), dense)
            if not matrices:
                raise SpecError("", "at least one matrix", "an empty list")
            shape = len(matrices[0]), len(matrices[0][0])
            for index, matrix in enumerate(matrices):
                if (len(matrix), len(matrix[0])) != shape:
                    required = f"{shape[0]} x {shape[1]}, as matrices[0]"
                    raise SpecError(f"[{index}]", required, f"{len(matrix)} x {len(matrix[0])}")
        set_field(self, matrices=matrices)

    @property
    def rows(self) -> int:
        """The rows of each matrix."""
        return len(self.matrices[0])

    @property
    def cols(self) -> int:
        """The columns of each matrix."""
        return len(self.matrices[0][0])

    @property
    def parameters(self) -> int:
        """One for each matrix."""
        return len(self.matrices)

    def count(self) -> int:
        """All cells of all matrices, the zeros included."""
        return self.parameters * self.rows * self.cols

    def entries(self) -> Iterator[Entry]:
        """Matrix after matrix, row by row, without the zeros."""
        for j, matrix in enumerate(self.matrices):
            for r, row in enumerate(matrix):
                for c, value in enumerate(row):
                    if value:
                        yield r, c, j, value

    def over(self, field: Field) -> Self:
        """Entry by entry; SpecError at `matrices[j][row][col]`."""
        if not field.is_finite:
            return self
        with at("matrices"):
            reduced = each(self.matrices, lambda matrix: each(matrix, lambda row: each(row, field.reduce)))
        return replace(self, matrices=reduced)


def _parametric(value: object) -> Layer:
    if not isinstance(value, Layer | Operator):
        raise SpecError("", "a layer", describe(value))
    layer = as_layer(value)
    if layer.fixed:
        raise SpecError("", "a layer with parameters", f'the operator "{layer.operator.family}", which has none')
    return layer
