"""Uniform identifiability of a network modulo path-scaling: are all path sums of every leaf distinct?

Claims: `uniform` modulo path-scaling proved (then `generic`, `generic-finite` too, over QQ), or refuted where zero
edges are allowed, by two path indices with the same sum or by counting; the largest entry of M_1(1)...M_K(1), the rank
of A, the smallest nonzero singular value.
Hypotheses: a network (any field).  Source: theory 10.1, 10.3 (search), 10.3a (mixed radix), 10.3b (counting), 10.4.
Cannot show: anything where the sums are too many for the tables and in neither of the two special positions; a
refutation says nothing about points all of whose edges are nonzero (10.2).
Cost: near-linear in the number of distinct sums; polynomial in the spec for mixed radix and counting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exactfact.certificate.claims import Bound, Claim, Verdict
from exactfact.certificate.numbers import encode_integer, encode_vector
from exactfact.lifting.box import SUM_LIMIT, Unable, box_of, insertions
from exactfact.lifting.mixed_radix import Digits, distinct_digits
from exactfact.lifting.path_counts import PathCounts, count_sums
from exactfact.lifting.path_sums import Collision, find_collision
from exactfact.lifting.pigeonhole import Pigeonhole, pigeonhole
from exactfact.model import Network

from . import prices
from .networks import NOT_A_NETWORK, named_path, translation_norm
from .outcome import Context, Outcome, OutOfTime
from .problem import Problem

# Where counting refutes already, a witness is still looked for among so few sums.
WITNESS_LIMIT = 50_000
# Singular values are listed in the certificate up to so many different ones.
LISTED_VALUES = 20_000
# Numbers with more bits are not written into certificates.
WRITTEN_BITS = 16_000


def apply(problem: Problem, context: Context) -> Outcome:
    """The verdict first by mixed radix, then by counting and a search for a collision; the facts that come with it."""
    network = problem.architecture.network
    if network is None:
        return Outcome(why=NOT_A_NETWORK)
    digits = distinct_digits(network)
    if digits is not None:
        return Outcome(_proved(problem, network, "10.3a", _digits_evidence(digits)))
    crowded = pigeonhole(network)
    work = insertions(network, box_of(network).size, SUM_LIMIT)
    context.afford("path sums", prices.LONG * min(work, SUM_LIMIT if crowded is None else WITNESS_LIMIT))
    check = _ticker(context, "path sums")
    found = find_collision(network, SUM_LIMIT if crowded is None else WITNESS_LIMIT, check)
    if isinstance(found, Collision):
        evidence: dict[str, Any] = {"leaf": found.leaf, "paths": [named_path(network, path) for path in found.paths]}
        return Outcome(_refuted(problem, network, evidence, crowded, context))
    if crowded is not None:
        return Outcome(_refuted(problem, network, {"method": "pigeonhole", "leaf": crowded.leaf}, crowded, context))
    if isinstance(found, Unable):
        return Outcome(why=f"no order of the layers separates the sums, counting decides nothing, and {found}")
    if work > SUM_LIMIT:
        return Outcome(why=f"all sums are distinct, but a table of {work} sums or more is beyond what is claimed")
    return Outcome(_proved(problem, network, "10.1", {"method": "table"}))


def _ticker(context: Context, text: str) -> Callable[[], None]:
    return lambda: context.tick(text)


def _digits_evidence(digits: Digits) -> dict[str, Any]:
    if digits.moduli is None:
        return {"method": "superincreasing", "order": list(digits.order)}
    moduli = [encode_vector(entry) for entry in digits.moduli]
    return {"method": "mixed-radix", "order": list(digits.order), "moduli": moduli}


def _proved(problem: Problem, network: Network, statement: str, evidence: dict[str, Any]) -> tuple[Claim, ...]:
    """All sums distinct: rank = number of path multi-indices, every nonzero singular value sqrt(nu)."""
    over, proved_over = problem.over, problem.proved_over
    count = sum(network.path_counts.values())
    claims: list[Claim] = [
        Bound("path_max_entry", "upper", 1, over, statement, evidence),
        Verdict("uniform", "path-scaling", "full", proved_over, "proved", "10.1", evidence),
        _one_entry(network, over, statement),
    ]
    if count.bit_length() <= WRITTEN_BITS:
        claims += [Bound("rank", side, count, over, "10.1", {"zero_one": "@0"}) for side in ("lower", "upper")]
    if problem.architecture.models:
        claims.append(Verdict("uniform", "path-scaling", "spec", proved_over, "proved", "10.1", {"uniform": "@1"}))
    if problem.field.is_finite:
        return tuple(claims)
    claims += [
        Verdict(name, "path-scaling", "full", proved_over, "proved", "10.1", {"uniform": "@1"})
        for name in ("generic-finite", "generic")
    ]
    nu = translation_norm(network)
    if nu is not None:
        norm = {"nu": encode_integer(nu), "zero_one": "@0"}
        claims += [Bound("sigma_min_squared", side, nu, over, "10.4", norm) for side in ("lower", "upper")]
    return tuple(claims)


def _one_entry(network: Network, over: str, statement: str) -> Bound:
    """path_max_entry >= 1: by the table, or because any path index has a sum."""
    if statement == "10.1":
        return Bound("path_max_entry", "lower", 1, over, "10.1", {"method": "table"})
    evidence = {"method": "pigeonhole", "leaf": network.leaves[0]}
    return Bound("path_max_entry", "lower", 1, over, "10.3b", evidence)


def _refuted(
    problem: Problem, network: Network, evidence: dict[str, Any], crowded: Pigeonhole | None, context: Context
) -> tuple[Claim, ...]:
    """The negative verdict (zero edges allowed) and what the table of counts tells, when it can be made."""
    over = problem.over
    verdict = Verdict("uniform", "path-scaling", "zero-edges-allowed", over, "refuted", "10.1", evidence)
    counts = _counts(network, context)
    if counts is not None:
        return (verdict, *_table_bounds(problem, network, counts))
    if crowded is not None:
        least = min(crowded.least_maximum, 2**WRITTEN_BITS)
        by_counting = {"method": "pigeonhole", "leaf": crowded.leaf}
        return (verdict, Bound("path_max_entry", "lower", least, over, "10.3b", by_counting))
    return (verdict,)


def _counts(network: Network, context: Context) -> PathCounts | None:
    """The table, unless it is too large or time is up: the verdict stands without it."""
    try:
        counts = count_sums(network, check=_ticker(context, "multiplicities of path sums"))
    except OutOfTime:
        return None
    return counts if isinstance(counts, PathCounts) else None


def _table_bounds(problem: Problem, network: Network, counts: PathCounts) -> list[Claim]:
    over, table = problem.over, {"method": "table"}
    multiplicities = counts.multiplicities
    claims: list[Claim] = []
    for side in ("lower", "upper"):
        claims.append(Bound("path_max_entry", side, counts.largest, over, "10.1", table))
        claims.append(Bound("rank", side, counts.rank, over, "10.1", table))
    nu = translation_norm(network)
    if nu is None or problem.field.is_finite or len(multiplicities) > LISTED_VALUES:
        return claims
    listed = [encode_vector(pair) for pair in multiplicities.items()]
    evidence = {"nu": encode_integer(nu), "multiplicities": listed}
    value = nu * min(multiplicities)
    return [*claims, *(Bound("sigma_min_squared", side, value, over, "10.4", evidence) for side in ("lower", "upper"))]
