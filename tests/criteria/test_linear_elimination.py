"""Linear elimination: strided chains, points over QQ and GF(p) against exhaustion, forged relations."""

from __future__ import annotations

import copy
import itertools
import json
import random
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.criteria import jacobian_rank, linear_elimination
from exactfact.model import from_document
from tests.lifting.random_chains import dense_matrices, product

from .convolutions import full_layers
from .fibres import chain_of, classes, random_columns
from .generic_zoo import strided, toeplitz_pair
from .helpers import document, run

CRITERIA = [jacobian_rank.apply, linear_elimination.apply]
ZOO = {
    "Toeplitz 4": lambda: toeplitz_pair(4),
    "Toeplitz 5": lambda: toeplitz_pair(5),
    "strided 3,3": lambda: strided((3, 3), (2, 2)),
    "strided 2,3": lambda: strided((2, 3), (2, 2)),
    "strided 3,2,2": lambda: strided((3, 2, 2), (2, 2, 2)),
    "strided five times": lambda: strided((3,) * 5, (2,) * 5, 2),
    "rank one": lambda: ef.Architecture([ef.full(3, 1), ef.full(1, 2)]),
}


def at(architecture: ef.Architecture, h: Any) -> ef.Architecture:
    return from_document({**architecture.document(), "point": {"h": h}})


def certificate(architecture: ef.Architecture) -> dict[str, Any]:
    ledger, _ = run(architecture, CRITERIA)
    return dict(json.loads(json.dumps(document(architecture, ledger.claims))))


def claim_of(certified: dict[str, Any], prop: str) -> dict[str, Any] | None:
    return next((c for c in certified["claims"] if c.get("property") == prop and c["statement"] == "7.2"), None)


@pytest.mark.parametrize("name", ZOO)
def test_generic_points_are_determined(name: str) -> None:
    certified = certificate(ZOO[name]())
    assert claim_of(certified, "generic") is not None
    report = check_certificate(certified)
    assert report.accepted, report.lines()


def test_full_convolutions_are_not() -> None:
    """Products of polynomials have several factorizations."""
    for kernels in ((2, 2), (2, 3), (2, 2, 2)):
        assert claim_of(certificate(full_layers(*kernels)), "generic") is None


@pytest.mark.parametrize("p", [2, 3, 5])
def test_points_over_small_fields_against_exhaustion(p: int) -> None:
    """Every h of random small operators over GF(p): what is certified has no competitor in GF(p)."""
    certified = alone = 0
    for seed in range(24):
        rng = random.Random(1000 * p + seed)
        sizes = rng.choice([(2, 2), (2, 3), (2, 2, 2)] if p < 5 else [(2, 2), (2, 3)])
        r = rng.randint(sum(sizes) - 1, 7)
        columns = random_columns(rng, sizes, r, range(p) if seed % 2 else (0, 0, 1))
        architecture = chain_of(columns, sizes)
        layers = dense_matrices(architecture)
        h = [[rng.randrange(p) for _ in range(size)] for size in sizes]
        if not all(any(vector) for vector in h):
            continue
        field = from_document({**architecture.document(), "field": f"GF({p})", "point": {"h": h}})
        found = certificate(field)
        unique = _alone(layers, sizes, h, p)
        alone += unique
        claim = claim_of(found, "at-point")
        if claim is not None:
            assert unique, (seed, h)
            assert claim["over"] == f"GF({p})"
            assert check_certificate(found).accepted
            certified += 1
    assert 0 < certified <= alone


def _alone(layers: Any, sizes: tuple[int, ...], h: Any, p: int) -> bool:
    """No g with the same product has another tensor g_1 x ... x g_K."""
    vectors = [list(itertools.product(range(p), repeat=size)) for size in sizes]
    target, tensor = _image(layers, h, p), _tensor(h, p)
    return all(_image(layers, g, p) != target or _tensor(g, p) == tensor for g in itertools.product(*vectors))


def _image(layers: Any, g: Any, p: int) -> list[list[int]]:
    total = None
    for matrices, x in zip(layers, g, strict=True):
        rows, cols = len(matrices[0]), len(matrices[0][0])
        here = [[sum(w * m[r][c] for w, m in zip(x, matrices, strict=True)) for c in range(cols)] for r in range(rows)]
        total = here if total is None else product(total, here)
    return [[v % p for v in row] for row in total or []]


def _tensor(g: Any, p: int) -> list[int]:
    entries = [1]
    for vector in g:
        entries = [a * b % p for a in entries for b in vector]
    return entries


def test_points_over_the_rationals_against_groebner_bases() -> None:
    certified = 0
    for seed in range(15):
        rng = random.Random(seed)
        sizes = rng.choice([(2, 2), (2, 3), (2, 2, 2)])
        columns = random_columns(rng, sizes, sum(sizes) + seed % 2, (-1, 0, 0, 1))
        h = [[rng.choice([0, 1, 2, -1]) for _ in range(size - 1)] + [1] for size in sizes]
        found = certificate(at(chain_of(columns, sizes), h))
        if claim_of(found, "at-point") is not None:
            certified += 1
            assert classes(columns, sizes, h, seed) == 1
            assert check_certificate(found).accepted
    assert certified > 3


def test_a_special_point_among_determined_ones() -> None:
    """A generic strided chain is determined; at a point with product zero nothing is claimed."""
    architecture = strided((2, 3), (2, 2))
    good = certificate(at(architecture, [[1, "1/2"], [1, 2, 3]]))
    assert claim_of(good, "at-point") is not None
    assert claim_of(good, "generic") is not None
    assert check_certificate(good).accepted
    zero = certificate(at(ef.Architecture([ef.diagonal(2), ef.full(2, 1)]), [[1, 0], [0, 1]]))
    assert claim_of(zero, "at-point") is None


def good() -> dict[str, Any]:
    return certificate(at(strided((2, 3), (2, 2)), [[1, "1/2"], [1, 2, 3]]))


def changed(certified: dict[str, Any], prop: str, edit: Any) -> dict[str, Any]:
    forged = copy.deepcopy(certified)
    claim = claim_of(forged, prop)
    assert claim is not None
    edit(claim["evidence"])
    return forged


def _only_mod_p(evidence: dict[str, Any]) -> None:
    evidence["relations"][0][0][0][2] += evidence["prime"]


def _false(evidence: dict[str, Any]) -> None:
    evidence["relations"][0][0][0][2] += 1


def _too_few(evidence: dict[str, Any]) -> None:
    evidence["relations"][1].pop()


def _repeated(evidence: dict[str, Any]) -> None:
    evidence["relations"][1][1] = evidence["relations"][1][0]


def _twice(evidence: dict[str, Any]) -> None:
    evidence["relations"][0][0].append(evidence["relations"][0][0][0])


def _other_layer(evidence: dict[str, Any]) -> None:
    evidence["relations"].reverse()


def _outside(evidence: dict[str, Any]) -> None:
    evidence["relations"][0][0][0][0] = 10**6


def _missing_layer(evidence: dict[str, Any]) -> None:
    evidence["relations"].pop()


def _composite(evidence: dict[str, Any]) -> None:
    evidence["prime"] = 4194301 * 4194319


def _zero_layer(evidence: dict[str, Any]) -> None:
    evidence["point"] = [[0, 0], [1, 2, 3]]


def _zero_product(evidence: dict[str, Any]) -> None:
    evidence["relations"] = [[[]] * 5, [[]] * 5]


EDITS = [_only_mod_p, _false, _too_few, _repeated, _twice, _other_layer, _outside, _missing_layer, _composite]


@pytest.mark.parametrize("prop", ["generic", "at-point"])
@pytest.mark.parametrize("edit", [*EDITS, _zero_product])
def test_forged_relations_are_rejected(prop: str, edit: Any) -> None:
    certified = good()
    assert check_certificate(certified).accepted
    assert not check_certificate(changed(certified, prop, edit)).accepted


def test_a_forged_point_is_rejected() -> None:
    assert not check_certificate(changed(good(), "generic", _zero_layer)).accepted


def test_a_product_that_is_zero_proves_nothing() -> None:
    """phi = diag(x) y with x = e_1, y = e_2: every layer is nonzero and phi = 0, so relations say nothing."""
    trap = ef.Architecture([ef.diagonal(2), ef.full(2, 1)])
    empty = {"prime": 65521, "point": [[1, 0], [0, 1]], "relations": [[], []]}
    forged = copy.deepcopy(certificate(trap))
    forged["claims"] = [{
        "id": "c0", "kind": "verdict", "property": "generic", "modulo": "scaling", "model": "full", "over": "CC",
        "status": "proved", "statement": "7.2", "evidence": empty,
    }]  # fmt: skip
    report = check_certificate(forged)
    assert not report.accepted
    assert "phi(h) different from 0" in report.claims[0].expected


def test_characteristic_two_uses_the_right_squares() -> None:
    """B(Z_a, e_b) + B(Z_b, e_a) with a = b would be 2 B(Z_a, e_a) = 0: such a false relation is rejected over GF(2)."""
    spec = from_document({
        **ef.Architecture([ef.basis([[[1, 0, 0]], [[0, 1, 0]]]), ef.basis([[[1], [0], [0]]])]).document(),
        "field": "GF(2)", "point": {"h": [[1, 1], [1]]},
    })  # fmt: skip
    forged = document(spec, [])
    forged["claims"] = [{
        "id": "c0", "kind": "verdict", "property": "at-point", "modulo": "scaling", "model": "full", "over": "GF(2)",
        "status": "proved", "statement": "7.2",
        "evidence": {"prime": 2, "relations": [[[[0, 0, 1]]], []]},
    }]  # fmt: skip
    report = check_certificate(json.loads(json.dumps(forged)))
    assert not report.accepted
    assert "holds identically" in report.claims[0].expected
