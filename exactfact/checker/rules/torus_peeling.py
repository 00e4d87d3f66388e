"""Rule 9.4 and 9.5: fixed supports whose rank-one terms are peeled off at cuts of the layers.

Every parameter sits at exactly one live entry, no two of a layer at the same one. The cuts form a binary tree on the
layers: each interval of two or more layers first..last that occurs has exactly one cut c, and both first..c and
c+1..last occur. At a cut, I_s are the rows of layer `first` joined to the node s after layer c, J_s the columns of
layer `last` joined to it. `order` lists all these nodes once, and the tree of s is a spanning tree of I_s and J_s
from cells (a, b) of I_s x J_s that lie in no I_t x J_t of a later node t. 9.4 is the case of two layers.
Then generic and generic-finite modulo torus hold over CC; dimension = H - (K - 1).
at-point (over GF(p) too): no entry of h* is zero, and at every cut no entry of X = M_first...M_c, Y = M_{c+1}...M_last
at h* is zero that the edges allow. A competitor g, its nodes rescaled so that the outer products are those of h*,
has X' Y' = X Y, with supports inside those of X and Y; the terms of the nodes before s subtracted, X Y holds x_s y_s
alone at the cells of the tree of s, where it is not zero; so x'_s and y'_s are multiples of x_s and y_s by inverse
factors, and rescaling node s makes them equal. Then both sides are cut; a side of one layer shows its parameters.
Source: theory 9.4, 9.5.
Cost: a union of bit sets for each edge and interval, one intersection for each cell of a tree.
"""
from typing import Any

from ..chains import Matrix
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing, whole
from .matrices import multiply
from .placed import Edges, point_matrices, read_edges, require_dimension

Sets = dict[int, int]


def check(claim: Claim, context: Context) -> None:
    """Accept iff the cuts, with their orders and trees, peel all layers apart (9.4, 9.5).

    At h* moreover no entry that paths allow vanishes on either side of a cut.
    """
    f = fields(claim.evidence, "evidence", "dimension cuts")
    edges = read_edges(context)
    require_dimension(f["dimension"], edges)
    depth = len(edges)
    matrices = point_matrices(context) if claim.property == "at-point" else []
    require(claim.statement == "9.5" or depth == 2, "two layers for 9.4", depth)
    cuts = {}
    for i, document in enumerate(listing(f["cuts"], "cuts")):
        cut = fields(document, f"cuts[{i}]", "layers cut order trees")
        first, last = (whole(x, f"cuts[{i}], layers", 0, depth) for x in listing(cut["layers"], "layers", 2))
        require((first, last) not in cuts, "one cut for each interval of layers", [first, last])
        cuts[first, last] = cut
    waiting, used = [(0, depth - 1)], 0
    while waiting:
        first, last = waiting.pop()
        if first == last:
            continue
        require((first, last) in cuts, f"a cut of the layers {first} to {last}", Text("none"))
        cut, used = cuts[first, last], used + 1
        at = whole(cut["cut"], "cut", first, last)
        where = f"layers {first} to {last}"
        sides = _require_peeled(cut, edges[first:at + 1], edges[at + 1:last + 1], where, context)
        if matrices:
            for side, part in zip(sides, (matrices[first:at + 1], matrices[at + 1:last + 1]), strict=True):
                _require_full(side, part, where, context)
        waiting += [(first, at), (at + 1, last)]
    require(used == len(cuts), "no cut beside those of the intervals", Text("further cuts"))


def _require_full(joined: Sets, part: list[Matrix], where: str, context: Context) -> None:
    """The product of these layers at h* has as many nonzero entries as cells that paths reach."""
    value = part[0]
    for matrix in part[1:]:
        value = multiply(value, matrix, context.p, context.meter)
    allowed, found = sum(bits.bit_count() for bits in joined.values()), sum(map(len, value.values()))
    require(found == allowed, f"{where}: {allowed} nonzero entries of one side at h*", found)


def _require_peeled(cut: dict[str, Any], left: Edges, right: Edges, where: str,
                    context: Context) -> tuple[Sets, Sets]:
    nodes = {c for _, c in left[-1]}
    order = [whole(s, f"{where}, order", 0) for s in listing(cut["order"], f"{where}, order", len(nodes))]
    require(set(order) == nodes, f"{where}: every node of the cut once", Text("other nodes"))
    place = {s: i for i, s in enumerate(order)}
    rows = _joined([[(c, r) for r, c in layer] for layer in reversed(left)], place, context)
    cols = _joined(right, place, context)
    sizes = [0] * len(order)
    for side in (rows, cols):
        context.meter.spend(sum(300 + (100 + len(order) // 8) * bits.bit_count() for bits in side.values()), "a cut")
        for bits in side.values():
            rest = bits
            while rest:
                sizes[rest.bit_length() - 1] += 1
                rest ^= 1 << rest.bit_length() - 1
    trees = listing(cut["trees"], f"{where}, trees", len(order))
    for s, (size, cells) in enumerate(zip(sizes, trees, strict=True)):
        _require_tree(cells, s, size, (rows, cols), f"{where}, tree of node {order[s]}", context)
    return rows, cols


def _joined(layers: Edges, place: dict[int, int], context: Context) -> Sets:
    """For each end of the layers the set of places of the nodes at their start that are joined to it."""
    reached = {s: 1 << i for s, i in place.items()}
    for layer in layers:
        context.meter.spend(len(layer) * (500 + len(place) // 8), "nodes joined to ends")
        context.meter.hold(2 * len(layer) * (1 + len(place) // 64), "nodes joined to ends")
        following: Sets = {}
        for a, b in layer:
            following[b] = following.get(b, 0) | reached[a]
        reached = following
    return reached


def _require_tree(value: Any, s: int, size: int, sides: tuple[Sets, Sets], where: str, context: Context) -> None:
    """size - 1 cells without a cycle, in which s is the last node of the order: they span I_s and J_s."""
    rows, cols = sides
    cells = listing(value, where, size - 1)
    context.meter.spend(len(cells) * (3000 + len(rows) // 8), "spanning trees")
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(x: tuple[int, int]) -> tuple[int, int]:
        while (up := parent.get(x, x)) != x:
            parent[x] = parent.get(up, up)
            x = up
        return x

    for cell in cells:
        a, b = (whole(x, where, 0) for x in listing(cell, where, 2))
        meeting = rows.get(a, 0) & cols.get(b, 0)
        require(meeting.bit_length() == s + 1, f"{where}: cells of this node and of no later one", [a, b])
        one, two = root((0, a)), root((1, b))
        require(one != two, f"{where}: a tree", Text("a cycle"))
        parent[one] = two
