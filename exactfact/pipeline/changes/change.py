"""A change of a spec: what is done, in words, and the changed architecture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exactfact.model import Architecture, Circulant, Entries, Layer, LimitError, Toeplitz

CELL_LIMIT = 100_000


@dataclass(frozen=True)
class Change:
    """`kind`: "fix" (entries equal to 1, or 0), "drop" (a parameter or tap), "dilation" or "row" (more data).

    `size` counts the entries, taps, dilations or rows changed.  `within`: the changed family is contained in the
    original one.  `torus`: one entry a hidden node is fixed, so that no rescaling of hidden nodes is left (theory 9.0).
    """

    kind: str
    words: str
    architecture: Architecture
    size: int
    within: bool = True
    torus: bool = False


Targets = Sequence[int | None]  # for each parameter its new number, None for a parameter set to zero


def rebuilt(architecture: Architecture, layers: Sequence[Layer]) -> Architecture:
    """The architecture with other layers; sparsity models and points, which name parameters, are left out."""
    return Architecture(layers, field=architecture.field, title=changed_title(architecture.title))


def changed_title(title: str) -> str:
    """The title with a mark that the spec was changed."""
    return title if title.endswith(" (changed)") else f"{title[:1900]} (changed)".strip()


def remapped(layer: Layer, targets: Targets) -> Layer:
    """The layer with its parameters renumbered, equal numbers sharing one parameter.

    Keeps the family where only parameters of a circulant or banded Toeplitz layer are dropped.  LimitError when the
    layer has too many entries.
    """
    kept = [target for target in targets if target is not None]
    if len(kept) == len(set(kept)):
        family = _thinned(layer, [j for j, target in enumerate(targets) if target is not None])
        if family is not None:
            return family
    operator = layer.operator
    if operator.count() > CELL_LIMIT:
        raise LimitError(f"writing {layer.describe()} as entries", operator.count(), CELL_LIMIT)
    cells = []
    for row, col, parameter, value in operator.entries():
        target = targets[parameter]
        if target is not None:
            cells.append((row, col, target, value))
    return replace(layer, operator=Entries(operator.rows, operator.cols, 1 + max(kept), tuple(cells)))


def _thinned(layer: Layer, kept: list[int]) -> Layer | None:
    operator = layer.operator
    if isinstance(operator, Circulant):
        return replace(layer, operator=replace(operator, support=tuple(operator.support[j] for j in kept)))
    if isinstance(operator, Toeplitz):
        diagonals = operator.diagonals or tuple(range(1 - operator.cols, operator.rows))
        return replace(layer, operator=replace(operator, diagonals=tuple(diagonals[j] for j in kept)))
    return None


def targets_of(size: int, tied: Sequence[int], zero: Sequence[int]) -> list[int | None]:
    """New numbers when the parameters `tied` become one and those in `zero` vanish."""
    targets: list[int | None] = []
    fresh = 0
    shared: int | None = None
    group, gone = set(tied), set(zero)
    for j in range(size):
        if j in gone:
            targets.append(None)
        elif j in group and shared is not None:
            targets.append(shared)
        else:
            if j in group:
                shared = fresh
            targets.append(fresh)
            fresh += 1
    return targets
