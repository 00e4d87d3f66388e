"""Rescalings of single parameters that never change phi, from the list of nonzero columns of A (theory 9.1).

t acts by g_{k,j} = t_{k,j} h_{k,j}; phi(th) = phi(h) for all h iff t_{1,i_1} ... t_{K,i_K} = 1 for every column A_i
that is not zero.  Modulo the scalings of the layers these t have dimension n - rank L.
"""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction

from flint import fmpz_mat

from . import brute
from .border import solve
from .dense import evaluate
from .exact import rank
from .expand import Dense
from .fibres import PRIME, at_unknowns, modular, system

MOST_POINTS = 20_000


def lattice(arch: Dense) -> list[list[int]]:
    """The exponent vectors of the nonzero columns."""
    starts = [0, *itertools.accumulate(arch.sizes)]
    rows = []
    for index, column in brute.columns(arch).items():
        if any(column):
            row = [0] * starts[-1]
            for start, j in zip(starts, index, strict=False):
                row[start + j] = 1
            rows.append(row)
    return rows


def dimension(arch: Dense) -> int:
    """Of the group modulo the scalings of the layers."""
    return brute.dimension(arch) - rank(lattice(arch))


def components(arch: Dense, over: str) -> int:
    """Components of the group over CC, RR or QQ: homomorphisms of the torsion, from the Smith form of the lattice."""
    form = fmpz_mat(lattice(arch)).snf()
    divisors = [abs(int(form[i, i])) for i in range(min(form.nrows(), form.ncols())) if form[i, i] != 0]
    return math.prod(d if over == "CC" else math.gcd(d, 2) for d in divisors)


def orbits(arch: Dense, seed: int = 0) -> int | None:
    """Orbits of the whole group in a generic complex fibre, without zero entries; None: too large or infinitely many.

    The group moves every such g to one that agrees with h on a set of coordinates that complements the lattice; `index`
    elements of the group leave these coordinates as they are, and move every other point with nonzero entries.
    """
    rng = random.Random(f"orbits {seed}")
    fixed, index = _complement(lattice(arch), sum(arch.sizes), rng)
    reduced = modular(arch)
    found = {_count(reduced, fixed, rng) for _ in range(2)}
    count = found.pop()
    return None if found or count is None else -(-count // index)


def at_point(arch: Dense) -> bool | None:
    """Whether the fibre of h*, which has no zero entry, is one orbit of the group; None: too large to say.

    Over GF(p) all points are tried. Over CC the solutions of the system mod PRIME that agree with h* on a complement of
    the lattice are counted, with multiplicity; rivals with zeros elsewhere are among them.
    """
    h = arch.point
    if arch.p:
        return _one_orbit(arch) if arch.p ** sum(arch.sizes) <= MOST_POINTS else None
    fixed, index = _complement(lattice(arch), sum(arch.sizes), random.Random("at a point"))
    values = [[int(Fraction(x).numerator * pow(Fraction(x).denominator, -1, PRIME) % PRIME) for x in row] for row in h]
    known = dict(zip(fixed, ([v for row in values for v in row][i] for i in fixed), strict=True))
    layers, unknowns = at_unknowns(modular(arch), known)
    found = solve(system(layers, evaluate(modular(arch).layers, values, PRIME), unknowns, PRIME), unknowns, PRIME)
    return None if found is None else found.dimension <= index


def _one_orbit(arch: Dense) -> bool:
    """Every rival has no zero entry, and its quotient by h* is 1 on the lattice."""
    p, h = arch.p, [x for row in arch.point for x in row]
    target, rows = evaluate(arch.layers, arch.point, p), lattice(arch)
    starts = [0, *itertools.accumulate(arch.sizes)]
    for flat in itertools.product(range(p), repeat=len(h)):
        if evaluate(arch.layers, [list(flat[a:b]) for a, b in itertools.pairwise(starts)], p) != target:
            continue
        if not all(flat):
            return False
        ratios = [x * pow(y, -1, p) % p for x, y in zip(flat, h, strict=True)]
        if any(math.prod(pow(t, e, p) for t, e in zip(ratios, row, strict=True)) % p != 1 for row in rows):
            return False
    return True


def _count(arch: Dense, fixed: list[int], rng: random.Random) -> int | None:
    h = [[rng.randrange(1, PRIME) for _ in range(s)] for s in arch.sizes]
    known = dict(zip(fixed, ([v for layer in h for v in layer][i] for i in fixed), strict=True))
    layers, unknowns = at_unknowns(arch, known)
    found = solve(system(layers, evaluate(arch.layers, h, PRIME), unknowns, PRIME), unknowns, PRIME)
    return None if found is None else found.dimension


def _complement(rows: list[list[int]], total: int, rng: random.Random) -> tuple[list[int], int]:
    """Coordinates whose unit vectors complement the rows, and the least index found of what they generate together."""
    best: tuple[list[int], int] = ([], 0)
    for _ in range(20):
        chosen: list[int] = []
        space = list(rows)
        size = rank(space)
        for i in rng.sample(range(total), total):
            if size == total:
                break
            unit = [int(i == j) for j in range(total)]
            if rank([*space, unit]) > size:
                space.append(unit)
                chosen.append(i)
                size += 1
        form = fmpz_mat(space).snf()
        index = math.prod(abs(int(form[i, i])) for i in range(total))
        if not best[1] or index < best[1]:
            best = sorted(chosen), index
    return best
