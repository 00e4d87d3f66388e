"""Theorem 1 with its constant on ALL real pairs, by branch and bound on boxes (theory 11.1, part 2).

What is proved: for h, g without zero layers, M = 1 (homogeneity) and eps <= 1/2, d_inf(h, g) <= (2 - 1/K) eps, without
slack, for K = 2 and every S, and for K = 3, 4 and S = (S_1, 1, .., 1), every S_1. What is taken from the text is only
this normal form:

- ||P(h)|| = 1 >= ||P(g)|| (or exchange h and g), representatives with ||h_k|| = 1, ||g_k|| = b <= 1 (sup-norms);
- permuting entries, and changing the sign of one entry in h and g at once, keeps all: h_k1 = 1, and h_kj >= 0 in
  the entries used below. By eps < 1 the product of the c_k = g_k1 is positive, and signs of layers of g make c_k > 0;
- let t be the largest |h_kj - g_kj|, taken at (k, j), layer k listed first. For j = 1, t = 1 - c_k <= 1 - prod c_l <=
  eps. Otherwise call j "2", h_k2 - g_k2 = +-t. In every other layer l some entry of g_l is +-b: the first one, and then
  no other entry of l is used; or another one, called "2", and entries 1 and 2 are used. Layer k need not attain b.

Each choice (the sign at (k, 2); "first", "plus", "minus" for each other layer) is a chart: nonnegative coordinates t,
b = 1 - t delta, c_k = b - t rho_k, g_k2 = b - w, and for another layer h_l2 = 1 - t z (plus), h_l2 = t y - b (minus).
h - g is divisible by t, so e_i = (P(h)_i - P(g)_i)/t is a polynomial, at t = 0 too, and the claim is
max |e_i| >= 1/(2 - 1/K). A box is closed when on all of it one condition of the chart fails, or t |e_i| > 1/2, or
+-e_i >= 1/(2 - 1/K), or a mean of e_1..1 and +-e_i, i through (k, 2), is that large: at the extremal family, where
t -> 0, two entries tend to the bound together, and their mean with weights (1 - 1/c, 1/c), c = 2 - 1/K, stays above.
Otherwise it is halved.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from typing import Any, NamedTuple

from exactfact.proving.small.boxes import BITS, ONE, Inequality, holds, holds_at, inequality, influence
from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import Vector
from exactfact.proving.small.metric import distance, gap
from exactfact.proving.small.polynomials import symbols

FIRST, PLUS, MINUS = "first", "plus", "minus"
LEAST_WIDTH = 2  # a box that thin is given up


class Chart(NamedTuple):
    """The sign of h_k2 - g_k2, where the other layers attain b, and the constant in the place of 2 - 1/K."""

    sign: int
    others: tuple[str, ...]
    constant: Fraction


class Box(NamedTuple):
    """Lower and upper ends in units of 2^-24, and the number of the inequality that closes the box; None: open."""

    chart: Chart
    lower: Vector
    upper: Vector
    closed_by: int | None


class _Entry(NamedTuple):
    """h_lj, g_lj and (h_lj - g_lj)/t."""

    h: Any
    g: Any
    v: Any


def coordinates(chart: Chart) -> Vector:
    """The upper ends of t, delta, rho_1, w, and of rho_l with z_l or y_l for every other layer with two entries."""
    more = {FIRST: (), PLUS: (1, 2), MINUS: (1, 1)}
    return (2, 1, 1, 2, *(end for kind in chart.others for end in more[kind]))


def _layers(chart: Chart) -> tuple[Any, list[tuple[_Entry, ...]], list[Any]]:
    """t, the entries of every layer, and the conditions (polynomials that are >= 0) of a chart."""
    t, delta, rho, w, *names = symbols(len(coordinates(chart)))
    b, left = 1 - t * delta, iter(names)

    def first(r: Any) -> _Entry:
        conditions.extend((b - t * r, 1 - delta - r))
        return _Entry(1, b - t * r, delta + r)

    conditions = [b, 2 * b - w, b - w + chart.sign * t, 1 - (b - w + chart.sign * t)]
    layers: list[tuple[_Entry, ...]] = [(first(rho), _Entry(b - w + chart.sign * t, b - w, chart.sign))]
    for kind in chart.others:
        if kind == FIRST:
            layers.append((_Entry(1, b, delta),))
            continue
        head, x = first(next(left)), next(left)
        second = _Entry(1 - t * x, b, delta - x) if kind == PLUS else _Entry(t * x - b, -b, x)
        layers.append((head, second))
        conditions += [second.h, 1 - second.h, 1 + second.v, 1 - second.v]
    return t, layers, conditions


@cache
def inequalities(chart: Chart) -> tuple[Inequality, ...]:
    """All that may close a box."""
    t, layers, conditions = _layers(chart)
    up, down = chart.constant.numerator, chart.constant.denominator
    found = [inequality("outside the chart", -p, strict=True) for p in conditions]
    gaps = {i: _difference([layer[j] for layer, j in zip(layers, i, strict=True)]) for i in _indices(layers)}
    corner = gaps[(0,) * len(layers)]
    for i, e in gaps.items():
        for sign in (1, -1):
            found.append(inequality(f"{sign} e_{i} >= 1/c", sign * up * e - down))
            found.append(inequality(f"{sign} t e_{i} > 1/2", 2 * sign * t * e - 1, strict=True))
        if i[0] == 1:
            mean = (up - down) * corner + down * chart.sign * e
            found.append(inequality(f"mean of e_1..1 and e_{i} >= 1/c", mean - down))
    return tuple(found)


def _indices(layers: list[tuple[_Entry, ...]]) -> Iterator[Vector]:
    return product(*(range(len(layer)) for layer in layers))


def _difference(entries: list[_Entry]) -> Any:
    """(prod h - prod g)/t = sum_l g_1 .. g_(l-1) v_l h_(l+1) .. h_K."""
    return sum(
        prod([e.g for e in entries[:k]], start=entry.v) * prod([e.h for e in entries[k + 1 :]], start=1)
        for k, entry in enumerate(entries)
    )


def _search(chart: Chart) -> Iterator[Box]:
    """The closed boxes, which cover the chart, and the first open one that contains a counterexample or is too thin."""
    tests = inequalities(chart)
    ends = coordinates(chart)
    stack: list[tuple[Vector, Vector, int]] = [((0,) * len(ends), tuple(end * ONE for end in ends), 0)]
    while stack:
        lower, upper, hint = stack.pop()
        centre = [(a + b) // 2 for a, b in zip(lower, upper, strict=True)]
        order = [hint, *(n for n in range(len(tests)) if n != hint)]
        possible = [n for n in order if holds_at(tests[n], centre)]
        closed = next((n for n in possible if holds(tests[n], lower, upper)), None)
        widest = max(b - a for a, b in zip(lower, upper, strict=True))
        if closed is not None or widest < LEAST_WIDTH or (not possible and violation(Box(chart, lower, upper, None))):
            yield Box(chart, lower, upper, closed)
            if closed is None:
                return
            continue
        hint = possible[0] if possible else hint
        wide = [i for i, (a, b) in enumerate(zip(lower, upper, strict=True)) if 2 * (b - a) >= widest]
        at = max(wide, key=lambda i: influence(tests[hint], lower, upper, i))
        stack.append((_put(lower, at, centre[at]), upper, hint))
        stack.append((lower, _put(upper, at, centre[at]), hint))


def _put(ends: Vector, at: int, value: int) -> Vector:
    return (*ends[:at], value, *ends[at + 1 :])


def point(box: Box) -> tuple[Any, Any] | None:
    """h and g at the middle of the box with c_1 moved to b, so that every layer attains b; None outside the chart."""
    middle = [Fraction(a + b, 2 << BITS) for a, b in zip(box.lower, box.upper, strict=True)]
    middle[2] = Fraction(0)
    _, layers, conditions = _layers(box.chart)
    if any(_at(p, middle) < 0 for p in conditions):
        return None
    h = tuple(tuple(_at(e.h, middle) for e in layer) for layer in layers)
    return h, tuple(tuple(_at(e.g, middle) for e in layer) for layer in layers)


def _at(p: Any, middle: list[Fraction]) -> Fraction:
    if isinstance(p, int):
        return Fraction(p)
    return sum((int(c) * prod(x**e for x, e in zip(middle, m, strict=True)) for m, c in p.terms()), Fraction(0))


def violation(box: Box) -> str | None:
    """What is wrong at the point of the box, with its exact distance over all representatives."""
    found = point(box)
    if found is None:
        return None
    h, g = found
    eps, d = gap(h, g), distance(h, g, 0)
    if 2 * eps > 1 or d <= box.chart.constant * eps:
        return None
    return f"h = {_printed(h)}, g = {_printed(g)}: eps = {eps}, d = {d} > {box.chart.constant} eps"


def _printed(h: Any) -> str:
    return "(" + ", ".join("(" + ", ".join(map(str, layer)) + ")" for layer in h) + ")"


def bounded(box: Box) -> str | None:
    """The named inequality closes the box; for an open box, the counterexample in it."""
    if box.closed_by is None:
        return violation(box) or "neither proved nor refuted on a box of the least width"
    test = inequalities(box.chart)[box.closed_by]
    return None if holds(test, box.lower, box.upper) else f"'{test.name}' does not hold on the box"


def two_layers(_: int, size: int, *, constant: Fraction = Fraction(3, 2)) -> Iterator[Box]:
    """K = 2: one entry of layer 2 is used (4 coordinates), or two (6)."""
    for kind, sign in product((FIRST, PLUS, MINUS), (-1, 1)):
        chart = Chart(sign, (kind,), constant)
        if len(coordinates(chart)) <= size:
            yield from _search(chart)


def one_wide_layer(_: int, size: int, *, lower_by: Fraction = Fraction(0)) -> Iterator[Box]:
    """S = (S_1, 1, .., 1), 3 <= K <= size, with 2 - 1/K or a smaller constant."""
    for layers in range(3, size + 1):
        for sign in (-1, 1):
            yield from _search(Chart(sign, (FIRST,) * (layers - 1), 2 - Fraction(1, layers) - lower_by))


CLAIM = "d(h, g) <= (2 - 1/K) eps for all real h, g with M = 1, eps <= 1/2: every box of the charts is closed"
CASES = [
    SmallCase(
        "11.1",
        CLAIM,
        "K = 2, every S: all pairs in normal form, in boxes with dyadic ends that cover them",
        "coordinates of a box",
        two_layers,
        bounded,
        full={RATIONALS: 6},
        quick={RATIONALS: 4},
        sympy=True,
    ),
    SmallCase(
        "11.1",
        CLAIM,
        "K >= 3, S = (S_1, 1, .., 1), every S_1: all pairs in normal form, in boxes with dyadic ends that cover them",
        "K",
        one_wide_layer,
        bounded,
        full={RATIONALS: 4},
        quick={RATIONALS: 3},
        sympy=True,
    ),
]
