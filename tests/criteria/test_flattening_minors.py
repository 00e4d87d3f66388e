"""Minors modulo one prime prove uniform identifiability over CC: published thresholds, and what they cannot show."""

from __future__ import annotations

import itertools
import json
import math
import random
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.criteria import flattening_minors, rank_sampling, rank_trivial
from tests.oracles import brute
from tests.oracles.expand import expand

from .checked import checked
from .helpers import assemble, run
from .liftings import GHZ, W_PLANE, W, random_lifting, tensor, with_kernel


def evidence(result: ef.Result) -> dict[str, Any]:
    return dict(next(c for c in result.certificate.claims if c.statement == "4.4").evidence)


@pytest.mark.parametrize(
    "sizes, rank, degree",
    [((3, 3, 3), 20, 3), ((3, 3, 3), 18, 3), ((2, 2, 2, 2), 12, 3), ((2, 2, 2, 2), 11, 4), ((2, 2, 2, 2), 10, 5)],
)
def test_random_maps_from_the_secant_dimension_on(sizes: tuple[int, ...], rank: int, degree: int) -> None:
    result = checked(random_lifting(sizes, rank, 0))
    row = result.verdict("uniform", over="CC")
    assert (row.status, row.statement) == ("proved", "4.4")
    assert evidence(result)["degree"] == degree
    assert result.verdict("generic", over="CC").status == "proved"


@pytest.mark.slow
def test_degree_four_of_three_by_three_by_three() -> None:
    assert evidence(checked(random_lifting((3, 3, 3), 16, 0)))["degree"] == 4


def test_below_the_secant_dimension_nothing_is_tried() -> None:
    for sizes, rank in (((3, 3, 3), 13), ((2, 2, 2, 2), 9)):
        result = checked(random_lifting(sizes, rank, 0))
        assert all(claim.statement != "4.4" for claim in result.certificate.claims)


def test_huge_kernels_are_passed_over() -> None:
    _, outcomes = run(random_lifting((6, 6, 6), 50, 0), [rank_trivial.apply, flattening_minors.apply])
    assert "too many cubics" in outcomes[1].why


def test_blind_deconvolution_in_generic_subspaces() -> None:
    """(B x) o (C y) with n = 12 = 2 (4 + 4 - 2) rows: the published threshold of uniform identifiability."""
    rng = random.Random(0)
    n, size = 12, 4
    b, c = ([[rng.randint(-5, 5) for _ in range(size)] for _ in range(n)] for _ in "bc")
    left = ef.basis([[[b[i][j] if i == k else 0 for k in range(n)] for i in range(n)] for j in range(size)])
    right = ef.basis([[[c[i][j]] for i in range(n)] for j in range(size)])
    result = checked(ef.Architecture([left, right]))
    assert result.verdict("uniform", over="CC").statement == "4.4"


def test_kernels_with_limits_of_sums_are_not_proved() -> None:
    """W spans a kernel beside a tensor of rank 4: the minors vanish at W, which is uniform but not stably so."""
    wide = tensor(*([[int(i == j) for i in range(4)]] * 3 for j in range(4)))
    lifted_w = {tuple(j for j in i): v for i, v in W.items()}
    architecture = with_kernel([lifted_w, wide], (4, 4, 4))
    _, outcomes = run(architecture, [rank_trivial.apply, rank_sampling.apply, flattening_minors.apply])
    assert "do not generate" in outcomes[2].why


def test_the_plane_of_tangent_vectors_is_never_refuted() -> None:
    """Uniform over every field of characteristic other than 2 with rank 6 (theory 5.2e); minors cannot see it."""
    result = checked(with_kernel(W_PLANE, (2, 2, 2)))
    assert all(result.verdict("uniform", over=field).status != "refuted" for field in ("QQ", "RR", "CC"))
    for p, expected in ((2, "refuted"), (3, "proved"), (5, "proved"), (7, "proved")):
        finite = checked(with_kernel(W_PLANE, (2, 2, 2), f"GF({p})"))
        assert finite.verdict("uniform").status == expected


def test_verdicts_over_finite_fields_against_exhaustion() -> None:
    """The criterion alone, without the enumeration of all points."""
    proved = refutable = 0
    for seed in range(60):
        p = (2, 3, 5)[seed % 3]
        sizes = random.Random(seed).choice([(2, 2, 2), (3, 3), (2, 2, 2, 2), (2, 3, 2)])
        if p ** sum(sizes) > 70_000:
            continue
        architecture = random_lifting(sizes, math.prod(sizes) - random.Random(seed).choice((2, 3, 4)), seed, f"GF({p})")
        ledger, outcomes = run(architecture, [rank_trivial.apply, flattening_minors.apply])
        if any(c.statement == "4.4" for c in ledger.claims):
            assert check_certificate(assemble(architecture, *outcomes)).accepted
            full = brute.exhaust(expand(architecture.document()), 80_000)
            assert full is not None and brute.uniform_scaling(full)
            proved += 1
        else:
            refutable += 1
    assert proved > 5 and refutable > 5


def test_forged_minors_are_rejected() -> None:
    good = json.loads(checked(random_lifting((3, 3, 3), 20, 0), properties=["uniform"]).certificate.text())
    place = next(i for i, c in enumerate(good["claims"]) if c["statement"] == "4.4")

    def rejected(change: Any, spec: Any = None) -> bool:
        forged = json.loads(json.dumps(good))
        change(forged["claims"][place]["evidence"])
        return not check_certificate(forged).accepted

    assert not rejected(lambda e: None)
    assert rejected(lambda e: e["minors"].pop())
    assert rejected(lambda e: e["minors"].__setitem__(0, e["minors"][1]))
    assert rejected(lambda e: e.__setitem__("degree", 4))
    assert rejected(lambda e: e.__setitem__("degree", 2))
    assert rejected(lambda e: e.__setitem__("prime", e["prime"] - 1))
    assert rejected(lambda e: e["minors"][0].__setitem__(1, [0, 0, 1]))
    assert rejected(lambda e: e["minors"][0].__setitem__(0, [0, 1, 2]))
    assert rejected(lambda e: e["minors"][0].__setitem__(0, []))
    assert rejected(lambda e: e["minors"][0].__setitem__(3, [1]))
    assert rejected(lambda e: e.__setitem__("minors", []))


def test_a_rational_sum_in_the_kernel_cannot_be_hidden() -> None:
    """All minors of all flattenings, for a kernel that contains a sum of two: no degree suffices."""
    minors = []
    for k in range(3):
        minors += [[[k], [0, 1, 2], list(cols), [0]] for cols in itertools.combinations(range(9), 3)]
    kernel = [{(*i,): v for i, v in GHZ.items()}, {(0, 0, 1): 1, (1, 2, 2): 1, (2, 1, 0): 1}]
    architecture = with_kernel(kernel, (3, 3, 3))
    good = json.loads(checked(architecture).certificate.text())
    good["claims"] = [c for c in good["claims"] if c["kind"] == "bound"][:1]
    good["claims"][0]["id"] = "c0"
    good["claims"].append(
        {"id": "c1", "kind": "verdict", "property": "uniform", "modulo": "scaling", "model": "full", "over": "CC",
         "status": "proved", "statement": "4.4", "evidence": {"prime": 65521, "degree": 3, "minors": minors}}
    )  # fmt: skip
    report = check_certificate(good)
    assert [claim.status for claim in report.claims][-1] == "rejected"


def test_a_line_with_long_entries_needs_one_minor() -> None:
    """The exact kernel vector of a dense map has thousands of digits; modulo a prime one minor of it suffices."""
    architecture = random_lifting((5, 5, 5), 124, 0)
    ledger, outcomes = run(architecture, [rank_trivial.apply, rank_sampling.apply, flattening_minors.apply])
    claim = ledger.verdict("uniform", "scaling")
    assert claim is not None and claim.statement == "4.4"
    assert len(claim.evidence["minors"]) == 1
    assert check_certificate(assemble(architecture, *outcomes)).accepted
