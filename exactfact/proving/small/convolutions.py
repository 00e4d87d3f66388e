"""Chains of polynomial products: factorizations against enumeration and Groebner bases (theory 10.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from math import factorial, prod
from typing import NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import Point, Rows, Vector, lines, nonzero, rank, shapes, tensor, times
from exactfact.proving.small.operators import tangent_tensors
from exactfact.proving.small.polynomials import INFINITE, classes_at, generic_classes


class Forms(NamedTuple):
    """Binary forms h_k of degree d_k = len(h_k) - 1, coefficients of x^0 y^d, x^1 y^(d-1), .."""

    field: int
    h: Point


class Degrees(NamedTuple):
    """Generic forms of these degrees."""

    degrees: Vector


class Sparse(NamedTuple):
    """Laurent polynomials with these supports in Z."""

    supports: tuple[Vector, ...]
    h: Point


def multiplication(supports: tuple[Vector, ...]) -> Rows:
    """The rows of A: the coefficients of the product."""
    found = [sum(chosen) for chosen in product(*supports)]
    return tuple(tuple(int(x == t) for t in found) for x in sorted(set(found)))


def intervals(h: Point) -> tuple[Vector, ...]:
    """The supports {0, .., d_k}."""
    return tuple(tuple(range(len(layer))) for layer in h)


def all_forms(p: int, size: int) -> Iterator[Forms]:
    """All nonzero forms, K = 2 or 3, d_1 >= .. >= d_K >= 1, d_1 + .. + d_K <= size; up to scalars."""
    for degrees in shapes(size, least=1, layers=3):
        if len(degrees) >= 2:
            yield from (Forms(p, h) for h in product(*(lines(p, d + 1) for d in degrees)))


def _times(v: Vector, w: Vector, p: int) -> Vector:
    result = [0] * (len(v) + len(w) - 1)
    for (i, a), (j, b) in product(enumerate(v), enumerate(w)):
        result[i + j] = (result[i + j] + a * b) % p
    return tuple(result)


@cache
def irreducible(p: int, degree: int) -> tuple[Vector, ...]:
    """Irreducible forms of that degree, up to scalars: those that are no product of two of smaller degree."""
    products = {
        _monic(_times(v, w, p), p)
        for d in range(1, degree // 2 + 1)
        for v, w in product(lines(p, d + 1), lines(p, degree - d + 1))
    }
    return tuple(v for v in lines(p, degree + 1) if v not in products)


def _monic(v: Vector, p: int) -> Vector:
    first = next(a for a in v if a)
    return tuple(a * pow(first, -1, p) % p for a in v)


@cache
def factors(form: Vector, p: int) -> tuple[Vector, ...]:
    """The irreducible factors with multiplicity, by trial multiplication."""
    degree = len(form) - 1
    for d in range(1, degree):
        for v in irreducible(p, d):
            for w in lines(p, degree - d + 1):
                if _monic(_times(v, w, p), p) == form:
                    return tuple(sorted((v, *factors(w, p))))
    return (form,) if degree else ()


def splittings(pieces: Counter[Vector], degrees: Vector) -> int:
    """Ways to give every layer a multiset of pieces of its degree, all pieces used."""
    if not degrees:
        return int(not +pieces)
    kinds = sorted(+pieces)
    total = 0
    for chosen in product(*(range(pieces[v] + 1) for v in kinds)):
        if sum(c * (len(v) - 1) for c, v in zip(chosen, kinds, strict=True)) == degrees[0]:
            total += splittings(pieces - Counter(dict(zip(kinds, chosen, strict=True))), degrees[1:])
    return total


@cache
def _fibres(p: int, sizes: Vector) -> Counter[Vector]:
    """How many classes have each product, over all of GF(p)."""
    rows = multiplication(tuple(tuple(range(s)) for s in sizes))
    points = product(nonzero(p, sizes[0]), *(lines(p, s) for s in sizes[1:]))
    return Counter(times(rows, tensor(h, p), p) for h in points)


def classes_by_factors(case: Forms) -> str | None:
    """10.5p: the classes over F with the product of h are the splittings of its irreducible factors."""
    p, h = case
    sizes = tuple(map(len, h))
    pieces = Counter(v for layer in h for v in factors(layer, p))
    expected = splittings(pieces, tuple(s - 1 for s in sizes))
    y = times(multiplication(intervals(h)), tensor(h, p), p)
    found = _fibres(p, sizes)[y]
    return None if found == expected else f"{found} classes, {expected} splittings"


def coprime(case: Forms) -> bool:
    """No two layers have a common factor."""
    pieces = [set(factors(layer, case.field)) for layer in case.h]
    return all(not (a & b) for a, b in combinations(pieces, 2))


def regular_iff_coprime(case: Forms) -> str | None:
    """10.5b: rank J_h = n iff the forms are pairwise coprime."""
    p, h = case
    rows = multiplication(intervals(h))
    found = rank([times(rows, t, p) for t in tangent_tensors(p, h)], p)
    full = found == 1 + sum(len(layer) - 1 for layer in h)
    return None if full == coprime(case) else f"the Jacobian has rank {found}, coprime: {coprime(case)}"


def degree_lists(_: int, size: int) -> Iterator[Degrees]:
    """All degrees with K >= 2 and N = prod (d_k + 1) <= size."""
    for degrees in shapes(size, least=1):
        if len(degrees) >= 2 and prod(d + 1 for d in degrees) <= size:
            yield Degrees(degrees)


def multinomial(case: Degrees) -> str | None:
    """10.5c: D!/prod d_k! classes in the generic complex fibre."""
    sizes = tuple(d + 1 for d in case.degrees)
    found = generic_classes(sizes, multiplication(tuple(tuple(range(s)) for s in sizes)))
    expected = factorial(sum(case.degrees)) // prod(map(factorial, case.degrees))
    return None if found == expected else f"{found} classes, the multinomial is {expected}"


def sparse_products(_: int, size: int) -> Iterator[Sparse]:
    """K = 2, supports in {0, .., size}, coefficients -1, 0, 1, no zero layer."""
    sets = [s for n in (1, 2, 3) for s in combinations(range(size + 1), n)]
    for supports in product(sets, repeat=2):
        for h in product(*(product((0, 1, -1), repeat=len(s)) for s in supports)):
            if all(map(any, h)):
                yield Sparse(supports, h)


def finite_at(case: Sparse) -> str | None:
    """10.5a: finitely many classes over CC in the fibre of h."""
    found = classes_at(multiplication(case.supports), case.h)
    return None if found != INFINITE else "the complex fibre of h has infinitely many classes"


def rational_roots(_: int, size: int) -> Iterator[Forms]:
    """Products of linear forms with roots among 0, 1, -1 and infinity, degrees as in all_forms."""
    linear = ((0, 1), (-1, 1), (1, 1), (1, 0))
    for degrees in shapes(size, least=1, layers=3):
        if len(degrees) >= 2:
            for roots in product(linear, repeat=sum(degrees)):
                parts, start = [], 0
                for d in degrees:
                    parts.append(roots[start : start + d])
                    start += d
                if all(list(part) == sorted(part) for part in parts):
                    yield Forms(RATIONALS, tuple(_expanded(part) for part in parts))


def _expanded(roots: tuple[Vector, ...]) -> Vector:
    result: Vector = (1,)
    for root in roots:
        entries = [0] * (len(result) + 1)
        for i, a in enumerate(result):
            entries[i] += a * root[0]
            entries[i + 1] += a * root[1]
        result = tuple(entries)
    return result


def classes_by_roots(case: Forms) -> str | None:
    """10.5r: the classes over CC are the ways to distribute the roots."""
    linear = ((0, 1), (-1, 1), (1, 1), (1, 0))
    pieces: Counter[Vector] = Counter()
    for layer in case.h:
        for root in linear:
            multiplicity = _multiplicity(layer, root)
            pieces[root] += multiplicity
    expected = splittings(pieces, tuple(len(layer) - 1 for layer in case.h))
    found = classes_at(multiplication(intervals(case.h)), case.h)
    return None if found == expected else f"{found} classes, {expected} ways to distribute the roots"


def _multiplicity(form: Vector, root: Vector) -> int:
    """The order of the factor root[0] y + root[1] x."""
    if root == (1, 0):
        return next(n for n, a in enumerate(reversed(form)) if a)
    point = -root[0] * root[1]
    for n in range(len(form)):
        value = sum(prod(range(i - n + 1, i + 1)) * a * point ** (i - n) for i, a in enumerate(form) if i >= n)
        if value:
            return n
    return len(form)


FORMS = "all products of 2 or 3 binary forms (up to scalars and the order of layers)"
CASES = [
    SmallCase(
        "10.5",
        "for interval supports the generic complex fibre has D!/prod d_k! classes",
        "all chains of full convolutions with interval supports {0, .., d_k}, K >= 2",
        "N = prod (d_k + 1)",
        degree_lists,
        multinomial,
        full={RATIONALS: 9},
        quick={RATIONALS: 6},
        sympy=True,
    ),
    SmallCase(
        "10.5a",
        "without wrap-around every complex fibre of h without zero layers has finitely many classes",
        "all pairs of supports of at most 3 taps in {0, .., max}, all coefficients -1, 0, 1",
        "max",
        sparse_products,
        finite_at,
        full={RATIONALS: 2},
        quick={RATIONALS: 1},
        sympy=True,
    ),
    SmallCase(
        "10.5b",
        "for interval supports the Jacobian at h has rank n iff the forms are pairwise coprime",
        FORMS,
        "d_1 + ... + d_K",
        all_forms,
        regular_iff_coprime,
        full={2: 6, 3: 5, 5: 4},
        quick={2: 5, 3: 3},
    ),
    SmallCase(
        "10.5p",
        "the classes over F with the product of h are the splittings of its irreducible factors among the layers",
        f"{FORMS}, all competitors",
        "d_1 + ... + d_K",
        all_forms,
        classes_by_factors,
        full={2: 6, 3: 5, 5: 4},
        quick={2: 5, 3: 3},
    ),
    SmallCase(
        "10.5r",
        "the classes over CC with the product of h are the ways to distribute its roots among the layers",
        "all products of 2 or 3 forms whose roots are among 0, 1, -1 and infinity",
        "d_1 + ... + d_K",
        rational_roots,
        classes_by_roots,
        full={RATIONALS: 4},
        quick={RATIONALS: 2},
        sympy=True,
    ),
]
