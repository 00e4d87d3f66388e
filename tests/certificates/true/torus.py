"""True certificates about fixed supports modulo the torus (theory 9.3 to 9.5)."""
from tests.checker import build as b
from tests.checker.build import LARGE, Json


def four_point_butterfly() -> Json:
    """A butterfly of size 4: one path from each input to each output, four hidden nodes less one scaling."""
    return b.certificate(
        b.chain(b.layer("butterfly", size=4, level=0), b.layer("butterfly", size=4, level=1)),
        b.bound("jacobian_rank", "lower", 12, "6.1", {"prime": LARGE, "point": {"seed": 0, "index": 0}}),
        b.verdict("generic-finite", "torus", "proved", "CC", "9.3a", {"jacobian_rank": "c0", "dimension": 3}),
        b.verdict("generic-finite", "torus", "proved", "CC", "9.3b", {"dimension": 3}),
        b.verdict("generic", "torus", "proved", "CC", "9.3b", {"dimension": 3}))


def triangular_layers() -> Json:
    """Lower times upper triangular, 2 x 2, then a diagonal between them: peeled at one cut, and at two."""
    lower = b.entries(2, 2, 3, [0, 0, 0, 1], [1, 0, 1, 2], [1, 1, 2, -1])
    upper = b.entries(2, 2, 3, [0, 0, 0, 1], [0, 1, 1, "1/2"], [1, 1, 2, 3])
    trees = [[[0, 0], [0, 1], [1, 0]], [[1, 1]]]
    evidence = {"dimension": 1, "cuts": [{"layers": [0, 1], "cut": 0, "order": [0, 1], "trees": trees}]}
    return b.certificate(
        b.chain(lower, upper),
        *(b.verdict(prop, "torus", "proved", "CC", statement, evidence)
          for prop in ("generic", "generic-finite") for statement in ("9.4", "9.5")))


def triangles_and_diagonal() -> Json:
    """Lower triangular, diagonal, upper triangular, 2 x 2: peeled at two cuts."""
    lower = b.entries(2, 2, 3, [0, 0, 0, 1], [1, 0, 1, 2], [1, 1, 2, -1])
    upper = b.entries(2, 2, 3, [0, 0, 0, 1], [0, 1, 1, "1/2"], [1, 1, 2, 3])
    outer = {"layers": [0, 2], "cut": 0, "order": [0, 1], "trees": [[[0, 0], [0, 1], [1, 0]], [[1, 1]]]}
    inner = {"layers": [1, 2], "cut": 1, "order": [0, 1], "trees": [[[0, 0], [0, 1]], [[1, 1]]]}
    return b.certificate(
        b.chain(lower, b.diagonal(2), upper),
        b.verdict("generic", "torus", "proved", "CC", "9.5", {"dimension": 2, "cuts": [outer, inner]}))


def nodes_at_a_point() -> Json:
    """Lower, upper triangular and diagonal, 2 x 2, at a point: cut before the diagonal, then between the triangles."""
    lower = b.entries(2, 2, 3, [0, 0, 0, 1], [1, 0, 1, 1], [1, 1, 2, 1])
    upper = b.entries(2, 2, 3, [0, 0, 0, 1], [0, 1, 1, 1], [1, 1, 2, 1])
    outer = {"layers": [0, 2], "cut": 1, "order": [0, 1], "trees": [[[0, 0], [1, 0]], [[0, 1], [1, 1]]]}
    inner = {"layers": [0, 1], "cut": 0, "order": [0, 1], "trees": [[[0, 0], [0, 1], [1, 0]], [[1, 1]]]}
    return b.certificate(
        b.chain(lower, upper, b.diagonal(2), point=[[1, 1, "1/2"], [1, 3, 1], [1, 2]]),
        b.verdict("at-point", "torus", "proved", "CC", "9.5", {"dimension": 2, "cuts": [outer, inner]}))


def triangles_at_a_point() -> Json:
    """Lower times upper triangular, over three elements."""
    made = triangular_layers()
    lower, upper = (b.entries(2, 2, 3, *cells) for cells in (
        ([0, 0, 0, 1], [1, 0, 1, 2], [1, 1, 2, 2]), ([0, 0, 0, 1], [0, 1, 1, 2], [1, 1, 2, 1])))
    return b.certificate(
        b.chain(lower, upper, field="GF(3)", point=[[1, 2, 1], [1, 2, 2]]),
        b.verdict("at-point", "torus", "proved", "GF(3)", "9.4", made["claims"][0]["evidence"]))


def butterfly_at_a_point() -> Json:
    """A butterfly of size 4 at a point without zeros."""
    return b.certificate(
        b.chain(b.layer("butterfly", size=4, level=0), b.layer("butterfly", size=4, level=1),
                point=[[1, 2, 3, -4, 5, 6, 7, 8], [1, 1, "1/2", 1, -1, 1, 1, 1]]),
        b.verdict("at-point", "torus", "proved", "CC", "9.3b", {"dimension": 3}))


CERTIFICATES = (four_point_butterfly, triangular_layers, triangles_and_diagonal, nodes_at_a_point, triangles_at_a_point,
                butterfly_at_a_point)
