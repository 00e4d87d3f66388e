"""A complete family over Q: operators whose outputs are sums of entries of the tensor, no entry in two of them.

Every multi-index carries a label, its output, or none. Relabelling outputs and permuting the layers and their entries
change no count of classes, so one operator of every orbit is listed. The family contains all sets of observed entries,
chains of polynomial products, and sums that merge columns in every other way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations, product
from typing import NamedTuple

from exactfact.proving.small.finite import Rows, Vector, lifted
from exactfact.proving.small.operators import tensor_shapes


class Sums(NamedTuple):
    """phi = A P with 0/1 rows of disjoint support."""

    sizes: Vector
    rows: Rows


def all_sums(_: int, size: int) -> Iterator[Sums]:
    """One member of every orbit with K >= 2, S_k >= 2, N <= size; few outputs first."""
    for sizes in tensor_shapes(size):
        yield from _orbits(sizes)


@cache
def _orbits(sizes: Vector) -> tuple[Sums, ...]:
    moves = permutations_of_indices(sizes)
    kept = [labels for labels in _labels(lifted(sizes)) if _least(labels, moves)]
    found = []
    for labels in sorted(kept, key=max):
        rows = tuple(tuple(int(a == label) for a in labels) for label in range(1, max(labels) + 1))
        found.append(Sums(sizes, rows))
    return tuple(found)


def _labels(length: int) -> Iterator[Vector]:
    """0 for 'not observed', outputs numbered in the order of their first entry."""

    def grow(labels: Vector, used: int) -> Iterator[Vector]:
        if len(labels) == length:
            yield labels
            return
        for label in range(used + 2):
            yield from grow((*labels, label), max(used, label))

    return grow((), 0)


def _least(labels: Vector, moves: Sequence[Vector]) -> bool:
    """Whether no move gives a smaller labelling."""
    for move in moves:
        names: dict[int, int] = {0: 0}
        for position, source in enumerate(move):
            image = names.setdefault(labels[source], len(names))
            if image != labels[position]:
                if image < labels[position]:
                    return False
                break
    return True


def permutations_of_indices(sizes: Vector) -> list[Vector]:
    """All permutations of the multi-indices by permuting entries and layers of equal size."""
    indices = list(product(*map(range, sizes)))
    place = {i: n for n, i in enumerate(indices)}
    layer_orders = [o for o in permutations(range(len(sizes))) if tuple(sizes[a] for a in o) == tuple(sizes)]
    return [
        tuple(place[tuple(p[i[k]] for p, k in zip(inner, order, strict=True))] for i in indices)
        for order in layer_orders
        for inner in product(*(permutations(range(s)) for s in sizes))
    ]
