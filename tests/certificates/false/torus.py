"""Faults of the evidence about fixed supports modulo the torus (theory 9.3 to 9.5)."""
from tests.certificates.changes import change, spec_change
from tests.certificates.true import torus
from tests.checker.build import Json


def supports_at_a_point() -> dict[str, Json]:
    """Claims about h* whose zeros matter, or over another field."""
    return {
        "torus-point-missing": spec_change(torus.butterfly_at_a_point, ("spec/point", None)),
        "torus-point-with-a-zero": spec_change(torus.butterfly_at_a_point, ("spec/point/h/0/3", 0)),
        "torus-point-refuted": change(torus.butterfly_at_a_point, ("claims/0/status", "refuted")),
        "torus-point-with-a-zero-of-two-layers": spec_change(torus.nodes_at_a_point, ("spec/point/h/1", [1, 1, -2])),
        "torus-point-with-a-zero-at-a-cut": spec_change(torus.triangles_at_a_point, ("spec/point/h/1/2", 0)),
        "torus-point-peeled-in-another-order": change(
            torus.nodes_at_a_point, ("claims/0/evidence/cuts/1/order", [1, 0])),
        "torus-point-over-another-field": change(torus.triangles_at_a_point, ("claims/0/over", "CC")),
    }


def supports() -> dict[str, Json]:
    """Paths that meet, and peelings that do not end."""
    butterfly, lu, ldu = torus.four_point_butterfly, torus.triangular_layers, torus.triangles_and_diagonal
    cut = "claims/0/evidence/cuts/0"
    return {
        "torus-paths-meet": spec_change(butterfly, ("spec/layer/1/level", 0)),
        "torus-two-parameters-at-one-entry": spec_change(lu, ("spec/layer/1/entries/1", [0, 0, 1, "1/2"])),
        "torus-entry-leads-nowhere": spec_change(lu, ("spec/layer/1/entries", [[0, 0, 0, 1], [0, 1, 1, 1]])),
        "torus-finite-rank-too-small": change(butterfly, ("claims/0/value", 11)),
        "torus-finite-dimension-wrong": change(butterfly, ("claims/1/evidence/dimension", 4)),
        "torus-paths-dimension-wrong": change(butterfly, ("claims/3/evidence/dimension", 2)),
        "torus-at-every-point": change(butterfly, ("claims/3/property", "uniform")),
        "torus-order-wrong": change(lu, (f"{cut}/order", [1, 0]),
                                    (f"{cut}/trees", [[[1, 1]], [[0, 0], [0, 1], [1, 0]]])),
        "torus-order-incomplete": change(lu, (f"{cut}/order", [0]), (f"{cut}/trees", [[[0, 0], [0, 1], [1, 0]]])),
        "torus-tree-covered-by-a-later-node": change(lu, (f"{cut}/trees/0/2", [1, 1])),
        "torus-tree-with-a-cycle": change(lu, (f"{cut}/trees/0/2", [0, 1])),
        "torus-tree-too-small": change(lu, (f"{cut}/trees/0", [[0, 0], [0, 1]])),
        "torus-cut-missing": change(ldu, drop="claims/0/evidence/cuts/1"),
        "torus-cut-of-no-interval": change(ldu, ("claims/0/evidence/cuts/1/layers", [0, 1])),
        "torus-two-layers-asked": change(ldu, ("claims/0/statement", "9.4")),
    }
