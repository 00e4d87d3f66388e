"""The main guarantee: no verdict, bound or fact about a random small architecture contradicts brute force."""

from __future__ import annotations

import pytest

from . import random_specs
from .agreement import examine

FIELDS = (2, 3, 5, 0)
MAKERS = {"chain": random_specs.chain, "network": random_specs.network}
FAST = range(80)
SLOW = range(80, 140)
SMALL = {2: 10, 3: 7, 5: 5, 0: 9}


def _failures(maker: str, p: int, seeds: range, most: int) -> list[tuple[int, list[str]]]:
    examined = ((seed, examine(MAKERS[maker](seed, p, most))) for seed in seeds)
    return [(seed, found) for seed, found in examined if found]


@pytest.mark.parametrize("p", FIELDS)
@pytest.mark.parametrize("maker", MAKERS)
def test_verdicts_agree_with_brute_force(maker: str, p: int) -> None:
    assert _failures(maker, p, FAST, SMALL[p]) == []


@pytest.mark.slow
@pytest.mark.parametrize("p", FIELDS)
@pytest.mark.parametrize("maker", MAKERS)
def test_verdicts_agree_with_brute_force_at_length(maker: str, p: int) -> None:
    assert _failures(maker, p, SLOW, random_specs.MOST_PARAMETERS[p]) == []
