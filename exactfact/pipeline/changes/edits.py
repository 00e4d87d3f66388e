"""Changes of one layer or edge: a parameter or tap less, another dilation, one more row of data."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from exactfact.model import (
    Architecture,
    Circulant,
    Convolution,
    Edge,
    FixedDense,
    FixedSparse,
    Layer,
    LimitError,
    Network,
    Number,
    Operator,
    SpecError,
    Toeplitz,
)

from .change import Change, changed_title, rebuilt, remapped, targets_of
from .slices import shared

DROPS = 12
DILATIONS = (2, 3, 5)
DENSE_LIMIT = 4000  # entries of a fixed matrix that a row is added to


def layer_changes(
    architecture: Architecture, dead: Mapping[int, Sequence[int]], rival: Mapping[int, Sequence[int]] | None = None
) -> Iterator[Change]:
    """Changes of a chain of layers, the smallest first; `dead`: parameters that dead directions let us drop.

    `rival`: parameters that one point of a pair with the same product uses and the other does not; dropping one of
    them, or tying two, takes this pair away.
    """
    if dead:
        yield from _attempt(partial(_without, architecture, dead))
    yield from _more_rows(architecture)
    yield from _layer_dilations(architecture)
    sizes, used = architecture.parameters, rival or {}
    ends = [(k, j) for k, size in enumerate(sizes) if size > 2 for j in (size - 1, 0)]
    named = [(k, j) for k, js in used.items() if sizes[k] > 1 for j in js]
    for k, j in list(dict.fromkeys([*named, *ends]))[:DROPS]:
        yield from _attempt(partial(_without, architecture, {k: [j]}))
    pairs = [(k, pair) for k, js in used.items() for pair in itertools.combinations(js, 2)]
    for k, pair in pairs[:DROPS]:
        yield from _attempt(partial(shared, architecture, k, pair))


def _attempt(build: Callable[[], Change]) -> Iterator[Change]:
    """The change, unless the model refuses it."""
    try:
        yield build()
    except (SpecError, LimitError):
        return


def _without(architecture: Architecture, gone: Mapping[int, Sequence[int]]) -> Change:
    layers, words = list(architecture.layers), []
    for k, js in sorted(gone.items()):
        place = architecture.parametric[k]
        layers[place] = remapped(layers[place], targets_of(layers[place].parameters, (), js))
        shown = ", ".join(map(str, js[:12])) + (f" and {len(js) - 12} more" if len(js) > 12 else "")
        words.append(f"drop parameter{'' if len(js) == 1 else 's'} {shown} of {architecture.label(place)}")
    return Change("drop", "; ".join(words), rebuilt(architecture, layers), sum(map(len, gone.values())))


def _layer_dilations(architecture: Architecture) -> Iterator[Change]:
    for place, layer in enumerate(architecture.layers):
        for d in DILATIONS:
            yield from _attempt(partial(_dilated_layer, architecture, place, d)) if _dilates(layer, place) else ()


def _dilates(layer: Layer, place: int) -> bool:
    """Whether another dilation keeps the layer's shape; the rows of the first layer may change."""
    operator = layer.operator
    if isinstance(operator, Circulant):
        return len(operator.support) > 1
    return isinstance(operator, Convolution) and (operator.padding == "circular" or not place)


def _dilated_layer(architecture: Architecture, place: int, d: int) -> Change:
    layer, label = architecture.layers[place], architecture.label(place)
    operator = layer.operator
    if isinstance(operator, Circulant):
        taps = tuple(tuple(d * s for s in shift) for shift in operator.support)
        changed = replace(layer, operator=replace(operator, support=taps))
        return _exchanged(architecture, place, changed, f"multiply the shifts of {label} by {d}", "dilation")
    assert isinstance(operator, Convolution)
    dilation = d * operator.dilation
    changed = replace(layer, operator=replace(operator, dilation=dilation))
    return _exchanged(architecture, place, changed, f"change the dilation of {label} to {dilation}", "dilation")


def _exchanged(architecture: Architecture, place: int, layer: Layer, words: str, kind: str) -> Change:
    layers = [*architecture.layers[:place], layer, *architecture.layers[place + 1 :]]
    return Change(kind, words, rebuilt(architecture, layers), 1, within=False)


def _more_rows(architecture: Architecture) -> Iterator[Change]:
    """One more row of the first layer, one more column of the last, where that adds data rather than parameters."""
    for place, side in ((0, "row"), (len(architecture.layers) - 1, "column")):
        yield from _attempt(partial(_longer, architecture, place, side))


def _longer(architecture: Architecture, place: int, side: str) -> Change:
    """SpecError when the layer cannot grow without new parameters."""
    layer, label = architecture.layers[place], architecture.label(place)
    operator = layer.operator
    rows, cols = operator.rows + (side == "row"), operator.cols + (side == "column")
    what = f"a {side}"
    if isinstance(operator, FixedDense | FixedSparse) and operator.rows * operator.cols <= DENSE_LIMIT:
        what, grown = _known(operator, side)
    elif isinstance(operator, Toeplitz) and operator.diagonals is not None:
        grown = Toeplitz(rows, cols, operator.diagonals)
    else:
        raise SpecError(label, "a fixed or banded Toeplitz layer", operator.family)
    return _exchanged(architecture, place, replace(layer, operator=grown), f"add {what} to {label}", "row")


def _known(operator: Operator, side: str) -> tuple[str, Operator]:
    """A fixed matrix with one more row or column, the powers of 2 modulo 11: nothing about it is special."""
    dense: list[list[Number]] = [[0] * operator.cols for _ in range(operator.rows)]
    for row, col, _, value in operator.entries():
        dense[row][col] += Fraction(value)
    if side == "row":
        extra: list[Number] = [pow(2, j + 1, 11) for j in range(operator.cols)]
        dense.append(extra)
    else:
        extra = [pow(2, i + 1, 11) for i in range(operator.rows)]
        dense = [[*row, value] for row, value in zip(dense, extra, strict=True)]
    shown = ", ".join(map(str, extra[:8])) + (", ..." if len(extra) > 8 else "")
    return f"the {side} ({shown})", FixedDense(tuple(tuple(row) for row in dense))


def network_changes(architecture: Architecture, colliding: Sequence[str]) -> Iterator[Change]:
    """Other dilations and fewer taps: of one edge of the two colliding paths, then of all levels together."""
    network = architecture.network
    assert network is not None
    for name in colliding:
        for d in DILATIONS:
            yield from _attempt(partial(_dilated, architecture, {name: d}))
    for name in colliding:
        yield from _attempt(partial(_fewer_taps, architecture, [name]))
    spread = _spread(network)
    if spread:
        yield from _attempt(partial(_dilated, architecture, spread, absolute=True))
    longest = max(len(edge.support) for edge in network.edges)
    if longest > 1:
        names = [edge.name for edge in network.edges if len(edge.support) == longest]
        yield from _attempt(partial(_fewer_taps, architecture, names))


def _spread(network: Network) -> dict[str, int]:
    """Dilations that make the taps of all levels superincreasing, from the leaves to the root (theory 10.3a).

    The taps of a level then lie further apart than all sums of the levels below it.  {} where nothing changes.
    """
    below, stride, found = 0, 1, dict[str, int]()
    for level in reversed(range(network.depth)):
        edges = [network.edges[index] for index in network.level_edges[level]]
        factor = below // stride + 1
        found |= {edge.name: factor for edge in edges if edge.dilation != factor}
        axes = range(len(network.group))
        extent = max(max(t[a] for t in e.support) - min(t[a] for t in e.support) for e in edges for a in axes)
        below += stride * factor * extent
        stride *= network.strides[level]
    return found


def _dilated(architecture: Architecture, dilations: Mapping[str, int], *, absolute: bool = False) -> Change:
    network = architecture.network
    assert network is not None
    new = {name: d if absolute else d * _edge(network, name).dilation for name, d in dilations.items()}
    edges = [replace(edge, dilation=new.get(edge.name, edge.dilation)) for edge in network.edges]
    return _network(architecture, edges, f"change {_settings('dilation', new)}", "dilation", len(new))


def _settings(noun: str, values: Mapping[str, int]) -> str:
    items = [f"of edge {name!r} to {value}" for name, value in values.items()]
    shown = ", ".join(items if len(items) <= 12 else [*items[:11], f"and {len(items) - 11} more"])
    return f"the {noun}{'' if len(items) == 1 else 's'} {shown}"


def _fewer_taps(architecture: Architecture, names: Sequence[str]) -> Change:
    network = architecture.network
    assert network is not None
    edges = [replace(e, support=e.support[:-1]) if e.name in names else e for e in network.edges]
    shown = ", ".join(repr(name) for name in names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    words = f"drop the last tap of edge{'' if len(names) == 1 else 's'} {shown}"
    return _network(architecture, edges, words, "drop", len(names))


def _network(architecture: Architecture, edges: Sequence[Edge], words: str, kind: str, size: int) -> Change:
    assert architecture.network is not None
    network = replace(architecture.network, edges=tuple(edges))
    changed = Architecture(network, field=architecture.field, title=changed_title(architecture.title))
    return Change(kind, words, changed, size, within=kind == "drop")


def _edge(network: Network, name: str) -> Edge:
    return next(edge for edge in network.edges if edge.name == name)
