"""Errors of the package: each says where, what is required and what was received.

`SpecError` is composed from the inside out: the innermost code knows only the index or key, and every caller
adds its own place with `within`, so that no string is built unless something is wrong.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_SHOWN_CHARACTERS = 60
_SHOWN_BITS = 200


class ExactfactError(Exception):
    """Base of every error that the package raises on purpose."""


class SpecError(ExactfactError, ValueError):
    """A spec, or an argument of a constructor, is wrong.

    `where` is a path such as `layer 2 "synthesis", entries[5]`; `required` and `received` are phrases; `hint` is the
    nearest known word, if there is one.
    """

    def __init__(self, where: str, required: str, received: str, hint: str | None = None) -> None:
        super().__init__(where, required, received, hint)
        self.where = where
        self.required = required
        self.received = received
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        guess = f' (did you mean "{self.hint}"?)' if self.hint else ""
        return f"{place}required {self.required}, received {self.received}{guess}"

    def within(self, place: str) -> SpecError:
        """The same error seen from outside: `place` is put in front of `where`."""
        if not self.where:
            where = place
        elif not place:
            where = self.where
        else:
            where = place + self.where if self.where.startswith("[") else f"{place}, {self.where}"
        return SpecError(where, self.required, self.received, self.hint)


class LimitError(ExactfactError):
    """Work or memory beyond a limit: `what` needs `needed`, more than `limit` (numbers, or phrases such as "2 s")."""

    def __init__(self, what: str, needed: int | str, limit: int | str) -> None:
        super().__init__(what, needed, limit)
        self.what = what
        self.needed = needed
        self.limit = limit

    def __str__(self) -> str:
        needed, limit = (integer_text(n) if isinstance(n, int) else n for n in (self.needed, self.limit))
        return f"{self.what} needs {needed}, the limit is {limit}"


@contextmanager
def at(place: str) -> Iterator[None]:
    """Add `place` to every `SpecError` raised inside."""
    try:
        yield
    except SpecError as error:
        raise error.within(place) from None


def each(items: Iterable[Item], convert: Callable[[Item], Result]) -> tuple[Result, ...]:
    """`convert` of every item; a `SpecError` is placed at `[index]`."""
    done: list[Result] = []
    for item in items:
        try:
            done.append(convert(item))
        except SpecError as error:
            raise error.within(f"[{len(done)}]") from None
    return tuple(done)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, or None."""
    if len(word) > 100:
        return None
    candidates = list(known)
    folded = [name for name in candidates if name.casefold() == word.casefold()]
    found = folded or difflib.get_close_matches(word, candidates, n=1, cutoff=0.6)
    return found[0] if found else None


def integer_text(value: int) -> str:
    """The integer, or its size when it is too long to print (printing may also be refused by Python)."""
    if value.bit_length() <= _SHOWN_BITS:
        return str(value)
    return f"an integer of {value.bit_length()} bits"


def shorten(text: str) -> str:
    """At most about 60 printable characters of `text`."""
    shown = text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 3] + "..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in shown)


def describe(value: object) -> str:
    """What was received, in a few words and in bounded time."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return integer_text(value)
    if isinstance(value, str):
        length = f"a string of {len(value)} characters, " if len(value) > 1000 else ""
        return f'{length}"{shorten(value)}"'
    if isinstance(value, list | tuple):
        return _describe_list(value)
    if isinstance(value, dict):
        return "a table" if value else "an empty table"
    if isinstance(value, float):
        return f"the float {value!r}"
    return f"an object of type {type(value).__name__}"


def _describe_list(value: list[object] | tuple[object, ...]) -> str:
    if not value:
        return "an empty list"
    if len(value) <= 6 and all(isinstance(item, int) and item.bit_length() < 64 for item in value):
        return "[" + ", ".join(describe(item) for item in value) + "]"
    return f"a list of {len(value)}"
