"""A parameter at each entry: the hidden nodes that can be rescaled, and how the rest is read off (9.3-9.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exactfact.lifting.chain import build_chain
from exactfact.lifting.placed import Placed, placed
from exactfact.model import Architecture, LimitError

from .case import Case, counted, interface_name, listed

ENTRY_LIMIT = 200_000
INTERFACES = 4
NODES = 12
PATHS = "The product determines what they do not move, as the products of the parameters along complete paths."


def torus(case: Case) -> list[str]:
    """How the factors are told apart, and which nodes stay free."""
    how = _peeled(case) if "cuts" in case.evidence else [_WORDS[case.claim["statement"]]]
    return [*how, *freedom(case.architecture, int(case.evidence["dimension"]))]


_WORDS = {
    "9.3a": "The Jacobian has as large a rank as the rescalings of hidden nodes allow: up to these, almost every "
    "product has finitely many solutions.",
    "9.3b": "At most one path joins an input and a node, so that every entry of the product is zero or the product of "
    "the parameters on one path.",
}


def freedom(architecture: Architecture, dimension: int) -> list[str]:
    """The hidden nodes, interface by interface; [] when they are not what is free."""
    try:
        found = placed(build_chain(architecture, ENTRY_LIMIT))
    except LimitError:
        return []
    if isinstance(found, str) or found.dimension != dimension:
        return []
    nodes = [len({col for _, col in layer}) for layer in found.edges[:-1]]
    where = [f"{n} between {' and '.join(interface_name(architecture, i))}" for i, n in enumerate(nodes, 1)]
    return [
        (
            f"Each of the {found.hidden} hidden nodes ({listed(where, INTERFACES)}) can be rescaled: for every s other "
            f"than 0, multiply the parameters in its column of the layer before by s and those in its row of the layer "
            f"after by s^-1. {_beside(found)} {PATHS}"
        )
    ]


def _beside(found: Placed) -> str:
    scalars = found.depth - 1
    return (
        f"{counted(scalars, 'dimension')} of this {'is' if scalars == 1 else 'are'} the scalars of the layers, "
        f"{found.dimension} more {'is' if found.dimension == 1 else 'are'} not."
    )


def _peeled(case: Case) -> list[str]:
    """The cuts, and for the first one the order in which its terms are peeled off."""
    cuts: Sequence[Any] = case.evidence["cuts"]
    first = cuts[0]
    before, after = interface_name(case.architecture, int(first["cut"]) + 1)
    nodes = [str(node) for node in first["order"]]
    shown = ", ".join(nodes if len(nodes) <= NODES else [*nodes[:NODES], "..."])
    how = (
        f"Cut between {before} and {after}, the product is a sum of rank-one terms, one for each node there. They can "
        f"be peeled off one after the other, in the order {shown}: each has entries that no later term touches, and "
        f"these determine it."
    )
    rest = len(cuts) - 1
    more = f"The two sides are cut in the same way, {counted(rest, 'cut')} more." if rest else ""
    return [how, *([more] if more else [])]
