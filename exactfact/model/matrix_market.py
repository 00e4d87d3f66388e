"""MatrixMarket files: general matrices of reals or integers, as coordinates or as an array."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from .errors import SpecError, at, shorten
from .exact_array import ExactArray, check_count, exact_array
from .numbers import Number, number, parse_digits

BANNER = "%%matrixmarket matrix"
LINE_LIMIT = 1000


def read_matrix_market(stream: TextIO) -> ExactArray:
    """The matrix; repeated coordinates add up.  Reals are read as 64-bit floats, exactly.  SpecError, LimitError."""
    lines = _lines(stream)
    number_, banner = next(lines, (1, ""))
    words = banner.lower().split()
    if " ".join(words[:2]) != BANNER or len(words) != 5:
        raise SpecError("line 1", f'"{BANNER} coordinate|array real|integer general"', f'"{shorten(banner)}"')
    layout, kind, symmetry = words[2:]
    if layout not in ("coordinate", "array"):
        raise SpecError("line 1", "coordinate or array", f'"{shorten(layout)}"')
    if kind not in ("real", "integer", "double"):
        raise SpecError("line 1", "real or integer numbers", f'"{shorten(kind)}"')
    if symmetry != "general":
        raise SpecError("line 1", "a general matrix", f'"{shorten(symmetry)}"')
    content = ((place, line.split()) for place, line in lines if line.strip() and not line.startswith("%"))
    place, sizes = next(content, (number_, []))
    with at(f"line {place}"):
        shape = [_whole(word) for word in sizes]
        if len(shape) != (3 if layout == "coordinate" else 2):
            needed = "rows, columns and number of entries" if layout == "coordinate" else "rows and columns"
            raise SpecError("", needed, " ".join(sizes) or "nothing")
    rows, cols = shape[:2]
    count = check_count((rows, cols), "the matrix")
    if layout == "coordinate":
        check_count(shape[2:], "the matrix")
        return _coordinates(content, rows, cols, shape[2], kind)
    return _columns(content, rows, cols, count, kind)


Content = Iterator[tuple[int, list[str]]]


def _coordinates(content: Content, rows: int, cols: int, count: int, kind: str) -> ExactArray:
    values: list[Number] = [0] * (rows * cols)
    seen = 0
    for place, words in content:
        with at(f"line {place}"):
            if len(words) != 3:
                raise SpecError("", "row, column and value", shorten(" ".join(words)))
            r, c = _whole(words[0]), _whole(words[1])
            if not (1 <= r <= rows and 1 <= c <= cols):
                raise SpecError("", f"a place within {rows} x {cols}, from 1", f"{words[0]} {words[1]}")
            values[(r - 1) * cols + c - 1] += _value(words[2], kind)
        seen += 1
        _check_seen(seen, count)
    if seen != count:
        raise SpecError("", f"{count} entries, as the second line says", f"{seen}")
    return _matrix(values, rows, cols)


def _columns(content: Content, rows: int, cols: int, count: int, kind: str) -> ExactArray:
    values: list[Number] = [0] * count
    seen = 0
    for place, words in content:
        with at(f"line {place}"):
            if len(words) != 1:
                raise SpecError("", "one value", shorten(" ".join(words)))
            _check_seen(seen + 1, count)
            values[seen % rows * cols + seen // rows] = _value(words[0], kind)  # column by column
        seen += 1
    if seen != count:
        raise SpecError("", f"{count} values, as the sizes say", f"{seen}")
    return _matrix(values, rows, cols)


def _matrix(values: list[Number], rows: int, cols: int) -> ExactArray:
    flat = exact_array(values)
    return ExactArray((rows, cols), flat.numerators, flat.denominator)


def _check_seen(seen: int, count: int) -> None:
    if seen > count:
        raise SpecError("", f"{count} entries, as the sizes say", "more")


def _value(word: str, kind: str) -> Number:
    if kind == "integer":
        return _whole(word.removeprefix("+"), signed=True)
    try:
        value = float(word)
    except ValueError:
        raise SpecError("", "a number", f'"{shorten(word)}"') from None
    return number(value, dyadic=True)


def _whole(word: str, *, signed: bool = False) -> int:
    digits = word.removeprefix("-") if signed else word
    if not (digits.isascii() and digits.isdecimal()):
        raise SpecError("", "an integer" if signed else "an integer >= 0", f'"{shorten(word)}"')
    return parse_digits(word)


def _lines(stream: TextIO) -> Iterator[tuple[int, str]]:
    place = 0
    while line := stream.readline(LINE_LIMIT + 1):
        place += 1
        if len(line) > LINE_LIMIT:
            raise SpecError(f"line {place}", f"lines of at most {LINE_LIMIT} characters", "a longer one")
        yield place, line.strip()
