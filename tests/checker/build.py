"""Certificates made by hand: canonical specs and claims, without any code of the producer or the checker."""
import hashlib
import json
from typing import Any

Json = dict[str, Any]
BIG = 1 << 53
P, LARGE = 65521, 4194301  # primes of evidence
COMPOSITE = 65521 * 65519  # a product of two primes
PSEUDOPRIME = 3215031751  # strong pseudoprime to the bases 2, 3, 5, 7


def number(value: Any) -> Any:
    """An integer in canonical form (other values unchanged)."""
    return hex(value) if type(value) is int and abs(value) >= BIG else value


def layer(operator: str, name: str = "", **keys: Any) -> Json:
    """A canonical layer."""
    return {"name": name, "operator": operator, **keys}


def basis(*matrices: list[list[Any]]) -> Json:
    """A layer given by the matrices M(e_j)."""
    return layer("basis", matrices=list(matrices))


def full(rows: int, cols: int) -> Json:
    """A dense layer."""
    return layer("full", rows=rows, cols=cols)


def diagonal(size: int) -> Json:
    """A diagonal layer."""
    return layer("diagonal", rows=size, cols=size)


def entries(rows: int, cols: int, parameters: int, *cells: list[Any]) -> Json:
    """The universal family."""
    return layer("entries", rows=rows, cols=cols, parameters=parameters, entries=list(cells))


def fixed(matrix: list[list[Any]]) -> Json:
    """A fixed layer."""
    return layer("fixed", matrix=matrix)


def chain(*layers: Json, field: str = "QQ", model: Any = (), point: Any = None, title: str = "") -> Json:
    """The canonical spec of a chain."""
    return {"exactfact": 1, "title": title, "field": field, "layer": list(layers), "model": list(model),
            "point": None if point is None else {"h": point}}


def edge(name: str, source: str, target: str, support: list[Any], dilation: int = 1) -> Json:
    """An edge of a network; in one dimension taps may be plain integers."""
    taps = [[s] if isinstance(s, int) else s for s in support]
    return {"name": name, "from": source, "to": target, "support": taps, "dilation": dilation}


def network(group: list[int], edges: list[Json], depth: int, *, root: str = "out", field: str = "QQ",
            strides: list[int] | None = None, signal: list[int] | None = None, model: Any = (),
            point: Any = None) -> Json:
    """The canonical spec of a network."""
    body = {"group": group, "root": root, "signal": signal, "edge": edges,
            "layer": [{"stride": t} for t in (strides or [1] * depth)]}
    return {"exactfact": 1, "title": "", "field": field, "network": body, "model": list(model),
            "point": None if point is None else {"h": point}}


def line(group: list[int], *supports: list[Any], dilations: list[int] | None = None, **keys: Any) -> Json:
    """A network that is one chain: level k has the edge e<k> from v<k+1> to v<k>; the root is v0."""
    dilations = dilations or [1] * len(supports)
    edges = [edge(f"e{k}", f"v{k + 1}", f"v{k}", s, dilations[k]) for k, s in enumerate(supports)]
    return network(group, edges, len(supports), root="v0", **keys)


def bound(quantity: str, side: str, value: int, statement: str, evidence: Json, over: str = "QQ") -> Json:
    """A bound without its id."""
    return {"kind": "bound", "quantity": quantity, "side": side, "value": number(value), "over": over,
            "statement": statement, "evidence": evidence}


def verdict(prop: str, modulo: str, status: str, over: str, statement: str, evidence: Json,
            model: str = "full") -> Json:
    """A verdict without its id."""
    return {"kind": "verdict", "property": prop, "modulo": modulo, "model": model, "over": over, "status": status,
            "statement": statement, "evidence": evidence}


def digest(spec: Json) -> str:
    """The digest of a spec."""
    text = json.dumps(spec, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return "sha256:" + hashlib.sha256(text.encode("ascii")).hexdigest()


def certificate(spec: Json, *claims: Json, seed: int = 0, notes: list[Json] | None = None) -> Json:
    """A certificate; ids are given in order."""
    return {"format": "exactfact-certificate", "version": 1, "spec": spec, "digest": digest(spec), "seed": seed,
            "software": "hand-made", "claims": [{"id": f"c{i}", **claim} for i, claim in enumerate(claims)],
            "notes": notes or []}
