"""rank A >= r, from r independent columns or rank-one samples modulo one prime.

Claim: the rank over QQ is at least the rank of these vectors mod p.
Hypotheses: p prime, operators p-integral.
Source: theory 2.3; how many samples suffice: 2.2; component by component where the layers fall apart: 2.7c.
Cannot show: an upper bound.  Over GF(p) itself small p make samples degenerate: `rank_spans` does it there.
Cost: one matrix product of half-products and one elimination of about r rows.
"""

from __future__ import annotations

import itertools
import math

from exactfact.algebra.primes import random_primes
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.columns import independent_columns
from exactfact.lifting.components import component_of_rows
from exactfact.lifting.residues import Residues, reduce_chain
from exactfact.lifting.sampling import SAMPLE_BYTES, Sample, sample_rank
from exactfact.lifting.spans import cell_arrays

from . import prices
from .error_bounds import rank_error, together
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_bound, rank_closed, rank_lower, rank_upper

ENTRY_LIMIT = 20_000_000
LEAST_SAMPLES = 32
PRIMES = 2
SMALLEST_SAMPLED_FIELD = 2**16
# From this rank on a certificate takes longer to verify than to make.
SHORT_FROM, LEAST_SHORT_PRIME = 256, 2**9


def apply(problem: Problem, context: Context, method: str = "auto") -> Outcome:
    """One claim: the best lower bound found mod at most three primes, the first of them short.

    `method`: "auto", "columns", or "sampling", which asks for speed: one prime.
    """
    chain, ledger = problem.essential, context.ledger
    upper = rank_upper(ledger)
    wanted = problem.essential_reach.counts[-1] if upper is None else upper
    if method == "auto" and rank_closed(ledger):
        return Outcome(why="the rank is known")
    if 0 < problem.field.characteristic < SMALLEST_SAMPLED_FIELD and method != "columns":
        return Outcome(why="samples degenerate over a small field")
    listed = method == "columns" or (method == "auto" and chain.lifted_dimension <= max(2 * wanted, 64))
    # The largest table that fits; fewer samples than the rank may need still bound it, and find it when it is small.
    cells = max(1, *(chain.sizes[0] * size for size in chain.sizes[1:]))
    room = context.room(SAMPLE_BYTES * cells, ENTRY_LIMIT // cells)
    if chain.lifted_dimension > room if listed else room < LEAST_SAMPLES:
        return Outcome(why=f"only {room} vectors of {chain.sizes[0] * chain.sizes[-1]} entries fit into memory")
    wanted = min(wanted, room - LEAST_SAMPLES // 2)
    count = chain.lifted_dimension if listed else wanted
    what = f"{count} {'columns' if listed else 'samples'} of the lifted map"
    context.afford(what, prices.samples(chain, count, problem.essential_reach.counts[-1]))
    best, errors = Sample(rank_lower(ledger), {}), []
    short = [] if listed or method == "sampling" else short_primes(problem, wanted)
    for p in [*short, *_primes(problem, 1 if method == "sampling" else PRIMES)]:
        context.tick(f"{'columns' if listed else 'samples'} of the lifted map modulo {p}")
        found = _measure(problem, reduce_chain(chain, p), wanted, listed)
        best = max(best, found, key=lambda sample: sample.rank)
        if p not in short:
            errors.append(rank_error(problem.chain, best.rank, p, samples=not listed))
        if best.rank >= wanted:
            break
    if not best.evidence:
        return Outcome(why=f"no lower bound above {best.rank} was found")
    claim = rank_bound("lower", best.rank, problem.over, "2.3", best.evidence)
    if best.rank >= wanted or problem.field.characteristic:
        return Outcome((claim,))
    return Outcome((claim,), probable={"rank": (best.rank, together(errors))})


def _primes(problem: Problem, count: int) -> list[int]:
    if problem.field.characteristic:
        return [problem.field.characteristic]
    return list(itertools.islice(random_primes(problem.seed, "rank", problem.denominator), count))


def short_primes(problem: Problem, wanted: int) -> list[int]:
    """A prime to try first, so small that sums of as many products as there are cells fit into half a word.

    The checker then eliminates in half the time.  The rank is seldom lower: in none of 1246 random architectures.
    """
    cells = max(1, problem.essential_reach.counts[-1])
    top = math.isqrt((2**32 - 2**16) // cells)
    if problem.field.characteristic or wanted < SHORT_FROM or top < LEAST_SHORT_PRIME:
        return []
    return [next(random_primes(problem.seed, "short", problem.denominator, (top - top // 8, top)))]


def _measure(problem: Problem, residues: Residues, wanted: int, listed: bool) -> Sample:
    if not listed:
        return sampled(problem, residues, wanted)
    cells = cell_arrays(problem.essential_reach, problem.chain.depth - 1)
    columns = independent_columns(residues, cells)
    return Sample(len(columns), {"prime": encode_integer(residues.p), "columns": [list(index) for index in columns]})


def sampled(problem: Problem, residues: Residues, wanted: int) -> Sample:
    """The rank of about `wanted` samples of the essential chain mod p, component by component."""
    cells = cell_arrays(problem.essential_reach, problem.chain.depth - 1)
    if not problem.parts:
        return sample_rank(residues, wanted, problem.seed, cells)
    parts = component_of_rows(problem.chain, problem.parts)[cells[0]]
    largest = max(min(part.lifted_dimension, int((parts == k).sum())) for k, part in enumerate(problem.parts))
    inside = parts >= 0
    rows, cols = cells[0][inside], cells[1][inside]
    return sample_rank(residues, min(wanted, largest), problem.seed, (rows, cols), parts[inside])
