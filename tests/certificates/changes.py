"""A false certificate: a copy of a true one with one change (the digest is computed again when the spec changes)."""
import copy
from collections.abc import Callable
from typing import Any

from tests.checker import build as b
from tests.checker.build import Json


def change(make: Callable[[], Json], *changes: tuple[str, Any], drop: str = "", redigest: bool = False) -> Json:
    """A copy with the values at slash-separated paths replaced, or one path dropped."""
    document = copy.deepcopy(make())
    for path, value in changes:
        *way, last = [int(x) if x.isdigit() else x for x in path.split("/")]
        at: Any = document
        for key in way:
            at = at[key]
        at[last] = value
    if drop:
        *way, last = [int(x) if x.isdigit() else x for x in drop.split("/")]
        at = document
        for key in way:
            at = at[key]
        del at[last]
    if redigest:
        document["digest"] = b.digest(document["spec"])
    return document


def spec_change(make: Callable[[], Json], *changes: tuple[str, Any], drop: str = "") -> Json:
    """The same for a change of the spec: the digest fits."""
    return change(make, *changes, drop=drop, redigest=True)


def only(spec: Json, *claims: Json) -> Json:
    """A certificate made for the occasion."""
    return b.certificate(spec, *claims)
