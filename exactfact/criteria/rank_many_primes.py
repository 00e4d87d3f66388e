"""rank A <= r over QQ, because it is <= r modulo so many primes that no larger minor can be nonzero.

Claim: an upper bound equal to the rank mod p that all primes share.
Hypotheses: (prod p)^2 > (prod_k max_j |c_k M_k(e_j)|_F^2)^(r+1) (Hadamard), c_k the common denominators.
Source: theory 2.6.  Cannot show: more than its primes; a guard keeps the number of eliminations small.
Cost: one run of the layered spans for every 61 bits of the bound.
"""

from __future__ import annotations

import itertools
import math

from exactfact.algebra.primes import WIDE_RANGE, random_primes
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.chain import Chain
from exactfact.lifting.spans import layered_spans

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_bound, rank_closed, rank_lower

PRIME_LIMIT = 60
WORK_LIMIT = 200_000


def apply(problem: Problem, context: Context) -> Outcome:
    """One claim, when the primes needed are few and the spans small."""
    ledger, chain = context.ledger, problem.chain
    if problem.field.characteristic:
        return Outcome(why="for specs over QQ")
    if rank_closed(ledger):
        return Outcome(why="the rank is known")
    value = rank_lower(ledger)
    square = hadamard_square(chain) ** (value + 1)
    count = square.bit_length() // (2 * 61) + 1
    work = (value + 1) * max(chain.parameters) * chain.sizes[0] * max(chain.sizes)
    if count > PRIME_LIMIT or work > WORK_LIMIT:
        return Outcome(why=f"{count} primes with about {work} entries each exceed the guard")
    primes = list(itertools.islice(random_primes(problem.seed, "hadamard", problem.denominator, WIDE_RANGE), count))
    price = prices.spans(chain, problem.reach.counts, exact=False)
    context.afford(f"the rank modulo {count} primes", count * prices.WIDE * price)
    for p in primes:
        rank = layered_spans(problem.residues(p), problem.reach, context.tick, context.allocate).rank
        if rank > value:
            return Outcome(why=f"the rank is {rank} modulo {p}, above the recorded lower bound {value}")
    if math.prod(primes) ** 2 <= square:
        return Outcome(why="the primes do not exceed the Hadamard bound")
    return Outcome(
        (rank_bound("upper", value, problem.over, "2.6", {"primes": [encode_integer(p) for p in primes]}),)
    )


def hadamard_square(chain: Chain) -> int:
    """prod_k max_j |c_k M_k(e_j)|_F^2, an integer bound on the squared length of every column of the scaled A."""
    layers = chain.integral().layers
    return math.prod(max(sum(int(v) ** 2 for v in matrix.values()) for matrix in layer) for layer in layers)
