"""Ranks, spans and products against plain Fraction arithmetic."""
import random
from fractions import Fraction

import pytest

from exactfact.checker.errors import Meter, NotChecked
from exactfact.checker.rules.elimination import Echelon, pack, rank_mod, unpack
from exactfact.checker.rules.exact_span import Span
from exactfact.checker.rules.matrices import multiply
from tests.checker import truth

PRIMES = (2, 3, 5, 65521, 4194301, 2 ** 31 - 1, 2 ** 61 - 1, 3317044064679887385961813)


def random_rows(rng: random.Random, p: int, low_rank: bool) -> list[dict[int, int]]:
    m, n = rng.randrange(1, 12), rng.randrange(1, 12)
    density = rng.choice([0.2, 0.5, 1])
    rows = [{c: rng.randrange(-9, 10) for c in range(n) if rng.random() < density} for _ in range(m)]
    if low_rank:
        for i in range(2, m):
            rows[i] = {c: 3 * rows[0].get(c, 0) - 2 * rows[1].get(c, 0) + p * rng.randrange(3) for c in range(n)}
    return rows


@pytest.mark.parametrize("p", PRIMES)
def test_rank_mod_p(p: int) -> None:
    rng = random.Random(p)
    for _ in range(60):
        rows = random_rows(rng, p, rng.random() < 0.5)
        expected = truth.rank(rows, p)
        assert rank_mod(rows, p, Meter()) == expected
        assert rank_mod(rows, p, Meter(), enough=1) >= min(1, expected)
        echelon = Echelon(p, 12, Meter())
        added = [echelon.add({c: v % p for c, v in row.items()}) for row in rows]
        assert sum(added) == echelon.rank == expected


def test_rank_of_dense_rows_with_gaps_between_pivots() -> None:
    rng = random.Random(7)
    for p in (2, 4194301, 2 ** 61 - 1):
        basis = [{c: rng.randrange(p) for c in range(i % 5, 60, 1 + i % 3)} for i in range(20)]
        rows = []
        for _ in range(50):
            a, b, s = rng.choice(basis), rng.choice(basis), rng.randrange(p)
            rows.append({c: (a.get(c, 0) + s * b.get(c, 0)) % p for c in range(60)})
        assert rank_mod(rows, p, Meter()) == truth.rank(rows, p)


@pytest.mark.parametrize("p", [0, 2, 7, 65521])
def test_exact_span(p: int) -> None:
    rng = random.Random(p)
    for _ in range(60):
        span = Span(p, Meter())
        rows = random_rows(rng, p, rng.random() < 0.5)
        for i, row in enumerate(rows):
            before = truth.rank(rows[:i], p)
            assert span.add(row) == (truth.rank(rows[:i + 1], p) > before)


def test_exact_span_sees_what_a_popular_prime_does_not() -> None:
    for p in (65521, 2 ** 31 - 1, 2 ** 61 - 1, 4194301):
        rows = [{0: 1, 1: 1}, {0: 1, 1: 1 + p}]
        assert rank_mod(rows, p, Meter()) == 1
        span = Span(0, Meter())
        assert [span.add(row) for row in rows] == [True, True]


@pytest.mark.parametrize("width", [64, 128, 192])
def test_pack_and_unpack(width: int) -> None:
    rng = random.Random(width)
    values = [rng.randrange(1 << width) for _ in range(37)]
    packed = pack(values, width)
    assert packed == sum(v << (width * i) for i, v in enumerate(values))
    assert unpack(packed, 37, width) == values
    assert pack([], width) == 0 and unpack(0, 0, width) == []


@pytest.mark.parametrize("p", [0, 5, 4194301, 2 ** 61 - 1])
def test_multiply_sparse_and_packed(p: int) -> None:
    rng = random.Random(p)
    for size in (1, 4, 24):
        a, b = ({r: {c: rng.randrange(1, p or 99) for c in range(size) if rng.random() < 0.9} for r in range(size)}
                for _ in range(2))
        a.pop(0)
        dense = truth.times(*[[[Fraction(m.get(r, {}).get(c, 0)) for c in range(size)] for r in range(size)]
                              for m in (a, b)])
        got = multiply(a, b, p, Meter())
        for r in range(size):
            for c in range(size):
                assert got.get(r, {}).get(c, 0) == (dense[r][c] % p if p else dense[r][c])


def test_the_meter_stops_before_the_work() -> None:
    with pytest.raises(NotChecked):
        rank_mod([{c: 1 + r * c for c in range(200)} for r in range(200)], 65521, Meter(1000))
