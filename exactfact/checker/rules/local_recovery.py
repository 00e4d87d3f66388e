"""Rule 12.7: solutions near the estimate, in the slice through it, lie within the radius.

Claims: for all real h* with ||phi(h*) - X|| <= delta that agree with h in entry pivots[k] of every layer but the last,
and with ||h* - h||_2 <= ball: ||h* - h||_p <= the radius, p = 1, 2, infinity. Verified exactly: eta >= ||phi(h) - X||;
the Gram matrix of the free columns of the Jacobian at h, less slope_squared times the identity, is positive definite;
slope^2 <= slope_squared, sigma_max^2 >= tr A A^T (or an accepted bound), norms[k] >= ||h_k||. With beta(R) =
sigma_max (K - 1) times the largest product of all but two norms[j] + R: ball beta(ball) <= slope,
first slope >= 2 (delta + eta), first <= ball, radius (slope - beta(first) first / 2) >= delta + eta; in the 1-norm
times the root of the number of free columns.
Source: theory 12.7, with h as its centre. Cost: the exact Jacobian, tr A A^T, one elimination.
"""
from fractions import Fraction
from math import lcm, prod
from typing import Any

from ..chains import Matrix
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing, whole
from .kernel_zero import require_nonzero
from .matrices import flatten, identity, linear, multiply, rows_of, transpose
from .misfit import Point, at_least_zero, misfit, require_errors, spend
from .positive_definite import least_eigenvalue_at_least
from .witness import integers

EVIDENCE = "h data delta eta pivots bits slope_squared slope sigma_max sigma_max_squared norms ball first radius"
FREE_LIMIT = 1000


def check(claim: Claim, context: Context) -> None:
    """Accept iff every number is on the safe side."""
    f = fields(claim.evidence, "evidence", EVIDENCE)
    h, exact = misfit(f, context)
    require_nonzero(h, "h")
    sizes = context.spec.parameters
    few = len(sizes) >= 2 and context.dimension <= FREE_LIMIT
    require(few, f"two layers, at most {FREE_LIMIT} free entries", sizes)
    pivots = [whole(j, "pivots", 0, size) for j, size in
              zip(listing(f["pivots"], "pivots", len(sizes) - 1), sizes, strict=False)]
    error = require_errors(f, exact, context)
    t, slope, sigma, ball, first = (at_least_zero(f[key], key) for key in (
        "slope_squared", "slope", "sigma_max", "ball", "first"))
    norms = [at_least_zero(x, "norms") for x in listing(f["norms"], "norms", len(sizes))]
    spend(context, t, slope, sigma, ball, first, error, *norms, *norms)
    require(slope * slope <= t, "slope^2 <= slope_squared", slope)
    _require_norms(norms, h, context)
    _require_sigma(sigma, f["sigma_max_squared"], context)
    least_eigenvalue_at_least(_gram(h, pivots, context), t, whole(f["bits"], "bits", 0, 1 << 20), context.meter)
    require(ball * _beta(sigma, norms, ball, context) <= slope, "ball beta(ball) <= slope", ball)
    require(first <= ball and first * slope >= 2 * error, "2 (delta + eta) / slope <= first <= ball", first)
    r = fields(f["radius"], "radius", "1 2 inf")
    one, two, top = (at_least_zero(r[p], f"radius, {p}") for p in ("1", "2", "inf"))
    least = slope - _beta(sigma, norms, first, context) * first / 2
    spend(context, *[sigma, slope, *norms, *[first] * (len(norms) + 1)] * 2, one, two, top)
    for value in (two, top):
        require(value * least >= error, "radius (slope - beta(first) first / 2) >= delta + eta", value)
    require(one * one >= context.dimension * two * two, "a radius 1 >= n^(1/2) times radius 2", one)


def _beta(sigma: Fraction, norms: list[Fraction], reach: Fraction, context: Context) -> Fraction:
    """The largest product of all factors but two leaves out the two least: they are not negative."""
    spend(context, sigma, *norms, *[reach] * len(norms))
    most = prod(sorted(norm + reach for norm in norms)[2:], start=Fraction(1))
    return sigma * (len(norms) - 1) * most


def _require_norms(norms: list[Fraction], h: Point, context: Context) -> None:
    for k, (norm, vector) in enumerate(zip(norms, h, strict=True)):
        entries = [Fraction(x) for x in vector]
        spend(context, *entries, norm)
        require(norm * norm >= sum(x * x for x in entries), f"norms[{k}] >= ||h_{k}||", norm)


def _require_sigma(sigma: Fraction, reference: Any, context: Context) -> None:
    """sigma_max^2 is at least an accepted upper bound, or tr A A^T.

    T_k = sum over j of M_k(e_j)^T T_(k-1) M_k(e_j), T_0 the identity; A A^T has the trace of T_K.
    """
    if reference is not None:
        other = context.reference(reference, "sigma_max_squared")
        require((other.quantity, other.side) == ("sigma_max_squared", "upper"), "an upper bound on sigma_max_squared",
                Text(other.summary))
        require(sigma * sigma >= other.value, "sigma_max^2 >= sigma_max_squared", sigma)
        return
    layers, meter = context.chain.layers, context.meter
    total = identity(rows_of(layers[0].matrices))
    for layer in layers:
        following: Matrix = {}
        for matrix in layer.matrices:
            part = multiply(multiply(transpose(matrix), total, 0, meter), matrix, 0, meter)
            for r, row in part.items():
                into = following.setdefault(r, {})
                for c, v in row.items():
                    into[c] = into.get(c, 0) + v
        total = following
    trace = sum(row.get(r, 0) for r, row in total.items())
    below = prod(layer.denominator for layer in layers) ** 2
    require(sigma * sigma * below >= trace, "sigma_max^2 >= tr A A^T", sigma)


def _gram(h: Point, pivots: list[int], context: Context) -> list[list[Fraction]]:
    """The Gram matrix of the Jacobian's columns, those of the pivots left out."""
    columns: list[tuple[dict[int, int], int]] = []
    _, vectors = integers(h, context)
    layers, meter = context.chain.layers, context.meter
    common = [lcm(*(x.denominator for x in vector)) for vector in h]  # as `integers` took them
    after = [identity(sorted({c for matrix in layers[-1].matrices for row in matrix.values() for c in row}))]
    for layer, x in zip(reversed(layers[1:]), reversed(vectors[1:]), strict=True):
        after.append(multiply(linear(layer.matrices, x, 0, meter), after[-1], 0, meter))
    before = identity(rows_of(layers[0].matrices))
    scale = prod(layer.denominator for layer in layers) * prod(common)
    for k, layer in enumerate(layers):
        for j, matrix in enumerate(layer.matrices):
            if k == len(pivots) or j != pivots[k]:
                block = multiply(multiply(before, matrix, 0, meter), after[len(layers) - 1 - k], 0, meter)
                columns.append((flatten(block, layers[-1].cols), scale // common[k]))
        before = multiply(before, linear(layer.matrices, vectors[k], 0, meter), 0, meter)
    require(all(column for column, _ in columns), "a Jacobian without zero columns", Text("a zero column"))
    bits = max(v.bit_length() for column, _ in columns for v in column.values()) + scale.bit_length()
    meter.spend((200 + bits * (1 + bits // 4096)) * len(columns) * sum(len(c) for c, _ in columns), "a Gram matrix")
    meter.spend(bits * bits // 100 * len(columns) ** 2, "a Gram matrix")  # its entries are in lowest terms
    return [[Fraction(sum(v * right.get(at, 0) for at, v in left.items()), a * b) for right, b in columns]
            for left, a in columns]
