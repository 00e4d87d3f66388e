"""The one-parameter family of a field really leaves the product as it is, at every value of its parameter."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

import exactfact as ef
from exactfact.lifting.family import Family, family
from tests.oracles.dense import evaluate
from tests.oracles.expand import expand

UPPER = [[0, 0, 0], [0, 1, 1], [0, 2, 2], [1, 1, 3], [1, 2, 4], [2, 2, 5]]

ARCHITECTURES = {
    "dense": [ef.full(2, 2), ef.full(2, 3)],
    "three dense": [ef.full(2, 3), ef.full(3, 2), ef.full(2, 2)],
    "butterfly": [ef.butterfly(8, level) for level in range(3)],
    "two upper triangular": [ef.entries(3, 3, 6, UPPER)] * 2,
    "toeplitz": [ef.toeplitz(3, 3, [0, 1, 2])] * 2,
}


def moved(found: Family, h: list[list[Fraction]], value: Fraction) -> list[list[Fraction]]:
    """The point of the family through h at s = value (rescalings) or t = value (polynomials)."""
    g = [list(vector) for vector in h]
    for change in found.changes:
        if change.weights is not None:
            for j, weight in change.weights.items():
                g[change.layer][j] *= value**weight
        for m, power in enumerate(change.powers, 1):
            for row, col, coefficient in power:
                g[change.layer][row] += value**m * coefficient * h[change.layer][col]
    return g


def fields_of(result: ef.Result) -> list[dict[str, Any]]:
    claims = result.certificate.document()["claims"]
    return next(c["evidence"]["fields"] for c in claims if c["statement"] == "6.3" and c["kind"] == "bound")


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_the_product_stays_and_the_point_moves(name: str) -> None:
    architecture = ef.Architecture(ARCHITECTURES[name])
    layers = expand(architecture.document()).layers
    rng = random.Random(3)
    h = [[Fraction(rng.randint(1, 9)) for _ in layer] for layer in layers]
    product = evaluate(layers, h)
    found = [family(field) for field in fields_of(ef.certify(architecture))]
    assert found and {entry.kind for entry in found} <= {"rescaling", "polynomial"}
    for entry in found:
        for value in (Fraction(2), Fraction(-1, 3)):
            g = moved(entry, h, value)
            assert g != h and evaluate(layers, g) == product


def test_a_rotation_is_told_by_its_derivative() -> None:
    found = family({"D": [[0, 0, 1, 1], [0, 1, 0, -1]]})
    assert found.kind == "flow" and found.changes[0].matrix == ((0, 1, 1), (1, 0, -1))


def test_a_nilpotent_matrix_of_order_four_gives_a_cubic() -> None:
    found = family({"D": [[0, i, i + 1, 1] for i in range(3)]})
    assert found.kind == "polynomial"
    assert [len(power) for power in found.changes[0].powers] == [3, 2, 1]
    assert found.changes[0].powers[2] == ((0, 3, Fraction(1, 6)),)
