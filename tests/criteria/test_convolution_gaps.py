"""Points whose kernels have gaps, or lie in planes, against rivals with small entries."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from .checked import checked
from .convolutions import network

FIELDS = ("QQ", "RR", "CC")


def image(rows: Any, h: Any) -> dict[tuple[int, ...], int]:
    poly: dict[tuple[int, ...], int] = {(0,) * len(rows[0][0]): 1}
    for row, vector in zip(rows, h, strict=True):
        after: dict[tuple[int, ...], int] = {}
        for at, c in poly.items():
            for s, x in zip(row, vector, strict=True):
                to = tuple(map(sum, zip(at, s, strict=True)))
                after[to] = after.get(to, 0) + c * x
        poly = after
    return {at: c for at, c in poly.items() if c}


def parallel(f: Any, g: Any) -> bool:
    return all(a * d == b * c for (a, c), (b, d) in itertools.combinations(list(zip(f, g, strict=True)), 2))


def rival_in_a_box(rows: Any, h: Any, values: range) -> bool:
    """A point with small entries whose product is a multiple of that of h, not equivalent to h."""
    wanted = image(rows, h)
    boxes = [[v for v in itertools.product(values, repeat=len(row)) if any(v)] for row in rows]
    for g in itertools.product(*boxes):
        found = image(rows, g)
        first = min(wanted)
        same = found.keys() == wanted.keys() and all(
            found[at] * wanted[first] == wanted[at] * found[first] for at in wanted
        )
        if same and not all(parallel(x, y) for x, y in zip(h, g, strict=True)):
            return True
    return False


ROWS = [
    [[(0,), (1,), (3,)], [(0,), (1,)]], [[(0,), (2,)], [(0,), (1,), (2,)]], [[(0,), (2,), (3,)], [(0,), (2,)]],
    [[(0, 0), (1, 0), (0, 1)], [(0, 0), (1, 0), (0, 1)]], [[(0, 0), (1, 0), (0, 1)], [(0, 0), (1, 0)]],
    [[(0, 0), (1, 1)], [(0, 0), (1, 0), (0, 1), (1, 1)]],
]  # fmt: skip


@pytest.mark.parametrize("rows", ROWS, ids=str)
def test_points_with_gaps_and_in_planes_against_small_rivals(rows: Any) -> None:
    rng = random.Random(str(rows))
    seen = set()
    for _ in range(6):
        h = [[rng.choice([-1, 0, 1, 1, 2]) for _ in row[1:]] + [1] for row in rows]
        result = checked(network(*rows, group=[0] * len(rows[0][0]), point=h))
        status = {field: result.verdict("at-point", "scaling", field).status for field in FIELDS}
        seen.add(status["QQ"])
        assert status["QQ"] != "undecided"
        if rival_in_a_box(rows, h, range(-1, 3)):
            assert set(status.values()) == {"refuted"}
    assert seen <= {"proved", "refuted"}


def test_factors_that_do_not_fit_the_kernel() -> None:
    """(x - 1)(x^2 + x + 1) could be regrouped in degree, but the kernels have gaps."""
    result = checked(network([0, 3], [0, 1], point=[[-1, 1], [2, 1]]))
    assert result.verdict("at-point", "scaling", "QQ").status == "proved"
    rows = [[(0,), (1,), (4,)], [(0,), (1,)]]
    result = checked(network([0, 1, 4], [0, 1], point=[[1, 2, 3], [1, 1]]))
    assert result.verdict("at-point", "scaling", "QQ").status == "proved"
    assert not rival_in_a_box(rows, [[1, 2, 3], [1, 1]], range(-3, 4))


def test_an_image_kernel_and_a_circle() -> None:
    square = list(itertools.product(range(3), repeat=2))
    rng = random.Random(5)
    for group in ([0, 0], [16, 16]):
        point = [[rng.randint(1, 9) for _ in row] for row in (square, square[:2])]
        result = checked(network(square, square[:2], group=group, point=point))
        row = result.verdict("at-point", "scaling")
        assert (row.status, row.over, row.statement) == ("proved", "CC", "10.5p")
