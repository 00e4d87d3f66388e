"""The verdicts of networks: path sums all different (10.1, 10.3a), two of them equal (10.1, 10.3b), a pair (8.1).

Each function takes the evidence of a claim and returns the text of an instance; NotExported says why there is none.
"""

from __future__ import annotations

from typing import Any

from exactfact.model import Network

from .errors import NotExported
from .instance import (
    BOTH_UNIFORM,
    NEITHER_UNIFORM,
    NOT_NETWORK_IDENTIFIABLE,
    PATH_UNIFORM,
    computed,
    nested,
    numbers,
    points,
    theorem,
)
from .networks import Terms, box_terms
from .numbers import whole
from .pairs import integer_pair

PATH_LIMIT = 20_000  # sums that Coq lists
LEVEL_LIMIT = 3_000  # taps of a level that Coq compares two by two
TERM_LIMIT = 1_000  # paths on which a point of a pair has no zero
ONE_NODE = "(erefl true <: Network.one_node levels root = true)"


def all_different(network: Network, evidence: Any, scaling: bool) -> str:
    """10.1 proved; with `scaling`, for the verdict modulo scaling, one node on every hidden level is required."""
    terms = Terms(network)
    if scaling and not terms.one_node:
        raise NotExported("10.1 modulo scaling for a network with two nodes on a hidden level")
    method = evidence.get("method") if type(evidence) is dict else None
    if method == "table":
        data, proof = "", _listed(terms)
    elif method == "mixed-radix":
        data, proof = _radix(terms, evidence)
    elif method == "superincreasing":
        data, proof = _growth(terms, evidence)
    else:
        raise NotExported("evidence of 10.1 that is no table, mixed radix or superincreasing order")
    if terms.one_node:
        return terms.text() + data + "\n" + theorem(BOTH_UNIFORM, f"and_identifiable {ONE_NODE} ({proof})")
    return terms.text() + data + "\n" + theorem(PATH_UNIFORM, proof)


def two_equal(network: Network, evidence: Any) -> str:
    """10.1 refuted by two path indices of one leaf with one sum, or by their number."""
    terms = Terms(network)
    if type(evidence) is dict and "paths" in evidence:
        return _collision(terms, evidence["paths"])
    if type(evidence) is dict and evidence.get("method") == "pigeonhole":
        return _counting(terms, evidence.get("leaf"))
    raise NotExported("evidence of 10.1 that is no pair of paths and no count")


def pair(network: Network, evidence: Any) -> str:
    """8.1: two points with equal kernels that are not equal modulo scaling."""
    terms = Terms(network)
    h, g, index = integer_pair(evidence, network.parameters)
    for point in (h, g):
        if _nonzero_paths(terms, point) > TERM_LIMIT:
            raise NotExported(f"evidence of 8.1 with more than {TERM_LIMIT} path indices without a zero")
    check = f"NetworkWitness.check_network_pair group levels root h g {numbers(index)}"
    proof = computed("not_network_identifiable_by_pair", check)
    return terms.text() + points(h, g) + "\n" + theorem(NOT_NETWORK_IDENTIFIABLE, proof)


def _listed(terms: Terms) -> str:
    """Coq lists the sums. Different ends get different codes in the base chosen here."""
    network = terms.network
    if sum(network.path_counts.values()) > PATH_LIMIT:
        raise NotExported(f"more than {PATH_LIMIT} path indices, whose sums are compared in a table")
    reach = sum(max(abs(x) for _, _, shift in level for x in shift) for level in terms.levels)
    base = 2 * (1 + reach + max(network.group) + len(network.edges)) + 1
    return computed("path_uniform_by_sums", f"Sums.zero_one group levels root {base}")


def _radix(terms: Terms, evidence: dict[str, Any]) -> tuple[str, str]:
    where = "evidence of 10.3a"
    order = _order(terms, evidence)
    given = evidence.get("moduli")
    rows = [list(row) for row in given if type(row) is list] if type(given) is list else []
    if len(rows) != len(order) + 1 or any(len(row) != len(terms.network.group) for row in rows):
        raise NotExported(f"{where} without moduli for every level")
    moduli = [[whole(n, where) for n in row] for row in rows]
    data = (
        f"Definition order : seq nat := {numbers(order)}.\n"
        f"Definition moduli : seq (seq Z) := {nested(moduli[1:])}%coqZ.\n"
    )
    return data, computed("path_uniform_by_radix root", "Digits.mixed_radix group levels order moduli")


def _growth(terms: Terms, evidence: dict[str, Any]) -> tuple[str, str]:
    if len(terms.network.group) != 1:
        raise NotExported("a superincreasing order with more than one coordinate")
    data = f"Definition order : seq nat := {numbers(_order(terms, evidence))}.\n"
    check = f"Digits.superincreasing {terms.network.group[0]} levels order"
    return data, computed("path_uniform_by_growth root", check)


def _order(terms: Terms, evidence: dict[str, Any]) -> list[int]:
    order = evidence.get("order")
    depth = terms.network.depth
    if type(order) is not list or not all(type(k) is int for k in order) or sorted(order) != list(range(depth)):
        raise NotExported("evidence of 10.3a without an order of the levels")
    if max(terms.network.parameters) > LEVEL_LIMIT:
        raise NotExported(f"10.3a with more than {LEVEL_LIMIT} taps on a level")
    return order


def _collision(terms: Terms, paths: Any) -> str:
    if type(paths) is not list or len(paths) != 2:
        raise NotExported("evidence of 10.1 without two paths")
    first, second = (numbers(_index(terms.network, path)) for path in paths)
    check = f"Sums.collide group levels root {first} {second}"
    return terms.text() + "\n" + theorem(NEITHER_UNIFORM, computed("not_path_uniform_by_collision", check))


def _index(network: Network, path: Any) -> list[int]:
    """The parameter of each level; Coq checks that they are a path."""
    place = {edge.name: index for index, edge in enumerate(network.edges)}
    found = []
    for k, step in enumerate(path if type(path) is list else []):
        name, tap = step if type(step) is list and len(step) == 2 else (None, None)
        edge = place.get(name) if type(name) is str else None
        if edge is None or network.edge_level(edge) != k or type(tap) is not int:
            raise NotExported("evidence of 10.1 with a path that is not a tap of an edge on every level")
        if not 0 <= tap < len(network.edges[edge].support):
            raise NotExported("evidence of 10.1 with a tap that its edge does not have")
        found.append(network.offset(edge) + tap)
    if len(found) != network.depth:
        raise NotExported(f"evidence of 10.1 with a path of {len(found)} edges; {network.depth} are required")
    return found


def _counting(terms: Terms, leaf: Any) -> str:
    if type(leaf) is not str or leaf not in terms.network.leaves:
        raise NotExported("evidence of 10.3b without a leaf of the network")
    data = f"Definition boxes : seq (seq (Z * Z)) := {box_terms(terms.boxes())}%coqZ.\n\n"
    check = f"Counting.crowded group levels root {terms.nodes[leaf]} boxes"
    return terms.text() + data + theorem(NEITHER_UNIFORM, computed("not_path_uniform_by_counting", check))


def _nonzero_paths(terms: Terms, point: list[list[int]]) -> int:
    counts = {0: 1}
    for level, values in zip(terms.levels, point, strict=True):
        above, counts = counts, {}
        for (source, target, _), value in zip(level, values, strict=True):
            if value and target in above:
                counts[source] = counts.get(source, 0) + above[target]
    return sum(counts.values())
