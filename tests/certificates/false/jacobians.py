"""Faults of the evidence about dead directions, ranks of the Jacobian and pairs (theory 6.1, 6.2, 8.1, 8.2b)."""
from tests.certificates.changes import change, only, spec_change
from tests.certificates.true import jacobians, ranks, spans
from tests.checker import build as b
from tests.checker.build import Json


def dead_directions() -> dict[str, Json]:
    """Directions that are not dead, or not as many."""
    narrow = spans.narrow_relations
    return {
        "dead-direction-zero": change(narrow, ("claims/6/evidence/x", [0, 0, 0])),
        "dead-direction-alive": change(narrow, ("claims/6/evidence/x", [2, 1, 0])),
        "dead-direction-layer-out-of-range": change(narrow, ("claims/6/evidence/layer", 2)),
        "dead-direction-by-cancellation-wrong": change(
            jacobians.dead_by_cancellation, ("claims/1/evidence/x", [2, 0, -1])),
        "dead-directions-dependent": change(narrow, ("claims/4/evidence/dead", [[0, [2, -1, 0]], [0, [4, -2, 0]]])),
        "live-bound-too-small": change(narrow, ("claims/4/value", 1)),
    }


def pairs() -> dict[str, Json]:
    """Pairs that do not have the same image, or are equivalent."""
    dense = ranks.diagonal_times_dense
    return {
        "witness-equivalent": change(dense, ("claims/14/evidence/g", [[2, 2], ["1/2", "1/2", "1/2", "1/2"]])),
        "witness-different-image": change(dense, ("claims/14/evidence/g", [[2, 1], ["1/2", "1/2", 1, 2]])),
        "witness-zero-layer": change(dense, ("claims/14/evidence", {"h": [[0, 0], [1, 1, 1, 1]],
                                                                    "g": [[0, 0], [1, 0, 0, 0]]})),
        "witness-not-at-the-point": change(dense, ("claims/15/evidence/h", [[2, 2], ["1/2", "1/2", "1/2", "1/2"]])),
        "witness-outside-the-model": only(
            {**dense()["spec"], "model": [{"layer": 1, "sparsity": 3}]},
            b.verdict("uniform", "scaling", "refuted", "QQ", "8.1", dense()["claims"][14]["evidence"], "spec")),
    }


def ranks_of_jacobians() -> dict[str, Json]:
    """Ranks at generic points and at h*."""
    base, here = ranks.lifting_by_columns, jacobians.narrow_layer_at_a_point
    return {
        "jacobian-value-above-rank": change(jacobians.narrow_layer, ("claims/1/value", 9)),
        "jacobian-upper-below-dimension": change(base, ("claims/9/value", 2)),
        "jacobian-finite-rank-too-small": change(jacobians.narrow_layer, ("claims/2", {
            **b.verdict("generic-finite", "scaling", "proved", "CC", "6.1", {"jacobian_rank": "c1"}), "id": "c2"})),
        "jacobian-narrow-layer-out-of-range": change(jacobians.narrow_layer, ("claims/0/evidence/layer", 0)),
        "too-small-not-below-n": only(
            base()["spec"], b.bound("jacobian_rank", "upper", 3, "6.1", {"bound": "dimension"}),
            b.verdict("generic", "scaling", "refuted", "CC", "6.2", {"jacobian_rank": "c0"})),
        "too-small-at-a-real-point-of-unknown-rank": change(
            here, ("claims/2/evidence", {"jacobian_rank": "c0"})),
        "too-small-at-a-real-point-of-smaller-rank": change(here, ("claims/1/value", 7)),
        "too-small-at-a-real-point-by-another-rank": change(here, ("claims/2/evidence/jacobian_rank_at_point", "c0")),
        "too-small-at-a-real-point-with-zero-layer": spec_change(here, ("spec/point/h/0", [0] * 6)),
        "too-small-at-a-complex-point-with-more": change(here, ("claims/2/over", "CC")),
        "point-kernel-not-killed": change(base, ("claims/12/evidence/kernel/0/1", [-3, 2])),
        "point-kernel-dependent": change(base, ("claims/12", {**base()["claims"][12], "value": 2, "evidence": {
            "kernel": [[[1, 2], [-3, "-1/2"]], [[2, 4], [-6, -1]]]}})),
        "point-rank-above": change(base, ("claims/11/value", 4)),
    }
