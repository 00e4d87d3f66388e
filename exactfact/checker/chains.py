"""Chains: the matrices of the parametric layers, fixed layers absorbed, in integers.

A matrix is {row: {column: integer}}, zeros left out. A fixed layer is multiplied from the right into the parametric
layer before it, leading fixed layers from the left into the first one. Layer k is held times
its common denominator c_k.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from math import lcm

from .errors import Meter
from .families import Operator
from .numbers import Number, residue

Matrix = dict[int, dict[int, int]]
Exact = dict[tuple[int, int], Number]


@dataclass(frozen=True)
class Layer:
    """A parametric layer with its fixed neighbours absorbed: rows x cols, `matrices[j]` = c_k M_k(e_j), integers."""

    rows: int
    cols: int
    denominator: int
    matrices: tuple[Matrix, ...]


@dataclass(frozen=True)
class Chain:
    """The parametric layers; `original` is a common multiple of all denominators written in the spec."""

    layers: tuple[Layer, ...]
    original: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """(m_1, m_{K+1}): rows of the first layer, columns of the last, those of the product."""
        return self.layers[0].rows, self.layers[-1].cols

    def reduced(self, p: int) -> tuple[tuple[Matrix, ...], ...]:
        """M_k(e_j) mod p, for p prime to every denominator."""
        result = []
        for layer in self.layers:
            inverse = pow(layer.denominator, -1, p)
            result.append(tuple({r: kept for r, row in matrix.items()
                                 if (kept := {c: x for c, v in row.items() if (x := v * inverse % p)})}
                                for matrix in layer.matrices))
        return tuple(result)


def expand(operators: Sequence[Operator], p: int, meter: Meter) -> Chain:
    """The chain of a spec over QQ (p = 0) or GF(p); cost is proportional to the number of cells."""
    lists: list[tuple[int, int, list[Exact]]] = []
    before: tuple[int, Exact] | None = None  # (rows, product) of the fixed layers so far
    original = []
    stored = 0
    for operator in operators:
        stored += 2 * operator.count + 5 * operator.parameters  # a matrix is two dicts, a cell a key and a value
        meter.hold(stored, "the cells of the layers")
        meter.spend(1000 * operator.count + 500 * operator.parameters + 1000, "the cells of a layer")
        cells: list[Exact] = [{} for _ in range(max(operator.parameters, 1))]
        denominators = set()
        for r, c, j, value in operator.cells():
            cells[j][r, c] = cells[j].get((r, c), 0) + value
            denominators.add(value.denominator)
        original.append(common_denominator(denominators, operator.count, meter))
        cells = [_clean(cell, p) for cell in cells]
        if operator.parameters == 0 and lists:
            rows, _, previous = lists[-1]
            lists[-1] = rows, operator.cols, [_times(x, cells[0], p, meter) for x in previous]
        elif operator.parameters == 0:
            before = (before[0], _times(before[1], cells[0], p, meter)) if before else (operator.rows, cells[0])
        elif before:
            lists.append((before[0], operator.cols, [_times(before[1], x, p, meter) for x in cells]))
            before = None
        else:
            lists.append((operator.rows, operator.cols, cells))
    return Chain(tuple(_scaled(*entry, meter) for entry in lists), tuple(original))


def common_denominator(denominators: set[int], count: int, meter: Meter) -> int:
    """Their least common multiple, as long as `count` numbers over it can be stored."""
    common = 1
    for d in denominators:
        common = lcm(common, d)
        meter.spend(100 + common.bit_length() * (1 + d.bit_length() // 512), "common denominators")
        meter.hold(count * (common.bit_length() // 64), "numbers over a common denominator")
    return common


def _scaled(rows: int, cols: int, cells: list[Exact], meter: Meter) -> Layer:
    denominators = {v.denominator for cell in cells for v in cell.values()}
    common = common_denominator(denominators, sum(map(len, cells)), meter)
    matrices = []
    for cell in cells:
        matrix: Matrix = {}
        for (r, c), v in cell.items():
            matrix.setdefault(r, {})[c] = int(v * common)
        matrices.append(matrix)
    return Layer(rows, cols, common, tuple(matrices))


def _clean(cells: Exact, p: int) -> Exact:
    return {at: x for at, v in cells.items() if (x := residue(v, p) if p else v)}


def _times(left: Exact, right: Exact, p: int, meter: Meter) -> Exact:
    by_row: dict[int, list[tuple[int, Number]]] = {}
    for (r, c), v in right.items():
        by_row.setdefault(r, []).append((c, v))
    result: Exact = {}
    meter.spend(100 * len(left), "fixed layers")
    for (r, k), u in left.items():
        for c, v in by_row.get(k, ()):
            old = result.get((r, c), 0)
            bits = sum(x.numerator.bit_length() + x.denominator.bit_length() for x in (u, v, old))
            meter.spend(1000 + bits * bits // 400, "fixed layers")  # common divisors cost a product of lengths
            result[r, c] = old + u * v
    meter.hold(len(result), "fixed layers")
    return _clean(result, p)
