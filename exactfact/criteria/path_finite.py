"""The Jacobian rank of a network, and `generic-finite` modulo path-scaling when it is as large as it can be.

Claims: jacobian_rank >= its value mod p at a point; <= sum |S_e| - (hidden nodes), <= rank A; `generic-finite` modulo
path-scaling proved over CC when the two meet at the former; with one node at every hidden level the same modulo
scaling, and `generic-finite`, `generic` refuted over CC and RR when rank A is smaller than the dimension.
Hypotheses: spec over QQ.  Source: theory 10.6, 6.1, 6.2.
Cannot show: refutations modulo path-scaling; a measured rank below the dimension is only probable.
Cost: sparse products of prefixes and suffixes, or dense ones over the box of the sums, and one elimination.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exactfact.algebra.modular import rank_mod_p
from exactfact.algebra.primes import WIDE_RANGE, random_primes
from exactfact.certificate.claims import Bound, Claim, Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.box import Unable
from exactfact.lifting.network_jacobian import jacobian_rank
from exactfact.lifting.network_rows import sparse_jacobian, unit_point
from exactfact.lifting.points import point
from exactfact.model import GF, LimitError, Network

from . import prices
from .error_bounds import power_of_two, primes_near
from .networks import NOT_A_NETWORK, crowded_nodes
from .outcome import Context, Outcome
from .problem import Problem

SPARSE_LIMIT = 300_000
ENTRY_LIMIT = 5_000_000
ATTEMPTS = 2


@dataclass(frozen=True)
class Measured:
    """A Jacobian rank at one point, its evidence, and a bound on the error of taking it for the generic rank."""

    rank: int
    evidence: dict[str, Any]
    error: str


def apply(problem: Problem, context: Context) -> Outcome:
    """Bounds on the Jacobian rank from both sides, and the verdicts that they decide."""
    network = problem.architecture.network
    if network is None:
        return Outcome(why=NOT_A_NETWORK)
    if problem.field.is_finite:
        return Outcome(why="generic statements are meaningless over a finite field")
    dimension = sum(network.parameters) - len(network.hidden)
    upper = _upper(dimension, context.ledger)
    measured = _measure(problem, network, int(upper.value), context)
    if isinstance(measured, Unable):
        return Outcome((upper, *_too_small(network, upper, dimension)), why=str(measured))
    lower = Bound("jacobian_rank", "lower", measured.rank, "QQ", "6.1", measured.evidence)
    if measured.rank >= dimension:
        return Outcome((upper, lower, *_full(network, context.ledger)))
    claims = (upper, lower, *_too_small(network, upper, dimension))
    why = f"the Jacobian rank is {measured.rank} at a random point, below {dimension}"
    if measured.rank >= upper.value:
        return Outcome(claims, why)
    return Outcome(claims, why, {"jacobian_rank": (measured.rank, measured.error)})


def _upper(dimension: int, ledger: Ledger) -> Bound:
    rank = ledger.bound("rank", "upper")
    if rank is not None and rank.value < dimension:
        return Bound("jacobian_rank", "upper", rank.value, "QQ", "6.2", {"rank": rank.id})
    return Bound("jacobian_rank", "upper", dimension, "QQ", "10.6", {"bound": "dimension"})


def _full(network: Network, ledger: Ledger) -> list[Claim]:
    """The positive verdicts that are not recorded yet; the lower bound is draft 1."""
    claims: list[Claim] = []
    groups = [("path-scaling", "10.6")] if crowded_nodes(network) else [("path-scaling", "10.6"), ("scaling", "6.1")]
    for group, statement in groups:
        if ledger.verdict("generic-finite", group) is None:
            evidence = {"jacobian_rank": "@1"}
            claims.append(Verdict("generic-finite", group, "full", "CC", "proved", statement, evidence))
    return claims


def _too_small(network: Network, upper: Bound, dimension: int) -> list[Claim]:
    """Fibres of positive dimension (theory 6.2); the upper bound is draft 0."""
    if upper.value >= dimension or crowded_nodes(network):
        return []
    return [
        Verdict(name, "scaling", "full", over, "refuted", "6.2", {"jacobian_rank": "@0"})
        for name in ("generic-finite", "generic")
        for over in ("CC", "RR")
    ]


def _measure(problem: Problem, network: Network, wanted: int, context: Context) -> Measured | Unable:
    """The best of a few ranks: at the unit point, the cheapest one to check, then at derived points."""
    short_prime = next(random_primes(problem.seed, "network jacobian"))
    h = unit_point(network)
    rank = _sparse_rank(network, h, short_prime)
    if rank is not None and rank >= wanted:
        return Measured(rank, {"prime": short_prime, "point": [list(level) for level in h]}, "1")
    wide = random_primes(problem.seed, "network jacobian", span=WIDE_RANGE)
    word = random_primes(problem.seed, "network jacobian")
    best: Measured | Unable | None = None
    size = sum(network.parameters)
    context.afford("the Jacobian of the network", prices.elimination(size, size))
    for t, (long, short) in enumerate(itertools.islice(zip(wide, word, strict=False), ATTEMPTS)):
        context.tick("Jacobian rank of the network at a random point")
        found = _at_derived_point(problem, network, t, long, short, context)
        if isinstance(found, Unable):
            return best or found
        if not isinstance(best, Measured) or found.rank > best.rank:
            best = found
        if best.rank >= wanted:
            break
    assert best is not None
    return best


def _at_derived_point(
    problem: Problem, network: Network, t: int, long: int, short: int, context: Context
) -> Measured | Unable:
    p: int = long
    rank: int | Unable | None = _sparse_rank(network, point(problem.seed, t, network.parameters, p), p)
    if rank is None:
        p = short
        h = point(problem.seed, t, network.parameters, p)
        rank = jacobian_rank(network, h, p, problem.seed, lambda: context.tick("Jacobian of the network"))
    if isinstance(rank, Unable):
        return rank
    evidence = {"prime": encode_integer(p), "point": {"seed": problem.seed, "index": t}}
    return Measured(rank, evidence, _error(network, rank, p))


def _sparse_rank(network: Network, h: Sequence[Sequence[int]], p: int) -> int | None:
    """The rank of J_h mod p, or None when the sparse rows are too many."""
    width = sum(network.parameters)
    try:
        rows = sparse_jacobian(network, h, GF(p), SPARSE_LIMIT)
    except LimitError:
        return None
    if len(rows) * width > ENTRY_LIMIT:
        return None
    return rank_mod_p([[int(row.get(column, 0)) for column in range(width)] for row in rows.values()], p)


def _error(network: Network, rank: int, p: int) -> str:
    """A bound on the probability that the generic rank exceeds the rank measured mod p (as for chains).

    The entries of J are polynomials with nonnegative integer coefficients whose sum is at most the number of path
    multi-indices; a minor of size rank + 1 has degree at most (rank + 1)(K - 1).
    """
    size = rank + 1
    bits = size * (size.bit_length() + sum(network.path_counts.values()).bit_length())
    return power_of_two(bits // (p.bit_length() - 1) + 1, primes_near(p), size * (network.depth - 1), p)
