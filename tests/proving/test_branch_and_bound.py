"""The branch and bound of 11.1: its normal form against pairs of points, its boxes against the whole domain."""

from fractions import Fraction
from functools import cache
from itertools import product
from math import prod

import pytest

from exactfact.proving.small.boxes import ONE, holds, inequality
from exactfact.proving.small.branch_and_bound import (
    FIRST,
    MINUS,
    PLUS,
    Chart,
    _difference,
    _layers,
    _search,
    bounded,
    coordinates,
    inequalities,
    violation,
)
from exactfact.proving.small.metric import distance, gap, pairs, tensor_entries
from exactfact.proving.small.polynomials import symbols

HALVES = Fraction(3, 2)


def value(p, at):
    if isinstance(p, int):
        return p
    return sum(int(c) * prod(x**e for x, e in zip(at, m, strict=True)) for m, c in p.terms())


def volume(box):
    return prod(b - a for a, b in zip(box.lower, box.upper, strict=True))


layers_of = cache(_layers)


def normal(h, g):
    """h_k = (1, x), x >= 0, both c_k > 0, by common signs of entries and signs of the layers of g."""
    flips = [1 if layer[1] >= 0 else -1 for layer in h]
    h, g = ([(a, s * x) for s, (a, x) in zip(flips, point, strict=True)] for point in (h, g))
    sign = 1 if g[0][0] > 0 else -1
    return h, [tuple(sign * a for a in layer) for layer in g]


def placed(h, g, k):
    """The chart and the coordinates in which layer k comes first, for a normal pair; written again, from the text."""
    t, b = abs(h[k][1] - g[k][1]), max(map(abs, g[k]))
    delta, other = (1 - b) / t, 1 - k
    at = [t, delta, (b - g[k][0]) / t, b - g[k][1]]
    kind = FIRST if g[other][0] == b else PLUS if g[other][1] == b else MINUS
    if kind != FIRST:
        last = (1 - h[other][1]) / t if kind == PLUS else (h[other][1] + b) / t
        at += [(b - g[other][0]) / t, last]
    return Chart(1 if h[k][1] > g[k][1] else -1, (kind,), HALVES), at


def test_every_pair_of_a_grid_is_in_a_chart_with_its_entries_and_satisfies_the_bound():
    seen = set()
    for case in pairs(0, 3):
        h, g = ([tuple(Fraction(a, case.scale) for a in layer) for layer in point] for point in (case.h, case.g))
        if 2 * (eps := gap(h, g)) > 1 or not eps:
            continue
        h, g = normal(h, g)
        k = max((0, 1), key=lambda k: abs(h[k][1] - g[k][1]))
        largest = max(abs(a - c) for x, y in zip(h, g, strict=True) for a, c in zip(x, y, strict=True))
        if abs(h[k][1] - g[k][1]) < largest:  # t is taken at an entry 1, where t <= eps
            assert largest <= eps
            continue
        chart, at = placed(h, g, k)
        t, layers, conditions = layers_of(chart)
        assert all(0 <= x <= end for x, end in zip(at, coordinates(chart), strict=True))
        assert all(value(p, at) >= 0 for p in conditions)
        own = [[(value(e.h, at), value(e.g, at)) for e in layer] for layer in layers]
        assert own[0] == list(zip(h[k], g[k], strict=True))
        assert set(own[1]) <= set(zip(h[1 - k], g[1 - k], strict=True))
        assert all(value(e.v, at) * value(t, at) == a - c for layer in layers for e in layer
                   for a, c in [(value(e.h, at), value(e.g, at))])
        seen.add((chart.sign, chart.others))
    assert {others for _, others in seen} >= {(FIRST,), (PLUS,)}
    assert {sign for sign, _ in seen} == {1, -1}


@pytest.mark.parametrize("chart", [Chart(s, (FIRST,), HALVES) for s in (1, -1)] + [Chart(-1, (MINUS,), HALVES)])
def test_the_boxes_fill_the_chart(chart):
    boxes = list(_search(chart))
    assert all(bounded(box) is None for box in boxes)
    assert sum(map(volume, boxes)) == prod(end * ONE for end in coordinates(chart))


def test_a_box_that_names_a_wrong_inequality_is_refused():
    box = max(_search(Chart(-1, (FIRST,), HALVES)), key=volume)
    wrong = [n for n in range(len(inequalities(box.chart))) if bounded(box._replace(closed_by=n))]
    assert wrong and box.closed_by not in wrong


def test_a_refutation_is_a_point_with_that_distance():
    box = list(_search(Chart(-1, (FIRST,), Fraction(7, 5))))[-1]
    assert box.closed_by is None
    h, g = ((1, Fraction(925, 1024)), (1,)), ((Fraction(1005, 1024), Fraction(989, 1024)), (Fraction(1005, 1024),))
    assert violation(box) == bounded(box)
    assert f"eps = {gap(h, g)}, d = {distance(h, g, 0)}" in violation(box)
    assert Fraction(distance(h, g, 0)) > Fraction(7, 5) * gap(h, g)


def test_the_bound_on_a_box_is_below_every_value():
    x, y, z = symbols(3)
    for p in (x * y - z, 2 * x**2 - 3 * x * y + z, x * y * z - x - y + 1, y**3 - 2 * y + 2):
        for lower, width in product(product((0, ONE // 2), repeat=3), (ONE // 4, ONE)):
            upper = tuple(a + width for a in lower)
            corners = [[Fraction(a, ONE) for a in c] for c in product(*zip(lower, upper, strict=True))]
            shown = [n for n in range(-8, 4) if holds(inequality("", p - n), lower, upper)]
            assert not shown or max(shown) <= min(value(p, corner) for corner in corners)
            assert holds(inequality("", p + 60), lower, upper)


def test_entries_are_those_of_the_two_tensors():
    chart = Chart(1, (PLUS,), HALVES)
    t, layers, _ = _layers(chart)
    at = [Fraction(n, 7) for n in (2, 1, 3, 1, 2, 4)]
    h, g = ([[value(getattr(e, name), at) for e in layer] for layer in layers] for name in ("h", "g"))
    entries = zip(tensor_entries(h), tensor_entries(g), product(*layers), strict=True)
    assert all(value(_difference(list(e)), at) * value(t, at) == a - b for a, b, e in entries)
    names = {test.name for test in inequalities(chart)}
    assert {f"{s} e_{i} >= 1/c" for s in (1, -1) for i in product((0, 1), repeat=2)} <= names
