"""Points of chains of convolutions against the splittings of labelled roots and factors, listed by hand."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any

import pytest

from exactfact.lifting import factor_splittings

from .checked import checked
from .convolutions import full_layers, intervals, network, polynomial

FIELDS = ("QQ", "RR", "CC")


def everywhere(label: str) -> dict[str, list[tuple[str, int]]]:
    return {field: [(label, 1)] for field in FIELDS}


# name: coefficients (constant first) of a form, and its parts over QQ, RR, CC as (label, degree)
FACTORS: dict[str, tuple[list[int], dict[str, list[tuple[str, int]]]]] = {
    "zero": ([0, 1], everywhere("0")),
    "infinity": ([1, 0], everywhere("oo")),
    "one": ([-1, 1], everywhere("1")),
    "half": ([1, -2], everywhere("1/2")),
    "i": ([1, 0, 1], {"QQ": [("i", 2)], "RR": [("i", 2)], "CC": [("i", 1), ("-i", 1)]}),
    "omega": ([1, 1, 1], {"QQ": [("w", 2)], "RR": [("w", 2)], "CC": [("w", 1), ("w2", 1)]}),
    "sqrt2": ([-2, 0, 1], {"QQ": [("s", 2)], "RR": [("s", 1), ("-s", 1)], "CC": [("s", 1), ("-s", 1)]}),
    "cbrt2": ([-2, 0, 0, 1], {"QQ": [("c", 3)], "RR": [("c", 1), ("cw", 2)], "CC": [("c", 1), ("cw", 1), ("cw2", 1)]}),
    "eighth": ([1, 0, 0, 0, 1], {"QQ": [("z", 4)], "RR": [("z", 2), ("z3", 2)],
                                 "CC": [("z", 1), ("z3", 1), ("z5", 1), ("z7", 1)]}),
}  # fmt: skip


def layer(names: tuple[str, ...]) -> list[int]:
    return polynomial(*(FACTORS[name][0] for name in names))


def number_of_splittings(layers: list[tuple[str, ...]], field: str) -> int:
    """Ways to give the labelled parts of all layers to layers of the same degrees, equal labels not told apart."""
    parts = [part for names in layers for name in names for part in FACTORS[name][1][field]]
    degrees = [sum(len(FACTORS[name][0]) - 1 for name in names) for names in layers]
    found = {(tuple(degrees), ())}
    for label in sorted(set(parts)):
        count, weight = parts.count(label), label[1]
        grown = set()
        for rooms, history in found:
            for share in itertools.product(range(count + 1), repeat=len(rooms)):
                left = tuple(room - weight * n for room, n in zip(rooms, share, strict=True))
                if sum(share) == count and min(left) >= 0:
                    grown.add((left, (*history, share)))
        found = grown
    return len(found)


CASES = [
    [("one",), ("one",)], [("one",), ("half",)], [("i",), ("i",)], [("one",), ("i",)], [("zero", "zero"), ("zero",)],
    [("sqrt2",), ("sqrt2",)], [("sqrt2",), ("one",)], [("i", "one"), ("i", "one")], [("cbrt2",), ("one",)],
    [("cbrt2",), ("i",)], [("eighth",), ("i",)], [("eighth",), ("eighth",)], [("i", "omega"), ("one",)],
    [("one", "one"), ("i",)], [("one", "infinity"), ("omega",)],
    [("infinity",), ("infinity",), ("infinity", "infinity")],
    [("zero",), ("infinity",)], [("eighth",), ("one",)], [("cbrt2",), ("eighth",)], [("i",), ("i", "i")],
    [("one",), ("one", "i")], [("one",), ("one", "one", "i")],
]  # fmt: skip


@pytest.mark.parametrize("layers", CASES, ids=str)
@pytest.mark.parametrize("make", [full_layers, intervals])
def test_verdicts_over_three_fields_against_listed_splittings(make: Any, layers: list[tuple[str, ...]]) -> None:
    assert differences(make, layers) == []


def differences(make: Any, layers: list[tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """The verdicts (field, group, status) that the number of splittings contradicts."""
    point = [layer(names) for names in layers]
    result = checked(make(*map(len, point), point=point))
    wrong = []
    groups = ("scaling", "path-scaling") if make is intervals else ("scaling",)
    for field, group in itertools.product(FIELDS, groups):
        status = result.verdict("at-point", group, field).status
        if status != ("proved" if number_of_splittings(layers, field) == 1 else "refuted"):
            wrong.append((field, group, status))
    return wrong


@pytest.mark.parametrize("seed", [pytest.param(n, marks=[pytest.mark.slow] * (n >= 25)) for n in range(100)])
def test_random_products_of_labelled_factors(seed: int) -> None:
    rng = random.Random(seed)
    names = rng.sample(sorted(FACTORS), rng.choice([1, 2, 3]))
    layers = [tuple(rng.choices(names, k=rng.choice([1, 1, 2]))) for _ in range(rng.choice([2, 2, 3]))]
    assert differences(rng.choice([full_layers, intervals]), layers) == []


@pytest.mark.parametrize("seed", range(12))
def test_translated_reversed_and_rescaled_points(seed: int) -> None:
    rng = random.Random(seed)
    sizes = [rng.choice([2, 3]) for _ in range(2)]
    point = [[rng.choice([-2, -1, 0, 1, 2]) for _ in range(n - 1)] + [rng.choice([1, 3])] for n in sizes]

    def verdicts(rows: Any, h: Any, **options: Any) -> Any:
        result = checked(network(*rows, point=h, **options))
        return [(r.modulo, r.over, r.status) for r in result.verdicts if r.property == "at-point"]

    base = verdicts(list(map(range, sizes)), point)
    assert verdicts([range(5 + k, 5 + k + n) for k, n in enumerate(sizes)], point) == base
    assert verdicts(list(map(range, sizes)), [vector[::-1] for vector in point]) == base
    assert verdicts([range(0, -3 * n, -3) for n in sizes], point) == base
    scaled = [[str(Fraction(x) * f) for x in vector] for vector, f in zip(point, (Fraction(3, 7), -5), strict=True)]
    assert verdicts(list(map(range, sizes)), scaled) == base
    assert verdicts(list(map(range, sizes)), point, group=[9]) == base


def test_a_point_with_a_zero_layer() -> None:
    """The product is 0, and then some layer is 0: one class modulo path-scaling; modulo scaling nothing is asked."""
    result = checked(intervals(2, 3, point=[[0, 0], [1, 2, 3]]))
    row = result.verdict("at-point", "path-scaling")
    assert (row.status, row.over, row.statement) == ("proved", "CC", "10.5a")
    assert result.verdict("at-point", "scaling").status == "undecided"
    assert "zero layer" in result.verdict("at-point", "scaling").reason


def test_many_factors_are_exchanged_without_listing_all_parts() -> None:
    """Fourteen different roots in one layer, one in the other."""
    f = polynomial(*([-n, 1] for n in range(2, 16)))
    result = checked(intervals(15, 2, point=[f, [1, 1]]))
    assert result.verdict("at-point", "scaling", "QQ").statement == "8.1"
    assert result.seconds < 5


def test_what_is_too_large_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factor_splittings, "PART_LIMIT", 1)
    result = checked(intervals(2, 4, point=[[1, 1], [1, 0, 0, 2]]))
    row = result.verdict("at-point", "scaling", "QQ")
    assert row.status == "undecided"
    assert "ways to split the factors" in row.reason
    assert result.verdict("at-point", "scaling", "RR").status == "refuted"


def test_the_same_seed_gives_the_same_bytes() -> None:
    square = list(itertools.product(range(2), repeat=2))
    arch = network(square, [(0, 0), (2, 0), (0, 2)], group=[0, 0], point=[[1, 2, 3, 5], [1, 4, 7]])
    assert checked(arch, seed=3).certificate.text() == checked(arch, seed=3).certificate.text()
