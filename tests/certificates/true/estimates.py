"""True certificates with error bounds of estimates (theory 10.4, 12.1, 12.7)."""
from tests.certificates.true import kernels
from tests.checker import build as b
from tests.checker.build import Json, P


def estimated_kernels() -> Json:
    """Two layers of two taps over Z/8, sums 0, 1, 2, 3: nu = 8, phi(h) = (3, 6, 4, 8), one datum off by 1/2.

    eta^2 = 8 / 4 <= (3/2)^2, epsilon^2 8 >= 2^2, M = 8, root^2 8 >= 1, c root epsilon = 3/2 * 3/8 * 3/4.
    """
    spec = b.line([8], [0, 1], [0, 1], dilations=[1, 2])
    data = {"denominator": 2, "leaves": {"v2": [[0, 6], [1, 12], [2, 8], [3, 17]]}}
    common = {"h": [[1, 2], [3, 4]], "data": data, "delta": "1/2", "eta": "3/2", "epsilon": "3/4", "zero_one": "c0",
              "sigma_min_squared": "c1"}
    reach = {"root": "3/8", "radius": {"1": "27/16", "2": "27/32", "inf": "27/64"}}
    return b.certificate(
        spec, b.bound("path_max_entry", "upper", 1, "10.1", {"method": "table"}),
        b.bound("sigma_min_squared", "lower", 8, "10.4", {"nu": 8, "zero_one": "c0"}),
        b.verdict("recovery", "path-scaling", "proved", "RR", "10.4p",
                  {**common, "every": reach, "paths": [{"edges": ["e0", "e1"], **reach}]}),
        b.verdict("recovery", "path-scaling", "proved", "RR", "10.4p",
                  {**common, "every": None, "paths": [{"edges": ["e0", "e1"], **reach}]}),
        b.verdict("tensor-recovery", "path-scaling", "proved", "RR", "10.4p", common),
    )


def estimated_column_and_row() -> Json:
    """h g^T for h, g in QQ^2: A is the identity; phi(h) = (1, 3; 2, 6), one entry off by 1."""
    spec = b.chain(b.full(2, 1), b.full(1, 2))
    data = {"denominator": 1, "entries": [[0, 1], [1, 3], [2, 2], [3, 7]]}
    common = {"h": [[1, 2], [1, 3]], "data": data, "delta": 0, "eta": 1, "epsilon": "3/2", "rank": "c0",
              "sigma_min_squared": "c1"}
    radius = {"1": "9/2", "2": "9/4", "inf": "9/8"}
    columns = [[i, j] for i in range(2) for j in range(2)]
    gram = {"gram": "columns", "group": None, "shift": "1/2", "bits": None, "rank": None}
    return b.certificate(
        spec, b.bound("rank", "lower", 4, "2.3", {"prime": P, "columns": columns}),
        b.bound("sigma_min_squared", "lower", "1/2", "12.6", gram),
        b.verdict("recovery", "scaling", "proved", "RR", "12.1", {**common, "root": "1/2", "radius": radius}),
        b.verdict("tensor-recovery", "scaling", "proved", "RR", "12.1", common),
    )


def near_an_estimate() -> Json:
    """The same two layers; free columns of the Jacobian (1, 3, 0, 0), (1, 0, 2, 0), (0, 1, 0, 2); J^T J is above 3.46.

    beta = 2, ball 2 <= 17/10, 1/4 * 17/10 >= 2/5, 1/7 (17/10 - 1/4) >= 1/5.
    """
    spec = b.chain(b.full(2, 1), b.full(1, 2))
    data = {"denominator": 10, "entries": [[0, 10], [1, 30], [2, 20], [3, 61]]}
    evidence = {
        "h": [[1, 2], [1, 3]], "data": data, "delta": "1/10", "eta": "1/10", "pivots": [1], "bits": 4,
        "slope_squared": 3, "slope": "17/10", "sigma_max": 2, "sigma_max_squared": None, "norms": ["9/4", "13/4"],
        "ball": "17/20", "first": "1/4", "radius": {"1": "1/4", "2": "1/7", "inf": "1/7"},
    }
    return b.certificate(spec, b.verdict("local-recovery", "scaling", "proved", "RR", "12.7", evidence))


def estimated_within_a_model() -> Json:
    """Columns (1, 0), (0, 1), (1, 1), one of them used; phi(h) = (2, 0), one entry off by 1; M = 2, K = 1.

    Two columns have the Gram matrix 1 or (1, 1; 1, 2), eigenvalues above 3/8; epsilon^2 3/8 >= 1, and epsilon < M only.
    """
    spec = kernels.lifting([[1, 0], [0, 1], [1, 1]], [3], model=[{"layer": 0, "sparsity": 1}])
    common = {"h": [[2, 0, 0]], "data": {"denominator": 1, "entries": [[0, 2], [1, 1]]}, "delta": 0, "eta": 1,
              "epsilon": "5/3", "stable": "c0"}
    pairs = {"method": "pairs", "kappa_squared": "3/8", "shift": "3/8", "bits": None}
    radius = {"1": 10, "2": 6, "inf": "10/3"}
    return b.certificate(
        spec, b.verdict("stable", "scaling", "proved", "CC", "12.5", pairs, model="spec"),
        b.verdict("recovery", "scaling", "proved", "RR", "12.1", {**common, "root": 1, "radius": radius}, model="spec"),
        b.verdict("tensor-recovery", "scaling", "proved", "RR", "12.1", common, model="spec"),
        b.verdict("uniform", "scaling", "proved", "CC", "12.5", {"prime": P}, model="spec"))


CERTIFICATES = (estimated_kernels, estimated_column_and_row, near_an_estimate, estimated_within_a_model)
