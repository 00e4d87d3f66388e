"""Entries of phi determine monomials, step by step; the lattice of these monomials describes the generic fibres.

Claims: as by theorem 9.1 (`monomial`) when the lattice holds the exponents of all columns; upper bounds on the number
of classes, and `generic` proved over the fields where they are 1, when it only has finite index.
Hypotheses: spec over QQ.  Source: theory 7.8.
Cannot show: what needs combinations of entries, or entries of more than some hundred terms.
Cost: the terms of the entries taken (20 000), reduced modulo the lattice again in every step; small ranks mod p.
"""

from __future__ import annotations

from exactfact.algebra.primes import random_primes
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.points import point
from exactfact.lifting.propagation import TERMS_TOGETHER, propagate

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .torsor import settled, torsion_count, torsor_claims

PARAMETER_LIMIT = 4000
POINTS = 100


def apply(problem: Problem, context: Context) -> Outcome:
    """Claims about generic fibres from the lattice of the monomials that entries determine, as far as it goes."""
    chain = problem.chain
    if problem.field.characteristic:
        return Outcome(why="generic statements are meaningless over a finite field")
    if settled(context.ledger):
        return Outcome(why="the generic fibres are decided")
    if sum(chain.parameters) > PARAMETER_LIMIT:
        return Outcome(why=f"monomials of {sum(chain.parameters)} parameters are too many to follow")
    terms = 10 * min(TERMS_TOGETHER, chain.lifted_dimension)
    context.afford("monomials of the entries", prices.monomials(chain, terms))
    p = next(random_primes(problem.seed, "propagation", problem.denominator))
    candidates = ((t, point(problem.seed, t, chain.parameters, p)) for t in range(POINTS))
    number, h = next((t, h) for t, h in candidates if all(all(layer) for layer in h))
    found = propagate(chain, h, p, lambda: context.tick("monomials that the entries determine"))
    quotient = found.lattice.quotient(chain.depth - 1)
    if not found.complete and quotient.free:
        rank = len(found.lattice.rows)
        return Outcome(why=f"the entries determine monomials of rank {rank} only, of {chain.free_dimension}")
    if not found.lattice.covers():
        return Outcome(why="some parameter never reaches the product")
    evidence = {
        "prime": encode_integer(p),
        "point": {"seed": problem.seed, "index": number},
        "steps": [[chain.cell(row, col, chain.depth - 1) for row, col in step] for step in found.steps],
        "exact": found.complete,
    }
    claims = torsor_claims(quotient, "7.8", evidence, chain.free_dimension, found.complete)
    count = torsion_count(quotient.divisors, "CC")
    return Outcome(tuple(claims), "" if count == 1 else f"the monomials leave at most {count} classes over CC")
