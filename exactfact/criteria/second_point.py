"""Two rational points with one product, both regular, where rank A is n: generic complex fibres have two classes.

Claims: `generic` modulo scaling refuted over CC, fibre_count >= 2 over CC; `uniform` refuted by the same pair.
Hypotheses: spec over QQ, rank A <= n certified, Jacobian rank n mod p at both points.
Source: theory 7.1(b), 8.1; the second point is found by the relations of 7.2.
Cannot show: anything over RR or QQ for generic points; pairs that no plane of two layers contains.
Cost: relations of all layers at one point, one small exact system.
"""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np

from exactfact.algebra.modular import dtype_for, rank_mod_p, residue
from exactfact.algebra.primes import WORD_RANGE, random_primes
from exactfact.certificate.claims import Bound, Verdict
from exactfact.certificate.numbers import encode_integer, encode_vector
from exactfact.lifting.at_point import equivalent
from exactfact.lifting.chain import evaluate
from exactfact.lifting.jacobian import jacobian_matrix
from exactfact.lifting.relations import product_of, relations, value_at
from exactfact.lifting.second_point import Point, second_point
from exactfact.model import LimitError

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .settled import settled
from .witness import refutation

PARAMETER_LIMIT = 60
ATTEMPTS = 3


def apply(problem: Problem, context: Context) -> Outcome:
    """A pair and what follows, from one of a few small random points."""
    chain = problem.chain
    if problem.field.characteristic:
        return Outcome(why="generic statements are meaningless over a finite field")
    if settled(context.ledger, "generic", "CC"):
        return Outcome(why="generic identifiability over CC is decided")
    rank, lower = context.ledger.bound("rank", "upper"), context.ledger.bound("jacobian_rank", "lower")
    if rank is None or rank.value > chain.free_dimension or lower is None or lower.value < chain.free_dimension:
        return Outcome(why="rank A is not known to be the number of free parameters")
    if sum(chain.parameters) > PARAMETER_LIMIT:
        return Outcome(why=f"a second point of {sum(chain.parameters)} parameters is too large to look for")
    price = ATTEMPTS * prices.relations(chain, problem.reach.counts)
    context.afford("a second point with the same product", price)
    context.tick("a second point with the same product")
    try:
        found = _pair(problem, context)
    except LimitError as error:
        return Outcome(why=str(error))
    if found is None:
        return Outcome(why="no second point with the same product was found")
    h, g, p = found
    pair = {"h": [encode_vector(vector) for vector in h], "g": [encode_vector(vector) for vector in g]}
    evidence = {**pair, "rank": rank.id, "prime": encode_integer(p)}
    points = tuple(tuple(map(tuple, point)) for point in (h, g))
    return Outcome(
        (
            Verdict("generic", "scaling", "full", "CC", "refuted", "7.1b", evidence),
            Bound("fibre_count", "lower", 2, "CC", "7.1b", {"generic": "@0"}),
            refutation("uniform", points[0], points[1], problem.over),
        ),
        "a generic fibre has at least 2 classes over CC; whether generic ones are real or rational is not known",
    )


def _pair(problem: Problem, context: Context) -> tuple[Point, Point, int] | None:
    chain = problem.chain.integral()
    p = next(random_primes(problem.seed, "second point", problem.denominator, WORD_RANGE))
    product = product_of(chain, p, problem.reach, context.tick)
    rng = random.Random(problem.seed)
    for _ in range(ATTEMPTS):
        h = [[Fraction(rng.randint(1, 9)) for _ in range(size)] for size in chain.parameters]
        value = value_at(product, [[int(x) for x in vector] for vector in h])
        listed = [relations(product, k, [value], problem.seed, least=0)[0] for k in range(chain.depth)]
        g = second_point(chain, h, listed)
        if g is None or not _regular(problem, h, p) or not _regular(problem, g, p):
            continue
        if evaluate(problem.chain, g) == evaluate(problem.chain, h) and not equivalent(h, g, problem.field):
            return h, g, p
    return None


def _regular(problem: Problem, point: Point, p: int) -> bool:
    """Whether the point is integral at p, without zero layer, and has Jacobian rank n mod p."""
    if not all(any(vector) and all(x.denominator % p for x in vector) for vector in point):
        return False
    residues = problem.residues(p)
    vectors = [np.array([residue(x, p) for x in vector], dtype=dtype_for(p)) for vector in point]
    matrix = jacobian_matrix(residues, vectors, problem.seed)
    return rank_mod_p(matrix, p) == problem.chain.free_dimension
