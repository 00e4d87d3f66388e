"""Answers do not depend on how an architecture is written: order of parameters, transposition, scale, seed, prime."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from fractions import Fraction

import pytest

import exactfact
from exactfact.model import from_document

from . import random_specs
from .expand import Dense, expand

SEEDS = range(5000, 5020)
Layers = list


def written(arch: Dense, layers: Layers) -> dict:
    """A chain of `basis` layers with the given matrices."""
    field = f"GF({arch.p})" if arch.p else "QQ"
    listed = [
        {
            "operator": "basis",
            "matrices": [[[v if isinstance(v, int) else str(v) for v in row] for row in m] for m in layer],
        }
        for layer in layers
    ]
    return {"exactfact": 1, "field": field, "layer": listed}


def as_basis(layers: Layers, rng: random.Random, p: int) -> Layers:
    return layers


def relabelled(layers: Layers, rng: random.Random, p: int) -> Layers:
    return [rng.sample(layer, len(layer)) for layer in layers]


def transposed(layers: Layers, rng: random.Random, p: int) -> Layers:
    return [[[list(col) for col in zip(*m, strict=True)] for m in layer] for layer in reversed(layers)]


def rescaled(layers: Layers, rng: random.Random, p: int) -> Layers:
    scales = [
        rng.randrange(1, p) if p else Fraction(rng.choice([-7, -1, 2, 65521]), rng.choice([1, 3])) for _ in layers
    ]
    return [[[[v * s for v in row] for row in m] for m in layer] for layer, s in zip(layers, scales, strict=True)]


def changed_basis(layers: Layers, rng: random.Random, p: int) -> Layers:
    """Invertible (unitriangular) row and column operations outside, and between neighbours T and its inverse."""
    first, last = layers[0], layers[-1]
    out = [list(layer) for layer in layers]
    out[0] = [_added_row(m, len(first[0])) for m in out[0]]
    out[-1] = [
        [*map(list, zip(*_added_row([list(c) for c in zip(*m, strict=True)], len(last[0][0])), strict=True))]
        for m in out[-1]
    ]
    return out


def _added_row(matrix: list, rows: int) -> list:
    """Twice the first row added to the last one."""
    if rows < 2:
        return matrix
    return [*matrix[:-1], [a + 2 * b for a, b in zip(matrix[-1], matrix[0], strict=True)]]


CHANGES = [as_basis, relabelled, transposed, rescaled, changed_basis]


def answers(document: dict) -> tuple[dict, dict]:
    """Decided statuses by question and field, and the exactly known facts."""
    result = exactfact.certify(from_document(document), seed=0)
    statuses = {
        (row.property, row.modulo, row.model, field): row.status
        for row in result.verdicts
        for field in (row.over, *row.also_over)
        if row.status != "undecided"
    }
    bounds = {key: result.facts[key] for key in ("rank", "kernel_dimension", "jacobian_rank") if result.facts[key]}
    return statuses, bounds


def contradict(left: tuple[dict, dict], right: tuple[dict, dict]) -> list[str]:
    """Opposite statuses and disjoint bounds."""
    found = [str(key) for key in left[0].keys() & right[0].keys() if left[0][key] != right[0][key]]
    for key in left[1].keys() & right[1].keys():
        a, b = left[1][key], right[1][key]
        low, high = (
            max(a["lower"], b["lower"]),
            min(x["upper"] for x in (a, b, {"upper": math.inf}) if x["upper"] is not None),
        )
        if low > high:
            found.append(f"{key}: {a} and {b}")
    return found


@pytest.mark.parametrize("p", [0, 2, 5])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_rewriting_changes_no_answer(change: Callable, p: int) -> None:
    for seed in SEEDS:
        document = {**random_specs.chain(seed, p)}
        for key in ("model", "point"):
            document.pop(key, None)
        arch = expand(document)
        again = written(arch, change(arch.layers, random.Random(seed), p))
        assert contradict(answers(document), answers(again)) == [], (seed, document)


def test_another_prime_field_gives_compatible_answers() -> None:
    """A rank mod p is at most the rank over QQ; kernel zero mod p proves uniform over CC (theory 2.3, 4.2)."""
    for seed in SEEDS:
        document = random_specs.chain(seed, 5)
        if any("/" in str(layer) for layer in document["layer"]):
            continue
        rational = exactfact.certify(from_document({**document, "field": "QQ"}), seed=0)
        for p in (2, 3, 5, 65521):
            modular = exactfact.certify(from_document({**document, "field": f"GF({p})"}), seed=0)
            upper = rational.facts["rank"]["upper"]
            assert upper is None or modular.facts["rank"]["lower"] <= upper, (seed, p)
            if any(row.statement == "4.2" and row.property == "uniform" for row in modular.verdicts):
                assert rational.verdict("uniform").status == "proved", (seed, p)


def test_seeds_do_not_contradict_each_other() -> None:
    for seed in SEEDS:
        document = random_specs.network(seed) if seed % 2 else random_specs.chain(seed)
        results = [exactfact.certify(from_document(document), seed=s) for s in range(3)]
        statuses = [{(r.property, r.modulo, r.model, r.over): r.status for r in result.verdicts} for result in results]
        for other in statuses[1:]:
            both = statuses[0].keys() & other.keys()
            assert not [k for k in both if {statuses[0][k], other[k]} == {"proved", "refuted"}], seed
