"""Rule 8.2c and 8.2f: a map of the parameters that preserves phi and moves the classes of generic points.

8.2c, a swap (h_k, h_l) -> (C h_l, D h_k), k < l, S_k = S_l >= 2, C != 0: with V through the products of the layers
between, M_k(x) V M_l(y) = M_k(Cy) V M_l(Dx) on basis pairs, for a spanning set of the V. Where C y != 0 and x is not a
multiple of it, the class moves. 8.2f, h_k -> C_k h_k, with matrices Z_i at the inner interfaces, Z_0 and Z_K the
identity: Z_{k-1} M_k(C_k e_j) = M_k(e_j) Z_k for all k and j, and some C_k with S_k >= 2 that is no multiple of the
identity. Layers and interfaces that are not listed have the identity. Both identities are checked exactly on the live
entries of the layers. They refute `generic` over QQ, RR and CC.
fibre_count >= 2 over a field where `generic` modulo scaling is refuted: the class of a generic h is not alone; >= m
where it is refuted by maps C_k whose m-th powers are the first that are all nonzero multiples of the identity: the
powers move the class of a generic h to m different ones.
Source: theory 8.2c, 8.2f, 8.3. Cost: S_k S_l sparse products for each V; or sum S_k of them.
"""
from math import gcd
from typing import Any

from ..chains import Layer, Matrix, common_denominator
from ..claims import Claim, Context
from ..errors import Meter, Text, require
from ..families import fields, listing, whole
from ..numbers import Number, number
from .consequences import require_verdict
from .exact_span import Span
from .gauge import column, live_layers
from .matrices import flatten, linear, multiply

MOST = 1000  # the largest order of a layer symmetry that is counted


def check_swap(claim: Claim, context: Context) -> None:
    """Accept iff (h_k, h_l) -> (C h_l, D h_k) preserves phi (theory 8.2c), C and D over QQ, C not zero.

    Verified: M_k(x) V M_l(z) = M_k(C z) V M_l(D x) on unit vectors, for V spanning the products between the layers.
    """
    f = fields(claim.evidence, "evidence", "layers C D")
    sizes, meter = context.spec.parameters, context.meter
    k, last = (whole(x, "layers", 0, len(sizes)) for x in listing(f["layers"], "layers", 2))
    require(k < last and sizes[k] == sizes[last] >= 2, "two layers with the same number >= 2 of parameters", [k, last])
    size = sizes[k]
    (c, scale_c), (d, scale_d) = (_square(f[name], name, size, meter) for name in ("C", "D"))
    require(any(c.values()), "a matrix C different from 0", Text("0"))
    layers = live_layers(context)
    left, right = layers[k].matrices, layers[last].matrices
    left_c = [linear(left, column(c, j, size), 0, meter) for j in range(size)]
    right_d = [linear(right, column(d, j, size), 0, meter) for j in range(size)]
    for v in _between(layers[k:last + 1], context):
        meter.spend(4000 * size * size, "the swap on pairs of parameters")
        here = [multiply(m, v, 0, meter) if v is not None else m for m in left]
        there = [multiply(m, v, 0, meter) if v is not None else m for m in left_c]
        for i in range(size):
            for j in range(size):
                _require_equal(multiply(here[i], right[j], 0, meter), scale_c * scale_d,
                               multiply(there[j], right_d[i], 0, meter), f"the swap on parameters {i}, {j}")


def _between(window: tuple[Layer, ...], context: Context) -> list[Matrix | None]:
    """A spanning set of the products of the inner layers of a window; [None] when there is none."""
    if len(window) == 2:
        return [None]
    span = _spanned(list(window[1].matrices), window[1].cols, context)
    for layer in window[2:-1]:
        span = _spanned([multiply(v, m, 0, context.meter) for v in span for m in layer.matrices], layer.cols, context)
    return list(span)


def _spanned(products: list[Matrix], cols: int, context: Context) -> list[Matrix]:
    span = Span(0, context.meter)
    return [matrix for matrix in products if span.add(flatten(matrix, cols))]


def check_layers(claim: Claim, context: Context) -> None:
    """Accept iff the maps C_k preserve phi and one of them moves classes."""
    f = fields(claim.evidence, "evidence", "C Z")
    sizes, meter, layers = context.spec.parameters, context.meter, live_layers(context)
    maps = {k: _square(entries, f"C[{k}]", sizes[k], meter) for k, entries in _named(f["C"], "C", 0, len(sizes))}
    joints = {i: _square(entries, f"Z[{i}]", layers[i].rows, meter)
              for i, entries in _named(f["Z"], "Z", 1, len(sizes))}
    for k, layer in enumerate(layers):
        size = len(layer.matrices)
        (c, scale), (before, scale_b), (after, scale_a) = maps.get(k, ({}, 0)), joints.get(k, ({}, 0)), joints.get(
            k + 1, ({}, 0))
        for j, matrix in enumerate(layer.matrices):
            meter.spend(1000 + 100 * (len(matrix) + size * bool(scale)), "symmetry identities")
            moved = linear(layer.matrices, column(c, j, size), 0, meter) if scale else matrix
            left = multiply(before, moved, 0, meter) if scale_b else moved
            right = multiply(matrix, after, 0, meter) if scale_a else matrix
            _require_equal(_times(left, scale_a or 1), 1, _times(right, (scale or 1) * (scale_b or 1)),
                           f"Z M(C e_{j}) = M(e_{j}) Z' in layer {k}")
    require(any(sizes[k] >= 2 and not _scalar(c, sizes[k]) for k, (c, _) in maps.items()),
            "a map that is no multiple of the identity", Text("multiples of the identity"))


def check_count(claim: Claim, context: Context) -> None:
    """Accept iff `generic` modulo scaling is refuted over the field of the claim, and the value is at most 2."""
    other = context.reference(fields(claim.evidence, "evidence", "generic")["generic"], "generic")
    require_verdict(other, ("generic", "scaling", "full", "refuted", claim.over),
                    f"generic modulo scaling refuted over {claim.over}")
    count = max(2, _order(other, context)) if other.statement == "8.2f" and claim.value > 2 else 2
    require(claim.value <= count, f"a value <= {count}", claim.value)


def _order(claim: Claim, context: Context) -> int:
    """The least m <= MOST with all C_k^m nonzero multiples of the identity, or 0."""
    sizes, meter = context.spec.parameters, context.meter
    maps = [(_square(entries, "C", sizes[k], meter)[0], sizes[k]) for k, entries in claim.evidence["C"]]
    powers = [c for c, _ in maps]
    for m in range(1, MOST + 1):
        if all(power and _scalar(power, size) for power, (_, size) in zip(powers, maps, strict=True)):
            return m
        powers = [_primitive(multiply(power, c, 0, meter), meter) for power, (c, _) in zip(powers, maps, strict=True)]
    return 0


def _primitive(matrix: Matrix, meter: Meter) -> Matrix:
    """The matrix divided by the gcd of its entries; a gcd costs the product of the lengths."""
    common = 0
    for v in (v for row in matrix.values() for v in row.values()):
        meter.spend(100 + common.bit_length() * v.bit_length() // 500, "powers of a symmetry")
        common = gcd(common, v)
    return {r: {c: v // common for c, v in row.items()} for r, row in matrix.items()}


def _named(value: Any, where: str, low: int, high: int) -> list[tuple[int, Any]]:
    pairs = [listing(x, where, 2) for x in listing(value, where)]
    names = [whole(k, where, low, high) for k, _ in pairs]
    require(len(set(names)) == len(names), f"{where}: different places", names)
    return [(k, entries) for k, (_, entries) in zip(names, pairs, strict=True)]


def _square(value: Any, where: str, size: int, meter: Meter) -> tuple[Matrix, int]:
    """d times a square matrix of entries [row, column, value], and d, the common denominator."""
    cells: dict[tuple[int, int], Number] = {}
    for entry in listing(value, where):
        row, col, x = listing(entry, where, 3)
        at = whole(row, where, 0, size), whole(col, where, 0, size)
        require(at not in cells, f"{where}: entries in different places", list(at))
        cells[at] = number(x, where)
    scale = common_denominator({x.denominator for x in cells.values()}, len(cells), meter)
    result: Matrix = {}
    for (r, c), x in cells.items():
        if x:
            meter.spend(100 + scale.bit_length() * (1 + x.denominator.bit_length() // 512), "common denominators")
            result.setdefault(r, {})[c] = x.numerator * (scale // x.denominator)
    return result, scale


def _scalar(matrix: Matrix, size: int) -> bool:
    return all(matrix.get(i, {}) == ({i: x} if (x := matrix.get(0, {}).get(0, 0)) else {}) for i in range(size))


def _times(matrix: Matrix, factor: int) -> Matrix:
    return {r: {c: v * factor for c, v in row.items()} for r, row in matrix.items()}


def _require_equal(left: Matrix, factor: int, right: Matrix, where: str) -> None:
    one, two = ({(r, c): v * f for r, row in m.items() for c, v in row.items() if v}
                for m, f in ((left, factor), (right, 1)))
    require(one == two, where, Text("another product"))
