"""True certificates about singular values and stable recovery (theory 12.3 to 12.6)."""
from tests.certificates.true import kernels
from tests.checker import build as b
from tests.checker.build import Json, P

PLAIN = {"gram": "columns", "group": None}


def two_singular_values() -> Json:
    """A = [[2, 1], [1, 2]]: A^T A has the eigenvalues 1 and 9; exact, in fixed point, and by the trace."""
    spec = kernels.lifting([[2, 1], [1, 2]], [2])
    exact, rows = {**PLAIN, "bits": None}, {"gram": "rows", "group": None, "bits": 24}
    return b.certificate(
        spec, b.bound("rank", "lower", 2, "2.3", {"prime": P, "columns": [[0], [1]]}),
        b.bound("rank", "upper", 2, "2.4", {"bound": "lifted"}),
        b.bound("sigma_min_squared", "lower", 1, "12.6", {**exact, "shift": 1, "rank": None}),
        b.bound("sigma_min_squared", "upper", 1, "12.6", {**exact, "shift": 1, "rank": "c0"}),
        b.bound("sigma_max_squared", "lower", 9, "12.6", {**exact, "shift": 9}),
        b.bound("sigma_max_squared", "upper", 9, "12.6", {**exact, "shift": 9}),
        b.bound("sigma_min_squared", "lower", "99/100", "12.6", {**rows, "shift": "199/200", "rank": "c1"}),
        b.bound("sigma_max_squared", "upper", "19/2", "12.6", {**rows, "shift": "28/3"}),
        b.bound("sigma_max_squared", "upper", 10, "12.6", {"bound": "trace"}),
        b.verdict("stable", "scaling", "proved", "CC", "12.3", {"rank": "c0", "sigma_min_squared": "c2"}),
        b.verdict("stable", "scaling", "proved", "CC", "12.3", {"rank": "c0", "sigma_min_squared": None}))


def deficient_columns() -> Json:
    """Columns (1, 1), (1, 1), (0, 1): rank 2; A A^T = [[2, 2], [2, 3]], and A^T A has the eigenvalue 0 once."""
    spec = kernels.lifting([[1, 1], [1, 1], [0, 1]], [3])
    shift = {**PLAIN, "bits": 30}
    return b.certificate(
        spec, b.bound("rank", "lower", 2, "2.3", {"prime": P, "columns": [[0], [2]]}),
        b.bound("rank", "upper", 2, "2.4", {"bound": "ambient"}),
        b.bound("sigma_min_squared", "lower", "43/100", "12.6", {**shift, "shift": "7/16", "rank": "c1"}),
        b.bound("sigma_min_squared", "upper", "11/25", "12.6", {**shift, "shift": "439/1000", "rank": "c0"}),
        b.verdict("uniform", "scaling", "refuted", "QQ", "8.1", {"h": [[1, 0, 0]], "g": [[0, 1, 0]]}),
        b.verdict("stable", "scaling", "refuted", "QQ", "12.4", {"uniform": "c4"}))


def circulant_singular_values() -> Json:
    """Two shifts of Z/3: orthogonal columns of squared norm 3, from the first row."""
    spec = b.chain(b.layer("circulant", size=[3], support=[[0], [1]]))
    first = {"gram": "rows", "group": [3], "bits": None, "shift": 3}
    return b.certificate(
        spec, b.bound("rank", "lower", 2, "2.3", {"prime": P, "columns": [[0], [1]]}),
        b.bound("sigma_min_squared", "lower", 3, "12.6", {**first, "rank": None}),
        b.bound("sigma_min_squared", "upper", 3, "12.6", {**first, "rank": "c0"}),
        b.bound("sigma_max_squared", "upper", 3, "12.6", first))


def stable_by_minors() -> Json:
    """The minors of 4.4 once more, for stability, and by reference."""
    base = kernels.minors_of_the_kernel()
    evidence = base["claims"][0]["evidence"]
    return b.certificate(
        base["spec"], {key: x for key, x in base["claims"][0].items() if key != "id"},
        b.verdict("stable", "scaling", "proved", "CC", "12.4", {"uniform": "c0", "sigma_min_squared": None}),
        b.verdict("stable", "scaling", "proved", "CC", "12.4", {**evidence, "sigma_min_squared": None}))


def tangent_and_unstable() -> Json:
    """A kernel spanned by a tangent vector: rank 7 < s_2 = 8; and a Jacobian of deficient rank at h*."""
    spec = {**kernels.tangent_kernel()["spec"], "point": None}
    return b.certificate(
        spec, b.bound("rank", "upper", 7, "2.4", {"bound": "ambient"}),
        b.verdict("stable", "scaling", "refuted", "CC", "5.2d", {"rank": "c0"}),
        b.verdict("stable", "scaling", "refuted", "QQ", "12.4",
                  {"h": [[1, 0], [2, 0], [1, 0]], "b": [["1/3", 1], ["-2/3", 2], [0, 1]]}),
        b.verdict("stable", "scaling", "refuted", "RR", "12.4", {"h": [[1, 0]] * 3, "b": [[0, 1]] * 3}))


def never_moving() -> Json:
    """diag(h) full: rescalings move (h, g) and not the product, so that the Jacobian has a rank below n."""
    spec = b.chain(b.diagonal(2), b.full(2, 2))
    return b.certificate(
        spec, b.bound("rank", "upper", 4, "2.4", {"bound": "ambient"}),
        b.bound("jacobian_rank", "upper", 4, "6.2", {"rank": "c0"}),
        b.verdict("stable", "scaling", "refuted", "QQ", "12.4", {"jacobian_rank": "c1"}))


def stable_network() -> Json:
    """Two layers of two taps over Z/5 without collision."""
    spec = b.line([5], [0, 1], [0, 2])
    return b.certificate(
        spec, b.bound("path_max_entry", "upper", 1, "10.1", {"method": "table"}),
        b.bound("sigma_max_squared", "lower", 5, "10.4", {"nu": 5, "multiplicities": [[1, 4]]}),
        b.bound("sigma_max_squared", "upper", 5, "10.4", {"nu": 5, "zero_one": "c0"}),
        *(b.verdict("stable", group, "proved", "CC", "10.4", {"zero_one": "c0", "nu": 5})
          for group in ("path-scaling", "scaling")))


def restricted_columns() -> Json:
    """Sparsity 1 of three columns, by all pairs and by coherence: 4, 4, 5 and one inner product 2."""
    spec = kernels.lifting([[2, 0, 0], [0, 2, 0], [0, 1, 2]], [3], model=[{"layer": 0, "sparsity": 1}])
    pairs = {"method": "pairs", "kappa_squared": "12/5", "shift": "243/100", "bits": 24}
    return b.certificate(
        spec, b.verdict("stable", "scaling", "proved", "CC", "12.5", pairs, model="spec"),
        b.verdict("stable", "scaling", "proved", "CC", "12.5", {"method": "coherence", "kappa_squared": 2},
                  model="spec"))


CERTIFICATES = (two_singular_values, deficient_columns, circulant_singular_values, stable_by_minors,
                tangent_and_unstable, never_moving, stable_network, restricted_columns)
