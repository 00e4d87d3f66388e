"""Random changes of certificates: values, places, claims and specs."""
import copy
import random
from typing import Any

from exactfact.checker.rules import BOUNDS, VERDICTS
from tests.checker import build as b

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
