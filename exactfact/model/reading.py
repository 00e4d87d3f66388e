"""From a file, or a text, to an Architecture: every way in which a file can be unusable is one clear error.

Sizes are looked at before anything is read, and no more than the limit is ever read.
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import tomllib
from pathlib import Path
from typing import Any

from .architecture import Architecture
from .errors import SpecError, shorten
from .numbers import DIGITS_LIMIT, RawFloat, parse_digits
from .parsing import from_document

SIZE_LIMIT = 16 * 2**20  # a document of small lists takes 25 times its size in memory
KEY_PARTS_LIMIT = 20

# tomllib is quadratic in the number of parts of a dotted key, and int() in the number of digits: look first.
_KEY_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_DOTTED = re.compile(rf"(?<![A-Za-z0-9_-]){_KEY_PART}(?:{_KEY_PART}){{{KEY_PARTS_LIMIT}}}")
_LONG_INTEGER = re.compile(rf"(?<![0-9_])[0-9][0-9_]{{{DIGITS_LIMIT},}}")
_TOML_PLACE = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)


def load(path: str | os.PathLike[str]) -> Architecture:
    """The architecture of a spec file: TOML when it ends in .toml, JSON in .json; "-" is standard input.

    Other names, and standard input, are read as JSON when the first character is "{", else as TOML.
    Raises SpecError, also for every problem with the file itself.
    """
    if path == "-":
        return _parse(_decode(_read_stream("stdin"), "stdin"), None, "stdin")
    source = os.fspath(path)
    kind = {".toml": "toml", ".json": "json"}.get(Path(source).suffix.lower())
    return _parse(_decode(_read_file(source), source), kind, source)


def loads(text: str | bytes, format: str = "toml") -> Architecture:
    """The architecture of a spec text; `format` is "toml" or "json".  Raises SpecError."""
    if format not in ("toml", "json"):
        raise SpecError("format", '"toml" or "json"', f'"{shorten(str(format))}"')
    if len(text) > SIZE_LIMIT:
        raise SpecError("spec", f"at most {SIZE_LIMIT} bytes", f"{len(text)}")
    return _parse(_decode(text, "spec") if isinstance(text, bytes) else text, format, "")


def _read_file(source: str) -> bytes:
    shown = shorten(source)
    try:
        status = os.stat(source)
        _check_status(status, shown)
        # Not blocking: the file could have become a pipe since.
        descriptor = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as stream:
            _check_status(os.fstat(stream.fileno()), shown)
            data = stream.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise SpecError(shown, "a spec file", "no file of that name") from None
    except ValueError as error:
        if isinstance(error, SpecError):
            raise
        raise SpecError(shown, "the name of a file", str(error)) from None
    except OSError as error:
        raise SpecError(shown, "a file that can be read", error.strerror or str(error)) from None
    return _check_size(data, shown)


def _check_status(status: os.stat_result, shown: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise SpecError(shown, "a spec file", "a directory")
    if not stat.S_ISREG(status.st_mode):
        raise SpecError(shown, 'a regular file (use "-" for standard input)', "a pipe, socket or device")
    if status.st_size > SIZE_LIMIT:
        raise SpecError(shown, f"a file of at most {SIZE_LIMIT} bytes", f"{status.st_size} bytes")


def _read_stream(shown: str) -> bytes:
    if sys.stdin is None:
        raise SpecError(shown, "a spec", "a closed standard input")
    return _check_size(sys.stdin.buffer.read(SIZE_LIMIT + 1), shown)


def _check_size(data: bytes, shown: str) -> bytes:
    if len(data) > SIZE_LIMIT:
        raise SpecError(shown, f"at most {SIZE_LIMIT} bytes", "more")
    return data


def _decode(data: bytes, shown: str) -> str:
    if b"\0" in data:
        raise SpecError(shorten(shown), "a text file", f"a binary file (a zero byte at offset {data.index(0)})")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        received = f"the byte 0x{data[error.start]:02x} at offset {error.start}, which is not"
        raise SpecError(shorten(shown), "text in UTF-8", received) from None


def _parse(text: str, kind: str | None, source: str) -> Architecture:
    place = shorten(source) if source else ""
    if not text.strip():
        raise SpecError(place or "spec", "a spec", "an empty file" if source else "an empty text")
    if kind is None:
        kind = "json" if text.lstrip().startswith("{") else "toml"
    try:
        return from_document(_parse_json(text, place) if kind == "json" else _parse_toml(text, place))
    except SpecError as error:
        raise error if error.where else error.within(place or "spec") from None
    except RecursionError:
        raise SpecError(place or "spec", "lists and tables of moderate depth", "deeper nesting") from None


def _join(place: str, rest: str) -> str:
    return f"{place}, {rest}" if place else rest


def _parse_json(text: str, place: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=_unique, parse_int=parse_digits, parse_float=RawFloat, parse_constant=RawFloat
        )
    except json.JSONDecodeError as error:
        where = _join(place, f"line {error.lineno}, column {error.colno}")
        raise SpecError(where, "valid JSON", f"a syntax error: {error.msg}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) == len(pairs):
        return table
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise SpecError("spec", "each key once in a table", f'the key "{shorten(key)}" twice')
        seen.add(key)
    return table


def _parse_toml(text: str, place: str) -> Any:
    for pattern, required, received in (
        (_DOTTED, f"keys of at most {KEY_PARTS_LIMIT} dotted parts", "a longer one"),
        (_LONG_INTEGER, f"integers of at most {DIGITS_LIMIT} digits", "a longer one"),
    ):
        found = pattern.search(text)
        if found is not None:
            line = text.count("\n", 0, found.start()) + 1
            raise SpecError(_join(place, f"line {line}"), required, received)
    try:
        return tomllib.loads(text, parse_float=RawFloat)
    except tomllib.TOMLDecodeError as error:
        match = _TOML_PLACE.match(str(error))
        message = match[1] if match else str(error)
        at_end = f"line {text.rstrip().count(chr(10)) + 1}, the end"
        where = f"line {match[2]}, column {match[3]}" if match and match[2] else at_end
        raise SpecError(_join(place, where), "valid TOML", f"a syntax error: {shorten(message)}") from None
    except ValueError:  # int() of more digits than Python allows
        raise SpecError(place or "spec", "a long integer as a string of digits", "one of thousands of digits") from None
