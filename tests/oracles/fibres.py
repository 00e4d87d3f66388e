"""The classes in one fibre of phi, counted over CC, RR and QQ by solving phi(g) = phi(h) exactly.

Each class with phi(h) != 0 has one representative with l_k(g_k) = 1 for random linear forms l_k of all layers but
one, so classes over a field are the solutions over that field of a system in n unknowns.
"""

from __future__ import annotations

import random
from fractions import Fraction
from functools import reduce

from flint import fmpq_poly, fmpz_poly, nmod_mat
from sympy import Poly, Symbol

from .border import MOST_MONOMIALS, Polynomial, Quotient, solve
from .brute import jacobian
from .dense import evaluate
from .expand import Dense

PRIME = 2**63 - 25
EXACT_MONOMIALS = 340
SAMPLES = 2


def generic_counts(arch: Dense, seed: int = 0) -> list[dict[str, int]] | None:
    """For some random rational h the numbers of classes {"CC", "RR", "QQ"} in their fibres.

    None: too large, or infinite.  Only {"CC"} when the exact system is too large.  The complex number is the same at
    all of them; those of RR and QQ may differ from point to point.
    """
    rng = random.Random(f"fibres {seed}")
    complex_counts = {complex_count(arch, rng) for _ in range(2)}
    if len(complex_counts) != 1 or None in complex_counts:
        return None
    (count,) = complex_counts
    if count == 1:
        return [dict.fromkeys(("CC", "RR", "QQ"), 1)]
    points = [[[Fraction(rng.randint(-999, 999)) for _ in range(s)] for s in arch.sizes] for _ in range(SAMPLES)]
    found = [counts_at(arch, h, rng) for h in points]
    return [c for c in found if c is not None and c["CC"] == count] or [{"CC": count}]


def complex_count(arch: Dense, rng: random.Random) -> int | None:
    """Complex classes in a generic fibre, from one random fibre modulo a large prime (generically reduced)."""
    h = [[rng.randrange(PRIME) for _ in range(s)] for s in arch.sizes]
    found = _fibre(modular(arch), h, rng)
    return None if found is None else found.dimension


def counts_at(arch: Dense, h: list, rng: random.Random | None = None) -> dict[str, int] | None:
    """Classes over CC, RR and QQ in the fibre of a rational h with phi(h) != 0; None: too large or infinite.

    h is one of them: a chart in which no rational class is found misses h, and another one is taken.
    """
    rng = rng or random.Random(str(h))
    while True:
        found = _fibre(arch, h, rng, EXACT_MONOMIALS)
        counts = None if found is None else _solutions(found, rng)
        if counts is None or counts["QQ"]:
            return counts


def modular(arch: Dense) -> Dense:
    """The architecture modulo the prime of this file."""
    return Dense(PRIME, [[[[_residue(v) for v in row] for row in m] for m in x] for x in arch.layers], [], None)


def _residue(value: Fraction | int) -> int:
    return value.numerator * pow(value.denominator, -1, PRIME) % PRIME


def _fibre(arch: Dense, h: list, rng: random.Random, most: int = MOST_MONOMIALS) -> Quotient | None:
    """The algebra of the fibre in a random chart."""
    layers, unknowns = _chart(arch, rng)
    target = evaluate(arch.layers, h, arch.p)
    assert any(map(any, target)), "phi(h) is zero"
    return solve(system(layers, target, unknowns, arch.p), unknowns, arch.p, most)


def system(layers: list, target: list, unknowns: int, p: int) -> list[Polynomial]:
    """The entries of the product of matrices of polynomials, minus those of the target."""
    product = reduce(lambda a, b: _product(a, b, p), layers)
    zero = (0,) * unknowns
    return [
        _plus(f, {zero: -value}, p)
        for row, values in zip(product, target, strict=True)
        for f, value in zip(row, values, strict=True)
    ]


def _chart(arch: Dense, rng: random.Random) -> tuple[list, int]:
    """The layers as matrices of polynomials in n unknowns: all of a largest layer, l_k = 1 on the others.

    Coefficients of l_k are not small, so that no small vector lies where l_k is zero.
    """
    sizes = arch.sizes
    free = sizes.index(max(sizes))
    unknowns = sum(sizes) - len(sizes) + 1
    vectors, start = [], 0
    for k, size in enumerate(sizes):
        count = size - (k != free)
        vector = [{_unit(start + j, unknowns): 1} for j in range(count)]
        if k != free:
            last = {_unit(start + j, unknowns): rng.choice((-1, 1)) * rng.randint(101, 997) for j in range(count)}
            vector.insert(rng.randrange(size), {(0,) * unknowns: 1, **last})
        start += count
        vectors.append(vector)
    return [_matrix(m, v, arch.p) for m, v in zip(arch.layers, vectors, strict=True)], unknowns


def at_unknowns(arch: Dense, known: dict[int, object]) -> tuple[list, int]:
    """The layers as matrices of polynomials in all parameters (counted through the layers) but the known ones."""
    unknowns = sum(arch.sizes) - len(known)
    vectors, place, count = [], 0, 0
    for size in arch.sizes:
        vector = []
        for _ in range(size):
            vector.append({(0,) * unknowns: known[place]} if place in known else {_unit(count, unknowns): 1})
            count += place not in known
            place += 1
        vectors.append(vector)
    return [_matrix(m, v, arch.p) for m, v in zip(arch.layers, vectors, strict=True)], unknowns


def _matrix(matrices: list, vector: list[Polynomial], p: int) -> list:
    """sum_j f_j M(e_j) for polynomials f_j."""
    rows, cols = len(matrices[0]), len(matrices[0][0])
    matrix: list = [[{} for _ in range(cols)] for _ in range(rows)]
    for f, m in zip(vector, matrices, strict=True):
        for r, row in enumerate(m):
            for c, value in enumerate(row):
                if value:
                    matrix[r][c] = _plus(matrix[r][c], {x: y * value for x, y in f.items()}, p)
    return matrix


def _unit(i: int, unknowns: int) -> tuple[int, ...]:
    return tuple(int(i == j) for j in range(unknowns))


def _plus(f: Polynomial, g: Polynomial, p: int) -> Polynomial:
    total = dict(f)
    for m, c in g.items():
        value = total.get(m, 0) + c
        total[m] = value % p if p else value
    return {m: c for m, c in total.items() if c}


def _times(f: Polynomial, g: Polynomial, p: int) -> Polynomial:
    total: Polynomial = {}
    for m, c in f.items():
        for n, d in g.items():
            at = tuple(a + b for a, b in zip(m, n, strict=True))
            total[at] = total.get(at, 0) + c * d
    return {m: c % p if p else c for m, c in total.items() if (c % p if p else c)}


def _product(a: list, b: list, p: int) -> list:
    def entry(row: list, col: tuple) -> Polynomial:
        terms = (_times(x, y, p) for x, y in zip(row, col, strict=True))
        return reduce(lambda f, g: _plus(f, g, p), terms)

    turned = list(zip(*b, strict=True))
    return [[entry(row, col) for col in turned] for row in a]


def _solutions(found: Quotient, rng: random.Random) -> dict[str, int]:
    """Distinct solutions over CC, RR and QQ, from the eigenvalues of a random (separating) combination of unknowns."""
    if not found.dimension:
        return dict.fromkeys(("CC", "RR", "QQ"), 0)
    best = {"CC": 0}
    for _ in range(2):
        mixed = sum((m * rng.randint(-(10**4), 10**4) for m in found.variables[1:]), found.variables[0])
        counts = _roots(mixed.charpoly())
        best = max(best, counts, key=lambda c: c["CC"])
    return best


def _roots(f: fmpq_poly) -> dict[str, int]:
    """Distinct complex, real and rational roots."""
    f = f / f.gcd(f.derivative()) if f.degree() > 0 else f
    integral = fmpz_poly([int(c) for c in (f * f.denom()).coeffs()])
    rational = sum(1 for g, _ in integral.factor()[1] if g.degree() == 1)
    x = Symbol("x")
    real = Poly([int(c) for c in reversed(integral.coeffs())], x).count_roots()
    return {"CC": int(f.degree()), "RR": int(real), "QQ": rational}


def ratio_blocks(arch: Dense, seed: int = 0) -> list[list[list[int]]]:
    """For each layer the classes of parameters whose ratios do not move along generic fibres (theory 6.5).

    h_i / h_j stands still iff its differential vanishes on the kernel of the Jacobian at a random point.
    """
    rng = random.Random(f"ratios {seed}")
    h = [[rng.randrange(1, PRIME) for _ in range(s)] for s in arch.sizes]
    columns = jacobian(modular(arch), h)
    rows = [[column[r] for column in columns] for r in range(len(columns[0]))]
    kernel, found = nmod_mat(len(rows), len(columns), [v for row in rows for v in row], PRIME).nullspace()
    blocks, place = [], 0
    for vector in h:
        classes: dict = {}
        for j, value in enumerate(vector):
            speed = tuple(int(kernel[place + j, c]) * pow(value, -1, PRIME) % PRIME for c in range(found))
            classes.setdefault(speed, []).append(j)
        place += len(vector)
        blocks.append(sorted(classes.values()))
    return blocks
