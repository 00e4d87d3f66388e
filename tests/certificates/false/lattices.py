"""Faults of the evidence about lattices of exponents (theory 7.8, 9.1)."""
from tests.certificates.changes import change, only, spec_change
from tests.certificates.true import lattices
from tests.checker import build as b
from tests.checker.build import COMPOSITE, Json


def exponents() -> dict[str, Json]:
    """Lattices of all monomials: torsion, counts and points."""
    roots, signs, mixed = lattices.three_roots, lattices.signs_over_three_elements, lattices.mixed_columns
    return {
        "lattice-torsion-missing": change(roots, ("claims/0/evidence/divisors", [])),
        "lattice-torsion-large": change(roots, ("claims/0/evidence/divisors", [9])),
        "lattice-free-rank-large": change(roots, ("claims/0/evidence/free", 1), ("claims/0/value", 6)),
        "lattice-bound-low": change(roots, ("claims/0/value", 6)),
        "lattice-paths-unknown": change(roots, ("claims/0/evidence/paths", "few")),
        "lattice-complex-proved": change(roots, ("claims/3/status", "proved")),
        "lattice-real-refuted": change(roots, ("claims/7/status", "refuted")),
        "lattice-count-high": change(roots, ("claims/1/value", 4)),
        "lattice-count-of-another-field": change(roots, ("claims/1/over", "RR")),
        "lattice-point-with-zero": spec_change(roots, ("spec/point/h/0/0", 0)),
        "lattice-point-complex-proved": change(roots, ("claims/12/status", "proved")),
        "lattice-point-finite-field-proved": change(signs, ("claims/0/status", "proved")),
        "lattice-paths-meet": change(mixed, ("claims/1/evidence", {"paths": "unique", "free": 0, "divisors": []})),
        "lattice-rank-below-columns": change(mixed, ("claims/0/value", 2)),
        "lattice-parameter-unused": spec_change(mixed, ("spec/layer/1/matrices/1/1", [0, 0, 0])),
        "lattice-statement-of-the-other": change(mixed, ("claims/2/statement", "7.8")),
    }


def steps() -> dict[str, Json]:
    """Monomials that are determined step by step."""
    steps, index = lattices.triangular_factors, lattices.index_three
    return {
        "steps-order-reversed": change(steps, ("claims/0/evidence/steps", [[0, 3], [0, 1, 2]])),
        "steps-entry-missing": change(steps, ("claims/0/evidence/steps", [[0, 1, 2], [3]])),
        "steps-point-with-zero": change(steps, ("claims/0/evidence/point/0/0", 0)),
        "steps-prime-composite": change(steps, ("claims/0/evidence/prime", COMPOSITE)),
        "steps-torus-of-another-dimension": change(steps, ("claims/11/evidence/dimension", 2)),
        "steps-torus-modulo-scaling": change(steps, ("claims/11/modulo", "scaling")),
        "steps-special-point": only(
            b.chain(b.full(1, 3), b.entries(3, 4, 2, [0, 0, 0, 1], [1, 1, 1, 1], [2, 2, 1, 1], [0, 3, 1, 1],
                                            [1, 3, 0, 1], [2, 3, 0, -1])),
            b.bound("jacobian_rank", "upper", 4, "7.8", {
                "prime": 65521, "point": [[1, 1, 1], [1, 1]], "steps": [[0, 1, 2], [3]], "exact": False, "free": 0,
                "divisors": []})),
        "steps-support-modulo-the-prime": only(
            b.chain(b.full(1, 2), b.entries(2, 3, 2, [0, 0, 0, 1], [1, 0, 1, 65521], [0, 1, 1, 1], [1, 2, 0, 1])),
            b.bound("jacobian_rank", "upper", 3, "7.8", {
                "prime": 65521, "point": [[1, 2], [3, 4]], "steps": [[0, 1, 2]], "exact": False, "free": 0,
                "divisors": []})),
        "index-called-exact": change(index, ("claims/0/evidence/exact", True)),
        "index-counts-from-below": change(index, ("claims/1/side", "lower")),
        "index-refutes": change(index, ("claims/3/status", "refuted")),
    }
