"""Architectures made to fool modular or floating arithmetic, and degenerate ones, with answers known by hand."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

import exactfact
from exactfact.checker import check_certificate
from exactfact.model import from_document

from .agreement import examine

POPULAR = (65521, 2**31 - 1, 2**61 - 1, 4194301)
ALL = 65521 * (2**31 - 1) * (2**61 - 1) * 4194301
LARGE = 3317044064679887385961813
HUGE = 10**199 + 7
CLOSE = Fraction(2**80 + 1, 2**80)


def text(value: object) -> object:
    """The number as a user writes it."""
    return value if isinstance(value, int) else str(value)


def basis(*matrices: list) -> dict:
    return {"operator": "basis", "matrices": [[[text(v) for v in row] for row in m] for m in matrices]}


def rows(*vectors: list) -> dict:
    """One layer of 1 x n matrices: the vectors are the columns of A."""
    return basis(*([v] for v in vectors))


def over(field: str, *layers: dict, **more: object) -> dict:
    return {"exactfact": 1, "field": field, "layer": list(layers), **more}


def zeros(r: int, c: int) -> list:
    return [[0] * c for _ in range(r)]


FULL2, DIAGONAL2 = {"operator": "full", "rows": 2, "cols": 2}, {"operator": "diagonal", "size": 2}
SCALAR = basis([[1, 2], [3, 4]])
P1, P2, P3, P4 = POPULAR

# name -> (document, rank of A, status of `uniform` modulo scaling)
TRAPS = {
    **{f"unit drop mod {p}": (over("QQ", rows([1, 1], [1, 1 + p])), 2, "proved") for p in (*POPULAR, ALL)},
    **{f"true drop in GF({p})": (over(f"GF({p})", rows([1, 1], [1, 1 + p])), 1, "refuted") for p in POPULAR},
    **{f"entry {p}": (over("QQ", rows([p, 0], [0, p])), 2, "proved") for p in (*POPULAR, ALL)},
    **{f"denominator {p}": (over("QQ", rows([Fraction(1, p), 1], [1, Fraction(3, p)])), 2, "proved") for p in POPULAR},
    "all denominators": (over("QQ", rows([Fraction(1, ALL), 1], [0, Fraction(2, ALL)])), 2, "proved"),
    "minor divisible by every popular prime": (
        over("QQ", basis([[1, ALL], [0, 1]], [[1, 0], [0, 1]]), basis([[1, 0], [ALL, 1]], [[1, 0], [0, 1]])),
        4,
        "proved",
    ),
    "dependent, with popular entries": (over("QQ", rows([P1, P2, P3], [P1 * P4, P2 * P4, P3 * P4])), 1, "refuted"),
    "columns equal modulo every popular prime": (over("QQ", rows([1, 2, 3], [1 + ALL, 2, 3])), 2, "proved"),
    "200 digits, independent": (over("QQ", rows([HUGE, HUGE + 1], [HUGE + 1, HUGE + 2])), 2, "proved"),
    "200 digits, proportional": (over("QQ", rows([HUGE, HUGE + 2], [3 * HUGE, 3 * HUGE + 6])), 1, "refuted"),
    "200 digits, rational": (
        over("QQ", rows([Fraction(HUGE, HUGE + 2), 1], [1, Fraction(HUGE + 2, HUGE)])),
        1,
        "refuted",
    ),
    "200 digits, nearly proportional": (
        over("QQ", rows([Fraction(HUGE, HUGE + 2), 1], [1, Fraction(HUGE + 2, HUGE + 1)])),
        2,
        "proved",
    ),
    "near duplicates, 2^-80 apart": (over("QQ", rows([1, 1], [1, CLOSE])), 2, "proved"),
    "near duplicates in a product": (
        over("QQ", basis([[1, 1], [1, 1]], [[1, 1], [1, CLOSE]]), DIAGONAL2),
        3,
        "refuted",
    ),
    "tiny but not zero": (over("QQ", rows(["1e-300", 0], [0, 1])), 2, "proved"),
    "p = 2": (over("GF(2)", rows([1, 1, 0], [0, 1, 1], [1, 0, 1])), 2, "refuted"),
    "p = 2, independent": (over("GF(2)", rows([1, 1, 0], [0, 1, 1], [1, 1, 1])), 3, "proved"),
    "p = 2, phi = 0 with one parameter": (over("GF(2)", basis([[2]])), 0, "refuted"),
    "largest fields": (over(f"GF({LARGE})", rows([1, -1], [LARGE - 1, 1])), 1, "refuted"),
    "largest fields, independent": (over(f"GF({LARGE})", rows([1, -1], [LARGE - 2, 1])), 2, "proved"),
    "largest fields, rational": (over(f"GF({LARGE})", rows(["1/3", 1], [1, 3])), 1, "refuted"),
    "zero layer": (over("QQ", basis(zeros(2, 2)), FULL2), 0, "refuted"),
    "zero fixed matrix": (
        over("QQ", DIAGONAL2, {"operator": "fixed", "matrix": zeros(2, 3)}, FULL2 | {"rows": 3}),
        0,
        "refuted",
    ),
    "everything zero, one parameter a layer": (over("QQ", basis([[0]]), basis([[0]])), 0, "refuted"),
    "one scalar": (over("QQ", basis([[7]])), 1, "proved"),
    "scalars only": (over("QQ", basis([[2]]), basis([[3]]), basis([["1/5"]])), 1, "proved"),
    "scalar layers between": (over("QQ", SCALAR, DIAGONAL2, SCALAR), 2, "proved"),
    "K = 1": (over("QQ", FULL2), 4, "proved"),
    "K = 1 with a repeated column": (over("QQ", rows([1, 2], [1, 2])), 1, "refuted"),
    "repeated column in a product": (over("QQ", basis([[1, 0]], [[1, 0]]), FULL2), 2, "refuted"),
    "1 x n times n x 1": (
        over("QQ", {"operator": "full", "rows": 1, "cols": 3}, {"operator": "full", "rows": 3, "cols": 1}),
        1,
        "refuted",
    ),
    "n x 1 times 1 x n": (
        over("QQ", {"operator": "full", "rows": 3, "cols": 1}, {"operator": "full", "rows": 1, "cols": 3}),
        9,
        "proved",
    ),
    "products of coordinates vanish": (over("QQ", DIAGONAL2, DIAGONAL2), 2, "refuted"),
    "parameter without entries": (
        over("QQ", {"operator": "entries", "rows": 2, "cols": 2, "parameters": 3, "entries": [[0, 0, 0], [1, 1, 2]]}),
        2,
        "refuted",
    ),
    "cells that cancel": (
        over(
            "QQ",
            {
                "operator": "entries",
                "rows": 1,
                "cols": 1,
                "parameters": 1,
                "entries": [[0, 0, 0, "1/3"], [0, 0, 0, "-1/3"]],
            },
        ),
        0,
        "refuted",
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_trap(name: str) -> None:
    document, rank, status = TRAPS[name]
    result = exactfact.certify(from_document(document), seed=0)
    bounds = result.facts["rank"]
    assert (bounds["lower"], bounds["upper"]) == (rank, rank)
    if status is not None:
        assert result.verdict("uniform").status == status
    assert examine(document) == []


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", ["entry 65521", f"unit drop mod {ALL}", "near duplicates, 2^-80 apart"])
def test_no_seed_falls_into_the_trap(name: str, seed: int) -> None:
    document, rank, status = TRAPS[name]
    result = exactfact.certify(from_document(document), seed=seed)
    assert (result.facts["rank"]["lower"], result.verdict("uniform").status) == (rank, status)
    assert check_certificate(json.loads(result.certificate.text())).accepted
