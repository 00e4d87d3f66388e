"""Theorems 1 and 2 and the inertia test, in exact rational arithmetic on grids (theory 11.1, 11.2, 12.6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import Any, NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import Point, Rows

RealPoint = Sequence[Sequence[Any]]  # integers, or fractions


class Normalized(NamedTuple):
    """Two points whose layers have integer entries: all of h the sup-norm `scale`, all of g one sup-norm <= scale.

    Divided by `scale` they are representatives in H_diag with M = 1, to which homogeneity reduces every pair.
    """

    scale: int
    h: Point
    g: Point


class Extremal(NamedTuple):
    """h = ((1, 1 - 2 eps), 1, .., 1), g = ((b, b), b, .., b), eps = 1 - b^K."""

    layers: int
    b: Fraction


class Symmetric(NamedTuple):
    """A symmetric integer matrix and a shift."""

    rows: Rows
    shift: Fraction


def pairs(_: int, size: int) -> Iterator[Normalized]:
    """K = 2, S = (2, 2), entries j / scale, |j| <= scale <= size; h_k = (1, x): largest entry first, positive."""
    for scale in range(1, size + 1):
        hs = [(scale, x) for x in range(-scale, scale + 1)]
        for b in range(1, scale + 1):
            gs = [v for v in product(range(-b, b + 1), repeat=2) if max(map(abs, v)) == b]
            for h in product(hs, repeat=2):
                yield from (Normalized(scale, h, g) for g in product(gs, repeat=2))


def tensor_entries(h: RealPoint) -> list[Any]:
    """P(h)."""
    return [prod(entries) for entries in product(*h)]


def distance(h: RealPoint, g: RealPoint, norm: int) -> Any:
    """d of the classes: the least norm of h' - g over the signs with product 1 (0: sup-norm, 1: sum, 2: squares)."""
    best = []
    for signs in product((1, -1), repeat=len(h)):
        if prod(signs) == 1:
            gaps = [abs(s * a - b) for s, x, y in zip(signs, h, g, strict=True) for a, b in zip(x, y, strict=True)]
            best.append(sum(a**norm for a in gaps) if norm else max(gaps))
    return min(best)


def gap(h: RealPoint, g: RealPoint) -> Any:
    """eps = the sup-norm of P(h) - P(g)."""
    return max(abs(a - b) for a, b in zip(tensor_entries(h), tensor_entries(g), strict=True))


def theorem_one(case: Normalized, *, constant: Fraction | None = None) -> str | None:
    """11.1: d <= 2 eps, and d <= (2 - 1/K) eps for eps <= 1/2."""
    eps = Fraction(gap(case.h, case.g), case.scale ** len(case.h))
    d = Fraction(distance(case.h, case.g, 0), case.scale)
    factor = constant or (2 - Fraction(1, len(case.h)) if 2 * eps <= 1 else Fraction(2))
    return None if d <= factor * eps else f"eps = {eps}, d = {d} > {factor} eps"


def theorem_two(case: Normalized) -> str | None:
    """11.2 for q = 1 and q = infinity with M = 1: factors max_k prod_{l != k} S_l, and K."""
    pairs_of_entries = zip(tensor_entries(case.h), tensor_entries(case.g), strict=True)
    differences = [Fraction(abs(a - b), case.scale**2) for a, b in pairs_of_entries]
    one, sup = (Fraction(distance(case.h, case.g, norm), case.scale) for norm in (1, 0))
    if sum(differences) > 2 * one:
        return f"q = 1: {sum(differences)} > 2 * {one}"
    return None if max(differences) <= 2 * sup else f"q = infinity: {max(differences)} > 2 * {sup}"


def extremal(_: int, size: int) -> Iterator[Extremal]:
    """K <= size and b = 1 - 1/j with eps <= 1/2."""
    for layers in range(2, size + 1):
        bs = (1 - Fraction(1, j) for j in range(2, 40))
        yield from (Extremal(layers, b) for b in bs if 2 * b**layers >= 1)


def optimal(case: Extremal) -> str | None:
    """The sup-norm of P(h) - P(g) is eps, d = b - 1 + 2 eps, and d/eps is within 1 - b of 2 - 1/K."""
    k, b = case
    eps = 1 - b**k
    h: tuple[tuple[Fraction, ...], ...] = ((Fraction(1), 1 - 2 * eps), *(((Fraction(1),),) * (k - 1)))
    g = ((b, b), *(((b,),) * (k - 1)))
    if gap(h, g) != eps:
        return f"the sup-norm is {gap(h, g)}, not eps = {eps}"
    d = distance(h, g, 0)
    if d != b - 1 + 2 * eps:
        return f"d = {d}, expected {b - 1 + 2 * eps}"
    return None if abs(2 - Fraction(1, k) - d / eps) <= 1 - b else f"d/eps = {d / eps}"


def symmetric_matrices(_: int, size: int) -> Iterator[Symmetric]:
    """Symmetric matrices with entries -1, 0, 1 and shifts t = -1, -1/2, .., 2."""
    for n in range(1, size + 1):
        cells = [(i, j) for i in range(n) for j in range(i + 1)]
        for values in product((0, 1, -1), repeat=len(cells)):
            at = dict(zip(cells, values, strict=True))
            rows = tuple(tuple(at[max(i, j), min(i, j)] for j in range(n)) for i in range(n))
            yield from (Symmetric(rows, Fraction(t, 2)) for t in range(-2, 5))


def pivots(case: Symmetric) -> list[Fraction]:
    """The pivots of B - t I in elimination without exchanges, up to the first that is 0."""
    n = len(case.rows)
    left = [[Fraction(a) - case.shift * (i == j) for j, a in enumerate(row)] for i, row in enumerate(case.rows)]
    found = []
    for k in range(n):
        found.append(left[k][k])
        if not left[k][k]:
            break
        for i in range(k + 1, n):
            factor = left[i][k] / left[k][k]
            left[i] = [a - factor * b for a, b in zip(left[i], left[k], strict=True)]
    return found


def eigenvalues_below(case: Symmetric) -> int:
    """How many eigenvalues are < t: sign changes of the characteristic polynomial of t I - B (Descartes)."""
    n = len(case.rows)
    matrix = [[case.shift * (i == j) - a for j, a in enumerate(row)] for i, row in enumerate(case.rows)]
    coefficients, power = [Fraction(1)], [[Fraction(i == j) for j in range(n)] for i in range(n)]
    for k in range(1, n + 1):  # Faddeev and LeVerrier
        power = [[sum((matrix[i][m] * power[m][j] for m in range(n)), Fraction(0)) for j in range(n)] for i in range(n)]
        coefficients.append(-sum((power[i][i] for i in range(n)), Fraction(0)) / k)
        for i in range(n):
            power[i][i] += coefficients[-1]
    signs = [c > 0 for c in coefficients if c]
    return sum(a != b for a, b in pairwise(signs))


def inertia(case: Symmetric) -> str | None:
    """The negative pivots count the eigenvalues below t; all pivots positive: none is."""
    found = sum(d < 0 for d in pivots(case))
    below = eigenvalues_below(case)
    return None if found == below else f"{found} negative pivots, {below} eigenvalues below {case.shift}"


def nonzero_pivots(case: Symmetric) -> bool:
    """Elimination never meets a zero pivot."""
    return all(pivots(case))


GRID = (
    "K = 2, S = (2, 2), representatives with sup-norms 1 and b <= 1, entries with one denominator "
    "(up to signs and the order of entries)"
)
CASES = [
    SmallCase(
        "11.1",
        "d(h, g) <= 2 eps for M = 1 (for eps >= M too, where d <= 2), and <= (2 - 1/K) eps for eps <= 1/2",
        GRID,
        "denominator",
        pairs,
        theorem_one,
        full={RATIONALS: 4},
        quick={RATIONALS: 2},
    ),
    SmallCase(
        "11.1",
        "2 - 1/K is optimal: in the extremal family eps = 1 - b^K, d = b - 1 + 2 eps and |d/eps - (2 - 1/K)| <= 1 - b",
        "b = 1 - 1/j for j < 40 with eps <= 1/2",
        "K",
        extremal,
        optimal,
        full={RATIONALS: 6},
        quick={RATIONALS: 4},
    ),
    SmallCase(
        "11.2",
        "the norms of P(h) - P(g) for q = 1, infinity are at most K^(1-1/q) max prod S_l^(1/q) d_q for M = 1",
        GRID,
        "denominator",
        pairs,
        theorem_two,
        full={RATIONALS: 4},
        quick={RATIONALS: 2},
    ),
    SmallCase(
        "12.6",
        "without zero pivots, the negative pivots of B - t I count the eigenvalues below t: none means sigma_min^2 > t",
        "all symmetric matrices with entries -1, 0, 1, t = -1, -1/2, .., 2",
        "n",
        symmetric_matrices,
        inertia,
        full={RATIONALS: 3},
        quick={RATIONALS: 2},
        hypothesis=nonzero_pivots,
    ),
]
