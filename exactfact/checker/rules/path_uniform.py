"""Rule 10.1: path sums of a network: rank A, the largest entry of M_1(1) ... M_K(1), and uniform identifiability.

c_leaf(x) = number of path multi-indices of the leaf with sum x, counted over the integers. rank A = number of pairs
(leaf, x) reached; path-uniform identifiability holds iff all c_leaf(x) <= 1 (over any field), and is refuted, zero
edges allowed, by two path multi-indices of one leaf with equal sums. When every hidden level has one node both
ambiguity groups agree. Source: theory 10.1, 10.2. Cost: one table of sums, or two paths, or references.
"""
from typing import Any

from ..claims import Claim, Context
from ..errors import Text, require, shown
from ..families import fields, listing, whole
from . import mixed_radix, pigeonhole
from .group_algebra import sums
from .kernel_zero import require_nonzero


def check_rank(claim: Claim, context: Context) -> None:
    """Accept iff the value is on the right side of the number of pairs (leaf, x) reached."""
    if "zero_one" in claim.evidence:
        fields(claim.evidence, "evidence", "zero_one")
        require_zero_one(claim, context)
        found = sum(pigeonhole.path_counts(context.network, context.meter).values())
    else:
        _require_table(claim)
        found = sum(map(len, sums(context.network, context.meter).values()))
    compare(claim, found)


def check_entry(claim: Claim, context: Context) -> None:
    """Accept iff the value is on the right side of the largest coefficient."""
    _require_table(claim)
    table = sums(context.network, context.meter)
    compare(claim, max(int(c) for poly in table.values() for c in poly.values()))


def check_proved(claim: Claim, context: Context) -> None:
    """Uniform: a 0/1 table or mixed radix; the other properties, and the spec's model: an accepted uniform verdict."""
    if claim.property != "uniform" or claim.model == "spec":
        _require_uniform(claim, context)
    elif claim.evidence.get("method") == "table":
        _require_table(claim)
        for leaf, poly in sums(context.network, context.meter).items():
            x, most = max(poly.items(), key=lambda item: int(item[1]))
            require(most == 1, "sums that are reached once",
                    Text(f"{shown(most)} paths of leaf {leaf!a} with sum {list(x)}"))
    else:
        mixed_radix.verify(claim.evidence, context)


def check_scaling(claim: Claim, context: Context) -> None:
    """The verdict modulo scaling, from the one modulo path-scaling, when every hidden level has one node."""
    _require_uniform(claim, context)
    require(context.network.one_node_a_level(), "one node on every hidden level", Text("a level with several nodes"))
    if claim.property == "at-point":
        require_nonzero(context.point(), "h*")


def check_refuted(claim: Claim, context: Context) -> None:
    """Accept iff two different path multi-indices of one leaf have the same sum, or must have by the pigeonhole."""
    if "paths" not in claim.evidence:
        pigeonhole.require_collision(claim, context)
        return
    f = fields(claim.evidence, "evidence", "leaf paths")
    paths = [_path(x, f["leaf"], context, f"paths[{i}]") for i, x in enumerate(listing(f["paths"], "paths", 2))]
    require(paths[0][0] != paths[1][0], "two different path indices", Text("the same one twice"))
    require(paths[0][1] == paths[1][1], "equal sums", [list(paths[0][1]), list(paths[1][1])])


def _path(value: Any, leaf: Any, context: Context, where: str) -> tuple[tuple[tuple[str, int], ...], tuple[int, ...]]:
    """(path index, its sum in the group), checked to lead from the root to the leaf."""
    network = context.network
    require(leaf in network.leaves, f"{where}: a leaf of the network", leaf)
    edges = {edge.name: edge for edge in network.edges}
    node, total, index = network.root, (0,) * len(network.moduli), []
    for entry in listing(value, where, len(network.levels)):
        name, tap = listing(entry, where, 2)
        require(isinstance(name, str) and name in edges, f"{where}: an edge of the network", name)
        edge = edges[name]
        require(edge.target == node, f"{where}: an edge to node {node!a}", name)
        shift = edge.taps[whole(tap, f"{where}, tap", 0, len(edge.taps))]
        total = tuple((x + s) % n if n else x + s for x, s, n in zip(total, shift, network.moduli, strict=True))
        node = edge.source
        index.append((name, tap))
    require(node == leaf, f"{where}: a path to leaf {leaf!a}", node)
    return tuple(index), total


def _require_table(claim: Claim) -> None:
    f = fields(claim.evidence, "evidence", "method")
    require(f["method"] == "table", 'method "table"', f["method"])


def _require_uniform(claim: Claim, context: Context) -> None:
    other = context.reference(fields(claim.evidence, "evidence", "uniform")["uniform"], "uniform")
    require((other.kind, other.property, other.modulo, other.model, other.status, other.over) == (
        "verdict", "uniform", "path-scaling", "full", "proved", claim.over),
        "an accepted proof of uniform / path-scaling (full)", Text(other.summary))


def require_zero_one(claim: Claim, context: Context) -> None:
    """Reject unless evidence `zero_one` refers to an accepted path_max_entry <= 1."""
    most = context.bound(claim.evidence["zero_one"], "path_max_entry", "upper")
    require(most <= 1, "path_max_entry <= 1", most)


def compare(claim: Claim, found: int) -> None:
    """Reject unless the value is on the right side of the exact number."""
    good = claim.value <= found if claim.side == "lower" else claim.value >= found
    require(good, f"a value {'<=' if claim.side == 'lower' else '>='} {shown(found)}", claim.value)
