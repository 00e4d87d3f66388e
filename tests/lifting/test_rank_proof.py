"""Rank proofs from two sides and component by component, against the rank of all columns, through the checker."""

from __future__ import annotations

import itertools
import json
import random

import pytest
import sympy

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.lifting import rank_proof
from exactfact.lifting.chain import build_chain
from exactfact.lifting.components import component_of_rows, components
from exactfact.lifting.rank_proof import best_cut, prove
from exactfact.lifting.support import reachable
from exactfact.pipeline import rank

from .random_chains import dense_columns, dense_matrices, random_architecture


def blocks(rng: random.Random) -> ef.Architecture:
    """Two random chains of the same depth on the diagonal, indices and parameters shuffled."""
    first = dense_matrices(random_architecture(rng))
    second = dense_matrices(random_architecture(rng))
    depth = min(len(first), len(second))
    orders: list[list[int]] = []
    layers = []
    for k in range(depth):
        heights, widths = ([len(x[k][0]) for x in (first, second)], [len(x[k][0][0]) for x in (first, second)])
        if not orders:
            orders.append(rng.sample(range(sum(heights)), sum(heights)))
        orders.append(rng.sample(range(sum(widths)), sum(widths)))
        matrices = []
        for x, top, left in ((first, 0, 0), (second, heights[0], widths[0])):
            for matrix in x[k]:
                dense = [[0] * sum(widths) for _ in range(sum(heights))]
                for r, row in enumerate(matrix):
                    for c, value in enumerate(row):
                        dense[orders[-2][top + r]][orders[-1][left + c]] = value
                matrices.append(dense)
        layers.append(ef.basis(rng.sample(matrices, len(matrices))))
    return ef.Architecture(layers)


def exact_rank(architecture: ef.Architecture) -> int:
    return int(sympy.Matrix(list(dense_columns(architecture).values())).rank())


def certified(architecture: ef.Architecture, method: str) -> tuple[dict, list]:
    """The document of a rank certificate, and what is wrong: bounds other than the true rank, a rejected claim."""
    result = rank(architecture, method=method)
    found, true = result.facts["rank"], exact_rank(architecture)
    wrong = [] if (found["lower"], found["upper"]) == (true, true) else [(found, true)]
    document = json.loads(result.certificate.text())
    report = check_certificate(document)
    return document, wrong if report.accepted else [*wrong, report.lines()]


@pytest.mark.parametrize(("method", "least"), [("auto", 3), ("span", 20)])
def test_ranks_of_components_add_up(method: str, least: int) -> None:
    split = 0
    for seed in range(60):
        document, wrong = certified(blocks(random.Random(seed)), method)
        assert not wrong
        split += any("split" in c["evidence"] or "parts" in c["evidence"] for c in document["claims"])
    assert split >= least


def test_a_part_of_every_component_is_proved() -> None:
    """The evidence holds one proof for each component, whose ranks add up to that of all columns."""
    counted = 0
    for seed in range(80):
        architecture = blocks(random.Random(seed))
        chain = build_chain(architecture)
        parts = components(chain)
        if len(parts) < 2:
            continue
        proof = prove(chain, reachable(chain), parts, seed)
        assert proof is not None and len(proof.evidence["parts"]) == len(parts)
        assert proof.rank == exact_rank(architecture)
        assert set(component_of_rows(chain, parts).tolist()) >= set(range(len(parts)))
        counted += 1
    assert counted > 30


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_any_cut_proves_the_rank(monkeypatch: pytest.MonkeyPatch, offset: int) -> None:
    monkeypatch.setattr(rank_proof, "best_cut", lambda chain, *_: min(offset, chain.depth - 1))
    spans = 0
    for seed, make in itertools.product(range(40), (random_architecture, blocks)):
        document, wrong = certified(make(random.Random(seed)), "span")
        assert not wrong
        spans += any(claim["statement"] == "3.1" for claim in document["claims"])
    assert spans >= 15


def test_few_columns_of_data_are_met_from_the_right() -> None:
    """X B with two proportional columns of data: from the left, levels of a thousand cells; from the right, of 64."""
    rng = random.Random(5)
    layers = [
        ef.entries(32, 32, 6, [[r, rng.randrange(32), rng.randrange(6), 1] for r in range(32) for _ in range(3)])
        for _ in range(5)
    ]
    data = ef.fixed([[1 + r % 2, 2 + 2 * (r % 2)] for r in range(32)])
    architecture = ef.Architecture([*layers, data])
    chain = build_chain(architecture)
    assert best_cut(chain, reachable(chain)) is not None
    result = rank(architecture)
    assert "cut" in next(c for c in result.certificate.claims if c.statement == "3.1").evidence
    assert result.facts["rank"]["lower"] == result.facts["rank"]["upper"] == 32
    assert check_certificate(json.loads(result.certificate.text())).accepted
