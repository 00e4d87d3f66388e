"""One claim of a certificate with all that is needed to put it in words: the document, the architecture, its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exactfact.model import Architecture, Network

Claim = Mapping[str, Any]

SHOWN = 6


@dataclass(frozen=True)
class Case:
    """A verdict claim in its certificate; `fields`, where one text explains it over several."""

    document: Mapping[str, Any]
    architecture: Architecture
    claim: Claim
    fields: tuple[str, ...] = ()

    @property
    def evidence(self) -> Mapping[str, Any]:
        """The evidence of the claim, as the certificate holds it (numbers encoded)."""
        found: Mapping[str, Any] = self.claim["evidence"]
        return found

    @property
    def network(self) -> Network | None:
        """The network of the spec, None for chains of layers."""
        return self.architecture.network

    def referred(self, key: str) -> Claim:
        """The earlier claim that the evidence names under `key`."""
        found: Claim = next(c for c in self.document["claims"] if c["id"] == self.evidence[key])
        return found


def layer_name(architecture: Architecture, k: int) -> str:
    """The user's name of parametric layer k (0-based among the layers with parameters): `layer 2 "synthesis"`."""
    return architecture.label(architecture.parametric[k])


def interface_name(architecture: Architecture, i: int) -> tuple[str, str]:
    """What lies on both sides of hidden interface i (1-based): the columns before it, and the layer whose rows follow.

    Fixed layers belong to the parametric layer before them.
    """
    left, right = architecture.parametric[i - 1], architecture.parametric[i]
    before = architecture.label(left) if right == left + 1 else f"the product up to {architecture.label(right - 1)}"
    return before, architecture.label(right)


def listed(items: Sequence[object], shown: int = SHOWN) -> str:
    """`a, b and c`; long lists are cut with a count."""
    words = [str(item) for item in items]
    if len(words) > shown + 1:
        words = [*words[:shown], f"{len(words) - shown} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, noun: str) -> str:
    """`1 solution`, `2 solutions`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
