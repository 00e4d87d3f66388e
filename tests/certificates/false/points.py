"""Faults of the evidence about one point (theory 7.5)."""
from tests.certificates.changes import change, only, spec_change
from tests.certificates.true import points
from tests.checker import build as b
from tests.checker.build import COMPOSITE, Json, P

FAR = (1 << 53) - 1  # the most columns of a layer; cells of its later rows are written as strings


def identities() -> dict[str, Json]:
    """Identities that do not hold, or do not suffice."""
    double = points.double_root
    # phi = (h_0, h_0), the second at a cell beyond 2^53, whose number is a string; h_1 is free.
    wide = 1 << 40
    far = only(
        b.chain(b.entries(wide, wide, 2, [0, 0, 0, 1], [wide - 1, 5, 0, 1]), point=[[1, 0]]),
        b.verdict("at-point", "scaling", "proved", "CC", "7.5", {"steps": [{
            "layer": 0, "pivot": 0, "cell": 0, "exponent": 1, "degree": 1,
            "cofactors": [[1, [[hex((wide - 1) * wide + 5), [1], 1]]]]}]}))
    return {
        "identities-value-at-a-far-cell": far,
        "identities-exponent": change(double, ("claims/0/evidence/steps/0/exponent", 1)),
        "identities-coefficient": change(double, (
            "claims/0/evidence/steps/0/cofactors/0/1/1/2", -2)),
        "identities-layer-missing": change(double, drop="claims/0/evidence/steps/1"),
        "identities-layer-known-too-early": change(double, (
            "claims/0/evidence/steps", double()["claims"][0]["evidence"]["steps"][::-1])),
        "identities-of-another-point": spec_change(double, ("spec/point/h/1", [1, 2])),
        "identities-zero-product": only(
            b.chain(b.basis([[1, 0]]), b.basis([[0], [1]]), point=[[1], [1]]),
            b.verdict("at-point", "scaling", "proved", "CC", "7.5", {"steps": []})),
        "identities-far-cell": only(  # both entries are g_0; their difference vanishes, each alone does not
            b.chain(b.entries(3, FAR, 2, [0, 0, 0, 1], [2, 0, 0, 1]), point=[[1, 1]]),
            b.verdict("at-point", "scaling", "proved", "CC", "7.5", {"steps": [{
                "layer": 0, "pivot": 0, "cell": 0, "exponent": 1, "degree": 1,
                "cofactors": [[1, [[b.number(2 * FAR), [1], 1], [b.number(2 * FAR), [0], -1]]]]}]})),
        "identities-zero-layer": spec_change(double, ("spec/point/h/1", [0, 0])),
    }


def algebraic_points() -> dict[str, Json]:
    """Families of competitors, and what is said of their roots."""
    two, minus = points.square_root_of_two, points.square_root_of_minus_one
    family = "claims/0/evidence/families/0"
    both = two()["claims"][0]["evidence"]["families"] * 2
    own = {"polynomial": [-1, 1], "numerators": [[[-2], [], [1]], [[-1], [1]]], "scales": [1, 1]}
    vanishing = {"prime": P, "pivots": [0, 0], "weights": [[0, 1], [0, 0]], "families": [
        {"polynomial": [-2, 0, 1], "numerators": [[[0, 2], [4]], [[0, 2], [-2]]], "scales": [1, 1]}]}
    pairs = points.two_pairs_of_roots
    first = pairs()["claims"][0]["evidence"]["families"][:1]
    return {
        "family-numerator-wrong": change(two, (f"{family}/numerators/0/1", [4, -1])),
        "family-pivot-is-not-the-derivative": change(two, (f"{family}/numerators/1", [[-2], [0, 1]])),
        "family-scale-zero": change(two, (f"{family}/scales/0", 0)),
        "family-polynomial-constant": change(two, (f"{family}/polynomial", [1])),
        "family-polynomial-not-primitive": change(two, (f"{family}/polynomial", [-4, 0, 2])),
        "family-of-the-point-itself": change(two, ("claims/0/evidence/families", [own])),
        "family-weights-of-another-number": change(two, ("claims/0/evidence/weights/1/0", 1)),
        "family-of-another-point": spec_change(two, ("spec/point/h/0/1", 1)),
        "family-at-a-zero-layer": spec_change(two, ("spec/point/h/1", [0, 0])),
        "family-product-zero": only(b.chain(b.full(1, 2), b.full(2, 1), point=[[1, 1], [1, -1]]), b.verdict(
            "at-point", "scaling", "refuted", "CC", "7.5r", vanishing)),
        "family-without-real-root": change(minus, ("claims/0/over", "RR")),
        "families-none": change(minus, ("claims/1/evidence/families", [])),
        "families-refute-with-two": change(pairs, ("claims/1/evidence/families", pairs()[
            "claims"][0]["evidence"]["families"])),
        "families-twice-the-same": change(two, ("claims/1/evidence/families", both), (
            "claims/1/evidence/rootless", [3, 3]), ("claims/1/evidence/degree", 5)),
        "families-prove-with-a-real-root": only(two()["spec"], b.verdict(
            "at-point", "scaling", "proved", "RR", "7.5r", {**two()["claims"][0]["evidence"], "degree": 3})),
        "families-prove-over-the-complex-numbers": change(minus, ("claims/1/over", "CC")),
        "families-degree-too-small": change(minus, ("claims/1/evidence/degree", 0)),
        "families-prime-composite": change(minus, ("claims/1/evidence/prime", COMPOSITE)),
        "families-prime-with-a-root": change(two, ("claims/1/evidence/rootless", [7])),
        "families-prime-of-the-discriminant": change(two, ("claims/1/evidence/rootless", [2])),
        "families-too-few": change(pairs, ("claims/0/evidence/families", first)),
        "families-modulo-the-torus": change(minus, ("claims/1/modulo", "torus")),
    }
