"""Sparsity models: columns of A on the supports of any two points are independent, or (one layer) dependent ones.

Claims, for model `spec`: `uniform` proved over CC (or GF(p)) when the columns of A at I(L) u I(L') are independent for
all supports L, L' of the model; for a single layer also refuted by a pair, from dependent columns.
Source: theory 12.5, 4.1; pairs: 8.1.  Cannot show: a refutation for more layers.
Cost: a rank mod p for each union of two supports; at most PAIR_LIMIT of them.
"""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np

from exactfact.algebra.echelon import Vector, kernel
from exactfact.algebra.modular import rank_mod_p
from exactfact.algebra.primes import random_primes
from exactfact.certificate.claims import Claim, Verdict
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.listed import table
from exactfact.lifting.spans import cell_arrays
from exactfact.model.numbers import Number

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .supports import supports
from .uniform_claims import open_fields
from .witness import refutation

PAIR_LIMIT = 20_000
COLUMN_LIMIT = 20_000
ENTRY_LIMIT = 20_000_000
WORK_LIMIT = 2_000_000_000
Array = Any


def apply(problem: Problem, context: Context) -> Outcome:
    """The verdict on the model, when all unions are independent, or a single layer has a dependent one."""
    if not problem.architecture.models:
        return Outcome()
    if not open_fields(problem, context.ledger, model="spec"):
        return Outcome(why="already decided")
    families = supports(problem, PAIR_LIMIT)
    count = 0 if families is None else math.prod(map(len, families))
    if families is None or count * (count + 1) // 2 > PAIR_LIMIT:
        return Outcome(why=f"more than {PAIR_LIMIT} pairs of supports")
    chain = problem.essential
    columns, entries = chain.lifted_dimension, chain.lifted_dimension * chain.sizes[0] * max(chain.sizes[1:])
    if columns > COLUMN_LIMIT or entries > ENTRY_LIMIT:
        return Outcome(why=f"listing {columns} columns takes too many entries")
    listed = unions(families, chain.parameters)
    cells = problem.essential_reach.counts[-1]
    work = sum(len(union) * min(len(union), cells) * cells for union in listed)
    if work > WORK_LIMIT:
        return Outcome(why=f"ranks of {len(listed)} unions of supports are too much work")
    context.afford("columns on two supports", prices.DENSE * work + prices.PASS * entries)
    p = problem.field.characteristic or next(random_primes(problem.seed, "supports", problem.denominator))
    rows = table(chain, cell_arrays(problem.essential_reach, chain.depth - 1), p)
    for union in listed:
        context.tick("columns on two supports")
        if len(union) > cells or rank_mod_p(np.ascontiguousarray(rows[list(union)]), p) < len(union):
            return _dependent(problem, families, union)
    evidence = {"prime": encode_integer(p)}
    return Outcome((Verdict("uniform", "scaling", "spec", problem.proved_over, "proved", "12.5", evidence),))


def unions(families: list[list[tuple[int, ...]]], sizes: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The different sets I(L) u I(L'), as numbers of columns; the largest first."""
    strides = [math.prod(sizes[k + 1 :]) for k in range(len(sizes))]
    blocks = [
        frozenset(sum(i * s for i, s in zip(index, strides, strict=True)) for index in itertools.product(*chosen))
        for chosen in itertools.product(*families)
    ]
    both = {tuple(sorted(a | b)) for a, b in itertools.combinations_with_replacement(blocks, 2)}
    return sorted(both, key=lambda union: (-len(union), union))


def _dependent(problem: Problem, families: list[list[tuple[int, ...]]], union: tuple[int, ...]) -> Outcome:
    """For one layer, a kernel vector on L u L' is h - g with h on L and g on L'."""
    claims: list[Claim] = []
    if problem.chain.depth == 1:
        vector = _kernel_vector(problem, union)
        pairs = itertools.combinations_with_replacement(families[0], 2)
        split = next((a for a, b in pairs if {*a, *b} == set(union)), None)
        if vector is not None and split is not None:
            p = problem.field.characteristic
            inside = [x if j in split else 0 for j, x in enumerate(vector)]
            outside = [0 if j in split else -x for j, x in enumerate(vector)]
            h, g = (inside, outside) if any(inside) else (outside, inside)
            pair = [(tuple(x % p if p else x for x in part),) for part in (h, g)]
            claims.append(refutation("uniform", pair[0], pair[1], problem.over, "spec"))
    return Outcome(tuple(claims), "" if claims else "the columns on two supports of the model are dependent modulo p")


def _kernel_vector(problem: Problem, union: tuple[int, ...]) -> list[Number] | None:
    matrices = problem.chain.layers[0]
    rows: dict[tuple[int, int], Vector] = {}
    for position, j in enumerate(union):
        for cell, value in matrices[j].items():
            rows.setdefault(cell, {})[position] = value
    found = kernel(list(rows.values()), len(union), problem.field)
    if not found:
        return None
    vector: list[Number] = [0] * len(matrices)
    for position, value in found[0].items():
        vector[union[position]] = value
    return vector
