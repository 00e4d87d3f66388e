"""The criteria about networks against the list of all path indices, and against all h, g over GF(2) and GF(3)."""

from __future__ import annotations

import itertools
import random
import time
from fractions import Fraction

import pytest

from exactfact.certificate.claims import Bound, Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.numbers import decode_number
from exactfact.criteria import layerwise, path_finite, path_point, path_uniform
from exactfact.criteria.networks import crowded_nodes, translation_norm
from exactfact.criteria.outcome import Context, OutOfTime
from exactfact.criteria.problem import Problem
from exactfact.lifting.network_phi import phi
from exactfact.model import GF, QQ, Architecture, Edge, Network, circulant
from tests.architectures import chain
from tests.lifting.brute_networks import (
    counts,
    evaluate,
    layer_tensor,
    path_indices,
    path_tensor,
    random_network,
    unit_matrices,
)

from .helpers import run

ALL = (path_uniform.apply, layerwise.apply, path_finite.apply, path_point.apply)


def verdicts(ledger):
    return {(c.property, c.modulo, c.model, c.over): c for c in ledger.claims if isinstance(c, Verdict)}


def bounds(ledger, quantity):
    return {c.side: c.value for c in ledger.claims if isinstance(c, Bound) and c.quantity == quantity}


def decoded(point):
    return [[decode_number(value) for value in level] for level in point]


@pytest.mark.parametrize("seed", range(60))
def test_verdicts_and_facts_over_the_rationals(seed):
    network = random_network(random.Random(seed), taps=3)
    ledger, _ = run(Architecture(network), ALL)
    found = verdicts(ledger)
    assert len(found) == sum(isinstance(c, Verdict) for c in ledger.claims), "verdicts are unique"
    tables = counts(network)
    values = [c for table in tables.values() for c in table.values()]
    distinct = max(values) == 1
    assert (("uniform", "path-scaling", "full", "CC") in found) == distinct
    assert (("uniform", "path-scaling", "zero-edges-allowed", "QQ") in found) == (not distinct)
    assert bounds(ledger, "rank") == {"lower": len(values), "upper": len(values)}
    assert bounds(ledger, "path_max_entry") == {"lower": max(values), "upper": max(values)}
    nu = translation_norm(network)
    assert bounds(ledger, "sigma_min_squared") == {"lower": nu * min(values), "upper": nu * min(values)}
    alone = not crowded_nodes(network)
    assert (("uniform", "scaling", "full", "CC") in found) == (distinct and alone)
    assert (("uniform", "scaling", "full", "QQ") in found) == (not distinct or not alone)
    for name in ("generic", "generic-finite"):
        for over in ("QQ", "RR", "CC"):
            if not alone:
                assert found[name, "scaling", "full", over].status == "refuted"
    if distinct:
        assert found["generic", "path-scaling", "full", "CC"].status == "proved"
        dimension = sum(network.parameters) - len(network.hidden)
        assert bounds(ledger, "jacobian_rank") == {"lower": dimension, "upper": dimension}


@pytest.mark.parametrize("seed", range(60))
def test_collisions_name_two_paths_with_one_sum(seed):
    network = random_network(random.Random(seed), taps=3)
    ledger, _ = run(Architecture(network), ALL[:2])
    names = [edge.name for edge in network.edges]
    sums = {tuple((names[e], j) for e, j in path): (leaf, x) for leaf, path, x in path_indices(network)}
    for claim in ledger.claims:
        if isinstance(claim, Verdict) and claim.status == "refuted" and "paths" in claim.evidence:
            first, second = (tuple(map(tuple, path)) for path in claim.evidence["paths"])
            assert first != second
            assert sums[first] == sums[second]
            assert sums[first][0] == claim.evidence["leaf"]
        if claim.statement == "8.1":
            h, g = decoded(claim.evidence["h"]), decoded(claim.evidence["g"])
            assert all(any(level) for level in h)
            assert phi(network, h, QQ) == phi(network, g, QQ)
            assert layer_tensor(h) != layer_tensor(g)


def small_finite_cases(p, limit):
    """Random networks with at most `limit` points over GF(p), with all (phi, path tensors, layer tensor, point)."""
    rng = random.Random(p)
    done = 0
    while done < 40:
        network = random_network(rng, finite=True)
        if p ** sum(network.parameters) > limit:
            continue
        done += 1
        layers, _ = unit_matrices(network)
        points = []
        for flat in itertools.product(range(p), repeat=sum(network.parameters)):
            rest = iter(flat)
            points.append([[next(rest) for _ in range(size)] for size in network.parameters])
        yield (
            network,
            [(evaluate(layers, h, p).tobytes(), path_tensor(network, h, p), layer_tensor(h, p), h) for h in points],
        )


@pytest.mark.parametrize(("p", "limit"), [(2, 600), (3, 800)])
def test_all_points_over_small_fields(p, limit):
    """theory 10.1 (i) <=> (iii), both groups, `uniform` decided, `at-point` sound, for every h and g."""
    rng = random.Random(p)
    decided = 0
    for network, points in small_finite_cases(p, limit):
        fibres: dict[bytes, list] = {}
        for point in points:
            fibres.setdefault(point[0], []).append(point)
        h = rng.choice(points)
        architecture = Architecture(network, field=GF(p), point=h[3])
        ledger, _ = run(architecture, ALL)
        found = verdicts(ledger)
        assert not bounds(ledger, "jacobian_rank")
        assert not bounds(ledger, "sigma_min_squared")
        over = f"GF({p})"
        unique_paths = all(len({q[1] for q in fibre}) == 1 for fibre in fibres.values())
        assert (("uniform", "path-scaling", "full", over) in found) == unique_paths
        assert (("uniform", "path-scaling", "zero-edges-allowed", over) in found) == (not unique_paths)
        inside = [q for q in points if all(any(level) for level in q[3])]
        unique_layers = all(len({r[2] for r in fibres[q[0]]}) == 1 for q in inside)
        assert (found["uniform", "scaling", "full", over].status == "proved") == unique_layers
        for modulo, place in (("path-scaling", 1), ("scaling", 2)):
            claim = found.get(("at-point", modulo, "full", over))
            if claim is None:
                continue
            decided += 1
            competitors = {r[place] for r in fibres[h[0]]}
            assert (claim.status == "proved") == (len(competitors) == 1)
            assert modulo == "path-scaling" or h in inside
            if claim.status == "refuted":
                g = decoded(claim.evidence["g"])
                assert evaluate(unit_matrices(network)[0], g, p).tobytes() == h[0]
                tensor = path_tensor(network, g, p) if place == 1 else layer_tensor(g, p)
                assert tensor != h[place]
    assert decided > 30


@pytest.mark.parametrize("seed", range(40))
def test_points_over_the_rationals(seed):
    rng = random.Random(seed)
    network = random_network(rng, finite=True)
    values = [0, 0, 1, 2, Fraction(-1, 3)] if seed % 2 else [1, 2, Fraction(-1, 3)]
    h = [[rng.choice(values) for _ in range(size)] for size in network.parameters]
    ledger, _ = run(Architecture(network, point=h), ALL)
    for claim in ledger.claims:
        if not isinstance(claim, Verdict) or claim.property != "at-point" or claim.status == "proved":
            continue
        assert (claim.over, claim.statement) == ("QQ", "8.1")
        assert decoded(claim.evidence["h"]) == h
        g = decoded(claim.evidence["g"])
        assert phi(network, g, QQ) == phi(network, h, QQ)
        if claim.modulo == "path-scaling":
            assert path_tensor(network, g) != path_tensor(network, h)
        else:
            assert all(any(level) for level in h)
            assert layer_tensor(g) != layer_tensor(h)
    rank = bounds(ledger, "jacobian_rank_at_point")
    assert rank["lower"] == rank["upper"]


def test_twenty_layers_of_five_taps_in_both_groups():
    """5^20 path multi-indices: proved over Z/5^20, refuted by counting over Z/(5^20 - 1)."""
    n = 5**20
    for size, status, over in ((n, "proved", "CC"), (n - 1, "refuted", "QQ")):
        architecture = Architecture(chain([size], [[i * 5**k for i in range(5)] for k in range(20)]))
        started = time.process_time()
        ledger, _ = run(architecture, ALL[:2])
        assert time.process_time() - started < 0.2
        found = verdicts(ledger)
        model = "full" if status == "proved" else "zero-edges-allowed"
        assert found["uniform", "path-scaling", model, over].status == status
        assert found["uniform", "scaling", "full", over].status == status
        ledger, _ = run(architecture, ALL)
        assert bounds(ledger, "jacobian_rank") == {"lower": 81, "upper": 81}


def test_full_supports_have_positive_dimensional_fibres():
    """Two circulants of full support: rank A = 8 is below the dimension 15."""
    ledger, outcomes = run(Architecture(chain([8], [list(range(8)), list(range(8))])), ALL)
    found = verdicts(ledger)
    assert bounds(ledger, "jacobian_rank") == {"lower": 8, "upper": 8}
    for name in ("generic", "generic-finite"):
        assert {over for (p, m, _, over) in found if (p, m) == (name, "scaling")} == {"CC", "RR"}
    assert "below 15" in outcomes[2].why
    assert not outcomes[2].probable


def test_a_smaller_jacobian_rank_is_only_probable():
    """Two channels, two leaves: phi is a 3 x 6 matrix of rank 2, so the Jacobian has rank 14, not 16; rank A is 18."""
    low, high = ((0,), (1,), (2,)), ((0,), (5,), (10,))
    edges = [Edge(f"r{node}", node, "root", low) for node in "vw"]
    edges += [Edge(f"{leaf}{node}", leaf, node, high) for leaf in "lm" for node in "vw"]
    ledger, outcomes = run(Architecture(Network((0,), "root", tuple(edges))), ALL)
    assert bounds(ledger, "jacobian_rank") == {"lower": 14, "upper": 16}
    assert bounds(ledger, "rank") == {"lower": 18, "upper": 18}
    assert ("generic-finite", "path-scaling", "full", "CC") not in verdicts(ledger)
    value, error = outcomes[2].probable["jacobian_rank"]
    assert value == 14
    assert int(error.removeprefix("2^-")) > 30


def test_what_cannot_be_decided_says_why():
    """2^30 different path sums on parallel edges: neither mixed radix (not a chain), nor counting, nor a table."""
    edges = tuple(Edge(f"e{k}{side}", f"n{k + 1}", f"n{k}", ((2**k * side,),)) for k in range(30) for side in (0, 1))
    ledger, outcomes = run(Architecture(Network((0,), "n0", edges)), ALL[:2])
    assert not ledger.claims
    assert "the limit is" in outcomes[0].why
    assert "not decided" in outcomes[1].why


def test_chains_of_layers_are_not_networks():
    _, outcomes = run(Architecture([circulant(4, [0, 1])]), ALL)
    assert {outcome.why for outcome in outcomes} == {"not a convolutional network"}


def test_the_deadline_stops_long_searches():
    network = chain([4096], [random.Random(k).sample(range(4096), 8) for k in range(3)])
    with pytest.raises(OutOfTime):
        path_uniform.apply(Problem(Architecture(network)), Context(Ledger(), deadline=time.monotonic() - 1))


def test_certificates_are_the_same_from_run_to_run():
    network = random_network(random.Random(11), taps=3)
    first, second = (run(Architecture(network), ALL, seed=5)[0].claims for _ in range(2))
    assert first == second
