"""Why a property fails, by the symmetry that makes it fail: gauge, dead direction, exchange of layers, hidden node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from exactfact.certificate.numbers import decode_number
from exactfact.lifting.family import Family, family
from exactfact.model import Architecture, Network

from .case import Case, counted, layer_name, listed
from .families import combination, words

FAMILIES = 3
ENTRIES = 8
LINES = 8

KINDS = {
    "rescaling": "rescaling",
    "polynomial": "change of basis that is polynomial in its parameter",
    "flow": "flow of a linear field",
}


def gauge(case: Case) -> list[str]:
    """The linear symmetries behind 6.4 and 6.3: how many, of which kinds, and the first few written out."""
    fields = case.referred("gauge")["evidence"]["fields"]
    families = [family(field) for field in fields[: FAMILIES * 20]]
    lines = [_how_many(len(fields), families)]
    chosen = _different(families)
    lines += [f"Symmetry {number}: {words(found, case.architecture)}." for number, found in enumerate(chosen, 1)]
    if len(fields) > len(chosen):
        lines.append(f"The other {len(fields) - len(chosen)} are of these kinds; the certificate lists all.")
    return lines


def _how_many(total: int, families: Sequence[Family]) -> str:
    kinds = {kind: sum(found.kind == kind for found in families) for kind in KINDS}
    several = ", ".join(f"{n} {_plural(KINDS[kind], n)}" for kind, n in kinds.items() if n)
    seen = "" if total == len(families) else f" among the first {len(families)}"
    verb = "moves" if total == 1 else "move"
    start = f"{total} independent linear {_plural('symmetry', total)}, beside one scalar a layer, {verb} the parameters"
    return f"{start} and leave{'s' if total == 1 else ''} the product as it is{seen}: {several}."


def _plural(noun: str, number: int) -> str:
    if number == 1:
        return noun
    if noun == "symmetry":
        return "symmetries"
    first, _, rest = noun.partition(" ")
    rest = rest.replace("is polynomial in its parameter", "are polynomial in their parameter")
    return f"{first}s {rest}".strip()


def _different(families: Sequence[Family]) -> list[Family]:
    """The first of each kind, then the next ones, FAMILIES in all."""
    first = {found.kind: found for found in reversed(families)}
    kept = [found for found in families if first[found.kind] is found]
    rest = [found for found in families if first[found.kind] is not found]
    chosen = [*kept, *rest][:FAMILIES]
    return [found for found in families if any(found is other for other in chosen)]


def dead(case: Case) -> list[str]:
    """A direction of one layer that never reaches the product (8.2b)."""
    k, x = int(case.evidence["layer"]), [decode_number(value) for value in case.evidence["x"]]
    name, nonzero = layer_name(case.architecture, k), [j for j, value in enumerate(x) if value]
    if len(x) == 1:
        return [f"Whatever the other layers are, the product is zero: the only parameter of {name} never reaches it."]
    if len(nonzero) == 1:
        return [f"Parameter {nonzero[0]} of {name} never reaches the product: it can take any value."]
    direction = combination((x[j], f"e_{j}") for j in nonzero)
    same = "h + t x gives the same product for every t, whatever the other layers are"
    return [f"In {name} the direction x = {direction} never reaches the product: {same}."]


def swap(case: Case) -> list[str]:
    """Two layers that can be exchanged (8.2c)."""
    k, last = case.evidence["layers"]
    first, second = layer_name(case.architecture, k), layer_name(case.architecture, last)
    maps = [_map(case.evidence["C"], "g", "h"), _map(case.evidence["D"], "h", "g")]
    how = f"with h the parameters of {first} and g those of {second}, h becomes {maps[0]} and g becomes {maps[1]}"
    return [f"{_capital(first)} and {second} can be exchanged, and the product stays the same: {how}."]


def layers_together(case: Case) -> list[str]:
    """A change of several layers at once (8.2f)."""
    parts = [
        f"in {layer_name(case.architecture, k)} h becomes {_map(entries, 'h', 'h')}"
        for k, entries in case.evidence["C"]
    ]
    return [f"Several layers can be changed together, and the product stays the same: {'; '.join(parts)}."]


def _map(entries: Sequence[Sequence[Any]], source: str, target: str) -> str:
    """A linear map from the parameters called `source`: a permutation in a word or two, or its rows."""
    cells = {(row, col): decode_number(value) for row, col, value in entries}
    size = 1 + max(row for row, _ in cells)
    if cells == {(i, i): 1 for i in range(size)}:
        return source
    if cells == {(i, size - 1 - i): 1 for i in range(size)}:
        return f"{source} in reverse order"
    rows: dict[int, list[tuple[Any, str]]] = {}
    for (row, col), value in sorted(cells.items()):
        rows.setdefault(row, []).append((value, f"{source}_{col}"))
    texts = [combination(rows.get(row, [])) for row in range(size)]
    if len(texts) > ENTRIES:
        texts = [*texts[:ENTRIES], f"... ({size} entries)"]
    return f"({', '.join(texts)})"


def node(case: Case) -> list[str]:
    """A hidden node of a network that can be rescaled (10.2)."""
    assert case.network is not None
    name = case.evidence["node"]
    into, out = edges_at(case.network, name)
    also = crowded(case.network)
    how = f"multiply the kernels of {_edges(into)} (into it) by s and those of {_edges(out)} (out of it) by 1/s"
    stays = "no path changes, and so the product stays the same"
    lines = [f"Hidden node {name!r} can be rescaled: for every s other than 0, {how}; {stays}."]
    if len(also) > 1:
        lines.append(f"The same holds for each of the {len(also)} hidden nodes that share their level: {listed(also)}.")
    if _generic_by_paths(case.document):
        lines.append(
            "To remove it, fix one tap of one edge out of each hidden node to 1: almost every h of that form is then "
            "determined exactly, since generic modulo path-scaling is proved (10.2)."
        )
    return lines


def _generic_by_paths(document: Mapping[str, Any]) -> bool:
    key = ("verdict", "generic", "path-scaling", "full", "CC", "proved")
    names = ("kind", "property", "modulo", "model", "over", "status")
    return any(tuple(claim.get(name) for name in names) == key for claim in document["claims"])


def edges_at(network: Network, node: str) -> tuple[list[str], list[str]]:
    """Names of the edges into a node and out of it."""
    into = [edge.name for edge in network.edges if edge.target == node]
    return into, [edge.name for edge in network.edges if edge.source == node]


def crowded(network: Network) -> list[str]:
    """Hidden nodes that share their level with another one."""
    levels = [network.node_level[node] for node in network.hidden]
    return [node for node in network.hidden if levels.count(network.node_level[node]) > 1]


def _edges(names: Sequence[str]) -> str:
    return f"edge {names[0]!r}" if len(names) == 1 else f"edges {listed([repr(name) for name in names])}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def ratios(evidence: Mapping[str, Any], architecture: Architecture) -> list[str]:
    """Parameters whose ratios take finitely many values on a generic fibre, layer by layer (6.5)."""
    lines: list[str] = []
    for k, blocks in enumerate(evidence["blocks"]):
        if len(lines) == LINES:
            return [*lines, f"The ratios of the other {len(evidence['blocks']) - k} layers are in --json."]
        name = layer_name(architecture, k)
        if len(blocks) == 1:
            if len(blocks[0]) > 1:
                lines.append(f"In {name} every ratio of two parameters takes finitely many values.")
            continue
        together = [block for block in blocks if len(block) > 1]
        if not together:
            lines.append(f"In {name} the ratio of any two parameters is free: it takes infinitely many values.")
            continue
        groups = listed([f"{{{', '.join(map(str, block[:8]))}{', ...' if block[8:] else ''}}}" for block in together])
        alone = len(blocks) - len(together)
        rest = f", {counted(alone, 'parameter')} alone" if alone else ""
        lines.append(
            f"In {name} the ratios of parameters inside a block take finitely many values, those between blocks are "
            f"free. Blocks: {groups}{rest}."
        )
    return lines
