"""A gauge field written out: the one-parameter family h -> exp(t D) h, layer by layer, as data and as words.

For readers (`explain`): D_k diagonal rescales parameters, a nilpotent D_k adds multiples of some to others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Entry = Sequence[Any]  # layer or interface, row, column, value


@dataclass(frozen=True)
class LayerChange:
    """What the family does to one layer (0-based): `weights` j -> w when h_j becomes s^w h_j, or else `matrix` D."""

    layer: int
    weights: dict[int, int] | None
    matrix: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Family:
    """A one-parameter family with the same product.

    `kind`: "rescaling" (h_j becomes s^w h_j), "shear" (h becomes h + t D h, every D with square 0), "flow" (exp(t D)
    h). `interfaces`: 1-based hidden interfaces (between layers i and i + 1) whose basis changes; `nodes`: their
    indices.
    """

    kind: str
    changes: tuple[LayerChange, ...]
    interfaces: tuple[int, ...]
    nodes: tuple[int, ...]


def family(field: Mapping[str, Any]) -> Family:
    """The family of a field as it stands in the evidence of statement 6.3."""
    maps: dict[int, list[tuple[int, int, int]]] = {}
    for k, row, col, value in field["D"]:
        maps.setdefault(k, []).append((row, col, _integer(value)))
    diagonal = all(row == col for entries in maps.values() for row, col, _ in entries)
    shear = not diagonal and all(_square_zero(entries) for entries in maps.values())
    changes = [
        LayerChange(k, {row: v for row, _, v in entries} if diagonal else None, tuple(sorted(entries)))
        for k, entries in sorted(maps.items())
    ]
    joints: Sequence[Entry] = field.get("Z", ())
    interfaces = tuple(sorted({entry[0] for entry in joints}))
    nodes = tuple(sorted({index for entry in joints for index in entry[1:3]}))
    return Family("rescaling" if diagonal else "shear" if shear else "flow", tuple(changes), interfaces, nodes)


def words(found: Family, names: Sequence[str]) -> str:
    """One sentence; `names[k]` is what the user calls parametric layer k."""
    lead = {
        "rescaling": "for every s other than 0",
        "shear": "for every t",
        "flow": "along the flow of a linear field",
    }[found.kind]
    parts = [_change(change, found.kind, names[change.layer]) for change in found.changes]
    return f"{_place(found)}{lead}: {'; '.join(parts)}; the product stays the same"


def _place(found: Family) -> str:
    if not found.interfaces:
        return ""
    which = " and ".join(str(i) for i in found.interfaces)
    if found.kind == "rescaling" and len(found.interfaces) == len(found.nodes) == 1:
        return f"column {found.nodes[0]} of layer {which} and row {found.nodes[0]} of the next are rescaled, "
    return f"the basis changes after layer {which}, "


def _change(change: LayerChange, kind: str, name: str) -> str:
    if change.weights is not None:
        by_weight: dict[int, list[int]] = {}
        for j, weight in sorted(change.weights.items()):
            by_weight.setdefault(weight, []).append(j)
        return ", ".join(f"multiply {_listed(js)} of {name} by s^{w}" for w, js in sorted(by_weight.items()))
    by_row: dict[int, list[str]] = {}
    for row, col, value in change.matrix:
        factor = {1: "", -1: "-"}.get(value, f"{value} ")
        by_row.setdefault(row, []).append(f"{factor}h_{col}")
    sums = {row: " + ".join(terms).replace("+ -", "- ") for row, terms in by_row.items()}
    if kind == "shear":
        return f"in {name} " + ", ".join(f"add t ({text}) to h_{row}" for row, text in sums.items())
    return f"in {name} " + ", ".join(f"dh_{row}/dt = {text}" for row, text in sums.items())


def _listed(indices: list[int]) -> str:
    return f"parameter {indices[0]}" if len(indices) == 1 else f"parameters {', '.join(map(str, indices))}"


def _square_zero(entries: list[tuple[int, int, int]]) -> bool:
    total: dict[tuple[int, int], int] = {}
    for row, middle, a in entries:
        for other, col, b in entries:
            if other == middle:
                total[row, col] = total.get((row, col), 0) + a * b
    return not any(total.values())


def _integer(value: int | str) -> int:
    return value if isinstance(value, int) else int(value, 16)
