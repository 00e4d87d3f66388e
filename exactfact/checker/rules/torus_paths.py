"""Rule 9.3b: fixed supports where each input and output are joined by at most one path.

Every parameter sits at exactly one live entry, no two of a layer at the same one. If no node is reached from one input
along two paths, every h with nonzero entries is determined up to rescalings of hidden nodes: generic and
generic-finite modulo torus, over CC; at-point, when no entry of h* is zero. dimension = H - (K - 1).
At h*: the product of h* along each complete path is an entry of phi(h*), not zero, and that of a competitor g is the
same; every edge is on such a path, so no entry of g is zero, and g / h* has product 1 along all complete paths: it
comes from factors on the hidden nodes. At a point this holds over GF(p) too. Source: theory 9.0, 9.3(b).
Cost: one union of sets of inputs, as bits, for each parameter.
"""
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields
from .placed import point_matrices, read_edges, require_dimension


def check(claim: Claim, context: Context) -> None:
    """Accept iff paths are unique; at a point, iff moreover h* has no zero."""
    f = fields(claim.evidence, "evidence", "dimension")
    edges = read_edges(context)
    require_dimension(f["dimension"], edges)
    if claim.property == "at-point":
        point_matrices(context)
    place = {r: i for i, r in enumerate(sorted({r for r, _ in edges[0]}))}
    sources = {r: 1 << i for r, i in place.items()}
    for k, layer in enumerate(edges):
        context.meter.spend(len(layer) * (500 + len(place) // 8), "paths")
        context.meter.hold(2 * len(layer) * (1 + len(place) // 64), "sets of inputs")
        ends: dict[int, int] = {}
        for r, c in layer:
            before = ends.get(c, 0)
            require(not before & sources[r], "at most one path from each input to each node",
                    Text(f"two to index {c} after layer {k}"))
            ends[c] = before | sources[r]
        sources = ends
