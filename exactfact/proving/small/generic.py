"""Generic statements over CC: the certificate's conditions against the exact number of classes in the generic fibre.

The number comes from Groebner bases over Q(h) (polynomials.py); the conditions are computed modulo 3 and 5 at every
point (theory 6.1, 6.2, 7.1b, 7.3, 7.4, 7.5, 7.7, 7.8).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations, product
from math import factorial, prod
from typing import NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import (
    LARGE,
    Point,
    Rows,
    Vector,
    kernel,
    lifted,
    lines,
    rank,
    tensor,
    times,
    vectors,
)
from exactfact.proving.small.lattice import basis, monomials, quotient, residue
from exactfact.proving.small.operators import Operator, jacobian_rank, tangent_tensors, value
from exactfact.proving.small.polynomials import INFINITE, classes_at, fibre_length, generic_classes, generic_rank
from exactfact.proving.small.spaces import SPACES, from_rank
from exactfact.proving.small.sums import Sums, all_sums

PRIMES = (3, 5)


class SumsAt(NamedTuple):
    """An operator and an integer point."""

    operator: Sums
    h: Point


class SumsModulo(NamedTuple):
    """An operator, a prime, and a point modulo the prime where one is needed."""

    operator: Sums
    p: int
    h: Point


def dimension(sizes: Vector) -> int:
    """n = 1 + sum (S_k - 1)."""
    return 1 + sum(s - 1 for s in sizes)


def _modulo(case: Sums, p: int) -> Operator:
    return Operator(p, case.sizes, case.rows)


def _directions(sizes: Vector, p: int) -> Iterator[Point]:
    """All points mod p up to scalars in each layer, which change no rank here."""
    return product(*(lines(p, s) for s in sizes))


def regular_points(case: Sums, p: int) -> Iterator[Point]:
    """The points mod p, up to scalars, at which the Jacobian has rank n."""
    n = dimension(case.sizes)
    if len(case.rows) >= n:
        operator = _modulo(case, p)
        yield from (h for h in _directions(case.sizes, p) if jacobian_rank(operator, h) == n)


@cache
def full_jacobian(case: Sums) -> bool:
    """6.1: the Jacobian has rank n at some point modulo some prime."""
    return any(True for p in PRIMES for _ in regular_points(case, p))


def finite_fibre(case: Sums) -> str | None:
    """The generic complex fibre has finitely many classes."""
    return None if generic_classes(*case) != INFINITE else "the generic complex fibre has infinitely many classes"


def points_of_sums(_: int, size: int) -> Iterator[SumsAt]:
    """All operators at all points with entries 0 and 1 without zero layers, phi(h) != 0."""
    for case in all_sums(RATIONALS, size):
        for h in product(*(vectors(2, s)[1:] for s in case.sizes)):
            if any(value(_modulo(case, LARGE), h)):
                yield SumsAt(case, h)


def deficient(case: SumsAt) -> bool:
    """6.2: the generic rank of the Jacobian is below n."""
    return generic_rank(*case.operator) < dimension(case.operator.sizes)


def infinite_at(case: SumsAt) -> str | None:
    """The complex fibre of h has infinitely many classes."""
    found = classes_at(case.operator.rows, case.h)
    return None if found == INFINITE else f"the complex fibre of h has {found} classes"


def with_spaces(size: int, *, most: int = 0) -> Iterator[Sums]:
    """The family of sums, and the row spaces of dimension n to n + most."""
    yield from all_sums(RATIONALS, size)
    yield from from_rank(size, 0, most)


@cache
def two_branches(case: Sums) -> bool:
    """7.1b: rank A = n and two inequivalent points with one value, both with Jacobian of rank n."""
    n = dimension(case.sizes)
    if len(case.rows) != n:
        return False
    operator = _modulo(case, LARGE)
    entries = range(-2, 3) if lifted(case.sizes) <= 4 else range(-1, 2)
    found: dict[Vector, set[Vector]] = defaultdict(set)
    for h in product(*(product(entries, repeat=s) for s in case.sizes)):
        t = tensor(h, LARGE)
        y = times(case.rows, t, LARGE)
        if any(y) and t not in found[y] and jacobian_rank(operator, h) == n:
            found[y].add(t)
            if len(found[y]) > 1:
                return True
    return False


def several_classes(case: Sums) -> str | None:
    """The generic complex fibre has at least two classes."""
    found = generic_classes(*case)
    return None if found >= 2 else f"the generic complex fibre has {found} classes"


def points_modulo(_: int, size: int) -> Iterator[SumsModulo]:
    """All operators of the two families at all points modulo 3 and 5, up to scalars, with phi(h) != 0."""
    for case in with_spaces(size, most=1):
        for p in PRIMES if lifted(case.sizes) <= 4 else PRIMES[:1]:
            points = (h for h in _directions(case.sizes, p) if any(value(_modulo(case, p), h)))
            yield from (SumsModulo(case, p, h) for h in points)


@lru_cache(maxsize=2)
def fibre_bound(case: SumsModulo) -> int:
    """7.3, 7.3': the least c = H(d) <= d <= 2 at the point; 0 where there is none."""
    operator, p, h = case
    y = value(_modulo(operator, p), h)
    lengths = ((fibre_length(operator.rows, operator.sizes, d, p, y), d) for d in (1, 2))
    return next((c for c, d in lengths if c <= d), 0)


def within_bound(case: SumsModulo) -> str | None:
    """The generic complex fibre has at most c classes; for c = 1 so has that of the integer point that lifts h."""
    found, bound = generic_classes(*case.operator), fibre_bound(case)
    if not 0 < found <= bound:
        return f"c = {bound}, but the generic fibre has {found} classes (-1: infinite)"
    at = classes_at(case.operator.rows, case.h) if bound == 1 else 1
    return None if at == 1 else f"c = 1, but the fibre of the integer point {case.h} has {at} classes (-1: infinite)"


def modulo_primes(_: int, size: int) -> Iterator[SumsModulo]:
    """All sums of rank <= n with the prime 3, all row spaces of dimension n with the primes 2, 3 and 5."""
    for case in all_sums(RATIONALS, size):
        if len(case.rows) <= dimension(case.sizes):
            yield SumsModulo(case, 3, ())
    for case in from_rank(size, 0, 0):
        yield from (SumsModulo(case, p, ()) for p in (2, *PRIMES))


def full_degree(case: SumsModulo) -> bool:
    """7.4: H_0(d) = 0 modulo the prime for some d <= 3."""
    operator, p, _ = case
    return any(fibre_length(operator.rows, operator.sizes, d, p, None) == 0 for d in (1, 2, 3))


def multinomial(case: SumsModulo) -> str | None:
    """(n - 1)!/prod (S_k - 1)! classes."""
    sizes = case.operator.sizes
    expected = factorial(dimension(sizes) - 1) // prod(factorial(s - 1) for s in sizes)
    found = generic_classes(*case.operator)
    return None if found == expected else f"{found} classes, the degree is {expected}"


@cache
def tangent_test(case: Sums) -> bool:
    """7.7, L1, at some point modulo 3 or 5."""
    return any(_tangent_at(case, p, h) for p in PRIMES for h in regular_points(case, p))


def _tangent_at(case: Sums, p: int, h: Point) -> bool:
    image = [times(case.rows, t, p) for t in tangent_tensors(p, h)]
    forms = [
        tuple(sum(c * row[i] for c, row in zip(f, case.rows, strict=True)) % p for i in range(lifted(case.sizes)))
        for f in kernel(image, len(case.rows), p)
    ]
    for k, size in enumerate(case.sizes):
        rows = [row for form in forms for row in slices(case.sizes, form, k)]
        if rank(rows, p) == lifted(case.sizes) // size - 1:
            return True
    return False


def slices(sizes: Vector, entries: Vector, k: int) -> list[Vector]:
    """The slices of a tensor along layer k."""
    after = prod(sizes[k + 1 :])
    return [tuple(t for i, t in enumerate(entries) if i // after % sizes[k] == j) for j in range(sizes[k])]


def one_class(case: Sums) -> str | None:
    """Generic identifiability over CC."""
    found = generic_classes(*case)
    return None if found == 1 else f"the generic complex fibre has {found} classes (-1: infinite)"


@cache
def propagated(case: Sums) -> Rows:
    """7.8: the largest Lambda that steps at one point without zero entries reach, over all such points modulo 5."""
    best: Rows = ()
    for h in _directions(case.sizes, 5):
        if all(map(all, h)):
            found = _propagate(case, h, 5)
            if len(found) > len(best) or (found != best and all(not any(residue(v, found)) for v in best)):
                best = found
    return best


def _propagate(case: Sums, h: Point, p: int) -> Rows:
    exponents, values = monomials(case.sizes), tensor(h, p)
    steps = [rows for n in (1, 2, 3) for rows in combinations(case.rows, n)]
    reached: Rows = ()
    while True:
        grown = list(reached)
        for rows in steps:
            groups: dict[Vector, list[int]] = defaultdict(list)
            for i, v in enumerate(exponents):
                if any(row[i] for row in rows):
                    groups[residue(v, reached)].append(i)
            matrix = [
                [sum(row[i] * values[i] * pow(values[c[0]], -1, p) for i in c) for c in groups.values()]
                for row in rows
            ]
            if rank(matrix, p) == len(groups):
                grown += [exponents[members[0]] for members in groups.values()]
        now = basis(grown)
        if now == reached:
            return reached
        reached = now


def observed(case: Sums) -> list[Vector]:
    """v(i) for the nonzero columns of A."""
    return [v for i, v in enumerate(monomials(case.sizes)) if any(row[i] for row in case.rows)]


def determined(case: Sums) -> bool:
    """7.8: phi != 0, every entry is used, and Lambda = L or [L_0 : Lambda] is finite."""
    used = observed(case)
    if not used or not all(map(any, zip(*used, strict=True))):
        return False
    reached = propagated(case)
    return basis(used) == reached or quotient(case.sizes, reached)[0] == 0


def torsor(case: Sums) -> str | None:
    """The count of 7.8(iii), or the bound of (iv)."""
    reached = propagated(case)
    free, torsion = quotient(case.sizes, reached)
    found = generic_classes(*case)
    if basis(observed(case)) != reached:
        return None if 0 < found <= prod(torsion) else f"{found} classes, the index of Lambda is {prod(torsion)}"
    expected = INFINITE if free else prod(torsion)
    return None if found == expected else f"{found} classes, the lattice says {expected} (-1: infinite)"


FAMILY = (
    "all operators whose outputs are sums of entries of P(h), no entry in two of them, K >= 2, S_k >= 2 "
    "(up to permutations of layers, entries, outputs)"
)
SIZE = "N = S_1 ... S_K"


def over_cc(statement: str, claim: str, conclusion: object, hypothesis: object = None, **more: object) -> SmallCase:
    """A case over the family of sums, decided by Groebner bases unless `sympy` says otherwise."""
    sizes = {"full": {RATIONALS: 8}, "quick": {RATIONALS: 4}}
    settings: dict[str, object] = {**sizes, "cases": all_sums, "range": FAMILY, "sympy": True, **more}
    return SmallCase(statement, claim, size=SIZE, conclusion=conclusion, hypothesis=hypothesis, **settings)  # type: ignore[arg-type]


CASES = [
    over_cc(
        "6.1",
        "a Jacobian of rank n at one point modulo one prime gives finitely many classes in the generic complex fibre",
        finite_fibre,
        full_jacobian,
        range=f"{FAMILY}, all points modulo 3 and 5",
        full={RATIONALS: 6},
    ),
    over_cc(
        "6.2",
        "a generic Jacobian rank below n gives infinitely many classes in the complex fibre of every h "
        "with phi(h) != 0",
        infinite_at,
        deficient,
        cases=points_of_sums,
        range=f"{FAMILY}, all h with entries 0 and 1 without zero layers",
        full={RATIONALS: 6},
    ),
    over_cc(
        "7.1b",
        "with rank A = n, two inequivalent points of one value and Jacobians of rank n give at least "
        "two classes generically",
        several_classes,
        two_branches,
        cases=lambda _, size: with_spaces(size),
        range=f"{FAMILY}, and {SPACES} of dimension n; all points with entries -2 .. 2 (N = 4) or -1, 0, 1",
        full={RATIONALS: 6},
    ),
    over_cc(
        "7.3",
        "H(d) = c <= d at one point modulo one prime with phi(h) != 0 bounds the classes of the generic "
        "complex fibre by c; c = 1 makes the integer point above it identifiable over CC",
        within_bound,
        lambda case: fibre_bound(case) > 0,
        cases=points_modulo,
        range=f"{FAMILY}, and {SPACES} of dimension n and n + 1; d <= 2, all points modulo 3 (for N = 4 also 5) up to "
        "scalars",
        full={RATIONALS: 6},
    ),
    over_cc(
        "7.4",
        "rank A <= n and H_0(d) = 0 modulo one prime give exactly (n-1)!/prod (S_k-1)! classes in the "
        "generic complex fibre",
        multinomial,
        full_degree,
        cases=modulo_primes,
        range=f"{FAMILY} of rank <= n modulo 3, and {SPACES} of dimension n modulo 2, 3 and 5; d <= 3",
    ),
    over_cc(
        "7.7",
        "the tangent test (L1) at one point modulo one prime gives generic identifiability over CC",
        one_class,
        tangent_test,
        range=f"{FAMILY}, all points modulo 3 and 5",
    ),
    over_cc(
        "7.8",
        "propagation of monomials counts (Lambda = L) or bounds ([L_0 : Lambda] finite) the classes of "
        "the generic complex fibre",
        torsor,
        determined,
        range=f"{FAMILY}, steps of up to 3 outputs, all points without zero entries modulo 5",
        full={RATIONALS: 6},
    ),
]
