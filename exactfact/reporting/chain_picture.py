"""TikZ: the factors of a chain side by side, each with its sparsity pattern, wrapped into lines."""

from __future__ import annotations

from dataclasses import dataclass

from exactfact.model import Architecture
from exactfact.reporting.notation import symbols, word
from exactfact.reporting.numerals import integer
from exactfact.reporting.patterns import Pattern, pattern

LINE_WIDTH = 15.2  # centimetres
MOST_FACTORS = 24
LONG_ENDS = (12, 8)
GAP = 0.42
LABEL = 0.95


@dataclass(frozen=True)
class _Factor:
    label: str
    pattern: Pattern
    text: str


def chain_picture(architecture: Architecture) -> tuple[str, str]:
    """(TikZ picture, sentence that explains its signs).  Sizes in centimetres, one scale for all factors."""
    factors = _factors(architecture)
    shown = [factor for factor in factors if factor is not None]
    unit = _unit(shown)
    lines: list[str] = []
    for line in _wrapped(factors, unit):
        lines.extend(line)
    return "\n".join([r"\begin{tikzpicture}[efpattern]", *lines, r"\end{tikzpicture}"]), _caption(shown)


def _factors(architecture: Architecture) -> list[_Factor | None]:
    """All factors, or the two ends of a long chain with None between."""
    labels = symbols(architecture)
    indices: list[int | None] = list(range(len(labels)))
    if len(labels) > MOST_FACTORS:
        indices = [*range(LONG_ENDS[0]), None, *range(len(labels) - LONG_ENDS[1], len(labels))]
    factors: list[_Factor | None] = []
    for index in indices:
        if index is None:
            factors.append(None)
            continue
        layer = architecture.layers[index]
        size = rf"{integer(layer.rows)}\times{integer(layer.cols)}"
        label = rf"${labels[index]}$\\[-1pt]{{\tiny ${size}$}}"
        text = word(str(layer.operator.document()["operator"]))
        factors.append(_Factor(label, pattern(layer, architecture.field.characteristic), text))
    return factors


def _unit(factors: list[_Factor]) -> float:
    """The side of one cell: the largest factor is 1.5 to 3 cm wide, the wider the fewer there are; at most 0.4 cm."""
    largest = max(max(factor.pattern.rows, factor.pattern.cols) for factor in factors)
    side = min(3.0, max(1.5, LINE_WIDTH / len(factors) - GAP))
    return round(min(0.4, side / largest), 4)


def _cell(factor: _Factor, unit: float) -> float:
    """The side of a cell of this factor: larger than the common one where the factor would be smaller than 0.9 cm."""
    return round(max(unit, min(0.4, 0.9 / max(factor.pattern.rows, factor.pattern.cols))), 4)


def _width(factor: _Factor | None, unit: float) -> float:
    return 0.5 if factor is None else max(0.62, factor.pattern.cols * _cell(factor, unit))


def _height(row: list[_Factor | None], unit: float) -> float:
    return max([0.5, *(f.pattern.rows * _cell(f, unit) for f in row if f is not None)])


def _wrapped(factors: list[_Factor | None], unit: float) -> list[list[str]]:
    """TikZ commands of every line of factors; a dot between neighbours, and at the end of a line that goes on."""
    rows: list[list[_Factor | None]] = [[]]
    used = 0.0
    for factor in factors:
        width = _width(factor, unit) + GAP
        if rows[-1] and used + width > LINE_WIDTH:
            rows.append([])
            used = 0.0
        rows[-1].append(factor)
        used += width
    lines, top = [], 0.0
    for number, row in enumerate(rows):
        height = _height(row, unit)
        lines.append(_line(row, unit, top - height / 2, last=number == len(rows) - 1))
        top -= height + LABEL + 0.25
    return lines


def _line(row: list[_Factor | None], unit: float, middle: float, last: bool) -> list[str]:
    commands: list[str] = []
    left = 0.0
    deepest = _height(row, unit) / 2
    for position, factor in enumerate(row):
        width = _width(factor, unit)
        if factor is None:
            commands.append(rf"\node at ({left + width / 2:.3f},{middle:.3f}) {{$\cdots$}};")
        else:
            cell = _cell(factor, unit)
            commands.extend(_drawn(factor, cell, left + (width - factor.pattern.cols * cell) / 2, middle))
            below = middle - deepest - 0.08
            commands.append(rf"\node[efbelow] at ({left + width / 2:.3f},{below:.3f}) {{{factor.label}}};")
        left += width + GAP
        between = factor is not None and (row[position + 1] is not None if position + 1 < len(row) else not last)
        if between:
            commands.append(rf"\node at ({left - GAP / 2:.3f},{middle:.3f}) {{$\cdot$}};")
    return commands


def _drawn(factor: _Factor, unit: float, left: float, middle: float) -> list[str]:
    rows, cols = factor.pattern.rows, factor.pattern.cols
    top = middle + rows * unit / 2
    commands = [rf"\begin{{scope}}[shift={{({left:.3f},{top:.3f})}},x={unit}cm,y=-{unit}cm]"]
    commands += [
        rf"\fill[{_color(tone)}] ({c},{r}) rectangle ({c + width},{r + height});"
        for r, c, height, width, tone in factor.pattern.rectangles
    ]
    if factor.pattern.kind == "cells" and unit > 0.05:
        across = " ".join(f"(0,{r})--({cols},{r})" for r in range(1, rows))
        down = " ".join(f"({c},0)--({c},{rows})" for c in range(1, cols))
        commands.append(rf"\draw[efgrid] {across} {down};")
    commands.append(rf"\draw[efframe] (0,0) rectangle ({cols},{rows});")
    if factor.pattern.kind == "outline":
        commands.append(rf"\node[font=\tiny] at ({cols / 2:g},{rows / 2:g}) {{{factor.text}}};")
    return [*commands, r"\end{scope}"]


def _color(tone: str) -> str:
    """The TikZ style of a tone; "g40" is a shade of ink."""
    return f"efink!{tone[1:]}" if tone[0] == "g" else f"ef{tone}"


def _caption(factors: list[_Factor]) -> str:
    kinds = {factor.pattern.kind for factor in factors}
    tones = {tone for factor in factors for *_, tone in factor.pattern.rectangles}
    parts = ["The factors and their supports"]
    if any(tone[0] in "pg" for tone in tones):
        # A factor in one tone ("on") does not show its parameters.
        parts.append(f"equal tones in one factor{' of several tones' if 'on' in tones else ''} are equal parameters")
    if "mix" in tones:
        parts.append("dark cells hold several parameters")
    if "fix" in tones:
        parts.append("grey factors are fixed")
    if "density" in kinds:
        parts.append("factors beyond 32 rows or columns are drawn as densities")
    if "outline" in kinds:
        parts.append("empty frames stand for factors too large to draw")
    return "; ".join(parts) + "."
