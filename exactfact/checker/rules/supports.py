"""The cells that the Boolean products of the layers' supports reach, level by level (an over-approximation)."""
from collections.abc import Sequence

from ..chains import Layer
from ..errors import Meter
from .matrices import rows_of

Reach = dict[int, set[int]]


def reachable(layers: Sequence[Layer], meter: Meter) -> list[Reach]:
    """For each level k: row -> columns of the cells of M_1 ... M_{k+1} that some path of nonzero entries reaches.

    Rows with equal reach share one set, so work is counted once for each different set.
    """
    result: list[Reach] = []
    current: Reach = {r: {r} for r in rows_of(layers[0].matrices)}
    for layer in layers:
        union: Reach = {}
        for matrix in layer.matrices:
            for r, row in matrix.items():
                union.setdefault(r, set()).update(row)
                meter.spend(60 * len(row) + 200, "supports")
        following: Reach = {}
        shared: dict[frozenset[int], set[int]] = {}
        for a, middle in current.items():
            key = frozenset(middle)
            meter.spend(60 * len(middle) + 200, "supports")
            if key not in shared:
                meter.spend(40 * sum(len(union.get(b, ())) for b in middle), "supports")
                shared[key] = set().union(*(union.get(b, ()) for b in middle))
            if shared[key]:
                following[a] = shared[key]
        meter.hold(sum(map(len, shared.values())) + len(following), "supports")
        result.append(following)
        current = following
    return result


def count(reach: Reach) -> int:
    """Number of cells that some path reaches, from `reachable`'s {row: columns}."""
    return sum(map(len, reach.values()))
