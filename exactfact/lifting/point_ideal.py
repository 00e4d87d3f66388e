"""Cofactors that show, layer by layer, which points have the product of h* (theory 7.5, in multihomogeneous form).

Layers that are known are contracted with h*.  For a layer k that is not, let y = phi(h*) and c0 a cell with y[c0] != 0.
The forms f_c = y[c0] phi_c - y[c] phi_c0 vanish on the fibre of y, and phi_c0 does not.  If
q^e phi_c0^T = sum_c C_c f_c for q = g_{k,i} h*_{k,j} - g_{k,j} h*_{k,i}, then q vanishes on the fibre.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, nullspace_mod_p, pivot_rows
from exactfact.algebra.rational import rational_kernel

from .chain import Chain, column, combine

Monomial = tuple[int, ...]  # variables with repetition, increasing; parameter j of layer k is S_1 + ... + S_{k-1} + j
Form = dict[Monomial, int]
Cofactor = list[tuple[int, Monomial, int]]  # cell, monomial, coefficient

LARGEST_TABLE = 250_000
MOST_FORMS = 400
# Of 62 bits each: cofactors with larger entries are not looked for.
MOST_PRIMES = 24


@dataclass(frozen=True)
class Step:
    """`cofactors[n]` shows that the n-th ratio of layer `layer` with its parameter `pivot` is that of h*."""

    layer: int
    pivot: int
    cell: int
    exponent: int
    degree: int
    cofactors: tuple[tuple[int, Cofactor], ...]


@dataclass(frozen=True)
class Contracted:
    """The entries of phi as forms in the unknown layers: `forms[c]` for each cell c, and their values at h*."""

    forms: dict[int, Form]
    values: dict[int, int]


def contracted(chain: Chain, h: Sequence[Sequence[int]], known: frozenset[int]) -> Contracted:
    """phi with the known layers at h*.  Cost: the product of the sizes of the others, in products of matrices."""
    layers = tuple(
        (combine(layer, h[k], chain.field),) if k in known else layer for k, layer in enumerate(chain.layers)
    )
    smaller = Chain(chain.field, chain.widths, chain.labels, layers)
    starts = [0, *itertools.accumulate(chain.parameters)]
    forms: dict[int, Form] = {}
    values: dict[int, int] = {}
    for index in itertools.product(*map(range, smaller.parameters)):
        at = tuple(starts[k] + j for k, j in enumerate(index) if k not in known)
        weight = math.prod(int(h[k][j]) for k, j in enumerate(index) if k not in known)
        for (row, col), value in column(smaller, index).items():
            cell = chain.cell(row, col, chain.depth - 1)
            forms.setdefault(cell, {})[at] = int(value)
            values[cell] = values.get(cell, 0) + weight * int(value)
    p = chain.field.characteristic
    return Contracted(forms, {cell: value % p if p else value for cell, value in values.items()})


def find_step(
    chain: Chain, h: Sequence[Sequence[int]], known: frozenset[int], k: int, power: tuple[int, int], prime: int
) -> Step | None:
    """Cofactors of all ratios of layer k with (e, T) = `power`; None when there are none, or too many to look for.

    `prime` chooses the products among which the exact ones are looked for; over GF(p) it is p.
    """
    exponent, degree = power
    others = [m for m in range(chain.depth) if m not in known and m != k]
    around = contracted(chain, h, known)
    cell = min((c for c, value in around.values.items() if value), default=None)
    if cell is None or (degree == 0 and others):
        return None
    forms = _independent(_vanishing(around, cell), prime)
    monomials = list(_monomials(chain, k, degree + exponent - 1, others, degree - 1))
    rows = math.comb(chain.parameters[k] + degree + exponent - 1, degree + exponent) * math.prod(
        math.comb(chain.parameters[m] + degree - 1, degree) for m in others
    )
    if rows * len(forms) * len(monomials) > LARGEST_TABLE:
        return None
    pivot = next(j for j, value in enumerate(h[k]) if value)
    start = sum(chain.parameters[:k])
    right = _power(around.forms[cell], degree)
    targets = [
        multiplied(_power({(start + i,): h[k][pivot], (start + pivot,): -h[k][i]}, exponent), right)
        for i in range(chain.parameters[k])
        if i != pivot
    ]
    products = [(c, m, multiplied(form, {m: 1})) for c, form in forms.items() for m in monomials]
    solved = _solve([form for _, _, form in products], targets, chain.field.characteristic, prime)
    if solved is None:
        return None
    names = [i for i in range(chain.parameters[k]) if i != pivot]
    found = [[(products[n][0], products[n][1], value) for n, value in terms.items()] for terms in solved]
    return Step(k, pivot, cell, exponent, degree, tuple(zip(names, found, strict=True)))


def _vanishing(around: Contracted, cell: int) -> dict[int, Form]:
    """f_c for every other cell."""
    base, top = around.forms[cell], around.values[cell]
    result = {}
    for c, form in around.forms.items():
        if c != cell:
            value = around.values.get(c, 0)
            whole = {m: top * form.get(m, 0) - value * base.get(m, 0) for m in form.keys() | base.keys()}
            result[c] = {m: v for m, v in whole.items() if v}
    return result


def _independent(forms: dict[int, Form], prime: int) -> dict[int, Form]:
    names = sorted(c for c, form in forms.items() if form)
    kept = pivot_rows(_table([forms[c] for c in names], prime).T, prime) if names else []
    return {names[n]: forms[names[n]] for n in kept[:MOST_FORMS]}


def _monomials(chain: Chain, k: int, own: int, others: Sequence[int], degree: int) -> Iterator[Monomial]:
    """All of degree `own` in layer k and `degree` in each of the others."""
    starts = [0, *itertools.accumulate(chain.parameters)]
    parts = [
        list(itertools.combinations_with_replacement(range(starts[m], starts[m + 1]), d))
        for m, d in ((k, own), *((other, degree) for other in others))
    ]
    for choice in itertools.product(*parts):
        yield tuple(sorted(itertools.chain.from_iterable(choice)))


def multiplied(left: Form, right: Form) -> Form:
    """The product of two polynomials over ZZ, monomials as sorted tuples of variables; no zeros."""
    total: Form = {}
    for a, x in left.items():
        for b, y in right.items():
            at = tuple(sorted(a + b))
            total[at] = total.get(at, 0) + x * y
    return {m: v for m, v in total.items() if v}


def _power(form: Form, exponent: int) -> Form:
    result: Form = {(): 1}
    for _ in range(exponent):
        result = multiplied(result, form)
    return result


def _table(forms: Sequence[Form], prime: int) -> Any:
    """Coefficients mod p, one column a form."""
    places = {m: n for n, m in enumerate(sorted({m for form in forms for m in form}))}
    table = np.zeros((len(places), len(forms)), dtype=dtype_for(prime))
    for n, form in enumerate(forms):
        for m, value in form.items():
            table[places[m], n] = value % prime
    return table


def _solve(
    products: Sequence[Form], targets: Sequence[Form], characteristic: int, prime: int
) -> list[dict[int, int]] | None:
    """For each target, weights of the products whose sum is a nonzero multiple of it; None when one has none."""
    kept = pivot_rows(_table(products, prime).T, prime)
    forms = [*(products[n] for n in kept), *targets]
    places = {m: n for n, m in enumerate(sorted({m for form in forms for m in form}))}
    rows = [[0] * len(forms) for _ in places]
    for n, form in enumerate(forms):
        for m, value in form.items():
            rows[places[m]][n] = value
    if characteristic:
        table = np.array(rows, dtype=dtype_for(characteristic)) % characteristic
        relations = dict(nullspace_mod_p(table, characteristic)[1])
    else:
        kernel = rational_kernel(rows, len(forms), most=MOST_PRIMES)
        if kernel is None or kernel.rank != len(kept):
            return None
        relations = {max(vector): vector for vector in kernel.vectors}
    if not all(n in relations for n in range(len(kept), len(forms))):
        return None
    return [
        {kept[i]: -value for i, value in relations[n].items() if i < len(kept)} for n in range(len(kept), len(forms))
    ]
