"""An architecture: a product of layers, or a convolutional network, over a field, with models and a point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import canonical
from .errors import SpecError, at, describe, each, integer_text, shorten
from .fields import QQ, Field, field_of
from .fitting import Point, fit_models, fit_point
from .layer import TITLE_LIMIT, Layer, as_layer, check_text
from .network import Network
from .operators import Operator, set_field
from .sparsity import SparsityModel


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Architecture:
    """A chain of layers M_1, ..., M_S (product order) or a network, with everything that a spec can say.

    Immutable; two architectures are equal when their digests are.  Raises SpecError on construction when shapes do not
    match, no layer has parameters, names repeat, a denominator vanishes in the field, or a model or point does not fit.
    """

    field: Field
    layers: tuple[Layer, ...]
    network: Network | None
    title: str
    models: tuple[SparsityModel, ...]
    point: Point | None

    def __init__(
        self,
        layers_or_network: Iterable[Layer | Operator] | Network,
        *,
        field: Field | str = QQ,
        title: str = "",
        models: Iterable[SparsityModel] = (),
        point: Iterable[Any] | Mapping[str, Any] | None = None,
    ) -> None:
        with at("title"):
            check_text(title, TITLE_LIMIT, multiline=True)
        is_network = isinstance(layers_or_network, Network)
        network = layers_or_network if isinstance(layers_or_network, Network) else None
        layers = () if isinstance(layers_or_network, Network) else _layers(layers_or_network)
        set_field(self, field=field_of(field), title=title, network=network, layers=layers)
        if not is_network:
            self._check_chain()
            set_field(self, layers=tuple(self._reduced(k) for k in range(len(layers))))
        set_field(self, models=fit_models(self, models))
        set_field(self, point=None if point is None else fit_point(self, point))

    def _check_chain(self) -> None:
        if not self.parametric:
            raise SpecError("layer", "at least one layer with parameters", f"{len(self.layers)} fixed")
        names: dict[str, int] = {}
        for k, layer in enumerate(self.layers):
            if layer.name and names.setdefault(layer.name, k) != k:
                received = f'"{shorten(layer.name)}", also the name of layer {names[layer.name]}'
                raise SpecError(f"layer {k}, name", "different names for all layers", received)
        for k, (left, right) in enumerate(zip(self.layers, self.layers[1:], strict=False)):
            if left.cols != right.rows:
                required = f"as many columns of {self.label(k)} as rows of {self.label(k + 1)}"
                received = f"{_shape(left)} and {_shape(right)}"
                raise SpecError(f"{self.label(k)} and {self.label(k + 1)}", required, received)

    def _reduced(self, k: int) -> Layer:
        with at(self.label(k)):
            return self.layers[k].over(self.field)

    @cached_property
    def parametric(self) -> tuple[int, ...]:
        """Indices of the layers with parameters; for a network its levels 0, ..., K-1."""
        if self.network is not None:
            return tuple(range(self.network.depth))
        return tuple(k for k, layer in enumerate(self.layers) if not layer.fixed)

    @cached_property
    def parameters(self) -> tuple[int, ...]:
        """S_k of each parametric layer, or level."""
        if self.network is not None:
            return self.network.parameters
        return tuple(self.layers[k].parameters for k in self.parametric)

    @property
    def shape(self) -> tuple[int, int] | None:
        """(m_1, m_{K+1}); for a network that of its stacked operator, None when a signal length is not given."""
        if self.network is not None:
            return self.network.shape
        return self.layers[0].rows, self.layers[-1].cols

    def label(self, k: int) -> str:
        """How messages name layer k of the list (of a network: level k), 0-based: `layer 2 "synthesis"`."""
        if self.network is not None:
            return f"level {k}"
        return layer_label(k, self.layers[k].name)

    def document(self) -> dict[str, Any]:
        """The canonical spec (docs/certificate.md, section 2), a fresh document at every call."""
        document: dict[str, Any] = {"exactfact": 1, "title": self.title, "field": self.field.name}
        if self.network is not None:
            document["network"] = self.network.keys()
        else:
            document["layer"] = [layer.keys() for layer in self.layers]
        document["model"] = [{**self._model_place(model), **model.keys()} for model in self.models]
        document["point"] = None if self.point is None else {"h": self.point}
        encoded: dict[str, Any] = canonical.encode_tree(document)
        return encoded

    def _model_place(self, model: SparsityModel) -> dict[str, Any]:
        if self.network is not None:
            return {"edge": self.network.edges[model.layer].name}
        return {"layer": model.layer}

    def canonical_bytes(self) -> bytes:
        """The canonical JSON of the spec: sorted keys, ASCII, no white space (docs/certificate.md, section 2)."""
        return canonical.canonical_bytes(self.document())

    @cached_property
    def digest(self) -> str:
        """The text "sha256:..." of the canonical bytes: equal specs have equal digests."""
        return canonical.digest(self.document())

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Architecture) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        title = f"{shorten(self.title)!r}, " if self.title else ""
        if self.network is not None:
            what = f"network of {len(self.network.edges)} edges and depth {self.network.depth}"
        else:
            what = f"{len(self.layers)} layers, {len(self.parametric)} with parameters"
        total = integer_text(sum(self.parameters))
        return f"<Architecture {title}{what}, {total} parameters over {self.field.name}>"


def layer_label(k: int, name: str) -> str:
    """`layer 2 "synthesis"`, or `layer 2` without a name."""
    return f'layer {k} "{shorten(name)}"' if name else f"layer {k}"


def _shape(layer: Layer) -> str:
    return f"{integer_text(layer.rows)} x {integer_text(layer.cols)}"


def _layers(value: object) -> tuple[Layer, ...]:
    if isinstance(value, Layer | Operator | str | Mapping) or not isinstance(value, Iterable):
        raise SpecError("layer", "a list of layers, or a Network", describe(value))
    with at("layer"):
        layers = each(value, _layer)
    if not layers:
        raise SpecError("layer", "at least one layer with parameters", "an empty list")
    return layers


def _layer(value: object) -> Layer:
    if not isinstance(value, Layer | Operator):
        raise SpecError("", "a layer", describe(value))
    return as_layer(value)
