"""Stable recovery within a sparsity model: the smallest singular value of A on the columns of two supports.

Claims: `stable` for model `spec`, proved over CC, with a lower bound of kappa^2; for one layer kappa is the lower
constant of a restricted isometry, and positive exactly when the spark exceeds the size of two supports.
Hypotheses: spec over QQ with a sparsity model given by supports.
Source: theory 12.5, 12.3.  Cannot show: a refutation (for several layers the condition is only sufficient).
Cost: the inner products of the columns used; one factorization for each union of two supports, or, where these are
too many, none: the coherence of the columns.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from fractions import Fraction

from flint import fmpz_mat

from exactfact.certificate.claims import Verdict
from exactfact.certificate.numbers import encode_number
from exactfact.lifting.chain import column
from exactfact.stability.eigenvalues import enclose
from exactfact.stability.gram import Gram, Rows

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .sparse_columns import PAIR_LIMIT, unions
from .supports import supports
from .uniform_claims import open_fields

COLUMN_LIMIT = 2000
WORK_LIMIT = 10_000_000
Products = dict[tuple[int, int], int]


def apply(problem: Problem, context: Context) -> Outcome:
    """kappa over all pairs of supports where these can be listed, else from the coherence."""
    if problem.field.characteristic or not problem.architecture.models:
        return Outcome()
    if "CC" not in open_fields(problem, context.ledger, "stable", "spec"):
        return Outcome(why="already decided")
    families = supports(problem, PAIR_LIMIT)
    if families is None:
        return Outcome(why=f"more than {PAIR_LIMIT} supports")
    used = [sorted({j for support in family for j in support}) for family in families]
    if math.prod(map(len, used)) > COLUMN_LIMIT:
        return Outcome(why=f"the supports use more than {COLUMN_LIMIT} columns")
    sizes, scale = problem.chain.parameters, Fraction(1, problem.denominator**2)
    context.afford("inner products of the columns used", prices.listed(problem.chain, math.prod(map(len, used)) ** 2))
    products = inner_products(problem, used, context)
    count = math.prod(map(len, families))
    each = (2 * math.prod(max(map(len, family)) for family in families)) ** 3 // 6
    if count * (count + 1) // 2 > PAIR_LIMIT or each * count * (count + 1) // 2 > WORK_LIMIT:
        return _coherent(problem, families, products, scale)
    blocks = Counter(_block(products, union) for union in unions(families, sizes) if union)
    if not blocks:
        return Outcome(why="the supports of the model are empty")
    for rows in blocks:
        context.tick("columns on two supports")
        full = [[rows[max(i, j)][min(i, j)] for j in range(len(rows))] for i in range(len(rows))]
        if fmpz_mat(full).rank() < len(rows):
            return Outcome(why="the columns on two supports of the model are dependent")
    gram = Gram("columns", sum(len(rows) * times for rows, times in blocks.items()), tuple(sorted(blocks.items())))
    found = enclose(gram, gram.order, lambda: context.tick("columns on two supports"), scale).lower
    if found is None:
        return Outcome(why="the columns on two supports are too close to dependent ones")
    evidence = {
        "method": "pairs",
        "kappa_squared": encode_number(found.value),
        "shift": encode_number(found.shift),
        "bits": found.bits,
    }
    return Outcome((Verdict("stable", "scaling", "spec", "CC", "proved", "12.5", evidence),))


def inner_products(problem: Problem, used: Sequence[Sequence[int]], context: Context) -> Products:
    """<A_i, A_j> of the listed columns, times the square of all denominators; numbered as in the full lifting."""
    chain = problem.chain.integral()
    strides = [math.prod(chain.parameters[k + 1 :]) for k in range(chain.depth)]
    by_cell: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for index in itertools.product(*used):
        number = sum(i * s for i, s in zip(index, strides, strict=True))
        for cell, value in column(chain, index).items():
            by_cell[cell].append((number, int(value)))
    result: Products = defaultdict(int)
    for found in by_cell.values():
        context.tick("inner products of columns")
        for (i, u), (j, v) in itertools.product(found, found):
            result[i, j] += u * v
    return result


def _block(products: Products, union: Sequence[int]) -> Rows:
    return tuple(tuple(products.get((i, j), 0) for j in union[: place + 1]) for place, i in enumerate(union))


def _coherent(
    problem: Problem, families: Sequence[Sequence[tuple[int, ...]]], products: Products, scale: Fraction
) -> Outcome:
    """Gershgorin: the least squared norm, less the largest inner product for every other column of a union."""
    largest = 2 * math.prod(max(map(len, family)) for family in families)
    used = sorted({i for i, _ in products})
    listed = math.prod(len({j for support in family for j in support}) for family in families)
    if len(used) < listed:
        return Outcome(why="a column on the supports of the model is zero")
    most = max((abs(value) for (i, j), value in products.items() if i != j), default=0)
    value = min(products[i, i] for i in used) - (min(largest, listed) - 1) * most
    if value <= 0:
        return Outcome(why=f"more than {PAIR_LIMIT} pairs of supports, and the columns are too coherent")
    evidence = {"method": "coherence", "kappa_squared": encode_number(value * scale)}
    return Outcome((Verdict("stable", "scaling", "spec", "CC", "proved", "12.5", evidence),))
