"""Parameter vectors, pairs of them, and small matrices, written out; long ones by their support."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from exactfact.certificate.numbers import decode_number
from exactfact.model import Architecture, Layer
from exactfact.reporting.escape import code
from exactfact.reporting.numerals import integer, magnitude, number

Exact = int | Fraction
MOST_SHOWN = 10
MOST_TERMS = 6
MOST_LINES = 24
FEW_LAYERS = 6  # up to so many, every layer has a row of its own
SMALL_MATRIX = 6
MOST_WORK = 20_000
WIDE_CELL = 60  # characters of LaTeX source beyond which a table cell becomes a paragraph


def vector(values: Sequence[Any]) -> str:
    r"""A vector in mathematics: ``(1, 0, -2)``; long ones as ``e_{3}-2e_{17}`` or, dense, by their two ends."""
    entries = [exact(value) for value in values]
    if len(entries) <= MOST_SHOWN:
        return "(" + r",\allowbreak ".join(number(entry) for entry in entries) + ")"
    terms = [(index, entry) for index, entry in enumerate(entries) if entry]
    if not terms:
        return "0"
    if len(terms) <= MOST_TERMS:
        return "".join(_term(entry, index, first=place == 0) for place, (index, entry) in enumerate(terms))
    shown = [number(entry) for entry in entries[:5]] + [r"\dots", number(entries[-1])]
    return "(" + r",\allowbreak ".join(shown) + ")"


def exact(value: Any) -> Exact:
    """A number of a certificate, or one that was decoded before."""
    return value if isinstance(value, Fraction) else decode_number(value)


def _term(entry: Exact, index: int, first: bool) -> str:
    sign = "-" if entry < 0 else "" if first else "+"
    factor = "" if magnitude(entry) == 1 else number(magnitude(entry))
    return rf"{sign}\allowbreak {factor}e_{{{index}}}"


def parameter_pair(
    architecture: Architecture, first: Sequence[Any], second: Sequence[Any]
) -> tuple[list[tuple[str, str, str]], bool]:
    """Rows (name, vector of the first point, vector of the second) by layer or by edge, and whether they are all.

    Beyond 24 rows those on which the two vectors agree are left out first.
    """
    rows = _edge_rows(architecture, first, second) if architecture.network else _layer_rows(first, second)
    shown = rows
    if len(rows) > MOST_LINES:
        shown = ([row for row in rows if row[3]] or rows)[:MOST_LINES]
    return [(name, f"${h}$", f"${g}$") for name, h, g, _ in shown], len(shown) == len(rows)


def _layer_rows(first: Sequence[Any], second: Sequence[Any]) -> list[tuple[str, str, str, bool]]:
    """One row a layer; neighbours with the same two vectors share a row when there are many."""
    rows: list[tuple[int, int, str, str, bool]] = []
    for place, (h, g) in enumerate(zip(first, second, strict=True), start=1):
        cells = (vector(h), vector(g), list(h) != list(g))
        if rows and len(first) > FEW_LAYERS and rows[-1][2:] == cells:
            rows[-1] = (rows[-1][0], place, *cells)
        else:
            rows.append((place, place, *cells))
    return [(f"${_range(low, high)}$", h, g, differ) for low, high, h, g, differ in rows]


def _range(low: int, high: int) -> str:
    return str(low) if low == high else rf"{low},\,{high}" if high == low + 1 else rf"{low}\text{{--}}{high}"


def _edge_rows(
    architecture: Architecture, first: Sequence[Any], second: Sequence[Any]
) -> list[tuple[str, str, str, bool]]:
    network = architecture.network
    if network is None:
        return []
    rows = []
    for level, edges in enumerate(network.level_edges):
        start = 0
        for index in edges:
            stop = start + len(network.edges[index].support)
            h, g = first[level][start:stop], second[level][start:stop]
            rows.append((code(network.edges[index].name, 20), vector(h), vector(g), list(h) != list(g)))
            start = stop
    return rows


def wide(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether some cell is so long that columns should be paragraphs."""
    return any(len(cell.replace(r"\allowbreak", "").replace(r"\tfrac", "")) > WIDE_CELL for row in rows for cell in row)


def proportionality(first: Sequence[Any], second: Sequence[Any], characteristic: int) -> list[Exact | None]:
    """For every layer the scalar with second = scalar * first, or None; the layers of `first` must be nonzero."""
    scalars: list[Exact | None] = []
    for h, g in zip(first, second, strict=True):
        left, right = [exact(v) for v in h], [exact(v) for v in g]
        pivot = next(index for index, value in enumerate(left) if value)
        scalar = _ratio(right[pivot], left[pivot], characteristic)
        same = all(_reduced(scalar * a - b, characteristic) == 0 for a, b in zip(left, right, strict=True))
        scalars.append(scalar if same else None)
    return scalars


def _ratio(top: Exact, below: Exact, characteristic: int) -> Exact:
    if characteristic:
        return int(top) * pow(int(below), -1, characteristic) % characteristic
    return Fraction(top) / Fraction(below)


def _reduced(value: Exact, characteristic: int) -> Exact:
    return value % characteristic if characteristic else value


def product_matrix(architecture: Architecture, point: Sequence[Any]) -> str | None:
    """The value of phi at a point as a matrix (LaTeX), or None beyond 6 x 6 or 20000 entries of the layers."""
    layers = architecture.layers
    if not layers or max(layers[0].rows, layers[-1].cols) > SMALL_MATRIX:
        return None
    if sum(layer.operator.count() for layer in layers) > MOST_WORK:
        return None
    p = architecture.field.characteristic
    parameters = iter(point)
    current: dict[tuple[int, int], Exact] | None = None
    for layer in layers:
        factor = _evaluated(layer, [] if layer.fixed else [exact(v) for v in next(parameters)], p)
        current = factor if current is None else _times(current, factor, p)
    return matrix(current or {}, layers[0].rows, layers[-1].cols)


def matrix(cells: dict[tuple[int, int], Exact], rows: int, cols: int) -> str:
    """A dense display of a small sparse matrix."""
    lines = [" & ".join(number(cells.get((r, c), 0)) for c in range(cols)) for r in range(rows)]
    return r"\begin{pmatrix} " + r" \\ ".join(lines) + r" \end{pmatrix}"


def _evaluated(layer: Layer, values: Sequence[Exact], characteristic: int) -> dict[tuple[int, int], Exact]:
    cells: dict[tuple[int, int], Exact] = defaultdict(int)
    for row, col, parameter, coefficient in layer.operator.entries():
        cells[row, col] += coefficient if layer.fixed else coefficient * values[parameter]
    return {cell: _reduced(value, characteristic) for cell, value in cells.items() if _reduced(value, characteristic)}


def _times(
    left: dict[tuple[int, int], Exact], right: dict[tuple[int, int], Exact], characteristic: int
) -> dict[tuple[int, int], Exact]:
    by_row: dict[int, list[tuple[int, Exact]]] = defaultdict(list)
    for (row, col), value in right.items():
        by_row[row].append((col, value))
    cells: dict[tuple[int, int], Exact] = defaultdict(int)
    for (row, inner), value in left.items():
        for col, other in by_row.get(inner, ()):
            cells[row, col] = _reduced(cells[row, col] + value * other, characteristic)
    return {cell: value for cell, value in cells.items() if value}


def scalar_words(value: Exact) -> str:
    """An exact rational as a formula; long numbers are cut as `numerals` does."""
    return integer(int(value)) if value.denominator == 1 else number(value)
