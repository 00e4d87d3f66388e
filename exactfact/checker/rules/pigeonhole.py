"""Rule 10.3b: more path multi-indices of a leaf than places for their sums.

A set that holds all sums of the leaf: coordinate by coordinate the group's entry, or where it is 0 the range between
the least and the greatest possible sum. Then path_max_entry >= ceil(count / size); if count > size some sum is
reached twice, which refutes path-uniform identifiability (zero edges allowed) over every field, and the one modulo
scaling when every hidden level has one node. Source: theory 10.3b. Cost: dynamic programming, linear in the network.
"""
from typing import Any

from ..claims import Claim, Context
from ..errors import Meter, Text, require, shown
from ..families import fields
from ..network import Network


def check(claim: Claim, context: Context) -> None:
    """Accept iff the value is at most ceil(count / size)."""
    count, size = _count(claim.evidence, context)
    require(claim.value <= -(-count // size), f"a value <= {shown(-(-count // size))}", claim.value)


def check_scaling(claim: Claim, context: Context) -> None:
    """The collision refutes uniform / scaling when every multi-index is a path index."""
    require(context.network.one_node_a_level(), "one node on every hidden level", Text("a level with several nodes"))
    require_collision(claim, context)


def require_collision(claim: Claim, context: Context) -> None:
    """Reject unless the leaf has more path multi-indices than places."""
    count, size = _count(claim.evidence, context)
    require(count > size, f"more than {shown(size)} path multi-indices", count)


def _count(evidence: dict[str, Any], context: Context) -> tuple[int, int]:
    """(number of path multi-indices of the leaf, size of a set that holds all their sums)."""
    f = fields(evidence, "evidence", "method leaf")
    require(f["method"] == "pigeonhole", 'method "pigeonhole"', f["method"])
    network = context.network
    require(f["leaf"] in network.leaves, "a leaf of the network", f["leaf"])
    size = 1
    for i, n in enumerate(network.moduli):
        size *= n or _range(i, f["leaf"], context)
    return path_counts(network, context.meter)[f["leaf"]], size


def path_counts(network: Network, meter: Meter) -> dict[str, int]:
    """Leaf -> number of path multi-indices: exact, by dynamic programming, one level at a time."""
    counts = {network.root: 1}
    for level in network.levels:
        before, counts = counts, {}
        for edge in level:
            count = before[edge.target]
            meter.spend(200 + 2 * count.bit_length() // 30, "numbers of paths")
            counts[edge.source] = counts.get(edge.source, 0) + len(edge.taps) * count
        meter.hold(sum(1 + count.bit_length() // 1024 for count in counts.values()), "numbers of paths")
    return counts


def _range(i: int, leaf: str, context: Context) -> int:
    network = context.network
    low, high = {network.root: 0}, {network.root: 0}
    for edge in network.edges_by_level:
        values = [tap[i] for tap in edge.taps]
        least, most = low[edge.target] + min(values), high[edge.target] + max(values)
        low[edge.source] = min(low.get(edge.source, least), least)
        high[edge.source] = max(high.get(edge.source, most), most)
    return 1 + high[leaf] - low[leaf]
