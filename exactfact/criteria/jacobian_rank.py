"""The generic rank of the Jacobian of phi, and `generic-finite` modulo scaling when it is full.

Claims: jacobian_rank >= its value at a random point mod p; <= n = 1 + sum (S_k - 1), <= rank A, <= w(m_1 + m_{K+1} - w)
for a narrow layer of width w; `generic-finite` proved over CC when the lower bound is n.
Hypotheses: spec over QQ, p prime, operators p-integral.  Source: theory 6.1, 6.2.
Cannot show: that the rank is smaller than n (see `too_small`), nor that generic fibres are single classes.
Cost: one Jacobian mod p, compressed by random functionals, and one elimination of about sum S_k rows.
"""

from __future__ import annotations

import itertools
import math
from typing import Any

from exactfact.algebra.primes import WIDE_RANGE, WORD_RANGE, random_primes
from exactfact.certificate.claims import Bound, Claim, Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.chain import Chain
from exactfact.lifting.jacobian import jacobian_rank

from . import prices
from .error_bounds import jacobian_error, together
from .outcome import Context, Outcome
from .problem import Problem

PARAMETER_LIMIT = 6000
DENSE_LIMIT = 20_000_000
WORK_LIMIT = 1_000_000_000
WIDE_PARAMETERS = 200
ENTRY_BYTES = 32
ATTEMPTS = 2


def apply(problem: Problem, context: Context) -> Outcome:
    """Bounds from both sides; the verdict when they meet at n."""
    chain = problem.chain
    if problem.field.characteristic:
        return Outcome(why="generic statements are meaningless over a finite field")
    upper = _upper(chain, context.ledger)
    total = sum(chain.parameters)
    entries = max((total + 8) * max(chain.sizes), *(a * b for a, b in itertools.pairwise(chain.sizes)))
    new_upper = () if upper.id else (upper,)
    work = (total + 8) * sum(len(matrix) for layer in chain.layers for matrix in layer)
    if total > PARAMETER_LIMIT or entries > DENSE_LIMIT or work > WORK_LIMIT:
        return Outcome(new_upper, why=f"the Jacobian of {total} parameters is too large")
    context.allocate(f"the Jacobian of {total} parameters", ENTRY_BYTES * (total + 8) * total, _fitting)
    wide = total <= WIDE_PARAMETERS
    context.afford(f"the Jacobian of {total} parameters", prices.jacobian(chain, wide))
    best, errors = 0, list[str]()
    evidence: dict[str, Any] = {}
    for t, p in enumerate(_primes(problem, total)):
        context.tick(f"Jacobian rank at a random point modulo {p}")
        residues = problem.residues(p)
        value = jacobian_rank(residues, residues.point(problem.seed, t), problem.seed + t)
        if value > best or not evidence:
            point = {"seed": problem.seed, "index": t}
            best, evidence = value, {"prime": encode_integer(p), "point": point}
        errors.append(jacobian_error(chain, best, p))
        if best == upper.value:
            break
    claims: list[Claim] = [Bound("jacobian_rank", "lower", best, "QQ", "6.1", evidence), *new_upper]
    if best >= chain.free_dimension:
        claims.append(Verdict("generic-finite", "scaling", "full", "CC", "proved", "6.1", {"jacobian_rank": "@0"}))
        return Outcome(tuple(claims))
    why = f"the Jacobian rank is {best} at random points, below {chain.free_dimension}"
    if best == upper.value:
        return Outcome(tuple(claims), why)
    return Outcome(tuple(claims), why, {"jacobian_rank": (best, together(errors))})


def _fitting(free: int) -> str:
    return f"{math.isqrt(free // ENTRY_BYTES)} parameters would fit"


def sharpen(problem: Problem, context: Context) -> Outcome:
    """The upper bound alone, once a later criterion has lowered the bound on rank A."""
    if problem.field.characteristic:
        return Outcome()
    best, recorded = _upper(problem.chain, context.ledger), context.ledger.bound("jacobian_rank", "upper")
    if best.id or (recorded is not None and best.value >= recorded.value):
        return Outcome()
    return Outcome((best,))


def _primes(problem: Problem, total: int) -> list[int]:
    """Wide primes for small Jacobians, where they make a measured rank nearly certain; word-sized ones otherwise."""
    span = WIDE_RANGE if total <= WIDE_PARAMETERS else WORD_RANGE
    return list(itertools.islice(random_primes(problem.seed, "jacobian", problem.denominator, span), ATTEMPTS))


def _upper(chain: Chain, ledger: Ledger) -> Bound:
    """The smallest upper bound among the dimension n, rank A, a narrow layer, and what is recorded already."""
    candidates = [Bound("jacobian_rank", "upper", chain.free_dimension, "QQ", "6.1", {"bound": "dimension"})]
    rank = ledger.bound("rank", "upper")
    if rank is not None:
        candidates.append(Bound("jacobian_rank", "upper", rank.value, "QQ", "6.2", {"rank": rank.id}))
    first, last = chain.widths[0], chain.widths[-1]
    for k in range(1, chain.depth):
        width = chain.widths[k]
        if width <= min(first, last):
            evidence = {"bound": "narrow", "layer": k}
            candidates.append(Bound("jacobian_rank", "upper", width * (first + last - width), "QQ", "6.2", evidence))
    best = min(candidates, key=lambda bound: bound.value)
    recorded = ledger.bound("jacobian_rank", "upper")
    return recorded if recorded is not None and recorded.value <= best.value else best
