"""Fibres counted modulo a prime: exact degrees, one reduced point, bounds; the traps; independent Groebner bases."""

from __future__ import annotations

import copy
import itertools
import json
import math
import random
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.criteria import fibre_length, jacobian_rank, rank_chain, rank_sampling, rank_trivial, symmetry
from exactfact.model import from_document

from .checked import checked
from .convolutions import full_layers
from .fibres import chain_of, classes, generic_classes, random_columns
from .generic_zoo import blind_deconvolution, random_map
from .helpers import document, run

CRITERIA = [rank_trivial.apply, jacobian_rank.apply, fibre_length.apply]
# theory 7.3: phi(e_1, e_1, e_1) = 0 and five classes in generic fibres; lexicographic columns
TRAP = [
    [0, 0, 0, 0], [-2, 1, 0, -1], [3, 0, -2, -2], [2, 2, -1, -3],
    [2, 3, 2, 0], [-1, -3, 3, -3], [-2, 2, 2, 1], [0, -1, -1, 3],
]  # fmt: skip
ESCAPING = {(0, 0, 0): 0, (1, 0, 0): 1, (0, 1, 0): 1, (1, 1, 0): 2, (1, 0, 1): 3}


def certificate(architecture: ef.Architecture, *more: Any) -> dict[str, Any]:
    ledger, _ = run(architecture, [*CRITERIA[:2], *more, CRITERIA[2]])
    return dict(json.loads(json.dumps(document(architecture, ledger.claims))))


def of(certified: dict[str, Any], *statements: str) -> list[dict[str, Any]]:
    return [c for c in certified["claims"] if c["statement"] in statements]


def at(architecture: ef.Architecture, h: Any) -> ef.Architecture:
    return from_document({**architecture.document(), "point": {"h": h}})


@pytest.mark.parametrize("kernels", [(2, 2), (2, 3), (3, 3), (2, 2, 2), (2, 4)])
def test_full_convolutions_have_the_multinomial_number(kernels: tuple[int, ...]) -> None:
    """The roots are distributed among the factors (theory 10.5c)."""
    degrees = [kernel - 1 for kernel in kernels]
    count = math.factorial(sum(degrees)) // math.prod(map(math.factorial, degrees))
    result = checked(full_layers(*kernels))
    found = result.facts["fibre_count"]["CC"]
    assert (found["lower"], found["upper"]) == (count, count)
    assert result.verdict("generic", over="CC").status == "refuted"


@pytest.mark.slow
def test_blind_deconvolution_with_as_many_equations_as_unknowns() -> None:
    result = checked(blind_deconvolution(4, 4, 7))
    assert result.facts["fibre_count"]["CC"]["lower"] == result.facts["fibre_count"]["CC"]["upper"] == 20
    assert result.verdict("generic", over="CC").statement == "7.4"
    assert result.verdict("generic", over="RR").status == "undecided"


@pytest.mark.parametrize(("sizes", "r"), [((2, 2, 2), 5), ((2, 2, 2), 6), ((2,) * 4, 6), ((3, 3, 2), 8), ((3, 3), 6)])
def test_one_reduced_point(sizes: tuple[int, ...], r: int) -> None:
    certified = certificate(random_map(sizes, r))
    (claim,) = of(certified, "7.3")
    assert (claim["property"], claim["status"]) == ("generic", "proved")
    assert check_certificate(certified).accepted


@pytest.mark.parametrize(("sizes", "seeds"), [((2, 2), 12), ((2, 3), 12), ((3, 3), 4), ((2, 2, 2), 12)])
def test_counts_against_groebner_bases(sizes: tuple[int, ...], seeds: int) -> None:
    """Sparse random operators: proofs, bounds and exact numbers agree with an independent count."""
    kinds = set()
    n = 1 + sum(size - 1 for size in sizes)
    for seed in range(seeds):
        rng = random.Random(seed)
        columns = random_columns(rng, sizes, n + seed % 3, (-1, 0, 0, 1, 2))
        certified = certificate(chain_of(columns, sizes))
        count = generic_classes(columns, sizes, seed)
        for claim in of(certified, "7.3", "7.4"):
            kinds.add((claim["kind"], claim["statement"]))
            if claim["kind"] == "bound":
                value = claim["value"]
                assert value >= count if claim["side"] == "upper" else value <= count, (seed, claim, count)
            else:
                assert (claim["status"] == "proved") == (count == 1), (seed, claim, count)
        assert check_certificate(certified).accepted
    assert ("verdict", "7.3") in kinds
    assert ("bound", "7.4") in kinds


def test_points_against_groebner_bases() -> None:
    certified = 0
    for seed in range(15):
        rng = random.Random(seed)
        sizes = rng.choice([(2, 2), (2, 3), (2, 2, 2)])
        columns = random_columns(rng, sizes, sum(sizes) - 1 + seed % 2, (-1, 0, 1, 2))
        h = [[rng.choice([0, 1, 2, -1]) for _ in range(size - 1)] + [1] for size in sizes]
        found = certificate(at(chain_of(columns, sizes), h))
        for claim in of(found, "7.3"):
            if claim.get("property") == "at-point":
                certified += 1
                assert classes(columns, sizes, h, seed) == 1
        assert check_certificate(found).accepted
    assert certified > 3


def test_an_exchange_and_a_bound_meet() -> None:
    """Two layers that can be exchanged, and more equations than parameters: exactly two classes."""
    sizes = (3, 3)
    columns = {}
    rng = random.Random(3)
    for i, j in itertools.product(range(3), repeat=2):
        columns[i, j] = columns[j, i] if (j, i) in columns else [rng.randint(-3, 3) for _ in range(6)]
    certified = certificate(chain_of(columns, sizes), symmetry.apply)
    (bound,) = of(certified, "7.3")
    assert (bound["quantity"], bound["side"], bound["value"], bound["over"]) == ("fibre_count", "upper", 2, "CC")
    assert generic_classes(columns, sizes) == 2
    assert check_certificate(certified).accepted


def claim_7_3(prop: str, evidence: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "c0", "kind": "verdict", "property": prop, "modulo": "scaling", "model": "full", "over": "CC",
        "status": "proved", "statement": "7.3", "evidence": evidence,
    }  # fmt: skip


def checked_alone(architecture: ef.Architecture, claim: dict[str, Any]) -> Any:
    forged = {**document(architecture, []), "claims": [claim]}
    return check_certificate(json.loads(json.dumps(forged))).claims[0]


@pytest.mark.parametrize("degree", [2, 3, 4])
def test_the_base_locus_is_no_fibre(degree: int) -> None:
    """The recipe at a point where phi vanishes measures the base locus: one reduced point, and five classes."""
    indices = list(itertools.product(range(2), repeat=3))
    columns = dict(zip(indices, TRAP, strict=True))
    architecture = chain_of(columns, (2, 2, 2))
    assert generic_classes(columns, (2, 2, 2)) == 5
    for p in (32003, 65521, 5):
        report = checked_alone(architecture, claim_7_3("generic", {
            "prime": p, "point": [[1, 0]] * 3, "degree": degree}))  # fmt: skip
        assert report.status == "rejected"
        assert "phi(h) different from 0" in report.expected
    # Five classes and one base point: the bound counts both.
    assert [claim["value"] for claim in of(certificate(architecture), "7.3")] == [6]


@pytest.mark.parametrize("degree", [1, 2, 3, 4])
def test_one_reduced_point_from_which_another_escaped(degree: int) -> None:
    """theory 7.1(a): the fibre of (x, 0, z) is one reduced point, generic ones have two classes."""
    columns = {i: [int(ESCAPING.get(i) == q) for q in range(4)] for i in itertools.product(range(2), repeat=3)}
    architecture = chain_of(columns, (2, 2, 2))
    assert classes(columns, (2, 2, 2), [[1, 2], [1, 0], [1, 5]]) == 1
    assert generic_classes(columns, (2, 2, 2)) == 2
    for point in ([[1, 2], [1, 0], [1, 5]], [[1, 2], [1, 3], [1, 5]]):
        report = checked_alone(architecture, claim_7_3("generic", {"prime": 32003, "point": point, "degree": degree}))
        assert report.status == "rejected"


EDITS: list[tuple[str, Any]] = [
    ("degree", 1), ("degree", 0), ("degree", 10**9), ("prime", 4194301 * 4194319), ("prime", 4),
    ("point", [[0, 0], [1, 1], [1, 1]]), ("point", [[1, 1], [1, 1]]), ("hint", 0),
]  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_forged_evidence_is_rejected(edit: tuple[str, Any]) -> None:
    good = certificate(random_map((2, 2, 2), 5))
    assert check_certificate(good).accepted
    forged = copy.deepcopy(good)
    of(forged, "7.3")[0]["evidence"][edit[0]] = edit[1]
    assert not check_certificate(forged).accepted


def test_forged_counts_are_rejected() -> None:
    good = certificate(full_layers(2, 3), rank_sampling.apply, rank_chain.apply)
    assert check_certificate(good).accepted
    lower, upper, verdict = of(good, "7.4")
    assert (lower["value"], upper["value"]) == (3, 3)
    for position, value in ((lower, 4), (upper, 2)):
        forged = copy.deepcopy(good)
        next(c for c in forged["claims"] if c["id"] == position["id"])["value"] = value
        assert not check_certificate(forged).accepted
    for key, value in (("degree", 1), ("rank", "c9"), ("rank", lower["id"]), ("prime", 9)):
        forged = copy.deepcopy(good)
        of(forged, "7.4")[0]["evidence"][key] = value
        assert not check_certificate(forged).accepted
    for field in ("RR", "QQ"):
        forged = copy.deepcopy(good)
        of(forged, "7.4")[0]["over"] = field
        assert not check_certificate(forged).accepted
    forged = copy.deepcopy(good)
    of(forged, "7.4")[-1]["evidence"]["fibre_count"] = verdict["id"]
    assert not check_certificate(forged).accepted


def test_a_rank_above_n_has_no_exact_count() -> None:
    architecture = random_map((2, 2, 2), 5)
    good = certificate(architecture)
    rank = next(c["id"] for c in good["claims"] if c.get("quantity") == "rank")
    evidence = {"rank": rank, "prime": 32003, "degree": 2}
    good["claims"].append({
        "id": f"c{len(good['claims'])}", "kind": "bound", "quantity": "fibre_count", "side": "lower", "value": 6,
        "over": "CC", "statement": "7.4", "evidence": evidence,
    })  # fmt: skip
    assert [c.status for c in check_certificate(good).claims][-1] == "rejected"


def test_a_bound_needs_as_high_a_degree() -> None:
    """H(2) = 5 for three polynomials of degree one says nothing: five is above the degree."""
    architecture = full_layers(2, 2, 2)
    for value, degree in ((5, 1), (5, 2), (6, 5), (5, 6)):
        claim = {
            "id": "c0", "kind": "bound", "quantity": "fibre_count", "side": "upper", "value": value, "over": "CC",
            "statement": "7.3", "evidence": {"prime": 32003, "point": [[1, 2], [1, 3], [1, 5]], "degree": degree},
        }  # fmt: skip
        assert checked_alone(architecture, claim).status == "rejected"
    fits = {**claim, "value": 6}
    assert checked_alone(architecture, fits).status == "accepted"
