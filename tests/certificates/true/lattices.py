"""True certificates about lattices of exponents (theory 7.8, 9.1)."""
from tests.checker import build as b
from tests.checker.build import Json, P


def selector(width: int, size: int) -> Json:
    """A row of length `width` becomes its products with `size` parameters, side by side (theory 2.1')."""
    return b.entries(width, width * size, size, *([r, r * size + j, j, 1] for r in range(width) for j in range(size)))


def torsor(statement: str, divisors: list[int], at: str, exact: bool = True) -> list[Json]:
    """All verdicts and counts over QQ, RR and CC for f = 0."""
    link, claims = {"jacobian_rank": at}, []
    for over in ("CC", "RR", "QQ"):
        count = 1
        for d in divisors:
            count *= d if over == "CC" else 2 - d % 2
        claims += [b.bound("fibre_count", side, count, statement, link, over)
                   for side in (("lower", "upper") if exact else ("upper",))]
        status = "proved" if count == 1 else "refuted"
        if exact or count == 1:
            claims.append(b.verdict("generic", "scaling", status, over, statement, link))
        if exact and count > 1:
            claims.append(b.verdict("uniform", "scaling", status, over, statement, link))
    return [*claims, b.verdict("generic-finite", "scaling", "proved", "CC", statement, link)]


def three_roots() -> Json:
    """diag circ diag of size 3: every entry is one monomial, L_0/L = Z/3."""
    spec = b.chain(b.diagonal(3), b.layer("circulant", size=[3], support=[[0], [1], [2]]), b.diagonal(3),
                   point=[[1, 2, 3], ["1/2", -1, 4], [1, 1, 5]])
    points = [b.verdict("at-point", "scaling", "refuted" if over == "CC" else "proved", over, "9.1",
                        {"jacobian_rank": "c0"}) for over in ("CC", "RR")]
    return b.certificate(spec, b.bound("jacobian_rank", "upper", 7, "9.1", {
        "paths": "unique", "free": 0, "divisors": [3]}), *torsor("9.1", [3], "c0"), *points)


def signs_over_three_elements() -> Json:
    """The monomials 000, 110, 101, 011 over GF(3): two classes."""
    last = b.entries(4, 4, 2, [0, 0, 0, 1], [3, 1, 0, 1], [2, 2, 1, 2], [1, 3, 1, 1])
    spec = b.chain(b.full(1, 2), selector(2, 2), last, field="GF(3)", point=[[1, 2], [2, 2], [1, 1]])
    return b.certificate(spec, b.verdict("at-point", "scaling", "refuted", "GF(3)", "9.1", {
        "paths": "unique", "free": 0, "divisors": [2]}))


def mixed_columns() -> Json:
    """Three independent columns that overlap, of four: the rank shows their independence."""
    spec = b.chain(b.full(1, 2), b.basis([[1, 0, 0], [0, 0, 0]], [[1, 1, 0], [0, 1, 1]]), point=[[1, 2], [1, 3]])
    rank = b.bound("rank", "lower", 3, "2.3", {"prime": P, "columns": [[0, 0], [0, 1], [1, 1]]})
    return b.certificate(
        spec, rank, b.bound("jacobian_rank", "upper", 3, "9.1", {"rank": "c0", "free": 0, "divisors": []}),
        *torsor("9.1", [], "c1"), b.verdict("at-point", "scaling", "proved", "CC", "9.1", {"jacobian_rank": "c1"}))


def triangular_factors() -> Json:
    """Lower times upper triangular 2 x 2: determined up to a diagonal matrix, in two steps."""
    spec = b.chain(b.entries(2, 2, 3, [0, 0, 0, 1], [1, 0, 1, 1], [1, 1, 2, 1]),
                   b.entries(2, 2, 3, [0, 0, 0, 1], [0, 1, 1, 1], [1, 1, 2, 1]))
    link = {"jacobian_rank": "c0"}
    orbit = {**link, "dimension": 1}
    refuted = [b.verdict(prop, "scaling", "refuted", over, "7.8", link)
               for prop in ("uniform", "generic", "generic-finite") for over in ("QQ", "RR", "CC")]
    return b.certificate(
        spec, b.bound("jacobian_rank", "upper", 4, "7.8", {
            "prime": P, "point": [[1, 2, 3], [4, 5, 6]], "steps": [[0, 1, 2], [0, 3]], "exact": True, "free": 1,
            "divisors": []}), *refuted, b.verdict("generic-finite", "torus", "proved", "CC", "7.8", orbit),
        b.verdict("generic", "torus", "proved", "CC", "7.8", orbit))


def index_three() -> Json:
    """The monomials 0001, 0010, 0100, 1000, 1111 and a sum of two others: a lattice of index 3 that is not all of L."""
    last = b.entries(8, 6, 2, [0, 0, 1, 1], [1, 1, 0, 1], [2, 2, 0, 1], [4, 3, 0, 1], [7, 4, 1, 1],
                     [0, 5, 0, 1], [6, 5, 0, 2])
    spec = b.chain(b.full(1, 2), selector(2, 2), selector(4, 2), last)
    return b.certificate(spec, b.bound("jacobian_rank", "upper", 5, "7.8", {
        "prime": P, "point": [[1, 2], [3, 4], [5, 6], [7, 8]], "steps": [[0, 1, 2, 3, 4]], "exact": False, "free": 0,
        "divisors": [3]}), *torsor("7.8", [3], "c0", exact=False))


CERTIFICATES = (three_roots, signs_over_three_elements, mixed_columns, triangular_factors, index_three)
