"""Brute force for tiny architectures, written apart from the checker: all columns, all paths, all tensors.

Layers are dense lists of lists of Fractions; the lifting is the list of all prod S_k columns. Used to judge what the
checker accepts; nothing here is fast.
"""
import random
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

Dense = list[list[Any]]
Json = dict[str, Any]
LARGE = (1 << 61) - 1


def value(x: Any) -> Fraction:
    """A canonical number."""
    if isinstance(x, int):
        return Fraction(x)
    parts = [int(part, 16 if "0x" in part else 10) for part in x.split("/")]
    return Fraction(parts[0], parts[1] if len(parts) > 1 else 1)


def characteristic(spec: Json) -> int:
    """0 or p."""
    return 0 if spec["field"] == "QQ" else int(spec["field"][3:-1])


def zeros(rows: int, cols: int) -> Dense:
    """The zero matrix."""
    return [[Fraction(0)] * cols for _ in range(rows)]


def matrices(layer: Json) -> list[Dense]:
    """The matrices M(e_j) of a canonical layer (one matrix for a fixed layer), entry by entry from its definition."""
    kind = layer["operator"]
    if kind == "basis":
        return [[[value(x) for x in row] for row in matrix] for matrix in layer["matrices"]]
    if kind == "fixed" and "matrix" in layer:
        return [[[value(x) for x in row] for row in layer["matrix"]]]
    if kind == "circulant":
        return _circulant(layer)
    if kind == "butterfly":
        return _butterfly(layer)
    if kind == "block_diagonal":
        return _blocks([matrices(block) for block in layer["blocks"]])
    if kind == "kronecker":
        return [_kronecker(layer["left"], m, layer["right"]) for m in matrices(layer["of"])]
    if kind == "convolution":
        return _convolution(layer)
    rows, cols = layer["rows"], layer["cols"]
    if kind in ("entries", "fixed"):
        result = [zeros(rows, cols) for _ in range(layer.get("parameters", 1))]
        for cell in layer["entries"]:
            r, c, j, v = cell if kind == "entries" else (cell[0], cell[1], 0, cell[2])
            result[j][r][c] += value(v)
        return result
    return _pattern(kind, rows, cols, layer.get("diagonals"))


def _pattern(kind: str, rows: int, cols: int, diagonals: Any) -> list[Dense]:
    def parameter(i: int, k: int) -> int | None:
        if kind == "full":
            return i * cols + k
        if kind == "diagonal":
            return i if i == k else None
        if kind == "hankel":
            return i + k
        if diagonals is not None:
            return diagonals.index(i - k) if i - k in diagonals else None
        return i - k + cols - 1
    sizes = {"full": rows * cols, "diagonal": min(rows, cols), "hankel": rows + cols - 1,
             "toeplitz": rows + cols - 1 if diagonals is None else len(diagonals)}
    result = [zeros(rows, cols) for _ in range(sizes[kind])]
    for i, k in product(range(rows), range(cols)):
        j = parameter(i, k)
        if j is not None:
            result[j][i][k] = Fraction(1)
    return result


def _circulant(layer: Json) -> list[Dense]:
    points = list(product(*map(range, layer["size"])))
    def cell(i: tuple[int, ...], k: tuple[int, ...], shift: list[int]) -> Fraction:
        return Fraction(all((a - b - s) % n == 0 for a, b, s, n in zip(i, k, shift, layer["size"], strict=True)))

    return [[[cell(i, k, shift) for k in points] for i in points] for shift in layer["support"]]


def _butterfly(layer: Json) -> list[Dense]:
    n, flip = layer["size"], layer["size"] >> (layer["level"] + 1)
    result = []
    for r in range(n):
        for c in range(n):
            if c in (r, r ^ flip):
                matrix = zeros(n, n)
                matrix[r][c] = Fraction(1)
                result.append(matrix)
    return result


def _blocks(blocks: list[list[Dense]]) -> list[Dense]:
    rows, cols = sum(len(b[0]) for b in blocks), sum(len(b[0][0]) for b in blocks)
    result, r0, c0 = [], 0, 0
    for block in blocks:
        for matrix in block:
            big = zeros(rows, cols)
            for r, row in enumerate(matrix):
                for c, x in enumerate(row):
                    big[r0 + r][c0 + c] = x
            result.append(big)
        r0, c0 = r0 + len(block[0]), c0 + len(block[0][0])
    return result


def _kronecker(left: int, matrix: Dense, right: int) -> Dense:
    m, n = len(matrix), len(matrix[0])
    return [[matrix[i // right % m][k // right % n] if i // (m * right) == k // (n * right)
             and i % right == k % right else Fraction(0) for k in range(left * n * right)]
            for i in range(left * m * right)]


def _convolution(layer: Json) -> list[Dense]:
    length, kernel, t, a = layer["length"], layer["kernel"], layer["stride"], layer["dilation"]
    pad = layer["padding"]
    span = [(k - 1) * a for k in kernel]
    out = [{"valid": (n - d - 1) // t + 1, "full": (n + d - 1) // t + 1, "circular": -(-n // t)}[pad]
           for n, d in zip(length, span, strict=True)]
    inputs, outputs = list(product(*map(range, length))), list(product(*map(range, out)))
    result = []
    for o, i, tap in product(range(layer["out_channels"]), range(layer["in_channels"]),
                             list(product(*map(range, kernel)))):
        matrix = zeros(layer["out_channels"] * len(outputs), layer["in_channels"] * len(inputs))
        for y, position in enumerate(outputs):
            at = [p * t + s * a - (d if pad == "full" else 0) for p, s, d in zip(position, tap, span, strict=True)]
            if pad == "circular":
                at = [x % n for x, n in zip(at, length, strict=True)]
            if tuple(at) in inputs:
                matrix[o * len(outputs) + y][i * len(inputs) + inputs.index(tuple(at))] = Fraction(1)
        result.append(matrix)
    return result


def times(a: Dense, b: Dense) -> Dense:
    """Matrix product."""
    return [[sum((x * y for x, y in zip(row, col, strict=True)), Fraction(0)) for col in zip(*b, strict=True)]
            for row in a]


def chain_layers(spec: Json) -> list[list[Dense]]:
    """The parametric layers, fixed layers absorbed."""
    result: list[list[Dense]] = []
    before: Dense | None = None
    for layer in spec["layer"]:
        these = matrices(layer)
        if layer["operator"] != "fixed":
            result.append([times(before, m) for m in these] if before else these)
            before = None
        elif result:
            result[-1] = [times(m, these[0]) for m in result[-1]]
        else:
            before = times(before, these[0]) if before else these[0]
    return result


def sizes(spec: Json) -> list[int]:
    """S_1, ..., S_K."""
    if "network" in spec:
        return [sum(len(e["support"]) for e in level) for level in levels(spec)]
    return [len(m) for m in chain_layers(spec)]


def levels(spec: Json) -> list[list[Json]]:
    """The edges of a network by level from the root, file order kept."""
    net, result = spec["network"], []
    frontier = {net["root"]}
    while True:
        level = [e for e in net["edge"] if e["to"] in frontier]
        if not level:
            return result
        result.append(level)
        frontier = {e["from"] for e in level}


def taps(spec: Json) -> list[list[tuple[Json, tuple[int, ...]]]]:
    """For each level, its parameters as (edge, effective tap reduced in the group)."""
    net = spec["network"]
    strides = [x["stride"] for x in net["layer"]]
    result = []
    for k, level in enumerate(levels(spec)):
        scale = prod(strides[k + 1:])
        result.append([(e, tuple(scale * e["dilation"] * s % n if n else scale * e["dilation"] * s
                                 for s, n in zip(tap, net["group"], strict=True)))
                       for e in level for tap in e["support"]])
    return result


def columns(spec: Json) -> dict[tuple[int, ...], dict[Any, Fraction]]:
    """Multi-index -> column of A (networks: the unit vector of (leaf, sum), or zero off the paths)."""
    if "network" not in spec:
        return _chain_columns(spec)
    result = {}
    table = taps(spec)
    for index in product(*(range(len(level)) for level in table)):
        node, total = spec["network"]["root"], (0,) * len(spec["network"]["group"])
        for k, j in enumerate(index):
            e, tap = table[k][j]
            if e["to"] != node:
                result[index] = {}
                break
            node = e["from"]
            total = tuple((x + s) % n if n else x + s
                          for x, s, n in zip(total, tap, spec["network"]["group"], strict=True))
        else:
            result[index] = {(node, total): Fraction(1)}
    return result


def _chain_columns(spec: Json) -> dict[tuple[int, ...], dict[Any, Fraction]]:
    layers = chain_layers(spec)
    products: dict[tuple[int, ...], Dense] = {(j,): m for j, m in enumerate(layers[0])}
    for layer in layers[1:]:
        products = {(*i, j): times(x, m) for i, x in products.items() for j, m in enumerate(layer)}
    return {i: {(r, c): x for r, row in enumerate(m) for c, x in enumerate(row) if x} for i, m in products.items()}


def rank(vectors: list[dict[Any, Any]], p: int = 0) -> int:
    """Rank of sparse vectors over QQ or GF(p), by plain elimination."""
    def reduce(x: Any) -> Any:
        return x if not p else (x.numerator * pow(x.denominator, -1, p) if isinstance(x, Fraction) else x) % p
    basis: list[tuple[Any, dict[Any, Any]]] = []
    for vector in vectors:
        v = {k: y for k, x in vector.items() if (y := reduce(x))}
        for pivot, row in basis:
            if v.get(pivot):
                f = v[pivot]
                for k, x in row.items():
                    v[k] = reduce(v.get(k, 0) - f * x)
                v = {k: x for k, x in v.items() if x}
        if v:
            pivot = min(v, key=repr)
            inverse = Fraction(1) / v[pivot] if not p else pow(v[pivot], -1, p)
            basis.append((pivot, {k: reduce(x * inverse) for k, x in v.items()}))
    return len(basis)


def lifted_rank(spec: Json) -> int:
    """rank A over the spec's field."""
    return rank(list(columns(spec).values()), characteristic(spec))


def jacobian_columns(spec: Json, h: list[list[Any]]) -> list[dict[Any, Any]]:
    """The columns of the Jacobian of phi at h, by the definition phi = sum P(h)_i A_i."""
    result = []
    table = columns(spec)
    for k, size in enumerate(sizes(spec)):
        for j in range(size):
            total: dict[Any, Any] = {}
            for i, column in table.items():
                if i[k] == j:
                    factor = prod([h[m][i[m]] for m in range(len(h)) if m != k])
                    for at, x in column.items():
                        total[at] = total.get(at, 0) + factor * x
            result.append(total)
    return result


def generic_jacobian_rank(spec: Json) -> int:
    """The generic Jacobian rank, exact but for a chance of about 1e-15 (random points mod 2^61 - 1)."""
    rng = random.Random(5)
    h = [[rng.randrange(1, LARGE) for _ in range(size)] for size in sizes(spec)]
    return rank(jacobian_columns(spec, h), LARGE)


def point_jacobian_rank(spec: Json) -> int:
    """The rank of the Jacobian at the given point, over the spec's field."""
    h = [[value(x) for x in row] for row in spec["point"]["h"]]
    return rank(jacobian_columns(spec, h), characteristic(spec))


def image(spec: Json, h: list[list[Any]]) -> dict[Any, Any]:
    """phi(h) = A P(h), zeros dropped, over the spec's field."""
    p, total = characteristic(spec), {}
    for i, column in columns(spec).items():
        factor = prod([h[k][j] for k, j in enumerate(i)])
        for at, x in column.items():
            total[at] = total.get(at, 0) + factor * x
    return {at: x for at, x in total.items() if (x % p if p else x)} if not p else {
        at: x % p for at, x in total.items() if x % p}


def tensor(spec: Json, h: list[list[Any]], paths_only: bool = False) -> list[Any]:
    """P(h), over the spec's field; for networks optionally on the path multi-indices only."""
    p = characteristic(spec)
    result = []
    for i, column in columns(spec).items():
        if column or not paths_only:
            x = prod([h[k][j] for k, j in enumerate(i)])
            result.append(x % p if p else x)
    return result


def path_sums(spec: Json) -> dict[Any, int]:
    """(leaf, sum) -> number of path multi-indices."""
    counts: dict[Any, int] = {}
    for column in columns(spec).values():
        for at in column:
            counts[at] = counts.get(at, 0) + 1
    return counts


def hidden_nodes(spec: Json) -> int:
    """Number of hidden nodes of a network."""
    nodes = {e["to"] for e in spec["network"]["edge"]} - {spec["network"]["root"]}
    return len(nodes)
