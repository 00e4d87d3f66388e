"""True certificates about path sums in networks (theory 10.1 to 10.4, 10.6)."""
from tests.checker import build as b
from tests.checker.build import LARGE, Json, P


def dilated_chain() -> Json:
    """A WaveNet chain: taps 2, dilations 1, 2, 4 over Z/16; 0/1 by table, mixed radix and superincreasing."""
    spec = b.line([16], [0, 1], [0, 1], [0, 1], dilations=[1, 2, 4], point=[[1, 2], [3, 4], [0, 1]])
    radix = {"method": "mixed-radix", "order": [0, 1, 2], "moduli": [[1], [2], [4], [8]]}
    growing = {"method": "superincreasing", "order": [0, 1, 2]}
    table = {"method": "table"}
    return b.certificate(
        spec, b.bound("path_max_entry", "upper", 1, "10.1", table),
        b.bound("path_max_entry", "lower", 1, "10.1", table),
        b.bound("path_max_entry", "upper", 1, "10.3a", radix),
        b.bound("path_max_entry", "upper", 1, "10.3a", growing),
        b.bound("rank", "lower", 8, "10.1", table), b.bound("rank", "upper", 8, "10.1", {"zero_one": "c2"}),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", table),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", radix),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", growing),
        b.verdict("generic", "path-scaling", "proved", "CC", "10.1", {"uniform": "c6"}),
        b.verdict("generic-finite", "path-scaling", "proved", "CC", "10.1", {"uniform": "c7"}),
        b.verdict("at-point", "path-scaling", "proved", "CC", "10.1", {"uniform": "c8"}),
        b.verdict("uniform", "scaling", "proved", "CC", "10.1", {"uniform": "c6"}),
        b.verdict("generic", "scaling", "proved", "CC", "10.1", {"uniform": "c6"}),
        b.verdict("generic-finite", "scaling", "proved", "CC", "10.1", {"uniform": "c6"}),
        b.verdict("at-point", "scaling", "proved", "CC", "10.1", {"uniform": "c6"}),
        b.bound("sigma_min_squared", "lower", 16, "10.4", {"nu": 16, "multiplicities": [[1, 8]]}),
        b.bound("sigma_min_squared", "upper", 16, "10.4", {"nu": 16, "zero_one": "c0"}),
        b.bound("rank", "lower", 8, "2.3", {"prime": P, "samples": {"seed": 0, "count": 9}}),
        b.bound("jacobian_rank", "lower", 4, "6.1", {"prime": P, "point": {"seed": 0, "index": 0}}))


def doubling_collision() -> Json:
    """Three taps with doubling dilations over Z: a collision, and more paths than places."""
    spec = b.line([0], [0, 1, 2], [0, 1, 2], dilations=[1, 2], signal=[10])
    paths = [[["e0", 2], ["e1", 0]], [["e0", 0], ["e1", 1]]]
    hole = {"method": "pigeonhole", "leaf": "v2"}
    return b.certificate(
        spec, b.verdict("uniform", "path-scaling", "refuted", "QQ", "10.1", {"leaf": "v2", "paths": paths},
                        "zero-edges-allowed"),
        b.verdict("uniform", "path-scaling", "refuted", "QQ", "10.1", hole, "zero-edges-allowed"),
        b.verdict("uniform", "scaling", "refuted", "QQ", "10.1", hole),
        b.bound("path_max_entry", "lower", 2, "10.3b", hole), b.bound("path_max_entry", "upper", 2, "10.1",
                                                                      {"method": "table"}),
        b.bound("sigma_min_squared", "lower", 10, "10.4", {"nu": 10, "multiplicities": [[1, 5], [2, 2]]}),
        b.bound("rank", "upper", 7, "10.1", {"method": "table"}),
        b.verdict("uniform", "scaling", "refuted", "QQ", "8.1",
                  {"h": [[0, 0, 1], [1, 0, 0]], "g": [[1, 0, 0], [0, 1, 0]]}))


def long_chain() -> Json:
    """Twenty layers of five taps over Z/5^20 and more paths than positions over Z/(5^20 - 1), nothing enumerated."""
    spec = b.line([5 ** 20], *[[0, 1, 2, 3, 4]] * 20, dilations=[5 ** k for k in range(20)])
    radix = {"method": "mixed-radix", "order": list(range(20)), "moduli": [[5 ** k] for k in range(21)]}
    return b.certificate(
        spec, b.bound("path_max_entry", "upper", 1, "10.3a", radix),
        b.bound("rank", "lower", 5 ** 20, "10.1", {"zero_one": "c0"}),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", radix),
        b.verdict("uniform", "scaling", "proved", "CC", "10.1", {"uniform": "c2"}),
        b.bound("sigma_min_squared", "upper", 5 ** 20, "10.4", {"nu": 5 ** 20, "zero_one": "c0"}),
        b.bound("jacobian_rank", "lower", 81, "6.1", {"prime": LARGE, "point": [[1, 0, 0, 0, 0]] * 20}),
        b.bound("jacobian_rank", "upper", 81, "6.1", {"bound": "dimension"}))


def crowded_chain() -> Json:
    """Twenty layers of five taps over Z/(5^20 - 1): one place too few."""
    spec = b.line([5 ** 20 - 1], *[[0, 1, 2, 3, 4]] * 20, dilations=[5 ** k for k in range(20)])
    hole = {"method": "pigeonhole", "leaf": "v20"}
    return b.certificate(
        spec, b.verdict("uniform", "path-scaling", "refuted", "QQ", "10.1", hole, "zero-edges-allowed"),
        b.verdict("uniform", "scaling", "refuted", "QQ", "10.1", hole),
        b.bound("path_max_entry", "lower", 2, "10.3b", hole))


def haar_tree() -> Json:
    """A packet tree with strides over Z/8: two hidden nodes, four leaves, strides 2."""
    edges = [b.edge("a", "u", "out", [0, 1]), b.edge("b", "v", "out", [2, 3]), b.edge("c", "w", "u", [0, 1]),
             b.edge("d", "x", "u", [0, 1]), b.edge("e", "y", "v", [0, 1])]
    spec = b.network([8], edges, 2, strides=[2, 2], point=[[1, 1, 0, 0], [1, 1, 1, 1, 0, 0]])
    return b.certificate(
        spec, b.bound("path_max_entry", "upper", 1, "10.1", {"method": "table"}),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", {"method": "table"}),
        b.verdict("at-point", "path-scaling", "proved", "CC", "10.1", {"uniform": "c1"}),
        b.verdict("generic", "scaling", "refuted", "QQ", "10.2", {"node": "u"}),
        b.verdict("generic-finite", "scaling", "refuted", "CC", "10.2", {"node": "v"}),
        b.bound("jacobian_rank", "upper", 8, "10.6", {"bound": "dimension"}),
        b.bound("jacobian_rank", "lower", 8, "6.1", {"prime": P, "point": {"seed": 4, "index": 0}}),
        b.verdict("generic-finite", "path-scaling", "proved", "CC", "10.6", {"jacobian_rank": "c6"}),
        b.bound("sigma_min_squared", "lower", 2, "10.4", {"nu": 2, "zero_one": "c0"}),
        b.bound("rank", "upper", 12, "10.1", {"zero_one": "c0"}),
        b.bound("rank", "upper", 24, "2.4", {"bound": "lifted"}))


def sparse_model() -> Json:
    """A chain with a sparsity model: what holds for all parameters holds for the model."""
    spec = {**b.line([16], [0, 1], [0, 2]), "model": [{"edge": "e0", "sparsity": 1}]}
    return b.certificate(
        spec, b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", {"method": "table"}),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", {"uniform": "c0"}, "spec"),
        b.verdict("uniform", "scaling", "proved", "CC", "10.1", {"uniform": "c0"}, "spec"))


def parallel_edges() -> Json:
    """Two parallel edges with a common tap: a dead direction, a witness at a point, all in a network over Z/5."""
    edges = [b.edge("a", "u", "out", [0, 1]), b.edge("b", "u", "out", [1, 2]), b.edge("c", "x", "u", [0])]
    spec = b.network([5], edges, 2, point=[[1, 1, 0, 0], [1]])
    pair = {"h": [[1, 1, 0, 0], [1]], "g": [[1, 0, 1, 0], [1]]}
    return b.certificate(
        spec, b.verdict("at-point", "path-scaling", "refuted", "QQ", "8.1", pair),
        b.verdict("at-point", "scaling", "refuted", "QQ", "8.1", pair),
        b.verdict("uniform", "scaling", "refuted", "QQ", "8.1", pair, "zero-edges-allowed"),
        b.verdict("generic", "scaling", "refuted", "CC", "8.2b", {"layer": 0, "x": [0, 1, -1, 0]}),
        b.bound("jacobian_rank", "upper", 3, "8.2b", {"bound": "live", "dead": [[0, [0, 1, -1, 0]]]}),
        b.bound("jacobian_rank_at_point", "upper", 3, "6.1b", {"kernel": [[[0, 1, -1, 0], [0]], [[1, 1, 0, 0], [-1]]]}),
        b.bound("jacobian_rank_at_point", "lower", 3, "6.1b", {"prime": P}),
        b.bound("rank", "lower", 3, "2.3", {"prime": 3, "columns": [[0, 0], [1, 0], [3, 0]]}))


def plane_network() -> Json:
    """A 2-D network over Z/4 x Z without a signal: mixed radix in two coordinates."""
    spec = b.line([4, 0], [[0, 0], [1, 0]], [[0, 0], [2, 0], [0, 1], [2, 1]])
    radix = {"method": "mixed-radix", "order": [0, 1], "moduli": [[1, 1], [2, 1], [4, 2]]}
    return b.certificate(
        spec, b.bound("path_max_entry", "upper", 1, "10.3a", radix),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", radix),
        b.bound("rank", "lower", 8, "10.1", {"method": "table"}),
        b.bound("path_max_entry", "lower", 1, "10.3b", {"method": "pigeonhole", "leaf": "v2"}))


CERTIFICATES = (dilated_chain, doubling_collision, long_chain, crowded_chain, haar_tree, sparse_model, parallel_edges,
                plane_network)
