"""Stability near an estimate, whatever the kernel of A (theory 12.7): a ball in the slice through the estimate.

In layer k < K the entry of largest absolute value is held fixed; n free coordinates are left, and f = phi on them.
With s <= sigma_min(Df) and beta(R) = sigma_max(A) (K - 1) max_{k<l} prod_{j != k, l} (||h_j|| + R): if R beta(R) <= s,
every solution in the slice within R, with noise at most delta, is within 2 (delta + eta) / s =: r <= R of the estimate,
hence within (delta + eta) / (s - beta(r) r / 2).
Cost: the exact Jacobian at the estimate, and one elimination of n x n integers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from exactfact.lifting.at_point import jacobian_blocks
from exactfact.lifting.chain import Chain, SparseMatrix, multiply_sparse
from exactfact.model import LimitError

from .definite import least_eigenvalue_at_least
from .metric import Point
from .observation import integral_point, norm_squared
from .recovery import RADIUS_BITS
from .rounding import root_down, root_up, shortened_down, shortened_up

FREE_LIMIT = 120
GRAM_LIMIT = 20_000_000
BALL_STEPS = 40


@dataclass(frozen=True)
class LocalRadius:
    """The radii of 12.7 in three norms, rounded up; `first` is r = 2 (delta + eta) / s."""

    first: Fraction
    one: Fraction
    two: Fraction
    infinity: Fraction

    def radii(self) -> dict[str, Fraction]:
        """{"1", "2", "inf"}: the radii on the free coordinates in these norms."""
        return {"1": self.one, "2": self.two, "inf": self.infinity}


@dataclass(frozen=True)
class Slice:
    """The slice at an estimate before any noise, its numbers rounded to the safe side.

    `pivots`: the entries held fixed in all layers but the last; `free`: n; `slope`: s, proved with `gram_bits` binary
    places; `norms`: ||h_k||; `ball`: the largest R found.
    """

    pivots: tuple[int, ...]
    gram_bits: int
    slope_squared: Fraction
    slope: Fraction
    sigma_max: Fraction
    norms: tuple[Fraction, ...]
    ball: Fraction
    free: int


def balanced(h: Point) -> tuple[tuple[Fraction, ...], ...]:
    """An equivalent point: layers times powers of 2 with product 1, their norms as equal as these allow."""
    sizes = [math.log2(float(max(norm_squared(x), Fraction(1, 2**900)))) / 2 for x in h]
    mean = sum(sizes) / len(sizes)
    exponents, carried = [], 0.0
    for size in sizes[:-1]:
        exponent = round(mean - size + carried)
        carried += mean - size - exponent
        exponents.append(exponent)
    exponents.append(-sum(exponents))
    return tuple(
        tuple(Fraction(value) * Fraction(2) ** e for value in x) for x, e in zip(h, exponents, strict=True)
    )


def local_slice(chain: Chain, h: Point, largest: Fraction | None = None) -> Slice | str:
    """The slice, or why there is none; `largest` is an upper bound on sigma_max(A)^2 (tr A A^T when None)."""
    if not all(any(x) for x in h):
        return "a layer of the estimate is zero"
    free = sum(chain.parameters) - chain.depth + 1
    if free > FREE_LIMIT:
        return f"{free} free coordinates, the local theorem is tried up to {FREE_LIMIT}"
    pivots = tuple(max(range(len(x)), key=lambda j, x=x: abs(x[j])) for x in h[:-1])  # type: ignore[misc]
    columns, scales = _columns(chain, h, pivots)
    gram = _gram(columns, scales)
    found = _slope(gram, columns, scales)
    if found is None:
        return "the Jacobian at the estimate has no certified full rank: nearby solutions may be many"
    bits, slope_squared = found
    slope = shortened_down(root_down(slope_squared), RADIUS_BITS)
    norms = tuple(shortened_up(root_up(norm_squared(x)), RADIUS_BITS) for x in h)
    sigma = shortened_up(root_up(lifted_square(chain) if largest is None else largest), RADIUS_BITS)
    ball = _largest_ball(sigma, norms, slope)
    return Slice(pivots, bits, slope_squared, slope, sigma, norms, ball, free)


def local_radius(where: Slice, error: Fraction) -> LocalRadius | None:
    """The radius for delta + eta <= error; None when it is not within the ball."""
    first = shortened_up(2 * error / where.slope, RADIUS_BITS)
    if first > where.ball:
        return None
    lowered = where.slope - curvature(where.sigma_max, where.norms, first) * first / 2
    two = shortened_up(error / lowered, RADIUS_BITS)
    return LocalRadius(first, shortened_up(root_up(where.free) * two, RADIUS_BITS), two, two)


def curvature(sigma: Fraction, norms: tuple[Fraction, ...], reach: Fraction) -> Fraction:
    """beta(R) of 12.7 for R = reach: a bound on the derivative of Df in the ball; 0 for one layer.  All exact.

    The largest product of all factors but two leaves out the two least, none being negative.
    """
    factors = sorted(norm + reach for norm in norms)
    return sigma * (len(norms) - 1) * math.prod(factors[2:], start=Fraction(1))


def lifted_square(chain: Chain) -> Fraction:
    """||A||_F^2 = tr A A^T >= sigma_max(A)^2, from T_k = sum_j M_k(e_j)^T T_{k-1} M_k(e_j), exactly."""
    total: SparseMatrix = {(i, i): 1 for i in range(chain.sizes[0])}
    for layer in chain.integral().layers:
        following: SparseMatrix = {}
        for matrix in layer:
            turned = {(c, r): value for (r, c), value in matrix.items()}
            part = multiply_sparse(multiply_sparse(turned, total, chain.field), matrix, chain.field)
            for cell, value in part.items():
                following[cell] = following.get(cell, 0) + value
        total = following
    trace = sum(Fraction(value) for (r, c), value in total.items() if r == c)
    return Fraction(trace) / math.prod(chain.denominators) ** 2


def _columns(chain: Chain, h: Point, pivots: tuple[int, ...]) -> tuple[list[SparseMatrix], list[int]]:
    """The free columns of the Jacobian as integers, with their denominators."""
    scales, vectors = integral_point(h)
    common = math.prod(scales) * math.prod(chain.denominators)
    columns, below = [], []
    for k, blocks in enumerate(jacobian_blocks(chain.integral(), vectors)):
        for j, block in enumerate(blocks):
            if k == chain.depth - 1 or j != pivots[k]:
                columns.append(block)
                below.append(common // scales[k])
    return columns, below


def _gram(columns: list[SparseMatrix], scales: list[int]) -> list[list[Fraction]]:
    work = len(columns) * sum(map(len, columns))
    if work > GRAM_LIMIT:
        raise LimitError("the exact Gram matrix of the Jacobian", f"{work} multiplications", GRAM_LIMIT)
    gram: list[list[Fraction]] = []
    for a, left in enumerate(columns):
        row = []
        for b, right in enumerate(columns[: a + 1]):
            dot = sum(int(value) * int(right.get(cell, 0)) for cell, value in left.items())
            row.append(Fraction(dot, scales[a] * scales[b]))
        gram.append(row)
    return [[gram[max(a, b)][min(a, b)] for b in range(len(gram))] for a in range(len(gram))]


def _slope(
    gram: list[list[Fraction]], columns: list[SparseMatrix], scales: list[int]
) -> tuple[int, Fraction] | None:
    """(bits, t) with Gram - t I positive definite: t from floats, then proved; smaller when it cannot be."""
    cells = sorted({cell for column in columns for cell in column})
    places = {cell: i for i, cell in enumerate(cells)}
    floats: Any = np.zeros((len(cells), len(columns)))
    for b, (column, scale) in enumerate(zip(columns, scales, strict=True)):
        for cell, value in column.items():
            floats[places[cell], b] = float(Fraction(int(value), scale))
    if not np.isfinite(floats).all() or len(cells) < len(columns):
        return None
    guess = float(np.linalg.svd(floats, compute_uv=False)[-1]) ** 2
    for share in (1 - 1e-9, 1 - 1e-6, 1 - 1e-3, 0.5, 0.01):
        slope = shortened_down(Fraction(guess * share), 40)
        if slope <= 0:
            return None
        bits = max(0, 50 + len(columns).bit_length() - (slope.numerator.bit_length() - slope.denominator.bit_length()))
        if least_eigenvalue_at_least(gram, slope, bits):
            return bits, slope
    return None


def _largest_ball(sigma: Fraction, norms: tuple[Fraction, ...], slope: Fraction) -> Fraction:
    """A dyadic R, as large as bisection finds, with R beta(R) <= slope."""
    low, high = Fraction(0), shortened_up(slope / curvature(sigma, norms, Fraction(0)), 30)
    for _ in range(BALL_STEPS):
        middle = shortened_down((low + high) / 2, 50)
        if middle * curvature(sigma, norms, middle) <= slope:
            low = middle
        else:
            high = middle
    return low
