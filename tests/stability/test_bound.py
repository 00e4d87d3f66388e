"""Error bounds end to end: the truth lies inside the certified ball in every run, and forged claims are rejected."""

from __future__ import annotations

import copy
import itertools
import json
import math
import random
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import exactfact as ef
from exactfact.certificate.claims import Bound
from exactfact.certificate.numbers import decode_number
from exactfact.checker import check_certificate
from exactfact.checker.certificate import _header
from exactfact.checker.claims import Claim, read_claim
from exactfact.checker.rules import recovery as rule
from exactfact.lifting.chain import build_chain, column
from exactfact.model import LimitError, SpecError
from exactfact.pipeline.recovery import bound, read_claims
from exactfact.stability.local import curvature, lifted_square
from exactfact.stability.metric import distance
from exactfact.stability.path_heights import Heights, named_path
from tests.stability.problems import by_leaf, exact, forward, solved

DILATED = ef.loads("""
exactfact = 1
title = "two taps, dilations 1, 2, 4, 8"
field = "QQ"
[network]
group = [16]
root = "out"
[[network.edge]]
name = "e1"
from = "a"
to = "out"
support = [0, 1]
dilation = 8
[[network.edge]]
name = "e2"
from = "b"
to = "a"
support = [0, 1]
dilation = 4
[[network.edge]]
name = "e3"
from = "c"
to = "b"
support = [0, 1]
dilation = 2
[[network.edge]]
name = "e4"
from = "x"
to = "c"
support = [0, 1]
""")
BRANCHES = ef.loads("""
exactfact = 1
title = "two branches"
field = "QQ"
[network]
group = [0]
signal = [40]
root = "out"
[[network.edge]]
name = "top"
from = "m"
to = "out"
support = [-1, 0]
[[network.edge]]
name = "left"
from = "a"
to = "m"
support = [0, 2]
[[network.edge]]
name = "right"
from = "b"
to = "m"
support = [0, 2]
[[network.edge]]
name = "xa"
from = "x"
to = "a"
support = [0, 4, 8]
[[network.edge]]
name = "xb"
from = "x"
to = "b"
support = [12, 16]
[[network.edge]]
name = "ya"
from = "y"
to = "a"
support = [0, 4]
""")
PLANE = ef.loads("""
exactfact = 1
field = "QQ"
[network]
group = [6, 4]
root = "out"
[[network.edge]]
from = "a"
to = "out"
support = [[0, 0], [1, 0]]
[[network.edge]]
from = "x"
to = "a"
support = [[0, 0], [2, 0], [0, 1]]
""")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BLIND = ef.load(EXAMPLES / "bound" / "deconvolution.toml")
TOEPLITZ = ef.load(EXAMPLES / "toeplitz-toeplitz.toml")
SHIPPED = [ef.load(EXAMPLES / "bound" / f"{name}.toml") for name in ("branches", "dilated")]
MIXED = [["1/2", 2, 1], [1, 3, -1], [-2, 1, 1]]
SCALED = ef.Architecture([ef.diagonal(3), ef.fixed(MIXED), ef.diagonal(3), ef.fixed(MIXED), ef.diagonal(3)])


def accepted(result):
    document = json.loads(result.certificate.text())
    report = check_certificate(document)
    assert report.accepted, "\n".join(report.lines())
    return document


def run(architecture, found, **options):
    return bound(architecture, found.estimate, by_leaf(architecture, found.data), noise=found.noise, **options)


def path_points(network, path, *points):
    """The vectors of the edges of a path, at each point."""
    numbers = [next(e for e, edge in enumerate(network.edges) if edge.name == name) for name in path]
    for point in points:
        vectors = []
        for e in numbers:
            start = network.offset(e)
            vectors.append(point[network.edge_level(e)][start : start + len(network.edges[e].support)])
        yield vectors


@pytest.mark.parametrize("architecture", [DILATED, BRANCHES, PLANE, *SHIPPED], ids=lambda spec: spec.title)
def test_the_truth_lies_within_the_radius_of_every_path(architecture):
    for seed in range(4):
        found = solved(architecture, seed)
        result = run(architecture, found)
        assert result.certified, result.reason
        accepted(result)
        truth, estimate = exact(found.truth), exact(found.estimate)
        for row in result.paths:
            assert row.radius is not None
            here, there = path_points(architecture.network, row.edges, truth, estimate)
            for name, p in (("1", 1), ("2", 2), ("inf", math.inf)):
                gap = distance(here, there, p)
                assert gap.upper <= row.radius.norms()[name] <= result.radius[name]


@pytest.mark.parametrize("architecture", [BLIND, SCALED, TOEPLITZ], ids=["blind", "scaled", "toeplitz"])
def test_the_truth_lies_within_the_local_radius(architecture):
    """Pinned entries of the truth are scaled to those of the estimate: the slice."""
    certified = 0
    for seed in range(6):
        found = solved(architecture, seed, 1e-5)
        result = run(architecture, found, claims=[])
        if not result.certified:
            continue
        assert result.statement == "12.7"
        accepted(result)
        truth = exact(found.truth)
        centre = [list(vector) for vector in result.centre]
        factor = Fraction(1)
        for k, j in enumerate(result.pivots):
            ratio = centre[k][j] / truth[k][j]
            truth[k] = [x * ratio for x in truth[k]]
            factor /= ratio
        truth[-1] = [x * factor for x in truth[-1]]
        squared = sum((a - b) ** 2 for x, y in zip(truth, centre, strict=True) for a, b in zip(x, y, strict=True))
        if squared <= result.ball**2:  # otherwise the solver found another solution, about which nothing is claimed
            certified += 1
            assert squared <= result.radius["2"] ** 2
            assert result.radius["2"] <= result.ball
    assert certified >= 3 or architecture is TOEPLITZ


def global_claims(architecture, shrink=1):
    """Bounds as criteria would give them, from floats: rank A = N and sigma_min^2, for tests of the theorem alone."""
    chain = build_chain(architecture)
    columns = []
    for index in itertools.product(*map(range, chain.parameters)):
        dense = np.zeros(chain.sizes[0] * chain.sizes[-1])
        for (r, c), value in column(chain, index).items():
            dense[r * chain.sizes[-1] + c] = float(value)
        columns.append(dense)
    singular = np.linalg.svd(np.stack(columns, 1), compute_uv=False)
    assert len(singular) == len(columns)
    smallest = Fraction(float(singular[-1]) ** 2 * 0.999999 * shrink).limit_denominator(10**9)
    return [
        Bound("rank", "lower", len(columns), "QQ", "2.3", {}, "c0"),
        Bound("sigma_min_squared", "lower", smallest, "QQ", "12.6", {}, "c1"),
    ], singular


def check_alone(result, claims):
    """The rule of the last claim, the bounds before it taken as accepted."""
    document = json.loads(result.certificate.text())
    return reject_or_accept(document, claims)


def reject_or_accept(document, claims):
    context, listed, _ = _header(document, 10**11)
    for bound_ in claims:
        fields = {key: value for key, value in vars(bound_).items() if key != "evidence"}
        context.decided[bound_.id] = Claim(kind="bound", evidence={}, **fields), "accepted"
    claim = read_claim(listed[-1], len(listed) - 1)
    rule.check(claim, context)
    return claim


@pytest.mark.parametrize("seed", range(4))
def test_theorem_5_for_a_chain(seed):
    found = solved(BLIND, seed)
    claims, _ = global_claims(BLIND)
    result = run(BLIND, found, claims=claims)
    assert result.certified
    assert result.statement == "12.1"
    assert check_alone(result, claims).property == "recovery"
    for name, p in (("1", 1), ("2", 2), ("inf", math.inf)):
        assert distance(exact(found.truth), exact(found.estimate), p).upper <= result.radius[name]
    assert result.side.constant == Fraction(3, 2)


SPARSE = ef.loads("""
exactfact = 1
title = "six columns in four dimensions, one of them used"
field = "QQ"
[[layer]]
operator = "full"
rows = 1
cols = 6
[[layer]]
operator = "fixed"
matrix = [[3, 1, 0, 1], [1, 2, 1, 0], [0, 1, 3, -1], [2, 0, -2, 1], [1, -1, 1, 4], [0, 2, 1, 1]]
[[model]]
layer = 0
sparsity = 1
""")


@pytest.mark.parametrize("seed", range(5))
def test_within_a_sparsity_model_the_restricted_constant_is_used(seed):
    rng = np.random.default_rng(seed)
    truth = [np.zeros(6)]
    truth[0][seed] = 2.0
    noise = 1e-3 * rng.standard_normal((1, 4))
    estimate = [truth[0] * (1 + 1e-3)]
    data = forward(SPARSE)(truth) + noise
    result = bound(SPARSE, estimate, data, noise=float(np.linalg.norm(noise)) * (1 + 1e-12))
    assert (result.statement, result.model) == ("12.1", "spec")
    assert accepted(result)["claims"][-1]["model"] == "spec"
    assert distance(exact(truth), exact(estimate)).upper <= result.radius["inf"]
    assert "of the sparsity model" in str(result)


def test_an_estimate_outside_the_model_is_not_certified():
    result = bound(SPARSE, [[1.0, 0.5, 0, 0, 0, 0]], [[3, 1, 0, 1]])
    assert not result.certified
    assert "not in the sparsity model" in result.reason


def test_too_much_noise_leaves_the_bound_on_tensors():
    found = solved(BLIND, 0)
    claims, _ = global_claims(BLIND)
    result = bound(BLIND, found.estimate, found.data, noise=50, claims=claims)
    assert not result.certified
    assert result.exit_code == 3
    assert "side condition" in result.reason
    assert check_alone(result, claims).property == "tensor-recovery"
    document = result.document()
    assert document["status"] == "not certified"
    assert document["radius"] == {"1": None, "2": None, "inf": None}
    assert document["tensor_radius"] is not None


def test_the_larger_constant_under_the_weaker_hypothesis():
    found = solved(DILATED, 1)
    whole = run(DILATED, found)
    limit = float(whole.noise_limit)
    weak = bound(DILATED, found.estimate, found.data[0], noise=limit * 0.8)
    assert weak.side.constant == 2
    accepted(weak)
    assert not bound(DILATED, found.estimate, found.data[0], noise=limit * 1.01).certified
    assert bound(DILATED, found.estimate, found.data[0], noise=limit * 0.49 - float(whole.eta)).side.constant < 2


def test_noise_is_the_misfit_unless_it_is_given():
    found = solved(DILATED, 2)
    result = bound(DILATED, found.estimate, found.data[0])
    assert result.delta == result.eta
    assert "as well as the estimate" in str(result)
    misfit = np.linalg.norm(forward(DILATED)(found.estimate) - found.data) * 4  # nu = 16
    assert abs(float(result.eta) - misfit) <= 1e-9 * misfit + 1e-12


CHANGES = {
    "smaller-radius": ("radius", "inf", lambda x: x * Fraction(999, 1000)),
    "smaller-euclidean": ("radius", "2", lambda x: x * Fraction(999, 1000)),
    "smaller-sum": ("radius", "1", lambda x: x * Fraction(999, 1000)),
    "smaller-root": ("root", None, lambda x: x * Fraction(999, 1000)),
}


def encoded(value):
    from exactfact.certificate.numbers import encode_number

    return encode_number(Fraction(value))


@pytest.mark.parametrize("name", CHANGES)
def test_forged_radii_are_rejected(name):
    where, key, change = CHANGES[name]
    document = accepted(run(DILATED, solved(DILATED, 0)))
    for place in ("every", 0):
        forged = copy.deepcopy(document)
        evidence = forged["claims"][-1]["evidence"]
        target = evidence["every"] if place == "every" else evidence["paths"][0]
        if key is None:
            target[where] = encoded(change(decode_number(target[where])))
        else:
            target[where][key] = encoded(change(decode_number(target[where][key])))
        assert not check_certificate(forged).accepted


def test_forged_evidence_is_rejected():
    document = accepted(run(BRANCHES, solved(BRANCHES, 0)))
    rng = random.Random(0)

    def forged(change):
        changed = copy.deepcopy(document)
        change(changed["claims"][-1]["evidence"])
        report = check_certificate(changed)
        assert report.exit_code == 1, report.lines()

    forged(lambda e: e.update(eta=encoded(decode_number(e["eta"]) * Fraction(99, 100))))
    forged(lambda e: e.update(epsilon=encoded(decode_number(e["epsilon"]) * Fraction(99, 100))))
    forged(lambda e: e.update(delta=encoded(decode_number(e["delta"]) * 2)))
    forged(lambda e: e.update(delta=-1))
    forged(lambda e: e.update(zero_one="c1"))
    forged(lambda e: e.update(sigma_min_squared="c0"))
    forged(lambda e: e["paths"][0]["edges"].reverse())
    forged(lambda e: e["paths"].clear() or e.update(every=None))
    forged(lambda e: e["data"]["leaves"].pop("y"))
    forged(lambda e: e["data"].update(denominator=0))
    forged(lambda e: e["data"]["leaves"]["x"].reverse())
    forged(lambda e: e["data"]["leaves"]["x"].append(e["data"]["leaves"]["x"][-1]))
    forged(lambda e: e.update(extra=1))
    for _ in range(10):  # other data: the misfit grows
        forged(lambda e: rng.choice(e["data"]["leaves"]["x"]).__setitem__(1, 10**15))
    forged(lambda e: e["h"][0].__setitem__(0, 17))
    swapped = copy.deepcopy(document)
    swapped["claims"][-1]["property"] = "local-recovery"
    assert not check_certificate(swapped).accepted


def test_a_side_condition_that_fails_is_rejected():
    found = solved(DILATED, 0)
    document = accepted(run(DILATED, found))
    evidence = document["claims"][-1]["evidence"]
    huge = 10**9  # every number fits, but epsilon is above M
    evidence["delta"], evidence["epsilon"] = huge, huge
    for place in (evidence["every"], evidence["paths"][0]):
        place["radius"] = {"1": 10**12, "2": 10**12, "inf": 10**12}
    report = check_certificate(document)
    assert "side condition" in "\n".join(report.lines())
    assert not report.accepted


def test_forged_local_claims_are_rejected():
    result = run(BLIND, solved(BLIND, 0, 1e-5), claims=[])
    document = accepted(result)

    def forged(change):
        changed = copy.deepcopy(document)
        change(changed["claims"][-1]["evidence"])
        assert check_certificate(changed).exit_code == 1

    def scaled(key, factor):
        forged(lambda e: e.update({key: encoded(decode_number(e[key]) * Fraction(factor))}))

    for key, factor in (
        ("slope_squared", "101/100"), ("slope", "101/100"), ("sigma_max", "99/100"), ("ball", "101/100"),
        ("first", "99/100"), ("eta", "99/100"), ("delta", "2"),
    ):  # fmt: skip
        scaled(key, factor)
    for name in ("1", "2", "inf"):
        smaller = encoded(decode_number(document["claims"][-1]["evidence"]["radius"][name]) * Fraction(99, 100))
        forged(lambda e, name=name, smaller=smaller: e["radius"].update({name: smaller}))
    forged(lambda e: e.update(norms=[encoded(decode_number(x) * Fraction(99, 100)) for x in e["norms"]]))
    forged(lambda e: e.update(pivots=[4]))
    forged(lambda e: e.update(bits=0))
    forged(lambda e: e.update(sigma_max_squared="c7"))
    forged(lambda e: e["h"].__setitem__(0, [0, 0, 0, 0]))


def test_the_lifted_square_is_the_sum_of_all_columns():
    for architecture in (BLIND, SCALED, TOEPLITZ):
        chain = build_chain(architecture)
        total = sum(
            Fraction(value) ** 2
            for index in itertools.product(*map(range, chain.parameters))
            for value in column(chain, index).values()
        )
        assert lifted_square(chain) == total


def test_where_the_jacobian_has_no_full_rank_nothing_is_claimed():
    free = ef.Architecture([ef.full(2, 2), ef.full(2, 2)])
    result = bound(free, [[1, 0, 0, 1], [1, 2, 3, 4]], [[1, 2], [3, 4]], noise="0.1")
    assert not result.certified
    assert result.certificate is None
    assert "no certified full rank" in result.reason
    zero = bound(free, [[0, 0, 0, 0], [1, 2, 3, 4]], [[1, 2], [3, 4]])
    assert "a layer of the estimate is zero" in zero.reason


def test_an_exact_fit_without_noise_has_radius_zero():
    estimate = [[1, 2], [3, "1/2"], [1, -1], [2, 5]]
    data = forward(DILATED)([np.array([1, 2.0]), np.array([3, 0.5]), np.array([1, -1.0]), np.array([2, 5.0])])
    result = bound(DILATED, estimate, data[0].tolist(), noise=0)
    assert result.radius == {"1": 0, "2": 0, "inf": 0}
    accepted(result)


def test_a_zero_edge_spoils_its_paths_only():
    found = solved(BRANCHES, 3)
    h = [vector.copy() for vector in found.estimate]
    network = BRANCHES.network
    start = network.offset(4)  # xb
    h[2][start : start + 2] = 0
    data = forward(BRANCHES)(h)
    result = bound(BRANCHES, h, by_leaf(BRANCHES, data), noise="1e-6")
    assert not result.certified
    assert [row.radius is None for row in result.paths] == [False, False, True]
    accepted(result)  # the certificate holds the paths that are certified
    one = bound(BRANCHES, h, by_leaf(BRANCHES, data), noise="1e-6", path=["y", "ya", "left", "top"])
    assert one.certified
    assert accepted(one)["claims"][-1]["evidence"]["every"] is None
    other = bound(BRANCHES, h, by_leaf(BRANCHES, data), noise="1e-6", path=["top", "right", "xb"])
    assert not other.certified


def wide(levels, width):
    """A network with width^levels paths."""
    edges = []
    for level in range(levels):
        below = ["out"] if level == 0 else [f"n{level}_{i}" for i in range(width)]
        above = ["x"] if level == levels - 1 else [f"n{level + 1}_{i}" for i in range(width)]
        for i, target in enumerate(below):
            for j, source in enumerate(above):
                edges.append(ef.Edge(f"{level}_{i}_{j}", source, target, (0,)))
    return ef.Network([0], "out", edges, signal=[5])


def test_paths_in_order_agree_with_enumeration():
    network = wide(4, 3)
    rng = random.Random(4)
    h = [[Fraction(rng.randint(-6, 6)) for _ in range(size)] for size in network.parameters]
    heights = Heights.at(network, h)
    listed = list(heights.by_height())
    assert heights.count == len(listed) == len(set(listed)) == 27
    values = [heights.height(path) for path in listed]
    assert values == sorted(values, reverse=True)
    assert (values[0], values[-1]) == (heights.greatest, heights.least)
    assert heights.height(heights.worst()) == heights.least
    assert heights.largest_size == 4


def test_many_paths_are_not_enumerated():
    network = wide(60, 4)
    rng = random.Random(4)
    h = [[Fraction(rng.randint(1, 6)) for _ in range(size)] for size in network.parameters]
    heights = Heights.at(network, h)
    assert heights.count == 4**59
    best = list(itertools.islice(heights.by_height(), 5))
    assert heights.height(best[0]) == heights.greatest


def test_paths_by_name():
    network = BRANCHES.network
    assert named_path(network, ["top", "left", "xa"]) == named_path(network, ["x", "xa", "left", "top"])
    for names, message in ((["top"], "3 edges that lead"), (["top", "left", "xz"], "names of edges"),
                           (["y", "xa", "left", "top"], "lead from a leaf")):  # fmt: skip
        with pytest.raises(SpecError, match=message):
            named_path(network, names)


BAD = [
    (BLIND, [[1, 2, 3, 4], [1, 2, 3, 4]], [[1, 2], [3, 4]], {}, "data: required a matrix of 16 x 1, received 2 x 2"),
    (BLIND, [[1, 2, 3, 4], [1, 2, 3, 4]], [float("nan")] * 16, {}, "data[0]: required"),
    (BLIND, [[1, 2, 3, 4], [1, 2, 3]], [1] * 16, {}, 'estimate, layer 2 "message": required 4 numbers'),
    (BLIND, [[1, 2, 3, 4], [1, 2, 3, 4]], np.ones(16) * 1j, {}, "real numbers, received complex"),
    (BLIND, [[1, 2, 3, 4], [1, 2, 3, 4]], [1] * 16, {"noise": -1}, "noise: required a number >= 0"),
    (BLIND, [[1, 2, 3, 4], [1, 2, 3, 4]], [1] * 16, {"path": ["a"]}, "path: required a network"),
    (DILATED, [[1, 2]] * 4, [1] * 15, {}, 'data, leaf "x": required a kernel of 16 entries, received 15'),
    (DILATED, [[1, 2]] * 3, [1] * 16, {}, "estimate: required 4 vectors"),
    (BRANCHES, [[1, 2], [1] * 4, [1] * 7], {"x": [1] * 20}, {}, 'none for "y"'),
    (BRANCHES, [[1, 2], [1] * 4, [1] * 7], [1] * 20, {}, "one kernel for each leaf"),
    (BRANCHES, [[1, 2], [1] * 4, [1] * 7], {"x": [1] * 20, "z": [1] * 20}, {}, "names of leaves"),
    (ef.Architecture([ef.full(1, 2)], field="GF(5)"), [[1, 2]], [[1, 2]], {}, "field: required QQ"),
]  # fmt: skip


@pytest.mark.parametrize("architecture, estimate, data, options, message", BAD)
def test_what_does_not_fit_is_refused_in_one_sentence(architecture, estimate, data, options, message):
    with pytest.raises(SpecError) as error:
        bound(architecture, estimate, data, **options)
    assert message in str(error.value)


def test_groups_too_large_for_arrays_are_refused():
    network = ef.Network([10**12], "out", [ef.Edge("e", "x", "out", (0, 1))])
    with pytest.raises(LimitError, match="an array over the group"):
        bound(ef.Architecture(network), [[1, 2]], [1, 2])


def test_sums_that_coincide_are_not_certified():
    network = ef.Network([8], "out", [ef.Edge("e", "a", "out", (0, 1)), ef.Edge("f", "x", "a", (0, 1))])
    result = bound(ef.Architecture(network), [[1, 2], [1, 2]], [1, 4, 4, 0, 0, 0, 0, 0])
    assert not result.certified
    assert "coincide" in result.reason


def test_a_certificate_stands_in_for_the_computation():
    found = solved(DILATED, 0)
    document = json.loads(ef.certify(DILATED).certificate.text())
    fresh, reused = run(DILATED, found), run(DILATED, found, claims=read_claims(document))
    assert fresh.radius == reused.radius
    accepted(reused)


def test_the_curvature_is_the_largest_over_all_pairs_of_layers_and_cheap_for_many():
    rng = random.Random(5)
    for depth in (2, 3, 5):
        norms = tuple(Fraction(rng.randrange(9), rng.randrange(1, 5)) for _ in range(depth))
        sigma, reach = Fraction(3, 2), Fraction(rng.randrange(3), 7)
        rest = [
            math.prod(norm + reach for j, norm in enumerate(norms) if j not in pair)
            for pair in itertools.combinations(range(depth), 2)
        ]
        assert curvature(sigma, norms, reach) == sigma * (depth - 1) * max(rest)
    start = time.process_time()
    assert curvature(Fraction(1), (Fraction(2),) * 1000, Fraction(0)) == 999 * 2**998
    assert time.process_time() - start < 5
