"""Small ranks, kernels and flattening minors, decided exactly over CC and RR (4.4, 5.2b, 5.2c, 5.2d, 7.5).

For 2 x 2 x 2 the hyperdeterminant decides: with Det != 0 the rank over CC is 2, with Det > 0 the rank over RR is 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from math import prod
from typing import NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import LARGE, Point, Rows, Vector, kernel, multiply, rank
from exactfact.proving.small.generic import FAMILY, PRIMES, SumsAt, dimension, over_cc, points_of_sums, slices
from exactfact.proving.small.operators import tangent_tensors
from exactfact.proving.small.polynomials import classes_at, entries, in_ideal, unknowns
from exactfact.proving.small.sums import Sums


class Line(NamedTuple):
    """Ker A = <T> over Q."""

    sizes: Vector
    tensor: Vector


class Pencil(NamedTuple):
    """Ker A = <I, B> inside the n x n matrices, K = 2."""

    matrix: Rows


def kernel_vectors(case: Sums) -> Iterator[Vector]:
    """Combinations of a kernel basis with coefficients -2 .. 2: Det, of degree 4, is 0 on Ker A if it is on them."""
    basis = [tuple(a if a < LARGE // 2 else a - LARGE for a in v) for v in kernel(case.rows, prod(case.sizes), LARGE)]
    for weights in product((0, 1, -1, 2, -2), repeat=len(basis)):
        if any(weights):
            yield tuple(sum(w * v[i] for w, v in zip(weights, basis, strict=True)) for i in range(prod(case.sizes)))


def hyperdeterminant(t: Vector) -> int:
    """Cayley's hyperdeterminant of a 2 x 2 x 2 tensor: the discriminant of det(x X + y Y)."""
    a, b, c = pencil_quadric(t)
    return b * b - 4 * a * c


def pencil_quadric(t: Vector) -> Vector:
    """det(x X + y Y) for the two slices along layer 1."""
    x, y = t[:4], t[4:]
    middle = x[0] * y[3] + y[0] * x[3] - x[1] * y[2] - y[1] * x[2]
    return (x[0] * x[3] - x[1] * x[2], middle, y[0] * y[3] - y[1] * y[2])


def split(sizes: Vector, t: Vector) -> bool:
    """Some flattening has rank 1: the tensor is a vector times a tensor of fewer layers."""
    return any(rank(slices(sizes, t, k), LARGE) <= 1 for k in range(len(sizes)))


def rank_two_over(sizes: Vector, t: Vector, *, real: bool) -> bool:
    """Rank at most 2 over RR or CC, for two layers (one of size 2) or 2 x 2 x 2; for W-type tensors this is False."""
    if len(sizes) == 2:
        return rank(slices(sizes, t, 0), LARGE) <= 2
    det = hyperdeterminant(t)
    return split(sizes, t) or (det > 0 if real else det != 0)


def bound_z(sizes: Vector) -> int:
    """z of theory 5.2b."""
    pairs = combinations(range(len(sizes)), 2)
    return max(
        2 * (sizes[i] + sizes[j] - 2) + sum(s - 1 for k, s in enumerate(sizes) if k not in {i, j}) for i, j in pairs
    )


def refuted(case: Sums, *, real: bool) -> str | None:
    """Ker A contains a nonzero tensor of rank at most 2."""
    found = next((t for t in kernel_vectors(case) if rank_two_over(case.sizes, t, real=real)), None)
    return None if found else "no combination of the kernel basis with coefficients -2 .. 2 has rank at most 2"


def lines(_: int, size: int) -> Iterator[Line]:
    """All T with entries -1, 0, 1 for S = (2, 2, 2), at most `size` of them nonzero, up to sign."""
    for count in range(1, min(size, 8) + 1):
        for places in combinations(range(8), count):
            for signs in product((1, -1), repeat=count - 1):
                at = dict(zip(places, (1, *signs), strict=True))
                yield Line((2, 2, 2), tuple(at.get(i, 0) for i in range(8)))


def pair_or_tangent(case: Line) -> str | None:
    """5.2d for r = 7: T is a sum of two rank-one tensors over CC, or tangent at a point h, where J_h has rank < n."""
    sizes, t = case
    if rank_two_over(sizes, t, real=False):
        return None
    h = double_point(t)
    if h is None:
        return "T is neither of rank 2 nor tangent"
    space = tangent_tensors(LARGE, h)
    tangent = rank(space, LARGE) == dimension(sizes) == rank((*space, t), LARGE)
    return None if tangent else f"T is not tangent at {h}"


def double_point(t: Vector) -> Point | None:
    """Where a W-type tensor is tangent: the rank-one member of each pencil of slices gives the two other factors."""
    last = _rank_one_member(t)
    turned = tuple(t[4 * i + 2 * j + k] for j, i, k in product((0, 1), repeat=3))  # layers 2, 1, 3
    other = _rank_one_member(turned)
    if last is None or other is None:
        return None
    return (_factors(other)[0], *_factors(last))


def _rank_one_member(t: Vector) -> Vector | None:
    a, b, c = pencil_quadric(t)
    if (a, b, c) == (0, 0, 0):
        return None
    x, y = (-b, 2 * a) if a else (2 * c, -b)  # the double root of a x^2 + b x y + c y^2
    member = tuple(x * u + y * v for u, v in zip(t[:4], t[4:], strict=True))
    return member if any(member) else None


def _factors(matrix: Vector) -> tuple[Vector, Vector]:
    """u, v with matrix = u v^T up to a scalar."""
    row = matrix[:2] if any(matrix[:2]) else matrix[2:]
    column = (matrix[0], matrix[2]) if any(matrix[::2]) else (matrix[1], matrix[3])
    return column, row


def pencils(_: int, size: int) -> Iterator[Pencil]:
    """All 4 x 4 matrices of at most `size` ones."""
    for count in range(size + 1):
        for places in combinations(range(16), count):
            yield Pencil(tuple(tuple(int(4 * i + j in places) for j in range(4)) for i in range(4)))


def minors_fill(case: Pencil) -> bool:
    """4.4: modulo 2, 3 or 5 the 3 x 3 minors of s I + t B contain all binary forms of some degree D <= 6."""
    return any(_fills(_cubics(case.matrix), p) for p in (2, *PRIMES))


def _fills(cubics: list[Vector], p: int) -> bool:
    for degree in range(3, 7):
        shifted = [(0,) * i + c + (0,) * (degree - 3 - i) for c in cubics for i in range(degree - 2)]
        if rank(shifted, p) == degree + 1:
            return True
    return False


def _cubics(b: Rows) -> list[Vector]:
    """All 3 x 3 minors of s I + t B, as coefficients of s^3, s^2 t, s t^2, t^3."""
    triples = list(combinations(range(4), 3))
    found = {_minor(b, rows, columns) for rows, columns in product(triples, repeat=2)}
    return sorted(filter(any, found))


def _minor(b: Rows, rows: Vector, columns: Vector) -> Vector:
    total = [0, 0, 0, 0]
    for order, sign in _ORDERS:
        factor = [sign]
        for i, j in enumerate(order):
            s, t = int(rows[i] == columns[j]), b[rows[i]][columns[j]]
            factor = [s * x + t * y for x, y in zip([*factor, 0], [0, *factor], strict=True)]
        total = [x + y for x, y in zip(total, factor, strict=True)]
    return tuple(total)


_ORDERS = (((0, 1, 2), 1), ((1, 2, 0), 1), ((2, 0, 1), 1), ((0, 2, 1), -1), ((2, 1, 0), -1), ((1, 0, 2), -1))


def no_small_rank(case: Pencil) -> str | None:
    """Every s I + t B but 0 has rank >= 3 over CC: rank B >= 3 and I, B, B^2, B^3 are independent."""
    b = case.matrix
    identity = tuple(tuple(int(i == j) for j in range(4)) for i in range(4))
    powers = [identity, b, multiply(b, b, LARGE)]
    powers.append(multiply(powers[2], b, LARGE))
    if rank(b, LARGE) < 3:
        return "B has rank at most 2"
    flat = [sum(m, ()) for m in powers]
    return None if rank(flat, LARGE) == 4 else "B has an eigenvalue with two eigenvectors: s I + t B has rank at most 2"


def nullstellensatz(case: SumsAt) -> str | None:
    """7.5: all g_i h_j - g_j h_i are in the radical of (phi(g) - y) iff h is the only class of its complex fibre."""
    (sizes, rows), h = case
    ring, (extra, *names) = unknowns(1 + sum(sizes))
    left = iter(names)
    g = [[next(left) for _ in range(s)] for s in sizes]
    y = [sum(a * t for a, t in zip(row, entries(h), strict=True)) for row in rows]
    equations = [
        sum((t for a, t in zip(row, entries(g), strict=True) if a), ring.zero) - value
        for row, value in zip(rows, y, strict=True)
    ]
    minors = [x[i] * v[j] - x[j] * v[i] for x, v in zip(g, h, strict=True) for i, j in combinations(range(len(v)), 2)]
    inside = all(in_ideal(ring.one, [*equations, 1 - extra * f], ring) for f in minors if f != 0)
    found = classes_at(rows, h)
    return None if inside == (found == 1) else f"{found} classes, all minors in the radical: {inside}"


CASES = [
    SmallCase(
        "4.4",
        "if the 3x3 minors on Ker A contain all forms of some degree modulo one prime, Ker A has no "
        "tensor of rank <= 2 over CC",
        "K = 2, S = (4, 4), Ker A = <I, B> for every 0/1 matrix B, degrees <= 6 modulo 2, 3, 5",
        "ones in B",
        pencils,
        no_small_rank,
        full={RATIONALS: 5},
        quick={RATIONALS: 3},
        hypothesis=minors_fill,
    ),
    over_cc(
        "5.2b",
        "with two proper layers, rank A < z gives a tensor of rank <= 2 over CC in Ker A",
        lambda case: refuted(case, real=False),
        lambda case: len(case.rows) < bound_z(case.sizes),
        quick={RATIONALS: 6},
        sympy=False,
    ),
    over_cc(
        "5.2c",
        "with two proper layers, rank A <= n gives a tensor of rank <= 2 over RR in Ker A",
        lambda case: refuted(case, real=True),
        lambda case: len(case.rows) <= dimension(case.sizes),
        quick={RATIONALS: 6},
        sympy=False,
    ),
    SmallCase(
        "5.2d",
        "with r = 7 < s_2 = 8 there is a pair of one value over CC, or a point where the Jacobian has rank < n",
        "S = (2, 2, 2), Ker A = <T> for every T with entries -1, 0, 1",
        "nonzero entries",
        lines,
        pair_or_tangent,
        full={RATIONALS: 8},
        quick={RATIONALS: 5},
    ),
    over_cc(
        "7.5",
        "the 2x2 minors of (g_k, h_k) are in the radical of (phi(g) - phi(h)) iff h is the only class "
        "of its complex fibre",
        nullstellensatz,
        cases=points_of_sums,
        range=f"{FAMILY}, all h with entries 0 and 1 without zero layers",
        full={RATIONALS: 6},
    ),
]
