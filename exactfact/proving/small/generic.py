"""Generic statements over CC: the certificate's conditions against the exact number of classes in the generic fibre.

The number comes from Groebner bases over Q(h) (polynomials.py); the conditions are computed modulo 3 and 5 at every
point (theory 6.1, 6.2, 7.1b, 7.3, 7.4, 7.5, 7.7, 7.8).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from math import factorial, prod
from typing import NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import Point, Rows, Vector, kernel, lifted, lines, rank, tensor, times, vectors
from exactfact.proving.small.lattice import basis, monomials, quotient, residue
from exactfact.proving.small.operators import Operator, jacobian_rank, tangent_tensors, value
from exactfact.proving.small.polynomials import INFINITE, classes_at, fibre_length, generic_classes, generic_rank
from exactfact.proving.small.sums import Sums, all_sums

PRIMES = (3, 5)
LARGE = 2**61 - 1  # above every minor that occurs here


class SumsAt(NamedTuple):
    """An operator and an integer point."""

    operator: Sums
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


@cache
def two_branches(case: Sums) -> bool:
    """7.1b: rank A = n and two inequivalent points of entries -1, 0, 1 with one value, both with Jacobian of rank n."""
    n = dimension(case.sizes)
    if len(case.rows) != n:
        return False
    operator = _modulo(case, LARGE)
    found: dict[Vector, set[Vector]] = defaultdict(set)
    for h in product(*(product((-1, 0, 1), repeat=s) for s in case.sizes)):
        entries = tensor(h, LARGE)
        y = times(case.rows, entries, LARGE)
        if any(y) and entries not in found[y] and jacobian_rank(operator, h) == n:
            found[y].add(entries)
            if len(found[y]) > 1:
                return True
    return False


def several_classes(case: Sums) -> str | None:
    """The generic complex fibre has at least two classes."""
    found = generic_classes(*case)
    return None if found >= 2 else f"the generic complex fibre has {found} classes"


@cache
def fibre_bound(case: Sums) -> int:
    """7.3, 7.3': the least c = H(d) <= d <= 2 of all points modulo 3 and 5 with phi(h) != 0; 0 where there is none."""
    best = 0
    for p in PRIMES:
        for h in _directions(case.sizes, p):
            y = value(_modulo(case, p), h)
            lengths = [(fibre_length(case.rows, case.sizes, d, p, y), d) for d in (1, 2)] if any(y) else []
            best = min([c for c, d in lengths if c <= d] + ([best] if best else []), default=0)
            if best == 1:
                return 1
    return best


def within_bound(case: Sums) -> str | None:
    """The generic complex fibre has at most c classes."""
    found, bound = generic_classes(*case), fibre_bound(case)
    return None if 0 < found <= bound else f"c = {bound}, but the generic fibre has {found} classes (-1: infinite)"


def full_degree(case: Sums) -> bool:
    """7.4: rank A <= n and H_0(d) = 0 modulo 3 for some d <= 3."""
    if len(case.rows) > dimension(case.sizes):
        return False
    return any(fibre_length(case.rows, case.sizes, d, 3, None) == 0 for d in (1, 2, 3))


def multinomial(case: Sums) -> str | None:
    """(n - 1)!/prod (S_k - 1)! classes."""
    expected = factorial(dimension(case.sizes) - 1) // prod(factorial(s - 1) for s in case.sizes)
    found = generic_classes(*case)
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


def _over_cc(statement: str, claim: str, conclusion: object, hypothesis: object, **more: object) -> SmallCase:
    settings: dict[str, object] = {"full": {RATIONALS: 8}, "quick": {RATIONALS: 4}, "cases": all_sums, "range": FAMILY}
    settings.update(more)
    return SmallCase(statement, claim, size=SIZE, conclusion=conclusion, hypothesis=hypothesis, sympy=True, **settings)  # type: ignore[arg-type]


CASES = [
    _over_cc(
        "6.1",
        "a Jacobian of rank n at one point modulo one prime gives finitely many classes in the generic complex fibre",
        finite_fibre,
        full_jacobian,
        range=f"{FAMILY}, all points modulo 3 and 5",
        full={RATIONALS: 6},
    ),
    _over_cc(
        "6.2",
        "a generic Jacobian rank below n gives infinitely many classes in the complex fibre of every h "
        "with phi(h) != 0",
        infinite_at,
        deficient,
        cases=points_of_sums,
        range=f"{FAMILY}, all h with entries 0 and 1 without zero layers",
        full={RATIONALS: 6},
    ),
    _over_cc(
        "7.1b",
        "with rank A = n, two inequivalent points of one value and Jacobians of rank n give at least "
        "two classes generically",
        several_classes,
        two_branches,
        range=f"{FAMILY}, all points with entries -1, 0, 1",
        full={RATIONALS: 6},
    ),
    _over_cc(
        "7.3",
        "H(d) = c <= d at one point modulo one prime with phi(h) != 0 bounds the classes of the generic "
        "complex fibre by c",
        within_bound,
        lambda case: fibre_bound(case) > 0,
        range=f"{FAMILY}, d <= 2, all points modulo 3 and 5 until one certifies c = 1",
        full={RATIONALS: 6},
    ),
    _over_cc(
        "7.4",
        "rank A <= n and H_0(d) = 0 modulo one prime give exactly (n-1)!/prod (S_k-1)! classes in the "
        "generic complex fibre",
        multinomial,
        full_degree,
        range=f"{FAMILY}, d <= 3 modulo 3",
    ),
    _over_cc(
        "7.7",
        "the tangent test (L1) at one point modulo one prime gives generic identifiability over CC",
        one_class,
        tangent_test,
        range=f"{FAMILY}, all points modulo 3 and 5",
    ),
    _over_cc(
        "7.8",
        "propagation of monomials counts (Lambda = L) or bounds ([L_0 : Lambda] finite) the classes of "
        "the generic complex fibre",
        torsor,
        determined,
        range=f"{FAMILY}, steps of up to 3 outputs, all points without zero entries modulo 5",
        full={RATIONALS: 6},
    ),
]
