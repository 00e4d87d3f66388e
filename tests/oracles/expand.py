"""Dense expansion of spec documents: every layer becomes its list of matrices M(e_j), with no cleverness.

Written from the format page alone and sharing no code with the product: it is the yardstick of the product and of
its checker.  A document is what a user writes (TOML or JSON already parsed) or a canonical spec.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from .dense import Matrix, add, mul, number, supports_of, zeros
from .networks import DenseNetwork, network, network_models, network_point


@dataclass(frozen=True)
class Dense:
    """An architecture written out: `layers[k][j]` is the dense matrix M_k(e_j); fixed layers are absorbed.

    `p` is 0 over QQ.  `tests/oracles` reads networks through `net` as well; chains have net = None.
    """

    p: int
    layers: list
    models: list  # (positions it speaks about, allowed supports), positions being (layer, parameter)
    point: list | None
    net: DenseNetwork | None = None

    @property
    def sizes(self) -> list[int]:
        return [len(layer) for layer in self.layers]


def expand(document: dict) -> Dense:
    """Every matrix of the architecture, with fixed layers multiplied into a neighbour."""
    name = document.get("field", "QQ")
    p = 0 if name == "QQ" else int(re.fullmatch(r"GF\((\d+)\)", name).group(1))
    point = document.get("point")
    if "network" in document:
        layers, net = network(document["network"])
        models = network_models(document, net)
        values = network_point(point, net, p)
    else:
        layers, parametric = _chain(document["layer"], p)
        models = _chain_models(document, parametric, layers)
        values = [[number(v, p) for v in h] for h in point["h"]] if point else None
        net = None
    return Dense(p, layers, models, values, net)


def _chain(written: list, p: int) -> tuple[list, list[int]]:
    layers: list = []
    parametric: list[int] = []
    pending = None  # product of fixed matrices still waiting for a parametric layer on their right
    for index, layer in enumerate(written):
        if layer["operator"] == "fixed":
            matrix = _fixed(layer, p)
            if layers:
                layers[-1] = [mul(m, matrix, p) for m in layers[-1]]
            else:
                pending = matrix if pending is None else mul(pending, matrix, p)
            continue
        matrices = operator(layer, p)
        if pending is not None:
            matrices = [mul(pending, m, p) for m in matrices]
            pending = None
        layers.append(matrices)
        parametric.append(index)
    return layers, parametric


def _fixed(layer: dict, p: int) -> Matrix:
    if "matrix" in layer:
        return [[number(v, p) for v in row] for row in layer["matrix"]]
    out = zeros(layer["rows"], layer["cols"])
    for r, c, v in layer["entries"]:
        out[r][c] = add(out[r][c], number(v, p), p)
    return out


def operator(layer: dict, p: int = 0) -> list[Matrix]:
    """The matrices M(e_j) of one parametric layer, in parameter order."""
    return _FAMILIES[layer["operator"]](layer, p)


def _entries(layer: dict, p: int) -> list[Matrix]:
    out = [zeros(layer["rows"], layer["cols"]) for _ in range(layer["parameters"])]
    for entry in layer["entries"]:
        r, c, j = entry[:3]
        out[j][r][c] = add(out[j][r][c], number(entry[3] if len(entry) == 4 else 1, p), p)
    return out


def _cells(rows: int, cols: int, cells: list) -> list[Matrix]:
    """One 0/1 matrix for each list of cells."""
    out = []
    for group in cells:
        matrix = zeros(rows, cols)
        for r, c in group:
            matrix[r][c] += 1
        out.append(matrix)
    return out


def _full(layer: dict, p: int) -> list[Matrix]:
    rows, cols = layer["rows"], layer["cols"]
    return _cells(rows, cols, [[(r, c)] for r in range(rows) for c in range(cols)])


def _diagonal(layer: dict, p: int) -> list[Matrix]:
    rows, cols = (layer["size"],) * 2 if "size" in layer else (layer["rows"], layer["cols"])
    return _cells(rows, cols, [[(j, j)] for j in range(min(rows, cols))])


def _circulant(layer: dict, p: int) -> list[Matrix]:
    size = layer["size"] if isinstance(layer["size"], list) else [layer["size"]]
    places = list(itertools.product(*map(range, size)))
    cells = []
    for shift in layer["support"]:
        shift = shift if isinstance(shift, list) else [shift]
        cells.append([(r, c) for r, i in enumerate(places) for c, m in enumerate(places) if _equal(i, m, shift, size)])
    return _cells(len(places), len(places), cells)


def _equal(i: tuple, m: tuple, shift: list, size: list) -> bool:
    return all((a - b - s) % n == 0 for a, b, s, n in zip(i, m, shift, size, strict=True))


def _toeplitz(layer: dict, p: int) -> list[Matrix]:
    rows, cols = layer["rows"], layer["cols"]
    diagonals = layer.get("diagonals")
    if diagonals is None:
        diagonals = range(1 - cols, rows)
    return _cells(rows, cols, [[(i, i - d) for i in range(rows) if 0 <= i - d < cols] for d in diagonals])


def _hankel(layer: dict, p: int) -> list[Matrix]:
    rows, cols = layer["rows"], layer["cols"]
    return _cells(rows, cols, [[(i, s - i) for i in range(rows) if 0 <= s - i < cols] for s in range(rows + cols - 1)])


def _butterfly(layer: dict, p: int) -> list[Matrix]:
    size = layer["size"]
    bit = size >> (layer["level"] + 1)
    return _cells(size, size, [[(r, c)] for r in range(size) for c in sorted({r, r ^ bit})])


def _block_diagonal(layer: dict, p: int) -> list[Matrix]:
    blocks = [operator(block, p) for block in layer["blocks"]]
    rows = sum(len(block[0]) for block in blocks)
    cols = sum(len(block[0][0]) for block in blocks)
    out = []
    top = left = 0
    for block in blocks:
        for matrix in block:
            whole = zeros(rows, cols)
            for r, row in enumerate(matrix):
                whole[top + r][left : left + len(row)] = row
            out.append(whole)
        top, left = top + len(block[0]), left + len(block[0][0])
    return out


def _kronecker(layer: dict, p: int) -> list[Matrix]:
    left, right = layer["left"], layer["right"]
    out = []
    for matrix in operator(layer["of"], p):
        rows, cols = len(matrix), len(matrix[0])
        whole = zeros(left * rows * right, left * cols * right)
        for a, r, c, b in itertools.product(range(left), range(rows), range(cols), range(right)):
            whole[(a * rows + r) * right + b][(a * cols + c) * right + b] = matrix[r][c]
        out.append(whole)
    return out


def _basis(layer: dict, p: int) -> list[Matrix]:
    return [[[number(v, p) for v in row] for row in matrix] for matrix in layer["matrices"]]


def _convolution(layer: dict, p: int) -> list[Matrix]:
    length, kernel = _listed(layer["length"]), _listed(layer["kernel"])
    stride, dilation = layer.get("stride", 1), layer.get("dilation", 1)
    padding = layer.get("padding", "valid")
    inputs = list(itertools.product(*map(range, length)))
    outputs = list(
        itertools.product(*(_positions(n, k, stride, dilation, padding) for n, k in zip(length, kernel, strict=True)))
    )
    channels_in, channels_out = layer.get("in_channels", 1), layer.get("out_channels", 1)
    rows, cols = channels_out * len(outputs), channels_in * len(inputs)
    place = {x: c for c, x in enumerate(inputs)}
    cells = []
    for co, ci, tap in itertools.product(
        range(channels_out), range(channels_in), itertools.product(*map(range, kernel))
    ):
        found = []
        for r, i in enumerate(outputs):
            x = tuple(
                _source(o, s, n, k, stride, dilation, padding)
                for o, s, n, k in zip(i, tap, length, kernel, strict=True)
            )
            if x in place:
                found.append((co * len(outputs) + r, ci * len(inputs) + place[x]))
        cells.append(found)
    return _cells(rows, cols, cells)


def _positions(n: int, k: int, stride: int, dilation: int, padding: str) -> range:
    reach = (k - 1) * dilation
    span = {"valid": n - reach, "full": n + reach, "circular": n}[padding]
    return range(-(-span // stride))


def _source(i: int, tap: int, n: int, k: int, stride: int, dilation: int, padding: str) -> int:
    x = i * stride + tap * dilation
    if padding == "circular":
        return x % n
    return x - (k - 1) * dilation if padding == "full" else x


_FAMILIES = {
    "entries": _entries,
    "full": _full,
    "diagonal": _diagonal,
    "circulant": _circulant,
    "toeplitz": _toeplitz,
    "hankel": _hankel,
    "butterfly": _butterfly,
    "block_diagonal": _block_diagonal,
    "kronecker": _kronecker,
    "basis": _basis,
    "convolution": _convolution,
}


def _chain_models(document: dict, parametric: list[int], layers: list) -> list:
    models = []
    names = [layer.get("name", "") for layer in document["layer"]]
    for model in document.get("model") or []:
        index = model["layer"] if isinstance(model["layer"], int) else names.index(model["layer"])
        k = parametric.index(index)
        options = [{(k, j) for j in support} for support in supports_of(model, len(layers[k]))]
        models.append(({(k, j) for j in range(len(layers[k]))}, options))
    return models


def _listed(value: object) -> list:
    return value if isinstance(value, list) else [value]
