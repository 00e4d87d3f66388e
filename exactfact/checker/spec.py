"""The spec: normalised to its canonical form, and validated, by this package's own code.

`read_spec` takes a document as a user writes it (or a canonical one) and fills in every default; an embedded spec is
canonical iff its canonical bytes are those of its own normalisation.
"""
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from .errors import Text, require
from .families import Operator, fields, listing, read_layer, whole
from .network import Network, read_network
from .numbers import Number, encode, is_integer, user_number
from .primality import require_prime
from .reading import canonical_bytes


@dataclass(frozen=True)
class Model:
    """Allowed supports of positions [start, stop) of parametric layer `layer` (networks: level), or a sparsity."""

    layer: int
    start: int
    stop: int
    supports: tuple[frozenset[int], ...] | None
    sparsity: int | None

    def allows(self, h: list[list[Number]]) -> bool:
        """True iff the entries of h that the model restricts lie in one of its supports, or are few enough."""
        used = {j for j, x in enumerate(h[self.layer][self.start:self.stop]) if x}
        if self.supports is None:
            return self.sparsity is not None and len(used) <= self.sparsity
        return any(used <= support for support in self.supports)


@dataclass(frozen=True)
class Spec:
    """A validated spec; `p` = 0 over QQ; `point` has one vector for each parametric layer (networks: level)."""

    document: dict[str, Any]
    p: int
    operators: tuple[Operator, ...]
    network: Network | None
    models: tuple[Model, ...]
    point: list[list[Number]] | None

    @property
    def parameters(self) -> list[int]:
        """S_1, ..., S_K of the parametric layers (networks: levels)."""
        return self.network.parameters if self.network else [x.parameters for x in self.operators if x.parameters]


def digest(document: Any) -> str:
    """The name of a spec in certificates: "sha256:" and the hash of its canonical bytes."""
    return "sha256:" + hashlib.sha256(canonical_bytes(document)).hexdigest()


def read_spec(document: Any) -> Spec:
    """The spec of a certificate or of a user's file, in canonical form and validated as docs/certificate.md says.

    Defaults are filled in, numbers reduced over GF(p). Rejects naming the place.
    """
    f = fields(document, "spec", "", exactfact=1, title="", field="QQ", layer=None, network=None, model=[], point=None)
    require(is_integer(f["exactfact"]) and f["exactfact"] == 1, "spec, exactfact: version 1", f["exactfact"])
    require(isinstance(f["title"], str), "spec, title: a string", f["title"])
    p = _characteristic(f["field"])
    require(("layer" in document) != ("network" in document), "spec: either layer or network", document)
    canonical = {key: f[key] for key in ("exactfact", "title", "field")}
    operators: tuple[Operator, ...] = ()
    network = None
    if "network" in document:
        canonical["network"], network = read_network(f["network"], "network")
        names = [e["name"] for e in canonical["network"]["edge"]]
    else:
        read = [read_layer(x, f"layer {i}", p) for i, x in enumerate(listing(f["layer"], "spec, layer"))]
        canonical["layer"], operators = [x for x, _ in read], tuple(operator for _, operator in read)
        names = [x["name"] for x in canonical["layer"]]
        _require_chain(operators)
    draft = Spec(canonical, p, operators, network, (), None)
    once = Counter(names)
    places = {name: i for i, name in enumerate(names) if once[name] == 1}
    before = list(accumulate((operator.parameters > 0 for operator in operators), initial=0))
    models = [_model(x, draft, names, places, before, f"model[{i}]")
              for i, x in enumerate(listing(f["model"], "spec, model"))]
    canonical["model"] = [x for x, _ in models]
    point = None if f["point"] is None else _point(f["point"], draft)
    canonical["point"] = None if point is None else {"h": [[encode(x) for x in h] for h in point]}
    return Spec(canonical, p, operators, network, tuple(model for _, model in models), point)


def read_embedded(document: Any) -> Spec:
    """A spec that must be in canonical form already."""
    spec = read_spec(document)
    if canonical_bytes(spec.document) != canonical_bytes(document):
        where = [key for key in sorted(set(spec.document) | set(document)) if key not in document
                 or key not in spec.document or canonical_bytes(document[key]) != canonical_bytes(spec.document[key])]
        require(False, "an embedded spec in canonical form", Text(f"another form of {', '.join(where)}"))
    return spec


def read_vectors(value: Any, where: str, sizes: list[int], read: Any) -> list[list[Number]]:
    """One list of numbers for each size; `read(x, where)` reads one number."""
    rows = listing(value, where, len(sizes))
    return [[read(x, where) for x in listing(row, f"{where}[{k}]", size)]
            for k, (row, size) in enumerate(zip(rows, sizes, strict=True))]


def _characteristic(field: Any) -> int:
    match = re.fullmatch(r"QQ|GF\(([1-9][0-9]{0,24})\)", field) if isinstance(field, str) else None
    require(match is not None, 'spec, field: "QQ" or "GF(p)"', field)
    if field == "QQ":
        return 0
    p = int(field[3:-1])
    require_prime(p, "spec, field")
    return p


def _require_chain(operators: tuple[Operator, ...]) -> None:
    for i in range(1, len(operators)):
        left, right = operators[i - 1].cols, operators[i].rows
        require(left == right, f"layers {i - 1} and {i}: shapes that match", Text(f"{left} columns, {right} rows"))
    require(any(operator.parameters for operator in operators), "spec, layer: a parametric layer", Text("none"))


def _model(document: Any, spec: Spec, names: list[str], places: dict[str, int], before: list[int],
           where: str) -> tuple[dict[str, Any], Model]:
    key = "edge" if spec.network else "layer"
    f = fields(document, where, key, supports=None, sparsity=None)
    require((f["supports"] is None) != (f["sparsity"] is None), f"{where}: supports or sparsity", document)
    index = places.get(f[key], f[key]) if isinstance(f[key], str) else f[key]
    whole(index, f"{where}, {key}: an index or a name; an index", 0, len(names))
    canonical: dict[str, Any] = {key: names[index] if spec.network else index}
    if spec.network:
        edge = spec.network.edges[index]
        layer, start, size = edge.level, edge.offset, len(edge.taps)
    else:
        layer, start, size = before[index], 0, spec.operators[index].parameters
        require(size > 0, f"{where}: a parametric layer", f[key])
    if f["sparsity"] is not None:
        canonical["sparsity"] = whole(f["sparsity"], f"{where}, sparsity", 0)
        return canonical, Model(layer, start, start + size, None, f["sparsity"])
    supports = [[whole(j, f"{where}, supports", 0, size) for j in listing(s, f"{where}, supports")]
                for s in listing(f["supports"], f"{where}, supports")]
    distinct = bool(supports) and all(len(set(s)) == len(s) for s in supports)
    require(distinct, f"{where}: supports without repeats", f["supports"])
    return {**canonical, "supports": supports}, Model(layer, start, start + size, tuple(map(frozenset, supports)), None)


def _point(document: Any, spec: Spec) -> list[list[Number]]:
    if spec.network and type(document) is dict and "edges" in document:
        given = fields(fields(document, "point", "edges")["edges"], "point, edges",
                       "", **{edge.name: None for edge in spec.network.edges})
        point: list[list[Number]] = [[] for _ in spec.network.levels]
        for edge in spec.network.edges:
            for x in listing(given[edge.name], f"point, edge {edge.name!a}", len(edge.taps)):
                point[edge.level].append(user_number(x, "point", spec.p))
        return point
    h = fields(document, "point", "h")["h"]
    return read_vectors(h, "point, h", spec.parameters, lambda x, at: user_number(x, at, spec.p))
