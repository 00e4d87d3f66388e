"""Bounds on the parameters from bounds on the product, at all points of grids (theory 10.4p, 12.1, 12.7).

Singular values are replaced by rational bounds (quadratic.py), and norms are compared by their squares.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product
from math import isqrt
from typing import NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import LARGE, Point, Rows, lines
from exactfact.proving.small.metric import distance, tensor_entries
from exactfact.proving.small.networks import Network, networks, paths, value, zero_one
from exactfact.proving.small.operators import unit
from exactfact.proving.small.quadratic import definite, gram, greatest, image, least, minus, square
from exactfact.proving.small.spaces import balanced
from exactfact.proving.small.stability import SPACES, operators_of_rank


class Estimate(NamedTuple):
    """Injective A, and h, g whose layers have the sup-norms 8 and b <= 8."""

    rows: Rows
    h: Point
    g: Point


class OnNetwork(NamedTuple):
    """Two points of a network, all edges of h with the sup-norm 4, all edges of g with one sup-norm."""

    network: Network
    h: Point
    g: Point


class Step(NamedTuple):
    """An operator on 2 x 2 tensors, a point, and a step that keeps the first nonzero entry of layer 1."""

    rows: Rows
    h: Point
    v: tuple[tuple[Fraction, ...], ...]


def steps(_: int, size: int) -> Iterator[Step]:
    """All A of rank >= 3, h with entries -1, 0, 1 up to scalars, v with entries n/8, |n| <= size."""
    entries = [Fraction(n, 8) for n in range(-size, size + 1)]
    for rows, lifted_point in product(operators_of_rank(3), product(lines(3, 2), repeat=2)):
        h = balanced(lifted_point, 3)
        fixed = 0 if h[0][0] else 1
        for a, b, c in product(entries, repeat=3):
            yield Step(rows, h, ((Fraction(0), a) if fixed == 0 else (a, Fraction(0)), (b, c)))


@cache
def slope(rows: Rows, h: Point) -> Fraction:
    """A rational lower bound of sigma_min(J), J the Jacobian in the three free coordinates: n/64 with n/64 <= it."""
    free = 1 if h[0][0] else 0
    tensors = [tensor_entries((unit(2, free), h[1])), *(tensor_entries((h[0], unit(2, j))) for j in range(2))]
    matrix = gram([image(rows, t) for t in tensors])
    found = 0
    while definite(matrix, Fraction(found + 1, 64) ** 2):
        found += 1
    return Fraction(found, 64)


def _root_above(x: Fraction, steps_of: int = 1024) -> Fraction:
    """A rational number >= sqrt(x), by less than 1/1024 too large."""
    return Fraction(isqrt(int(x * steps_of**2)) + 1, steps_of)


def in_ball(case: Step) -> bool:
    """12.7: v != 0, s > 0 and R beta(R) <= s for R = ||v||, K = 2: beta = sigma."""
    rows, h, v = case
    size = square(v[0]) + square(v[1])
    return bool(0 < greatest(gram(rows)) * size <= slope(rows, h) ** 2)


def grows(case: Step, *, curvature: Fraction = Fraction(1, 2)) -> str | None:
    """||phi(h + v) - phi(h)|| >= (s - beta ||v||/2) ||v|| >= s ||v||/2, and so the bound of 12.7 on ||v||."""
    rows, h, v = case
    moved = [[x + y for x, y in zip(u, w, strict=True)] for u, w in zip(h, v, strict=True)]
    change = square(image(rows, minus(tensor_entries(moved), tensor_entries(h))))
    size, s = square(v[0]) + square(v[1]), slope(rows, h)
    rate = s - curvature * _root_above(greatest(gram(rows)) * size)
    if 4 * change < s**2 * size:
        return f"the change has the square {change}, s ||v||/2 has {s**2 * size / 4}"
    return None if rate < 0 or change >= rate**2 * size else f"the change has the square {change} < {rate**2 * size}"


def estimates(_: int, size: int) -> Iterator[Estimate]:
    """A unit upper triangular; h_k = (8, x), x = -8, -4, .., 8; g_k = (b, y), b > 8 - size, |x - y| <= 1."""
    matrices = []
    for flat in product((0, 1), repeat=6):
        left = iter(flat)
        matrices.append(tuple(tuple(int(i == j) if j <= i else next(left) for j in range(4)) for i in range(4)))
    hs = list(product([(8, x) for x in range(-8, 9, 4)], repeat=2))
    for rows, h, b in product(matrices, hs, range(8, 8 - size, -1)):
        choices = [[(b, y) for y in (x - 1, x, x + 1) if abs(y) <= b] for _, x in h]
        yield from (Estimate(rows, h, g) for g in product(*choices))


def _radii(h: Point, g: Point, bound: Fraction, parameters: int) -> str | None:
    """d_p^2 <= (sum S_k)^(2/p) bound for p = infinity, 1, 2."""
    for norm, factor in ((0, 1), (1, parameters**2), (2, parameters)):
        d = distance(h, g, norm)
        if (d if norm == 2 else d * d) > factor * bound:
            return f"the distance for p = {norm or 'infinity'} exceeds the bound, of square {factor * bound}"
    return None


def _constant(layers: int, ratio: Fraction, constant: Fraction | None) -> Fraction:
    return constant or (2 - Fraction(1, layers) if 4 * ratio <= 1 else Fraction(2))


def recovered(case: Estimate, *, constant: Fraction | None = None) -> str | None:
    """12.1 with delta + eta = ||phi(h) - phi(g)||: t ||D||^2 <= ||A D||^2, and the radii, h and g in both roles."""
    rows, h, g = case
    d = minus(tensor_entries(h), tensor_entries(g))
    low = least(gram(tuple(zip(*rows, strict=True))))
    if low * square(d) > square(image(rows, d)):
        return f"||D||^2 = {square(d)} > ||A D||^2/t, t = {low}"
    for estimate in (h, g):
        largest = max(map(abs, tensor_entries(estimate)))  # M
        epsilon = square(image(rows, d)) / low
        if epsilon < largest**2:
            c = _constant(2, epsilon / largest**2, constant)
            wrong = _radii(h, g, c**2 * epsilon / largest, 4)
            if wrong:
                return wrong
    return None


def determined(case: Estimate) -> bool:
    """epsilon < M for h: the side condition of 12.1."""
    low = least(gram(tuple(zip(*case.rows, strict=True))))
    d = minus(tensor_entries(case.h), tensor_entries(case.g))
    return bool(square(image(case.rows, d)) < low * max(map(abs, tensor_entries(case.h))) ** 2)


def points_on_networks(_: int, size: int) -> Iterator[OnNetwork]:
    """h_e = (4) or (4, x), x = 0, 4; g_e = (b) or (b, y), b = 4, 3, y among 0, x - 1, x, b, |y| <= b."""
    for network in networks(RATIONALS, size):
        shapes = [len(taps) for taps in network.taps]
        for h in product(*([(4,)] if s == 1 else [(4, 0), (4, 4)] for s in shapes)):
            for b in (4, 3):
                second = [sorted({y for y in (0, e[-1] - 1, e[-1], b) if abs(y) <= b}) for e in h]
                choices = [[(b,)] if s == 1 else [(b, y) for y in ys] for s, ys in zip(shapes, second, strict=True)]
                yield from (OnNetwork(network, h, g) for g in product(*choices))


def _epsilon(case: OnNetwork) -> int:
    """(||phi(h) - phi(g)||^2)/nu: the squared distance of the kernels."""
    kernels = (value(case.network, point, LARGE) for point in (case.h, case.g))
    gaps = [(a - b) % LARGE for a, b in zip(*kernels, strict=True)]
    return sum(min(a, LARGE - a) ** 2 for a in gaps)


def close(case: OnNetwork) -> bool:
    """10.4p: epsilon < M_p, which is 4^K on every path."""
    return bool(_epsilon(case) < 16 ** len(paths(case.network.graph)[0]))


def recovered_on_paths(case: OnNetwork) -> str | None:
    """10.4p: on each path the distances of 11.1 are at most c (sum S_e)^(1/q) M_p^(1/K-1) epsilon."""
    for path in paths(case.network.graph):
        h, g = (tuple(point[e] for e in path) for point in (case.h, case.g))
        layers, epsilon = len(path), Fraction(_epsilon(case))
        c = _constant(layers, epsilon / 16**layers, None)
        wrong = _radii(h, g, c**2 * epsilon / 16 ** (layers - 1), sum(map(len, h)))
        if wrong:
            return f"on the path {path}, {wrong}"
    return None


CASES = [
    SmallCase(
        "10.4p",
        "with path counts 0 and 1 and epsilon < M_p, the vectors along each path differ by at most "
        "c (sum S_e)^(1/q) M_p^(1/K-1) epsilon for q = 1, 2, infinity",
        "the networks of 10.1, h_e = (4) or (4, x), x = 0, 4, g_e = (b) or (b, y), b = 3, 4, y among 0, x - 1, x, b",
        "parameters",
        points_on_networks,
        recovered_on_paths,
        full={RATIONALS: 4},
        quick={RATIONALS: 3},
        hypothesis=lambda case: zero_one(case.network) and close(case),
    ),
    SmallCase(
        "12.1",
        "with Ker A = 0, t <= sigma_min^2 and epsilon < M: ||P(h) - P(g)|| <= epsilon and d_p <= "
        "c (sum S_k)^(1/p) M^(1/K-1) epsilon for p = 1, 2, infinity",
        "every unit upper triangular A with entries 0, 1 on 2 x 2 tensors, h_k = (1, x), x = -1, -1/2, .., 1, "
        "g_k = (b, y), |x - y| <= 1/8",
        "number of values b = 1, 7/8, ..",
        estimates,
        recovered,
        full={RATIONALS: 2},
        quick={RATIONALS: 1},
        hypothesis=determined,
    ),
    SmallCase(
        "12.7",
        "in the slice and for R beta(R) <= s, ||phi(h + v) - phi(h)|| >= (s - beta ||v||/2) ||v|| >= s ||v||/2",
        f"{SPACES} of rank >= 3, all h (up to scalars) with entries -1, 0, 1, all v with entries n/8",
        "|n|",
        steps,
        grows,
        full={RATIONALS: 2},
        quick={RATIONALS: 1},
        hypothesis=in_ball,
    ),
]
