"""The lattice of exponents behind phi (theory 9.1): v(i) = sum_k e_{k,i_k} for the multi-indices i of nonzero columns.

L_0 = {v in Z^(S_1 + ... + S_K): sum_j v_{k,j} does not depend on k} has the basis sum_k e_{k,0}, e_{k,j} - e_{k,0}
(j >= 1): coordinate 0 is the common sum, and every (k, j) with j >= 1 has one of its own, n in all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from exactfact.algebra.lattice import Lattice, Vector
from exactfact.model import LimitError

from .chain import Chain
from .paths import moves

WORK_LIMIT = 2_000_000


def starts(sizes: Sequence[int]) -> list[int]:
    """For each layer the number that, added to j >= 1, gives the coordinate of (k, j)."""
    return [0, *accumulate(size - 1 for size in sizes)][: len(sizes)]


def exponents(index: Sequence[int], offsets: Sequence[int]) -> Vector:
    """The coordinates of v(i) in L_0."""
    vector = {offset + j: 1 for j, offset in zip(index, offsets, strict=True) if j}
    vector[0] = 1
    return vector


def used_everywhere(lattice: Lattice, sizes: Sequence[int]) -> bool:
    """Whether every parameter of a layer with two or more occurs in some generator: no (k, j) vanishes on the lattice.

    The exponent of (k, 0) is the common sum less those of the other parameters of the layer.
    """
    present = {j for row in lattice.rows.values() for j in row}
    for offset, size in zip(starts(sizes), sizes, strict=True):
        others = range(offset + 1, offset + size)
        first = any(row.get(0, 0) != sum(row.get(j, 0) for j in others) for row in lattice.rows.values())
        if size >= 2 and not (first and all(j in present for j in others)):
            return False
    return True


def path_lattice(chain: Chain) -> Lattice:
    """The lattice spanned by v(i) for all i that some path of nonzero entries supports: it contains L.

    Level by level: a lattice for every node, carried along the edges by the linear map b -> b + sum(b) e_{k,j}.
    Never lists the multi-indices.  LimitError beyond WORK_LIMIT row insertions.
    """
    offsets, dimension = starts(chain.parameters), chain.free_dimension
    here = {row: _line(dimension) for row in range(chain.sizes[0])}
    work = 0
    for k, layer in enumerate(moves(chain)):
        there: dict[int, Lattice] = {}
        for row, lattice in here.items():
            for col, j, _ in layer.get(row, ()):
                into = there.setdefault(col, Lattice(dimension))
                work += sum(map(len, lattice.rows.values()))
                if work > WORK_LIMIT:
                    raise LimitError("the lattice of all paths", f"more than {WORK_LIMIT} entries", f"{WORK_LIMIT}")
                for vector in lattice.rows.values():
                    into.add(_step(vector, offsets[k] + j if j else 0))
        here = there
    total = Lattice(dimension)
    for lattice in here.values():
        for vector in lattice.rows.values():
            total.add(vector)
    return total


def _line(dimension: int) -> Lattice:
    """Z times the empty path."""
    lattice = Lattice(dimension)
    lattice.add({0: 1})
    return lattice


def _step(vector: Vector, coordinate: int) -> Vector:
    weight = vector.get(0, 0)
    if not coordinate or not weight:
        return vector
    return {**vector, coordinate: vector.get(coordinate, 0) + weight}
