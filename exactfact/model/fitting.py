"""Sparsity models and points, checked against the architecture that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .arrays import listed
from .errors import SpecError, at, describe, each, integer_text, nearest, shorten
from .numbers import Number, number
from .sparsity import SparsityModel

if TYPE_CHECKING:
    from .architecture import Architecture

Point = tuple[tuple[Number, ...], ...]


def fit_models(architecture: Architecture, models: Iterable[Any]) -> tuple[SparsityModel, ...]:
    """The models with names resolved to indices; SpecError when one names no parametric layer or does not fit it."""
    network = architecture.network
    key = "edge" if network is not None else "layer"
    names = [e.name for e in network.edges] if network is not None else [layer.name for layer in architecture.layers]
    by_name = {name: index for index, name in enumerate(names) if name}
    seen: set[int] = set()

    def place(model: Any) -> SparsityModel:
        if not isinstance(model, SparsityModel):
            raise SpecError("", "a SparsityModel", describe(model))
        with at(key):
            index = _resolve(model.layer, by_name, len(names), key)
            label, parameters = _modelled(architecture, index)
            if index in seen:
                raise SpecError("", f"at most one model for each {key}", f"a second one for {label}")
        seen.add(index)
        model.check(parameters)
        return SparsityModel(index, model.supports, model.sparsity)

    with at("model"):
        return each(models, place)


def _resolve(wanted: int | str, by_name: dict[str, int], count: int, what: str) -> int:
    """The index that an index or a name means."""
    if isinstance(wanted, str):
        if wanted not in by_name:
            raise SpecError("", f"the name of one {what}", describe(wanted), nearest(wanted, by_name))
        return by_name[wanted]
    if wanted >= count:
        raise SpecError("", f"the index of one {what}, below {count}", describe(wanted))
    return wanted


def _modelled(architecture: Architecture, index: int) -> tuple[str, int]:
    """Label and number of parameters of the layer (network: edge) of a model."""
    if architecture.network is not None:
        edge = architecture.network.edges[index]
        return f'edge "{shorten(edge.name)}"', len(edge.support)
    layer = architecture.layers[index]
    if layer.fixed:
        raise SpecError("", "a layer with parameters", f"{architecture.label(index)}, which is fixed")
    return architecture.label(index), layer.parameters


def fit_point(architecture: Architecture, point: Any) -> Point:
    """The point h*, one vector of field elements for each parametric layer or level; a mapping is read by edges."""
    if isinstance(point, Mapping):
        with at("point, edges"):
            point = _by_edges(architecture, point)
    with at("point, h"):
        vectors = listed(point)
        count = len(architecture.parameters)
        if len(vectors) != count:
            what = "level" if architecture.network is not None else "layer with parameters"
            raise SpecError("", f"{count} vectors, one for each {what}", f"{len(vectors)}")
        h = each(vectors, lambda vector: each(listed(vector), lambda x: architecture.field.reduce(number(x))))
        for index, (vector, size) in enumerate(zip(h, architecture.parameters, strict=True)):
            if len(vector) != size:
                label = architecture.label(architecture.parametric[index])
                required = f"{integer_text(size)} entries, the parameters of {label}"
                raise SpecError(f"[{index}]", required, f"{len(vector)}")
    return h


def _by_edges(architecture: Architecture, point: Mapping[str, Any]) -> list[list[Any]]:
    """The vectors by level of a point that is written edge by edge."""
    network = architecture.network
    if network is None:
        raise SpecError("", "a list h of vectors, one for each layer with parameters", "a table of edges")
    names = {edge.name: edge for edge in network.edges}
    for name in point:
        if name not in names:
            raise SpecError("", "names of edges", describe(name), nearest(str(name), names))
    levels: list[list[Any]] = []
    for edges in network.level_edges:
        levels.append([])
        for edge in (network.edges[index] for index in edges):
            with at(f'"{shorten(edge.name)}"'):
                if edge.name not in point:
                    raise SpecError("", "a vector for every edge", "nothing")
                vector = listed(point[edge.name])
                if len(vector) != len(edge.support):
                    raise SpecError("", f"{len(edge.support)} entries, one for each tap", f"{len(vector)}")
                levels[-1].extend(vector)
    return levels
