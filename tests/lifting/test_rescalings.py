"""Rescalings written out: they preserve every product, over the rationals and at roots of unity modulo a prime."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

import pytest

import exactfact as ef
from exactfact.lifting.chain import build_chain, evaluate
from exactfact.lifting.paths import moves, path_generators
from exactfact.lifting.propagation import exponents, starts
from exactfact.lifting.rescalings import SIZE_LIMIT, Rescaling, rescalings


def kept(indices: Sequence[Sequence[int]]) -> ef.Architecture:
    """The chosen entries of a product of vectors: h_0[i] h_1[j] ... side by side."""
    depth, size = len(indices[0]), 1 + max(map(max, indices))
    first = ef.entries(1, len(indices), size, [[0, c, index[0]] for c, index in enumerate(indices)])
    rest = [
        ef.entries(len(indices), len(indices), size, [[c, c, index[k]] for c, index in enumerate(indices)])
        for k in range(1, depth)
    ]
    return ef.Architecture([first, *rest])


CASES = {
    "signs": (kept([(0, 0, 0), (1, 1, 0), (0, 1, 1), (1, 0, 1)]), (2,), {0: 0, 2: 1}),
    "cube roots": (
        kept([(0, 0, 0, 1), (0, 0, 1, 0), (0, 1, 0, 0), (1, 0, 0, 0), (1, 1, 1, 1)]),
        (3,),
        {0: 0, 3: 1},
    ),
    "circulant": (ef.Architecture([ef.diagonal(3), ef.circulant(3, range(3)), ef.diagonal(3)]), (3,), {0: 0, 3: 1}),
    "butterfly": (ef.Architecture([ef.butterfly(4, 0), ef.butterfly(4, 1)]), (), {0: 3}),
    "one row": (ef.Architecture([ef.full(1, 2), ef.full(2, 1)]), (), {0: 1}),
}


def found(architecture: ef.Architecture, primes: Sequence[int]) -> list[Rescaling]:
    chain = build_chain(architecture)
    vectors = [exponents(index, starts(chain.parameters)) for index in path_generators(moves(chain))]
    return rescalings(vectors, chain.parameters, primes)


def root(order: int, p: int) -> int:
    """An element of that prime order modulo p."""
    return next(z for z in (pow(g, (p - 1) // order, p) for g in range(2, p)) if z != 1)


@pytest.mark.parametrize("name", CASES)
def test_the_products_stay_and_the_numbers_are_those_of_the_group(name: str) -> None:
    architecture, primes, numbers = CASES[name]
    listed = found(architecture, primes)
    assert {order: sum(one.order == order for one in listed) for order in numbers} == numbers
    rng = random.Random(1)
    p = 61  # 60 is divisible by 2, 3 and 5
    h = [[rng.randint(1, 9) for _ in range(size)] for size in architecture.parameters]
    for one in listed:
        field = ef.GF(p) if one.order else ef.QQ
        chain = build_chain(ef.Architecture(architecture.layers, field=field))
        s = root(one.order, p) if one.order else Fraction(7)
        moved = [
            [x * (pow(s, w, p) if one.order else s**w) for x, w in zip(layer, weights, strict=True)]
            for layer, weights in zip(h, one.weights, strict=True)
        ]
        assert evaluate(chain, moved) == evaluate(chain, h)


@pytest.mark.parametrize("name", CASES)
def test_no_rescaling_is_a_scaling(name: str) -> None:
    architecture, primes, _ = CASES[name]
    for one in found(architecture, primes):
        assert any(len(set(weights)) > 1 for weights in one.weights)


def test_too_many_parameters_are_left_alone() -> None:
    assert rescalings([], [SIZE_LIMIT + 1], ()) == []
