"""Fixed supports modulo the torus of their hidden nodes: the zoo, and brute force over GF(3)."""

from __future__ import annotations

import itertools
import json
import random
import time

import pytest

import exactfact as ef
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.reasons import reason
from exactfact.checker import check_certificate
from exactfact.criteria import torus_finite, torus_paths, torus_peeling
from exactfact.criteria.outcome import Context
from exactfact.criteria.problem import Problem
from exactfact.lifting.peeling import peel
from exactfact.lifting.placed import Placed, crossing
from tests.oracles import torus
from tests.oracles.expand import expand
from tests.oracles.judge import Truth, wrong_in

from .checked import checked
from .helpers import document, run
from .supports import ROUND, allowed, butterfly, certified, fibres, orbit, random_cells, supports, tower

LOWER = [[0, 0, 0], [1, 0, 1], [1, 1, 2], [2, 0, 3], [2, 1, 4], [2, 2, 5]]
UPPER = [[0, 0, 0], [0, 1, 1], [0, 2, 2], [1, 1, 3], [1, 2, 4], [2, 2, 5]]
# name: layers, statement, dimension of the orbits on classes
ZOO: dict[str, tuple[list[ef.Layer], str, int]] = {
    **{f"butterfly {n}": (butterfly(n), "9.3b", (n - 1) * (n.bit_length() - 2)) for n in (4, 8, 16)},
    "butterfly with weights": (supports(*[(4, 4, [(r, c) for r in range(4) for c in sorted({r, r ^ bit})])
                                          for bit in (2, 1)], coefficients=True), "9.3b", 3),
    "tree": (supports((4, 3, [(0, 0), (1, 0), (2, 1), (3, 2)]), (3, 2, [(0, 0), (1, 1), (2, 1)]),
                      (2, 1, [(0, 0), (1, 0)])), "9.3b", 3),
    "LU": ([ef.entries(3, 3, 6, LOWER), ef.entries(3, 3, 6, UPPER)], "9.4", 2),
    "LDU": (tower(3), "9.5", 4),
    "two inner nodes, one hidden behind the other": (
        supports((3, 2, [(0, 0), (1, 0), (2, 0), (1, 1), (2, 1)]), (2, 3, [(0, 0), (0, 1), (0, 2), (1, 1)])), "9.4", 1),
    "rank-one terms side by side": (
        supports((4, 2, [(0, 0), (1, 0), (2, 1), (3, 1)]), (2, 4, [(0, 0), (0, 1), (1, 2), (1, 3)])), "9.3b", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", ZOO)
def test_generic_modulo_torus_and_not_modulo_scaling(name: str) -> None:
    layers, statement, dimension = ZOO[name]
    result = checked(ef.Architecture(layers))
    for prop in ("generic", "generic-finite"):
        row = result.verdict(prop, "torus")
        assert (row.status, row.over, list(row.also_over)) == ("proved", "CC", ["RR", "QQ"])
        assert row.group == {"dimension": dimension}
        assert result.verdict(prop, over="QQ").status == "refuted"
    good = certified(ef.Architecture(layers))
    found = [c for c in good["claims"] if c["kind"] == "verdict" and c["modulo"] == "torus"]
    assert [(c["property"], c["statement"]) for c in found] == [(p, statement) for p in ("generic", "generic-finite")]
    assert all(f"{dimension} dimensions" in reason(good, claim) for claim in found)


def test_overlapping_supports_that_cannot_be_peeled_are_finite() -> None:
    """Three nodes of which each covers the other two: no order exists, the Jacobian rank decides."""
    architecture = ef.Architecture(ROUND)
    row = checked(architecture).verdict("generic-finite", "torus")
    assert (row.status, row.group) == ("proved", {"dimension": 2})
    assert "9.3a" in {claim["statement"] for claim in certified(architecture)["claims"]}


def test_a_large_butterfly_is_instant() -> None:
    layers = butterfly(64)
    ledger, _ = run(ef.Architecture(layers), [torus_paths.apply])
    start = time.process_time()
    report = check_certificate(json.loads(json.dumps(document(ef.Architecture(layers), ledger.claims))))
    assert report.accepted and time.process_time() - start < 5
    assert all(claim.evidence == {"dimension": 63 * 5} for claim in ledger.claims)


def test_peeling_a_large_product() -> None:
    start = time.process_time()
    ledger, _ = run(ef.Architecture(tower(24)), [torus_peeling.apply])
    assert {claim.statement for claim in ledger.claims} == {"9.5"}
    assert check_certificate(json.loads(json.dumps(document(ef.Architecture(tower(24)), ledger.claims)))).accepted
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("layers", "why"),
    [([ef.toeplitz(3, 3), ef.full(3, 3)], "not at exactly one entry"),
     ([ef.entries(2, 2, 2, [[0, 0, 0], [0, 0, 1]]), ef.full(2, 2)], "two parameters at one entry"),
     ([ef.full(2, 1), ef.full(1, 2)], "every hidden layer has one node"),
     ([ef.entries(2, 2, 3, [[0, 0, 0], [1, 1, 1], [0, 1, 2]]), ef.entries(2, 2, 1, [[0, 0, 0]])], "not at exactly one"),
     ([ef.full(2, 2), ef.full(2, 2)], "two paths")],
)  # fmt: skip
def test_what_is_no_fixed_support_is_left_alone(layers: list[ef.Layer], why: str) -> None:
    architecture = ef.Architecture(layers)
    ledger, outcomes = run(architecture, [torus_paths.apply, torus_peeling.apply, torus_finite.apply])
    assert not ledger.claims
    assert why in outcomes[0].why


def test_entries_that_lead_nowhere_do_not_count() -> None:
    """Parameter 1 has a second entry in a column that nothing reads: the rest is a fixed support."""
    first = ef.entries(2, 3, 3, [[0, 0, 0], [1, 0, 1], [1, 2, 1], [1, 1, 2]])
    second = ef.entries(3, 2, 2, [[0, 0, 0], [1, 1, 1]])
    assert checked(ef.Architecture([first, second])).verdict("generic", "torus").status == "proved"


def test_over_a_finite_field_nothing_is_claimed() -> None:
    problem = Problem(ef.Architecture(butterfly(4), field=ef.GF(5)))
    assert not torus_paths.apply(problem, Context(Ledger())).claims


def test_random_supports_against_all_points_over_gf3() -> None:
    """Certified: every point with nonzero entries (peeling: of all partial products) has one orbit in its fibre.

    Rivals may have zero entries; several orbits are met where nothing is certified.
    """
    rng, seen, several = random.Random(9), {"paths": 0, "peeled": 0, "neither": 0}, 0
    while min(seen.values()) < 8:
        layers = random_cells(rng)
        edges = Placed(tuple(tuple(layer) for layer in layers))
        unique, cuts = crossing(edges) is None, peel(edges)
        assert not unique or cuts is not None, "what has unique paths can be peeled"
        kind = "paths" if unique else "peeled" if cuts is not None else "neither"
        seen[kind] += 1
        if seen[kind] > 12:
            continue
        single = all(
            set(fibre) <= orbit(layers, h, 3)
            for fibre in fibres(layers, 3).values()
            for h in [next((h for h in fibre if all(h) and (unique or allowed(layers, h, 3))), None)]
            if h is not None
        )
        assert single or kind == "neither", layers
        several += not single
    assert several > 3


def test_verdicts_of_random_supports_agree_with_the_orbits_of_their_fibres() -> None:
    """Every verdict modulo torus against a count of orbits by border bases, and the dimension against ranks."""
    rng, proved = random.Random(4), dict.fromkeys(("9.3a", "9.3b", "9.4", "9.5"), 0)
    for _ in range(400):
        layers = random_cells(rng)
        if Placed(tuple(map(tuple, layers))).dimension == 0:
            continue
        widths = [1 + max(r for r, _ in layers[0])]
        widths += [1 + max(c for _, c in layer) for layer in layers]
        shapes = itertools.pairwise(widths)
        architecture = ef.Architecture(supports(*((a, b, x) for (a, b), x in zip(shapes, layers, strict=True))))
        truth = Truth(architecture.document())
        for claim in certified(architecture)["claims"]:
            if claim.get("modulo") == "torus":
                proved[claim["statement"]] += 1
                assert wrong_in(truth, claim) == []
    assert min(proved[s] for s in ("9.3b", "9.4")) > 3, proved


def test_the_dimension_is_that_of_the_group_of_the_lattice() -> None:
    for layers, _, dimension in ZOO.values():
        if sum(x.parameters for x in layers) <= 16:
            assert torus.dimension(expand(ef.Architecture(layers).document())) == dimension
