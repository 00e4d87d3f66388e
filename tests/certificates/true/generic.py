"""True certificates about generic points by relations, tangents and one fibre (theory 7.1 to 7.4, 7.7)."""
from tests.checker import build as b
from tests.checker.build import Json, P


def rank_one_matrices() -> Json:
    """Columns times rows: relations, tangents and one reduced point determine generic h, and h*."""
    spec = b.chain(b.full(2, 1), b.full(1, 2), point=[[1, "1/2"], [3, 0]])
    relations = [[[[0, 1, 1], [2, 0, -1]]], [[[0, 1, 1], [1, 0, -1]]]]
    point = [[1, 2], [3, 5]]
    at = {"prime": P, "point": point}
    return b.certificate(
        spec, b.verdict("generic", "scaling", "proved", "CC", "7.2", {**at, "relations": relations}),
        b.verdict("at-point", "scaling", "proved", "CC", "7.2", {"prime": P, "relations": relations}),
        b.verdict("generic", "scaling", "proved", "CC", "7.7", {**at, "annihilators": 1, "layer": 0}),
        b.verdict("generic", "scaling", "proved", "CC", "7.7", {**at, "annihilators": 1, "layer": None}),
        b.verdict("generic", "scaling", "proved", "CC", "7.7",
                  {**at, "annihilators": 0, "layer": 1, "known": [[0, relations[0]]]}),
        b.verdict("generic", "scaling", "proved", "CC", "7.3", {**at, "degree": 1}),
        b.verdict("at-point", "scaling", "proved", "CC", "7.3", {"prime": P, "degree": 2}),
        b.bound("fibre_count", "upper", 1, "7.3", {**at, "degree": 1}, "CC"),
        b.verdict("generic", "scaling", "proved", "CC", "7.3", {**at, "degree": 2, "relations": relations}))


def two_linear_factors() -> Json:
    """Products of two polynomials of degree one: two classes over CC."""
    spec = b.chain(b.full(1, 2), b.layer("toeplitz", rows=2, cols=3, diagonals=[0, -1]))
    return b.certificate(
        spec, b.bound("rank", "upper", 3, "2.4", {"bound": "ambient"}),
        b.bound("fibre_count", "lower", 2, "7.4", {"rank": "c0", "prime": P, "degree": 2}, "CC"),
        b.bound("fibre_count", "upper", 2, "7.4", {"fibre_count": "c1"}, "CC"),
        b.verdict("generic", "scaling", "refuted", "CC", "7.4", {"fibre_count": "c1"}),
        b.bound("fibre_count", "upper", 2, "7.3", {"prime": P, "point": [[1, 2], [1, 3]], "degree": 2}, "CC"),
        b.verdict("generic", "scaling", "refuted", "CC", "7.1b",
                  {"h": [[1, 2], [1, "1/3"]], "g": [[1, "1/3"], [1, 2]], "rank": "c0", "prime": P}),
        b.bound("fibre_count", "lower", 2, "7.1b", {"generic": "c5"}, "CC"))


def point_over_a_finite_field() -> Json:
    """Over GF(5): relations determine h*."""
    spec = b.chain(b.full(2, 1), b.full(1, 2), field="GF(5)", point=[[1, 4], [3, 0]])
    relations = [[[[0, 1, 1], [2, 0, 4]]], [[[0, 1, 1], [1, 0, 4]]]]
    return b.certificate(spec, b.verdict("at-point", "scaling", "proved", "GF(5)", "7.2",
                                         {"prime": 5, "relations": relations}))


CERTIFICATES = (rank_one_matrices, two_linear_factors, point_over_a_finite_field)
