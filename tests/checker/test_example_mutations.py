"""The certificates of the shipped examples, mutated fifty ways each: nothing stronger than the original is accepted.

Brute force cannot judge these sizes.  An accepted claim must be a verdict of the original, or a bound that one of the
original's implies.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from tests.checker.mutants import mutant

EXAMPLES = sorted(path for path in (Path(__file__).parents[2] / "examples").glob("*.toml") if path.stem != "expected")
ROUNDS = 50
# Its check takes seconds: a point whose factors can be grouped in thousands of ways.
FEWER = {"atrous-spline": 6}
LIMIT = 2_000_000_000
QUESTION = ("property", "modulo", "model", "over", "status")


def implied(claim: dict[str, Any], original: list[dict[str, Any]]) -> bool:
    """Whether the original's claims already say it."""
    if claim["kind"] == "verdict":
        return any(c["kind"] == "verdict" and all(c[k] == claim[k] for k in QUESTION) for c in original)
    known = {claim["quantity"]}
    if (claim["quantity"], claim["side"]) == ("sigma_max_squared", "lower"):
        known.add("sigma_min_squared")  # the largest singular value is at least the smallest
    bounds = [c for c in original if c["kind"] == "bound" and all(c[k] == claim[k] for k in ("side", "over"))]
    same = [c for c in bounds if c["quantity"] in known]
    sign = 1 if claim["side"] == "lower" else -1
    return any(sign * number(claim["value"]) <= sign * number(c["value"]) for c in same)


def number(value: int | str) -> int:
    return int(str(value), 0)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_mutated_examples(path: Path) -> None:
    original = json.loads(ef.certify(ef.load(path)).certificate.text())
    assert check_certificate(original).accepted
    rng = random.Random(path.stem)
    rejected = 0
    rounds = FEWER.get(path.stem, ROUNDS)
    for _ in range(rounds):
        document = mutant(original, huge=True, rng=rng)
        report = check_certificate(document, LIMIT)
        rejected += not report.accepted
        for claim in (document["claims"][int(line.id[1:])] for line in report.claims if line.status == "accepted"):
            assert implied(claim, original["claims"]), json.dumps(claim)
    assert rejected > rounds // 4, "the mutations hardly change anything"
