"""The metric against enumeration of all signs; Theorems 1 and 2 against random pairs and hill climbing."""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction

import pytest

from exactfact.model import SpecError
from exactfact.stability.metric import distance, tensor_norm
from exactfact.stability.perturbation import (
    class_bound,
    scale_up,
    side_condition,
    tensor_bound,
    tensor_gap_squared,
)
from exactfact.stability.rounding import root, root_down, root_up, shortened_down, shortened_up


def by_enumeration(h, g, p):
    """d_p in floats: all sign vectors with product 1."""
    depth = len(h)
    heights = [float(tensor_norm(x)) ** (1 / depth) for x in (h, g)]
    u, v = (
        [[float(a) * height / float(max(map(abs, layer))) for a in layer] for layer in x]
        for x, height in zip((h, g), heights, strict=True)
    )
    best = math.inf
    for signs in itertools.product((1, -1), repeat=depth):
        if math.prod(signs) == 1:
            gaps = [
                abs(a - s * b) for x, y, s in zip(u, v, signs, strict=True) for a, b in zip(x, y, strict=True)
            ]
            best = min(best, max(gaps) if p == math.inf else sum(gap**p for gap in gaps) ** (1 / p))
    return best


def random_point(rng, sizes):
    while True:
        point = [[Fraction(rng.randint(-9, 9), rng.randint(1, 5)) for _ in range(size)] for size in sizes]
        if all(any(layer) for layer in point):
            return point


@pytest.mark.parametrize("p", [1, 2, 3, 1.5, math.inf])
def test_distance_is_the_least_over_all_signs(p):
    rng = random.Random(5)
    for _ in range(60):
        sizes = [rng.randint(1, 3) for _ in range(rng.randint(1, 5))]
        h, g = random_point(rng, sizes), random_point(rng, sizes)
        if rng.random() < 0.3:  # near or in the same class: the parity matters
            g = [[value * rng.choice((-1, 1)) for value in layer] for layer in h]
        found = distance(h, g, p)
        assert found.lower <= found.upper
        expected = by_enumeration(h, g, p)
        assert float(found.lower) - 1e-9 <= expected <= float(found.upper) + 1e-9
        assert float(found.upper - found.lower) <= 1e-15 * max(1, expected)


def test_exact_where_the_scales_are_rational():
    h, g = [[1, Fraction(1, 3)], [1, 0]], [[4, 1], [1, Fraction(1, 4)]]
    assert distance(h, g).exact == 1
    assert distance(h, g, 1).exact == 1 + Fraction(1, 6) + 1 + Fraction(1, 2)
    assert distance(h, [[-2, Fraction(-2, 3)], [Fraction(-1, 2), 0]]).exact == 0
    assert distance([[1]], [[-1]]).exact == 2
    assert distance([[3, 4]], [[3, 1]], 2).exact == 3


def test_triangle_inequality_and_invariance():
    rng = random.Random(1)
    for _ in range(40):
        sizes = [rng.randint(1, 3) for _ in range(3)]
        f, g, h = (random_point(rng, sizes) for _ in range(3))
        for p in (1, 2, math.inf):
            assert distance(f, h, p).lower <= distance(f, g, p).upper + distance(g, h, p).upper
        moved = [[3 * x for x in f[0]], [-x for x in f[1]], [-x / 3 for x in f[2]]]
        assert distance(f, moved).exact == 0


@pytest.mark.parametrize("p", [0.5, float("nan")])
def test_what_is_no_norm_is_refused(p):
    with pytest.raises(SpecError, match="p: required a number >= 1"):
        distance([[1]], [[2]], p)
    with pytest.raises(SpecError, match=r"g\[0\]: required a layer that is not zero"):
        distance([[1]], [[0]])
    with pytest.raises(SpecError, match="the same numbers"):
        distance([[1]], [[1], [1]])


def extremal(depth, step):
    """theory 11.1 (c) with b = 1 - step: h = ((1, 1 - 2 epsilon), 1, ...), g = ((b, b), b, ...)."""
    b = 1 - Fraction(step)
    epsilon = 1 - b**depth
    h = [[Fraction(1), 1 - 2 * epsilon]] + [[Fraction(1)]] * (depth - 1)
    g = [[b, b]] + [[b]] * (depth - 1)
    return h, g, epsilon


@pytest.mark.parametrize("depth", range(1, 9))
def test_the_extremal_family_attains_the_constant(depth):
    h, g, epsilon = extremal(depth, Fraction(1, 10**12))
    found = distance(h, g).exact
    assert found is not None
    ratio = found / epsilon
    constant = 2 - Fraction(1, depth)
    assert ratio <= constant
    assert constant - ratio < Fraction(1, 10**9)


def gaps_of(h, g):
    """d_inf, the exact largest entry of P(h) - P(g), and M; nothing where that entry is zero."""
    gaps = (
        abs(math.prod(a for a, _ in pairs) - math.prod(b for _, b in pairs))
        for pairs in itertools.product(*([*zip(x, y, strict=True)] for x, y in zip(h, g, strict=True)))
    )
    epsilon, largest = max(gaps), max(tensor_norm(h), tensor_norm(g))
    return (distance(h, g), epsilon, largest) if epsilon else None


def ratio_to_the_bound(h, g):
    """d_inf([h], [g]) over the bound of Theorem 1, a Fraction that is at most 1; zero where it says nothing."""
    found = gaps_of(h, g)
    if found is None:
        return Fraction(0)
    gap, epsilon, largest = found
    side = side_condition(epsilon, largest, len(h))
    return gap.lower / (side.constant * scale_up(largest, len(h)) * epsilon) if side else Fraction(0)


def random_pair(rng):
    sizes = [rng.randint(1, 3) for _ in range(rng.randint(1, 4))]
    h = [[Fraction(rng.randint(-8, 8), 8) for _ in range(size)] for size in sizes]
    scale = rng.choice((1, 4, 16, 64))
    g = [[x + Fraction(rng.randint(-8, 8), 8 * scale) for x in layer] for layer in h]
    return (h, g) if all(map(any, h)) and all(map(any, g)) else random_pair(rng)


def keeps_the_bounds(h, g):
    """Theorems 1 and 2 for one pair, in the Euclidean norm and the largest entry."""
    gap, epsilon, _ = gaps_of(h, g) or (distance(h, g), 0, 0)
    bound, euclidean = class_bound(h, g, 2), distance(h, g, 2)
    return (
        ratio_to_the_bound(h, g) <= 1
        and (bound is None or euclidean.lower <= bound)
        and root_down(tensor_gap_squared(h, g)) <= tensor_bound(h, g, euclidean.upper)
        and epsilon <= tensor_bound(h, g, gap.upper, math.inf)
    )


@pytest.mark.parametrize(("seed", "count"), [(0, 1000), pytest.param(1, 100_000, marks=pytest.mark.slow)])
def test_random_pairs_never_exceed_the_constants(seed, count):
    rng = random.Random(seed)
    for _ in range(count):
        h, g = random_pair(rng)
        assert keeps_the_bounds(h, g), (h, g)


def climb(seed, depth, steps):
    """Hill climbing on the ratio to the bound, from a pair near the extremal family or a random one."""
    rng = random.Random(seed)
    sizes = [2] * depth
    h = [[Fraction(rng.randint(-16, 16), 16) for _ in range(size)] for size in sizes]
    g = [[x + Fraction(rng.randint(-4, 4), 64) for x in layer] for layer in h]
    for x in (h, g):
        for layer in x:
            layer[0] = layer[0] or Fraction(1)
    best = ratio_to_the_bound(h, g)
    for _ in range(steps):
        x, y = ([list(layer) for layer in point] for point in (h, g))
        for point in (x, y):
            k = rng.randrange(depth)
            point[k][rng.randrange(2)] += Fraction(rng.randint(-8, 8), rng.choice((16, 64, 256)))
        if all(map(any, x)) and all(map(any, y)):
            found = ratio_to_the_bound(x, y)
            if found >= best:
                h, g, best = x, y, found
    return best


def test_hill_climbing_never_exceeds_the_constants():
    assert 0.6 < max(climb(seed, 2, 300) for seed in range(3)) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("depth", [2, 3, 4])
def test_long_hill_climbing_never_exceeds_the_constants(depth):
    assert 0.7 < max(climb(seed, depth, 4000) for seed in range(8)) <= 1


def test_roots_are_rounded_outward():
    rng = random.Random(3)
    for _ in range(300):
        value = Fraction(rng.randint(1, 10**rng.randint(1, 40)), rng.randint(1, 10**rng.randint(1, 40)))
        k = rng.randint(1, 7)
        assert root_down(value, k) ** k <= value <= root_up(value, k) ** k
        assert (root_up(value, k) - root_down(value, k)) * 2**90 <= root_up(value, k)
        assert root(value**k, k).exact == value
        assert shortened_down(value, 20) <= value <= shortened_up(value, 20)
        assert shortened_up(value, 20) <= value * (1 + Fraction(1, 2**17))
    assert root(0, 5).exact == 0
