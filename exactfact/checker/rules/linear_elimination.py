"""Rule 7.2: layers read off from the product by linear relations; generic or at-point modulo scaling, proved.

A relation of layer k is a bilinear form B(y, x) = sum c y[cell] x[j], integers (over GF(p): residues), with
B(phi(h), h_k) = 0 identically in h. Verified exactly, as polynomials: for X and Y through spanning sets of the products
of the layers before and after k, and Z_j = X M_k(e_j) Y, every B(Z_j, e_j) and every B(Z_i, e_j) + B(Z_j, e_i) is 0.
Then the relations of layer k, at y = phi(h) not zero mod p, must have rank >= S_k - 1 mod p: they determine h_k up to a
scalar. generic: at a point mod p, all layers. at-point: at h* integral at p, no layer of h* zero, phi(h*) != 0 mod p.
Source: theory 7.2. Cost: the spans, exactly; S_k products for each pair (X, Y); one small rank a layer.
"""
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..chains import Layer, Matrix
from ..claims import Claim, Context
from ..errors import Meter, Text, require
from ..families import fields, listing, whole
from ..numbers import integer
from .elimination import Row, rank_mod
from .exact_span import Span
from .gauge import live_layers
from .jacobian import claimed_point
from .kernel_zero import require_nonzero
from .linear_forms import product_at
from .matrices import flatten, largest, multiply, price

Relation = dict[tuple[int, int], int]  # (cell, parameter): coefficient


def check(claim: Claim, context: Context) -> None:
    """Accept iff the relations hold identically and determine every layer at the point."""
    f = fields(claim.evidence, "evidence", "prime relations" + " point" * (claim.property == "generic"))
    p = context.prime(f["prime"])
    h = claimed_point(claim, f.get("point"), p, context)
    sizes = context.spec.parameters
    require_determined(dict(enumerate(listing(f["relations"], "relations", len(sizes)))), h, p, context)


def require_determined(given: Mapping[int, Any], h: Sequence[Sequence[int]], p: int, context: Context) -> None:
    """Reject unless the relations given by layer are identities and have rank S_k - 1 at phi(h) mod p."""
    if not given:
        return
    require_nonzero(h, f"a point mod {p}")
    sizes, meter = context.spec.parameters, context.meter
    for k, forms in forms_at(given, h, p, context).items():
        rank = rank_mod(forms, p, meter)
        require(rank >= sizes[k] - 1, f"relations of layer {k} of rank {sizes[k] - 1} at the product mod {p}",
                Text(f"rank {rank}"))


def forms_at(given: Mapping[int, Any], h: Sequence[Sequence[int]], p: int, context: Context) -> dict[int, list[Row]]:
    """The linear forms B(phi(h), .) mod p of the relations given by layer, which are verified to be identities."""
    sizes, meter, (rows, cols) = context.spec.parameters, context.meter, context.chain.shape
    value = flatten(product_at(context.reduced(p), h, p, meter), cols)
    require(bool(value), f"phi(h) different from 0 mod {p}", Text("0"))
    relations = {k: [_read(x, f"relations of layer {k}", rows * cols, sizes[k], context) for x in listing(
        document, f"relations of layer {k}")] for k, document in given.items()}
    require_identities(relations, context)
    forms: dict[int, list[Row]] = {}
    for k, listed in relations.items():
        forms[k] = []
        for relation in listed:
            row: Row = {}
            for (cell, j), c in relation.items():
                row[j] = (row.get(j, 0) + c * value.get(cell, 0)) % p
            forms[k].append(row)
    return forms


def _read(document: Any, where: str, cells: int, size: int, context: Context) -> Relation:
    relation: Relation = {}
    entries = listing(document, where)
    context.meter.spend(1000 * len(entries), "relations")
    for entry in entries:
        cell, j, c = listing(entry, where, 3)
        at = whole(cell, f"{where}, cell", 0, cells), whole(j, f"{where}, parameter", 0, size)
        require(at not in relation, f"{where}: terms in different places", list(at))
        relation[at] = integer(c, where, 0, context.p) if context.p else integer(c, where)
    return relation


def require_identities(relations: Mapping[int, Sequence[Relation]], context: Context) -> None:
    """Reject unless B(phi(h), h_k) = 0 for all h and every relation B of layer k, given by layers.

    Verified on spanning sets of the products before and after the layer (theory 7.2), over the spec's field.
    """
    used = [k for k, listed in relations.items() if listed]
    if not used:
        return
    layers, cols = live_layers(context), context.chain.shape[1]
    before = _prefixes(layers[:max(used)], context)
    after = _suffixes(layers[min(used) + 1:], context)[::-1]
    for k in used:
        for x in before[k]:
            here = [multiply(x, m, context.p, context.meter) if x is not None else m for m in layers[k].matrices]
            for y in after[k - min(used)]:
                ends = [multiply(m, y, context.p, context.meter) if y is not None else m for m in here]
                _require_zero(relations[k], [flatten(m, cols) for m in ends], f"a relation of layer {k}", context)


def _require_zero(relations: Sequence[Relation], products: Sequence[Mapping[int, int]], where: str,
                  context: Context) -> None:
    """B(Z_i, e_j) + B(Z_j, e_i) = 0 for i < j, B(Z_j, e_j) = 0, for every relation B."""
    by_cell: dict[int, list[tuple[int, int]]] = {}
    bits = max(map(largest, products), default=0)
    for i, product in enumerate(products):
        for cell, v in product.items():
            by_cell.setdefault(cell, []).append((i, v))
    context.meter.spend(300 * sum(map(len, products)) + 1000, "relations")
    for number, relation in enumerate(relations):
        total: dict[tuple[int, int], int] = {}
        for (cell, j), c in relation.items():
            found = by_cell.get(cell, ())
            context.meter.spend(300 * price(c.bit_length(), bits) * (1 + len(found)), "relations")
            for i, v in found:
                at = (i, j) if i < j else (j, i)
                total[at] = total.get(at, 0) + c * v
        require(not any(v % context.p if context.p else v for v in total.values()), f"{where} that holds identically",
                Text(f"number {number} does not"))


def _prefixes(layers: Sequence[Layer], context: Context) -> list[list[Matrix | None]]:
    """Spanning sets of the products of 0, 1, ... layers from the left; None is the empty product."""
    result: list[list[Matrix | None]] = [[None]]
    for layer in layers:
        products = (multiply(x, m, context.p, context.meter) if x is not None else m
                    for x in result[-1] for m in layer.matrices)
        result.append(_spanning(products, layer.cols, context))
    return result


def _suffixes(layers: Sequence[Layer], context: Context) -> list[list[Matrix | None]]:
    """The same from the right, the empty product first."""
    result: list[list[Matrix | None]] = [[None]]
    cols = context.chain.shape[1]
    for layer in reversed(layers):
        products = (multiply(m, y, context.p, context.meter) if y is not None else m
                    for y in result[-1] for m in layer.matrices)
        result.append(_spanning(products, cols, context))
    return result


def _spanning(products: Iterable[Matrix], cols: int, context: Context) -> list[Matrix | None]:
    span, meter = Span(context.p, context.meter), context.meter
    kept: list[Matrix | None] = [matrix for matrix in products if span.add(_counted(flatten(matrix, cols), meter))]
    return kept


def _counted(vector: dict[int, int], meter: Meter) -> dict[int, int]:
    meter.spend(200 * len(vector) + 500, "spans of products")
    return vector
