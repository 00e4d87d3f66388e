"""Faults of claims about uniform identifiability (theory 4.1 to 5.2, 12.5)."""
from tests.certificates.changes import change, only, spec_change
from tests.certificates.true import kernels, ranks
from tests.checker import build as b
from tests.checker.build import Json, P


def kernel_lines() -> dict[str, Json]:
    """A kernel of dimension one, and consequences of a claim."""
    entries = kernels.entries_of(kernels.TANGENT)
    return {
        "kernel-line-of-another-tensor": change(kernels.tangent_kernel, ("claims/1/evidence/kernel/0/1", 2)),
        "kernel-line-empty": change(kernels.tangent_kernel, ("claims/1/evidence/kernel", [])),
        "kernel-line-entry-twice": change(kernels.tangent_kernel, ("claims/1/evidence/kernel", [*entries, entries[0]])),
        "kernel-line-rank-too-small": change(kernels.tangent_kernel, ("claims/0/value", 6)),
        "kernel-line-refuted": change(kernels.tangent_kernel, ("claims/1/status", "refuted"), ("claims/1/over", "CC")),
        "kernel-line-over-the-complex-numbers": change(kernels.complex_kernel, ("claims/1/over", "CC")),
        "kernel-line-refuted-over-the-reals": change(kernels.complex_kernel, ("claims/2/over", "RR")),
        "kernel-line-over-the-reals": change(kernels.real_kernel, ("claims/1/over", "RR")),
        "consequence-of-another-field": change(kernels.complex_kernel, ("claims/2", {
            **b.verdict("generic", "scaling", "proved", "CC", "4.1", {"uniform": "c1"}), "id": "c2"})),
        "consequence-of-itself": change(kernels.tangent_kernel, ("claims/4/evidence/uniform", "c2")),
        "consequence-at-a-zero-layer": spec_change(kernels.tangent_kernel, ("spec/point/h/0", [0, 0])),
        "consequence-for-every-point": change(kernels.tangent_kernel, ("claims/6/model", "full")),
    }


def minors_and_points() -> dict[str, Json]:
    """Minors of the kernel, all points of a finite field, small ranks, supports."""
    wide = kernels.small_ranks()["spec"]
    return {
        "minors-too-few": change(kernels.minors_of_the_kernel, ("claims/0/evidence/minors/3/2", [0, 1, 2])),
        "minors-degree-too-small": change(kernels.minors_of_the_kernel, ("claims/0/evidence/degree", 2)),
        "minors-row-twice": change(kernels.minors_of_the_kernel, ("claims/0/evidence/minors/0/1", [0, 1, 1])),
        "minors-layer-unknown": change(kernels.minors_of_the_kernel, ("claims/0/evidence/minors/0/0", [2])),
        "minors-factor-unknown": change(kernels.minors_of_the_kernel, ("claims/0/evidence/minors/0/3", [1])),
        "minors-prime-composite": change(kernels.minors_of_the_kernel, ("claims/0/evidence/prime", P * (P - 2))),
        "minors-of-a-sum-of-two": spec_change(kernels.minors_of_the_kernel, ("spec/layer/1/matrices/3/3/13", 0)),
        "points-collide": spec_change(kernels.all_points, ("spec/layer/1/matrices/2/2/7", 0)),
        "points-over-the-rationals": change(kernels.small_ranks, ("claims/1", {
            **b.verdict("uniform", "scaling", "proved", "CC", "4.5", {}), "id": "c1"})),
        "points-outside-the-model": change(kernels.points_of_a_model, ("claims/0/model", "full")),
        "points-of-a-larger-model": spec_change(kernels.points_of_a_model, ("spec/model/1/sparsity", 2)),
        "small-rank-above-the-dimension": change(kernels.small_ranks, ("claims/0/value", 5)),
        "small-rank-over-the-reals": change(kernels.small_ranks, ("claims/1/over", "RR")),
        "small-rank-of-one-layer": b.certificate(
            kernels.sparse_vectors()["spec"], b.bound("rank", "upper", 2, "2.4", {"bound": "ambient"}),
            b.verdict("uniform", "scaling", "refuted", "RR", "5.2c", {"rank": "c0"})),
        "small-rank-lower-bound": b.certificate(
            wide, b.bound("rank", "lower", 4, "2.3", {"prime": P, "columns": [kernels.bits(i) for i in (0, 1, 3, 7)]}),
            b.verdict("uniform", "scaling", "refuted", "RR", "5.2c", {"rank": "c0"})),
        "supports-dependent": spec_change(kernels.sparse_vectors, ("spec/layer/0/matrices/2/0", [2, 0])),
        "supports-of-a-larger-model": spec_change(kernels.sparse_vectors, ("spec/model/0/sparsity", 2)),
        "supports-for-every-point": change(kernels.sparse_vectors, ("claims/0/model", "full")),
        "supports-prime-divides": change(kernels.sparse_vectors, ("claims/0/evidence/prime", 2)),
    }


def no_kernel() -> dict[str, Json]:
    """A rank that leaves room for a kernel."""
    dense = ranks.diagonal_times_dense()
    return {
        "kernel-zero-rank-too-small": only(
            dense["spec"], dense["claims"][0],
            b.verdict("uniform", "scaling", "proved", "CC", "4.2", {"rank": "c0"})),
    }
