"""What Python callers may pass where a spec has a list: sequences, numpy arrays, scipy.sparse matrices.

Neither numpy nor scipy is imported: an object of theirs can only exist if the caller imported them.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from .errors import SpecError, at, describe, each
from .numbers import Number, integer, number

AXES_LIMIT = 16
DENSE_LIMIT = 10_000_000  # entries of a sparse matrix that is written out densely

Cells = tuple[tuple[int, int, Number], ...]
IntegerReader = Callable[..., int]  # `integer`, or `long_integer` for networks
Dense = tuple[tuple[Number, ...], ...]


def is_sparse(value: object) -> bool:
    """Whether `value` is a matrix or array of scipy.sparse; does not import scipy."""
    return type(value).__module__.startswith("scipy.sparse") and hasattr(value, "tocoo")


def is_array(value: object) -> bool:
    """Whether `value` is a numpy array; does not import numpy."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray)


def listed(value: object, *, dyadic: bool = False) -> Sequence[Any]:
    """`value` as a list or tuple: numpy arrays become nested lists of exact numbers.

    Raises SpecError unless it is a sequence; arrays need an integer dtype (or object dtype, read entry by entry),
    or a floating one together with `dyadic`.
    """
    if is_array(value):
        converted = _from_array(value, dyadic)
        if isinstance(converted, list):
            return converted
        raise SpecError("", "a list", "an array of dimension 0")
    if isinstance(value, list | tuple | range):
        return value
    raise SpecError("", "a list", describe(value))


def axes(value: object, minimum: int, read: IntegerReader = integer) -> tuple[int, ...]:
    """One integer for each of at most 16 axes; a bare integer means one axis."""
    if not is_array(value) and not isinstance(value, list | tuple | range):
        return (read(value, minimum, "an integer, or a list of integers,"),)
    found = integers(value, minimum, read)
    if len(found) > AXES_LIMIT:
        raise SpecError("", f"at most {AXES_LIMIT} axes", f"{len(found)}")
    return found


def integers(value: object, minimum: int | None = None, read: IntegerReader = integer) -> tuple[int, ...]:
    """A nonempty list of integers, each >= minimum, as a tuple.  SpecError with the index of the bad one."""
    items = listed(value)
    if not items:
        raise SpecError("", "a nonempty list of integers", "an empty list")
    return each(items, lambda item: read(item, minimum))


def taps(value: object, dimension: int, read: IntegerReader = integer) -> tuple[tuple[int, ...], ...]:
    """A nonempty tuple of integer points of that dimension; in dimension 1 a point may be a bare integer."""
    items = listed(value)
    if not items:
        raise SpecError("", "at least one tap", "an empty list")
    return each(items, lambda item: _tap(item, dimension, read))


def _tap(item: object, dimension: int, read: IntegerReader) -> tuple[int, ...]:
    is_list = isinstance(item, list | tuple) or is_array(item)
    if dimension == 1 and not is_list:
        return (read(item, None, "an integer tap"),)
    if not is_list:
        raise SpecError("", f"a tap of {dimension} integers", describe(item))
    point = listed(item)
    if len(point) != dimension:
        raise SpecError("", f"a tap of {dimension} integer{'s' * (dimension > 1)}", f"one of {len(point)}")
    return each(point, read)


def dense(value: object, *, dyadic: bool = False) -> Dense:
    """A dense exact matrix as a tuple of rows of equal positive length.

    Accepts rows of exact numbers, a two-dimensional numpy array, or a scipy.sparse matrix of at most 10^7 entries.
    """
    if is_sparse(value):
        return _dense_from_sparse(value, dyadic)
    rows = listed(value, dyadic=dyadic)
    if not rows:
        raise SpecError("", "a matrix with at least one row", "an empty list")
    done = each(rows, lambda row: each(listed(row, dyadic=dyadic), lambda item: number(item, dyadic=dyadic)))
    width = len(done[0])
    for index, row in enumerate(done):
        if not row or len(row) != width:
            required = f"{width} entries, as in row 0" if width else "a row with at least one entry"
            raise SpecError(f"[{index}]", required, f"{len(row)} entries" if row else "an empty row")
    return done


def sparse(value: Any, *, dyadic: bool = False) -> tuple[int, int, Cells]:
    """Rows, columns and cells (row, col, value) of a scipy.sparse matrix, in row-major order, repeated cells added."""
    matrix = value.tocoo(copy=True)
    matrix.sum_duplicates()
    rows, cols = (int(size) for size in matrix.shape)
    values = _from_array(matrix.data, dyadic)
    cells = zip(matrix.row.tolist(), matrix.col.tolist(), values, strict=True)
    exact = each(values, lambda item: number(item, dyadic=dyadic))
    return rows, cols, tuple(sorted((r, c, v) for (r, c, _), v in zip(cells, exact, strict=True)))


def _dense_from_sparse(value: Any, dyadic: bool) -> Dense:
    rows, cols, cells = sparse(value, dyadic=dyadic)
    if rows * cols > DENSE_LIMIT:
        raise SpecError("", f"a dense matrix of at most {DENSE_LIMIT} entries", f"a sparse one of {rows} x {cols}")
    full: list[list[Number]] = [[0] * cols for _ in range(rows)]
    for r, c, v in cells:
        full[r][c] = v
    return tuple(tuple(row) for row in full)


def _from_array(array: Any, dyadic: bool) -> Any:
    kind = array.dtype.kind
    if kind in "iuO":
        return array.tolist()
    if kind != "f":
        raise SpecError("", "an array of an integer dtype", f"dtype {array.dtype}")
    if not dyadic:
        required = "an integer dtype, or dyadic=True to take floats as exact dyadic rationals"
        raise SpecError("", required, f"dtype {array.dtype}")
    with at("floats"):
        return _dyadic(array.tolist())


def _dyadic(value: Any) -> Any:
    if isinstance(value, list):
        return list(each(value, _dyadic))
    if not isinstance(value, float):
        raise SpecError("", "floats of at most 64 bits", f"an object of type {type(value).__name__}")
    if not math.isfinite(value):
        raise SpecError("", "a finite number", f"the float {value!r}")
    ratio = Fraction(value)
    return ratio.numerator if ratio.denominator == 1 else ratio
