"""Kernels of large sparse systems whose equations mostly say x = 0 or x = c y, as those of structured layers do.

Equations of one and two terms are substituted until none is left; what remains is small as a rule and goes to the
exact kernel of `rational`.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from exactfact.algebra.rational import rational_kernel
from exactfact.model import LimitError

Unknown = Hashable
Equation = dict[Any, Any]
DENSE_LIMIT = 8_000_000


def sparse_kernel(equations: Iterable[Equation], unknowns: Sequence[Unknown], seed: int = 0) -> list[Equation]:
    """A basis of the rational solutions of `equation . x = 0`, as {unknown: number}.

    LimitError when the system that substitution leaves has more than DENSE_LIMIT entries.
    Cost: a few passes over the terms and one dense kernel of what is left.
    """
    system = _Substituted(unknowns)
    left = [dict(equation) for equation in equations]
    changed = True
    while changed:
        changed, left = system.simplify(left)
    free = [x for x in unknowns if system.parent[x] == x and x not in system.zero]
    held: dict[Unknown, list[tuple[Unknown, Any]]] = {x: [] for x in free}
    for x in unknowns:
        root, factor = system.find(x)
        if root is not None:
            held[root].append((x, factor))
    solutions = _dense(left, free, seed)
    return [{x: value * factor for root, value in vector.items() for x, factor in held[root]} for vector in solutions]


def _dense(equations: list[Equation], free: list[Unknown], seed: int) -> list[Equation]:
    """The kernel of what substitution left; unknowns in no equation are free."""
    used = {x for equation in equations for x in equation}
    columns = {x: i for i, x in enumerate(x for x in free if x in used)}
    alone: list[Equation] = [{x: 1} for x in free if x not in used]
    rows = sorted({tuple(sorted(row.items())) for row in (_integers(e, columns) for e in equations)})
    if not rows:
        return alone
    if len(rows) * len(columns) > DENSE_LIMIT:
        raise LimitError("a linear system", f"{len(rows)} x {len(columns)} entries", f"{DENSE_LIMIT}")
    matrix = np.zeros((len(rows), len(columns)), dtype=object)
    for i, row in enumerate(rows):
        for j, value in row:
            matrix[i, j] = value
    found = rational_kernel(matrix, len(columns), seed)
    if found is None:
        return alone
    names = list(columns)
    return alone + [{names[j]: value for j, value in vector.items()} for vector in found.vectors]


def _integers(equation: Equation, columns: dict[Unknown, int]) -> dict[int, int]:
    """Primitive integer coefficients, the first one positive."""
    scale = math.lcm(*(int(v.denominator) for v in equation.values()))
    row = {columns[x]: int(v * scale) for x, v in equation.items()}
    common = math.gcd(*row.values()) * (1 if row[min(row)] > 0 else -1)
    return {j: v // common for j, v in row.items()}


class _Substituted:
    """A forest of unknowns: x = factor * parent, or x = 0."""

    def __init__(self, unknowns: Sequence[Unknown]) -> None:
        self.parent: dict[Unknown, Unknown] = {x: x for x in unknowns}
        self.factor: dict[Unknown, Any] = dict.fromkeys(unknowns, 1)
        self.zero: set[Unknown] = set()  # roots that vanish

    def find(self, x: Unknown) -> tuple[Unknown | None, Any]:
        """(root, factor) with x = factor * root; root None when x = 0."""
        way = []
        while self.parent[x] != x:
            way.append(x)
            x = self.parent[x]
        total: Any = 1
        for step in reversed(way):
            total = total * self.factor[step]
            self.parent[step], self.factor[step] = x, total
        return (None, 0) if x in self.zero else (x, total)

    def simplify(self, equations: list[Equation]) -> tuple[bool, list[Equation]]:
        """One pass: (whether an unknown was substituted, the equations of three terms and more)."""
        changed, left = False, []
        for equation in equations:
            terms: Equation = {}
            for x, value in equation.items():
                root, factor = self.find(x)
                if root is not None:
                    terms[root] = terms.get(root, 0) + value * factor
            terms = {x: value for x, value in terms.items() if value}
            if len(terms) > 2:
                left.append(terms)
            elif terms:
                self._substitute(terms)
                changed = True
        return changed, left

    def _substitute(self, terms: Equation) -> None:
        (x, a), *rest = terms.items()
        if not rest:
            self.zero.add(x)
            return
        y, b = rest[0]
        quotient = Fraction(-b) / Fraction(a)
        self.parent[x], self.factor[x] = y, int(quotient) if quotient.denominator == 1 else quotient
