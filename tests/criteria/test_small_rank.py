"""Small ranks: explicit pairs over any field, refutations over CC and RR, and where nothing may be said."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from exactfact.checker import check_certificate
from exactfact.criteria import pair_search, rank_trivial, small_rank, two_terms
from exactfact.model import SparsityModel
from tests.oracles import brute
from tests.oracles.expand import expand

from .checked import checked
from .helpers import assemble, run
from .liftings import lifting, random_lifting

SIZES = [(2, 2), (3, 2), (2, 2, 2), (1, 2, 3), (3, 3), (2, 2, 1, 2), (4, 2)]


@pytest.mark.parametrize("field", ["QQ", "GF(2)", "GF(3)", "GF(65521)"])
def test_below_twice_the_largest_layer_a_pair_exists_over_every_field(field: str) -> None:
    for seed, sizes in enumerate(SIZES):
        architecture = random_lifting(sizes, 2 * max(sizes) - 1, seed, field)
        ledger, outcomes = run(architecture, [rank_trivial.apply, two_terms.apply])
        claim = ledger.verdict("uniform", "scaling")
        assert claim is not None
        assert (claim.status, claim.statement, claim.over) == ("refuted", "8.1", field)
        assert check_certificate(assemble(architecture, *outcomes)).accepted


def test_pairs_are_forced_below_the_threshold_and_found_beyond_it_only_where_they_exist() -> None:
    """Over GF(2) and GF(3), at every rank: no pair is found for a uniform map, and a small rank always gives one."""
    counts = {True: 0, False: 0}
    for seed in range(60):
        rng = random.Random(seed)
        p, sizes = rng.choice((2, 3)), rng.choice([(2, 2), (2, 2, 2), (3, 2)])
        rank = rng.randint(2, 8)
        architecture = random_lifting(sizes, rank, seed, f"GF({p})")
        full = brute.exhaust(expand(architecture.document()))
        assert full is not None
        uniform = brute.uniform_scaling(full)
        ledger, _ = run(architecture, [rank_trivial.apply, two_terms.apply])
        forced = ledger.verdict("uniform", "scaling") is not None
        assert forced or rank >= 2 * max(sizes)
        ledger, _ = run(architecture, [rank_trivial.apply, two_terms.apply, pair_search.apply])
        assert not (uniform and ledger.verdict("uniform", "scaling") is not None)
        counts[uniform] += 1
    assert min(counts.values()) > 5


def test_a_pair_uses_no_more_columns_than_the_rank_forces() -> None:
    """S = (5, 3), r = 6: seven columns of A are dependent, five of layer 0 in h and two in g."""
    ledger, _ = run(random_lifting((5, 3), 6, 2), [rank_trivial.apply, two_terms.apply])
    claim = ledger.verdict("uniform", "scaling")
    assert claim is not None
    assert claim.evidence["h"][1] == [1, 0, 0] and claim.evidence["g"][1] == [0, 1, 0]
    assert claim.evidence["g"][0][2:] == [0, 0, 0]


def test_thresholds_over_the_complex_and_real_numbers() -> None:
    """S = (3, 3, 3): n = 7, z = 10."""
    expected = {7: ("5.2c", "RR"), 8: ("5.2b", "CC"), 9: ("5.2b", "CC"), 10: None}
    for rank, answer in expected.items():
        architecture = random_lifting((3, 3, 3), rank, 1)
        ledger, _ = run(architecture, [rank_trivial.apply, small_rank.apply])
        claim = ledger.verdict("uniform", "scaling")
        assert (None if claim is None else (claim.statement, claim.over)) == answer
    result = checked(random_lifting((3, 3, 3), 8, 1))
    assert result.verdict("uniform", over="CC").status == "refuted"
    assert result.verdict("uniform", over="QQ").status == "undecided"


def test_one_wide_layer_is_injective_at_rank_n() -> None:
    """K' = 1: A = I is uniform although r = n; nothing may be refuted."""
    identity = [[int(i == j) for i in range(4)] for j in range(4)]
    for sizes in ((4,), (1, 4), (4, 1)):
        result = checked(lifting(identity, sizes))
        assert result.verdict("uniform", over="CC").status == "proved"
        ledger, _ = run(lifting(identity, sizes), [rank_trivial.apply, small_rank.apply, two_terms.apply])
        assert ledger.verdict("uniform", "scaling") is None


def test_a_real_point_that_is_identifiable_below_the_dimension() -> None:
    """phi = (h1 g1, h2 g1 - h1 g2, h3 g1 - h1 g3, h2 g2 + h3 g3), r = 4 < n = 5: e1, e1 is identifiable over RR."""
    forms = [[(0, 0, 1)], [(1, 0, 1), (0, 1, -1)], [(2, 0, 1), (0, 2, -1)], [(1, 1, 1), (2, 2, 1)]]
    columns = [[sum(c for i, j, c in form if (i, j) == (a, b)) for form in forms] for a in range(3) for b in range(3)]
    architecture = lifting(columns, (3, 3), point=[[1, 0, 0], [1, 0, 0]])
    result = checked(architecture)
    assert result.verdict("at-point", over="CC").status == "refuted"
    for field in ("RR", "QQ"):
        assert result.verdict("at-point", over=field).status == "undecided"
    assert result.verdict("uniform", over="RR").status == "refuted"


def test_pairs_inside_a_model() -> None:
    models = [SparsityModel(0, supports=[[0, 1], [1, 2]]), SparsityModel(1, sparsity=1)]
    result = checked(random_lifting((3, 3), 3, 5, models=models))
    row = result.verdict("uniform", over="QQ", model="spec")
    assert (row.status, row.statement) == ("refuted", "8.1")


@pytest.mark.parametrize(
    "field, sizes, statement, over, rank",
    [("QQ", (3, 3, 3), "5.2b", "CC", 10), ("QQ", (3, 3, 3), "5.2c", "RR", 8), ("QQ", (4,), "5.2c", "RR", 3),
     ("QQ", (1, 4), "5.2b", "CC", 3), ("GF(5)", (3, 3, 3), "5.2b", "GF(5)", 8), ("QQ", (3, 3, 3), "5.2b", "RR", 8),
     ("QQ", (3, 3, 3), "5.2c", "QQ", 7), ("GF(5)", (3, 3, 3), "5.2c", "GF(5)", 7)],
)  # fmt: skip
def test_forged_thresholds_are_rejected(field: str, sizes: Any, statement: str, over: str, rank: int) -> None:
    architecture = random_lifting(sizes, rank, 0, field)
    good = json.loads(json.dumps(assemble(architecture, run(architecture, [rank_trivial.apply])[1][0])))
    bound = next(c for c in good["claims"] if c["side"] == "upper")
    good["claims"].append(
        {"id": f"c{len(good['claims'])}", "kind": "verdict", "property": "uniform", "modulo": "scaling",
         "model": "full", "over": over, "status": "refuted", "statement": statement, "evidence": {"rank": bound["id"]}}
    )  # fmt: skip
    assert check_certificate(good).claims[-1].status == "rejected"
