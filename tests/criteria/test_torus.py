"""Fixed supports modulo the torus of their hidden nodes: the zoo, brute force over GF(3), and forged evidence."""

from __future__ import annotations

import copy
import itertools
import json
import random
import time
from typing import Any

import pytest

import exactfact as ef
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.reasons import reason
from exactfact.checker import check_certificate
from exactfact.criteria import jacobian_rank, torus_finite, torus_paths, torus_peeling
from exactfact.criteria.outcome import Context
from exactfact.criteria.problem import Problem
from exactfact.lifting.peeling import peel
from exactfact.lifting.placed import Placed, crossing

from .checked import checked
from .helpers import document as certificate
from .helpers import run

LOWER = [[0, 0, 0], [1, 0, 1], [1, 1, 2], [2, 0, 3], [2, 1, 4], [2, 2, 5]]
UPPER = [[0, 0, 0], [0, 1, 1], [0, 2, 2], [1, 1, 3], [1, 2, 4], [2, 2, 5]]


def supports(*layers: tuple[int, int, list[tuple[int, int]]], coefficients: bool = False) -> list[ef.Layer]:
    """One layer for each (rows, columns, cells)."""
    return [
        ef.entries(r, c, len(cells), [[*cell, j, *([j + 2] if coefficients else [])] for j, cell in enumerate(cells)])
        for r, c, cells in layers
    ]


def grid(rows: int, cols: int) -> list[tuple[int, int]]:
    return list(itertools.product(range(rows), range(cols)))


def tower(n: int) -> list[ef.Layer]:
    """Triangular, butterfly-like and triangular: paths meet, and peeling at two cuts takes them apart."""
    lower = [(r, c) for r, c in grid(n, n) if c <= r]
    upper = [(r, c) for r, c in grid(n, n) if r <= c]
    return supports((n, n, lower), (n, n, [(i, i) for i in range(n)]), (n, n, upper))


def butterfly(n: int) -> list[ef.Layer]:
    return [ef.butterfly(n, level) for level in range(n.bit_length() - 1)]


# name: layers, statement, dimension of the orbits on classes
ZOO: dict[str, tuple[list[ef.Layer], str, int]] = {
    **{f"butterfly {n}": (butterfly(n), "9.3b", (n - 1) * (n.bit_length() - 2)) for n in (4, 8, 16)},
    "butterfly with weights": (supports(*[(4, 4, [(r, c) for r in range(4) for c in sorted({r, r ^ bit})])
                                          for bit in (2, 1)], coefficients=True), "9.3b", 3),
    "tree": (supports((4, 3, [(0, 0), (1, 0), (2, 1), (3, 2)]), (3, 2, [(0, 0), (1, 1), (2, 1)]),
                      (2, 1, [(0, 0), (1, 0)])), "9.3b", 3),
    "LU": ([ef.entries(3, 3, 6, LOWER), ef.entries(3, 3, 6, UPPER)], "9.4", 2),
    "LDU": (tower(3), "9.5", 4),
    "two inner nodes, one hidden behind the other": (
        supports((3, 2, [(0, 0), (1, 0), (2, 0), (1, 1), (2, 1)]), (2, 3, [(0, 0), (0, 1), (0, 2), (1, 1)])), "9.4", 1),
    "rank-one terms side by side": (
        supports((4, 2, [(0, 0), (1, 0), (2, 1), (3, 1)]), (2, 4, [(0, 0), (0, 1), (1, 2), (1, 3)])), "9.3b", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", ZOO)
def test_generic_modulo_torus_and_not_modulo_scaling(name: str) -> None:
    layers, statement, dimension = ZOO[name]
    result = checked(ef.Architecture(layers))
    for prop in ("generic", "generic-finite"):
        row = result.verdict(prop, "torus")
        assert (row.status, row.over, list(row.also_over)) == ("proved", "CC", ["RR", "QQ"])
        assert row.group == {"dimension": dimension}
        assert result.verdict(prop, over="QQ").status == "refuted"
    good = _claims(ef.Architecture(layers))
    found = [c for c in good["claims"] if c["kind"] == "verdict" and c["modulo"] == "torus"]
    assert [(c["property"], c["statement"]) for c in found] == [(p, statement) for p in ("generic", "generic-finite")]
    assert all(f"{dimension} dimensions" in reason(good, claim) for claim in found)


def test_overlapping_supports_that_cannot_be_peeled_are_finite() -> None:
    """Three nodes of which each covers the other two: no order exists, the Jacobian rank decides."""
    rows = [(0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (0, 2)]
    cols = [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 0)]
    architecture = ef.Architecture(supports((3, 3, rows), (3, 3, cols)))
    row = checked(architecture).verdict("generic-finite", "torus")
    assert (row.status, row.group) == ("proved", {"dimension": 2})
    assert "9.3a" in {claim["statement"] for claim in _claims(architecture)["claims"]}


def test_a_large_butterfly_is_instant() -> None:
    layers = butterfly(64)
    ledger, _ = run(ef.Architecture(layers), [torus_paths.apply])
    start = time.process_time()
    report = check_certificate(json.loads(json.dumps(certificate(ef.Architecture(layers), ledger.claims))))
    assert report.accepted and time.process_time() - start < 5
    assert all(claim.evidence == {"dimension": 63 * 5} for claim in ledger.claims)


def test_peeling_a_large_product() -> None:
    start = time.process_time()
    ledger, _ = run(ef.Architecture(tower(24)), [torus_peeling.apply])
    assert {claim.statement for claim in ledger.claims} == {"9.5"}
    assert check_certificate(json.loads(json.dumps(certificate(ef.Architecture(tower(24)), ledger.claims)))).accepted
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("layers", "why"),
    [([ef.toeplitz(3, 3), ef.full(3, 3)], "not at exactly one entry"),
     ([ef.entries(2, 2, 2, [[0, 0, 0], [0, 0, 1]]), ef.full(2, 2)], "two parameters at one entry"),
     ([ef.full(2, 1), ef.full(1, 2)], "every hidden layer has one node"),
     ([ef.entries(2, 2, 3, [[0, 0, 0], [1, 1, 1], [0, 1, 2]]), ef.entries(2, 2, 1, [[0, 0, 0]])], "not at exactly one"),
     ([ef.full(2, 2), ef.full(2, 2)], "two paths")],
)  # fmt: skip
def test_what_is_no_fixed_support_is_left_alone(layers: list[ef.Layer], why: str) -> None:
    architecture = ef.Architecture(layers)
    ledger, outcomes = run(architecture, [torus_paths.apply, torus_peeling.apply, torus_finite.apply])
    assert not ledger.claims
    assert why in outcomes[0].why


def test_entries_that_lead_nowhere_do_not_count() -> None:
    """Parameter 1 has a second entry in a column that nothing reads: the rest is a fixed support."""
    first = ef.entries(2, 3, 3, [[0, 0, 0], [1, 0, 1], [1, 2, 1], [1, 1, 2]])
    second = ef.entries(3, 2, 2, [[0, 0, 0], [1, 1, 1]])
    assert checked(ef.Architecture([first, second])).verdict("generic", "torus").status == "proved"


def test_over_a_finite_field_nothing_is_claimed() -> None:
    problem = Problem(ef.Architecture(butterfly(4), field=ef.GF(5)))
    assert not torus_paths.apply(problem, Context(Ledger())).claims


# ------------------------------------------------------------------------------------------- brute force


def _random(rng: random.Random) -> list[list[tuple[int, int]]]:
    """Cells of two to four layers with three to nine parameters in all, each on a complete path."""
    while True:
        widths = [rng.randint(1, 3) for _ in range(rng.choice((3, 3, 4, 5)))]
        layers = [rng.sample(grid(a, b), rng.randint(1, a * b)) for a, b in itertools.pairwise(widths)]
        if 3 <= sum(map(len, layers)) <= 9 and _alive(layers):
            return layers


def _fibres(layers: list[list[tuple[int, int]]], p: int) -> dict[Any, list[tuple[int, ...]]]:
    """All points by the value of phi, a polynomial in the paths."""
    paths: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    starts = [0, *itertools.accumulate(map(len, layers))]
    for chosen in itertools.product(*(list(enumerate(layer)) for layer in layers)):
        cells = [cell for _, cell in chosen]
        if all(a[1] == b[0] for a, b in itertools.pairwise(cells)):
            index = tuple(start + j for start, (j, _) in zip(starts, chosen, strict=False))
            paths.setdefault((cells[0][0], cells[-1][1]), []).append(index)
    found: dict[Any, list[tuple[int, ...]]] = {}
    for h in itertools.product(range(p), repeat=starts[-1]):
        value = []
        for listed in paths.values():
            total = 0
            for index in listed:
                term = 1
                for i in index:
                    term *= h[i]
                total += term
            value.append(total % p)
        found.setdefault(tuple(value), []).append(h)
    return found


def _orbit(layers: list[list[tuple[int, int]]], h: tuple[int, ...], p: int) -> set[tuple[int, ...]]:
    nodes = sorted({(k, c) for k, layer in enumerate(layers[:-1]) for _, c in layer})
    out = set()
    for scalars in itertools.product(range(1, p), repeat=len(nodes)):
        t = dict(zip(nodes, scalars, strict=True))
        flat = [(k, cell) for k, layer in enumerate(layers) for cell in layer]
        out.add(tuple(
            pow(t.get((k - 1, r), 1), -1, p) * x * t.get((k, c), 1) % p for x, (k, (r, c)) in zip(h, flat, strict=True)
        ))  # fmt: skip
    return out


def _alive(layers: list[list[tuple[int, int]]]) -> bool:
    ends = [{c for _, c in layer} for layer in layers[:-1]]
    begins = [{r for r, _ in layer} for layer in layers[1:]]
    return ends == begins


def _allowed(layers: list[list[tuple[int, int]]], h: tuple[int, ...], p: int) -> bool:
    """No entry of the product of an interval of layers vanishes that its support allows."""
    starts = [0, *itertools.accumulate(map(len, layers))]
    for first in range(len(layers)):
        reached = {(r, r): (1, 1) for r, _ in layers[first]}
        for k in range(first, len(layers)):
            following: dict[tuple[int, int], tuple[int, int]] = {}
            for (a, b), (x, n) in reached.items():
                for j, (r, c) in enumerate(layers[k]):
                    if r == b:
                        y, m = following.get((a, c), (0, 0))
                        following[a, c] = ((y + x * h[starts[k] + j]) % p, m + n)
            if any(not x for x, _ in following.values()):
                return False
            reached = following
    return True


def test_random_supports_against_all_points_over_gf3() -> None:
    """Certified: every point with nonzero entries (peeling: of all partial products) has one orbit in its fibre.

    Rivals may have zero entries; several orbits are met where nothing is certified.
    """
    rng, seen, several = random.Random(9), {"paths": 0, "peeled": 0, "neither": 0}, 0
    while min(seen.values()) < 8:
        layers = _random(rng)
        edges = Placed(tuple(tuple(layer) for layer in layers))
        unique, cuts = crossing(edges) is None, peel(edges)
        assert not unique or cuts is not None, "what has unique paths can be peeled"
        kind = "paths" if unique else "peeled" if cuts is not None else "neither"
        seen[kind] += 1
        if seen[kind] > 12:
            continue
        single = all(
            set(fibre) <= _orbit(layers, h, 3)
            for fibre in _fibres(layers, 3).values()
            for h in [next((h for h in fibre if all(h) and (unique or _allowed(layers, h, 3))), None)]
            if h is not None
        )
        assert single or kind == "neither", layers
        several += not single
    assert several > 3


def test_verdicts_of_random_supports_agree_with_the_orbits_of_their_fibres() -> None:
    """Every verdict modulo torus against a count of orbits by border bases, and the dimension against ranks."""
    from tests.oracles.judge import Truth, wrong_in

    rng, proved = random.Random(4), dict.fromkeys(("9.3a", "9.3b", "9.4", "9.5"), 0)
    for _ in range(400):
        layers = _random(rng)
        if Placed(tuple(map(tuple, layers))).dimension == 0:
            continue
        widths = [1 + max(r for r, _ in layers[0])]
        widths += [1 + max(c for _, c in layer) for layer in layers]
        shapes = itertools.pairwise(widths)
        architecture = ef.Architecture(supports(*((a, b, x) for (a, b), x in zip(shapes, layers, strict=True))))
        truth = Truth(architecture.document())
        for claim in _claims(architecture)["claims"]:
            if claim.get("modulo") == "torus":
                proved[claim["statement"]] += 1
                assert wrong_in(truth, claim) == []
    assert min(proved[s] for s in ("9.3b", "9.4")) > 3, proved


# ------------------------------------------------------------------------------------------- forged evidence


def _claims(architecture: ef.Architecture) -> dict[str, Any]:
    """An accepted certificate of the Jacobian rank and the criteria of this file alone."""
    criteria = [jacobian_rank.apply, torus_paths.apply, torus_peeling.apply, torus_finite.apply]
    good = json.loads(json.dumps(certificate(architecture, run(architecture, criteria)[0].claims)))
    report = check_certificate(good)
    assert report.accepted, report.lines()
    return dict(good)


def _statuses(forged: dict[str, Any], statement: str) -> set[str]:
    names = {c["id"] for c in forged["claims"] if c["statement"] == statement}
    return {line.status for line in check_certificate(forged).claims if line.id in names}


def _forge(good: dict[str, Any], statement: str, change: Any) -> set[str]:
    forged = copy.deepcopy(good)
    for claim in forged["claims"]:
        if claim["statement"] == statement:
            change(claim)
    return _statuses(forged, statement)


PEELING = {
    "dimension": lambda e: e.__setitem__("dimension", e["dimension"] + 1),
    "no cut": lambda e: e.__setitem__("cuts", []),
    "a cut twice": lambda e: e["cuts"].append(e["cuts"][0]),
    "a cut of other layers": lambda e: e["cuts"].append({**e["cuts"][0], "layers": [0, 0]}),
    "cut out of range": lambda e: e["cuts"][0].__setitem__("cut", 2),
    "order reversed": lambda e: e["cuts"][0]["order"].reverse(),
    "order and trees reversed": lambda e: (e["cuts"][0]["order"].reverse(), e["cuts"][0]["trees"].reverse()),
    "a node missing": lambda e: (e["cuts"][0]["order"].pop(), e["cuts"][0]["trees"].pop()),
    "a node twice": lambda e: e["cuts"][0]["order"].__setitem__(1, e["cuts"][0]["order"][0]),
    "a cell less": lambda e: e["cuts"][0]["trees"][0].pop(),
    "a cell twice": lambda e: e["cuts"][0]["trees"][0].__setitem__(0, e["cuts"][0]["trees"][0][1]),
    "a cell of a later node": lambda e: e["cuts"][0]["trees"][0].__setitem__(-1, [2, 2]),
    "a cell outside": lambda e: e["cuts"][0]["trees"][0].__setitem__(-1, [7, 0]),
    "no list": lambda e: e["cuts"][0].__setitem__("trees", 5),
    "a number in words": lambda e: e["cuts"][0]["order"].__setitem__(0, "0"),
}


@pytest.mark.parametrize("name", PEELING)
@pytest.mark.parametrize("case", ["LU", "LDU"])
def test_forged_peelings_are_rejected(name: str, case: str) -> None:
    layers, statement, _ = ZOO[case]
    good = _claims(ef.Architecture(layers))
    assert _forge(good, statement, lambda claim: None) == {"accepted"}
    assert _forge(good, statement, lambda claim: PEELING[name](claim["evidence"])) == {"rejected"}


def test_an_inner_cut_must_not_be_missing() -> None:
    good = _claims(ef.Architecture(tower(3)))
    assert _forge(good, "9.5", lambda claim: claim["evidence"]["cuts"].pop()) == {"rejected"}


@pytest.mark.parametrize("statement", ["9.3a", "9.3b", "9.4", "9.5"])
@pytest.mark.parametrize("layers", [[ef.full(2, 2)] * 2, [ef.toeplitz(3, 2), ef.full(2, 3)]])
def test_no_statement_licenses_dense_layers(layers: list[ef.Layer], statement: str) -> None:
    """Two paths join each input and output, and their rank-one terms cover each other."""
    architecture = ef.Architecture(layers)
    good = _claims(architecture)
    rank = next(c["id"] for c in good["claims"] if c.get("quantity") == "jacobian_rank" and c["side"] == "lower")
    trees = [[[0, 0], [0, 1], [1, 0]], [[1, 1], [0, 1], [1, 0]]]
    evidence = {
        "9.3a": {"jacobian_rank": rank, "dimension": 1},
        "9.3b": {"dimension": 1},
    }.get(statement, {"dimension": 1, "cuts": [{"layers": [0, 1], "cut": 0, "order": [0, 1], "trees": trees}]})
    for prop in ("generic-finite", "generic"):
        forged = copy.deepcopy(good)
        forged["claims"].append(
            {"id": f"c{len(good['claims'])}", "kind": "verdict", "property": prop, "modulo": "torus", "model": "full",
             "over": "CC", "status": "proved", "statement": statement, "evidence": evidence}
        )  # fmt: skip
        assert _statuses(forged, statement) == {"rejected"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("over", "QQ"), ("modulo", "scaling"), ("property", "uniform"), ("property", "at-point"), ("status", "refuted"),
     ("model", "spec")],
)  # fmt: skip
def test_the_verdict_is_about_generic_points_modulo_the_torus(key: str, value: str) -> None:
    good = _claims(ef.Architecture(butterfly(4)))
    assert _forge(good, "9.3b", lambda claim: claim.__setitem__(key, value)) == {"rejected"}


def test_a_smaller_rank_does_not_prove_finiteness() -> None:
    rows = [(0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (0, 2)]
    cols = [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 0)]
    good = _claims(ef.Architecture(supports((3, 3, rows), (3, 3, cols))))
    forged = copy.deepcopy(good)
    claim = next(c for c in forged["claims"] if c["statement"] == "9.3a")
    bound = next(c for c in forged["claims"] if c["id"] == claim["evidence"]["jacobian_rank"])
    bound["value"] -= 1
    assert _statuses(forged, "9.3a") == {"rejected"}


def test_the_dimension_is_that_of_the_group_of_the_lattice() -> None:
    from tests.oracles import torus
    from tests.oracles.expand import expand

    for layers, _, dimension in ZOO.values():
        if sum(x.parameters for x in layers) <= 16:
            assert torus.dimension(expand(ef.Architecture(layers).document())) == dimension
