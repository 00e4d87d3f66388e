"""Generic fibres of chains of convolutions: recognition, counts against exhaustion, published numbers."""

from __future__ import annotations

import collections
import itertools
import math
import random
from typing import Any

import numpy as np
import pytest

import exactfact as ef
from exactfact.lifting.convolution_counts import count, least_real_splittings

from .checked import checked
from .convolutions import full_layers, intervals, network, valid_layers

ZOO = [((2, 2), 2), ((3, 3), 6), ((2, 2, 2), 6), ((3, 2, 2), 12), ((4, 4), 20), ((5, 5), 70), ((3, 3, 3), 90),
       ((7, 7), 924), ((2,) * 6, 720)]  # fmt: skip
SQUARE = [(a, b) for a in range(2) for b in range(2)]
TRIANGLE = [(0, 0), (1, 0), (0, 1)]


def counts(result: ef.Result) -> dict[str, tuple[int, int]]:
    return {field: (entry["lower"], entry["upper"]) for field, entry in result.facts["fibre_count"].items()}


@pytest.mark.parametrize(("kernels", "number"), ZOO)
@pytest.mark.parametrize("make", [full_layers, intervals, valid_layers])
def test_full_kernels_have_the_published_numbers_of_solutions(make: Any, kernels: tuple[int, ...], number: int) -> None:
    result = checked(make(*kernels))
    assert counts(result)["CC"] == (number, number)
    assert number == math.factorial(sum(k - 1 for k in kernels)) // math.prod(math.factorial(k - 1) for k in kernels)
    assert result.verdict("generic-finite").status == "proved"
    exchanges = math.prod(map(math.factorial, collections.Counter(kernels).values()))
    assert counts(result)["QQ"] == (exchanges, number)
    for field in ("QQ", "RR", "CC"):
        assert result.verdict("generic", over=field).status == "refuted"


@pytest.mark.parametrize("make", [full_layers, intervals])
def test_fields_differ_for_two_kernels_of_different_length(make: Any) -> None:
    """A line and a conic: 3 classes over CC, 1 or 3 over RR, 1 over QQ unless the conic splits."""
    result = checked(make(2, 3))
    assert counts(result) == {"QQ": (1, 3), "RR": (1, 3), "CC": (3, 3)}
    status = {field: result.verdict("generic", over=field).status for field in ("QQ", "RR", "CC")}
    assert status == {"QQ": "undecided", "RR": "undecided", "CC": "refuted"}
    assert "between 1 and 3 classes" in result.verdict("generic", over="RR").reason
    row = result.verdict("hilbert-generic")
    assert (row.status, row.over, row.also_over, row.statement) == ("proved", "QQ", (), "10.5")


def test_a_cubic_always_has_a_real_root_to_exchange() -> None:
    result = checked(intervals(2, 4))
    assert counts(result) == {"QQ": (1, 4), "RR": (2, 4), "CC": (4, 4)}
    assert result.verdict("generic", over="RR").statement == "10.5"
    assert result.verdict("generic", over="QQ").status == "undecided"


def test_questions_have_one_row_each() -> None:
    for result in (checked(intervals(2, 3)), checked(full_layers(3, 4))):
        rows = [(r.property, r.modulo, r.model, field) for r in result.verdicts for field in (r.over, *r.also_over)]
        assert len(set(rows)) == len(rows)
        assert any(row[0] == "hilbert-generic" for row in rows)


# ------------------------------------------------------------------------------------- against exhaustion over GF(p)


def fibres(supports: list[list[tuple[int, ...]]], p: int) -> collections.Counter[int]:
    """How often each number of classes occurs among the products of projective points over GF(p)."""
    products: collections.Counter[Any] = collections.Counter()
    for chosen in itertools.product(*(list(projective(len(s), p)) for s in supports)):
        poly: dict[Any, int] = {(0,) * len(supports[0][0]): 1}
        for support, h in zip(supports, chosen, strict=True):
            after: dict[Any, int] = collections.defaultdict(int)
            for at, c in poly.items():
                for s, x in zip(support, h, strict=True):
                    after[tuple(map(sum, zip(at, s, strict=True)))] += c * x
            poly = {at: c % p for at, c in after.items() if c % p}
        lead = pow(poly[min(poly)], -1, p)
        products[tuple(sorted((at, c * lead % p) for at, c in poly.items()))] += 1
    return collections.Counter(products.values())


def projective(size: int, p: int) -> Any:
    for lead in range(size):
        for rest in itertools.product(range(p), repeat=size - lead - 1):
            yield (0,) * lead + (1, *rest)


def places(*rows: Any) -> list[list[tuple[int, ...]]]:
    return [[(n,) for n in row] for row in rows]


@pytest.mark.parametrize(
    ("supports", "p"),
    [(places(range(2), range(2)), 7), (places(range(2), range(3)), 7), (places(range(3), range(3)), 7),
     (places(range(2), range(2), range(2)), 5), (places(range(2), range(4)), 5), (places([0, 2], [0, 2, 4]), 7),
     (places([0, 3], [0, 3, 6]), 5)],
)  # fmt: skip
def test_upper_bounds_on_a_line_against_all_points_of_a_small_field(supports: Any, p: int) -> None:
    """Where all roots are in the field and different, the fibre has the counted number; it is never exceeded."""
    shifts = tuple(map(tuple, supports))
    bound = count(shifts)
    assert bound is not None
    assert bound.upper == bound.lower["CC"] == max(fibres(supports, p))


@pytest.mark.parametrize(
    ("supports", "expected", "p"),
    [([TRIANGLE, TRIANGLE], 2, 5), ([TRIANGLE, SQUARE], 1, 5), ([TRIANGLE, [(3, 1), (4, 1), (3, 2)]], 2, 5),
     ([[(0, 0), (1, 0)], [(0, 0), (0, 1)], TRIANGLE], 1, 5), ([[(0, 0), (1, 0)], [(0, 0), (1, 0)], TRIANGLE], 2, 5),
     ([[(0, 0), (1, 1)], [(2, 2), (3, 3)], [(0, 0), (0, 1)]], 2, 5), ([*places([0, 2], [0, 1, 2])], 1, 11),
     ([*places([0, 3], [1, 0, 2, 3])], 1, 11), ([*places([0, 2, 4], [5, 4, 3])], 1, 7), ([TRIANGLE, [(0, 0),
     (-1, 0), (0, -1)]], 1, 5)],
)  # fmt: skip
def test_planes_and_steps_against_all_points_of_a_small_field(supports: Any, expected: int, p: int) -> None:
    """Most fibres have the counted number of classes."""
    bound = count(tuple(map(tuple, supports)))
    assert bound is not None and bound.upper == expected == bound.lower["QQ"]
    seen = fibres(supports, p)
    weight = {number: number * times for number, times in seen.items()}
    assert max(weight, key=weight.__getitem__) == expected
    result = checked(network(*supports, group=[0] * len(supports[0][0])))
    assert counts(result) == dict.fromkeys(("QQ", "RR", "CC"), (expected, expected))
    assert result.verdict("generic", over="QQ").status == ("proved" if expected == 1 else "refuted")


def real_splittings(degrees: tuple[int, ...], polys: list[np.ndarray]) -> int:
    """Conjugation-invariant ways to split the numeric roots, by listing them."""
    roots = np.concatenate([np.roots(f) for f in polys])
    items = [1 for z in roots if abs(z.imag) < 1e-9] + [2 for z in roots if z.imag >= 1e-9]
    ways = 0
    for owners in itertools.product(range(len(degrees)), repeat=len(items)):
        load = [0] * len(degrees)
        for owner, weight in zip(owners, items, strict=True):
            load[owner] += weight
        ways += load == list(degrees)
    return ways


@pytest.mark.parametrize("degrees", [(1, 2), (1, 3), (2, 2), (2, 4), (1, 1, 2), (3, 3), (2, 2, 1), (1, 5)])
def test_the_least_number_of_real_splittings_is_reached_and_never_missed(degrees: tuple[int, ...]) -> None:
    rng = np.random.default_rng(sum(degrees))
    seen = {real_splittings(degrees, [rng.normal(size=d + 1) for d in degrees]) for _ in range(60)}
    assert min(seen) == least_real_splittings(degrees)


# ------------------------------------------------------------------------------------------------------ recognition


def sums(*rows: Any) -> int:
    return len({sum(chosen) for chosen in itertools.product(*rows)})


@pytest.mark.parametrize(
    ("layers", "rows"),
    [([ef.circulant(9, [0, 1, 2]), ef.circulant(9, [7, 8])], [range(3), range(2)]),
     ([ef.circulant(7, [0, 3, 6]), ef.circulant(7, [0, 3])], [range(3), range(2)]),
     ([ef.toeplitz(8, 7, [0, 1]), ef.toeplitz(7, 5, [0, 1, 2])], [range(2), range(3)]),
     ([ef.convolution(9, 3, stride=2), ef.convolution(20, 4, stride=2)], [range(0, 6, 2), range(4)]),
     ([ef.convolution(8, 2, padding="circular", stride=2), ef.convolution(16, 3, padding="circular", stride=2)],
      [range(0, 4, 2), range(3)]),
     ([ef.convolution(12, 2, dilation=3, padding="full"), ef.convolution(14, 3)], [[0, 3], range(3)]),
     ([ef.entries(4, 3, 2, [[i + s, i, s] for i in range(3) for s in range(2)]),
       ef.entries(3, 1, 3, [[s, 0, s] for s in range(3)])], [range(2), range(3)])],
)  # fmt: skip
def test_families_that_convolve_are_recognised(layers: list[ef.Layer], rows: Any) -> None:
    """The rank, found by elimination, is the number of sums; the count is that of the kernels themselves."""
    result = checked(ef.Architecture(layers))
    assert result.facts["rank"]["lower"] == result.facts["rank"]["upper"] == sums(*rows)
    bound = count(tuple(tuple((n,) for n in row) for row in rows))
    assert bound is not None and result.facts["fibre_count"]["CC"]["upper"] == bound.upper


@pytest.mark.parametrize(
    "arch",
    [ef.Architecture([ef.circulant(4, range(4)), ef.circulant(4, range(2))]),  # wraps around
     intervals(3, 3, group=4), intervals(4, 3, group=5),
     ef.Architecture([ef.toeplitz(4, 4, [0, 1, 2])] * 3),  # truncated powers of a shift
     ef.Architecture([ef.toeplitz(5, 5, [-1, 0, 1])] * 2), ef.Architecture([ef.full(3, 3), ef.full(3, 3)]),
     ef.Architecture([ef.diagonal(3), ef.circulant(3, [0, 1])]),
     ef.Architecture([ef.convolution(6, 2, in_channels=2), ef.convolution(7, 2, out_channels=2)]),
     network(range(2), range(3), field=ef.GF(7))],
)  # fmt: skip
def test_what_is_no_chain_of_convolutions(arch: ef.Architecture) -> None:
    assert all(not claim.statement.startswith("10.5") for claim in checked(arch).certificate.claims)


def test_wrap_around_that_keeps_the_sums_apart() -> None:
    """Long circles, a circle just long enough, and taps that are far apart in steps of 1 but not of 3."""
    for arch in (intervals(2, 3, group=16), intervals(2, 3, group=4), network([0, 3, 6], [0, 3], group=[7]),
                 network([0, 6], [6, 0, 5], group=[7])):  # fmt: skip
        result = checked(arch)
        assert counts(result)["CC"] == (3, 3)
        assert result.verdict("generic", over="CC").statement == "10.5"


@pytest.mark.parametrize("seed", range(6))
def test_translations_reversals_and_units_change_nothing(seed: int) -> None:
    rng = random.Random(seed)
    rows = [rng.sample(range(5), rng.randint(2, 4)) for _ in range(rng.randint(2, 3))]
    n, unit = 31, rng.choice([3, 5, 11])

    def verdicts(*supports: Any, group: int = 0) -> Any:
        result = checked(network(*supports, group=[group]))
        return counts(result), sorted((r.property, r.modulo, r.over, r.status) for r in result.verdicts)

    base = verdicts(*rows)
    assert verdicts(*([s + 7 * k - 3 for s in row] for k, row in enumerate(rows))) == base
    assert verdicts(*([-s for s in row] for row in rows)) == base
    assert verdicts(*([3 * s for s in row] for row in rows)) == base
    assert verdicts(*([unit * s % n for s in row] for row in rows), group=n)[0] == base[0]


def test_dilations_and_strides_give_effective_taps() -> None:
    edges = [ef.Edge("a", "u", "out", [0, 1, 2]), ef.Edge("b", "x", "u", [0, 1], 2)]
    strided = checked(ef.Architecture(ef.Network([32], "out", edges, strides=[2, 2])))
    assert counts(strided)["CC"] == (3, 3), "both kernels have step 2"
    plain = checked(ef.Architecture(ef.Network([32], "out", edges)))
    assert counts(plain)["CC"] == (1, 1), "steps 1 and 2: the roots of the second layer are opposite"
    assert plain.verdict("generic").statement == "10.5"


@pytest.mark.parametrize("make", [valid_layers, intervals])
def test_stacks_of_different_dilations_are_generically_identifiable(make: Any) -> None:
    """Kernels of size 3 with dilations 1, 2, 4: the sums collide, but no two layers share factors."""
    length, layers = 40, []
    for dilation in (4, 2, 1):
        layers.append(ef.convolution(length, 3, dilation=dilation))
        length -= 2 * dilation
    stacked = [[dilation * s for s in range(3)] for dilation in (1, 2, 4)]
    arch = ef.Architecture(layers[::-1]) if make is valid_layers else network(*stacked)
    result = checked(arch)
    assert result.verdict("uniform").status == "refuted"
    row = result.verdict("generic")
    # Layers pass the tangent test before; a network has no other criterion.
    assert (row.status, row.over, row.statement) == ("proved", "CC", "7.7" if make is valid_layers else "10.5")
    assert result.facts["fibre_count"]["CC"]["upper"] == 1
