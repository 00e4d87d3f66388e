"""Random tiny architectures: exact values are accepted, the next value is not, for every rule with a number."""
import random
from fractions import Fraction
from typing import Any

import pytest

from exactfact.checker import check_certificate
from tests.certificates.chain_evidence import chain_evidence
from tests.checker import build as b
from tests.checker import truth
from tests.checker.build import LARGE
from tests.checker.judge import Judge
from tests.checker.random_specs import random_chain, random_network


def statuses(spec: Any, *claims: Any) -> list[str]:
    """The status of each claim; a refused certificate fails the test."""
    report = check_certificate(b.certificate(spec, *claims))
    assert not report.problem, report.problem
    return [claim.status for claim in report.claims]


def both(spec: Any, quantity: str, side: str, exact: int, statement: str, evidence: Any, over: str) -> bool:
    """Whether the exact value is accepted and the next one is rejected."""
    beyond = exact + (1 if side == "lower" else -1)
    claims = [b.bound(quantity, side, exact, statement, evidence, over)]
    if beyond >= 0:
        claims.append(b.bound(quantity, side, beyond, statement, evidence, over))
    return statuses(spec, *claims) == ["accepted", "rejected"][:len(claims)]


@pytest.mark.parametrize("field", ["QQ", "GF(2)", "GF(3)", "GF(65521)"])
def test_ranks_of_random_chains(field: str) -> None:
    rng = random.Random(field)
    for _ in range(40):
        spec = random_chain(rng, field)
        p = truth.characteristic(spec)
        prime, rank = p or LARGE, truth.lifted_rank(spec)
        every = [list(i) for i in truth.columns(spec)]
        assert both(spec, "rank", "lower", rank, "2.3", {"prime": prime, "columns": every}, field), spec
        assert both(spec, "rank", "upper", rank, "3.1", chain_evidence(spec), field), spec
        primes = [p] if p else [hex(2 ** 61 - 1), 2 ** 31 - 1, LARGE]
        assert both(spec, "rank", "upper", rank, "2.6", {"primes": primes}, field), spec
        if not p:
            assert both(spec, "rank", "upper", rank, "3.1", chain_evidence(spec, True, prime), field), spec
        cells = {r * len(truth.chain_layers(spec)[-1][0][0]) + c
                 for column in truth.columns(spec).values() for r, c in column}
        support = statuses(spec, b.bound("rank", "upper", len(cells), "2.4", {"bound": "support"}, field))
        assert support in (["accepted"], ["rejected"])  # cancellation may leave the Boolean count above


@pytest.mark.parametrize("field", ["QQ", "GF(5)"])
def test_jacobians_of_random_chains(field: str) -> None:
    rng = random.Random(field)
    for _ in range(40):
        spec = random_chain(rng, field)
        prime = truth.characteristic(spec) or LARGE
        at_point = truth.point_jacobian_rank(spec)
        assert both(spec, "jacobian_rank_at_point", "lower", at_point, "6.1b", {"prime": prime}, field), spec
        assert both(spec, "jacobian_rank_at_point", "upper", at_point, "6.1b", {"kernel": kernel(spec)}, field), spec
        if field == "QQ":
            rank, evidence = truth.generic_jacobian_rank(spec), {"prime": LARGE, "point": {"seed": 0, "index": 0}}
            assert both(spec, "jacobian_rank", "lower", rank, "6.1", evidence, field), spec


def kernel(spec: Any) -> list[Any]:
    """A basis of the kernel of the Jacobian at the point, by elimination on the extended columns."""
    p = truth.characteristic(spec)
    h = [[truth.value(x) for x in row] for row in spec["point"]["h"]]
    columns = truth.jacobian_columns(spec, h)
    basis: list[tuple[Any, dict[Any, Any], dict[int, Any]]] = []
    result = []

    def reduce(x: Any) -> Any:
        return Fraction(x.numerator * pow(x.denominator, -1, p) % p) if p else x
    for j, column in enumerate(columns):
        v = {k: y for k, x in column.items() if (y := reduce(Fraction(x)))}
        combination = {j: Fraction(1)}
        for pivot, row, combined in basis:
            f = v.get(pivot, Fraction(0))
            if f:
                v = {k: y for k in {*v, *row} if (y := reduce(v.get(k, Fraction(0)) - f * row.get(k, Fraction(0))))}
                combination = {k: reduce(combination.get(k, Fraction(0)) - f * combined.get(k, Fraction(0)))
                               for k in {*combination, *combined}}
        if v:
            pivot = min(v)
            inverse = reduce(1 / v[pivot])
            basis.append((pivot, {k: reduce(x * inverse) for k, x in v.items()},
                          {k: reduce(x * inverse) for k, x in combination.items()}))
        else:
            flat = [combination.get(i, Fraction(0)) for i in range(len(columns))]
            rows, start = [], 0
            for size in truth.sizes(spec):
                rows.append([int(x) if x.denominator == 1 else f"{x.numerator}/{x.denominator}"
                             for x in flat[start:start + size]])
                start += size
            result.append(rows)
    return result


@pytest.mark.parametrize("field", ["QQ", "GF(3)"])
def test_dead_directions_of_random_chains(field: str) -> None:
    rng, found = random.Random(field), 0
    for _ in range(150):
        spec = random_chain(rng, field)
        p, sizes = truth.characteristic(spec), truth.sizes(spec)
        k = rng.randrange(len(sizes))
        x = [rng.randrange(-1, 2) if not p else rng.randrange(p) for _ in range(sizes[k])]
        dead: dict[Any, dict[Any, Any]] = {}
        for i, column in truth.columns(spec).items():
            rest = dead.setdefault(i[:k] + i[k + 1:], {})
            for at, v in column.items():
                rest[at] = rest.get(at, 0) + v * x[i[k]]
        expected = not any((v % p if p else v) for rest in dead.values() for v in rest.values())
        found += expected and any(x)
        if not p:
            claim = b.verdict("generic", "scaling", "refuted", "QQ", "8.2b", {"layer": k, "x": x})
            assert statuses(spec, claim) == ["accepted" if expected and any(x) else "rejected"]
            assert not (expected and any(x)) or Judge(spec).true(claim)
    assert found > 5


@pytest.mark.parametrize("field", ["QQ", "GF(2)", "GF(5)"])
def test_witnesses_of_random_chains_and_networks(field: str) -> None:
    rng, accepted = random.Random(field), 0
    for turn in range(400):
        spec = random_network(rng, field) if turn % 2 else random_chain(rng, field)
        p = truth.characteristic(spec) or 3
        h, g = ([[rng.randrange(p) for _ in range(s)] for s in truth.sizes(spec)] for _ in range(2))
        if rng.random() < 0.5:
            g = [list(row) for row in h]
            k = rng.randrange(len(h))
            g[k][rng.randrange(len(h[k]))] = rng.randrange(p)
        spec["point"] = {"h": h}
        groups = ["scaling", "path-scaling"] if "network" in spec else ["scaling"]
        for group in groups:
            for prop in ("at-point", "uniform")[:1 + (group == "scaling")]:
                claim = b.verdict(prop, group, "refuted", field, "8.1", {"h": h, "g": g})
                expected = Judge(spec).true(claim)
                accepted += expected
                assert statuses(spec, claim) == ["accepted" if expected else "rejected"], (spec, claim)
    assert accepted > 20


def test_path_witnesses_with_zero_edges_and_rescaled_nodes() -> None:
    rng, seen = random.Random(11), {True: 0, False: 0}
    for _ in range(300):
        spec = random_network(rng)
        h = [[rng.choice([0, 1, 2]) for _ in range(s)] for s in truth.sizes(spec)]
        scale = {node: rng.choice([1, 2, -1, Fraction(1, 2)]) for e in spec["network"]["edge"]
                 for node in (e["from"], e["to"])}
        leaves = scale.keys() - {e["to"] for e in spec["network"]["edge"]}
        scale.update(dict.fromkeys([*leaves, "out"], 1))
        g = [[x * scale[e["from"]] / Fraction(scale[e["to"]]) for x, (e, _) in zip(row, level, strict=True)]
             for row, level in zip(h, truth.taps(spec), strict=True)]
        if rng.random() < 0.5:
            k = rng.randrange(len(g))
            g[k][rng.randrange(len(g[k]))] *= rng.choice([0, -1])
        written = [[int(x) if x.denominator == 1 else f"{x.numerator}/{x.denominator}" for x in map(Fraction, row)]
                   for row in g]
        spec["point"] = {"h": h}
        claim = b.verdict("at-point", "path-scaling", "refuted", "QQ", "8.1", {"h": h, "g": written})
        expected = Judge(spec).true(claim)
        seen[truth.tensor(spec, h, True) == truth.tensor(spec, g, True)] += 1
        assert statuses(spec, claim) == ["accepted" if expected else "rejected"], (spec, claim)
    assert min(seen.values()) > 30


@pytest.mark.parametrize("field", ["QQ", "GF(2)"])
def test_networks_against_brute_force(field: str) -> None:
    rng = random.Random(field)
    for _ in range(60):
        spec = random_network(rng, field, point=True)
        judge, p = Judge(spec), truth.characteristic(spec)
        rank, most = judge.fact("rank"), judge.fact("path_max_entry")
        table = {"method": "table"}
        for side in ("lower", "upper"):
            both(spec, "rank", side, rank, "10.1", table, field)
            both(spec, "path_max_entry", side, most, "10.1", table, field)
        over = field if p else "CC"
        proof = b.verdict("uniform", "path-scaling", "proved", over, "10.1", table)
        scaling = b.verdict("uniform", "scaling", "proved", over, "10.1", {"uniform": "c0"})
        assert statuses(spec, proof, scaling) == ["accepted" if judge.true(c) else "rejected" for c in (proof, scaling)]
        for leaf in {leaf for leaf, _ in judge.fact("sums")}:
            hole = {"method": "pigeonhole", "leaf": leaf}
            for claim in (b.verdict("uniform", "path-scaling", "refuted", field, "10.1", hole, "zero-edges-allowed"),
                          b.verdict("uniform", "scaling", "refuted", field, "10.1", hole),
                          b.bound("path_max_entry", "lower", 2, "10.3b", hole, field)):
                assert statuses(spec, claim) == ["rejected"] or judge.true(claim)
        prime, at_point = p or LARGE, truth.point_jacobian_rank(spec)
        every = [list(i) for i in truth.columns(spec)]
        both(spec, "rank", "lower", rank, "2.3", {"prime": prime, "columns": every}, field)
        assert both(spec, "jacobian_rank_at_point", "lower", at_point, "6.1b", {"prime": prime}, field), spec
        assert both(spec, "jacobian_rank_at_point", "upper", at_point, "6.1b", {"kernel": kernel(spec)}, field), spec
        if not p:
            counts = sorted(judge.fact("sums").values())
            multiplicities = [[c, counts.count(c)] for c in sorted(set(counts))]
            sigma = judge.fact("sigma_min_squared")
            for side in ("lower", "upper"):
                both(spec, "sigma_min_squared", side, sigma, "10.4", {"nu": sigma // counts[0], "multiplicities":
                                                                      multiplicities}, field)
            both(spec, "jacobian_rank", "lower", judge.fact("jacobian_rank"), "6.1",
                 {"prime": LARGE, "point": {"seed": 2, "index": 1}}, field)
            bound = sum(judge.sizes) - truth.hidden_nodes(spec)
            assert judge.fact("jacobian_rank") <= bound
            both(spec, "jacobian_rank", "upper", bound, "10.6", {"bound": "dimension"}, field)
            for node in {e["to"] for e in spec["network"]["edge"]}:
                claim = b.verdict("generic", "scaling", "refuted", "QQ", "10.2", {"node": node})
                assert statuses(spec, claim) == ["rejected"] or judge.true(claim)


def test_covers_and_triangles_of_random_chains() -> None:
    rng, accepted = random.Random(5), [0, 0]
    for _ in range(300):
        spec = random_chain(rng)
        table = truth.columns(spec)
        rank = truth.lifted_rank(spec)
        m, n = len(truth.chain_layers(spec)[0][0]), len(truth.chain_layers(spec)[-1][0][0])
        rows = [c for c in range(m * n) if rng.random() < 0.6]
        columns = [list(i) for i in table if rng.random() < 0.4]
        cover = b.bound("rank", "upper", len(rows) + len(columns), "2.7a",
                        {"cover_rows": rows, "cover_columns": columns})
        is_cover = all(list(i) in columns or r * n + c in rows for i, column in table.items() for r, c in column)
        status = statuses(spec, cover)[0]
        assert status == "rejected" or is_cover and rank <= len(rows) + len(columns)
        accepted[0] += status == "accepted"
        order = rng.sample(range(m * n), rng.randrange(1, min(3, m * n) + 1))
        indices = [list(rng.choice(list(table))) for _ in order]
        dense = [{r * n + c: v for (r, c), v in table[tuple(i)].items()} for i in indices]
        expected = all(cell in dense[t] and not any(order[s] in dense[t] for s in range(t))
                       for t, cell in enumerate(order)) and len({tuple(i) for i in indices}) == len(indices)
        triangle = b.bound("rank", "lower", len(order), "2.7b", {"rows": order, "columns": indices})
        assert statuses(spec, triangle) == ["accepted" if expected else "rejected"]
        accepted[1] += expected
    assert min(accepted) > 10
