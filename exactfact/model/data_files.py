"""Files of numbers: .npy and .npz of numpy, .mtx of MatrixMarket, .json.

JSON numbers with a point are read as 64-bit floats, exactly; strings such as "-2/3" or "0.1" as the numbers they write.
"""

from __future__ import annotations

import json
import math
import os
import stat
from pathlib import Path
from typing import Any

from .errors import SpecError, at, shorten
from .exact_array import ExactArray
from .matrix_market import read_matrix_market
from .npy_files import read_npy, read_npz
from .numbers import parse_digits

ENDINGS = (".npy", ".npz", ".mtx", ".json")
TEXT_LIMIT = 2**28


def read_numbers(path: str | os.PathLike[str], what: str = "numbers") -> Any:
    """What a file holds: an ExactArray (.npy, .mtx), arrays by name (.npz), or plain JSON lists and objects.

    Raises SpecError for every problem with the file, LimitError when it is too large.
    """
    source = os.fspath(path)
    kind = Path(source).suffix.lower()
    if kind not in ENDINGS:
        raise SpecError(shorten(source), f"{what} in a file that ends in {', '.join(ENDINGS)}", f'"{shorten(kind)}"')
    with at(shorten(source)):
        size = _size(source)
        if kind in (".mtx", ".json") and size > TEXT_LIMIT:
            raise SpecError("", f"at most {TEXT_LIMIT} bytes", f"{size}")
        try:
            return _read(source, kind, size)
        except UnicodeDecodeError:
            raise SpecError("", "text in UTF-8", "other bytes") from None
        except RecursionError:
            raise SpecError("", "lists of moderate depth", "deeper nesting") from None


def _size(source: str) -> int:
    try:
        status = os.stat(source)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SpecError("", "a file that can be read", shorten(reason)) from None
    if not stat.S_ISREG(status.st_mode):
        raise SpecError("", "a regular file", "a directory, pipe, socket or device")
    return status.st_size


def _read(source: str, kind: str, size: int) -> ExactArray | dict[str, ExactArray] | Any:
    try:
        if kind == ".mtx":
            with open(source, encoding="utf-8") as text:
                return read_matrix_market(text)
        if kind == ".json":
            with open(source, encoding="utf-8-sig") as text:
                return _json(text.read(TEXT_LIMIT + 1))
        with open(source, "rb") as stream:
            return read_npy(stream, size) if kind == ".npy" else read_npz(stream)
    except OSError as error:
        raise SpecError("", "a file that can be read", error.strerror or str(error)) from None


def _json(text: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=_unique, parse_int=parse_digits, parse_float=_float, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        raise SpecError(f"line {error.lineno}, column {error.colno}", "valid JSON", error.msg) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise SpecError("", "keys that differ", "the same key twice")
    return table


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise SpecError("", "a finite number (of 64 bits)", shorten(text))
    return value


def _constant(text: str) -> float:
    raise SpecError("", "a finite number", shorten(text))
