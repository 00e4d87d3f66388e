"""The polynomial system of a fibre: phi(g) = phi(h), with one linear condition for each layer but the last.

The conditions c_k . g_k = c_k . h_k choose one point of each class, except of classes with c_k . g_k = 0.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactfact.model import LimitError
from exactfact.model.numbers import Number

from .chain import Chain, evaluate
from .pair_kernels import all_columns
from .polynomial_text import Polynomial, cleared

TERM_LIMIT = 20_000
LARGEST = 9
Point = Sequence[Sequence[Number]]


@dataclass(frozen=True)
class FibreSystem:
    """Integer polynomials in sum S_k unknowns, layer by layer, and a solution: h itself."""

    polynomials: tuple[Polynomial, ...]
    solution: tuple[Fraction, ...]


def fibre_system(chain: Chain, h: Point, seed: int) -> FibreSystem:
    """The system of the fibre of h, over QQ.  LimitError when its polynomials have too many terms."""
    columns = all_columns(chain)
    if columns is None or sum(map(len, columns)) > TERM_LIMIT:
        raise LimitError("the equations of a fibre", "more terms", f"{TERM_LIMIT}")
    starts = [0, *itertools.accumulate(chain.parameters)]
    target = evaluate(chain, h)
    cells: dict[tuple[int, int], Polynomial] = {}
    indices = itertools.product(*(range(size) for size in chain.parameters))
    for index, column in zip(indices, columns, strict=True):
        monomial = tuple(starts[k] + j for k, j in enumerate(index))
        for cell, value in column.items():
            cells.setdefault(cell, {})[monomial] = value
    for cell, value in target.items():
        cells[cell][()] = -value
    conditions = [_condition(k, h[k], starts[k], seed) for k in range(chain.depth - 1)]
    listed = {tuple(sorted(cleared(p).items())): None for p in [*cells.values(), *conditions]}
    return FibreSystem(tuple(dict(terms) for terms in listed), tuple(Fraction(v) for vector in h for v in vector))


def _condition(k: int, vector: Sequence[Number], start: int, seed: int) -> Polynomial:
    """c . x - c . h_k with small random integers c, such that c . h_k is not 0."""
    rng = random.Random(f"chart {k} {seed}")
    while True:
        weights = [rng.randint(1, LARGEST) * rng.choice((1, -1)) for _ in vector]
        value = sum(w * v for w, v in zip(weights, vector, strict=True))
        if value:
            return {**{(start + j,): w for j, w in enumerate(weights)}, (): -value}


def small_point(sizes: Sequence[int], seed: int) -> tuple[tuple[int, ...], ...]:
    """A random point with small entries, none of them 0."""
    rng = random.Random(f"fibre {seed}")
    return tuple(tuple(rng.randint(1, LARGEST) * rng.choice((1, -1)) for _ in range(size)) for size in sizes)
