"""Certificates mutated at random in thousands of ways are never accepted with a false claim.

A claim that the checker accepts must be one of the original's (while the spec is the original's), or be true by brute
force. The two certificates with 5^20 columns are mutated in their claims only: the truth about them is known.
"""
import copy
import json
import random
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from exactfact.checker import check_certificate
from exactfact.checker.rules import BOUNDS, VERDICTS
from tests.checker import build as b
from tests.checker import recovery_truth
from tests.checker.judge import Judge, key

ACCEPT = sorted((Path(__file__).parents[1] / "certificates" / "accept").glob("*.json"))
HUGE = ("long_chain", "crowded_chain")
ROUNDS = 800
LIMIT = 300_000_000
WORDS = {
    "side": ["lower", "upper"], "over": ["QQ", "RR", "CC", "GF(5)", "GF(2)"], "status": ["proved", "refuted"],
    "property": ["uniform", "generic", "generic-finite", "at-point", "stable", "recovery", "tensor-recovery"],
    "modulo": ["scaling", "path-scaling", "torus", "gauge"],
    "model": ["full", "spec", "zero-edges-allowed"], "kind": ["bound", "verdict"],
    "quantity": ["rank", "jacobian_rank", "jacobian_rank_at_point", "path_max_entry", "sigma_min_squared",
                 "sigma_max_squared",
                 "fibre_count"],
    "statement": sorted({statement for _, statement in BOUNDS} | {licence.statement for licence in VERDICTS}),
    "bound": ["ambient", "lifted", "support", "cut", "narrow", "dimension", "live"],
    "method": ["table", "mixed-radix", "superincreasing", "pigeonhole"], "field": ["QQ", "GF(5)", "GF(2)", "GF(3)"],
    "operator": ["full", "diagonal", "hankel"]}


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values inside."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(place for k, v in inner for place in places(v, (*way, k)))]


def get(value: Any, way: tuple[Any, ...]) -> Any:
    """The value at a path."""
    for k in way:
        value = value[k]
    return value


def mutate(document: Any, root: tuple[Any, ...], rng: random.Random) -> None:
    """One random change below `root`."""
    ways = [way for way in places(get(document, root), root) if len(way) > len(root)]
    if not ways:
        return
    way = rng.choice(ways)
    parent, last = get(document, way[:-1]), way[-1]
    value = parent[last]
    if last in WORDS and rng.random() < 0.8:
        parent[last] = rng.choice(WORDS[last])
    elif isinstance(value, int):
        parent[last] = rng.choice([value + 1, value - 1, -value, 0, 1, 2, 2 * value, True, rng.randrange(-3, 10),
                                   f"{value}/2", 5, 7, 11 if root == ("spec",) else 65521, value + 5])
    elif isinstance(value, str):
        others = [get(document, w) for w in ways if isinstance(get(document, w), str)]
        parent[last] = rng.choice([*others, "c0", "c1", "c2", 0, 1, -1, "1/2"])
    elif isinstance(value, list) and value and rng.random() < 0.8:
        i, j = rng.randrange(len(value)), rng.randrange(len(value))
        action = rng.randrange(4)
        if action == 0:
            del value[i]
        elif action == 1:
            value.insert(j, copy.deepcopy(value[i]))
        elif action == 2:
            value[i], value[j] = value[j], value[i]
        else:
            value[i] = copy.deepcopy(value[j])
    elif isinstance(parent, dict) and rng.random() < 0.3:
        del parent[last]
    else:
        parent[last] = rng.choice([None, [], {}, 0, [0], "full"])


def mutant(original: Any, huge: bool, rng: random.Random) -> Any:
    """A copy with one to three changes of claims or spec."""
    document = copy.deepcopy(original)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        claims = document["claims"]
        kind = rng.random()
        if not claims or kind < 0.25 and not huge:
            mutate(document, ("spec",), rng)
        elif kind < 0.35:
            i, j = rng.randrange(len(claims)), rng.randrange(len(claims))
            field = rng.choice(["evidence", "value", "statement", "over", "side", "status", "property"])
            if all(isinstance(claims[x], dict) and field in claims[x] for x in (i, j)):
                claims[i][field] = copy.deepcopy(claims[j][field])
        elif kind < 0.45:
            mutate(document, ("claims",), rng)
        else:
            mutate(document, ("claims", rng.randrange(len(claims))), rng)
    if rng.random() < 0.9:
        document["digest"] = b.digest(document["spec"])
    if rng.random() < 0.7:
        for i, claim in enumerate(document["claims"]):
            if isinstance(claim, dict):
                claim["id"] = f"c{i}"
    return document


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
