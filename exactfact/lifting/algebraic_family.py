"""A family of points: polynomials whose values at the roots of one polynomial are parameters."""

from __future__ import annotations

from dataclasses import dataclass

Poly = list[int]


@dataclass(frozen=True)
class Family:
    """f irreducible over QQ; numerators[k][i] polynomials, at the pivots scales[k] f'."""

    f: Poly
    numerators: tuple[tuple[Poly, ...], ...]
    scales: tuple[int, ...]
