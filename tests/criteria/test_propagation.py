"""Theorem 7.8 against Groebner bases, the pointwise variants that are wrong, and architectures of every day."""

from __future__ import annotations

import copy
import itertools
import json
import random
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
import sympy

import exactfact as ef
from exactfact.certificate.claims import Bound, Verdict
from exactfact.checker import check_certificate
from exactfact.criteria import jacobian_rank, propagation
from tests.checker.fibres import Fibres

from .checked import checked
from .convolutions import strided
from .forms import Form, Index, lifting
from .helpers import document, run
from .layers import toeplitz_on, triangular


def followed(architecture: ef.Architecture) -> dict[str, Any]:
    """The accepted certificate of this criterion alone."""
    ledger, _ = run(architecture, [propagation.apply])
    good: dict[str, Any] = json.loads(json.dumps(document(architecture, ledger.claims)))
    assert check_certificate(good).accepted
    return good


def base(certificate: dict[str, Any]) -> dict[str, Any]:
    """The claim that holds the lattice."""
    return next(claim for claim in certificate["claims"] if claim["statement"] == "7.8")


def generic(certificate: dict[str, Any], modulo: str = "scaling") -> dict[str, str]:
    """The status of `generic` by field."""
    rows = [c for c in certificate["claims"] if (c.get("property"), c.get("modulo")) == ("generic", modulo)]
    assert {c["statement"] for c in rows} <= {"7.8"}
    return {c["over"]: c["status"] for c in rows}


@pytest.mark.parametrize(
    "architecture",
    [
        strided((3, 3), (1, 2), 9),
        strided((2, 3), (1, 2), 9),
        strided((3, 3), (1, 2), 9, "full"),
        strided((3, 3, 3), (1, 2, 2), 23),
        toeplitz_on((0, 1, 4), (0, 3, 5), 16),
        toeplitz_on((0, 1, 3), (0, 1, 5), 16),
    ],
)
def test_proved_over_the_complex_numbers_and_not_uniform(architecture: ef.Architecture) -> None:
    assert generic(followed(architecture)) == {"CC": "proved"}
    result = checked(architecture)
    assert result.verdict("generic", over="CC").status == "proved"
    assert result.verdict("uniform", over="QQ").status == "refuted"


@pytest.mark.parametrize("architecture", [strided((3, 2, 2), (1, 2, 2), 16), strided((2, 2), (1, 2), 8)])
def test_kernels_as_long_as_the_strides_are_uniform(architecture: ef.Architecture) -> None:
    assert checked(architecture).verdict("uniform", over="CC").statement == "4.2"


def test_triangular_factors_are_determined_up_to_a_diagonal_matrix() -> None:
    result = checked(ef.Architecture([triangular(5, True), triangular(5, False)]))
    assert base(json.loads(result.certificate.text()))["evidence"]["free"] == 4
    for prop in ("generic", "generic-finite"):
        row = result.verdict(prop, "torus", over="CC")
        assert (row.status, row.statement) == ("proved", "7.8")


@pytest.mark.parametrize("depth", [8, 11])
def test_many_layers_whose_columns_are_not_listed(depth: int) -> None:
    """3^depth columns, entries of up to 144 terms: the corner entries and what follows determine everything."""
    architecture = strided((3,) * depth, (1,) + (2,) * (depth - 1), 2 ** (depth + 1) - 1)
    ledger, _ = run(architecture, [propagation.apply])
    (row,) = [c for c in ledger.claims if isinstance(c, Verdict) and c.property == "generic"]
    assert (row.over, row.status) == ("CC", "proved")
    assert check_certificate(document(architecture, ledger.claims)).accepted


def unit_forms(*forms: dict[str, int]) -> list[Form]:
    return [{tuple(int(x) for x in index): value for index, value in form.items()} for form in forms]


def status_of(architecture: ef.Architecture, evidence: dict[str, Any], value: int) -> tuple[str, str]:
    claim = {"id": "c0", "kind": "bound", "quantity": "jacobian_rank", "side": "upper", "value": value, "over": "QQ",
             "statement": "7.8", "evidence": evidence}  # fmt: skip
    line = check_certificate({**document(architecture, []), "claims": [claim]}).claims[0]
    return line.status, line.expected


def test_supports_are_not_read_modulo_the_prime() -> None:
    """theory 7.8, wrong variant (1): phi = (T_11 + p T_22, T_12, T_21) has two classes."""
    p = 65521
    architecture = lifting(unit_forms({"00": 1, "11": p}, {"01": 1}, {"10": 1}), (2, 2))
    evidence = {"prime": p, "point": [[1, 2], [3, 4]], "steps": [[0, 1, 2]], "exact": False, "free": 0, "divisors": []}
    status, expected = status_of(architecture, evidence, 3)
    assert status == "rejected" and "full column rank 4" in expected
    assert checked(architecture).verdict("generic", over="CC").status != "proved"
    plain = lifting(unit_forms({"00": 1}, {"01": 1}, {"10": 1}), (2, 2))
    assert status_of(plain, evidence, 3)[0] == "accepted"


def test_special_points_do_not_hide_a_class() -> None:
    """theory 7.8, wrong variant (2): at h = 1 the coefficient of the class of T_21 vanishes; there are two classes."""
    architecture = lifting(unit_forms({"00": 1}, {"11": 1}, {"21": 1}, {"01": 1, "10": 1, "20": -1}), (3, 2))
    first = {"prime": 65521, "exact": False, "free": 0, "divisors": []}
    for point in ([[1, 1, 1], [1, 1]], [[2, 3, 5], [7, 11]]):
        for steps in ([[0, 1, 2], [3]], [[0, 1, 2], [0, 3]], [[0, 1, 2, 3]]):
            status, expected = status_of(architecture, {**first, "point": point, "steps": steps}, 4)
            assert status == "rejected" and "full column rank" in expected
    result = checked(architecture)
    assert result.verdict("generic", over="CC").status != "proved"
    solved = lifting(unit_forms({"00": 1}, {"11": 1}, {"21": 1}, {"01": 1}, {"10": 1, "20": -1}), (3, 2))
    good = {**first, "point": [[2, 3, 5], [7, 11]], "steps": [[0, 1, 2], [3]]}
    assert status_of(solved, good, 4)[0] == "accepted"
    vanishing = {**good, "point": [[2, 3, 3], [7, 11]], "steps": [[0, 1, 2], [4]]}
    assert "full column rank" in status_of(solved, vanishing, 4)[1]


def classes(forms: Sequence[Form], sizes: Sequence[int]) -> int | None:
    """Classes in a random fibre, by a Groebner basis; None when there are infinitely many."""
    fibres = Fibres([{i: Fraction(c) for i, c in form.items()} for form in forms], list(sizes))
    return None if fibres.group[0] else fibres.sliced[0]


def random_forms(rng: random.Random, sizes: Sequence[int]) -> list[Form]:
    """Mostly single monomials, of weight 0 modulo d for random weights of the parameters; a few forms leave them."""
    d = rng.choice((1, 2, 2, 3, 3))
    weights = [[rng.randrange(d) for _ in range(size)] for size in sizes]
    everything: list[Index] = list(itertools.product(*map(range, sizes)))
    inside = [i for i in everything if sum(w[j] for w, j in zip(weights, i, strict=True)) % d == 0]
    count = rng.randint(sum(sizes) - len(sizes), sum(sizes) + 1)
    chosen = [rng.sample(inside, min(len(inside), rng.choice((1, 1, 1, 2, 2, 3)))) for _ in range(count)]
    chosen += [rng.sample(everything, rng.choice((2, 3))) for _ in range(rng.choice((0, 0, 1)))]
    return [{i: rng.choice((1, 1, -1, 2)) for i in indices} for indices in chosen if indices]


def test_random_forms_against_groebner_bases() -> None:
    """Exact counts are the generic counts, bounds are never exceeded, and the Jacobian rank is n - f."""
    rng = random.Random(11)
    counts: list[tuple[bool, int]] = []
    torus = 0
    for _ in range(400):
        sizes = rng.choice([(2, 2), (2, 3), (2, 2, 2), (3, 3), (2, 2, 2, 2), (2, 2, 2, 2)])
        forms = random_forms(rng, sizes) or [dict.fromkeys(itertools.product(*map(range, sizes)), 1)]
        architecture = lifting(forms, sizes)
        ledger, _ = run(architecture, [jacobian_rank.apply, propagation.apply])
        held = next((c for c in ledger.claims if c.statement == "7.8"), None)
        plain = held is not None and not held.evidence["free"] and not held.evidence["divisors"]
        if held is None or plain and len(counts) > 40 or held.evidence["free"] and torus > 20:
            continue
        assert check_certificate(document(architecture, ledger.claims)).accepted
        assert isinstance(held, Bound)
        rank = ledger.bound("jacobian_rank", "lower")
        assert rank is not None and rank.value == held.value
        if held.evidence["free"]:
            torus += 1
            assert Fibres([{i: Fraction(c) for i, c in form.items()} for form in forms], list(sizes)).exact
            continue
        most = int(sympy.prod(held.evidence["divisors"]))
        truth = classes(forms, sizes)
        assert truth is not None and (truth == most if held.evidence["exact"] else truth <= most)
        counts.append((held.evidence["exact"], most))
    assert len(counts) > 40 and torus > 10
    assert {(True, 1), (True, 2), (True, 3)} <= set(counts)


def test_bounds_of_finite_index_against_groebner_bases() -> None:
    """The monomials of Z/3 and one more form: never more classes than the bound, mostly fewer."""
    rng, sizes = random.Random(5), (2, 2, 2, 2)
    known = unit_forms({"0001": 1}, {"0010": 1}, {"0100": 1}, {"1000": 1}, {"1111": 1})
    outside = [i for i in itertools.product(range(2), repeat=4) if sum(i) % 3 != 1]
    seen = set()
    for _ in range(20):
        forms = [*known, {i: rng.choice((1, -1, 2, 3)) for i in rng.sample(outside, rng.choice((1, 2, 3, 4)))}]
        ledger, _ = run(lifting(forms, sizes), [propagation.apply])
        held = next(c for c in ledger.claims if c.statement == "7.8")
        truth = classes(forms, sizes)
        assert truth is not None
        most = 3 if held.evidence["divisors"] else 1
        assert truth <= most
        seen.add((held.evidence["exact"], most, truth))
    assert {(True, 1, 1), (False, 3, 1)} <= seen


def test_a_lattice_of_finite_index_only_bounds() -> None:
    """The monomials of diagonal-circulant-diagonal, Z/4, and one cell with a term of class 1 and one of class 3."""
    known: list[Form] = [{(a, (a - c) % 4, c): 1} for a in range(4) for c in range(4)]
    architecture = lifting([*known, {(1, 0, 0): 1, (3, 0, 0): 1}], (4, 4, 4))
    good = followed(architecture)
    evidence = base(good)["evidence"]
    assert (evidence["exact"], evidence["free"], evidence["divisors"]) == (False, 0, [4])
    assert generic(good) == {}
    counts = [c for c in good["claims"] if c.get("quantity") == "fibre_count"]
    assert {(c["over"], c["side"], c["value"]) for c in counts} == {
        ("CC", "upper", 4), ("RR", "upper", 2), ("QQ", "upper", 2)
    }  # fmt: skip
    count = next(i for i, c in enumerate(good["claims"]) if c in counts and c["over"] == "CC")
    for change in ({"side": "lower"}, {"value": 3}):
        forged = copy.deepcopy(good)
        forged["claims"][count] |= change
        assert not check_certificate(forged).accepted
    forged = copy.deepcopy(good)
    claim = base(forged)
    claim["evidence"]["exact"] = True
    lines = {line.id: line for line in check_certificate(forged).claims}
    assert "all paths" in lines[claim["id"]].expected


def test_odd_index_proves_over_the_reals() -> None:
    """Index 3 without equality: still one class over RR and QQ, nothing over CC."""
    known = [{"0001": 1}, {"0010": 1}, {"0100": 1}, {"1000": 1}, {"1111": 1}]
    architecture = lifting(unit_forms(*known, {"0000": 1, "1100": 1, "0110": 1}), (2,) * 4)
    assert generic(followed(architecture)) == {"RR": "proved", "QQ": "proved"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("steps", []), ("steps", [[]]), ("steps", [[0]]), ("steps", [[99]]), ("steps", [[-1]]), ("steps", [[True]]),
     ("steps", [0]), ("prime", 65519), ("prime", 15), ("point", [[1, 1, 1], [1, 0, 1]]), ("exact", 1), ("exact", None),
     ("free", 1), ("divisors", [2]), ("extra", 0)],
)  # fmt: skip
def test_forged_evidence_is_rejected(key: str, value: object) -> None:
    good = followed(strided((3, 3), (1, 2), 9))
    claim = base(good)
    if key == "prime" and value == 65519:
        claim["evidence"]["point"] = {"seed": 0, "index": 0}
        value = 65521 * 65519
    claim["evidence"][key] = value
    lines = {line.id: line.status for line in check_certificate(good).claims}
    assert lines[claim["id"]] == "rejected"


def test_any_missing_or_repeated_step() -> None:
    good = followed(strided((3, 3), (1, 2), 9))
    at = good["claims"].index(base(good))
    steps = good["claims"][at]["evidence"]["steps"]
    assert sum(map(len, steps)) == 5
    for s, step in enumerate(steps):
        for c in range(len(step)):
            forged = copy.deepcopy(good)
            del forged["claims"][at]["evidence"]["steps"][s][c]
            assert not check_certificate(forged).accepted


def test_operators_must_be_integral_at_the_prime() -> None:
    architecture = ef.Architecture([ef.entries(2, 1, 2, [[0, 0, 0, "1/65521"], [1, 0, 1]]), ef.full(1, 2)])
    evidence = {"prime": 65521, "point": [[1, 2], [3, 4]], "steps": [[0, 1, 2]], "exact": True, "free": 0,
                "divisors": []}  # fmt: skip
    assert status_of(architecture, evidence, 3)[0] == "rejected"
    assert status_of(architecture, {**evidence, "prime": 65519}, 3)[0] == "accepted"
