"""The tangent test: known architectures, independent counts of fibres, what it must refuse, forged evidence."""

from __future__ import annotations

import copy
import itertools
import json
import random
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.criteria import jacobian_rank, linear_elimination, tangent_test

from .checked import checked
from .fibres import chain_of, generic_classes, random_columns
from .generic_zoo import blind_deconvolution, random_map, strided, toeplitz_pair
from .helpers import document, run

# phi = (T_000, T_100 + T_010, T_110, T_101): two classes in generic fibres, one reduced point in special ones.
ESCAPING = {(0, 0, 0): 0, (1, 0, 0): 1, (0, 1, 0): 1, (1, 1, 0): 2, (1, 0, 1): 3}
TOEPLITZ = {"rows": 2, "cols": 3, "diagonals": [0, -1]}
ZOO = {
    "blind 4,4;8": lambda: blind_deconvolution(4, 4, 8),
    "blind 6,6;12": lambda: blind_deconvolution(6, 6, 12),
    "blind 8,8;16": lambda: blind_deconvolution(8, 8, 16),
    "Toeplitz 4": lambda: toeplitz_pair(4),
    "Toeplitz 5": lambda: toeplitz_pair(5),
    "Toeplitz 12": lambda: toeplitz_pair(12),
    "strided 3,3": lambda: strided((3, 3), (2, 2)),
    "strided 2,3": lambda: strided((2, 3), (2, 2)),
    **{f"random 3,3,3 rank {r}": (lambda r=r: random_map((3, 3, 3), r)) for r in (8, 9, 13)},
    **{f"random 2^4 rank {r}": (lambda r=r: random_map((2, 2, 2, 2), r)) for r in (6, 7, 8, 9)},
}


def columns_of(places: dict[tuple[int, ...], int], r: int) -> dict[Any, list[int]]:
    return {i: [int(places.get(i) == q) for q in range(r)] for i in itertools.product(range(2), repeat=3)}


@pytest.mark.parametrize("name", ZOO)
def test_generic_points_are_determined(name: str) -> None:
    result = checked(ZOO[name]())
    row = result.verdict("generic", over="CC")
    assert (row.status, row.statement) == ("proved", "7.7")
    assert list(row.also_over) == ["RR", "QQ"]
    assert result.facts["fibre_count"]["RR"]["upper"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("sizes", [(20, 30, 50), (60, 60, 120)])
def test_large_blind_deconvolution(sizes: tuple[int, int, int]) -> None:
    assert checked(blind_deconvolution(*sizes)).verdict("generic", over="CC").statement == "7.7"


@pytest.mark.slow
def test_a_thousand_columns() -> None:
    assert checked(random_map((10, 10, 10), 150)).verdict("generic", over="CC").statement == "7.7"


def certified(architecture: ef.Architecture) -> dict[str, Any]:
    """A certificate of the Jacobian rank and the tangent test alone."""
    ledger, _ = run(architecture, [jacobian_rank.apply, tangent_test.apply])
    return dict(json.loads(json.dumps(document(architecture, ledger.claims))))


def generic_claims(certificate: dict[str, Any]) -> list[dict[str, Any]]:
    return [c for c in certificate["claims"] if c.get("property") == "generic"]


@pytest.mark.parametrize(("sizes", "seeds"), [((2, 2), 15), ((2, 3), 15), ((3, 3), 8), ((2, 2, 2), 15), ((3, 2, 2), 3)])
def test_what_is_certified_has_one_class(sizes: tuple[int, ...], seeds: int) -> None:
    """Sparse random operators against Groebner bases; some have several classes, and those are never certified."""
    several = single = 0
    n = 1 + sum(size - 1 for size in sizes)
    for seed in range(seeds):
        rng = random.Random(seed)
        columns = random_columns(rng, sizes, n + seed % 3, (-1, 0, 0, 1))
        architecture = chain_of(columns, sizes)
        ledger, _ = run(architecture, [jacobian_rank.apply, tangent_test.apply, linear_elimination.apply])
        proved = [c for c in ledger.claims if getattr(c, "property", "") == "generic"]
        count = generic_classes(columns, sizes, seed)
        assert not proved or count == 1, (seed, count)
        if proved:
            assert check_certificate(json.loads(json.dumps(document(architecture, ledger.claims)))).accepted
        several += count != 1
        single += bool(proved)
    assert several
    assert single


@pytest.mark.parametrize("places", [ESCAPING, {i: sum(i) for i in itertools.product(range(2), repeat=3)}])
def test_two_or_more_classes_are_refused(places: dict[tuple[int, ...], int]) -> None:
    columns = columns_of(places, 4)
    assert generic_classes(columns, (2, 2, 2)) > 1
    architecture = chain_of(columns, (2, 2, 2))
    ledger, outcomes = run(architecture, [jacobian_rank.apply, tangent_test.apply, linear_elimination.apply])
    assert all(getattr(c, "property", "") != "generic" for c in ledger.claims)
    assert "tangent test fails" in outcomes[1].why


def test_layers_are_not_merged() -> None:
    """(x * y) times z has two classes; with x and z as one layer of four free entries it would be accepted."""
    three = ef.Architecture([ef.full(2, 1), ef.full(1, 2), ef.toeplitz(**TOEPLITZ)])
    two = ef.Architecture([ef.full(2, 2), ef.toeplitz(**TOEPLITZ)])
    merged = certified(two)
    assert check_certificate(merged).accepted
    (claim,) = generic_claims(merged)
    ledger, _ = run(three, [jacobian_rank.apply, tangent_test.apply, linear_elimination.apply])
    assert all(getattr(c, "property", "") != "generic" for c in ledger.claims)
    for layer, count in itertools.product((0, 1, 2, None), (1, 2)):
        forged = certified(three)
        evidence = {**claim["evidence"], "layer": layer, "annihilators": count}
        forged["claims"].append({**claim, "id": f"c{len(forged['claims'])}", "evidence": evidence})
        report = check_certificate(forged)
        assert [c.status for c in report.claims][-1] == "rejected"


def change(certificate: dict[str, Any], **evidence: Any) -> dict[str, Any]:
    forged = copy.deepcopy(certificate)
    claim = generic_claims(forged)[0]
    claim["evidence"].update(evidence)
    return forged


BAD = [
    {"annihilators": 0},
    {"annihilators": 10**6},
    {"annihilators": -1},
    {"annihilators": True},
    {"layer": 2},
    {"layer": -1},
    {"prime": 4194301 * 4194319},
    {"prime": 1},
    {"point": [[0] * 7, [1] * 7]},
    {"point": [[1] * 7, [1] * 7]},
    {"point": {"seed": 0}},
    {"known": [[0, []]]},
    {"known": [[1, []]]},
    {"known": [[0, [[[0, 0, 1]]]]]},
    {"hint": 1},
]


@pytest.mark.parametrize("evidence", BAD)
def test_forged_evidence_is_rejected(evidence: dict[str, Any]) -> None:
    good = certified(toeplitz_pair(4))
    assert check_certificate(good).accepted
    assert not check_certificate(change(good, **evidence)).accepted


def test_another_layer_and_all_layers_are_accepted_where_they_pass() -> None:
    good = certified(toeplitz_pair(4))
    most = 16 - 13
    for layer in (0, 1, None):
        assert check_certificate(change(good, layer=layer, annihilators=most)).accepted


def test_known_layers() -> None:
    """z times a blind deconvolution: z is read off, the others pass the tangent test with z known."""
    rng = random.Random(5)
    inner = random_columns(rng, (4, 4), 8, range(-5, 6))
    columns = {}
    for k, i, j in itertools.product(range(2), range(4), range(4)):
        columns[k, i, j] = [*(x * (k == 0) for x in inner[i, j]), *(x * (k == 1) for x in inner[i, j])]
    architecture = chain_of(columns, (2, 4, 4))
    ledger, _ = run(architecture, [jacobian_rank.apply, linear_elimination.apply])
    certificate = json.loads(json.dumps(document(architecture, ledger.claims)))
    (claim,) = generic_claims(certificate)
    assert claim["statement"] == "7.7"
    assert [layer for layer, _ in claim["evidence"]["known"]] == [0]
    assert check_certificate(certificate).accepted
    layer, (relation,) = claim["evidence"]["known"][0]
    broken = [[*term[:2], term[2] + claim["evidence"]["prime"] * (t == 0)] for t, term in enumerate(relation)]
    for known in ([], [[layer, []]], [[layer, [broken]]], [[layer, [relation]]] * 2, [[1, [relation]]]):
        assert not check_certificate(change(certificate, known=known)).accepted


def test_finite_fields_have_no_generic_points() -> None:
    architecture = ef.Architecture([ef.toeplitz(4, 4)] * 2, field=ef.GF(7))
    _, outcomes = run(architecture, [tangent_test.apply])
    assert "finite field" in outcomes[0].why


def test_too_many_columns_are_said_to_be_too_many() -> None:
    architecture = ef.Architecture([ef.full(1, 2), ef.full(2, 50), ef.full(50, 60)])
    _, outcomes = run(architecture, [jacobian_rank.apply, tangent_test.apply])
    assert outcomes[1].why
