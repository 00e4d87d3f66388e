"""The number of classes in a fibre over CC, by the dimension of a graded ring modulo one prime.

Claims: `generic` and `at-point` modulo scaling proved over CC (one reduced point); fibre_count <= c over CC; where
rank A = n and no tensor of rank one lies in the kernel of A, fibre_count = (n-1)! / prod (S_k-1)! over CC, and
`generic` refuted over CC.
Hypotheses: spec over QQ, p prime, operators p-integral, phi(h) not zero mod p.  Source: theory 7.3, 7.3', 7.3'', 7.4.
Cannot show: counts over RR or QQ; anything where the rank-one tensors of the kernel spoil the count.
Cost: all columns of A and one elimination of prod binom(S_k+d-1, d) columns for each d tried: small N only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactfact.algebra.modular import pivot_rows, rank_mod_p, residue
from exactfact.algebra.primes import WORD_RANGE, random_primes
from exactfact.certificate.claims import Bound, Claim, Verdict
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.columns import column_rows
from exactfact.lifting.multidegree import dimension, multiples, multiples_in_layer
from exactfact.lifting.product import product_at
from exactfact.lifting.relations import at_value as relation_at
from exactfact.lifting.relations import product_of, relations, value_at
from exactfact.lifting.residues import Residues
from exactfact.lifting.spans import cell_arrays
from exactfact.lifting.tangent import vanishing_rows
from exactfact.model import LimitError

from . import prices
from .linear_elimination import document
from .outcome import Context, Outcome
from .problem import Problem
from .settled import settled

COLUMN_LIMIT = 1300
TABLE_LIMIT = 6_000_000
WORK_LIMIT = 5_000_000_000
DEGREES = range(2, 7)
Array = Any


@dataclass(frozen=True)
class Ring:
    """The columns of A mod p, and where the questions are asked."""

    residues: Residues
    cells: tuple[Array, Array]
    columns: Array
    sizes: tuple[int, ...]

    def vanishing(self, h: Any) -> Array | None:
        """Independent forms that vanish at phi(h), or None when that is zero."""
        value = product_at(self.residues, h)[self.cells]
        if not value.any():
            return None
        rows = vanishing_rows(self.columns, value, self.residues.p)
        return rows[pivot_rows(rows, self.residues.p)]

    def everything(self) -> Array:
        """A basis mod p of the forms mu o A, for all functionals mu of the product: independent rows of A."""
        rows = self.columns.T
        return rows[pivot_rows(rows, self.residues.p)]

    def length(self, forms: Array, d: int, context: Context, single: dict[int, Array] | None = None) -> int | None:
        """What the ideal of the forms (`single`: linear ones, by layer) leaves of R_d; None when that is too large."""
        columns, single = dimension(self.sizes, d), single or {}
        rows = len(forms) * dimension(self.sizes, d - 1) + sum(map(len, single.values())) * columns
        if columns > COLUMN_LIMIT or rows * columns > TABLE_LIMIT or rows * columns**2 > WORK_LIMIT:
            return None
        context.afford(f"forms of degree {d} at a point", prices.elimination(rows, columns))
        context.tick(f"forms of degree {d} at a point")
        p = self.residues.p
        parts = [multiples(forms, self.sizes, d, p)]
        parts += [multiples_in_layer(linear, self.sizes, k, d, p) for k, linear in single.items()]
        return columns - rank_mod_p(np.concatenate(parts), p)


def apply(problem: Problem, context: Context) -> Outcome:
    """The exact count where the dimensions meet; else what one fibre shows."""
    ledger, chain = context.ledger, problem.chain
    if problem.field.characteristic:
        return Outcome(why="the number of classes is counted in characteristic 0")
    h = problem.architecture.point
    pointed = h is not None and all(any(vector) for vector in h) and ledger.verdict("at-point", "scaling") is None
    if _counted(context) and not pointed:
        return Outcome(why="the number of classes in a generic fibre is known")
    lower = ledger.bound("jacobian_rank", "lower")
    if lower is None or lower.value < chain.free_dimension:
        return Outcome(why="the Jacobian rank is not known to be full")
    if dimension(chain.parameters, 2) > COLUMN_LIMIT:
        return Outcome(why=f"forms of degree 2 have {dimension(chain.parameters, 2)} coefficients, too many")
    p = next(random_primes(problem.seed, "length", problem.avoided(h), WORD_RANGE))
    residues, cells = problem.residues(p), cell_arrays(problem.reach, chain.depth - 1)
    ring = Ring(residues, cells, column_rows(residues, cells), chain.parameters)
    claims: list[Claim] = []
    if pointed and h is not None:
        claims += _at_point(ring, [[residue(x, p) for x in vector] for vector in h], context)
    whys = []
    if not _counted(context):
        rank = ledger.bound("rank", "upper")
        if rank is not None and rank.value <= chain.free_dimension:
            found, why = _exact(problem, ring, rank, context)
        else:
            found, why = [], ""
        if not found:
            found, more = _generic(problem, ring, context)
            why = "; ".join(filter(None, (why, more)))
        claims, whys = [*found, *claims], [why]
    if pointed and not any(isinstance(c, Verdict) and c.property == "at-point" for c in claims):
        whys.append("the fibre of h* was not seen to be one reduced point")
    return Outcome(tuple(claims), "; ".join(filter(None, whys)))


def _counted(context: Context) -> bool:
    """Whether `generic` is proved over CC, or both bounds on the count are known and equal."""
    if any(isinstance(c, Verdict) and c.property == "generic" and c.status == "proved" for c in context.ledger.claims):
        return True
    lower, upper = (context.ledger.bound("fibre_count", side, "CC") for side in ("lower", "upper"))
    infinite = settled(context.ledger, "generic-finite", "CC") and any(
        isinstance(c, Verdict) and c.property == "generic-finite" and c.status == "refuted"
        for c in context.ledger.claims
    )
    return infinite or (lower is not None and upper is not None and lower.value >= upper.value)


def _exact(problem: Problem, ring: Ring, rank: Bound, context: Context) -> tuple[list[Claim], str]:
    """7.4: the degree of the Segre variety."""
    sizes, n = ring.sizes, problem.chain.free_dimension
    if sum(size >= 2 for size in sizes) < 2:
        return [], "fewer than two layers have two parameters"
    forms = ring.everything()
    for d in DEGREES:
        left = ring.length(forms, d, context)
        if left is None:
            return [], f"forms of degree {d} are too many to rule out rank-one tensors in the kernel"
        if left:
            continue
        count = math.factorial(n - 1) // math.prod(math.factorial(size - 1) for size in sizes)
        evidence = {"rank": rank.id, "prime": encode_integer(ring.residues.p), "degree": d}
        same = {"fibre_count": "@0"}
        return [
            Bound("fibre_count", "lower", count, "CC", "7.4", evidence),
            Bound("fibre_count", "upper", count, "CC", "7.4", same),
            Verdict("generic", "scaling", "full", "CC", "refuted", "7.4", same),
        ], ""
    return [], "rank-one tensors may lie in the kernel of the lifted map"


def _generic(problem: Problem, ring: Ring, context: Context) -> tuple[list[Claim], str]:
    """7.3 and 7.3' at a random point."""
    forms = ring.vanishing(ring.residues.point(problem.seed, 0))
    if forms is None:
        return [], "the product is zero at the random point"
    evidence: dict[str, Any] = {
        "prime": encode_integer(ring.residues.p),
        "point": {"seed": problem.seed, "index": 0},
    }
    claims, left = _counted_fibre(ring, forms, {}, evidence, context)
    if not claims and left > 1:
        listed, single = _relations(problem, ring, context)
        if single:
            claims, left = _counted_fibre(ring, forms, single, {**evidence, "relations": listed}, context)
    if claims:
        return claims, ""
    return [], f"the fibre of a random point is not seen to be small: {left} dimensions are left at the last degree"


def _counted_fibre(
    ring: Ring, forms: Array, single: dict[int, Array], evidence: dict[str, Any], context: Context
) -> tuple[list[Claim], int]:
    """Claims from the first degree that is at least what is left there; and what is left at the last degree tried."""
    left = 0
    for d in DEGREES:
        found = ring.length(forms, d, context, single)
        if found is None:
            break
        left = found
        if left <= d:
            evidence = {**evidence, "degree": d}
            if left > 1:
                return [Bound("fibre_count", "upper", left, "CC", "7.3", evidence)], left
            return [Verdict("generic", "scaling", "full", "CC", "proved", "7.3", evidence)], left
    return [], left


def _relations(problem: Problem, ring: Ring, context: Context) -> tuple[list[Any], dict[int, Array]]:
    """Relations of all layers as evidence, and their linear forms at the random point."""
    chain, p = problem.chain.integral(), ring.residues.p
    whole = product_at(ring.residues, ring.residues.point(problem.seed, 0))
    listed: list[Any] = [[] for _ in chain.parameters]
    single: dict[int, Array] = {}
    try:
        product = product_of(chain, p, problem.reach, context.tick)
        value = value_at(product, product.residues.point(problem.seed, 0))
        for k, size in enumerate(chain.parameters):
            (found,) = relations(product, k, [value], problem.seed, least=1)
            if found:
                listed[k] = document(problem.chain, found)
                single[k] = np.array([relation_at(relation, whole, size, p) for relation in found], dtype=whole.dtype)
    except LimitError:
        return [], {}
    return listed, single


def _at_point(ring: Ring, h: list[list[int]], context: Context) -> list[Claim]:
    """7.3 at h*."""
    forms = ring.vanishing(h)
    if forms is None:
        return []
    for d in DEGREES:
        left = ring.length(forms, d, context)
        if left is None:
            return []
        if left == 1:
            evidence = {"prime": encode_integer(ring.residues.p), "degree": d}
            return [Verdict("at-point", "scaling", "full", "CC", "proved", "7.3", evidence)]
    return []
