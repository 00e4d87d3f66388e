"""A layer: an operator with a name, and its matrices over a field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from .errors import LimitError, SpecError, at, describe
from .fields import Field
from .numbers import Number
from .operators import Operator

MATRICES_LIMIT = 10_000_000
NAME_LIMIT = 200
TITLE_LIMIT = 2000

SparseMatrix = dict[tuple[int, int], Number]


@dataclass(frozen=True, repr=False)
class Layer:
    """One factor of the product: M_k, an operator (rows x cols, S parameters) or a fixed matrix."""

    operator: Operator
    name: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.operator, Operator):
            raise SpecError("operator", "an operator", describe(self.operator))
        with at("name"):
            check_text(self.name, NAME_LIMIT)

    def __repr__(self) -> str:
        return f"<Layer {self.name!r}: {self.operator.summary}>" if self.name else f"<Layer {self.operator.summary}>"

    @property
    def rows(self) -> int:
        """m_k: rows of the matrix."""
        return self.operator.rows

    @property
    def cols(self) -> int:
        """m_{k+1}: columns of the matrix."""
        return self.operator.cols

    @property
    def parameters(self) -> int:
        """S_k, the number of parameters; 0 for a fixed layer."""
        return self.operator.parameters

    @property
    def fixed(self) -> bool:
        """Whether the layer has no parameter: one matrix, absorbed by its neighbour."""
        return self.operator.fixed

    def over(self, field: Field) -> Layer:
        """The layer with its coefficients reduced to `field`.  SpecError when p divides a denominator."""
        reduced = self.operator.over(field)
        return self if reduced is self.operator else replace(self, operator=reduced)

    def matrices(self, field: Field, limit: int = MATRICES_LIMIT) -> tuple[SparseMatrix, ...]:
        """M(e_0), ..., M(e_{S-1}) over `field` (one matrix for a fixed layer), as dicts cell -> nonzero value.

        Repeated cells are added, residues reduced, zeros dropped.  Raises LimitError when the number of entries or of
        parameters is beyond `limit`; cost linear in it.
        """
        needed = max(self.operator.count(), self.parameters)
        if needed > limit:
            raise LimitError(f"writing out the matrices of {self.describe()}", needed, limit)
        found: tuple[SparseMatrix, ...] = tuple({} for _ in range(max(1, self.parameters)))
        with at(self.describe()):
            for row, col, parameter, value in self.operator.entries():
                matrix = found[parameter]
                total = field.reduce(matrix.get((row, col), 0) + value)
                matrix[row, col] = total.numerator if total.denominator == 1 else total
        return tuple({cell: value for cell, value in matrix.items() if value} for matrix in found)

    def keys(self) -> dict[str, Any]:
        """The canonical keys of the layer, numbers not yet encoded."""
        return {"name": self.name, "operator": self.operator.family, **self.operator.keys()}

    def describe(self) -> str:
        """How errors name a layer that has no index yet."""
        return f'layer "{self.name}"' if self.name else f"layer ({self.operator.family})"


def as_layer(value: Layer | Operator) -> Layer:
    """A layer without a name from a bare operator; a layer as it is."""
    return Layer(value) if isinstance(value, Operator) else value


def check_text(value: object, limit: int, *, multiline: bool = False) -> None:
    """Refuse what cannot be printed everywhere: long strings, lone surrogates, control characters."""
    if not isinstance(value, str):
        raise SpecError("", "a string", describe(value))
    if len(value) > limit:
        raise SpecError("", f"at most {limit} characters", f"{len(value)}")
    allowed = "\n\t" if multiline else ""
    for character in value:
        code = ord(character)
        if code < 32 and character not in allowed or 127 <= code < 160 or 0xD800 <= code < 0xE000:
            raise SpecError("", "printable characters", f"the character U+{code:04X}")
