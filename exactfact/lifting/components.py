"""Connected components of a chain: A is block diagonal, one block for each, and ranks add up (theory 2.7c).

Vertices are the indices of the interfaces and the parameters; a nonzero entry (r, c) of M_k(e_j) joins row r, column c
and parameter j.  Columns of A with parameters of several components are zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from .chain import Chain

Array = Any


def components(chain: Chain) -> list[Chain]:
    """The chains of the components that have parameters in every layer, by their least row of the product.

    Parameters and indices keep their order.  Cost: a few passes over the entries for each doubling of a path's length.
    """
    homes = _homes(chain)
    parts = []
    for home in dict.fromkeys(homes[0][0].tolist()):
        part = _part(chain, homes, home)
        if all(part.layers):
            parts.append(part)
    return parts


def _homes(chain: Chain) -> list[tuple[Array, Array]]:
    """For each interface k the labels of its indices, and of the parameters of layer k (empty at the last)."""
    starts = [0, *accumulate(chain.sizes)]
    parameters = [starts[-1] + n for n in (0, *accumulate(chain.parameters))]
    edges = np.array(list(_edges(chain, starts, parameters)), dtype=np.int64).reshape(-1, 2)
    labels = np.arange(parameters[-1])
    while True:
        low = np.minimum(labels[edges[:, 0]], labels[edges[:, 1]])
        lowered = labels.copy()
        np.minimum.at(lowered, edges[:, 0], low)
        np.minimum.at(lowered, edges[:, 1], low)
        lowered = lowered[lowered]  # halves the paths that are left
        if np.array_equal(lowered, labels):
            break
        labels = lowered
    empty = np.zeros(0, dtype=np.int64)
    by_layer = [labels[a:b] for a, b in pairwise(parameters)]
    return [
        (labels[starts[k] : starts[k + 1]], by_layer[k] if k < chain.depth else empty) for k in range(chain.depth + 1)
    ]


def _edges(chain: Chain, starts: list[int], parameters: list[int]) -> Iterator[tuple[int, int]]:
    for k, layer in enumerate(chain.layers):
        for j, matrix in enumerate(layer):
            for row, col in matrix:
                yield parameters[k] + j, starts[k] + row
                yield parameters[k] + j, starts[k + 1] + col


def _part(chain: Chain, homes: list[tuple[Array, Array]], home: int) -> Chain:
    kept = [np.flatnonzero(indices == home).tolist() for indices, _ in homes]
    places = [{old: new for new, old in enumerate(indices)} for indices in kept]
    layers = tuple(
        tuple(
            {(places[k][row], places[k + 1][col]): value for (row, col), value in chain.layers[k][j].items()}
            for j in np.flatnonzero(homes[k][1] == home).tolist()
        )
        for k in range(chain.depth)
    )
    labels = tuple(tuple(names[i] for i in chosen) for names, chosen in zip(chain.labels, kept, strict=True))
    return Chain(chain.field, chain.widths, labels, layers)


def component_of_rows(chain: Chain, parts: list[Chain]) -> Array:
    """For each compact row of the product the number of its component, -1 in none."""
    names = {label: number for number, part in enumerate(parts) for label in part.labels[0]}
    return np.array([names.get(label, -1) for label in chain.labels[0]], dtype=np.int64)
