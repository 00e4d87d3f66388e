"""True certificates about spans of partial products, level by level (theory 3.1)."""
from tests.certificates.chain_evidence import chain_evidence
from tests.checker import build as b
from tests.checker.build import LARGE, Json, P


def toeplitz_relations() -> Json:
    """Toeplitz times Toeplitz with fixed layers around: relations that are not trivial, rational numbers, samples."""
    spec = b.chain(b.fixed([["1/2", 0], [0, 3]]), b.layer("toeplitz", rows=2, cols=2, diagonals=None),
                   b.fixed([[1, "1/3"], [0, -1]]), b.layer("hankel", rows=2, cols=2), b.fixed([[1, 1], [0, "2/5"]]))
    return b.certificate(
        spec, b.bound("rank", "lower", 4, "2.3", {"prime": LARGE, "samples": {"seed": 3, "count": 6}}),
        b.bound("rank", "lower", 4, "2.3", {"prime": LARGE, "grid": {"seed": 3, "cut": 1, "left": 2, "right": 3}}),
        b.bound("rank", "lower", 3, "2.3", {"prime": LARGE, "points": [[[1, 2, 3], [4, 5, 6]], [[1, 0, 0], [0, 1, 1]],
                                                                       [[0, 1, 5], [1, 0, 7]]]}),
        b.bound("rank", "upper", 4, "3.1", chain_evidence(spec)),
        b.bound("rank", "upper", 4, "3.1", chain_evidence(spec, True, LARGE)),
        b.bound("jacobian_rank", "lower", 4, "6.1", {"prime": LARGE, "point": {"seed": 1, "index": 2}}), seed=3)


def full_then_tied() -> Json:
    """A span that fills its cells, then one that does not; and a bound by reachable cells alone."""
    spec = b.chain(b.full(1, 2), b.basis([[1, 1], [0, 0]], [[0, 0], [1, 1]]))
    tied = {"levels": [None, [[0, 0]]], "relations": [], "prime": P, "annihilators": [[1, [[[0, 1], [1, -1]]]]]}
    related = {"levels": [None, [[1, 1]]], "prime": None, "annihilators": [],
               "relations": [[1, 0, 0, [[0, 1]]], [1, 0, 1, []], [1, 1, 0, []]]}
    full = {"levels": [None, None], "relations": [], "annihilators": [], "prime": None}
    return b.certificate(spec, b.bound("rank", "upper", 1, "3.1", tied), b.bound("rank", "upper", 1, "3.1", related),
                         b.bound("rank", "upper", 2, "3.1", full))


def narrow_relations() -> Json:
    """A layer of equal and dependent matrices: rank 2 of 6 columns, with relations that have coefficients."""
    spec = b.chain(b.basis([[1, 2]], [[2, 4]], [["1/2", 1]]), b.basis([[1, 0], [0, 1]], [[0, 1], [1, 0]]))
    return b.certificate(
        spec, b.bound("rank", "upper", 2, "3.1", chain_evidence(spec)),
        b.bound("rank", "upper", 2, "3.1", chain_evidence(spec, True, P)),
        b.bound("rank", "upper", 2, "2.6", {"primes": [4194301, 4194319]}),
        b.bound("rank", "lower", 2, "2.3", {"prime": P, "columns": [[0, 0], [0, 1]]}),
        b.bound("jacobian_rank", "upper", 2, "8.2b", {"bound": "live", "dead": [[0, [2, -1, 0]], [0, [1, 0, -2]]]}),
        b.bound("jacobian_rank", "lower", 2, "6.1", {"prime": P, "point": {"seed": 0, "index": 0}}),
        b.verdict("generic", "scaling", "refuted", "QQ", "8.2b", {"layer": 0, "x": [2, -1, 0]}),
        b.verdict("generic-finite", "scaling", "refuted", "RR", "8.2b", {"layer": 0, "x": ["1/2", 0, -1]}))


def two_sides() -> Json:
    """The same rank by chains that meet at a cut, and by one from the right."""
    spec = b.chain(b.basis([[1, 2]], [[2, 4]], [["1/2", 1]]), b.basis([[1, 0], [0, 1]], [[0, 1], [1, 0]]))
    nothing = {"relations": [], "annihilators": [], "prime": None}
    lines = [[0, 0, 1, [[0, 2]]], [0, 0, 2, [[0, "1/2"]]]]
    meeting = {"cut": 1, "left": {**nothing, "levels": [[[0, 0]], [[0, 0], [0, 1]]], "relations": lines},
               "right": {**nothing, "levels": [[[0, 0], [0, 1]]]}}
    columns = [[1, b_, j, [[b_, c]]] for b_ in (0, 1) for j, c in ((1, 2), (2, "1/2"))]
    turned = {"cut": 0, "left": {**nothing, "levels": [[[0, 0], [0, 1]]]},
              "right": {**nothing, "levels": [[[0, 0], [0, 1]], [[0, 0], [1, 0]]], "relations": columns}}
    cells = {"cut": 1, "left": {**nothing, "levels": [None, None]}, "right": {**nothing, "levels": [None]}}
    return b.certificate(spec, b.bound("rank", "upper", 2, "3.1", meeting), b.bound("rank", "upper", 2, "3.1", turned),
                         b.bound("rank", "upper", 2, "3.1", cells))


def two_components() -> Json:
    """Layers that fall into two components, of ranks 2 and 1; two samples are enough for both."""
    spec = b.chain(b.diagonal(2), b.entries(2, 3, 3, [0, 0, 0, 1], [0, 1, 1, 1], [1, 2, 2, 1]))
    nothing = {"relations": [], "annihilators": [], "prime": None}
    parts = [{**nothing, "levels": [[[0, 0]], [[0, 0], [0, 1]]]},
             {"cut": 1, "left": {**nothing, "levels": [None, None]}, "right": {**nothing, "levels": [[[0, 0]]]}}]
    samples = {"seed": 0, "count": 2}
    return b.certificate(spec, b.bound("rank", "upper", 3, "3.1", {"parts": parts}),
                         b.bound("rank", "lower", 3, "2.3", {"prime": P, "samples": samples, "split": True}),
                         b.bound("rank", "lower", 2, "2.3", {"prime": P, "samples": samples}))


CERTIFICATES = (toeplitz_relations, full_then_tied, narrow_relations, two_sides, two_components)
