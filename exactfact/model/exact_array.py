"""Arrays of exact numbers over one denominator: measured data, and what a solver found.

Floats are read as the dyadic rationals that they are.  Sizes are looked at before anything is allocated.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from .errors import LimitError, SpecError, describe
from .numbers import Number, number

ENTRY_LIMIT = 2**22
BITS_LIMIT = 2**32  # all numerators together: 512 MiB
DIMENSION_LIMIT = 16


@dataclass(frozen=True)
class ExactArray:
    """An array of rationals numerators[i] / denominator, flat in row-major order."""

    shape: tuple[int, ...]
    numerators: tuple[int, ...]
    denominator: int = 1

    @cached_property
    def values(self) -> tuple[Number, ...]:
        """The entries in row-major order, flat: ints where they are whole, else Fractions."""
        if self.denominator == 1:
            return self.numerators
        return tuple(_simplest(Fraction(n, self.denominator)) for n in self.numerators)


def check_count(shape: Sequence[int], what: str = "an array") -> int:
    """The number of entries.  LimitError when there are too many, SpecError for too many axes."""
    if len(shape) > DIMENSION_LIMIT:
        raise SpecError("", f"an array of at most {DIMENSION_LIMIT} axes", f"{len(shape)}")
    count = math.prod(shape)
    if count > ENTRY_LIMIT:
        needed = f"{count} entries" if count < 10**30 else "far too many entries"
        raise LimitError(f"reading {what}", needed, ENTRY_LIMIT)
    return count


def exact_array(value: Any) -> ExactArray:
    """An array from nested lists of numbers, a numpy array, or an ExactArray.

    Floats, real and finite, become dyadic rationals.  SpecError for anything else, LimitError when it is too large.
    """
    if isinstance(value, ExactArray):
        return value
    if type(value).__module__ == "numpy" and hasattr(value, "dtype"):
        return from_numpy(value)
    shape, flat = _flatten(value)
    denominator = math.lcm(1, *(x.denominator for x in flat))
    if len(flat) * denominator.bit_length() > BITS_LIMIT:
        raise LimitError("numbers over a common denominator", f"{denominator.bit_length()} bits each", "512 MiB in all")
    return ExactArray(shape, tuple(int(x * denominator) for x in flat), denominator)


def from_numpy(array: Any) -> ExactArray:
    """The array of a numpy array of real numbers: integers, or floats of at most 64 bits."""
    check_count(array.shape)
    check_dtype(array.dtype)
    if array.dtype.kind in "iu":
        return ExactArray(tuple(array.shape), tuple(array.ravel(order="C").tolist()))
    return _from_floats(tuple(array.shape), array.ravel(order="C").astype("=f8"))


def check_dtype(dtype: Any) -> None:
    """SpecError unless the dtype is one of integers, or of floats of at most 64 bits."""
    if dtype.hasobject:
        raise SpecError("", "numbers", "Python objects (pickled data are never read)")
    if dtype.kind == "c":
        raise SpecError("", "real numbers", f"complex numbers (dtype {dtype})")
    if dtype.kind not in "iuf" or dtype.names is not None:
        raise SpecError("", "integers, or floats of at most 64 bits", f"dtype {str(dtype)[:60]}")
    if dtype.kind == "f" and dtype.itemsize > 8:
        raise SpecError("", "floats of at most 64 bits", f"dtype {dtype}")


def _from_floats(shape: tuple[int, ...], values: Any) -> ExactArray:
    import numpy as np  # an array exists, so numpy is there

    bad = ~np.isfinite(values)
    if bad.any():
        place = int(np.flatnonzero(bad)[0])
        index = ", ".join(str(int(i)) for i in np.unravel_index(place, shape)) if shape else ""
        raise SpecError(f"[{index}]", "a finite number", f"the float {float(values[place])!r}")
    fractions, exponents = np.frexp(values)
    mantissas = (fractions * 2.0**53).astype(np.int64)
    lowest = np.frexp((mantissas & -mantissas).astype(np.float64))[1] - 1  # trailing zeros
    mantissas >>= np.maximum(lowest, 0)
    exponents = np.where(mantissas == 0, 0, exponents - 53 + lowest)
    shift = max(0, -int(exponents.min(initial=0)))
    if len(values) * (shift + int(exponents.max(initial=0)) + 53) > BITS_LIMIT:
        raise LimitError("floats of very different sizes", f"{shift} bits after the point each", "512 MiB in all")
    numerators = tuple(m << e for m, e in zip(mantissas.tolist(), (exponents + shift).tolist(), strict=True))
    return ExactArray(shape, numerators, 1 << shift)


def _flatten(value: Any) -> tuple[tuple[int, ...], list[Number]]:
    """The shape and the entries of nested lists."""
    shape: list[int] = []
    level = [value]
    while isinstance(level[0], list | tuple):
        size = len(level[0])
        for index, part in enumerate(level):
            if not isinstance(part, list | tuple) or len(part) != size:
                received = f"{len(part)}" if isinstance(part, list | tuple) else describe(part)
                raise SpecError(f"[{index}]" if shape else "", f"a list of {size}, as those before it", received)
        shape.append(size)
        check_count(shape)
        level = [entry for part in level for entry in part]
        if not level:
            return tuple(shape), []
    flat: list[Number] = []
    for entry in level:
        try:
            flat.append(number(entry, dyadic=True))
        except SpecError as error:
            raise error.within(f"[{_index(len(flat), shape)}]") from None
    return tuple(shape), flat


def _index(place: int, shape: Sequence[int]) -> str:
    parts: list[str] = []
    for size in reversed(shape):
        place, rest = divmod(place, size)
        parts.append(str(rest))
    return ", ".join(reversed(parts))


def _simplest(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value
