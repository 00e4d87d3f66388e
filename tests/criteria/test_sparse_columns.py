"""Sparsity models: independent columns on two supports prove, dependent ones of one layer refute."""

from __future__ import annotations

import itertools
import json
import random

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.criteria import rank_trivial, sparse_columns
from exactfact.model import SparsityModel
from tests.oracles import brute
from tests.oracles.exact import rank
from tests.oracles.expand import expand

from .checked import checked
from .helpers import assemble, run
from .liftings import lifting, random_lifting


def test_one_layer_is_the_spark() -> None:
    """s-sparse vectors are determined iff any 2s columns are independent, over QQ: both directions."""
    seen = set()
    for seed in range(40):
        rng = random.Random(seed)
        size, s = rng.choice([(5, 1), (5, 2), (6, 2), (4, 2), (3, 2)])
        rows = rng.randint(1, size)
        columns = [[rng.choice((-1, 0, 1, 2)) for _ in range(rows)] for _ in range(size)]
        architecture = lifting(columns, (size,), models=[SparsityModel(0, sparsity=s)])
        sets = itertools.combinations(range(size), min(2 * s, size))
        spark = all(rank([columns[j] for j in chosen], 0) == len(chosen) for chosen in sets)
        result = checked(architecture, properties=["uniform"])
        row = result.verdict("uniform", over="QQ", model="spec")
        assert row.status == ("proved" if spark else "refuted")
        seen.add((spark, row.statement))
    assert {(True, "12.5"), (False, "8.1")} <= seen


def test_several_layers_over_finite_fields_against_exhaustion() -> None:
    proved = 0
    for seed in range(80):
        rng = random.Random(seed)
        p = rng.choice((2, 3, 5))
        sizes = rng.choice([(3, 2), (2, 2, 2), (3, 3), (4, 2)])
        models = [SparsityModel(k, sparsity=1) if rng.random() < 0.6
                  else SparsityModel(k, supports=[rng.sample(range(size), 2) for _ in range(2)])
                  for k, size in enumerate(sizes) if rng.random() < 0.8]  # fmt: skip
        if not models:
            continue
        architecture = random_lifting(sizes, rng.randint(3, 7), seed, f"GF({p})", models=models)
        full = brute.exhaust(expand(architecture.document()), 80_000)
        ledger, outcomes = run(architecture, [rank_trivial.apply, sparse_columns.apply])
        if ledger.claims[1:] and ledger.claims[-1].statement == "12.5" and full is not None:
            proved += 1
            assert brute.uniform_scaling(full, with_models=True)
            assert check_certificate(assemble(architecture, *outcomes)).accepted
    assert proved > 5


def test_a_model_is_decided_where_the_full_space_is_not() -> None:
    result = checked(ef.Architecture([ef.full(3, 3), ef.diagonal(3)], models=[SparsityModel(0, supports=[[0, 4, 8]])]))
    assert result.verdict("uniform", over="QQ").status == "refuted"
    assert result.verdict("uniform", over="QQ", model="spec").status == "refuted"
    models = [SparsityModel(0, supports=[[0, 3, 6]]), SparsityModel(1, supports=[[0]])]
    result = checked(ef.Architecture([ef.full(3, 3), ef.diagonal(3)], models=models))
    assert result.verdict("uniform", over="CC", model="spec").statement == "12.5"


def test_supports_that_are_listed() -> None:
    columns = [[1, 0], [0, 1], [1, 1]]
    alone = lifting(columns, (3,), models=[SparsityModel(0, supports=[[0, 1], [2]])])
    assert checked(alone).verdict("uniform", over="QQ", model="spec").status == "refuted"
    assert checked(lifting(columns, (3,), models=[SparsityModel(0, supports=[[0], [2]])])).verdict(
        "uniform", over="QQ", model="spec"
    ).status == "proved"


def test_too_many_supports() -> None:
    architecture = random_lifting((40, 2), 5, 0, models=[SparsityModel(0, sparsity=20)])
    _, outcomes = run(architecture, [rank_trivial.apply, sparse_columns.apply])
    assert "pairs of supports" in outcomes[1].why


def test_forgeries_are_rejected() -> None:
    models = [SparsityModel(0, sparsity=1)]
    good = random_lifting((4,), 2, 0, models=models)
    bad = lifting([[1], [2]], (2,), models=models)

    def status(architecture: ef.Architecture, **changes: object) -> str:
        claim = {"id": "c0", "kind": "verdict", "property": "uniform", "modulo": "scaling", "model": "spec",
                 "over": "CC", "status": "proved", "statement": "12.5", "evidence": {"prime": 65521},
                 **changes}  # fmt: skip
        document = json.loads(json.dumps(assemble(architecture)))
        document["claims"] = [claim]
        return check_certificate(document).claims[0].status

    assert status(good) == "accepted"
    assert status(bad) == "rejected"
    assert status(good, model="full") == "rejected"
    assert status(good, status="refuted") == "rejected"
    assert status(good, property="at-point") == "rejected"
    assert status(good, evidence={"prime": 65519}) in ("accepted", "rejected")
    assert status(good, evidence={"prime": 65523}) == "rejected"
    assert status(good, evidence={}) == "rejected"
    assert status(random_lifting((4,), 2, 0)) == "rejected"
    huge = random_lifting((60,), 2, 0, models=[SparsityModel(0, sparsity=30)])
    assert status(huge) == "not-checked"
