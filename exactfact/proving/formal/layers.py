"""Layers as the terms of `Definitions.v`: entries that are integers, fixed layers as products.

Theory 0: multiplying a layer by its common denominator changes no verdict over a field of characteristic 0, so
rational layers are written times that number. Theory 0.1: a fixed layer is multiplied into a neighbour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from exactfact.model import Architecture, Circulant, Layer

from .errors import NotExported

ENTRY_LIMIT = 100_000
WIDTH_LIMIT = 2_000  # Coq counts rows one by one

Entry = tuple[int, int, int, int]


@dataclass(frozen=True)
class Structure:
    """One parametric layer: its Coq term, its shape, and its integer entries (row, column, parameter, value)."""

    term: str
    rows: int
    cols: int
    parameters: int
    entries: tuple[Entry, ...]


def structures(architecture: Architecture) -> list[Structure]:
    """The parametric layers, each with the fixed layers that are multiplied into it."""
    total = sum(layer.operator.count() for layer in architecture.layers)
    if total > ENTRY_LIMIT:
        raise NotExported(f"layers with {total} entries; the export takes {ENTRY_LIMIT}")
    widest = max(max(layer.rows, layer.cols) for layer in architecture.layers)
    if widest > WIDTH_LIMIT:
        raise NotExported(f"a layer with {widest} rows or columns; the export takes {WIDTH_LIMIT}")
    done: list[Structure] = []
    leading: list[Layer] = []
    for layer in architecture.layers:
        if not layer.fixed:
            structure = _parametric(layer)
            for fixed in reversed(leading):
                structure = _after(fixed, structure)
            leading = []
            done.append(structure)
        elif done:
            done[-1] = _before(done[-1], layer)
        else:
            leading.append(layer)
    return done


def architecture_term(layers: Iterable[Structure]) -> str:
    """The list of the layers."""
    return "[:: " + ";\n   ".join(layer.term for layer in layers) + "]"


def entry_terms(entries: Iterable[Entry]) -> str:
    """A list of entries."""
    items = [f"Entry {r} {c} {j} ({v})" for r, c, j, v in entries]
    return "[:: " + "; ".join(items) + "]" if items else "[::]"


def _integers(layer: Layer) -> tuple[Entry, ...]:
    found = [(r, c, j, Fraction(v)) for r, c, j, v in layer.operator.entries()]
    factor = lcm(*(v.denominator for _, _, _, v in found))
    return tuple((r, c, j, int(v * factor)) for r, c, j, v in found)


def _parametric(layer: Layer) -> Structure:
    operator, entries = layer.operator, _integers(layer)
    if isinstance(operator, Circulant) and len(operator.size) == 1:
        n = operator.size[0]
        shifts = "; ".join(str(shift[0] % n) for shift in operator.support)
        term = f"Circulant {n} [:: {shifts}]%num"
    else:
        term = f"Placement {layer.rows} {layer.cols} {layer.parameters} {entry_terms(entries)}"
    return Structure(term, layer.rows, layer.cols, layer.parameters, entries)


def _after(fixed: Layer, layer: Structure) -> Structure:
    matrix = _integers(fixed)
    entries = _join(matrix, layer.entries, name=1)
    term = f"After {fixed.rows} {entry_terms(matrix)} ({layer.term})"
    return Structure(term, fixed.rows, layer.cols, layer.parameters, entries)


def _before(layer: Structure, fixed: Layer) -> Structure:
    matrix = _integers(fixed)
    entries = _join(layer.entries, matrix, name=0)
    term = f"Before ({layer.term}) {fixed.cols} {entry_terms(matrix)}"
    return Structure(term, layer.rows, fixed.cols, layer.parameters, entries)


def _join(left: Iterable[Entry], right: Iterable[Entry], name: int) -> tuple[Entry, ...]:
    by_row: dict[int, list[Entry]] = defaultdict(list)
    for entry in right:
        by_row[entry[0]].append(entry)
    product = [(x[0], y[1], (x, y)[name][2], x[3] * y[3]) for x in left for y in by_row[x[1]]]
    if len(product) > ENTRY_LIMIT:
        raise NotExported(f"a layer times its fixed neighbours with {len(product)} entries; {ENTRY_LIMIT} are taken")
    return tuple(product)
