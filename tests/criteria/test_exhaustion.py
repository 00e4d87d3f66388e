"""All points over GF(p): every verdict against another exhaustion, for the full space, models and points."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.criteria import exhaustion, rank_trivial
from exactfact.model import SparsityModel
from tests.oracles import brute
from tests.oracles.expand import expand

from .checked import checked
from .helpers import assemble, run
from .liftings import W_PLANE, random_lifting, with_kernel

SIZES = [(2,), (2, 2), (3, 2), (2, 2, 2), (1, 2, 2), (2, 1), (3, 3)]


def models(rng: random.Random, sizes: tuple[int, ...]) -> list[SparsityModel]:
    found = []
    for k, size in enumerate(sizes):
        if rng.random() < 0.5:
            found.append(SparsityModel(k, sparsity=rng.randint(1, size)))
        else:
            supports = [rng.sample(range(size), rng.randint(1, size)) for _ in range(rng.randint(1, 3))]
            found.append(SparsityModel(k, supports=supports))
    return found


@pytest.mark.parametrize("p", [2, 3, 5])
def test_against_another_exhaustion(p: int) -> None:
    counts: dict[tuple[str, str], int] = {}
    for seed in range(60):
        rng = random.Random(f"{seed} {p}")
        sizes = rng.choice(SIZES)
        point = [[rng.randrange(p) for _ in range(size)] for size in sizes]
        architecture = random_lifting(
            sizes, rng.randint(1, 7), seed, f"GF({p})", models=models(rng, sizes), point=point
        )
        full = brute.exhaust(expand(architecture.document()), 60_000)
        if full is None:
            continue
        ledger, outcomes = run(architecture, [rank_trivial.apply, exhaustion.apply])
        assert check_certificate(assemble(architecture, *outcomes)).accepted
        for model in ("full", "spec"):
            claim = ledger.verdict("uniform", "scaling", model)
            truth = brute.uniform_scaling(full, model == "spec")
            if claim is None:
                # Not decided only where the model allows no point without zero layer: then it is true.
                assert model == "spec" and truth
                continue
            assert (claim.status == "proved") == truth
            counts[model, claim.status] = counts.get((model, claim.status), 0) + 1
        claim = ledger.verdict("at-point", "scaling")
        if not all(any(vector) for vector in point):
            assert claim is None
        else:
            assert claim is not None
            assert (claim.status == "proved") == brute.at_point(full, paths=False)
            counts["point", claim.status] = counts.get(("point", claim.status), 0) + 1
    assert len(counts) == 6 and min(counts.values()) >= 3


def test_larger_primes_and_limits() -> None:
    assert checked(random_lifting((2, 2), 3, 1, "GF(101)")).verdict("uniform").statement in ("4.3", "8.1")
    assert checked(random_lifting((2, 2, 2), 6, 1, "GF(31)")).verdict("uniform").status in ("proved", "refuted")
    for field, sizes in (("GF(65521)", (3, 3)), ("GF(2)", (12, 12)), (f"GF({2**61 - 1})", (9, 9))):
        _, outcomes = run(random_lifting(sizes, 2, 0, field), [rank_trivial.apply, exhaustion.apply])
        assert "have to be compared" in outcomes[1].why


def test_what_the_enumeration_proves_and_no_more() -> None:
    """h and g in GF(3) only: a kernel of a sum of two conjugates over GF(9)."""
    result = checked(with_kernel(W_PLANE, (2, 2, 2), "GF(3)", point=[[1, 2], [1, 1], [0, 1]]))
    assert (result.verdict("uniform").statement, result.verdict("at-point").status) == ("4.5", "proved")
    assert [v.over for v in result.verdicts if v.property == "uniform"] == ["GF(3)"]


def forge(architecture: ef.Architecture, **changes: Any) -> str:
    claim = {"id": "c0", "kind": "verdict", "property": "uniform", "modulo": "scaling", "model": "full",
             "over": architecture.field.name, "status": "proved", "statement": "4.5", "evidence": {},
             **changes}  # fmt: skip
    document = json.loads(json.dumps(assemble(architecture)))
    document["claims"] = [claim]
    return check_certificate(document).claims[0].status


def test_forgeries_are_rejected() -> None:
    bad = random_lifting((2, 2, 2), 4, 0, "GF(3)", point=[[1, 0], [1, 0], [1, 0]])
    good = random_lifting((2, 2, 2), 8, 0, "GF(7)", point=[[1, 0], [1, 0], [0, 0]])
    assert forge(good) == "accepted"
    assert forge(bad) == "rejected"
    assert forge(bad, status="refuted") == "rejected"
    assert forge(good, evidence={"prime": 7}) == "rejected"
    assert forge(good, property="generic") == "rejected"
    assert forge(good, property="at-point") == "rejected"
    assert forge(good, over="CC") == "rejected"
    assert forge(random_lifting((2, 2), 4, 0)) == "rejected"
    assert forge(good, model="spec") == "rejected"
    assert forge(random_lifting((9, 9), 4, 0, f"GF({2**61 - 1})")) == "not-checked"
