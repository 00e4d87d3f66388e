"""Fibres when the nonzero columns are independent: lattices against enumeration (theory 9.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from math import gcd, prod
from typing import NamedTuple

from exactfact.proving.small.case import SmallCase
from exactfact.proving.small.finite import Vector, classes, lifted
from exactfact.proving.small.lattice import monomials, quotient
from exactfact.proving.small.operators import tensor_shapes
from exactfact.proving.small.sums import permutations_of_indices


class Observed(NamedTuple):
    """The entries of P(h) that are observed, as a mask of 0 and 1 in lexicographic order."""

    field: int
    sizes: Vector
    mask: Vector


def all_masks(p: int, size: int) -> Iterator[Observed]:
    """One of every orbit of nonempty sets of observed entries."""
    for sizes in tensor_shapes(size):
        moves = permutations_of_indices(sizes)
        found = (mask for mask in product((0, 1), repeat=lifted(sizes)) if any(mask))
        least = (mask for mask in found if all(mask <= tuple(mask[i] for i in move) for move in moves))
        yield from (Observed(p, sizes, mask) for mask in least)


def exponents(case: Observed) -> list[Vector]:
    """v(i) of the observed entries."""
    return [v for v, seen in zip(monomials(case.sizes), case.mask, strict=True) if seen]


def every_entry_used(case: Observed) -> bool:
    """Every entry of every layer occurs in an observed entry."""
    return all(map(any, zip(*exponents(case), strict=True)))


def predicted(case: Observed) -> int:
    """The order of Hom(L_0/L, GF(p)*)."""
    free, torsion = quotient(case.sizes, exponents(case))
    units = case.field - 1
    return int(units**free) * prod(gcd(d, units) for d in torsion)


def counts_agree(case: Observed) -> str | None:
    """The number of classes in the fibre of every h without zero entries."""
    fibres: Counter[Vector] = Counter()
    inside = []
    for h, entries in classes(case.field, case.sizes):
        y = tuple(t for t, seen in zip(entries, case.mask, strict=True) if seen)
        fibres[y] += 1
        if all(map(all, h)):
            inside.append((h, y))
    expected = predicted(case)
    wrong = next(((h, fibres[y]) for h, y in inside if fibres[y] != expected), None)
    return None if wrong is None else f"{wrong[1]} classes in the fibre of {wrong[0]}, the lattice says {expected}"


CASES = [
    SmallCase(
        "9.1",
        "the classes in the fibre of every h without zero entries number |Hom(L_0/L, F*)|",
        "every set of observed entries of every shape with K >= 2, S_k >= 2 (up to permutations of layers and entries)",
        "N = S_1 ... S_K",
        all_masks,
        counts_agree,
        full={2: 12, 3: 9, 5: 9, 7: 8},
        quick={2: 8, 3: 8, 5: 4, 7: 4},
        hypothesis=every_entry_used,
    ),
]
