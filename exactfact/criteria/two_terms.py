"""A kernel vector of rank at most 2 by linear algebra: h and g with all layers but one prescribed.

Claims: `uniform` refuted by a pair over the base field (any field), for the full space, and for the spec's model where
the pair lies in it.  Found for certain when two layers have S_k >= 2 and rank A < 2 max S_k; looked for otherwise.
Source: theory 5.2a, 8.1.  Cannot show: that there is no pair.  Cost: 2 S_k columns and a rank mod p for each
prescription, one exact elimination in the end.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from exactfact.algebra.primes import random_primes
from exactfact.certificate.claims import Claim
from exactfact.lifting.two_terms import Others, Supports, candidates, deficient, mixtures, pair

from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_lower, rank_upper
from .uniform_claims import open_fields
from .witness import refutations

# Prescriptions tried in all, and entries of all their columns.
TRIES = 200
WORK_LIMIT = 4_000_000
MODELS = 12
Prescription = tuple[Supports, Others, Others]


def apply(problem: Problem, context: Context) -> Outcome:
    """Refutations of `uniform` by the first pair found."""
    chain = problem.chain
    if rank_lower(context.ledger) >= chain.lifted_dimension:
        return Outcome(why="the lifted map is injective")
    claims: list[Claim] = []
    if problem.over in open_fields(problem, context.ledger):
        everything = [tuple(range(size)) for size in chain.parameters]
        claims += _search(problem, context, everything, _full(problem, context, everything), ["full"])
    if problem.architecture.models and problem.over in open_fields(problem, context.ledger, model="spec"):
        families = supports(problem)
        if families is not None:
            usable = [tuple(sorted(set().union(*family))) for family in families]
            if all(usable):
                claims += _search(problem, context, usable, _inside(problem, families, usable), ["full", "spec"])
    return Outcome(tuple(claims), "" if claims else "no kernel vector of rank 2 with prescribed factors was found")


def _full(problem: Problem, context: Context, usable: list[tuple[int, ...]]) -> Iterator[Prescription]:
    """The largest layer first: with rank < 2 S_k the first prescription succeeds."""
    sizes = problem.chain.parameters
    order = sorted(range(len(sizes)), key=lambda k: -sizes[k])
    upper = rank_upper(context.ledger)
    streams = []
    for k in order:
        free = Supports(k, usable[k], usable[k])
        both = itertools.chain(candidates(usable, sizes, k), mixtures(usable, sizes, k, problem.seed))
        if upper is not None and upper < 2 * sizes[k]:
            yield from ((free, a, b) for a, b in itertools.islice(both, 1))
        streams.append(_with(free, both))
    while streams:
        for stream in list(streams):
            found = next(stream, None)
            if found is None:
                streams.remove(stream)
            else:
                yield found


def _with(free: Supports, others: Iterator[tuple[Others, Others]]) -> Iterator[Prescription]:
    yield from ((free, a, b) for a, b in others)


def _inside(
    problem: Problem, families: list[list[tuple[int, ...]]], usable: list[tuple[int, ...]]
) -> Iterator[Prescription]:
    """Two supports of one layer, unit vectors elsewhere."""
    sizes = problem.chain.parameters
    for k, family in enumerate(families):
        for first, second in itertools.combinations_with_replacement(family[:MODELS], 2):
            for a, b in itertools.islice(candidates(usable, sizes, k), MODELS):
                yield Supports(k, first, second), a, b


def supports(problem: Problem, limit: int = 10_000) -> list[list[tuple[int, ...]]] | None:
    """For each layer the supports of the spec's model, all parameters without one; None when they are too many."""
    families = []
    for layer, size in zip(problem.architecture.parametric, problem.chain.parameters, strict=True):
        models = [model for model in problem.architecture.models if model.layer == layer]
        counts = [model.count(size, limit) for model in models]
        if any(count is None for count in counts):
            return None
        family = {tuple(range(size))}
        for model in models:
            listed = list(model.list_supports(size))
            if len(family) * len(listed) > limit:
                return None
            family = {tuple(sorted(set(old) & set(new))) for old in family for new in listed}
        families.append(sorted(family))
    return families


def _search(
    problem: Problem,
    context: Context,
    usable: list[tuple[int, ...]],
    prescriptions: Iterator[Prescription],
    models: list[str],
) -> list[Claim]:
    chain = problem.chain
    p = problem.field.characteristic or next(random_primes(problem.seed, "two terms", problem.denominator))
    # Products with all layers, each for a few rows.
    each = sum(max(map(len, layer)) for layer in chain.layers) * max(1, chain.sizes[0] // 4)
    work = 0
    for where, a, b in itertools.islice(prescriptions, TRIES):
        work += each * (len(where.first) + len(where.second))
        if work > WORK_LIMIT:
            break
        context.tick("kernel vectors with prescribed factors")
        found = pair(chain, where, a, b) if deficient(chain, where, a, b, p) else None
        if found is not None:
            h, g = found
            if "spec" in models and not (problem.in_model(h) and problem.in_model(g)):
                continue
            return list(refutations(h, g, problem.over, models))
    return []
