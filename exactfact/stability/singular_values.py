"""Singular values of the lifted map of a chain: the Gram matrix that is cheaper to factor, and enclosures from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from exactfact.lifting.chain import Chain
from exactfact.model import LimitError

from .eigenvalues import WORK_LIMIT, Enclosure, Tick, enclose
from .gram import Gram, column_gram, row_gram, squared_norms

COLUMN_LIMIT = 1500


@dataclass(frozen=True)
class Spectrum:
    """A Gram matrix of A, up to the factor `scale`, which turns its eigenvalues into squared singular values."""

    gram: Gram
    scale: Fraction

    def squared(self, position: int, tick: Tick) -> Enclosure:
        """The `position`-th largest singular value, squared (1 is the largest)."""
        return enclose(self.gram, position, tick, self.scale)


def spectrum(chain: Chain, copies: int, tick: Tick) -> Spectrum:
    """The Gram matrix of a chain over QQ whose product stands for `copies` equal parts (rows of circulants).

    LimitError where neither Gram matrix is within the limits.
    """
    integral = chain.integral()
    scale = Fraction(copies, math.prod(chain.denominators) ** 2)
    found: list[Gram] = []
    reasons: list[LimitError] = []
    makers = [row_gram] if chain.lifted_dimension > COLUMN_LIMIT else [row_gram, column_gram]
    for make in makers:
        try:
            found.append(make(integral, tick))
        except LimitError as error:
            reasons.append(error)
    if not found:
        raise reasons[0]
    best = min(found, key=lambda gram: gram.work)
    if best.work * 4 > WORK_LIMIT:
        raise LimitError("factoring a Gram matrix of the lifted map", f"{best.work} products", f"{WORK_LIMIT // 4}")
    return Spectrum(best, scale)


def trace(chain: Chain, tick: Tick) -> Fraction:
    """The sum of all squared singular values, an upper bound on the largest; LimitError beyond the limits."""
    return Fraction(squared_norms(chain.integral(), tick), math.prod(chain.denominators) ** 2)
