"""Which primes ranks are sampled modulo."""

from __future__ import annotations

import pytest

import exactfact as ef
from exactfact.certificate.ledger import Ledger
from exactfact.checker.rules.elimination import narrowest
from exactfact.criteria import rank_sampling
from exactfact.criteria.outcome import Context, Outcome
from exactfact.criteria.problem import Problem
from exactfact.lifting.sampling import Sample

from .checked import checked

SMALL = ef.Architecture([ef.full(5, 3), ef.full(3, 5)])
LARGE = ef.Architecture([ef.full(16, 9), ef.full(9, 20)])


def sampled(architecture: ef.Architecture, method: str = "auto") -> Outcome:
    return rank_sampling.apply(Problem(architecture, 0), Context(Ledger()), method)


def test_a_large_rank_is_shown_modulo_a_prime_that_fits_half_words() -> None:
    (claim,) = sampled(LARGE).claims
    p = claim.evidence["prime"]
    assert claim.value == 320 and narrowest((320 * (p - 1) ** 2 + p).bit_length()) == 32 and p > 3000
    assert checked(LARGE).facts["rank"]["lower"] == 320


@pytest.mark.parametrize(("architecture", "method"), [(SMALL, "auto"), (LARGE, "sampling")])
def test_else_modulo_a_word(architecture: ef.Architecture, method: str) -> None:
    (claim,) = sampled(architecture, method).claims
    assert claim.evidence["prime"] > 2**21


def test_a_rank_that_drops_modulo_the_short_prime_is_found_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    measure, asked = rank_sampling._measure, []

    def unlucky(problem: Problem, residues: object, wanted: int, listed: bool) -> Sample:
        found = measure(problem, residues, wanted, listed)
        asked.append(residues.p)
        return Sample(found.rank - 1, {"prime": residues.p}) if residues.p < 2**16 else found

    monkeypatch.setattr(rank_sampling, "_measure", unlucky)
    (claim,) = sampled(LARGE).claims
    assert claim.value == 320 and [p > 2**21 for p in asked] == [False, True]


def test_a_short_prime_does_not_count_for_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []
    monkeypatch.setattr(rank_sampling, "_measure", lambda problem, residues, *_: Sample(7, {"p": residues.p}))
    monkeypatch.setattr(rank_sampling, "rank_error", lambda chain, rank, p, **_: counted.append(p) or "2^-9")
    outcome = sampled(LARGE)
    assert outcome.probable == {"rank": (7, "2^-18")} and len(counted) == 2 and min(counted) > 2**21
