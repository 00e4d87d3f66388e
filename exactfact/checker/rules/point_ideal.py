"""Rule 7.5: h* is identifiable, by polynomial identities modulo phi(g) = phi(h*).

Evidence: steps, one for each layer k with S_k >= 2, in some order. Before a step the layers with S_l = 1 and those of
the steps before are known: a competitor g can be rescaled so that they equal those of h* (they are multiples of them,
and not zero, as phi(g) is not). With these layers at h*, the entries phi_c are forms in the others, and
f_c = y[c0] phi_c - y[c] phi_c0 vanishes at g, y = phi(h*), y[c0] != 0. For every parameter i other than the pivot j,
h*_{k,j} != 0, with q = g_{k,i} h*_{k,j} - g_{k,j} h*_{k,i}: sum of cofactor_c f_c = a nonzero multiple of
q^exponent phi_c0^degree, exactly. Then q vanishes at g, so layer k of g is a multiple of that of h*. At the end all
layers are, with factors of product 1, as phi(h*) is not zero.
Hypotheses: no layer of h* is zero, and phi(h*) is not, also where no layer needs a step. Over QQ this holds over CC,
over GF(p) over every larger field.
Source: theory 7.5. Cost: all columns of A, products of the cofactors with the forms, term by term.
"""
from itertools import accumulate, product
from math import prod
from typing import Any

from ..chains import Matrix
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing, whole
from ..numbers import integer
from .columns import columns
from .kernel_zero import require_nonzero
from .matrices import linear
from .witness import image, integers

Form = dict[tuple[int, ...], int]  # sorted variables: coefficient


def check(claim: Claim, context: Context) -> None:
    """Accept iff phi(h*) is not zero and the steps, in their order, determine every layer of two parameters or more."""
    steps = listing(fields(claim.evidence, "evidence", "steps")["steps"], "steps")
    h = context.point()
    require_nonzero(h, "h*")
    point, sizes = integers(h, context)[1], context.spec.parameters
    require(any(image(point, context).values()), "phi(h*) different from 0", Text("0"))
    known = {k for k, size in enumerate(sizes) if size == 1}
    for n, document in enumerate(steps):
        where = f"steps[{n}]"
        f = fields(document, where, "layer pivot cell exponent degree cofactors")
        k = whole(f["layer"], f"{where}, layer", 0, len(sizes))
        require(k not in known, f"{where}: a layer that is not known", k)
        _step(f, k, point, known, where, context)
        known.add(k)
    require(len(known) == len(sizes), "a step for every layer", [k for k in range(len(sizes)) if k not in known])


def _step(f: dict[str, Any], k: int, h: list[list[int]], known: set[int], where: str, context: Context) -> None:
    size, p = len(h[k]), context.p
    pivot = whole(f["pivot"], f"{where}, pivot", 0, size)
    require(h[k][pivot] != 0, f"{where}: a pivot where h* is not zero", pivot)
    exponent, degree = (whole(f[name], f"{where}, {name}", low, 9) for name, low in (("exponent", 1), ("degree", 0)))
    forms, y = _contracted(h, known, context)
    base = integer(f["cell"], f"{where}, cell", 0)
    require(y.get(base, 0) != 0, f"{where}: a cell where phi(h*) is not zero", base)
    start = sum(context.spec.parameters[:k])
    right = _power(forms[base], degree, context)
    shown = set()
    for entry in listing(f["cofactors"], f"{where}, cofactors"):
        i, terms = listing(entry, f"{where}, cofactors", 2)
        shown.add(whole(i, f"{where}, parameter", 0, size))
        total: Form = {}
        for term in listing(terms, f"{where}, terms"):
            cell, monomial, value = listing(term, f"{where}, terms", 3)
            variables = tuple(whole(v, f"{where}, variable", 0, sum(context.spec.parameters))
                              for v in listing(monomial, f"{where}, monomial"))
            weight = integer(value, f"{where}, coefficient")
            at = integer(cell, f"{where}, cell", 0)  # a number from 2^53 on is written as a string
            _add(total, {variables: weight * y[base]}, forms.get(at, {}), context)
            _add(total, {variables: -weight * y.get(at, 0)}, forms[base], context)
        ratio: Form = {(start + i,): h[k][pivot]}
        ratio[start + pivot,] = ratio.get((start + pivot,), 0) - h[k][i]
        wanted = _times(_power(ratio, exponent, context), right, context)
        _require_multiple(_clean(total, p), wanted, p, f"{where}, parameter {i}")
    require(shown | {pivot} == set(range(size)), f"{where}: every parameter but the pivot", sorted(shown))


def _contracted(h: list[list[int]], known: set[int], context: Context) -> tuple[dict[int, Form], dict[int, int]]:
    """The entries of phi with the known layers at h*, and their values at h*."""
    chain, meter, p = context.chain, context.meter, context.p
    layers: list[tuple[Matrix, ...]] = [(linear(layer.matrices, h[k], p, meter),) if k in known else layer.matrices
                                        for k, layer in enumerate(chain.layers)]
    starts, cols = [0, *accumulate(context.spec.parameters)], chain.shape[1]
    count = prod(map(len, layers))
    meter.hold(count, "columns")
    forms: dict[int, Form] = {}
    values: dict[int, int] = {}
    held = 0
    for index, matrix in columns(layers, product(*(range(len(layer)) for layer in layers)), p, meter):
        at = tuple(starts[k] + j for k, j in enumerate(index) if k not in known)
        weight = prod(h[k][j] for k, j in enumerate(index) if k not in known)
        meter.spend(1000 + weight.bit_length(), "values at h*")
        for r, row in matrix.items():
            held += len(row)
            meter.hold(held, "columns")
            meter.spend(300 * len(row), "forms")
            for c, v in row.items():
                cell = r * cols + c
                forms.setdefault(cell, {})[at] = v
                values[cell] = values.get(cell, 0) + weight * v
    return forms, {cell: v % p if p else v for cell, v in values.items()}


def _add(total: Form, left: Form, right: Form, context: Context) -> None:
    bits = sum(max((v.bit_length() for v in form.values()), default=0) for form in (left, right))
    context.meter.spend(2000 * len(left) * len(right) * (1 + bits * bits // 1_000_000) + 100, "polynomials")
    for a, x in left.items():
        for b, v in right.items():
            at = tuple(sorted(a + b))
            total[at] = total.get(at, 0) + x * v
        context.meter.hold(10 * len(total), "polynomials")


def _times(left: Form, right: Form, context: Context) -> Form:
    total: Form = {}
    _add(total, left, right, context)
    return _clean(total, context.p)


def _power(form: Form, exponent: int, context: Context) -> Form:
    result: Form = {(): 1}
    for _ in range(exponent):
        result = _times(result, form, context)
    return result


def _clean(form: Form, p: int) -> Form:
    return {at: x for at, v in form.items() if (x := v % p if p else v)}


def _require_multiple(left: Form, right: Form, p: int, where: str) -> None:
    """left = c right for some c != 0 (cross products, exact; both mod p over GF(p))."""
    at = next(iter(right), None)
    expected = f"{where}: the cofactors' sum, a nonzero multiple of the power of the ratio"
    require(at is not None and left.keys() == right.keys(), expected, Text("other monomials"))
    assert at is not None
    gaps = [left[m] * right[at] - right[m] * left[at] for m in right]
    require(not any(gap % p if p else gap for gap in gaps), expected, Text("another form"))
