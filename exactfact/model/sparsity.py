"""Sparsity models: in which supports the parameters of a layer (or of an edge of a network) may lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from .arrays import integers, listed
from .errors import SpecError, at, describe, each
from .numbers import integer
from .operators import check_distinct, set_field


@dataclass(frozen=True)
class SparsityModel:
    """The parameters of one layer lie in one of `supports`, or have at most `sparsity` nonzero entries.

    `layer` is an index into the layer list (networks: into the edges).  Exactly one of the two others is given.
    """

    layer: int
    supports: tuple[tuple[int, ...], ...] | None = None
    sparsity: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.layer, str):  # names are resolved by the architecture
            with at("layer"):
                set_field(self, layer=integer(self.layer, 0, "the index or the name of a layer"))
        if (self.supports is None) == (self.sparsity is None):
            received = "neither" if self.supports is None else "both"
            raise SpecError("", "exactly one of the keys supports, sparsity", received)
        if self.sparsity is not None:
            with at("sparsity"):
                set_field(self, sparsity=integer(self.sparsity, 1))
            return
        with at("supports"):
            supports = each(listed(self.supports), _support)
            if not supports:
                raise SpecError("", "at least one support", "an empty list")
        set_field(self, supports=supports)

    def check(self, parameters: int) -> None:
        """Refuse positions that a layer with that many parameters does not have."""
        if self.sparsity is not None and self.sparsity > parameters:
            raise SpecError("sparsity", f"at most {describe(parameters)}, its parameters", describe(self.sparsity))
        for index, support in enumerate(self.supports or ()):
            for place, position in enumerate(support):
                if position >= parameters:
                    required = f"a parameter between 0 and {describe(parameters - 1)}"
                    raise SpecError(f"supports[{index}][{place}]", required, describe(position))

    def list_supports(self, parameters: int) -> Iterator[tuple[int, ...]]:
        """The maximal supports one after the other, never all at once."""
        if self.supports is not None:
            return iter(self.supports)
        assert self.sparsity is not None
        return combinations(range(parameters), self.sparsity)

    def count(self, parameters: int, limit: int = 1_000_000) -> int | None:
        """How many supports `list_supports` yields, or None when more than `limit`; the cost is bounded by `limit`."""
        if self.supports is not None:
            return len(self.supports) if len(self.supports) <= limit else None
        assert self.sparsity is not None
        chosen = min(self.sparsity, parameters - self.sparsity)
        total = 1
        for step in range(1, chosen + 1):  # C(n, j) grows for j <= n / 2
            total = total * (parameters - step + 1) // step
            if total > limit:
                return None
        return total

    def contains(self, vector: tuple[Any, ...]) -> bool:
        """Whether a parameter vector of the layer lies in the model."""
        nonzero = {index for index, value in enumerate(vector) if value}
        if self.supports is None:
            assert self.sparsity is not None
            return len(nonzero) <= self.sparsity
        return any(nonzero.issubset(support) for support in self.supports)

    def keys(self) -> dict[str, Any]:
        """The canonical keys except the layer or edge."""
        if self.supports is not None:
            return {"supports": self.supports}
        return {"sparsity": self.sparsity}


def _support(item: object) -> tuple[int, ...]:
    support = integers(item, 0)
    check_distinct(iter(support), support, "positions that differ")
    return support
