"""Points of a fibre to any precision, by Newton steps in arb's numbers; and families of points, verified exactly."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from math import gcd
from typing import Any

from flint import acb, acb_mat, fmpq_poly, nmod_poly

from .algebraic_family import Family
from .chain import Chain, evaluate
from .fibre_search import Fibre

Matrix = dict[tuple[int, int], Any]


def refined(chain: Chain, h: Any, fibre: Fibre, x: Any, precision: int) -> list[list[Any]]:
    """Newton steps for a square system of random combinations of the equations phi(g) phi_0(h) = phi_0(g) phi(h).

    The largest entry of each layer is kept.
    """
    sizes = [len(layer) for layer in chain.layers]
    g = [acb(complex(v)) for v in x]
    target = evaluate(chain, h)
    rng = random.Random(len(g))
    leads = [max(range(a, b), key=lambda i: abs(x[i])) for a, b in itertools.pairwise(fibre.starts)]
    base = max(target, key=lambda cell: abs(int(target[cell])))
    cells = sorted(_reached(chain) - {base})
    count = sum(sizes) - len(sizes)
    mix = [[rng.randint(-3, 3) for _ in cells] for _ in range(count)]
    for _ in range(4 + precision.bit_length()):
        value, slopes = _value_and_slopes(chain, _cut(g, sizes))
        rows, right = [], []
        for combination in mix:
            total: dict[Any, int] = {base: 0}
            for w, cell in zip(combination, cells, strict=True):
                total[cell] = w * int(target[base])
                total[base] -= w * int(target.get(cell, 0))
            right.append([_paired(total, value)])
            rows.append([_paired(total, slope) for slope in slopes])
        for lead in leads:
            rows.append([acb(int(i == lead)) for i in range(len(g))])
            right.append([acb(0)])
        try:
            step = acb_mat(rows).solve(acb_mat(right), algorithm="approx")
        except ZeroDivisionError:
            break
        g = [(v - step[i, 0]).mid() for i, v in enumerate(g)]
    return _cut(g, sizes)


def _cut(flat: Sequence[Any], sizes: Sequence[int]) -> list[list[Any]]:
    rest = iter(flat)
    return [[next(rest) for _ in range(size)] for size in sizes]


def _paired(functional: dict[Any, int], value: Matrix) -> Any:
    return sum((w * value[cell] for cell, w in functional.items() if w and cell in value), acb(0))


def _reached(chain: Chain) -> set[tuple[int, int]]:
    """All cells of the compact product."""
    return set(itertools.product(range(chain.sizes[0]), range(chain.sizes[-1])))


def _value_and_slopes(chain: Chain, g: list[list[Any]]) -> tuple[Matrix, list[Matrix]]:
    """phi(g), and its derivatives by all parameters."""
    layers = [_combined(layer, vector) for layer, vector in zip(chain.layers, g, strict=True)]
    after: list[Matrix] = [{(i, i): acb(1) for i in range(chain.sizes[-1])}]
    for matrix in reversed(layers[1:]):
        after.append(_times(matrix, after[-1]))
    before: Matrix = {(i, i): acb(1) for i in range(chain.sizes[0])}
    slopes = []
    for layer, matrix, right in zip(chain.layers, layers, reversed(after), strict=True):
        slopes += [_times(_times(before, unit), right) for unit in layer]
        before = _times(before, matrix)
    return before, slopes


def _combined(layer: Any, vector: Sequence[Any]) -> Matrix:
    total: Matrix = {}
    for x, matrix in zip(vector, layer, strict=True):
        for cell, v in matrix.items():
            total[cell] = total[cell] + x * int(v) if cell in total else x * int(v)
    return total


def _times(left: Matrix, right: Matrix) -> Matrix:
    rows: dict[int, list[tuple[int, Any]]] = {}
    for (k, c), v in right.items():
        rows.setdefault(k, []).append((c, v))
    total: Matrix = {}
    for (r, k), u in left.items():
        for c, v in rows.get(k, ()):
            total[r, c] = total[r, c] + u * v if (r, c) in total else u * v
    return total


def product_of(chain: Chain, family: Family) -> Matrix:
    """phi of the numerators, reduced modulo f."""
    f = fmpq_poly(family.f)
    total: Matrix | None = None
    for layer, rows in zip(chain.layers, family.numerators, strict=True):
        at = _combined(layer, [fmpq_poly(row) for row in rows])
        total = at if total is None else {cell: v % f for cell, v in _times(total, at).items()}
    return total or {}


def verified(chain: Chain, h: Any, family: Family) -> bool:
    """phi of the numerators is proportional to phi(h), exactly, and not zero."""
    if gcd(*family.f) != 1:
        return False
    f, target, value = fmpq_poly(family.f), evaluate(chain, h), product_of(chain, family)
    base = min(cell for cell, y in target.items() if y)
    first, y0 = value.get(base, fmpq_poly([0])), int(target[base])
    if (first % f).degree() < 0:
        return False
    return all(
        ((value.get(cell, fmpq_poly([0])) * y0 - first * int(target.get(cell, 0))) % f).degree() < 0
        for cell in {*value, *target}
    )


def primes_agree(chain: Chain, h: Any, families: Sequence[Family], p: int) -> bool:
    """Whether what has to be prime over QQ is so modulo p: all roots different, phi not zero there."""
    target = evaluate(chain, h)
    base = min(cell for cell, y in target.items() if y)
    together = nmod_poly([1], p)
    for family in families:
        f = nmod_poly([c % p for c in family.f], p)
        if f.degree() != len(family.f) - 1:
            return False
        first = product_of(chain, family)[base]
        if int(first.denom()) % p == 0:
            return False
        reduced = nmod_poly([int(c) % p for c in first.numer().coeffs()], p)
        if f.gcd(reduced).degree() != 0:
            return False
        together *= f
    return bool(together.gcd(together.derivative()).degree() == 0)
