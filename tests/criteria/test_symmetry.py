"""Finite symmetries: layers that can be exchanged, layerwise maps, and how many classes they make."""

from __future__ import annotations

import itertools
import json
import random
from fractions import Fraction
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate

from .checked import checked
from .convolutions import stack
from .forging import written

FIELDS = ("QQ", "RR", "CC")


@pytest.mark.parametrize("kernels", [(2, 2), (3, 3), (3, 2, 3), (2, 3, 4, 2)])
def test_convolutions_of_one_size_are_exchanged_neighbours_or_not(kernels: tuple[int, ...]) -> None:
    result = checked(ef.Architecture(stack(kernels)))
    for field in FIELDS:
        row = result.verdict("generic", over=field)
        assert (row.status, row.statement) == ("refuted", "8.2c")
        claims = [c for c in result.certificate.claims if c.statement == "8.2c" and c.over == field]
        assert claims and result.facts["fibre_count"][field]["lower"] >= 2


def test_layers_that_are_equal_up_to_a_change_of_parameters() -> None:
    """The second kernel in another basis: the exchange is found by solving for it."""
    first, second = stack([3, 3])
    rows, cols = second.rows, second.cols
    basis = [[1, 2, 0], [0, 1, 1], [1, 0, 3]]
    matrices = [[[0] * cols for _ in range(rows)] for _ in range(3)]
    for r, c, j, value in second.operator.entries():
        for i in range(3):
            matrices[i][r][c] += basis[i][j] * value
    result = checked(ef.Architecture([first, ef.basis(matrices)]))
    claim = next(c for c in result.certificate.claims if c.statement == "8.2c")
    assert result.verdict("generic", over="QQ").status == "refuted"
    assert len(claim.evidence["D"]) > 3


@pytest.mark.parametrize("n", [3, 4, 5])
def test_circulant_diagonal_circulant_is_turned(n: int) -> None:
    layers = [ef.circulant(n, range(n)), ef.diagonal(n), ef.circulant(n, range(n))]
    result = checked(ef.Architecture(layers))
    assert result.verdict("generic-finite").status == "proved"
    for field in FIELDS:
        assert result.verdict("generic", over=field).statement == "8.2f"
        assert result.facts["fibre_count"][field]["lower"] == n


def test_what_has_no_symmetry() -> None:
    for layers in ([ef.toeplitz(4, 4)] * 2, stack([2, 3]), [ef.diagonal(3), ef.full(3, 1)]):
        result = checked(ef.Architecture(layers))
        assert all(claim.statement not in ("8.2c", "8.2f") for claim in result.certificate.claims)


def test_symmetries_of_random_commuting_layers_preserve_the_product() -> None:
    """Polynomials in one random matrix commute; the certified exchange is replayed with fractions."""
    found = 0
    for seed in range(30):
        rng = random.Random(seed)
        n, size = rng.choice([3, 4]), 2
        a = [[Fraction(rng.randint(-2, 2)) for _ in range(n)] for _ in range(n)]
        powers = [a, _product(a, a)]
        mixed = [_plus(powers[0], powers[1], rng.randint(1, 3)), powers[1]]
        matrices = [[[[int(x) for x in row] for row in m] for m in layer] for layer in (powers, mixed)]
        result = checked(ef.Architecture([ef.basis(layer) for layer in matrices]))
        claim = next((c for c in result.certificate.claims if c.statement == "8.2c"), None)
        if claim is None:
            continue
        found += 1
        c, d = (_dense(claim.evidence[name], size) for name in "CD")
        for i, j in itertools.product(range(size), repeat=2):
            left = _product(*_at(matrices, _unit(i), _unit(j)))
            right = _product(*_at(matrices, [row[j] for row in c], [row[i] for row in d]))
            assert left == right
    assert found > 10


def _unit(j: int) -> list[Fraction]:
    return [Fraction(int(i == j)) for i in range(2)]


def _at(layers: Any, x: list[Fraction], y: list[Fraction]) -> Any:
    return [
        [[sum(w * m[r][c] for w, m in zip(h, layer, strict=True)) for c in range(len(layer[0]))]
         for r in range(len(layer[0]))]
        for layer, h in zip(layers, (x, y), strict=True)
    ]  # fmt: skip


def _product(a: Any, b: Any) -> Any:
    return [[sum(x * y for x, y in zip(row, col, strict=True)) for col in zip(*b, strict=True)] for row in a]


def _plus(a: Any, b: Any, w: int) -> Any:
    return [[x + w * y for x, y in zip(p, q, strict=True)] for p, q in zip(a, b, strict=True)]


def _dense(entries: Any, size: int) -> list[list[Fraction]]:
    matrix = [[Fraction(0)] * size for _ in range(size)]
    for row, col, value in entries:
        matrix[row][col] = Fraction(value)
    return matrix


@pytest.mark.parametrize(
    ("key", "value"),
    [("layers", [0, 2]), ("layers", [1, 0]), ("C", []), ("C", [[0, 0, 1], [1, 1, 2], [2, 2, 1]]), ("C", [[0, 0, 1]]),
     ("D", [[0, 1, 1], [1, 0, 1], [2, 2, 1]]), ("layers", [0, 0]), ("D", [[0, 0, 1]] * 2)],
)  # fmt: skip
def test_forged_swaps_are_rejected(key: str, value: object) -> None:
    forged = written(checked(ef.Architecture(stack([3, 3]))))
    claim = next(c for c in forged["claims"] if c["statement"] == "8.2c")
    claim["evidence"][key] = value
    assert not check_certificate(forged).accepted


def test_forged_layer_maps_and_counts_are_rejected() -> None:
    layers = [ef.circulant(3, range(3)), ef.diagonal(3), ef.circulant(3, range(3))]
    good = written(checked(ef.Architecture(layers)))
    places = [i for i, c in enumerate(good["claims"]) if c["statement"] == "8.2f"]
    identity = [[i, i, 1] for i in range(3)]

    def rejected(change: Any) -> bool:
        forged = json.loads(json.dumps(good))
        change(forged["claims"])
        return not check_certificate(forged).accepted

    def evidence(key: str, value: Any) -> Any:
        return lambda claims: claims[places[0]]["evidence"].__setitem__(key, value)

    assert rejected(evidence("C", []))
    assert rejected(evidence("Z", []))
    assert rejected(evidence("C", [[k, identity] for k in range(3)]))
    count = next(i for i in places if good["claims"][i]["kind"] == "bound")
    assert rejected(lambda claims: claims[count].__setitem__("value", 4))
    other = next(i for i in places if good["claims"][i]["kind"] == "bound" and good["claims"][i]["over"] == "CC")
    assert rejected(lambda claims: claims[other].__setitem__("over", "RR"))


def test_identity_maps_prove_nothing() -> None:
    """A scaling of the layers is no second class."""
    good = written(checked(ef.Architecture([ef.circulant(3, range(3)), ef.diagonal(3), ef.circulant(3, range(3))])))
    claim = next(c for c in good["claims"] if c["statement"] == "8.2f")
    claim["evidence"] = {"C": [[0, [[i, i, 2] for i in range(3)]], [1, [[i, i, "1/2"] for i in range(3)]]],
                         "Z": [[1, [[i, i, 2] for i in range(3)]]]}  # fmt: skip
    line = next(x for x in check_certificate(good).claims if x.id == claim["id"])
    assert line.status == "rejected"
    assert "multiple of the identity" in line.expected
