"""Faults of the evidence about generic points (theory 7.1 to 7.4, 7.7)."""
from tests.certificates.changes import change, only, spec_change
from tests.certificates.true import generic
from tests.checker import build as b
from tests.checker.build import COMPOSITE, Json, P


def relations() -> dict[str, Json]:
    """Relations between the cells."""
    one, field = generic.rank_one_matrices, generic.point_over_a_finite_field
    return {
        "relation-only-mod-p": change(one, ("claims/0/evidence/relations/0/0/1/2", P - 1)),
        "relation-of-another-layer": change(one, ("claims/1/evidence/relations/1/0/1/0", 2)),
        "relations-too-few": change(one, ("claims/0/evidence/relations/1", [])),
        "relations-vanish-at-the-point": change(one, ("claims/0/evidence/relations/1", [[[0, 1, 0], [1, 0, 0]]])),
        "relation-place-twice": change(one, ("claims/0/evidence/relations/0/0/1", [0, 1, 1])),
        "relation-cell-out-of-range": change(one, ("claims/0/evidence/relations/0/0/0/0", 4)),
        "relation-not-a-residue": change(field, ("claims/0/evidence/relations/0/0/1/2", -1)),
        "relations-of-too-few-layers": change(one, drop="claims/0/evidence/relations/1"),
        "relations-at-a-zero-layer": change(one, ("claims/0/evidence/point", [[0, 0], [3, 5]])),
        "relations-h-with-a-zero-layer": spec_change(one, ("spec/point/h/1", [0, 0])),
        "relations-prime-of-another-field": change(field, ("claims/0/evidence/prime", 7)),
        "relations-product-zero": only(
            b.chain(b.diagonal(2), b.full(2, 1)),
            b.verdict("generic", "scaling", "proved", "CC", "7.2", {
                "prime": P, "point": [[1, 0], [0, 1]], "relations": [[], []]})),
    }


def tangents() -> dict[str, Json]:
    """Annihilators of tangent spaces."""
    one = generic.rank_one_matrices
    three = b.chain(b.full(2, 1), b.full(1, 2), b.layer("toeplitz", rows=2, cols=3, diagonals=[0, -1]))
    point = [[1, 2], [1, 3], [1, 5]]
    tangent = {"prime": P, "point": point, "annihilators": 2, "layer": 2}
    return {
        "tangent-too-few-annihilators": change(one, ("claims/2/evidence/annihilators", 0)),
        "tangent-too-many-annihilators": change(one, ("claims/2/evidence/annihilators", 2)),
        "tangent-point-with-a-zero-layer": change(one, ("claims/2/evidence/point", [[1, 2], [0, 0]])),
        "tangent-layer-out-of-range": change(one, ("claims/2/evidence/layer", 2)),
        "tangent-prime-composite": change(one, ("claims/2/evidence/prime", COMPOSITE)),
        "tangent-known-layer-itself": change(one, ("claims/4/evidence/layer", 0)),
        "tangent-known-without-relations": change(one, ("claims/4/evidence/known", [[0, []]])),
        "tangent-jacobian-deficient": only(
            b.chain(b.full(2, 2), b.full(2, 2)),
            b.verdict("generic", "scaling", "proved", "CC", "7.7", {
                "prime": P, "point": {"seed": 0, "index": 0}, "annihilators": 0, "layer": 0})),
        "tangent-merged-layers": only(three, b.verdict("generic", "scaling", "proved", "CC", "7.7", tangent)),
        "tangent-merged-layers-all-at-once": only(
            three, b.verdict("generic", "scaling", "proved", "CC", "7.7", {**tangent, "layer": None})),
        "tangent-over-the-rationals": change(one, ("claims/2/over", "QQ")),
    }


def lengths() -> dict[str, Json]:
    """Lengths of the fibre through one point."""
    one, two = generic.rank_one_matrices, generic.two_linear_factors
    vanishing = {"prime": P, "point": [[1, 0], [0, 1]], "degree": 1}
    return {
        "length-product-zero": only(
            b.chain(b.diagonal(2), b.full(2, 1)), b.verdict("generic", "scaling", "proved", "CC", "7.3", vanishing)),
        "length-degree-zero": change(one, ("claims/5/evidence/degree", 0)),
        "length-two-classes": only(two()["spec"], b.verdict("generic", "scaling", "proved", "CC", "7.3", {
            "prime": P, "point": [[1, 2], [1, 3]], "degree": 2})),
        "length-above-the-degree": change(two, ("claims/4/evidence/degree", 1)),
        "length-bound-too-small": change(two, ("claims/4/value", 1)),
        "length-bound-over-the-reals": change(two, ("claims/4/over", "RR")),
        "length-relation-false": change(one, ("claims/8/evidence/relations/0/0/1/2", 1)),
        "length-relations-at-a-point": change(one, ("claims/6/evidence/relations", [[], []])),
    }


def branches() -> dict[str, Json]:
    """Second points of the fibre."""
    one, two = generic.rank_one_matrices, generic.two_linear_factors
    return {
        "branches-equivalent": change(two, ("claims/5/evidence/g", [[2, 4], ["1/2", "1/6"]])),
        "branches-other-product": change(two, ("claims/5/evidence/g", [[1, 2], [1, 2]])),
        "branches-not-regular": change(two, ("claims/5/evidence/h", [[1, 1], [1, 1]])),
        "branches-both-singular": only(
            b.chain(b.full(1, 2), b.basis([[1, 0, 0], [0, 1, 0]], [[0, 1, 0], [0, 0, 0]])),
            b.bound("rank", "upper", 3, "2.4", {"bound": "ambient"}),
            b.verdict("generic", "scaling", "refuted", "CC", "7.1b", {
                "h": [[0, 1], [0, 1]], "g": [[0, 1], [0, 2]], "rank": "c0", "prime": P})),
        "branches-rank-above": only(
            one()["spec"], b.bound("rank", "upper", 4, "2.4", {"bound": "ambient"}),
            b.verdict("generic", "scaling", "refuted", "CC", "7.1b", {
                "h": [[1, 2], [1, 3]], "g": [[1, 3], [1, 2]], "rank": "c0", "prime": P})),
        "branches-over-the-reals": change(two, ("claims/5/over", "RR")),
        "branches-prime-divides-a-denominator": change(two, ("claims/5/evidence/prime", 3)),
        "branches-count-too-large": change(two, ("claims/6/value", 3)),
    }


def degrees() -> dict[str, Json]:
    """Numbers of classes by the degree."""
    two = generic.two_linear_factors
    return {
        "degree-count-too-large": change(two, ("claims/1/value", 3)),
        "degree-count-too-small": change(two, ("claims/2/value", 1)),
        "degree-forms-too-few": change(two, ("claims/1/evidence/degree", 1)),
        "degree-rank-not-bounded": change(two, ("claims/0/value", 4)),
        "degree-refutes-over-the-reals": change(two, ("claims/3/over", "RR")),
        "degree-count-of-another-statement": change(two, ("claims/3/evidence/fibre_count", "c0")),
        "degree-one-layer": only(
            b.chain(b.full(2, 1)), b.bound("rank", "upper", 2, "2.4", {"bound": "lifted"}),
            b.bound("fibre_count", "lower", 1, "7.4", {"rank": "c0", "prime": P, "degree": 1}, "CC")),
    }
