"""The tangent test: generic h are determined up to scalars by the tangent spaces of the image of phi.

Claim: `generic` modulo scaling proved over CC.
Hypotheses: spec over QQ, p prime, operators p-integral, a point mod p where the Jacobian rank is n.
Source: theory 7.7, for one layer (L1) or for all layers at once (L2).
Cannot show: anything about one h, nor anything when the test fails; it needs rank A > n (unless one layer has all the
parameters), and a generic fibre that is one class may fail it.
Cost: one Jacobian mod p, a few forms with N coefficients, one elimination with N / S_k columns (L2: N).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from exactfact.algebra.modular import rank_mod_p
from exactfact.algebra.primes import WORD_RANGE, random_primes
from exactfact.certificate.claims import Verdict
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting import tangent
from exactfact.lifting.chain import Chain
from exactfact.lifting.columns import column_rows
from exactfact.lifting.product import product_at
from exactfact.lifting.residues import Residues
from exactfact.lifting.spans import cell_arrays

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_upper
from .settled import settled

COLUMN_LIMIT = 2000
ALL_COLUMN_LIMIT = 1200
JACOBIAN_LIMIT = 20_000_000
ELIMINATION_LIMIT = 3_000_000_000
FORM_LIMIT = 20_000_000_000
STORED_LIMIT = 20_000_000
COEFFICIENT_LIMIT = 400_000
# Entries of layers times coefficients that the checker walks through: about 0.15 microseconds each.
WALK_LIMIT = 60_000_000
Array = Any


@dataclass(frozen=True)
class Tangents:
    """The annihilators of im J_h at a derived point mod p, and the forms that they give (kept once computed)."""

    residues: Residues
    h: list[Array]
    kills: tangent.Annihilators
    evidence: dict[str, Any]
    fixed: dict[int, Array]
    known: dict[int, Array]

    def form(self, number: int) -> Array:
        """Annihilator `number` as a multilinear form in the layers that are not fixed: coefficients mod p."""
        if number not in self.known:
            functional = self.kills.numbered(number)
            self.known[number] = tangent.form(self.residues, self.kills.cells, functional, self.fixed)
        return self.known[number]


def apply(problem: Problem, context: Context) -> Outcome:
    """One claim when some layer, or all layers together, pass."""
    if settled(context.ledger, "generic", "CC"):
        return Outcome(why="generic identifiability over CC is decided")
    found = tangents(problem, context)
    if isinstance(found, str):
        return Outcome(why=found)
    sizes = problem.chain.parameters
    useful = useful_annihilators(problem, context, found)
    limits = []
    for k in sorted(range(len(sizes)), key=lambda k: tangent.others(sizes, k)):
        columns = tangent.others(sizes, k)
        if useful * sizes[k] < columns - 1:
            continue
        if (limit := too_large(problem, sizes, columns, columns // sizes[k] + 2)) is not None:
            limits.append(limit)
            continue
        context.afford("the tangent test", prices.tangent(problem.chain, columns, columns // sizes[k] + 2))
        count = passing(found, context, useful, columns - 1, partial(tangent.layer_rows, k=k), sizes[k])
        if count is not None:
            return _claim(found, count, k)
    total = math.prod(sizes)
    each = sum(size * size for size in sizes)
    if (limit := too_large(problem, sizes, total, total // each + 2, ALL_COLUMN_LIMIT)) is not None:
        return Outcome(why="; ".join(["no single layer passes the tangent test", *dict.fromkeys([*limits, limit])]))
    context.afford("the tangent test on all layers", prices.tangent(problem.chain, total, total // each + 2))
    context.tick("the tangent test on all layers")
    count = passing(found, context, useful, total - 1, tangent.all_rows, each, _vanishing(problem, found))
    if count is not None:
        return _claim(found, count, None)
    return Outcome(why="; ".join([f"the tangent test fails with {useful} useful annihilators", *limits]))


def tangents(problem: Problem, context: Context) -> Tangents | str:
    """The Jacobian's annihilators at a random point, or why there are none."""
    if problem.field.characteristic:
        return "generic statements are meaningless over a finite field"
    chain = problem.chain
    lower = context.ledger.bound("jacobian_rank", "lower")
    if lower is None or lower.value < chain.free_dimension:
        return "the Jacobian rank is not known to be full"
    total = sum(chain.parameters)
    cells = problem.reach.counts[-1]
    largest = max(total, *chain.sizes) * cells
    if largest > JACOBIAN_LIMIT or chain.free_dimension**2 * cells > ELIMINATION_LIMIT:
        return f"the Jacobian of {total} parameters and {cells} entries is too large for its annihilators"
    context.afford("annihilators of the Jacobian", prices.annihilators(chain, cells))
    context.tick("annihilators of the Jacobian")
    p = next(random_primes(problem.seed, "tangent", problem.denominator, WORD_RANGE))
    residues = problem.residues(p)
    h = residues.point(problem.seed, 0)
    kills = tangent.annihilators(residues, h, cell_arrays(problem.reach, chain.depth - 1))
    if kills.rank < chain.free_dimension or not all(vector.any() for vector in h):
        return "the random point is not a generic one"
    evidence = {"prime": encode_integer(p), "point": {"seed": problem.seed, "index": 0}}
    return Tangents(residues, h, kills, evidence, {}, {})


def useful_annihilators(problem: Problem, context: Context, found: Tangents) -> int:
    """How many annihilators can give independent forms: at most rank A - n, and those vanishing on im A give none."""
    upper = rank_upper(context.ledger)
    most = len(found.kills.free)
    return most if upper is None else min(most, upper - problem.chain.free_dimension)


def too_large(
    problem: Problem, sizes: tuple[int, ...], columns: int, forms: int, limit: int = COLUMN_LIMIT
) -> str | None:
    """Why a test with so many columns and forms, on layers with these numbers of parameters, is not tried."""
    chain, coefficients = problem.chain, math.prod(sizes)
    if columns > limit:
        return f"a tangent test with {columns} columns is too large (limit {limit})"
    if coefficients > COEFFICIENT_LIMIT:
        return f"forms with {coefficients} coefficients are too large (limit {COEFFICIENT_LIMIT})"
    work, stored = tangent.form_cost(sizes, chain.sizes)
    walk = forms * _walk(chain, sizes)
    if work * forms > FORM_LIMIT or stored > STORED_LIMIT or walk > WALK_LIMIT:
        return f"{forms} forms with {coefficients} coefficients on these layers are too large"
    return None


def _walk(chain: Chain, sizes: tuple[int, ...]) -> int:
    """At most how many entries of the last layer meet a nonzero entry of a product before, in all products."""
    rows = [0] * chain.sizes[-2]
    for matrix in chain.layers[-1]:
        for row, _ in matrix:
            rows[row] += 1
    if chain.depth == 1:
        return sum(rows)
    ends = [{col for _, col in matrix} for matrix in chain.layers[-2]]
    if sizes[-2] < len(ends):
        ends = [set().union(*ends)]
    return math.prod(sizes[:-2]) * sum(rows[col] for end in ends for col in end)


def passing(
    found: Tangents,
    context: Context,
    useful: int,
    needed: int,
    rows_of: Callable[[Array], Array],
    each: int,
    more: Array | None = None,
) -> int | None:
    """The number of annihilators, doubled until their rows (and `more`) have the rank needed, or no more rank."""
    p = found.residues.p
    extra = 0 if more is None else len(more)
    count = min(useful, max(0, -(-(needed - extra) // each)))
    before = -1
    while True:
        context.tick(f"the tangent test with {count} annihilators")
        parts = [rows_of(found.form(number)) for number in range(count)] + ([] if more is None else [more])
        rank = rank_mod_p(np.concatenate(parts), p) if needed and parts else 0
        if rank >= needed:
            return count
        if count >= useful or rank == before:
            return None
        count, before = min(useful, max(count + 1, 2 * count)), rank


def _vanishing(problem: Problem, found: Tangents) -> Array:
    cells = found.kills.cells
    value = product_at(found.residues, found.h)[cells]
    return tangent.vanishing_rows(column_rows(found.residues, cells), value, found.residues.p)


def _claim(found: Tangents, count: int, layer: int | None) -> Outcome:
    evidence = {**found.evidence, "annihilators": count, "layer": layer}
    return Outcome((Verdict("generic", "scaling", "full", "CC", "proved", "7.7", evidence),))
