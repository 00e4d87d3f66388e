"""Kernels that are not zero: is there a tensor P(h) - P(g) in Ker A, over which field (theory 4.1)?

Decided for kernels of dimension one by Cayley's hyperdeterminant; denied over CC when the 3 x 3 minors of all
flattenings have no common zero in a small kernel.  Thresholds on the rank deny uniqueness where they apply.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq, fmpq_mat

from . import brute
from .border import monomials, reduced
from .exact import rank
from .expand import Dense
from .fibres import PRIME

FIELDS = ("CC", "RR", "QQ")
MOST_KERNEL, MOST_DEGREE, MOST_MINORS = 4, 5, 60


def kernel(arch: Dense) -> list[list[Fraction]]:
    """A basis of Ker A over QQ, coordinates in the order of the multi-indices."""
    columns = list(brute.columns(arch).values())
    matrix = fmpq_mat(len(columns[0]), len(columns), [_exact(c[r]) for r in range(len(columns[0])) for c in columns])
    form, found = matrix.rref()
    pivots = [next(c for c in range(len(columns)) if form[r, c] != 0) for r in range(found)]
    basis = []
    for free in (c for c in range(len(columns)) if c not in pivots):
        vector = [Fraction(0)] * len(columns)
        vector[free] = Fraction(1)
        for r, c in enumerate(pivots):
            vector[c] = -Fraction(int(form[r, free].p), int(form[r, free].q))
        basis.append(vector)
    return basis


def _exact(value: Fraction | int) -> fmpq:
    value = Fraction(value)
    return fmpq(value.numerator, value.denominator)


def too_small(arch: Dense, rank_of_a: int) -> set[str]:
    """Fields over which the rank alone excludes uniform identifiability (theory 5.2a-c)."""
    sizes = sorted((s for s in arch.sizes if s > 1), reverse=True)
    if rank_of_a == math.prod(arch.sizes):
        return set()
    if len(sizes) < 2 or rank_of_a < 2 * sizes[0]:
        return set(FIELDS)
    secant = max(sum(s - 1 for s in sizes) + a + b - 2 for a, b in itertools.combinations(sizes, 2))
    out = {"CC"} if rank_of_a < secant else set()
    if rank_of_a <= brute.dimension(arch):
        out.add("RR")
    if rank_of_a < brute.dimension(arch):
        out.add("CC")
    return out


def uniform(arch: Dense) -> dict[str, bool]:
    """Uniform identifiability by field, as far as it is decided here."""
    basis = kernel(arch)
    if len(basis) == 1:
        return {field: not has_rank_two(basis[0], arch.sizes, field) for field in FIELDS}
    if len(basis) <= MOST_KERNEL and no_secant(basis, arch.sizes):
        return dict.fromkeys(FIELDS, True)
    return {}


def has_rank_two(tensor: list[Fraction], sizes: list[int], field: str) -> bool:
    """Whether a nonzero tensor is a sum of at most two decomposable ones over the field.

    All flattenings have rank <= 2 exactly on the closure; there, contracting all but three factors of rank 2 with
    random vectors keeps the pair of points, and their field: a nonzero discriminant that is a square in it.
    """
    entries = dict(zip(itertools.product(*map(range, sizes)), tensor, strict=True))
    if any(rank(rows) > 2 for rows in _flattenings(entries, sizes)):
        return False
    wide = [k for k in range(len(sizes)) if rank(_flattening(entries, sizes, (k,))) == 2]
    if len(wide) < 3:
        return True
    value = _hyperdeterminant(_contracted(entries, sizes, wide[:3]))
    if field == "CC":
        return value != 0
    if field == "RR":
        return value > 0
    return value > 0 and all(math.isqrt(x) ** 2 == x for x in (value.numerator, value.denominator))


def _flattenings(entries: dict, sizes: list[int]) -> list:
    places = range(len(sizes))
    return [
        _flattening(entries, sizes, rows)
        for count in range(1, len(sizes) // 2 + 1)
        for rows in itertools.combinations(places, count)
    ]


def _flattening(entries: dict, sizes: list[int], rows: tuple[int, ...]) -> list:
    cols = [k for k in range(len(sizes)) if k not in rows]
    index: dict = {}
    for i, value in entries.items():
        index.setdefault(tuple(i[k] for k in rows), {})[tuple(i[k] for k in cols)] = value
    return [[row[c] for c in sorted(row)] for _, row in sorted(index.items())]


def _contracted(entries: dict, sizes: list[int], kept: list[int]) -> dict:
    """The 2 x 2 x 2 tensor left by random linear maps on the kept factors and random forms on the others."""
    rng = random.Random(0)
    maps = [
        [[rng.randint(-99, 99) for _ in range(size)] for _ in range(2 if k in kept else 1)]
        for k, size in enumerate(sizes)
    ]
    out = {}
    for target in itertools.product(range(2), repeat=3):
        chosen = dict(zip(kept, target, strict=True))
        out[target] = sum(
            value * math.prod(maps[k][chosen.get(k, 0)][j] for k, j in enumerate(index))
            for index, value in entries.items()
        )
    return {index: Fraction(value) for index, value in out.items()}


def _hyperdeterminant(a: dict) -> Fraction:
    """Cayley's, of a 2 x 2 x 2 tensor: the discriminant of det(x A_0 + y A_1)."""
    (p, q, r, s), (t, u, v, w) = ([a[i, 0, 0], a[i, 0, 1], a[i, 1, 0], a[i, 1, 1]] for i in range(2))
    middle = p * w + t * s - q * v - u * r
    return middle * middle - 4 * (p * s - q * r) * (t * w - u * v)


def no_secant(basis: list[list[Fraction]], sizes: list[int]) -> bool:
    """Whether the 3 x 3 minors of the flattenings have no common zero but 0 in the span (modulo a large prime)."""
    unknowns = len(basis)
    vectors = [[_residue(v) for v in vector] for vector in basis]
    indices = list(itertools.product(*map(range, sizes)))
    entries = {
        i: {tuple(int(a == b) for b in range(unknowns)): vector[c] for a, vector in enumerate(vectors) if vector[c]}
        for c, i in enumerate(indices)
    }
    minors = [m for table in _flattenings(entries, sizes) for m in _minors(table) if m]
    rows = _independent(minors, unknowns)
    for degree in range(3, MOST_DEGREE + 1):
        order = [m for m in monomials(unknowns, degree) if sum(m) == degree]
        shifts = [m for m in monomials(unknowns, degree - 3) if sum(m) == degree - 3]
        shifted = [{_sum(m, s): c for m, c in f.items()} for f in rows for s in shifts]
        if shifted and len(reduced(shifted, order, PRIME)) == len(order):
            return True
    return False


def _independent(minors: list, unknowns: int) -> list:
    order = [m for m in monomials(unknowns, 3) if sum(m) == 3]
    return reduced(minors, order, PRIME) if minors else []


def _sum(a: tuple, b: tuple) -> tuple:
    return tuple(x + y for x, y in zip(a, b, strict=True))


def _minors(table: list) -> Iterator[dict]:
    """Some of the 3 x 3 minors (fewer equations prove less, never more)."""
    if len(table) < 3 or len(table[0]) < 3:
        return
    rng = random.Random(0)
    for _ in range(MOST_MINORS):
        yield _minor(table, rng.sample(range(len(table)), 3), rng.sample(range(len(table[0])), 3))


def _minor(table: list, rows: list, cols: list) -> dict:
    out: dict = {}
    for order in itertools.permutations(range(3)):
        sign = 1 if order in ((0, 1, 2), (1, 2, 0), (2, 0, 1)) else -1
        factors = [table[r][cols[c]] for r, c in zip(rows, order, strict=True)]
        for terms in itertools.product(*(f.items() for f in factors)):
            at = tuple(map(sum, zip(*(m for m, _ in terms), strict=True)))
            out[at] = (out.get(at, 0) + sign * math.prod(c for _, c in terms)) % PRIME
    return {m: c for m, c in out.items() if c}


def _residue(value: Fraction) -> int:
    return value.numerator * pow(value.denominator, -1, PRIME) % PRIME
