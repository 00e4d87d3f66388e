"""Operators: linear maps from S parameters to rows x cols matrices, one frozen dataclass a family.

An operator never holds its matrices: sizes come from closed formulas, and `entries` yields the nonzero cells of
M(e_0), ..., M(e_{S-1}) one at a time, so a spec may claim 10^12 rows at no cost.
"""

from __future__ import annotations

import dataclasses
import math
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Self

from .errors import SpecError, describe, integer_text
from .fields import QQ, Field
from .numbers import Number

Entry = tuple[int, int, int, Number]

NESTING_LIMIT = 20
NESTED_OPERATORS_LIMIT = 100_000


class Operator(ABC):
    """A linear map h -> M(h), F^S -> F^{rows x cols}; `fixed` ones have S = 0 and one matrix.

    Subclasses are frozen dataclasses that validate themselves on construction (SpecError with a relative place).
    """

    family: ClassVar[str]

    if TYPE_CHECKING:  # at run time a property here would become the default value of the dataclass fields

        @property
        def rows(self) -> int:
            """Number of rows; O(1)."""

        @property
        def cols(self) -> int:
            """Number of columns; O(1)."""

        @property
        def parameters(self) -> int:
            """S; 0 exactly for a fixed operator; O(1)."""

    @abstractmethod
    def count(self) -> int:
        """An upper bound on the number of entries that `entries` yields; O(1)."""

    @abstractmethod
    def entries(self) -> Iterator[Entry]:
        """The cells (row, col, parameter, coefficient), lazily; repeated cells add up; parameter 0 when fixed."""

    def keys(self) -> dict[str, Any]:
        """The canonical keys of the family except `operator`, with numbers still as int and Fraction.

        As a rule they are the fields of the dataclass.
        """
        instance: Any = self
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(instance)}

    @property
    def fixed(self) -> bool:
        """Whether the operator has no parameter."""
        return self.parameters == 0

    @property
    def nesting(self) -> int:
        """How many operators are inside one another; 1 for the families that hold none."""
        return 1

    @property
    def nested(self) -> int:
        """How many operators it is made of, itself included."""
        return 1

    def __repr__(self) -> str:
        return f"<{self.summary}>"

    @property
    def summary(self) -> str:
        """The operator in a few words: `circulant 4 x 4, 2 parameters`."""
        rows, cols, parameters = map(integer_text, (self.rows, self.cols, self.parameters))
        return f"{self.family} {rows} x {cols}" + ("" if self.fixed else f", {parameters} parameters")

    def over(self, field: Field) -> Self:
        """The operator with its coefficients reduced to `field`; SpecError when p divides a denominator."""
        return self

    def document(self, field: Field = QQ) -> dict[str, Any]:
        """The canonical keys, `operator` included: docs/certificate.md, section 2 (a layer adds its name)."""
        from .canonical import encode_tree

        return {"operator": self.family, **encode_tree(self.over(field).keys())}


def check_nesting(nesting: int, nested: int) -> None:
    """Refuse compositions that are too deep to recurse on or, by sharing in Python, too large to write out."""
    if nesting > NESTING_LIMIT:
        raise SpecError("", f"at most {NESTING_LIMIT} operators inside one another", f"{nesting}")
    if nested > NESTED_OPERATORS_LIMIT:
        raise SpecError("", f"at most {NESTED_OPERATORS_LIMIT} operators inside one layer", f"{nested}")


def set_field(instance: object, **values: object) -> None:
    """Store validated values in a frozen dataclass that is being constructed."""
    for name, value in values.items():
        object.__setattr__(instance, name, value)


def check_distinct(items: Iterator[Any], written: tuple[Any, ...], what: str) -> None:
    """Refuse a repeated item: `items` are the reduced forms of `written`, in the same order."""
    seen: dict[Any, int] = {}
    for index, item in enumerate(items):
        first = seen.setdefault(item, index)
        if first != index:
            same = f"{_plain(written[index])}, equal to {_plain(written[first])} at [{first}]"
            raise SpecError(f"[{index}]", what, same)


def positions(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All multi-indices of an array of that shape in row-major order (itertools.product would first list each axis)."""
    if len(shape) == 1:
        yield from ((i,) for i in range(shape[0]))
        return
    for flat in range(math.prod(shape)):
        position, rest = [], flat
        for size in reversed(shape):
            rest, index = divmod(rest, size)
            position.append(index)
        yield tuple(reversed(position))


def _plain(item: Any) -> str:
    if isinstance(item, tuple):
        return describe(item[0]) if len(item) == 1 else describe(item)
    return describe(item)
