"""From a document (the tables of a TOML or JSON spec) to an Architecture.

Keys are checked here, values by the classes that the tables become.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .architecture import Architecture
from .composed import Basis, BlockDiagonal, Kronecker
from .convolutional import Convolution
from .edge import Edge
from .errors import SpecError, at, describe, nearest, shorten
from .layer import Layer
from .network import Network
from .numbers import integer
from .operators import NESTING_LIMIT, Operator
from .placement import Diagonal, Entries, FixedDense, FixedSparse, Full
from .sparsity import SparsityModel
from .structured import Butterfly, Circulant, Hankel, Toeplitz

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Family:
    """The keys that an operator takes beside `name` and `operator`; `alternative` replaces all required keys."""

    build: Callable[..., Operator]
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    alternative: tuple[str, ...] = ()
    build_alternative: Callable[..., Operator] | None = None


FAMILIES: dict[str, Family] = {
    "entries": Family(Entries, ("rows", "cols", "parameters", "entries")),
    "full": Family(Full, ("rows", "cols")),
    "diagonal": Family(Diagonal, ("rows", "cols"), (), ("size",), lambda size: Diagonal(*_square(size))),
    "circulant": Family(Circulant, ("size", "support")),
    "toeplitz": Family(Toeplitz, ("rows", "cols"), ("diagonals",)),
    "hankel": Family(Hankel, ("rows", "cols")),
    "butterfly": Family(Butterfly, ("size", "level")),
    "block_diagonal": Family(BlockDiagonal, ("blocks",)),
    "kronecker": Family(Kronecker, ("left", "right", "of")),
    "basis": Family(Basis, ("matrices",)),
    "convolution": Family(
        Convolution, ("length", "kernel"), ("in_channels", "out_channels", "stride", "dilation", "padding")
    ),
    "fixed": Family(FixedSparse, ("rows", "cols", "entries"), (), ("matrix",), FixedDense),
}
SPEC_KEYS = ("exactfact", "title", "field", "layer", "network", "model", "point")
NETWORK_KEYS = ("group", "root", "signal", "edge", "layer")
EDGE_KEYS = ("name", "from", "to", "support", "dilation")


def from_document(document: Any) -> Architecture:
    """The architecture that a document (as read from TOML or JSON, or as `Architecture.document()`) describes.

    Raises SpecError.  Cost: linear in the document.
    """
    spec = _table(document, "spec")
    if spec.get("format") == "exactfact-certificate":
        raise SpecError("spec", "a spec", "a certificate (read by the commands check, explain and report)")
    with at("spec"):
        _known(spec, SPEC_KEYS)
        if "exactfact" not in spec:
            raise SpecError("", "the key exactfact = 1, the version of the format", _present(spec))
    version = spec["exactfact"]
    if type(version) is not int or version != 1:
        raise SpecError("exactfact", "1, the version of the format", describe(version))
    if ("layer" in spec) == ("network" in spec):
        both = "both" if "layer" in spec else _present(spec)
        raise SpecError("spec", "exactly one of the keys layer ([[layer]]) and network ([network])", both)
    is_network = "network" in spec
    body: Any = parse_network(spec["network"]) if is_network else _layers(spec["layer"])
    return Architecture(
        body,
        field=_field(spec.get("field", "QQ")),
        title=spec.get("title", ""),
        models=_models(spec.get("model", ()), "edge" if is_network else "layer"),
        point=_point(spec.get("point"), is_network),
    )


def parse_layer(table: Any, depth: int = 1) -> Layer:
    """A layer from its table; `depth` counts the layers around it, so that recursion is bounded."""
    if depth > NESTING_LIMIT:
        raise SpecError("", f"at most {NESTING_LIMIT} operators inside one another", "more")
    layer = _table(table, "")
    if "operator" not in layer:
        raise SpecError("", "the key operator", _present(layer))
    operator = layer["operator"]
    if not isinstance(operator, str) or operator not in FAMILIES:
        hint = nearest(operator, FAMILIES) if isinstance(operator, str) else None
        raise SpecError("operator", "one of " + ", ".join(FAMILIES), describe(operator), hint)
    family = FAMILIES[operator]
    _known(layer, ("name", "operator", *family.required, *family.optional, *family.alternative), operator)
    return Layer(_build(operator, family, layer, depth), layer.get("name", ""))


def _build(operator: str, family: Family, layer: Table, depth: int) -> Operator:
    if family.build_alternative is not None and any(key in layer for key in family.alternative):
        clash = [key for key in family.required if key in layer]
        if clash:
            required = f"either {', '.join(family.alternative)} or {', '.join(family.required)}"
            raise SpecError("", required, f"{family.alternative[0]} and {', '.join(clash)}")
        return family.build_alternative(*(layer[key] for key in family.alternative))
    for key in family.required:
        if key not in layer:
            other = f" (or {', '.join(family.alternative)})" if family.alternative else ""
            raise SpecError("", f'the key {key}{other} of operator "{operator}"', _present(layer))
    values = {key: layer[key] for key in (*family.required, *family.optional) if key in layer}
    if operator == "block_diagonal":
        values["blocks"] = _blocks(values["blocks"], depth)
    if operator == "kronecker":
        with at("of"):
            values["of"] = parse_layer(values["of"], depth + 1)
    return family.build(**_renamed(values))


def _renamed(values: dict[str, Any]) -> dict[str, Any]:
    """The key `entries` is the field `cells` of the classes, where `entries` is a method."""
    return {("cells" if key == "entries" else key): value for key, value in values.items()}


def _blocks(value: Any, depth: int) -> list[Layer]:
    blocks: list[Layer] = []
    for index, table in enumerate(_tables(value, "blocks", "a list of layers")):
        with at(_label(f"blocks[{index}]", table)):
            blocks.append(parse_layer(table, depth + 1))
    return blocks


def _layers(value: Any) -> list[Layer]:
    layers: list[Layer] = []
    for index, table in enumerate(_tables(value, "layer", "a list of layers, written [[layer]] in TOML")):
        with at(_label(f"layer {index}", table)):
            layers.append(parse_layer(table))
    return layers


def parse_network(value: Any) -> Network:
    """A network from the table [network] of a spec.  SpecError with the place of what is missing, unknown or wrong."""
    network = _table(value, "network")
    with at("network"):
        _known(network, NETWORK_KEYS)
        for key in ("group", "root", "edge"):
            if key not in network:
                written = {"edge": "the key edge, written [[network.edge]] in TOML"}.get(key, f"the key {key}")
                raise SpecError("", written, _present(network))
        tables = _tables(network["edge"], "edge", "a list of edges, written [[network.edge]] in TOML")
        edges = [_edge(index, table) for index, table in enumerate(tables)]
        strides = _strides(network.get("layer", ()))
    return Network(network["group"], network["root"], tuple(edges), network.get("signal"), strides)


def _edge(index: int, table: Table) -> Edge:
    name = table.get("name", f"e{index}")
    label = f'edge "{shorten(name)}"' if isinstance(name, str) else f"edge[{index}]"
    with at(label):
        _known(table, EDGE_KEYS)
        for key in ("from", "to", "support"):
            if key not in table:
                raise SpecError("", f"the key {key}", _present(table))
        return Edge(name, table["from"], table["to"], table["support"], table.get("dilation", 1))


def _strides(value: Any) -> tuple[Any, ...]:
    strides = []
    for index, table in enumerate(_tables(value, "layer", "a list of levels, written [[network.layer]] in TOML")):
        with at(f"layer[{index}]"):
            _known(table, ("stride",))
        strides.append(table.get("stride", 1))
    return tuple(strides)


def _models(value: Any, key: str) -> list[SparsityModel]:
    models = []
    for index, table in enumerate(_tables(value, "model", "a list of models, written [[model]] in TOML")):
        with at(f"model[{index}]"):
            _known(table, (key, "supports", "sparsity"))
            if key not in table:
                raise SpecError("", f"the key {key}", _present(table))
            wanted = table[key]
            if key == "edge" and not isinstance(wanted, str):
                raise SpecError("edge", "the name of an edge", describe(wanted))
            models.append(SparsityModel(wanted, table.get("supports"), table.get("sparsity")))
    return models


def _point(value: Any, is_network: bool) -> Any:
    if value is None:
        return None
    point = _table(value, "point")
    keys = ("h", "edges") if is_network else ("h",)
    with at("point"):
        _known(point, keys)
        if len(point) != 1:
            raise SpecError("", "the key h" if len(keys) == 1 else "exactly one of the keys h, edges", _present(point))
    return point["h"] if "h" in point else _table(point["edges"], "point, edges")


def _field(value: Any) -> str:
    if not isinstance(value, str):
        raise SpecError("field", '"QQ", or "GF(p)" with p prime', describe(value))
    return value


def _square(size: Any) -> tuple[int, int]:
    with at("size"):
        found = integer(size, 1)
    return found, found


def _label(place: str, table: Any) -> str:
    name = table.get("name", "") if isinstance(table, Mapping) else ""
    return f'{place} "{shorten(name)}"' if name and isinstance(name, str) else place


def _table(value: Any, where: str) -> Table:
    if not isinstance(value, Mapping):
        raise SpecError(where, "a table", describe(value))
    return value


def _tables(value: Any, where: str, required: str) -> list[Table]:
    if not isinstance(value, list | tuple):
        raise SpecError(where, required, describe(value))
    return [_table(item, f"{where}[{index}]") for index, item in enumerate(value)]


def _known(table: Table, keys: tuple[str, ...], operator: str = "") -> None:
    for key in table:
        if key not in keys:
            owner = f' of operator "{operator}"' if operator else ""
            raise SpecError("", f"only the keys {', '.join(keys)}{owner}", f"the key {describe(key)}", _near(key, keys))


def _near(key: Any, keys: tuple[str, ...]) -> str | None:
    return nearest(key, keys) if isinstance(key, str) else None


def _present(table: Table) -> str:
    if not table:
        return "an empty table"
    shown = [shorten(str(key)) for key in list(table)[:8]] + (["..."] if len(table) > 8 else [])
    return "the keys " + ", ".join(shown)
