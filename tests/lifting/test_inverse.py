"""The explicit inverse gives the parameters back, exactly; its JSON, run by other code, gives the same."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

import exactfact as ef
from exactfact.criteria import monomial, propagation, rank_sampling, rank_trivial
from exactfact.model import SpecError
from exactfact.pipeline.inverse import explicit_inverse, inverse_document, recover
from tests.criteria.convolutions import strided
from tests.criteria.helpers import document, run
from tests.criteria.layers import toeplitz_on, triangular
from tests.oracles.dense import evaluate
from tests.oracles.expand import expand

Point = list[list[Fraction]]


def rows(architecture: ef.Architecture, h: Point) -> list[list[Any]]:
    """The product, by dense multiplication."""
    product = evaluate(expand(architecture.document()).layers, h)
    return [list(row) for row in product]


def drawn(architecture: ef.Architecture, seed: int) -> Point:
    rng = random.Random(seed)
    return [
        [Fraction(rng.choice((-1, 1)) * rng.randint(1, 9), rng.randint(1, 7)) for _ in range(size)]
        for size in architecture.parameters
    ]


def normalised(h: Point) -> Point:
    """The multiple with first entry 1 in every layer but the first."""
    scale = Fraction(1)
    for layer in h[1:]:
        scale *= layer[0]
    return [[x * scale for x in h[0]], *([x / layer[0] for x in layer] for layer in h[1:])]


def certificate(architecture: ef.Architecture) -> dict[str, Any]:
    result = ef.certify(architecture, properties=["generic-finite", "generic"])
    return dict(json.loads(result.certificate.text()))


def deep(depth: int, seed: int) -> ef.Architecture:
    """Sparse 32 x 32 layers of two parameters: a diagonal, and entries above it that make sums of monomials."""
    rng, size = random.Random(f"{depth} {seed}"), 32
    layers = []
    for _ in range(depth):
        above = [sorted(rng.sample(range(size), 2)) for _ in range(rng.randrange(4))]
        cells = [(i, i) for i in range(size)] + [(i, j) for i, j in {tuple(pair) for pair in above}]
        entries = [[i, j, number if number < 2 else rng.randrange(2), rng.choice((1, -1, 2))]
                   for number, (i, j) in enumerate(cells)]  # fmt: skip
        layers.append(ef.entries(size, size, 2, entries))
    return ef.Architecture(layers)


CHAINS = {
    "strided 3, 3": strided((3, 3), (1, 2), 9),
    "strided 2, 3": strided((2, 3), (1, 2), 9),
    "strided 3, 3, full": strided((3, 3), (1, 2), 9, "full"),
    "strided 3, 3, 3": strided((3, 3, 3), (1, 2, 2), 23),
    "strided 3, 2, 2": strided((3, 2, 2), (1, 2, 2), 16),
    "strided 2 x 6": strided((2,) * 6, (1, 2, 2, 2, 2, 2), 64),
    "supports of 16": toeplitz_on((0, 1, 4), (0, 3, 5), 16),
    "circulant and triangular": ef.Architecture([ef.circulant(4, [0, 1]), triangular(4, lower=False)]),
    "unit lower and upper": ef.Architecture(
        [
            ef.entries(3, 3, 4, [[0, 0, 0], [1, 1, 0], [2, 2, 0], [1, 0, 1], [2, 0, 2], [2, 1, 3]]),
            triangular(3, lower=False),
        ]
    ),
    "one layer": ef.Architecture([triangular(3, lower=True)]),
}


@pytest.mark.parametrize("name", CHAINS)
def test_the_parameters_come_back(name: str) -> None:
    architecture = CHAINS[name]
    proof = certificate(architecture)
    for seed in range(4):
        h = drawn(architecture, seed)
        found = ef.recover(proof, rows(architecture, h))
        assert found is not None and [list(layer) for layer in found] == normalised(h)


@pytest.mark.parametrize("depth", [3, 5, 8, 11, 14])
def test_random_sparse_chains(depth: int) -> None:
    """Whatever the propagation proves generic is inverted; several of them at each depth."""
    inverted = 0
    for seed in range(60):
        architecture = deep(depth, seed)
        ledger, _ = run(architecture, [propagation.apply])
        proved = ledger.verdict("generic", "scaling")
        if proved is None or (proved.status, proved.over) != ("proved", "CC"):
            continue
        proof = json.loads(json.dumps(document(architecture, ledger.claims)))
        h = drawn(architecture, seed)
        found = recover(proof, rows(architecture, h))
        assert found is not None and [list(layer) for layer in found] == normalised(h)
        inverted += 1
        if inverted >= 6:
            break
    assert inverted == 6


def read(value: Any) -> Fraction:
    """A number as certificates write it."""
    return Fraction(int(value, 16)) if isinstance(value, str) and "0x" in value else Fraction(value)


def straight(program: Mapping[str, Any], product: list[list[Any]]) -> Point:
    """The program of `facts.inverse`, run by Cramer's rule."""
    u: dict[int, Fraction] = {}

    def power(monomial: list[list[int]]) -> Fraction:
        value = Fraction(1)
        for j, exponent in monomial:
            value *= u[j] ** exponent
        return value

    def total(terms: list[Any]) -> Fraction:
        return sum((read(weight) * power(monomial) for weight, monomial in terms), Fraction(0))

    for block in program["blocks"]:
        matrix = [[total(entry) for entry in row] for row in block["matrix"]]
        right = [product[r][c] - total(k) for (r, c), k in zip(block["cells"], block["known"], strict=True)]
        for column, j in enumerate(block["solves"]):
            replaced = [[*row[:column], b, *row[column + 1 :]] for row, b in zip(matrix, right, strict=True)]
            u[j] = determinant(replaced) / determinant(matrix)
    return [[power(monomial) for monomial in layer] for layer in program["parameters"]]


def determinant(matrix: list[list[Fraction]]) -> Fraction:
    rows_, value = [list(row) for row in matrix], Fraction(1)
    for k in range(len(rows_)):
        pivot = next((i for i in range(k, len(rows_)) if rows_[i][k]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != k:
            rows_[k], rows_[pivot], value = rows_[pivot], rows_[k], -value
        value *= rows_[k][k]
        for i in range(k + 1, len(rows_)):
            factor = rows_[i][k] / rows_[k][k]
            rows_[i] = [x - factor * y for x, y in zip(rows_[i], rows_[k], strict=True)]
    return value


@pytest.mark.parametrize("name", CHAINS)
def test_the_program_in_the_facts_is_the_inverse(name: str) -> None:
    architecture = CHAINS[name]
    result = ef.certify(architecture, properties=["generic"])
    program = json.loads(json.dumps(result.facts["inverse"]))
    assert program == json.loads(json.dumps(inverse_document(json.loads(result.certificate.text()))))
    h = drawn(architecture, 7)
    assert straight(program, rows(architecture, h)) == normalised(h)
    for number, index in enumerate(program["quantities"]):
        assert len(index) == len(architecture.parameters), number


def test_independent_columns_are_coordinates_of_one_system() -> None:
    """Injective, entries with several terms: theorem 9.1 by the rank; a system of two unknowns comes first."""
    rng = random.Random(5)
    dense = [[[rng.randint(-5, 5) for _ in range(4)] for _ in range(4)] for _ in range(2)]
    architecture = ef.Architecture([ef.basis(dense), ef.diagonal(4)])
    ledger, _ = run(architecture, [rank_trivial.apply, rank_sampling.apply, monomial.apply])
    proof = json.loads(json.dumps(document(architecture, ledger.claims)))
    assert any("rank" in claim["evidence"] and claim["statement"] == "9.1" for claim in proof["claims"])
    inverse = explicit_inverse(proof)
    assert inverse is not None and max(len(block.cells) for block in inverse.blocks) == 2
    h = drawn(architecture, 3)
    found = recover(proof, rows(architecture, h))
    assert found is not None and [list(layer) for layer in found] == normalised(h)


def test_no_product_and_exceptional_products_give_nothing() -> None:
    architecture = CHAINS["strided 3, 3"]
    proof = certificate(architecture)
    product = rows(architecture, drawn(architecture, 1))
    product[-1][-1] += 1
    assert recover(proof, product) is None
    h = drawn(architecture, 1)
    h[0][0] = Fraction(0)
    assert recover(proof, rows(architecture, h)) is None
    assert recover(proof, {}) is None


def test_without_generic_over_the_complex_numbers_there_is_no_inverse() -> None:
    for architecture in (
        ef.Architecture([ef.full(2, 2)] * 2),
        ef.load("examples/zoo/support-z3.toml"),
        ef.load("examples/zoo/network-3-3.toml"),
    ):
        proof = certificate(architecture)
        assert inverse_document(proof) is None
        with pytest.raises(SpecError, match="no inverse"):
            recover(proof, {})


def test_the_formulas_are_told() -> None:
    result = ef.certify(CHAINS["strided 3, 3"])
    text = result.explain()
    assert "The inverse as formulas" in text and "u0 = X[0, 0], which is h[0][0] h[1][0]" in text
    report = str(ef.report(json.loads(result.certificate.text())))
    assert r"\efsection{The inverse as formulas}" in report and r"u_{0}=h_{1,0}h_{2,0}=X_{0,0}" in report
    other = ef.certify(ef.Architecture([ef.full(2, 2)] * 2))
    assert "inverse as formulas" not in other.explain()
    assert "inverse as formulas" not in str(ef.report(json.loads(other.certificate.text())))
