"""Layerwise maps h_k -> C_k h_k that preserve phi (theory 8.2f), found for the usual permutations of the nodes.

With Z_i at the inner interfaces and the identity at both ends: Z_{k-1} M_k(C_k x) = M_k(x) Z_k.  Permutations P are
tried at all windows of interfaces of one size, so that M_k(C_k x) = P^-1 M_k(x) P inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exactfact.model import Field

from .chain import Chain, SparseMatrix, multiply_sparse
from .linear_fields import Layers, live_layers
from .telescoping import Image, image

SHIFTS = 8
WORK_LIMIT = 2_000_000
MOST = 1000
Permutation = tuple[int, ...]


@dataclass(frozen=True)
class LayerMaps:
    """h_k -> C_k h_k for the layers in `maps`, Z_i at the interfaces in `joints` (compact); identities elsewhere."""

    maps: dict[int, SparseMatrix]
    joints: dict[int, SparseMatrix]


def layer_symmetries(chain: Chain) -> Iterator[LayerMaps]:
    """Maps that are no layerwise scalings.  Cost: for each permutation and window, one pass over its layers."""
    layers = live_layers(chain)
    images = [image(layer, chain.field) for layer in layers]
    work = 0
    for first, last in _windows(chain):
        for permutation in _permutations(chain.sizes[first]):
            work += sum(len(matrix) for layer in layers[first - 1 : last + 1] for matrix in layer)
            if work > WORK_LIMIT:
                return
            maps = _maps(layers, images, permutation, first, last)
            if maps is not None and any(not _scalar(c, chain.parameters[k]) for k, c in maps.items()):
                joint: SparseMatrix = dict.fromkeys(enumerate(permutation), 1)
                yield LayerMaps(maps, dict.fromkeys(range(first, last + 1), joint))


def _windows(chain: Chain) -> Iterator[tuple[int, int]]:
    """Interfaces first..last, inner ones of one size at least 2, the widest windows first."""
    inner = range(1, chain.depth)
    pairs = [(a, b) for a in inner for b in inner if a <= b and len(set(chain.sizes[a : b + 1])) == 1]
    yield from sorted((pair for pair in pairs if chain.sizes[pair[0]] > 1), key=lambda pair: (pair[0] - pair[1], pair))


def _permutations(n: int) -> Iterator[Permutation]:
    """Cyclic shifts, both reversals, and the exchange of neighbours."""
    for shift in [s for s in range(1, n) if s == 1 or n % s == 0][:SHIFTS]:
        yield tuple((i + shift) % n for i in range(n))
    yield tuple(n - 1 - i for i in range(n))
    yield tuple(-i % n for i in range(n))
    if n % 2 == 0:
        yield tuple(i ^ 1 for i in range(n))


def _maps(
    layers: Layers, images: list[Image], permutation: Permutation, first: int, last: int
) -> dict[int, SparseMatrix] | None:
    """C_k for the layers that touch the window, or None.  Z = (e_i -> e_{permutation(i)}) as rows of the identity."""
    maps: dict[int, SparseMatrix] = {}
    for k in range(first - 1, last + 1):
        c: SparseMatrix = {}
        for j, matrix in enumerate(layers[k]):
            moved = {
                (permutation[r] if k >= first else r, permutation[col] if k < last else col): v
                for (r, col), v in matrix.items()
            }
            x = images[k].coordinates(moved)
            if x is None:
                return None
            c.update({(i, j): v for i, v in x.items()})
        maps[k] = c
    return maps


def order(found: LayerMaps, sizes: tuple[int, ...]) -> int:
    """How many classes the powers of the map make of a generic one: the order of permutation maps, else 2."""
    powers = dict(found.maps)
    for m in range(1, MOST + 1):
        if all(power and _scalar(power, sizes[k]) for k, power in powers.items()):
            return max(m, 2)
        powers = {k: multiply_sparse(power, found.maps[k], Field(0)) for k, power in powers.items()}
        if any(len(power) > sizes[k] for k, power in powers.items()):
            break
    return 2


def _scalar(matrix: SparseMatrix, size: int) -> bool:
    corner = matrix.get((0, 0), 0)
    return size < 2 or matrix == ({(i, i): corner for i in range(size)} if corner else {})
