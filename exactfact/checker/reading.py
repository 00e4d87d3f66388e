"""Bytes to JSON values, strictly: no duplicate key, no float, no constant, bounded size and depth.

Unreadable bytes (missing file, not UTF-8, not JSON, too large, too deep) raise `Unreadable`; readable JSON with a
duplicate key or a float raises `Rejected`.
"""
import json
import sys
import tomllib
from collections.abc import Callable
from typing import Any, NoReturn

from .errors import Rejected, Text, Unreadable, require, shown
from .numbers import decimal

MAX_BYTES = 1 << 28


def read_bytes(path: str) -> bytes:
    """The bytes of a file ("-": standard input), at most MAX_BYTES."""
    try:
        if path == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(f"cannot read {shown(path)}: {error}") from error
    if len(data) > MAX_BYTES:
        raise Unreadable(f"{shown(path)} is larger than {MAX_BYTES} bytes")
    return data


def parse_json(data: bytes, integers: Callable[[str], int] | None = None) -> Any:
    """JSON text to values; integers of 2^53 and more in absolute value are refused unless `integers` reads them."""
    try:
        return json.loads(_text(data), object_pairs_hook=_object, parse_float=_float, parse_constant=_float,
                          parse_int=integers or _plain)
    except ValueError as error:
        raise Unreadable(f"not JSON: {error}") from error
    except RecursionError as error:
        raise Unreadable("not JSON that can be read: nested too deeply") from error


def parse_spec(path: str) -> Any:
    """A spec as a user writes it: TOML or JSON, told apart by the ending, else by the first character."""
    data = read_bytes(path)
    if path.endswith(".json") or not path.endswith(".toml") and data.lstrip()[:1] == b"{":
        return parse_json(data, lambda text: decimal(text, "an integer"))
    try:
        return tomllib.loads(_text(data), parse_float=_float)
    except ValueError as error:
        raise Unreadable(f"not TOML: {error}") from error
    except RecursionError as error:
        raise Unreadable("not TOML that can be read: nested too deeply") from error


def canonical_bytes(value: Any) -> bytes:
    """JSON with sorted keys, no white space, ASCII only: what digests are taken of.

    Rejects values that JSON cannot hold, and nesting too deep to write.
    """
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
    except (RecursionError, TypeError) as error:
        raise Rejected("a value that JSON can hold, not nested too deeply", Text(str(error)), "format") from error


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8: {error}") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Rejected("keys that differ", f"the key {shown(twice)} twice", "format")
    return result


def _float(text: str) -> NoReturn:
    raise Rejected("exact numbers only", f"the float {shown(text)}", "format")


def _plain(text: str) -> int:
    require(len(text) <= 17 and abs(int(text)) < 1 << 53, 'an integer below 2^53, or a string "0x..."', text)
    return int(text)
