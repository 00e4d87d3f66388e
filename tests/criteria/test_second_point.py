"""Two regular points with one product: Toeplitz pairs of order three, and what must not be concluded."""

from __future__ import annotations

import copy
import itertools
import json
import random
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.criteria import jacobian_rank, rank_trivial, second_point

from .checked import checked
from .fibres import chain_of, generic_classes, random_columns
from .generic_zoo import toeplitz_pair
from .helpers import document, run


def toeplitz_columns(n: int) -> dict[Any, list[int]]:
    """The columns of the product of two Toeplitz matrices, by the formula for its entries."""
    columns = {}
    for a, b in itertools.product(range(2 * n - 1), repeat=2):
        cells = [[0] * n for _ in range(n)]
        for i, j, k in itertools.product(range(n), repeat=3):
            if i - j + n - 1 == a and j - k + n - 1 == b:
                cells[i][k] += 1
        columns[a, b] = [v for row in cells for v in row]
    return columns


def test_a_pair_of_toeplitz_matrices_of_order_three_has_two_solutions() -> None:
    result = checked(toeplitz_pair(3))
    found = result.facts["fibre_count"]
    assert (found["CC"]["lower"], found["CC"]["upper"]) == (2, 2)
    assert found["RR"] is None
    row = result.verdict("generic", over="CC")
    assert (row.status, row.statement) == ("refuted", "7.1b")
    assert list(row.also_over) == []
    assert result.verdict("generic", over="RR").status == "undecided"


@pytest.mark.slow
def test_the_two_solutions_by_a_groebner_basis() -> None:
    assert generic_classes(toeplitz_columns(3), (5, 5)) == 2


def test_random_operators_against_groebner_bases() -> None:
    for seed in range(25):
        rng = random.Random(seed)
        sizes = rng.choice([(2, 2), (2, 3), (3, 3)])
        columns = random_columns(rng, sizes, sum(sizes) - 1, (-1, 0, 0, 1))
        ledger, _ = run(chain_of(columns, sizes), [rank_trivial.apply, jacobian_rank.apply, second_point.apply])
        if any(claim.statement == "7.1b" for claim in ledger.claims):
            assert generic_classes(columns, sizes, seed) > 1


def certificate() -> dict[str, Any]:
    architecture = toeplitz_pair(3)
    ledger, _ = run(architecture, [rank_trivial.apply, jacobian_rank.apply, second_point.apply])
    return dict(json.loads(json.dumps(document(architecture, ledger.claims))))


def test_forged_pairs_are_rejected() -> None:
    good = certificate()
    assert check_certificate(good).accepted
    position = next(i for i, c in enumerate(good["claims"]) if c["statement"] == "7.1b" and c["kind"] == "verdict")
    evidence = good["claims"][position]["evidence"]
    doubled = [[2, 4, 6, 8, 10], evidence["g"][1]]
    zero = [[0] * 5, evidence["g"][1]]
    for key, value in (
        ("g", evidence["h"]), ("g", doubled), ("g", zero), ("h", zero), ("prime", 9), ("rank", "c9"),
        ("rank", next(c["id"] for c in good["claims"] if c.get("quantity") == "jacobian_rank")),
    ):  # fmt: skip
        forged = copy.deepcopy(good)
        forged["claims"][position]["evidence"][key] = value
        assert not check_certificate(forged).accepted
    for over in ("QQ", "RR"):
        forged = copy.deepcopy(good)
        forged["claims"][position]["over"] = over
        assert not check_certificate(forged).accepted


def test_a_double_point_is_no_second_branch() -> None:
    """Where rank A is above n two branches may cross: nothing is concluded (theory 7.1(b))."""
    _, outcomes = run(ef.Architecture([ef.full(2, 1), ef.full(1, 2)]), [rank_trivial.apply, second_point.apply])
    assert "rank A is not known" in outcomes[1].why
