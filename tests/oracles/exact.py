"""Exact ranks by plain elimination: fraction-free over the integers, and modulo a prime."""

from __future__ import annotations

import math
from fractions import Fraction


def rank(rows: list, p: int = 0) -> int:
    """Rank of a list of vectors over QQ (p = 0) or GF(p)."""
    rows = [row for row in {tuple(row) for row in rows} if any(row)]
    if p:
        return _rank_mod([[int(x) % p for x in row] for row in rows], p)
    return _rank_integers([_cleared(row) for row in rows])


def _cleared(row: tuple) -> list[int]:
    scale = math.lcm(*(Fraction(x).denominator for x in row))
    return [int(x * scale) for x in row]


def _rank_integers(rows: list) -> int:
    """Elimination with division by the content of each new row (keeps the integers small)."""
    found = 0
    while rows:
        pivot = min(rows, key=lambda row: sum(map(bool, row)))
        at = next(c for c, x in enumerate(pivot) if x)
        found += 1
        rest = set()
        for row in rows:
            if row is pivot:
                continue
            if row[at]:
                row = [x * pivot[at] - y * row[at] for x, y in zip(row, pivot, strict=True)]
                content = math.gcd(*row)
                row = [x // content for x in row] if content > 1 else row
            if any(row):
                rest.add(tuple(row))
        rows = [list(row) for row in rest]
    return found


def _rank_mod(rows: list, p: int) -> int:
    found = 0
    while rows:
        pivot = rows.pop()
        if not any(pivot):
            continue
        at = next(c for c, x in enumerate(pivot) if x)
        inverse = pow(pivot[at], -1, p)
        found += 1
        rest = []
        for row in rows:
            factor = row[at] * inverse % p
            rest.append([(x - factor * y) % p for x, y in zip(row, pivot, strict=True)] if factor else row)
        rows = rest
    return found
