"""Networks: levels, leaves, path counts and effective taps against direct enumeration; every broken graph is named."""
# ruff: noqa: E501 - one case to a line

import math
from itertools import product

import numpy as np
import pytest

from exactfact.model import GF, Architecture, Edge, Network, SparsityModel, SpecError, from_document


def edges(*triples):
    return tuple(Edge(f"{s}{t}", s, t, support) for s, t, support in triples)


def paths(network, leaf):
    """All paths leaf -> root as lists of edge indices, root first."""
    if leaf == network.root:
        return [[]]
    return [
        [*rest, i] for i, e in enumerate(network.edges) if e.source == leaf for rest in paths(network, e.target)
    ]  # fmt: skip


DIAMOND = edges(
    ("b", "r", [0, 1]), ("a", "r", [0]), ("x", "a", [0, 2, 3]), ("x", "b", [1]), ("y", "b", [0, 5]), ("y", "a", [4])
)


def test_levels_leaves_and_hidden_nodes():
    network = Network((16,), "r", DIAMOND)
    assert network.depth == 2
    assert network.node_level == {"r": 0, "b": 1, "a": 1, "x": 2, "y": 2}
    assert network.level_edges == ((0, 1), (2, 3, 4, 5))
    assert network.leaves == ("x", "y") and network.hidden == ("b", "a")
    assert network.parameters == (3, 7)
    assert [network.offset(i) for i in range(6)] == [0, 2, 0, 3, 4, 6]
    assert [network.edge_level(i) for i in range(6)] == [0, 0, 1, 1, 1, 1]
    assert network.group_order == 16 and network.shape == (16, 32)
    counts = {
        leaf: sum(math.prod(len(network.edges[i].support) for i in path) for path in paths(network, leaf))
        for leaf in network.leaves
    }
    assert network.path_counts == counts


def test_graph():
    graph = Network((16,), "r", DIAMOND).graph
    assert graph.number_of_edges() == 6 and graph.has_edge("x", "a", key="xa")
    assert graph.edges["y", "b", "yb"]["index"] == 4 and graph.nodes["a"]["level"] == 1


def test_parallel_edges():
    network = Network((8,), "r", (Edge("e", "x", "r", [0]), Edge("f", "x", "r", [0, 3])))
    assert network.path_counts == {"x": 3} and network.parameters == (3,)


def test_file_order_need_not_follow_levels():
    network = Network((0,), "r", edges(("x", "a", [0]), ("a", "b", [0, 1]), ("b", "r", [0, 2])))
    assert network.level_edges == ((2,), (1,), (0,)) and network.hidden == ("b", "a")


def test_the_operator_with_strides_is_the_product_of_its_layers():
    """D_{t_1} C_1 D_{t_2} C_2 = D_{t_1 t_2} C with the effective taps of the first layer, at every parameter."""
    n, t = 24, (2, 3)
    support = ([0, 1, 3], [0, 2, 7])
    network = Network((n,), "r", (Edge("a", "h", "r", support[0], 2), Edge("b", "x", "h", support[1])), strides=t)

    def circulant(size, taps):
        return sum(np.roll(np.eye(size, dtype=int), s, axis=0) for s in taps)

    for s1, s2 in product(range(3), range(3)):
        first = circulant(n // t[1], [2 * support[0][s1]])[:: t[0]]
        second = circulant(n, [support[1][s2]])[:: t[1]]
        total = network.effective_support(0)[s1][0] + network.effective_support(1)[s2][0]
        assert (first @ second == circulant(n, [total])[:: t[0] * t[1]]).all()
    assert network.effective_support(0) == ((0,), (6,), (18,))
    assert network.shape == (4, 24)


def test_shape_without_wrap_around():
    chain = edges(("a", "r", [0, 5]), ("x", "a", [-1, 2]))
    assert Network((0,), "r", chain).shape is None
    assert Network((0,), "r", chain, signal=(10,)).shape == (10 + 8, 10)
    planar = (Edge("e", "x", "r", [[0, 0], [2, 3]], 2),)
    assert Network((0, 8), "r", planar, signal=(5, 8)).shape == ((5 + 4) * 8, 40)
    assert Network((0, 8), "r", planar).group_order is None


def test_taps_in_several_dimensions():
    network = Network((4, 0), "r", (Edge("e", "x", "r", [[0, 0], [5, -7], [1, 0]], 3),))
    assert network.effective_support(0) == ((0, 0), (3, -21), (3, 0))


BROKEN = [
    (edges(("a", "r", [0]), ("b", "a", [0]), ("a", "b", [0])), 'the cycle "a" -> "b" -> "a"|the cycle "b" -> "a" -> "b"'),
    (edges(("r", "r", [0])), 'the cycle "r" -> "r"'),
    (edges(("x", "r", [0]), ("c", "d", [0]), ("d", "c", [0])), "no cycle"),
    (edges(("a", "r", [0]), ("x", "a", [0]), ("x", "r", [0])),
     ('edge "xr": required all paths from node "x" to the root of the same length, received 2 through edge "xa", '
     '1 through edge "xr"')),
    (edges(("a", "r", [0]), ("x", "a", [0]), ("y", "r", [0])),
     'all leaf-root paths of the same length, received 2 from leaf "x", 1 from leaf "y"'),
    (edges(("x", "r", [0]), ("x", "z", [0])), 'every node on a path to the root "r", received node "z"'),
    (edges(("x", "q", [0])), 'root: required a node of some edge, received "r"'),
    (edges(("x", "r", [0]), ("r", "z", [0])), 'edge "rz": required no edge out of the root "r", received from = "r"'),
    ((Edge("e", "x", "r", [0]), Edge("f", "y", "r", [0]), Edge("e", "z", "r", [0])),
     r'edge\[2\], name: required different names for all edges, received "e", also the name of edge\[0\]'),
    ((Edge("e", "x", "r", [[0, 1]]),), r'edge "e", support\[0\]: required a tap of 1 integer, received one of 2'),
    ((Edge("e", "x", "r", [0, 1, 16]),),
     r'edge "e", support\[2\]: required taps that differ modulo 16, received 16, equal to 0 at \[0\]'),
    ((Edge("e", "x", "r", [0, 2], 8),), r'edge "e", support\[1\]: required taps that differ modulo 16 after dilation by 8'),
    ((), "edge: required at least one edge, received an empty list"),
    (("x",), r'edge\[0\]: required an Edge, received "x"'),
]  # fmt: skip


@pytest.mark.parametrize(("broken", "message"), BROKEN, ids=range(len(BROKEN)))
def test_broken_graphs(broken, message):
    with pytest.raises(SpecError, match=f"^network(: |, )(required )?(no cycle.*)?({message})"):
        Network((16,), "r", broken)


def test_other_broken_networks():
    good = (Edge("e", "x", "a", [0]), Edge("f", "a", "r", [0, 1]))
    cases = [
        (((), "r", good), {}, "network, group: required a nonempty list of integers"),
        (((-1,), "r", good), {}, r"network, group\[0\]: required an integer >= 0, received -1"),
        (((4, 4), "r", good), {}, r'network, edge "e", support\[0\]: required a tap of 2 integers, received one of 1'),
        (((4,) * 17, "r", good), {}, "network, group: required at most 16 axes, received 17"),
        (((8,), "r", good), {"strides": (2,)}, "network, layer: required 2 strides, one for each level from the root"),
        (((8,), "r", good), {"strides": (2, 0)}, r"network, layer\[1\]: required a stride >= 1, received 0"),
        (((12,), "r", good), {"strides": (2, 4)}, r"layer\[1\], stride: required strides above 1 only where .* 8, entry 12"),
        (((0,), "r", good), {"strides": (2, 1)}, r"layer\[0\], stride: required strides .* product 2, entry 0"),
        (((4,), "r", good), {"strides": (1, 4)}, r'edge "f", support\[1\]: required taps that differ modulo 1, received 1'),
        (((0,), "r", good), {"signal": (0,)}, r"network, signal\[0\]: required an integer >= 1"),
        (((0,), "r", good), {"signal": (3, 3)}, "network, signal: required 1 lengths"),
        (((4,), "r", good), {"signal": (5,)}, r"network, signal\[0\]: required 4, the entry of group"),
        (((4,), "", good), {}, "network, root"),
    ]  # fmt: skip
    for arguments, more, message in cases:
        with pytest.raises(SpecError, match=message):
            Network(*arguments, **more)


def test_broken_edges():
    for arguments, message in [
        (("", "x", "y", [0]), "name: required a nonempty name"),
        (("e", 3, "y", [0]), "from: required a string, received 3"),
        (("e", "x", "y", []), "support: required at least one tap, received an empty list"),
        (("e", "x", "y", 0), "support: required a list, received 0"),
        (("e", "x", "y", [0, 0.5]), r"support\[1\]: required an integer tap, received the float 0.5"),
        (("e", "x", "y", [[0, 1], [1]]), r"support\[1\]: required a tap of 2 integers, received one of 1"),
        (("e", "x", "y", [[0, 1], 1]), r"support\[1\]: required a tap of 2 integers, received 1"),
        (("e", "x", "y", [0], 0), "dilation: required an integer >= 1, received 0"),
        (("e\x1b", "x", "y", [0]), "name: required printable characters"),
    ]:
        with pytest.raises(SpecError, match=message):
            Edge(*arguments)


def test_architecture_of_a_network():
    network = Network((16,), "r", DIAMOND)
    models = [SparsityModel("xa", sparsity=2), SparsityModel(4, supports=[[0], [1]])]
    point = {"br": [1, 2], "ar": ["1/3"], "xa": [1, 2, 3], "xb": [4], "yb": [5, 6], "ya": [7]}
    arch = Architecture(network, field=GF(7), models=models, point=point)
    assert arch.layers == () and arch.parametric == (0, 1) and arch.parameters == (3, 7) and arch.shape == (16, 32)
    assert arch.point == ((1, 2, 5), (1, 2, 3, 4, 5, 6, 0)) and arch.label(1) == "level 1"
    assert [model.layer for model in arch.models] == [2, 4]
    document = arch.document()
    assert document["model"][1] == {"edge": "yb", "supports": [[0], [1]]}
    assert document["network"]["layer"] == [{"stride": 1}, {"stride": 1}]
    assert from_document(document) == arch and document["network"]["signal"] is None


def test_networks_over_groups_beyond_machine_words():
    n = 5**30
    chain = [Edge(f"e{k}", f"n{k + 1}", f"n{k}", [0, 1, 2, 3, 4], 5**k) for k in range(30)]
    arch = Architecture(Network((n,), "n0", (*chain[:-1], Edge("e29", "n30", "n29", [0, 5**29, -(2**60)]))))
    document = arch.document()
    assert document["network"]["group"] == [hex(n)] and document["network"]["edge"][29]["support"][2] == [
        "-0x1000000000000000"
    ]
    assert from_document(document) == arch and arch.shape == (n, n)
    with pytest.raises(SpecError, match="network, group: required at most 20000 digits|network, group: required .*"):
        Network(10**30_000, "r", (Edge("e", "x", "r", [0]),))


def test_points_of_networks():
    network = Network((16,), "r", edges(("a", "r", [0, 1]), ("x", "a", [0])))
    for point, message in [
        ([[1]], "point, h: required 2 vectors, one for each level, received 1"),
        ([[1], [1]], r"point, h\[0\]: required 2 entries, the parameters of level 0, received 1"),
        ({"ar": [1, 2]}, 'point, edges, "xa": required a vector for every edge, received nothing'),
        ({"ar": [1, 2], "xa": [1, 2]}, 'point, edges, "xa": required 1 entries, one for each tap, received 2'),
        ({"ar": [1, 2], "xA": [1]}, r'point, edges: required names of edges, received "xA" \(did you mean "xa"\?\)'),
    ]:
        with pytest.raises(SpecError, match=message):
            Architecture(network, point=point)
