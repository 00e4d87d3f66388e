"""What a solver found, as a point of an architecture: one vector of parameters a layer (networks: an edge).

A chain's layer may be given as its matrix instead: then its parameters are the solution of the layer's own linear
equations, when there is exactly one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .architecture import Architecture
from .errors import SpecError, at, nearest, shorten
from .exact_array import ExactArray, exact_array
from .network import Network
from .numbers import Number

Vector = tuple[Number, ...]
ELIMINATED = 300  # parameters of a layer whose matrix is solved by elimination


def place_estimate(architecture: Architecture, source: Any) -> tuple[Vector, ...]:
    """The point of the estimate: vectors by layers (networks: by levels).

    `source`: a sequence with one vector for each layer with parameters (networks: for each level, edges in file
    order), or a mapping from the names of layers (edges), or from h0, h1, ..., to vectors or matrices.  SpecError.
    """
    if isinstance(source, ExactArray):
        source = _single(source)
    network = architecture.network
    if isinstance(source, Mapping):
        if set(source) == {"edges"} and isinstance(source["edges"], Mapping):
            source = source["edges"]
        elif set(source) == {"h"}:
            return place_estimate(architecture, source["h"])
        if network is not None and not any(_numbered(key) for key in source):
            return _by_edges(network, source)
        vectors = _by_names(architecture, source)
    elif isinstance(source, Sequence) and not isinstance(source, str):
        vectors = list(source)
    else:
        raise SpecError("", "one vector for each layer with parameters", type(source).__name__)
    places = architecture.parametric
    if len(vectors) != len(places):
        required = f"{len(places)} vectors, one for each {'level' if network else 'layer with parameters'}"
        raise SpecError("", required, f"{len(vectors)}")
    return tuple(_layer(architecture, k, vector) for k, vector in enumerate(vectors))


def _single(array: ExactArray) -> list[Any]:
    """One array alone: a vector is the only layer, rows of a matrix are layers of one size."""
    if len(array.shape) == 1:
        return [array]
    if len(array.shape) == 2:
        rows, size = array.shape
        parts = (array.numerators[k * size : (k + 1) * size] for k in range(rows))
        return [ExactArray((size,), part, array.denominator) for part in parts]
    raise SpecError("", "one vector for each layer, as in a .npz file", f"an array of {len(array.shape)} axes")


def _numbered(key: str) -> bool:
    return key.startswith("h") and key[1:].isdecimal()


def _by_names(architecture: Architecture, source: Mapping[str, Any]) -> list[Any]:
    names = {}
    for k, index in enumerate(architecture.parametric):
        names[f"h{k}"] = k
        if architecture.network is None and architecture.layers[index].name:
            names.setdefault(architecture.layers[index].name, k)
    vectors: dict[int, Any] = {}
    for key, value in source.items():
        if key not in names:
            raise SpecError("", "names of layers with parameters, or h0, h1, ...", shorten(key), nearest(key, names))
        if names[key] in vectors:
            raise SpecError("", "every layer once", f'layer {names[key]} twice (as "{shorten(key)}")')
        vectors[names[key]] = value
    missing = [k for k in range(len(architecture.parametric)) if k not in vectors]
    if missing:
        label = architecture.label(architecture.parametric[missing[0]])
        raise SpecError("", "a vector for every layer with parameters", f"none for {label}")
    return [vectors[k] for k in sorted(vectors)]


def _by_edges(network: Network, source: Mapping[str, Any]) -> tuple[Vector, ...]:
    names = {edge.name: e for e, edge in enumerate(network.edges)}
    for key in source:
        if key not in names:
            raise SpecError("", "names of edges, or h0, h1, ... for levels", shorten(key), nearest(key, names))
    for name in names:
        if name not in source:
            raise SpecError("", "a vector for every edge", f'none for edge "{shorten(name)}"')
    point = []
    for edges in network.level_edges:
        vector: list[Number] = []
        for e in edges:
            edge = network.edges[e]
            with at(f'edge "{shorten(edge.name)}"'):
                vector += _vector(exact_array(source[edge.name]), len(edge.support))
        point.append(tuple(vector))
    return tuple(point)


def _layer(architecture: Architecture, k: int, value: Any) -> Vector:
    index = architecture.parametric[k]
    with at(architecture.label(index)):
        array = exact_array(value)
        if architecture.network is None and len(array.shape) == 2:
            layer = architecture.layers[index]
            if array.shape == (layer.rows, layer.cols):
                return _from_matrix(array, list(layer.matrices(architecture.field)), layer.cols)
        return _vector(array, architecture.parameters[k])


def _vector(array: ExactArray, size: int) -> Vector:
    if len(array.shape) != 1 and len(array.numerators) == size == max(array.shape, default=0):
        return array.values  # a row or a column
    if array.shape != (size,):
        what = "a number" if not array.shape else " x ".join(map(str, array.shape))
        raise SpecError("", f"{size} numbers", what if len(array.shape) != 1 else f"{len(array.numerators)}")
    return array.values


def _from_matrix(array: ExactArray, matrices: list[Any], cols: int) -> Vector:
    """The h with M(h) = the matrix, exactly.  SpecError when there is none, or more than one."""
    equations: dict[int, dict[int, Fraction]] = {}
    for j, matrix in enumerate(matrices):
        for (r, c), value in matrix.items():
            equations.setdefault(r * cols + c, {})[j] = Fraction(value)
    found: dict[int, Fraction] = {}
    for cell, row in sorted(equations.items()):
        if len(row) == 1:
            ((j, value),) = row.items()
            found.setdefault(j, Fraction(array.numerators[cell], array.denominator) / value)
    if len(found) < len(matrices):
        found = _eliminate(array, equations, len(matrices))
    for cell, numerator in enumerate(array.numerators):
        row = equations.get(cell, {})
        if sum((found[j] * value for j, value in row.items()), Fraction(0)) * array.denominator != numerator:
            required = "a matrix of the layer's own form, exactly; or its vector of parameters"
            raise SpecError(f"[{cell // cols}, {cell % cols}]", required, "an entry that does not fit the others")
    return tuple(x.numerator if x.denominator == 1 else x for x in (found[j] for j in range(len(matrices))))


def _eliminate(array: ExactArray, equations: Mapping[int, dict[int, Fraction]], size: int) -> dict[int, Fraction]:
    if size > ELIMINATED:
        raise SpecError("", "the vector of the layer's parameters", f"a matrix, which {size} unknowns are solved for")
    pivots: dict[int, tuple[dict[int, Fraction], Fraction]] = {}
    for cell, original in sorted(equations.items()):
        row, value = dict(original), Fraction(array.numerators[cell], array.denominator)
        for j, (other, right) in pivots.items():
            factor = row.pop(j, None)
            if factor is not None:
                for i, x in other.items():
                    row[i] = row.get(i, Fraction(0)) - factor * x
                value -= factor * right
                row = {i: x for i, x in row.items() if x}
        if row:
            j = min(row)
            lead = row.pop(j)
            pivots[j] = {i: x / lead for i, x in row.items()}, value / lead
    if len(pivots) < size:
        raise SpecError("", "the vector of the layer's parameters", "a matrix, which does not determine them")
    solved: dict[int, Fraction] = {}
    for j, (row, value) in reversed(pivots.items()):
        solved[j] = value - sum((x * solved[i] for i, x in row.items()), Fraction(0))
    return solved
