"""Layers that commute with the shifts of a finite abelian group: a product is then determined by its row 0."""
from math import prod
from typing import Any

from ..claims import Context
from ..errors import Text, require
from ..families import listing, whole


def require_invariant(value: Any, context: Context) -> int:
    """The order of the group [n_1, ..., n_d] under whose shifts all layers are invariant; else rejected."""
    sizes = [whole(n, "evidence, group", 1) for n in listing(value, "evidence, group")]
    size, step = prod(sizes), 1
    layers = context.chain.layers
    require(bool(sizes) and all(layer.rows == layer.cols == size for layer in layers),
            "a group of as many elements as every interface has indices", Text(f"{size} elements"))
    context.meter.hold(2 * size, "the indices of an interface")  # a layer with few entries may have many rows
    for n in reversed(sizes):
        context.meter.spend(300 * size, "invariance under shifts")
        moved = [r + step if r // step % n < n - 1 else r - (n - 1) * step for r in range(size)]
        for k, layer in enumerate(layers):
            for matrix in layer.matrices:
                context.meter.spend(200 * sum(map(len, matrix.values())), "invariance under shifts")
                require(all(matrix.get(moved[r], {}).get(moved[c]) == v for r, row in matrix.items()
                            for c, v in row.items()), f"layer {k} invariant under the shifts of the group",
                        Text("an entry that is not"))
        step *= n
    return size
