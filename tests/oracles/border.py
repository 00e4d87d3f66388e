"""Solutions of small polynomial systems by border bases: linear algebra on all monomials up to a degree.

A polynomial is {exponents: coefficient}.  `solve` returns the quotient algebra when it has finite dimension and the
degrees up to the guard show it (theory of border bases: the multiplication matrices commute), else None.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq, fmpq_mat, nmod_mat

MOST_MONOMIALS = 500
Polynomial = dict


@dataclass(frozen=True)
class Quotient:
    """The algebra of a zero-dimensional system: standard monomials and the matrix of each variable (rows: images)."""

    standard: list
    variables: list

    @property
    def dimension(self) -> int:
        return len(self.standard)


def solve(system: list[Polynomial], unknowns: int, p: int = 0, most: int = MOST_MONOMIALS) -> Quotient | None:
    """The quotient algebra over GF(p), or over QQ for p = 0; None when the guard is reached first."""
    system = [f if p else {m: _exact(c) for m, c in f.items()} for f in system if f]
    degree = max((sum(m) for f in system for m in f), default=1)
    space: list[Polynomial] = []
    fresh = system
    while math.comb(unknowns + degree, degree) <= most:
        order = monomials(unknowns, degree)
        space = _closure(space, fresh, order, degree, p)
        found = _quotient(space, order, degree, unknowns, p)
        if found is not None:
            return found
        fresh = [_times(f, i) for f in space if _degree(f) == degree for i in range(unknowns)]
        degree += 1
    return None


def _exact(value: object) -> fmpq:
    value = Fraction(value)
    return fmpq(value.numerator, value.denominator)


def monomials(unknowns: int, degree: int) -> list[tuple[int, ...]]:
    """All exponents up to a degree, the highest degrees first."""
    every = []
    for d in range(degree, -1, -1):
        for chosen in itertools.combinations_with_replacement(range(unknowns), d):
            exponents = [0] * unknowns
            for i in chosen:
                exponents[i] += 1
            every.append(tuple(exponents))
    return every


def _degree(f: Polynomial) -> int:
    return max(map(sum, f))


def _times(f: Polynomial, i: int) -> Polynomial:
    return {(*m[:i], m[i] + 1, *m[i + 1 :]): c for m, c in f.items()}


def _closure(space: list, fresh: list, order: list, degree: int, p: int) -> list:
    """Reduced rows of the span, closed under multiplication as long as the degree stays below the bound."""
    unknowns = len(order[0])
    known = {_lead(f, order) for f in space}
    while fresh:
        space = reduced(space + fresh, order, p)
        leads = [_lead(f, order) for f in space]
        new = [f for f, lead in zip(space, leads, strict=True) if lead not in known]
        known = set(leads)
        fresh = [_times(f, i) for f in new if _degree(f) < degree for i in range(unknowns)]
    return space


def _lead(f: Polynomial, order: list) -> tuple:
    top = _degree(f)
    return max(m for m in f if sum(m) == top)


def reduced(rows: list[Polynomial], order: list, p: int) -> list[Polynomial]:
    """The reduced echelon form of polynomials, columns in the given order of monomials."""
    place = {m: c for c, m in enumerate(order)}
    flat = [0] * (len(rows) * len(order))
    for r, f in enumerate(rows):
        for m, c in f.items():
            flat[r * len(order) + place[m]] = c
    matrix = nmod_mat(len(rows), len(order), flat, p) if p else fmpq_mat(len(rows), len(order), flat)
    echelon = matrix.rref()
    entries = [int(x) for x in echelon[0].entries()] if p else echelon[0].entries()
    width = len(order)
    lines = (entries[r * width : (r + 1) * width] for r in range(echelon[1]))
    return [{m: c for m, c in zip(order, line, strict=True) if c != 0} for line in lines]


def _quotient(space: list, order: list, degree: int, unknowns: int, p: int) -> Quotient | None:
    """The quotient when all monomials of the highest degree are reducible and multiplications commute."""
    rules = {_lead(f, order): f for f in space}
    standard = [m for m in order if m not in rules][::-1]
    if any(sum(m) == degree for m in standard):
        return None
    position = {m: i for i, m in enumerate(standard)}
    matrices = []
    for i in range(unknowns):
        rows = [[0] * len(standard) for _ in standard]
        for row, m in zip(rows, standard, strict=True):
            (moved,) = _times({m: 1}, i)
            if moved in position:
                row[position[moved]] = 1
                continue
            for other, c in rules[moved].items():
                if other != moved:
                    row[position[other]] = -c % p if p else -c
        matrices.append(_matrix(rows, p))
    if any(a * b != b * a for a, b in itertools.combinations(matrices, 2)):
        return None
    return Quotient(standard, matrices)


def _matrix(rows: list, p: int) -> nmod_mat | fmpq_mat:
    flat = [x for row in rows for x in row]
    return nmod_mat(len(rows), len(rows), flat, p) if p else fmpq_mat(len(rows), len(rows), list(map(fmpq, flat)))
