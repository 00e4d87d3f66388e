"""Small factors written out as matrices with their parameters as entries."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from exactfact.model import Architecture, Layer
from exactfact.reporting.notation import symbols
from exactfact.reporting.numerals import magnitude, number
from exactfact.reporting.tables import display

MOST_ROWS, MOST_COLUMNS = 6, 6
MOST_FACTORS = 5
LINE = 66  # characters of entries side by side


def explicit(architecture: Architecture) -> str:
    """A display of the factors up to 6 x 6 of a short chain; empty when the chain is long or none is that small."""
    if len(architecture.layers) > MOST_FACTORS:
        return ""
    lines: list[list[str]] = [[]]
    used, count = 0, 0
    for symbol, layer in zip(symbols(architecture), architecture.layers, strict=True):
        count += 0 if layer.fixed else 1
        if layer.rows > MOST_ROWS or layer.cols > MOST_COLUMNS or layer.operator.count() > 1000:
            continue
        text, width = _matrix(layer, count, architecture.field.characteristic)
        if width > LINE:
            continue
        if lines[-1] and used + width > LINE:
            lines.append([])
            used = 0
        lines[-1].append(f"{symbol if layer.fixed else f'{symbol}(h_{{{count}}})'}={text}")
        used += width + 10
    if not lines[0]:
        return ""
    texts = [r",\qquad ".join(line) for line in lines]
    return display(*(text + "," for text in texts[:-1]), texts[-1] + ".")


def _matrix(layer: Layer, place: int, characteristic: int) -> tuple[str, int]:
    """The matrix and its rough width in characters."""
    cells: dict[tuple[int, int], dict[int, int | Fraction]] = defaultdict(dict)
    for row, col, parameter, coefficient in layer.operator.entries():
        total = cells[row, col].get(parameter, 0) + coefficient
        cells[row, col][parameter] = total % characteristic if characteristic else total
    texts = [[_entry(cells.get((r, c), {}), layer, place) for c in range(layer.cols)] for r in range(layer.rows)]
    widths = [
        max(len(texts[r][c]) - (8 if "frac" in texts[r][c] else 0) for r in range(layer.rows))
        for c in range(layer.cols)
    ]
    body = r" \\ ".join(" & ".join(row) for row in texts)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}", sum(min(width, 8) if width < 10 else width for width in widths)


def _entry(terms: dict[int, int | Fraction], layer: Layer, place: int) -> str:
    text = ""
    for parameter, coefficient in sorted(terms.items()):
        if not coefficient:
            continue
        if layer.fixed:
            return number(coefficient)
        sign = "-" if coefficient < 0 else "+" if text else ""
        factor = "" if magnitude(coefficient) == 1 else number(magnitude(coefficient))
        text += f"{sign}{factor}h_{{{place},{parameter}}}"
    return text or "0"
