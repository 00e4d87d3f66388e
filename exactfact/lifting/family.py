"""A gauge field written out as the one-parameter family h -> exp(t D) h, layer by layer, as plain data.

A diagonal D rescales parameters by powers of s = e^t; a nilpotent one gives polynomials in t; for every other D the
family is told by its derivative alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

POWER_LIMIT = 20_000  # products of entries in the search for the power of D that is zero

Cell = tuple[int, int]
Matrix = dict[Cell, Fraction]


@dataclass(frozen=True)
class LayerChange:
    """What the family does to one layer (0-based).

    `weights`: j -> w when h_j becomes s^w h_j.  `powers`: the entries (row, column, coefficient) of t^m D^m / m! for
    m = 1, 2, ... when D is nilpotent.  `matrix`: the entries of D, always.
    """

    layer: int
    matrix: tuple[tuple[int, int, int], ...]
    weights: dict[int, int] | None = None
    powers: tuple[tuple[tuple[int, int, Fraction], ...], ...] = ()


@dataclass(frozen=True)
class Family:
    """A one-parameter family with the same product.

    `kind`: "rescaling" (h_j becomes s^w h_j), "polynomial" (every D nilpotent), "flow" (the derivative D h).
    `interfaces`: 1-based hidden interfaces (between layers i and i + 1) whose basis changes; `nodes`: their indices.
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
    joints: Sequence[Sequence[Any]] = field.get("Z", ())
    interfaces = tuple(sorted({entry[0] for entry in joints}))
    nodes = tuple(sorted({index for entry in joints for index in entry[1:3]}))
    kind, changes = _changes({k: tuple(sorted(entries)) for k, entries in sorted(maps.items())})
    return Family(kind, changes, interfaces, nodes)


def _changes(maps: dict[int, tuple[tuple[int, int, int], ...]]) -> tuple[str, tuple[LayerChange, ...]]:
    if all(row == col for entries in maps.values() for row, col, _ in entries):
        weights = {k: {row: value for row, _, value in entries} for k, entries in maps.items()}
        return "rescaling", tuple(LayerChange(k, entries, weights[k]) for k, entries in maps.items())
    powers = {k: _powers(entries) for k, entries in maps.items()}
    if all(powers.values()):
        return "polynomial", tuple(LayerChange(k, entries, None, powers[k]) for k, entries in maps.items())
    return "flow", tuple(LayerChange(k, entries) for k, entries in maps.items())


def _powers(entries: Sequence[tuple[int, int, int]]) -> tuple[tuple[tuple[int, int, Fraction], ...], ...]:
    """D, D^2 / 2, D^3 / 6, ... up to the last that is not zero; () when D is not nilpotent, or not seen to be so."""
    if sum(value for row, col, value in entries if row == col):
        return ()  # the trace of a nilpotent matrix is zero
    by_row: dict[int, list[tuple[int, int]]] = {}
    for row, col, value in entries:
        by_row.setdefault(row, []).append((col, value))
    order = len({index for row, col, _ in entries for index in (row, col)})
    power: Matrix = {(row, col): Fraction(entry) for row, col, entry in entries}
    found = []
    work = 0
    for m in range(2, order + 2):
        found.append(tuple((row, col, part) for (row, col), part in sorted(power.items())))
        longer: Matrix = {}
        for (row, middle), coefficient in power.items():
            for col, factor in by_row.get(middle, ()):
                longer[row, col] = longer.get((row, col), Fraction(0)) + coefficient * factor / m
                work += 1
        power = {cell: part for cell, part in longer.items() if part}
        if not power:
            return tuple(found)
        if work > POWER_LIMIT:
            return ()
    return ()


def _integer(value: int | str) -> int:
    return value if isinstance(value, int) else int(value, 16)
