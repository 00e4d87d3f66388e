"""The support of one factor as a small grid of cells with tones: exact up to 32 x 32, as a density beyond."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from exactfact.model import Layer

SIDE = 32
MOST_ENTRIES = 60_000
PARAMETER_TONES = 5
GRADES = 33  # up to so many parameters get shades of their own, when parameters repeat
SHADES = 4

Cell = tuple[int, int]
Rectangle = tuple[int, int, int, int, str]


@dataclass(frozen=True)
class Pattern:
    """A grid of `rows` x `cols` cells; `rectangles` are (top, left, height, width, tone).

    `kind` is "cells" (one cell an entry), "density" (each cell stands for a block of entries) or "outline".
    """

    rows: int
    cols: int
    rectangles: tuple[Rectangle, ...]
    kind: str


def pattern(layer: Layer, characteristic: int = 0) -> Pattern:
    """The picture of a layer's support.

    Tones of "cells": "p0" ... "p4" by parameter when there are at most five, shades "g18" ... "g88" when there are up
    to 33 and some repeat, "on" otherwise, "mix" for a cell with several parameters, "fix" for fixed layers.  Tones of
    "density": "d1" ... "d4".  Cost: the layer's entries, at most 60000 of them; a layer with more is an outline.
    """
    rows, cols = min(layer.rows, SIDE), min(layer.cols, SIDE)
    if layer.operator.count() > MOST_ENTRIES:
        return Pattern(rows, cols, (), "outline")
    cells = _cells(layer, characteristic)
    if (rows, cols) == (layer.rows, layer.cols):
        repeat = len(cells) > layer.parameters
        tones = {cell: _tone(layer, parameters, repeat) for cell, parameters in cells.items()}
        return Pattern(rows, cols, merged(tones), "cells")
    return Pattern(rows, cols, merged(_densities(layer, cells, rows, cols)), "density")


def _cells(layer: Layer, characteristic: int) -> dict[Cell, list[int]]:
    """The parameters of every cell that is not zero."""
    sums: dict[tuple[int, int, int], int | Fraction] = defaultdict(int)
    for row, col, parameter, coefficient in layer.operator.entries():
        total = sums[row, col, parameter] + coefficient
        sums[row, col, parameter] = total % characteristic if characteristic else total
    cells: dict[Cell, list[int]] = defaultdict(list)
    for (row, col, parameter), value in sums.items():
        if value:
            cells[row, col].append(parameter)
    return cells


def _tone(layer: Layer, parameters: list[int], repeat: bool) -> str:
    if layer.fixed:
        return "fix"
    if len(parameters) > 1:
        return "mix"
    if layer.parameters <= PARAMETER_TONES:
        return f"p{parameters[0]}"
    if repeat and layer.parameters <= GRADES:
        return f"g{18 + 70 * parameters[0] // (layer.parameters - 1)}"
    return "on"


def _densities(layer: Layer, cells: dict[Cell, list[int]], rows: int, cols: int) -> dict[Cell, str]:
    """Four shades by the filled fraction of each block; a block with one entry is never left white."""
    counts: dict[Cell, int] = defaultdict(int)
    for row, col in cells:
        counts[row * rows // layer.rows, col * cols // layer.cols] += 1
    tones = {}
    for (row, col), count in counts.items():
        height = _block(row, rows, layer.rows)
        width = _block(col, cols, layer.cols)
        tones[row, col] = f"d{1 + min(SHADES - 1, count * SHADES // (height * width + 1))}"
    return tones


def _block(index: int, blocks: int, size: int) -> int:
    """How many i < size have i * blocks // size == index."""
    return -(-(index + 1) * size // blocks) - -(-index * size // blocks)


def merged(tones: dict[Cell, str]) -> tuple[Rectangle, ...]:
    """Cells of equal tone gathered into horizontal runs, and equal runs of consecutive rows into rectangles."""
    by_row: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for row, col in sorted(tones):
        runs, tone = by_row[row], tones[row, col]
        if runs and runs[-1][0] + runs[-1][1] == col and runs[-1][2] == tone:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1, tone)
        else:
            runs.append((col, 1, tone))
    rectangles: list[Rectangle] = []
    previous: tuple[int, list[tuple[int, int, str]], int] | None = None
    for row in sorted(by_row):
        if previous and previous[1] == by_row[row] and previous[0] + previous[2] == row:
            previous = (previous[0], previous[1], previous[2] + 1)
            continue
        rectangles.extend(_rectangles(previous))
        previous = (row, by_row[row], 1)
    rectangles.extend(_rectangles(previous))
    return tuple(rectangles)


def _rectangles(group: tuple[int, list[tuple[int, int, str]], int] | None) -> list[Rectangle]:
    if group is None:
        return []
    top, runs, height = group
    return [(top, left, height, width, tone) for left, width, tone in runs]
