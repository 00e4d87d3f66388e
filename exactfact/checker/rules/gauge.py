"""Rule 6.3: linear fields h -> (D_k h_k) along which phi does not change; they bound the Jacobian rank from above.

Evidence: fields {"D": [[k, row, column, value], ...]} with or without "Z": [[i, row, column, value], ...], integers,
and a point mod p. With Z (interfaces 0 < i < K): M_k(D_k e_j) = M_k(e_j) Z_k - Z_{k-1} M_k(e_j) exactly for all k and
j, Z_0 = Z_K = 0, on the layers without the entries that no complete path of nonzero entries meets. Without Z: the block
products of [[M_k(x), M_k(D_k x)], [0, M_k(x)]] have the top right block zero, by the exact span of their top rows.
Then value >= sum S_k - t, t the rank mod p of the values of the fields and the K - 1 scalings at the point.
Source: theory 6.3. Cost: sum S_k sparse identities a field (without Z: one exact elimination in dimension 2 m_k).
"""
from itertools import accumulate
from typing import Any

from ..chains import Layer, Matrix
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing, whole
from ..numbers import integer
from .dead_direction import reachable
from .elimination import Row, rank_mod
from .exact_span import Span
from .jacobian import read_point
from .matrices import linear, multiply, rows_of

Field = tuple[list[Matrix], list[Matrix] | None]


def check(claim: Claim, context: Context) -> None:
    """Accept iff every field preserves phi and they leave at most `value` dimensions at the point."""
    f = fields(claim.evidence, "evidence", "fields prime point")
    p = context.prime(f["prime"])
    h = read_point(f["point"], p, context)
    sizes, layers = context.spec.parameters, live_layers(context)
    values = _scalings(h)
    for i, document in enumerate(listing(f["fields"], "fields")):
        field = read_field(document, f"fields[{i}]", context)
        if field[1] is None:
            _require_linear(field[0], layers, f"fields[{i}]", context)
        else:
            _require_telescoping(field[0], field[1], layers, f"fields[{i}]", context)
        values.append(_value(field[0], h, sizes))
        context.meter.spend(200 * sum(sizes), "fields at a point")
    least = sum(sizes) - rank_mod(values, p, context.meter)
    require(least <= claim.value, f"a value >= {least}", claim.value)


def read_field(document: Any, where: str, context: Context) -> Field:
    """The matrices D_k, and Z_0, ..., Z_K if given."""
    f = fields(document, where, "D", Z=None)
    maps: list[Matrix] = [{} for _ in context.spec.parameters]
    sizes = context.spec.parameters
    for entry in listing(f["D"], f"{where}, D"):
        k, row, col, value = listing(entry, f"{where}, D", 4)
        k = whole(k, f"{where}, D, layer", 0, len(maps))
        _put(maps[k], whole(row, where, 0, sizes[k]), whole(col, where, 0, sizes[k]), value, f"{where}, D")
    if "Z" not in document:
        return maps, None
    joints: list[Matrix] = [{} for _ in range(len(maps) + 1)]
    for entry in listing(f["Z"], f"{where}, Z"):
        i, row, col, value = listing(entry, f"{where}, Z", 4)
        size = context.chain.layers[whole(i, f"{where}, Z, interface", 1, len(maps))].rows
        _put(joints[i], whole(row, where, 0, size), whole(col, where, 0, size), value, f"{where}, Z")
    context.meter.spend(2000 * (len(f["D"]) + len(f["Z"]) + len(joints)), "fields")
    return maps, joints


def _put(matrix: Matrix, row: int, col: int, value: Any, where: str) -> None:
    require(col not in matrix.setdefault(row, {}), f"{where}: entries in different places", [row, col])
    matrix[row][col] = integer(value, where)


def live_layers(context: Context) -> tuple[Layer, ...]:
    """The layers without entries outside all complete paths of nonzero entries: phi is the same."""
    forward, backward = reachable(context.chain.layers, context)
    return tuple(
        Layer(x.rows, x.cols, x.denominator, tuple(
            {r: kept for r, row in m.items() if r in into and (kept := {c: v for c, v in row.items() if c in out})}
            for m in x.matrices))
        for x, into, out in zip(context.chain.layers, forward, backward, strict=True))


def column(matrix: Matrix, j: int, size: int) -> list[int]:
    """Column j of a matrix with `size` rows, as a dense vector."""
    return [matrix.get(i, {}).get(j, 0) for i in range(size)]


def _require_telescoping(maps: list[Matrix], joints: list[Matrix], layers: tuple[Layer, ...], where: str,
                         context: Context) -> None:
    meter = context.meter
    for k, layer in enumerate(layers):
        before, after, size = joints[k], joints[k + 1], len(layer.matrices)
        if not (before or after or maps[k]):
            continue
        touched = {c for row in maps[k].values() for c in row}
        for j, matrix in enumerate(layer.matrices):
            meter.spend(1000 + 100 * len(matrix), "gauge identities")
            moved = linear(layer.matrices, column(maps[k], j, size), 0, meter) if j in touched else {}
            total: dict[tuple[int, int], int] = {}
            _add(total, -1, moved)
            _add(total, 1, multiply(matrix, after, 0, meter))
            if before:
                _add(total, -1, multiply(before, matrix, 0, meter))
            require(not any(total.values()), f"{where}: M(D e_{j}) = M(e_{j}) Z' - Z M(e_{j}) in layer {k}",
                    Text("another matrix"))


def _add(total: dict[tuple[int, int], int], sign: int, matrix: Matrix) -> None:
    for r, row in matrix.items():
        for c, v in row.items():
            total[r, c] = total.get((r, c), 0) + sign * v


def _require_linear(maps: list[Matrix], layers: tuple[Layer, ...], where: str, context: Context) -> None:
    meter, rows = context.meter, rows_of(layers[0].matrices)
    top: list[Row] = [{2 * r: 1} for r in rows]  # even: prefix, odd: its derivative
    for k, layer in enumerate(layers):
        span, size = Span(0, meter), len(layer.matrices)
        for j, matrix in enumerate(layer.matrices):
            moved = linear(layer.matrices, column(maps[k], j, size), 0, meter)
            block: Matrix = {2 * r + 1: {2 * c + 1: v for c, v in row.items()} for r, row in matrix.items()}
            for r in matrix.keys() | moved.keys():
                block[2 * r] = {2 * c: v for c, v in matrix.get(r, {}).items()}
                block[2 * r] |= {2 * c + 1: v for c, v in moved.get(r, {}).items()}
            for vector in multiply(dict(enumerate(top)), block, 0, meter).values():
                span.add(vector)
        top = list(span.rows.values())
    require(not any(i % 2 for vector in top for i in vector), f"{where}: a field along which phi does not change",
            Text("a derivative that is not zero"))


def _scalings(h: list[list[int]]) -> list[Row]:
    """(h_k, -h_{k+1}) for neighbours: the K - 1 scalings at h."""
    starts = [0, *accumulate(map(len, h))]
    return [{starts[i] + j: x * sign for i, sign in ((k, 1), (k + 1, -1)) for j, x in enumerate(h[i])}
            for k in range(len(h) - 1)]


def _value(maps: list[Matrix], h: list[list[int]], sizes: list[int]) -> Row:
    result: Row = {}
    start = 0
    for matrix, x, size in zip(maps, h, sizes, strict=True):
        for row, entries in matrix.items():
            result[start + row] = sum(v * x[c] for c, v in entries.items())
        start += size
    return result
