"""Larger random architectures: too large to exhaust, small enough to list every column or every path sum."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter

import pytest

import exactfact
from exactfact.checker import check_certificate
from exactfact.model import from_document

from . import brute, secants
from .dense import number
from .exact import rank
from .expand import expand

PRIME = 2**89 - 1
FAST, SLOW = range(8), range(8, 150)


def chain(seed: int) -> dict:
    """Two to five structured layers of size 4 to 7 over QQ, at most 1500 columns."""
    rng = random.Random(f"medium {seed}")
    while True:
        depth = rng.randint(2, 5)
        sizes = [rng.randint(3, 7) for _ in range(depth + 1)]
        if rng.random() < 0.6:
            sizes = [sizes[0]] * (depth + 1)
        layers = [_layer(rng, *pair) for pair in itertools.pairwise(sizes)]
        arch = expand({"layer": layers})
        total = 1
        for size in arch.sizes:
            total *= size
        if 30 < total <= 1500:
            return {"exactfact": 1, "field": "QQ", "layer": layers}


def _layer(rng: random.Random, rows: int, cols: int) -> dict:
    kind = rng.choice(("toeplitz", "entries", "entries", "sparse", "hankel", "diagonal", "circulant", "signs"))
    if kind == "toeplitz":
        every = range(1 - cols, rows)
        return {"operator": kind, "rows": rows, "cols": cols, "diagonals": rng.sample(every, rng.randint(2, 5))}
    if kind == "hankel" and rows + cols < 9:
        return {"operator": kind, "rows": rows, "cols": cols}
    if kind == "circulant" and rows == cols:
        return {"operator": kind, "size": rows, "support": rng.sample(range(rows), rng.randint(2, 3))}
    if kind == "diagonal":
        return {"operator": kind, "rows": rows, "cols": cols}
    count, size = rng.randint(3, 4), rng.randint(2, 9)
    values = (1, -1) if kind == "signs" else (1, 1, 2, -3, "1/2", "5/7")
    cells = [
        [rng.randrange(rows), rng.randrange(cols), j, rng.choice(values)] for j in range(count) for _ in range(size)
    ]
    return {"operator": "entries", "rows": rows, "cols": cols, "parameters": count, "entries": cells}


def network(seed: int) -> dict:
    """Depth 3 to 7, width up to 4, cyclic or not, with dilations."""
    rng = random.Random(f"medium network {seed}")
    depth = rng.randint(3, 7)
    group = rng.choice(([0], [rng.randint(20, 400)], [rng.randint(5, 12), rng.randint(5, 12)], [0, rng.randint(4, 9)]))
    widths = [1] + [rng.randint(1, 4 if depth < 5 else 2) for _ in range(depth)]
    edges = []
    for k in range(depth):
        wires = {(v, rng.randrange(widths[k])) for v in range(widths[k + 1])}
        wires |= {(rng.randrange(widths[k + 1]), w) for w in range(widths[k])}
        for v, w in sorted(wires):
            taps = {tuple(rng.randint(0, (n or 9) - 1) for n in group) for _ in range(rng.randint(1, 3))}
            edges.append({"from": f"{k + 1}.{v}", "to": f"{k}.{w}", "support": [list(t) for t in sorted(taps)]})
    rng.shuffle(edges)
    written = {"group": group, "root": "0.0", "edge": edges, "signal": [n or rng.randint(1, 6) for n in group]}
    return {"exactfact": 1, "field": "QQ", "network": written}


def sums(document: dict) -> dict[str, Counter]:
    """c_leaf(x) for every leaf, node after node from the root."""
    written = document["network"]
    group, edges = written["group"], list(written["edge"])
    zero = tuple(0 for _ in group)
    counts, done = {written["root"]: Counter({zero: 1})}, set()
    frontier = [written["root"]]
    while frontier:
        following: dict[str, Counter] = {}
        for edge in edges:
            if edge["to"] not in frontier:
                continue
            target = following.setdefault(edge["from"], Counter())
            for x, count in counts[edge["to"]].items():
                for tap in edge["support"]:
                    moved = tuple((a + b) % n if n else a + b for a, b, n in zip(x, tap, group, strict=True))
                    target[moved] += count
        done |= set(frontier)
        counts.update(following)
        frontier = list(following)
    leaves = {edge["from"] for edge in edges} - {edge["to"] for edge in edges}
    return {leaf: counts[leaf] for leaf in leaves}


def examine_chain(document: dict) -> list[str]:
    """Rank (from all columns), Jacobian rank, verdicts that follow from them, and the checker."""
    arch = expand({**document, "field": f"GF({PRIME})"})
    lifted = brute.columns(arch)
    true_rank, true_jacobian = rank(list(lifted.values()), PRIME), brute.jacobian_rank(expand(document))
    result = exactfact.certify(from_document(document), seed=0)
    found = []
    for key, real in (("rank", true_rank), ("jacobian_rank", true_jacobian)):
        bounds = result.facts[key]
        if not bounds["lower"] <= real <= bounds["upper"]:
            found.append(f"{key} {bounds}, the truth is {real}")
    status = result.verdict("uniform", over="QQ").status
    excluded = "QQ" in secants.too_small(arch, true_rank)
    if status == "proved" and excluded or status == "refuted" and true_rank == len(lifted):
        found.append(f"uniform {status}, rank {true_rank} of {len(lifted)}")
    finite = result.verdict("generic-finite", over="CC").status
    if finite == {True: "refuted", False: "proved"}[true_jacobian == brute.dimension(arch)]:
        found.append(f"generic-finite {finite}, Jacobian rank {true_jacobian}")
    return found + _checked(result)


def examine_network(document: dict) -> list[str]:
    """Rank, largest entry, singular value and the verdict modulo path-scaling, from all path sums."""
    counts = [c for leaf in sums(document).values() for c in leaf.values()]
    written = document["network"]
    nu = 1
    for length in written["signal"]:
        nu *= length
    truth = {
        "rank": len(counts),
        "path_multiindices": sum(counts),
        "path_max_entry": max(counts),
        "sigma_min_squared": nu * min(counts),
    }
    result = exactfact.certify(from_document(document), seed=0)
    found = []
    for key, real in truth.items():
        fact = result.facts[key]
        if fact is None:
            continue
        low, high = (fact["lower"], fact["upper"]) if isinstance(fact, dict) else (fact, fact)
        if number(low) > real or high is not None and number(high) < real:
            found.append(f"{key} {fact}, the truth is {real}")
    expected = "proved" if max(counts) == 1 else "refuted"
    if result.verdict("uniform", "path-scaling").status != expected:
        found.append(f"uniform modulo path-scaling is not {expected}")
    return found + _checked(result)


def _checked(result: exactfact.Result) -> list[str]:
    report = check_certificate(json.loads(result.certificate.text()))
    return [] if report.exit_code == 0 else ["the checker: " + "; ".join(report.lines())]


EXAMINE = {"chain": (chain, examine_chain), "network": (network, examine_network)}


def _failures(kind: str, seeds: range) -> list[tuple[int, list[str]]]:
    make, examine = EXAMINE[kind]
    examined = ((seed, examine(make(seed))) for seed in seeds)
    return [(seed, found) for seed, found in examined if found]


@pytest.mark.parametrize("kind", EXAMINE)
def test_medium_sizes_agree_with_listing(kind: str) -> None:
    assert _failures(kind, FAST) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", EXAMINE)
def test_medium_sizes_agree_with_listing_at_length(kind: str) -> None:
    assert _failures(kind, SLOW) == []
