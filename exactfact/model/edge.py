"""An edge of a convolutional network: one kernel between two nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .arrays import listed, taps
from .errors import SpecError, at
from .layer import NAME_LIMIT, check_text
from .numbers import long_integer
from .operators import set_field

Tap = tuple[int, ...]


@dataclass(frozen=True)
class Edge:
    """A convolution from node `source` to node `target`; its taps are dilation * support."""

    name: str
    source: str
    target: str
    support: tuple[Tap, ...]
    dilation: int = 1

    def __post_init__(self) -> None:
        for key, value in (("name", self.name), ("from", self.source), ("to", self.target)):
            with at(key):
                check_text(value, NAME_LIMIT)
                if not value:
                    raise SpecError("", "a nonempty name", "an empty string")
        with at("dilation"):
            set_field(self, dilation=long_integer(self.dilation, 1))
        with at("support"):
            items = listed(self.support)
            if not items:
                raise SpecError("", "at least one tap", "an empty list")
            set_field(self, support=taps(items, _dimension(items[0]), long_integer))

    def keys(self) -> dict[str, Any]:
        """The canonical keys of the edge, numbers not yet encoded."""
        names = {"name": self.name, "from": self.source, "to": self.target}
        return {**names, "support": self.support, "dilation": self.dilation}


def _dimension(tap: object) -> int:
    try:
        return max(1, len(listed(tap)))
    except SpecError:
        return 1
