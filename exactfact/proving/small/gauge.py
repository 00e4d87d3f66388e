"""Linear fields that keep A P(h), against the exact Jacobian rank and generic fibre (theory 6.3, 6.4, 6.5)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from exactfact.proving.small.case import RATIONALS
from exactfact.proving.small.finite import LARGE, Point, Rows, Vector, kernel, rank, tensor, times
from exactfact.proving.small.generic import FAMILY, finite_fibre, over_cc
from exactfact.proving.small.operators import unit
from exactfact.proving.small.polynomials import finitely_many_values, generic_rank
from exactfact.proving.small.sums import Sums, all_sums

Field = tuple[Rows, ...]  # D_1, .., D_K


class Ratio(NamedTuple):
    """The parameter h_{k,j} / h_{k,0} of an operator, indices from 0."""

    operator: Sums
    layer: int
    entry: int


@cache
def linear_fields(case: Sums) -> tuple[Field, ...]:
    """A basis of all D with A (sum_k 1 x D_k x 1) = 0, modulo a prime above all minors of the system.

    An unknown is an entry (k, j, i) of D_k: it sends e_i in layer k to e_j. One equation an output and a multi-index.
    """
    unknowns = [(k, j, i) for k, s in enumerate(case.sizes) for j in range(s) for i in range(s)]
    columns = []
    for k, j, i in unknowns:
        column: list[int] = []
        for index in product(*map(range, case.sizes)):
            moved = [unit(s, j if n == k else m) for n, (s, m) in enumerate(zip(case.sizes, index, strict=True))]
            hit = index[k] == i
            column += times(case.rows, tensor(moved, LARGE), LARGE) if hit else (0,) * len(case.rows)
        columns.append(column)
    system = list(zip(*columns, strict=True))
    return tuple(_matrices(case.sizes, v) for v in kernel(system, len(unknowns), LARGE))


def _matrices(sizes: Vector, flat: Vector) -> Field:
    result, start = [], 0
    for s in sizes:
        result.append(tuple(flat[start + j * s : start + (j + 1) * s] for j in range(s)))
        start += s * s
    return tuple(result)


def _at(field: Field, h: Point) -> Vector:
    return sum((times(d, layer, LARGE) for d, layer in zip(field, h, strict=True)), ())


def _point(sizes: Vector) -> Point:
    """A point with different primes as entries."""
    primes = iter((2, 3, 5, 7, 11, 13, 17, 19, 23))
    return tuple(tuple(next(primes) for _ in range(s)) for s in sizes)


def independent(case: Sums) -> int:
    """t: the rank of all fields at one point."""
    h = _point(case.sizes)
    return rank([_at(field, h) for field in linear_fields(case)], LARGE)


def jacobian_bound(case: Sums) -> str | None:
    """6.3: the generic Jacobian rank is at most sum S_k - t."""
    found, bound = generic_rank(*case), sum(case.sizes) - independent(case)
    return None if found <= bound else f"the Jacobian has rank {found}, t = {independent(case)}"


def more_than_scalings(case: Sums) -> bool:
    """6.4: some field moves the class of a point: t >= K."""
    return independent(case) >= len(case.sizes)


def infinite_fibre(case: Sums) -> str | None:
    """The generic complex fibre has infinitely many classes."""
    return "the generic complex fibre has finitely many classes" if finite_fibre(case) is None else None


def ratios(_: int, size: int) -> Iterator[Ratio]:
    """All h_{k,j} / h_{k,0} of all operators."""
    for case in all_sums(RATIONALS, size):
        if case.rows:
            yield from (Ratio(case, k, j) for k, s in enumerate(case.sizes) for j in range(1, s))


def moved(case: Ratio) -> bool:
    """Whether some field changes the ratio at one point."""
    h = _point(case.operator.sizes)
    first, other = h[case.layer][0], h[case.layer][case.entry]
    for field in linear_fields(case.operator):
        image = times(field[case.layer], h[case.layer], LARGE)
        if (image[case.entry] * first - image[0] * other) % LARGE:
            return True
    return False


def decided(case: Ratio) -> bool:
    """6.5: a field moves the ratio, or the fields span the kernel of the Jacobian generically."""
    operator = case.operator
    return moved(case) or generic_rank(*operator) == sum(operator.sizes) - independent(operator)


def values_of_ratio(case: Ratio) -> str | None:
    """Moved: infinitely many values on the generic complex fibre; otherwise finitely many."""
    finite = finitely_many_values(case.operator.sizes, case.operator.rows, case.layer, case.entry)
    if finite != moved(case):
        return None
    return "a field moves the ratio, which takes finitely many values" if finite else "infinitely many values"


CASES = [
    over_cc(
        "6.3",
        "t independent linear fields bound the generic rank of the Jacobian by sum S_k - t",
        jacobian_bound,
        range=f"{FAMILY}, all their linear fields",
        full={RATIONALS: 6},
    ),
    over_cc(
        "6.4",
        "a linear field beyond the scalings gives infinitely many classes in the generic complex fibre",
        infinite_fibre,
        more_than_scalings,
        range=f"{FAMILY}, all their linear fields; over CC only, where the theory speaks of every field of "
        "characteristic 0",
        full={RATIONALS: 6},
    ),
    over_cc(
        "6.5",
        "h_kj/h_k1 takes infinitely many values on the generic complex fibre if a linear field moves it, finitely many "
        "if none does and the fields span the kernel of the Jacobian",
        values_of_ratio,
        decided,
        cases=ratios,
        range=f"{FAMILY}, all ratios to the first entry of a layer",
        full={RATIONALS: 6},
    ),
]
