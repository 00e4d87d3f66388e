"""Points of chains of convolutions: splittings of labelled roots and factors listed by hand, sympy, forgeries."""

from __future__ import annotations

import functools
import itertools
import json
import math
import random
from fractions import Fraction
from typing import Any

import pytest
import sympy

import exactfact as ef
from exactfact.algebra.irreducibility import one_variable, several_variables
from exactfact.checker import check_certificate
from exactfact.checker.claims import Context
from exactfact.checker.errors import Meter, Rejected
from exactfact.checker.rules.irreducible import irreducible_over
from exactfact.checker.rules.polynomials import divides, irreducible_mod, sturm
from exactfact.lifting import factor_splittings

from .checked import checked
from .convolutions import full_layers, intervals, network

FIELDS = ("QQ", "RR", "CC")
X = sympy.Symbol("x")

# ------------------------------------------------------------------------------------------------ labelled factors

def everywhere(label: str) -> dict[str, list[tuple[str, int]]]:
    return {field: [(label, 1)] for field in FIELDS}


# name: coefficients (constant first) of a form, and its parts over QQ, RR, CC as (label, degree)
FACTORS: dict[str, tuple[list[int], dict[str, list[tuple[str, int]]]]] = {
    "zero": ([0, 1], everywhere("0")),
    "infinity": ([1, 0], everywhere("oo")),
    "one": ([-1, 1], everywhere("1")),
    "half": ([1, -2], everywhere("1/2")),
    "i": ([1, 0, 1], {"QQ": [("i", 2)], "RR": [("i", 2)], "CC": [("i", 1), ("-i", 1)]}),
    "omega": ([1, 1, 1], {"QQ": [("w", 2)], "RR": [("w", 2)], "CC": [("w", 1), ("w2", 1)]}),
    "sqrt2": ([-2, 0, 1], {"QQ": [("s", 2)], "RR": [("s", 1), ("-s", 1)], "CC": [("s", 1), ("-s", 1)]}),
    "cbrt2": ([-2, 0, 0, 1], {"QQ": [("c", 3)], "RR": [("c", 1), ("cw", 2)], "CC": [("c", 1), ("cw", 1), ("cw2", 1)]}),
    "eighth": ([1, 0, 0, 0, 1], {"QQ": [("z", 4)], "RR": [("z", 2), ("z3", 2)],
                                 "CC": [("z", 1), ("z3", 1), ("z5", 1), ("z7", 1)]}),
}  # fmt: skip


def multiply(f: list[int], g: list[int]) -> list[int]:
    out = [0] * (len(f) + len(g) - 1)
    for i, a in enumerate(f):
        for j, b in enumerate(g):
            out[i + j] += a * b
    return out


def layer(names: tuple[str, ...]) -> list[int]:
    return functools.reduce(multiply, (FACTORS[name][0] for name in names), [1])


def number_of_splittings(layers: list[tuple[str, ...]], field: str) -> int:
    """Ways to give the labelled parts of all layers to layers of the same degrees, equal labels not told apart."""
    parts = [part for names in layers for name in names for part in FACTORS[name][1][field]]
    degrees = [sum(len(FACTORS[name][0]) - 1 for name in names) for names in layers]
    found = {(tuple(degrees), ())}
    for label in sorted(set(parts)):
        count, weight = parts.count(label), label[1]
        grown = set()
        for rooms, history in found:
            for share in itertools.product(range(count + 1), repeat=len(rooms)):
                left = tuple(room - weight * n for room, n in zip(rooms, share, strict=True))
                if sum(share) == count and min(left) >= 0:
                    grown.add((left, (*history, share)))
        found = grown
    return len(found)


CASES = [
    [("one",), ("one",)], [("one",), ("half",)], [("i",), ("i",)], [("one",), ("i",)], [("zero", "zero"), ("zero",)],
    [("sqrt2",), ("sqrt2",)], [("sqrt2",), ("one",)], [("i", "one"), ("i", "one")], [("cbrt2",), ("one",)],
    [("cbrt2",), ("i",)], [("eighth",), ("i",)], [("eighth",), ("eighth",)], [("i", "omega"), ("one",)],
    [("one", "one"), ("i",)], [("one", "infinity"), ("omega",)],
    [("infinity",), ("infinity",), ("infinity", "infinity")],
    [("zero",), ("infinity",)], [("eighth",), ("one",)], [("cbrt2",), ("eighth",)], [("i",), ("i", "i")],
    [("one",), ("one", "i")], [("one",), ("one", "one", "i")],
]  # fmt: skip


@pytest.mark.parametrize("layers", CASES, ids=str)
@pytest.mark.parametrize("make", [full_layers, intervals])
def test_verdicts_over_three_fields_against_listed_splittings(make: Any, layers: list[tuple[str, ...]]) -> None:
    assert differences(make, layers) == []


def differences(make: Any, layers: list[tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """The verdicts (field, group, status) that the number of splittings contradicts."""
    point = [layer(names) for names in layers]
    result = checked(make(*map(len, point), point=point))
    wrong = []
    groups = ("scaling", "path-scaling") if make is intervals else ("scaling",)
    for field, group in itertools.product(FIELDS, groups):
        status = result.verdict("at-point", group, field).status
        if status != ("proved" if number_of_splittings(layers, field) == 1 else "refuted"):
            wrong.append((field, group, status))
    return wrong


@pytest.mark.parametrize("seed", [pytest.param(n, marks=[pytest.mark.slow] * (n >= 25)) for n in range(100)])
def test_random_products_of_labelled_factors(seed: int) -> None:
    rng = random.Random(seed)
    names = rng.sample(sorted(FACTORS), rng.choice([1, 2, 3]))
    layers = [tuple(rng.choices(names, k=rng.choice([1, 1, 2]))) for _ in range(rng.choice([2, 2, 3]))]
    assert differences(rng.choice([full_layers, intervals]), layers) == []


@pytest.mark.parametrize("seed", range(12))
def test_translated_reversed_and_rescaled_points(seed: int) -> None:
    rng = random.Random(seed)
    sizes = [rng.choice([2, 3]) for _ in range(2)]
    point = [[rng.choice([-2, -1, 0, 1, 2]) for _ in range(n - 1)] + [rng.choice([1, 3])] for n in sizes]

    def verdicts(rows: Any, h: Any, **options: Any) -> Any:
        result = checked(network(*rows, point=h, **options))
        return [(r.modulo, r.over, r.status) for r in result.verdicts if r.property == "at-point"]

    base = verdicts(list(map(range, sizes)), point)
    assert verdicts([range(5 + k, 5 + k + n) for k, n in enumerate(sizes)], point) == base
    assert verdicts(list(map(range, sizes)), [vector[::-1] for vector in point]) == base
    assert verdicts([range(0, -3 * n, -3) for n in sizes], point) == base
    scaled = [[str(Fraction(x) * f) for x in vector] for vector, f in zip(point, (Fraction(3, 7), -5), strict=True)]
    assert verdicts(list(map(range, sizes)), scaled) == base
    assert verdicts(list(map(range, sizes)), point, group=[9]) == base


# ----------------------------------------------------------------------------------------------- gaps, and planes


def image(rows: Any, h: Any) -> dict[tuple[int, ...], int]:
    poly: dict[tuple[int, ...], int] = {(0,) * len(rows[0][0]): 1}
    for row, vector in zip(rows, h, strict=True):
        after: dict[tuple[int, ...], int] = {}
        for at, c in poly.items():
            for s, x in zip(row, vector, strict=True):
                to = tuple(map(sum, zip(at, s, strict=True)))
                after[to] = after.get(to, 0) + c * x
        poly = after
    return {at: c for at, c in poly.items() if c}


def parallel(f: Any, g: Any) -> bool:
    return all(a * d == b * c for (a, c), (b, d) in itertools.combinations(list(zip(f, g, strict=True)), 2))


def rival_in_a_box(rows: Any, h: Any, values: range) -> bool:
    """A point with small entries whose product is a multiple of that of h, not equivalent to h."""
    wanted = image(rows, h)
    boxes = [[v for v in itertools.product(values, repeat=len(row)) if any(v)] for row in rows]
    for g in itertools.product(*boxes):
        found = image(rows, g)
        first = min(wanted)
        same = found.keys() == wanted.keys() and all(
            found[at] * wanted[first] == wanted[at] * found[first] for at in wanted
        )
        if same and not all(parallel(x, y) for x, y in zip(h, g, strict=True)):
            return True
    return False


ROWS = [
    [[(0,), (1,), (3,)], [(0,), (1,)]], [[(0,), (2,)], [(0,), (1,), (2,)]], [[(0,), (2,), (3,)], [(0,), (2,)]],
    [[(0, 0), (1, 0), (0, 1)], [(0, 0), (1, 0), (0, 1)]], [[(0, 0), (1, 0), (0, 1)], [(0, 0), (1, 0)]],
    [[(0, 0), (1, 1)], [(0, 0), (1, 0), (0, 1), (1, 1)]],
]  # fmt: skip


@pytest.mark.parametrize("rows", ROWS, ids=str)
def test_points_with_gaps_and_in_planes_against_small_rivals(rows: Any) -> None:
    rng = random.Random(str(rows))
    seen = set()
    for _ in range(6):
        h = [[rng.choice([-1, 0, 1, 1, 2]) for _ in row[1:]] + [1] for row in rows]
        result = checked(network(*rows, group=[0] * len(rows[0][0]), point=h))
        status = {field: result.verdict("at-point", "scaling", field).status for field in FIELDS}
        seen.add(status["QQ"])
        assert status["QQ"] != "undecided"
        if rival_in_a_box(rows, h, range(-1, 3)):
            assert set(status.values()) == {"refuted"}
    assert seen <= {"proved", "refuted"}


def test_factors_that_do_not_fit_the_kernel() -> None:
    """(x - 1)(x^2 + x + 1) could be regrouped in degree, but the kernels have gaps."""
    result = checked(network([0, 3], [0, 1], point=[[-1, 1], [2, 1]]))
    assert result.verdict("at-point", "scaling", "QQ").status == "proved"
    rows = [[(0,), (1,), (4,)], [(0,), (1,)]]
    result = checked(network([0, 1, 4], [0, 1], point=[[1, 2, 3], [1, 1]]))
    assert result.verdict("at-point", "scaling", "QQ").status == "proved"
    assert not rival_in_a_box(rows, [[1, 2, 3], [1, 1]], range(-3, 4))


def test_an_image_kernel_and_a_circle() -> None:
    square = list(itertools.product(range(3), repeat=2))
    rng = random.Random(5)
    for group in ([0, 0], [16, 16]):
        point = [[rng.randint(1, 9) for _ in row] for row in (square, square[:2])]
        result = checked(network(square, square[:2], group=group, point=point))
        row = result.verdict("at-point", "scaling")
        assert (row.status, row.over, row.statement) == ("proved", "CC", "10.5p")


def test_a_point_with_a_zero_layer() -> None:
    """The product is 0, and then some layer is 0: one class modulo path-scaling; modulo scaling nothing is asked."""
    result = checked(intervals(2, 3, point=[[0, 0], [1, 2, 3]]))
    row = result.verdict("at-point", "path-scaling")
    assert (row.status, row.over, row.statement) == ("proved", "CC", "10.5a")
    assert result.verdict("at-point", "scaling").status == "undecided"
    assert "zero layer" in result.verdict("at-point", "scaling").reason


def test_many_factors_are_exchanged_without_listing_all_parts() -> None:
    """Fourteen different roots in one layer, one in the other."""
    f = [1]
    for n in range(2, 16):
        f = multiply(f, [-n, 1])
    result = checked(intervals(15, 2, point=[f, [1, 1]]))
    assert result.verdict("at-point", "scaling", "QQ").statement == "8.1"
    assert result.seconds < 5


def test_what_is_too_large_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factor_splittings, "PART_LIMIT", 1)
    result = checked(intervals(2, 4, point=[[1, 1], [1, 0, 0, 2]]))
    row = result.verdict("at-point", "scaling", "QQ")
    assert row.status == "undecided"
    assert "ways to split the factors" in row.reason
    assert result.verdict("at-point", "scaling", "RR").status == "refuted"


# ------------------------------------------------------------------------------------- the pieces, against sympy


@pytest.mark.parametrize("seed", range(40))
def test_sturm_and_irreducibility_mod_p_against_sympy(seed: int) -> None:
    rng = random.Random(seed)
    f = [rng.randint(-4, 4) for _ in range(rng.randint(1, 7))] + [rng.choice([1, 2, -3])]
    if rng.random() < 0.4:
        f = multiply(f, multiply([rng.randint(1, 3), 1], [rng.randint(1, 3), 1]))
    poly = sympy.Poly(f[::-1], X)
    count, common = sturm(f, Meter())
    assert count == len(set(sympy.real_roots(poly)))
    assert len(common) - 1 == sympy.gcd(poly, poly.diff()).degree()
    for p in (2, 3, 5, 101):
        if f[-1] % p and len(f) > 1:
            expected = sympy.Poly(f[::-1], X, modulus=p).is_irreducible
            assert irreducible_mod([c % p for c in f], p, Meter()) == expected
    g = [rng.randint(-2, 2), rng.choice([1, 2])]
    content = math.gcd(*g)
    g = [c // content for c in g]
    assert divides(g, f, Meter()) == (sympy.rem(poly, sympy.Poly(g[::-1], X)).is_zero)


def context() -> Context:
    return Context(None, 0, Meter())  # type: ignore[arg-type]


def proof_of(found: Any) -> Any:
    return json.loads(json.dumps(vars(found))) if found is not None else None


@pytest.mark.parametrize("seed", range(40))
def test_only_irreducible_polynomials_are_accepted(seed: int) -> None:
    """The producer's evidence for true ones; for products, evidence made in the same way is refused."""
    rng = random.Random(seed)
    f = [rng.choice([-3, -1, 1, 2, 5])] + [rng.randint(-5, 5) for _ in range(rng.randint(2, 6))] + [rng.choice([1, 2])]
    if seed % 3 == 0:
        f = multiply(f, [1, rng.randint(-3, 3), 1])
    elif seed % 7 == 1:
        f = [1, 0, -10, 0, 1] if seed % 2 else [1, 0, 0, 0, 1]
    content = math.gcd(*f)
    f = [c // content for c in f]
    factors = sympy.factor_list(sympy.Poly(f[::-1], X))[1]
    irreducible = len(factors) == 1 and factors[0][1] == 1
    terms = {(n,): c for n, c in enumerate(f) if c}
    found = one_variable(f)
    accepted = False
    if found is not None:
        try:
            accepted = irreducible_over(terms, proof_of(found), context()) in FIELDS
        except Rejected:
            accepted = False
    assert not accepted or irreducible
    if irreducible:
        assert accepted


PLANE = {(0, 0): 1, (1, 0): 2, (0, 1): 3, (2, 0): 1, (0, 2): 5, (1, 1): 4, (2, 2): 7}


def plane_product(f: dict[Any, int], g: dict[Any, int]) -> dict[Any, int]:
    out: dict[Any, int] = {}
    for a, x in f.items():
        for b, y in g.items():
            at = tuple(map(sum, zip(a, b, strict=True)))
            out[at] = out.get(at, 0) + x * y
    return {at: c for at, c in out.items() if c}


def test_plane_curves_that_are_irreducible_over_the_complex_numbers() -> None:
    lines = several_variables(PLANE, 0)
    assert lines is not None and irreducible_over(PLANE, proof_of(lines), context()) == "CC"
    space = {(0, 0, 0): 1, (1, 0, 0): 1, (0, 1, 1): 2, (0, 0, 2): 3}
    lines = several_variables(space, 0)
    assert lines is not None and irreducible_over(space, proof_of(lines), context()) == "CC"


def test_a_norm_is_irreducible_over_the_rationals_only() -> None:
    """(1 + x + y)^2 - 2 (1 - x + 3 y)^2: no simple zero proves more, wherever the lines and primes are."""
    a, b = {(0, 0): 1, (1, 0): 1, (0, 1): 1}, {(0, 0): 1, (1, 0): -1, (0, 1): 3}
    norm = plane_product(a, a)
    for at, c in plane_product(b, b).items():
        norm[at] = norm.get(at, 0) - 2 * c
    norm = {at: c for at, c in norm.items() if c}
    lines = several_variables(norm, 0)
    assert lines is not None and lines.point is None
    proof = proof_of(lines)
    assert irreducible_over(norm, proof, context()) == "QQ"
    p = lines.prime
    for x, y in itertools.product(range(1, p, 3), range(1, p)):
        value = sum(c * pow(x, i, p) * pow(y, j, p) for (i, j), c in norm.items()) % p
        if value == 0:
            with pytest.raises(Rejected):
                irreducible_over(norm, {**proof, "point": [x, y]}, context())


@pytest.mark.parametrize("other", [{(0, 0): 1, (1, 0): 1}, {(0, 0): 1, (1, 0): 2, (0, 1): 1}, {(0, 0): 2, (0, 1): 1}])
def test_products_in_the_plane_are_refused(other: dict[Any, int]) -> None:
    f = plane_product(PLANE, other)
    assert several_variables(f, 0) is None
    for p, axis in itertools.product((101, 103, 107, 109), (0, 1)):
        for x in range(1, 20):
            proof = {"prime": p, "axis": axis, "values": [x, x + 1], "point": None}
            with pytest.raises(Rejected):
                irreducible_over(f, proof, context())


# ----------------------------------------------------------------------------------------------------- forgeries


def document(arch: ef.Architecture) -> dict[str, Any]:
    return dict(json.loads(checked(arch).certificate.text()))


def rejected(good: dict[str, Any], claim: dict[str, Any], **changes: Any) -> bool:
    forged = json.loads(json.dumps(good))
    forged["claims"][int(claim["id"][1:])].update(changes)
    report = check_certificate(forged)
    return next(line for line in report.claims if line.id == claim["id"]).status == "rejected"


def changed(evidence: dict[str, Any], *path: Any, value: Any) -> dict[str, Any]:
    copy = json.loads(json.dumps(evidence))
    at = copy
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return dict(copy)


def test_forged_factors_are_rejected() -> None:
    good = document(full_layers(2, 4, point=[[1, 1], [1, 0, 0, 2]]))
    claim = next(c for c in good["claims"] if c["statement"] == "10.5p")
    evidence = claim["evidence"]
    cubic = next(i for i, f in enumerate(evidence["factors"]) if len(f) == 2 and f[1][0] == [3])
    line = 1 - cubic
    for over in ("RR", "CC"):
        assert rejected(good, claim, over=over), "the cubic splits there"
    p = evidence["proofs"][cubic]["prime"]
    for wrong in (
        changed(evidence, "proofs", cubic, value=None),
        changed(evidence, "proofs", cubic, "prime", value=p + 2),
        changed(evidence, "proofs", cubic, "prime", value=p * 103),
        changed(evidence, "proofs", cubic, "factors", value=[]),
        changed(evidence, "proofs", cubic, "factors", 0, 0, value=evidence["proofs"][cubic]["factors"][0][0] + 1),
        changed(evidence, "factors", line, 0, 1, value=2),
        changed(evidence, "factors", line, 0, 0, value=[1]),
        changed(evidence, "factors", line, value=[]),
        changed(evidence, "factors", line, value=[[[0], 1], [[1], 1], [[1], 1]]),
        changed(evidence, "exponents", line, value=evidence["exponents"][cubic]),
        changed(evidence, "exponents", line, value=[2, 0]),
        changed(evidence, "exponents", line, value=[1, -1]),
        changed(evidence, "exponents", value=[]),
        changed(evidence, "fibre_count", value="c0"),
        {**evidence, "more": 1},
    ):  # fmt: skip
        assert rejected(good, claim, evidence=wrong), wrong
    assert rejected(good, claim, status="refuted")


def test_a_reducible_factor_hides_no_second_splitting() -> None:
    """(1 + x)(2 + x) as one factor of a quadratic layer beside 3 + x: refused by every prime."""
    arch = full_layers(3, 2, point=[[2, 3, 1], [3, 1]])
    good = document(arch)
    carrier = next(c for c in good["claims"] if "shifts" in c["evidence"])
    for p in (5, 7, 101, 10**6 + 3):
        factors = [[2, 3 % p, 1]] if p == 5 else [[1, 1], [2, 1]]
        evidence = {
            "fibre_count": carrier["id"],
            "factors": [[[[0], 2], [[1], 3], [[2], 1]], [[[0], 3], [[1], 1]]],
            "exponents": [[1, 0], [0, 1]],
            "proofs": [{"prime": p, "factors": factors}, None],
        }
        name = f"c{len(good['claims'])}"
        claim = {"id": name, "kind": "verdict", "property": "at-point", "modulo": "scaling", "model": "full",
                 "over": "QQ", "status": "proved", "statement": "10.5p", "evidence": evidence}  # fmt: skip
        report = check_certificate({**good, "claims": [*good["claims"], claim]})
        assert report.claims[-1].status == "rejected", p


def test_forged_root_counts_are_rejected() -> None:
    good = document(intervals(3, 3, point=[[1, 0, 1], [1, 0, 1]]))
    proved = next(c for c in good["claims"] if c["statement"] == "10.5r" and c["status"] == "proved")
    refuted = next(c for c in good["claims"] if c["statement"] == "10.5r" and c["status"] == "refuted")
    assert (proved["over"], refuted["over"]) == ("RR", "CC")
    assert rejected(good, proved, over="CC")
    assert rejected(good, proved, over="QQ")
    assert rejected(good, proved, status="refuted")
    assert rejected(good, refuted, over="RR")
    assert rejected(good, refuted, status="proved")
    assert rejected(good, refuted, evidence={"fibre_count": "c0"})
    assert rejected(good, refuted, evidence={"fibre_count": refuted["evidence"]["fibre_count"], "roots": 2})
    assert rejected(good, proved, model="spec")


def test_gaps_and_planes_have_no_roots_to_count() -> None:
    """A refutation by roots needs kernels without gaps, and kernels on parallel lines."""
    source = document(intervals(3, 3, point=[[1, 0, 1], [1, 0, 1]]))
    claim = next(c for c in source["claims"] if c["statement"] == "10.5r" and c["status"] == "refuted")
    plane = network([(0, 0), (1, 0)], [(0, 0), (0, 1), (1, 1)], group=[0, 0], point=[[1, 2], [1, 1, 1]])
    for arch in (network([0, 1, 3], [0, 1], point=[[1, 1, 1], [1, 1]]), plane):
        good = document(arch)
        carrier = next((c for c in good["claims"] if "shifts" in c["evidence"]), None)
        assert carrier is not None
        new = {**claim, "id": f"c{len(good['claims'])}", "evidence": {"fibre_count": carrier["id"]}}
        report = check_certificate({**good, "claims": [*good["claims"], new]})
        assert report.claims[-1].status == "rejected"


def test_a_zero_layer_is_not_claimed_where_there_is_none() -> None:
    good = document(intervals(2, 3, point=[[0, 0], [1, 2, 3]]))
    claim = next(c for c in good["claims"] if c["statement"] == "10.5a" and c["property"] == "at-point")
    assert rejected(good, claim, modulo="scaling")
    other = document(intervals(2, 3, point=[[0, 1], [1, 2, 3]]))
    carrier = next(c for c in other["claims"] if "shifts" in c["evidence"])
    new = {**claim, "id": f"c{len(other['claims'])}", "evidence": {"fibre_count": carrier["id"]}}
    assert check_certificate({**other, "claims": [*other["claims"], new]}).claims[-1].status == "rejected"


def test_the_same_seed_gives_the_same_bytes() -> None:
    square = list(itertools.product(range(2), repeat=2))
    arch = network(square, [(0, 0), (2, 0), (0, 2)], group=[0, 0], point=[[1, 2, 3, 5], [1, 4, 7]])
    assert checked(arch, seed=3).certificate.text() == checked(arch, seed=3).certificate.text()
