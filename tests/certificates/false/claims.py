"""Faults of a claim's form, and of what its statement allows."""
from tests.certificates.changes import change, only, spec_change
from tests.certificates.true import networks, ranks
from tests.checker import build as b
from tests.checker.build import Json


def forms() -> dict[str, Json]:
    """Faults of the form, and statements that say something else."""
    base = ranks.lifting_by_columns
    return {
        "claim-id-out-of-order": change(base, ("claims/1/id", "c7")),
        "claim-key-unknown": change(base, ("claims/2/strength", "certified")),
        "claim-key-missing": change(base, drop="claims/2/model"),
        "claim-kind-unknown": change(base, ("claims/2/kind", "lemma")),
        "claim-value-true": change(base, ("claims/0/value", True)),
        "claim-value-negative": change(base, ("claims/0/value", -4)),
        "statement-unknown": change(base, ("claims/0/statement", "9.9")),
        "statement-proves-other-side": change(base, ("claims/0/side", "upper")),
        "statement-proves-other-quantity": change(base, ("claims/0/quantity", "jacobian_rank")),
        "statement-proves-other-group": change(base, ("claims/2/modulo", "path-scaling")),
        "statement-proves-other-property": change(base, ("claims/10/property", "generic")),
        "statement-cannot-refute": change(base, ("claims/2/status", "refuted")),
        "status-undecided": change(base, ("claims/2/status", "undecided")),
        "evidence-unknown-key": change(base, ("claims/0/evidence/hint", 1)),
    }


def fields() -> dict[str, Json]:
    """Claims over fields that their statements do not reach."""
    base, dense, small = ranks.lifting_by_columns, ranks.diagonal_times_dense, ranks.finite_field
    return {
        "field-bound-over-complex": change(base, ("claims/0/over", "CC")),
        "field-proof-over-finite-field": change(base, ("claims/2/over", "GF(5)")),
        "field-witness-over-complex": change(dense, ("claims/14/over", "CC")),
        "field-too-small-over-rationals": change(dense, ("claims/12/over", "QQ")),
        "field-too-small-at-a-real-point": change(dense, ("claims/17/over", "RR")),
        "point-too-small-with-zero-layer": only(
            {**dense()["spec"], "point": {"h": [[0, 0], [1, 1, 1, 1]]}},
            b.bound("rank", "upper", 4, "2.4", {"bound": "ambient"}),
            b.bound("jacobian_rank", "upper", 4, "6.2", {"rank": "c0"}),
            b.verdict("at-point", "scaling", "refuted", "CC", "6.2", {"jacobian_rank": "c1"})),
        "field-wrong-finite-field": change(small, ("claims/3/over", "GF(7)")),
        "field-generic-over-finite-field": change(small, ("claims/3/property", "generic")),
        "field-jacobian-over-finite-field": change(
            small, ("claims/5", {
                **small()["claims"][5], "quantity": "jacobian_rank", "statement": "6.1",
                "evidence": {"prime": 5, "point": [[1, 0], [0, 4]]}})),
    }


def models_and_points() -> dict[str, Json]:
    """Claims about other models, or about a point that is not one."""
    base, dense = ranks.lifting_by_columns, ranks.diagonal_times_dense
    return {
        "model-without-models": spec_change(base, ("spec/model", [])),
        "model-generic-in-a-model": change(base, ("claims/3/model", "spec")),
        "model-zero-edges-for-a-chain": change(dense, ("claims/14/model", "zero-edges-allowed")),
        "model-full-for-zero-edges": change(networks.doubling_collision, ("claims/0/model", "full")),
        "model-point-outside": spec_change(base, ("spec/model/0/supports", [[0]])),
        "point-missing": spec_change(base, ("spec/point", None)),
        "point-with-zero-layer": spec_change(base, ("spec/point/h/0", [0, 0])),
    }


def references() -> dict[str, Json]:
    """References to claims that do not say what is needed."""
    base = ranks.lifting_by_columns
    return {
        "reference-forward": change(base, ("claims/2/evidence/rank", "c9")),
        "reference-to-itself": change(base, ("claims/2/evidence/rank", "c2")),
        "reference-wrong-side": change(base, ("claims/2/evidence/rank", "c1")),
        "reference-wrong-quantity": change(base, ("claims/10/evidence/jacobian_rank", "c0")),
        "reference-to-rejected": change(base, ("claims/0/evidence/columns", [[0, 0], [0, 1], [1, 0], [1, 0]])),
        "reference-not-a-string": change(base, ("claims/2/evidence/rank", 0)),
    }
