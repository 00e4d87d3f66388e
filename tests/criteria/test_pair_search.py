"""Pairs of points: found where they are known to exist, never where there is none, and always verified."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

import exactfact as ef
from exactfact.criteria import gauge, jacobian_rank, pair_search, symmetry
from exactfact.lifting.chain import build_chain, evaluate
from exactfact.lifting.symmetric_pairs import symmetric_points
from exactfact.model import SparsityModel, from_document
from tests.oracles import brute, random_specs
from tests.oracles.dense import evaluate as dense_evaluate
from tests.oracles.dense import number
from tests.oracles.expand import Dense, expand

from .checked import checked
from .convolutions import stack
from .helpers import assemble, run
from .layers import blind, lifted, numbers

# All of them have a rational pair: equal columns, confined vectors, or rank A < 2 max S_k (theory 5.2a).
ZOO: dict[str, list[ef.Layer]] = {
    "strided 3, 3": stack([3, 3], [1, 2], 12, "valid"),
    "strided 2, 3": stack([2, 3], [1, 2], 12, "valid"),
    "strided 2, 2, 3": stack([2, 2, 3], [1, 2, 2], 12, "valid"),
    "toeplitz 4": [ef.toeplitz(4, 4)] * 2,
    "toeplitz 5": [ef.toeplitz(5, 5)] * 2,
    "blind 8": blind(8, 4, 4),
    "blind 12": blind(12, 6, 6),
    "butterfly 8": [ef.butterfly(8, level) for level in range(3)],
    "full 3": [ef.full(3, 3)] * 2,
    "rank 5 of (3, 3, 2)": lifted((3, 3, 2), numbers(3, 5, 18)),
    "rank 7 of (4, 3)": lifted((4, 3), numbers(4, 7, 12)),
    "rank 9 of (2, 5, 2)": lifted((2, 5, 2), numbers(5, 9, 20)),
}


@pytest.mark.parametrize("name", ZOO)
def test_a_pair_refutes_uniform_over_the_rationals(name: str) -> None:
    row = checked(ef.Architecture(ZOO[name]), properties=["uniform"]).verdict("uniform", over="QQ")
    assert (row.status, row.statement, row.also_over) == ("refuted", "8.1", ("RR", "CC"))
    assert row.witness is not None


def test_stride_two_with_a_fine_kernel_of_two_taps_is_uniform() -> None:
    """Taps {0, 1} + 2 {0, 1, 2}: all sums differ."""
    assert checked(ef.Architecture(stack([3, 2], [1, 2], 12, "valid"))).verdict("uniform").statement == "4.2"


def test_pairs_over_a_large_field_through_roots_of_a_determinant() -> None:
    """rank A = 2 S: no pair among small vectors, a root of a polynomial of degree 4 on one line out of two."""
    p = 65521
    rng = random.Random(1)
    layers = lifted((4, 4), [[rng.randrange(p) for _ in range(16)] for _ in range(8)])
    row = checked(ef.Architecture(layers, field=ef.GF(p))).verdict("uniform")
    assert (row.status, row.statement) == ("refuted", "8.1")


def test_a_planted_member_of_a_small_kernel() -> None:
    """Ker A has dimension 2 and one member of rank 2, of height 100 or so."""
    a, b, v = numbers(6, 2, 3, 9), numbers(7, 2, 3, 9), numbers(8, 1, 9, 9)[0]
    planted = [sum(x[i] * y[j] for x, y in zip(a, b, strict=True)) for i in range(3) for j in range(3)]
    layers = lifted((3, 3), annihilators([[5 * s - 7 * t for s, t in zip(planted, v, strict=True)], v]))
    result = checked(ef.Architecture(layers))
    assert result.facts["kernel_dimension"]["upper"] == 2
    assert result.verdict("uniform", over="QQ").statement == "8.1"


def annihilators(vectors: list[list[int]]) -> list[list[int]]:
    import sympy

    columns = sympy.Matrix(vectors).nullspace()
    scaled = [x * sympy.ilcm(*(v.q for v in x)) for x in columns]
    return [[int(v) for v in x] for x in scaled]


def test_a_member_of_rank_two_is_a_difference_of_cubes() -> None:
    """Ker A = <e_001 + e_010 + e_100 + e_111> over QQ: (1, 1)^3 - (1, -1)^3, found among small points."""
    rows = [[int(i == j) for j in range(7)] + [-(i in (1, 2, 4))] for i in range(7)]
    row = checked(ef.Architecture(lifted((2, 2, 2), rows))).verdict("uniform", over="QQ")
    assert row.status == "refuted"


def exhausted(p: int, seeds: range, most: int) -> Iterator[tuple[dict, Dense, brute.Exhausted]]:
    for seed in seeds:
        document = random_specs.chain(seed, p, most)
        full = brute.exhaust(expand(document))
        if full is not None:
            yield document, expand(document), full


def assert_pair(arch: Dense, claim: dict, model: bool) -> None:
    """By the program of the oracles: same product, h without a zero layer, not equivalent, inside the model."""
    h, g = ([[number(v, arch.p) for v in vector] for vector in claim["evidence"][key]] for key in "hg")
    assert dense_evaluate(arch.layers, h, arch.p) == dense_evaluate(arch.layers, g, arch.p)
    assert all(map(any, h)) and not brute.equivalent(arch, h, g)
    if model:
        assert brute.in_models(arch.models, h) and brute.in_models(arch.models, g)


@pytest.mark.parametrize(("p", "most"), [(2, 10), (3, 7)])
@pytest.mark.parametrize(("everything", "floor"), [(True, 0.95), (False, 0.7)])
def test_most_pairs_that_exhaustion_finds_are_found(
    p: int, most: int, everything: bool, floor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And none where there is none.  Without going through points, linear algebra finds most of them too."""
    if not everything:
        monkeypatch.setattr(pair_search, "colliding_points", lambda search: iter(()))
    found = missed = in_model = out = 0
    for document, arch, full in exhausted(p, range(60), most):
        _, (outcome,) = run(from_document(document), [pair_search.apply])
        by_model = {claim.model: claim.document() for claim in outcome.claims}
        for model, claim in by_model.items():
            assert_pair(arch, claim, model == "spec")
            assert not brute.uniform_scaling(full, model == "spec")
        if not brute.uniform_scaling(full):
            found, missed = found + ("full" in by_model), missed + ("full" not in by_model)
        if arch.models and not brute.uniform_scaling(full, with_models=True):
            in_model, out = in_model + ("spec" in by_model), out + ("spec" not in by_model)
    assert found >= floor * (found + missed) > 20
    assert in_model >= 0.7 * (in_model + out) > 5


def test_a_pair_inside_a_sparsity_model() -> None:
    """Rank 7 of (4, 4): pairs exist through any two vectors; the model leaves the first layer two of its parameters."""
    layers = lifted((4, 4), numbers(9, 7, 16))
    result = checked(ef.Architecture(layers, models=[SparsityModel(0, ((0, 2), (1, 3)), None)]))
    row = result.verdict("uniform", model="spec")
    assert row.status == "refuted" and row.witness is not None
    for x in (row.witness["h"][0], row.witness["g"][0]):
        assert not (x[0] or x[2]) or not (x[1] or x[3])


def test_the_same_seed_gives_the_same_pair() -> None:
    texts = {ef.certify(ef.Architecture(blind(8, 4, 4)), seed=3).certificate.text() for _ in range(2)}
    assert len(texts) == 1


@pytest.mark.parametrize("layers", [ZOO["butterfly 8"], ZOO["full 3"], [ef.circulant(5, range(5))] * 2])
def test_recorded_symmetries_give_pairs_at_any_point(layers: list[ef.Layer]) -> None:
    architecture = ef.Architecture(layers)
    ledger, _ = run(architecture, [jacobian_rank.apply, gauge.apply, symmetry.apply])
    chain = build_chain(architecture)
    rng = random.Random(2)
    h = tuple(tuple(rng.randint(1, 9) for _ in range(size)) for size in chain.parameters)
    points = [g for g in symmetric_points(chain, ledger.claims, h) if evaluate(chain, g) == evaluate(chain, h)]
    arch = expand(architecture.document())
    assert any(not brute.equivalent(arch, [*map(list, h)], [*map(list, g)]) for g in points)


def test_an_exchange_of_layers_gives_a_pair() -> None:
    """Full cyclic layers without the linear fields: only the exchange is recorded."""
    architecture = ef.Architecture([ef.circulant(7, [0, 1]), ef.circulant(7, [0, 2]), ef.circulant(7, [0, 1])])
    ledger, _ = run(architecture, [symmetry.apply])
    chain = build_chain(architecture)
    h = ((1, 2), (1, 3), (1, 5))
    assert ((1, 5), (1, 3), (1, 2)) in list(symmetric_points(chain, ledger.claims, h))


def test_without_a_pair_the_symmetries_refute() -> None:
    architecture = ef.Architecture([ef.full(2, 2)] * 2)
    _, outcomes = run(architecture, [jacobian_rank.apply, gauge.apply, gauge.uniform])
    assert {(c.property, c.over, c.statement) for c in outcomes[-1].claims} == {
        ("uniform", over, "6.4") for over in ("QQ", "RR", "CC")
    }
    from exactfact.checker import check_certificate

    assert check_certificate(assemble(architecture, *outcomes)).accepted
    _, outcomes = run(architecture, [jacobian_rank.apply, gauge.apply, pair_search.apply])
    assert [c.statement for c in outcomes[-1].claims] == ["8.1"]


def test_nothing_is_claimed_where_nothing_is_found() -> None:
    """A generic kernel of dimension 2 in (3, 3, 3): no pair over QQ, and the reason says so."""
    result = checked(ef.Architecture(lifted((3, 3, 3), numbers(10, 25, 27))))
    row = result.verdict("uniform", over="QQ")
    assert row.status != "refuted"
    tried = {entry["criterion"]: entry["why"] for entry in row.tried}
    assert row.status == "proved" or "no pair of points" in tried["pair_search"]
