"""Criteria ask for the memory of their large tables first, and the tables stay below what was asked for."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable

import pytest

import exactfact as ef
from exactfact.certificate.ledger import Ledger
from exactfact.criteria import equal_columns, rank_chain, rank_many_primes, rank_spans, rank_structure
from exactfact.criteria.outcome import Context, Outcome
from exactfact.criteria.problem import Problem
from exactfact.lifting.chain_proof import prove_rank
from exactfact.lifting.spans import layered_spans
from exactfact.model import LimitError


def sparse(size: int, parameters: int, depth: int, field: ef.Field = ef.QQ) -> Problem:
    """Layers whose parameters stand at three random cells each."""
    rng = random.Random(size)
    layers = []
    for _ in range(depth):
        cells = rng.sample(range(size * size), 3 * parameters)
        listed = [[cell // size, cell % size, t // 3, rng.choice((1, -1))] for t, cell in enumerate(cells)]
        layers.append(ef.entries(size, size, parameters, listed))
    return Problem(ef.Architecture(layers, field=field), 0)


GF = sparse(4, 4, 2, ef.GF(65521))
CHAIN = sparse(4, 4, 2)


@pytest.mark.parametrize(
    ("criterion", "problem", "message"),
    [
        (rank_spans.apply, GF, r"layered spans, level 1 needs 1 MiB, the limit is 0 MiB \(0 products would fit\)"),
        (rank_chain.apply, CHAIN, r"a table of \d+ samples needs 1 MiB, the limit is 0 MiB \(0 would fit\)"),
        (rank_many_primes.apply, CHAIN, r"layered spans, level 1 needs .*\(0 products would fit\)"),
        (rank_structure.apply, CHAIN, r"the support graph needs 1 MiB.*\(0 nonzero entries would fit\)"),
    ],
)
def test_no_memory(criterion: Callable[[Problem, Context], Outcome], problem: Problem, message: str) -> None:
    with pytest.raises(LimitError, match=message):
        criterion(problem, Context(Ledger(), memory=1))
    outcome = criterion(problem, Context(Ledger(), memory=2**60))
    assert outcome.claims or outcome.why


def test_a_search_is_cut_to_what_fits() -> None:
    assert "fit into memory" in equal_columns.apply(CHAIN, Context(Ledger(), memory=1)).why
    assert "fit into memory" not in equal_columns.apply(CHAIN, Context(Ledger(), memory=2**60)).why


def test_what_would_fit_is_said() -> None:
    def allocate(what: str, needed: int, fits: Callable[[int], str]) -> None:
        if needed > 2**20:
            raise LimitError(what, needed, fits(2**20))

    problem = sparse(20, 20, 4)
    with pytest.raises(LimitError, match=r"layered spans, level 2 needs \d+, the limit is 30 products would fit"):
        layered_spans(problem.residues(4194301), problem.reach, allocate=allocate)
    with pytest.raises(LimitError, match=r"a table of \d+ samples needs \d+, the limit is \d\d would fit"):
        prove_rank(problem.chain, problem.reach, 0, allocate=allocate)


# What does not grow with the tables.
SMALL = 2**19


def peak_of(job: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        job()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("size", "parameters", "depth", "p"), [(20, 20, 3, 4194301), (16, 40, 3, 4194301), (10, 10, 3, 2**61 - 1)]
)
def test_spans_stay_below_the_estimate(size: int, parameters: int, depth: int, p: int) -> None:
    problem, asked = sparse(size, parameters, depth), []
    residues, reach = problem.residues(p), problem.reach
    peak = peak_of(lambda: layered_spans(residues, reach, allocate=lambda what, needed, fits: asked.append(needed)))
    assert len(asked) == depth
    assert max(asked) / 4 < peak < max(asked) + SMALL


def test_a_chain_proof_stays_below_the_estimate() -> None:
    problem, asked = sparse(20, 9, 3), dict[str, int]()
    assert prove_rank(problem.chain, problem.reach, 0, allocate=lambda what, needed, fits: asked.update({what: needed}))
    assert any("chain certificate" in what for what in asked) and any("samples" in what for what in asked)
    peak = peak_of(lambda: prove_rank(problem.chain, problem.reach, 0))
    assert peak < max(asked.values()) + SMALL
