"""The rank of the Jacobian at the given point, and the local statement that follows.

Claims: jacobian_rank_at_point >= its rank mod one prime, <= sum S_k minus the number of independent exact kernel
vectors.  A rank of n at a point with no zero layer isolates its class over RR and CC (a fact, not a verdict).
Hypotheses: spec over QQ, a point.  Source: theory 6.1(b).  Cannot show: identifiability of h* among far competitors.
Cost: one exact Jacobian and one rational kernel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exactfact.algebra.modular import rank_mod_p, residue
from exactfact.algebra.primes import random_primes
from exactfact.algebra.rational import rational_kernel
from exactfact.certificate.claims import Bound
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.at_point import jacobian_blocks

from .clear import integer_rows
from .outcome import Context, Outcome
from .problem import Problem


def apply(problem: Problem, context: Context) -> Outcome:
    """Two claims: the rank at h* from both sides."""
    h = problem.architecture.point
    if h is None:
        return Outcome(why="no point is given")
    if problem.field.characteristic:
        return Outcome(why="local statements are about RR and CC")
    context.tick("Jacobian at the point")
    columns = [matrix for block in jacobian_blocks(problem.chain, h) for matrix in block]
    rows = integer_rows(columns)
    found = rational_kernel(rows, len(columns), problem.seed)
    if found is None:
        return Outcome(why="the kernel of the Jacobian at h* has too large entries")
    p = next(random_primes(problem.seed, "point", problem.avoided(h)))
    lower = rank_mod_p([[residue(value, p) for value in row] for row in rows], p) if rows else 0
    kernel = [by_layers(vector, problem.chain.parameters) for vector in found.vectors]
    return Outcome(
        (
            Bound("jacobian_rank_at_point", "lower", lower, "QQ", "6.1b", {"prime": p}),
            Bound("jacobian_rank_at_point", "upper", found.rank, "QQ", "6.1b", {"kernel": kernel}),
        )
    )


def by_layers(vector: Mapping[int, int], sizes: Sequence[int]) -> list[list[int | str]]:
    """A sparse vector of integers, cut into layers of these sizes and encoded: a kernel vector of 6.1b as evidence."""
    layers, start = [], 0
    for size in sizes:
        layers.append([encode_integer(vector.get(start + j, 0)) for j in range(size)])
        start += size
    return layers
