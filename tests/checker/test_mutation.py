"""Certificates mutated at random in thousands of ways are never accepted with a false claim.

A claim that the checker accepts must be one of the original's (while the spec is the original's), or be true by brute
force. The two certificates with 5^20 columns are mutated in their claims only: the truth about them is known.
"""
import json
import random
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from exactfact.checker import check_certificate
from tests.checker import recovery_truth
from tests.checker.judge import Judge, key
from tests.checker.mutants import mutant

ACCEPT = sorted((Path(__file__).parents[1] / "certificates" / "accept").glob("*.json"))
HUGE = ("long_chain", "crowded_chain")
ROUNDS = 800
LIMIT = 300_000_000


@lru_cache(maxsize=64)
def judge(text: str) -> Judge:
    """The judge of a spec."""
    return Judge(json.loads(text))


def huge_truth(name: str, claim: Any) -> bool:
    """Truth about the two certificates with 5^20 columns: all sums distinct, resp. exactly two of them equal."""
    distinct = name == "long_chain"
    facts = {"rank": 5 ** 20 - (not distinct), "path_max_entry": 1 if distinct else 2,
             "sigma_min_squared": 5 ** 20 - (not distinct), "sigma_max_squared": 5 ** 20 * (1 if distinct else 2),
             "jacobian_rank": 81}
    if claim["kind"] == "bound":
        value, found = int(str(claim["value"]), 0), facts[claim["quantity"]]
        return claim["over"] == "QQ" and (value <= found if claim["side"] == "lower" else value >= found)
    if claim["status"] == "proved":
        return distinct and claim["over"] == "CC" and claim["model"] == "full" and claim["property"] != "at-point"
    model = "full" if claim["modulo"] == "scaling" else ""
    return not distinct and claim["property"] == "uniform" and claim["over"] == "QQ" and claim["model"] in (
        model, "zero-edges-allowed")


@pytest.mark.parametrize("path", ACCEPT, ids=lambda path: path.stem)
def test_mutants_are_never_accepted_with_a_false_claim(path: Path) -> None:
    original = json.loads(path.read_text(encoding="utf-8"))
    known = {key(claim) for claim in original["claims"]}
    rng = random.Random(path.stem)
    huge, accepted_new = path.stem in HUGE, 0
    for _ in range(ROUNDS):
        document = mutant(original, huge, rng)
        report = check_certificate(document, LIMIT)
        same_spec = document["digest"] == original["digest"]
        for line in report.claims:
            if line.status != "accepted":
                continue
            claim = document["claims"][int(line.id[1:])]
            if same_spec and key(claim) in known:
                continue
            accepted_new += 1
            good = huge_truth(path.stem, claim) if huge else judge(json.dumps(document["spec"])).true(claim)
            assert good, json.dumps({"claim": claim, "spec": document["spec"]})
    assert huge or accepted_new > 0, "the mutations are too wild to test anything"


def test_accepted_claims_are_true() -> None:
    for path in ACCEPT:
        document = json.loads(path.read_text(encoding="utf-8"))
        if path.stem not in HUGE:
            for claim in document["claims"]:
                assert judge(json.dumps(document["spec"])).true(claim), (path.stem, claim)


@pytest.mark.parametrize("name, number", [
    ("estimated_kernels", 2), ("estimated_column_and_row", 2), ("near_an_estimate", 0),
    ("estimated_within_a_model", 1)])
def test_rivals_outside_radii_that_are_too_small_are_found(name: str, number: int) -> None:
    document = json.loads((ACCEPT[0].parent / f"{name}.json").read_text(encoding="utf-8"))
    claim = document["claims"][number]
    assert recovery_truth.plausible(claim, document["spec"])
    where = claim["evidence"].get("every") or claim["evidence"]
    where["radius"] = dict.fromkeys(("1", "2", "inf"), "1/1000")
    claim["evidence"]["delta"] = claim["evidence"]["eta"]
    assert not recovery_truth.plausible(claim, document["spec"])
