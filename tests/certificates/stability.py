"""Certificates made by hand about singular values and stable recovery, true ones and false ones."""
from typing import Any

from tests.certificates import kernels
from tests.checker import build as b

Json = dict[str, Any]
P = 65521
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


def false_ones(change: Any, spec_change: Any) -> dict[str, Json]:
    """Each wrong in one way."""
    two, low, ring = two_singular_values, deficient_columns, circulant_singular_values
    return {
        "sigma-value-above-the-shift": change(two, ("claims/2/value", "10/9")),
        "sigma-shift-above-the-eigenvalue": change(
            two, ("claims/2/value", "10/9"), ("claims/2/evidence/shift", "10/9")),
        "sigma-upper-value-below-the-shift": change(two, ("claims/3/value", "9/10")),
        "sigma-upper-shift-below-the-eigenvalue": change(
            two, ("claims/3/value", "9/10"), ("claims/3/evidence/shift", "9/10")),
        "sigma-largest-too-small": change(two, ("claims/5/value", 8), ("claims/5/evidence/shift", 8)),
        "sigma-largest-too-large": change(two, ("claims/4/value", 10), ("claims/4/evidence/shift", 10)),
        "sigma-value-within-the-error": change(two, ("claims/6/evidence/bits", 1), ("claims/6/value", "199/200")),
        "sigma-shift-zero": change(two, ("claims/2/value", 0), ("claims/2/evidence/shift", 0)),
        "sigma-value-zero": change(two, ("claims/2/value", 0)),
        "sigma-bits-zero": change(two, ("claims/6/evidence/bits", 0)),
        "sigma-bits-true": change(two, ("claims/6/evidence/bits", True)),
        "sigma-gram-unknown": change(two, ("claims/2/evidence/gram", "both")),
        "sigma-trace-too-small": change(two, ("claims/8/value", "19/2")),
        "sigma-trace-for-the-smallest": change(two, ("claims/8/quantity", "sigma_min_squared")),
        "sigma-rank-of-the-wrong-side": change(two, ("claims/3/evidence/rank", "c1")),
        "sigma-rank-left-out": change(low, ("claims/2/evidence/rank", None)),
        "sigma-rank-left-out-above": change(low, ("claims/3/evidence/rank", None)),
        "sigma-zero-eigenvalue-counted": change(
            low, ("claims/3/value", "1/10"), ("claims/3/evidence/shift", "1/20")),
        "sigma-group-of-another-order": change(ring, ("claims/1/evidence/group", [2])),
        "sigma-group-of-layers-that-move": change(two, ("claims/2/evidence/group", [1])),
        "sigma-group-counted-once": change(ring, ("claims/2/value", 1), ("claims/2/evidence/shift", 1)),
        "sigma-value-of-a-rank": change(two, ("claims/0/value", "3/2")),
        "stable-rank-too-small": change(low, ("claims/5", {
            **b.verdict("stable", "scaling", "proved", "CC", "12.3", {"rank": "c0", "sigma_min_squared": None}),
            "id": "c5"})),
        "stable-sigma-from-above": change(two, ("claims/9/evidence/sigma_min_squared", "c3")),
        "stable-refuted-over-another-field": change(low, ("claims/5/over", "CC")),
        "stable-refuted-by-a-rank": change(low, ("claims/5/evidence/uniform", "c0")),
        "stable-by-another-uniform": change(stable_by_minors, ("claims/1/evidence/uniform", "c1")),
        "stable-minors-of-too-small-degree": change(stable_by_minors, ("claims/2/evidence/degree", 2)),
        "stable-tangent-elsewhere": change(tangent_and_unstable, ("claims/2/evidence/b/0", [0, 2])),
        "stable-tangent-of-a-rescaling": change(
            tangent_and_unstable, ("claims/3/evidence/b", [[2, 0], [-3, 0], [1, 0]])),
        "stable-tangent-at-a-zero-layer": change(tangent_and_unstable, ("claims/3/evidence/h/0", [0, 0])),
        "stable-tangent-too-short": change(tangent_and_unstable, ("claims/3/evidence/b/0", [1])),
        "stable-secant-over-the-reals": change(tangent_and_unstable, ("claims/1/over", "RR")),
        "stable-secant-of-two-layers": change(
            never_moving, ("claims/2/statement", "5.2d"), ("claims/2/over", "CC"),
            ("claims/2/evidence", {"rank": "c0"}), ("claims/0/value", 8), ("claims/1/value", 8)),
        "stable-jacobian-of-full-rank": change(
            never_moving, ("claims/0/value", 5), ("claims/1/value", 5)),
        "stable-network-of-another-norm": change(stable_network, ("claims/3/evidence/nu", 4)),
        "sigma-network-largest": change(stable_network, ("claims/1/value", 6)),
        "stable-kappa-too-large": change(restricted_columns, ("claims/0/evidence/kappa_squared", "5/2")),
        "stable-kappa-shift-too-large": change(
            restricted_columns, ("claims/0/evidence/kappa_squared", "5/2"), ("claims/0/evidence/shift", "13/5")),
        "stable-kappa-zero": change(restricted_columns, ("claims/0/evidence/kappa_squared", 0)),
        "stable-kappa-by-too-much-coherence": change(restricted_columns, ("claims/1/evidence/kappa_squared", "9/4")),
        "stable-kappa-for-the-full-space": change(restricted_columns, ("claims/0/model", "full")),
        "stable-kappa-method-unknown": change(restricted_columns, ("claims/0/evidence/method", "numerical")),
    }
