"""A competitor of the given point h*: `at-point` refuted.

Claim: `at-point` refuted over the base field and its extensions, by a pair (h*, g) with phi(g) = phi(h*).
Tried, in this order: phi(h*) = 0 with g = 0; a kernel vector of one layer's block of the Jacobian, added to that layer;
two layers exchanged; a change of basis between two neighbouring layers.
Hypotheses: every layer of h* is nonzero.  Source: theory 8.1; 7.5 (phi = 0), 8.2b, 8.2c, 8.2d.
Cannot show: that h* is identifiable when nothing is found.  Cost: one exact Jacobian, small eliminations.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from exactfact.algebra.echelon import Vector, kernel
from exactfact.lifting.at_point import jacobian_blocks
from exactfact.lifting.gauge import gauge_moves
from exactfact.model.numbers import Number

from .outcome import Context, Outcome
from .problem import Problem
from .witness import Point, first_rival, replaced, zero_point


def apply(problem: Problem, context: Context) -> Outcome:
    """One claim for the full space, and one for the spec's model when g lies in it."""
    h = problem.architecture.point
    if h is None:
        return Outcome(why="no point is given")
    if not all(any(vector) for vector in h):
        return Outcome(why="h* has a zero layer; `at-point` is about points with every layer nonzero")
    if context.ledger.verdict("at-point", "scaling") is not None:
        return Outcome(why="already decided")
    context.tick("competitors of the point")
    found = first_rival(problem, h, _candidates(problem, h))
    return Outcome(found) if found else Outcome(why="no competitor through one layer, an exchange or a change of basis")


def _candidates(problem: Problem, h: Point) -> Iterator[Point]:
    chain = problem.chain
    yield zero_point(chain.parameters)  # fits where phi(h*) = 0
    blocks = jacobian_blocks(chain, h)
    for k, block in enumerate(blocks):
        rows: dict[tuple[int, int], Vector] = {}
        for j, matrix in enumerate(block):
            for cell, value in matrix.items():
                rows.setdefault(cell, {})[j] = value
        for x in kernel(list(rows.values()), chain.parameters[k], chain.field)[:1]:
            yield replaced(h, k, [_sum(problem, a, x.get(j, 0)) for j, a in enumerate(h[k])])
    for k, other in itertools.combinations(range(chain.depth), 2):
        if chain.parameters[k] == chain.parameters[other]:
            yield replaced(replaced(h, k, h[other]), other, h[k])
    yield from gauge_moves(chain, h)


def _sum(problem: Problem, a: Number, b: Number) -> Number:
    total = a + b
    p = problem.field.characteristic
    return total % p if p else total
