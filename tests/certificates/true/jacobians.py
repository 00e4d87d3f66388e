"""True certificates about dead directions and the rank of the Jacobian (theory 6.1, 6.2, 8.2b)."""
from tests.checker import build as b
from tests.checker.build import LARGE, Json


def dead_by_support() -> Json:
    """A parameter that no path uses, and one that cancels against a fixed layer."""
    spec = b.chain(b.entries(2, 2, 3, [0, 0, 0, 1], [1, 1, 1, 1], [0, 1, 2, 1]), b.fixed([[1, 0], [0, 0]]),
                   b.entries(2, 1, 2, [0, 0, 0, 1], [1, 0, 1, 1]))
    return b.certificate(
        spec, b.verdict("generic", "scaling", "refuted", "CC", "8.2b", {"layer": 0, "x": [0, 1, -1]}),
        b.verdict("generic-finite", "scaling", "refuted", "QQ", "8.2b", {"layer": 1, "x": [0, 5]}),
        b.bound("jacobian_rank", "upper", 1, "8.2b",
                {"bound": "live", "dead": [[0, [0, 1, 0]], [0, [0, 0, 1]], [1, [0, 1]]]}),
        b.bound("rank", "upper", 1, "2.4", {"bound": "support"}),
        b.verdict("uniform", "scaling", "refuted", "QQ", "8.1", {"h": [[1, 0, 0], [1, 0]], "g": [[1, 1, 0], [1, 0]]}))


def dead_by_cancellation() -> Json:
    """x is dead only because prefixes span a line: exact spans are needed."""
    spec = b.chain(b.basis([[1, 1]], [[2, 2]]), b.basis([[1, 0], [0, 0]], [[0, 0], [1, 0]], [[0, 1], [0, 0]]),
                   b.basis([[1], [3]], [[2], [6]]))
    return b.certificate(
        spec, b.verdict("generic", "scaling", "refuted", "RR", "8.2b", {"layer": 1, "x": [1, -1, 0]}),
        b.verdict("generic", "scaling", "refuted", "CC", "8.2b", {"layer": 1, "x": [3, 0, -1]}),
        b.bound("jacobian_rank", "upper", 1, "8.2b",
                {"bound": "live", "dead": [[1, [1, -1, 0]], [1, [3, 0, -1]], [0, [2, -1]], [2, [2, -1]]]}),
        b.bound("jacobian_rank", "lower", 1, "6.1", {"prime": 7, "point": [[1, 1], [1, 0, 0], [1, 0]]}))


def narrow_layer() -> Json:
    """full 3 x 2 times full 2 x 3: the matrices of rank 2."""
    spec = b.chain(b.full(3, 2), b.full(2, 3))
    return b.certificate(
        spec, b.bound("jacobian_rank", "upper", 8, "6.2", {"bound": "narrow", "layer": 1}),
        b.bound("jacobian_rank", "lower", 8, "6.1", {"prime": LARGE, "point": {"seed": 0, "index": 1}}),
        b.verdict("generic", "scaling", "refuted", "CC", "6.2", {"jacobian_rank": "c0"}),
        b.bound("rank", "lower", 9, "2.3", {"prime": LARGE, "samples": {"seed": 9, "count": 12}}))


def narrow_layer_at_a_point() -> Json:
    """The same at a product of rank 2, where the rank of the Jacobian is 8 too: a manifold of dimension 4 of real h."""
    spec = b.chain(b.full(3, 2), b.full(2, 3), point=[[1, 0, 0, 1, 0, 0], [1, 0, 2, 0, 1, 3]])
    return b.certificate(
        spec, b.bound("jacobian_rank", "upper", 8, "6.2", {"bound": "narrow", "layer": 1}),
        b.bound("jacobian_rank_at_point", "lower", 8, "6.1b", {"prime": LARGE}),
        b.verdict("at-point", "scaling", "refuted", "RR", "6.2",
                  {"jacobian_rank": "c0", "jacobian_rank_at_point": "c1"}))


CERTIFICATES = (dead_by_support, dead_by_cancellation, narrow_layer, narrow_layer_at_a_point)
