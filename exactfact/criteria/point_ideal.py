"""Polynomial identities that leave h* alone among all points with its product.

Claim: `at-point` proved over CC (over GF(p) in a spec over GF(p), there and over every larger field).
Hypotheses: no layer of h* is zero and phi(h*) is not.
Source: theory 7.5: every ratio of parameters of a layer, less its value at h*, is nilpotent modulo phi(g) = phi(h*); in
multihomogeneous form, and with the layers shown before put to their values at h*.
Cannot show: that h* has a competitor; anything where identities of higher degree are needed.
Cost: for each layer and each of a few degrees, one exact linear system of at most 250 000 entries.
"""

from __future__ import annotations

from typing import Any

from exactfact.algebra.primes import WORD_RANGE, random_primes
from exactfact.certificate.claims import Verdict
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.point_ideal import Step, find_step

from .clear import integer_layers
from .outcome import Context, Outcome
from .problem import Problem
from .settled import settled

COLUMN_LIMIT = 400
# (exponent of the ratio, degree of the entry that is not zero), the cheapest first
POWERS = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
LINEAR = ((1, 0),)


def apply(problem: Problem, context: Context) -> Outcome:
    """`at-point` proved over the largest field when identities of low degree determine all layers, one by one."""
    h, chain = problem.architecture.point, problem.chain
    if h is None:
        return Outcome(why="no point is given")
    if settled(context.ledger, "at-point", problem.proved_over):
        return Outcome(why="decided at the point")
    if not all(any(vector) for vector in h):
        return Outcome(why="a layer of the point is zero")
    if chain.lifted_dimension > COLUMN_LIMIT:
        return Outcome(why=f"identities in {chain.lifted_dimension} monomials are too many to look for")
    exact = chain if problem.field.characteristic else chain.integral()
    scaled = [list(vector) for vector in integer_layers(h)]
    prime = problem.field.characteristic or next(random_primes(problem.seed, "point ideal", 1, WORD_RANGE))
    known = frozenset(k for k, size in enumerate(chain.parameters) if size == 1)
    steps: list[Step] = []
    while len(known) < chain.depth:
        step = _next(problem, context, exact, scaled, known, prime)
        if step is None:
            missing = ", ".join(str(k + 1) for k in range(chain.depth) if k not in known)
            return Outcome(why=f"no identity of low degree determines layer {missing} at the point")
        steps.append(step)
        known |= {step.layer}
    if not steps:  # no step shows that phi(h*) is not zero; the rank of A says all there is to say
        return Outcome(why="every layer has one parameter")
    evidence = {"steps": [_document(step) for step in steps]}
    return Outcome((Verdict("at-point", "scaling", "full", problem.proved_over, "proved", "7.5", evidence),))


def _next(
    problem: Problem, context: Context, chain: Any, h: list[list[int]], known: frozenset[int], prime: int
) -> Step | None:
    left = [k for k in range(chain.depth) if k not in known]
    for power in LINEAR if len(left) == 1 else POWERS:
        for k in left:
            context.tick(f"identities for layer {k + 1} of degree {power}")
            step = find_step(chain, h, known, k, power, prime)
            if step is not None:
                return step
    return None


def _document(step: Step) -> dict[str, Any]:
    return {
        "layer": step.layer,
        "pivot": step.pivot,
        "cell": step.cell,
        "exponent": step.exponent,
        "degree": step.degree,
        "cofactors": [
            [i, [[cell, list(monomial), encode_integer(value)] for cell, monomial, value in cofactor]]
            for i, cofactor in step.cofactors
        ],
    }
