"""Faults of claims about singular values and stable recovery (theory 12.3 to 12.6)."""
from tests.certificates.changes import change
from tests.certificates.true import stability
from tests.checker import build as b
from tests.checker.build import Json


def singular_values() -> dict[str, Json]:
    """Shifts, values and ranks that do not fit."""
    two, low, ring = stability.two_singular_values, stability.deficient_columns, stability.circulant_singular_values
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
        "sigma-network-largest": change(stability.stable_network, ("claims/1/value", 6)),
    }


def stable_recovery() -> dict[str, Json]:
    """Stable recovery that does not follow, or fails elsewhere."""
    two, low, few = stability.two_singular_values, stability.deficient_columns, stability.restricted_columns
    return {
        "stable-rank-too-small": change(low, ("claims/5", {
            **b.verdict("stable", "scaling", "proved", "CC", "12.3", {"rank": "c0", "sigma_min_squared": None}),
            "id": "c5"})),
        "stable-sigma-from-above": change(two, ("claims/9/evidence/sigma_min_squared", "c3")),
        "stable-refuted-over-another-field": change(low, ("claims/5/over", "CC")),
        "stable-refuted-by-a-rank": change(low, ("claims/5/evidence/uniform", "c0")),
        "stable-by-another-uniform": change(stability.stable_by_minors, ("claims/1/evidence/uniform", "c1")),
        "stable-minors-of-too-small-degree": change(stability.stable_by_minors, ("claims/2/evidence/degree", 2)),
        "stable-tangent-elsewhere": change(stability.tangent_and_unstable, ("claims/2/evidence/b/0", [0, 2])),
        "stable-tangent-of-a-rescaling": change(
            stability.tangent_and_unstable, ("claims/3/evidence/b", [[2, 0], [-3, 0], [1, 0]])),
        "stable-tangent-at-a-zero-layer": change(stability.tangent_and_unstable, ("claims/3/evidence/h/0", [0, 0])),
        "stable-tangent-too-short": change(stability.tangent_and_unstable, ("claims/3/evidence/b/0", [1])),
        "stable-secant-over-the-reals": change(stability.tangent_and_unstable, ("claims/1/over", "RR")),
        "stable-secant-of-two-layers": change(
            stability.never_moving, ("claims/2/statement", "5.2d"), ("claims/2/over", "CC"),
            ("claims/2/evidence", {"rank": "c0"}), ("claims/0/value", 8), ("claims/1/value", 8)),
        "stable-jacobian-of-full-rank": change(
            stability.never_moving, ("claims/0/value", 5), ("claims/1/value", 5)),
        "stable-network-of-another-norm": change(stability.stable_network, ("claims/3/evidence/nu", 4)),
        "stable-kappa-too-large": change(few, ("claims/0/evidence/kappa_squared", "5/2")),
        "stable-kappa-shift-too-large": change(
            few, ("claims/0/evidence/kappa_squared", "5/2"), ("claims/0/evidence/shift", "13/5")),
        "stable-kappa-zero": change(few, ("claims/0/evidence/kappa_squared", 0)),
        "stable-kappa-by-too-much-coherence": change(few, ("claims/1/evidence/kappa_squared", "9/4")),
        "stable-kappa-for-the-full-space": change(few, ("claims/0/model", "full")),
        "stable-kappa-method-unknown": change(few, ("claims/0/evidence/method", "numerical")),
    }
