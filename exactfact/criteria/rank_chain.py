"""rank A <= r over QQ, by chains of spanning sets with exact relations, from one side or two, component by component.

Claim: an upper bound that equals the rank; with its basis of columns also the lower bound, if none is recorded.
Source: theory 3.1, 3.3, 2.7c (and 2.5: its annihilators are the left kernel).
Cost: at level k, d_k S_{k+1} exact sparse products and one rational kernel; used only when cheaper bounds do not
already meet.
"""

from __future__ import annotations

from exactfact.algebra.primes import random_primes
from exactfact.certificate.claims import Claim
from exactfact.lifting.rank_proof import prove
from exactfact.lifting.residues import reduce_chain
from exactfact.lifting.sampling import allocate_sample
from exactfact.lifting.spans import layered_spans
from exactfact.lifting.support import reachable

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_bound, rank_closed, rank_lower, rank_upper
from .rank_sampling import sampled, short_primes


def apply(problem: Problem, context: Context, method: str = "auto") -> Outcome:
    """At most two claims.  With `method` "span" also when the bounds already meet."""
    ledger = context.ledger
    if problem.field.characteristic:
        return Outcome(why="over a finite field the spans are recomputed instead")
    if method == "auto" and rank_closed(ledger):
        return Outcome(why="the rank is known")
    parts = problem.parts or [problem.chain]
    price = sum(prices.spans(part, reachable(part).counts, exact=True) for part in parts)
    context.afford("a chain of spanning sets", price)
    proof = prove(problem.chain, problem.reach, problem.parts, problem.seed, context.tick, context.allocate)
    if proof is None:
        return Outcome(why="the coefficients of the relations are too large")
    claims: list[Claim] = []
    upper = rank_upper(ledger)
    if method == "span" or upper is None or proof.rank < upper:
        claims.append(rank_bound("upper", proof.rank, problem.over, "3.1", proof.evidence))
    if proof.rank > rank_lower(ledger):
        claims += _lower(problem, context, proof.rank)
    return Outcome(tuple(claims), "" if claims else f"the spans only give rank <= {proof.rank}")


def _lower(problem: Problem, context: Context, wanted: int) -> list[Claim]:
    """Samples that reach the rank, or the columns of the layered spans, modulo a random prime."""
    p = next(random_primes(problem.seed, "chain columns", problem.denominator))
    allocate_sample(wanted, problem.chain.sizes[0] * problem.chain.sizes[-1], context.allocate)
    for prime in (*short_primes(problem, wanted), p) if wanted else ():
        sample = sampled(problem, reduce_chain(problem.essential, prime), wanted)
        if sample.rank == wanted:
            return [rank_bound("lower", wanted, problem.over, "2.3", sample.evidence)]
    spans = layered_spans(problem.residues(p), problem.reach, context.tick, context.allocate)
    evidence = {"prime": p, "columns": [list(index) for index in spans.columns()]}
    return [rank_bound("lower", spans.rank, problem.over, "2.3", evidence)] if spans.rank else []
