"""Ranks, spans and products against plain Fraction arithmetic."""
import random
from fractions import Fraction

import pytest

from exactfact.checker.errors import Meter, NotChecked
from exactfact.checker.rules.elimination import Echelon, narrowest, pack, rank_mod, unpack
from exactfact.checker.rules.exact_span import Span
from exactfact.checker.rules.grid import Grid
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


class Naive:
    """Elimination mod p entry by entry."""

    def __init__(self, p: int, n: int) -> None:
        self.p, self.n, self.pivots = p, n, dict[int, list[int]]()

    def add(self, row: dict[int, int]) -> bool:
        """Whether the row is new."""
        values = [row.get(c, 0) % self.p for c in range(self.n)]
        for c in range(self.n):
            if values[c] and c not in self.pivots:
                self.pivots[c] = [v * pow(values[c], -1, self.p) for v in values]
                return True
            if values[c]:
                values = [(v - values[c] * x) % self.p for v, x in zip(values, self.pivots[c], strict=True)]
        return False


@pytest.mark.parametrize("p", [3, 1021, 4194301, 2 ** 61 - 1])
def test_pivots_in_any_order_and_panel(p: int) -> None:
    rng = random.Random(p)
    n = 150  # panels of 32 columns: full ones, empty ones, the last one cut
    starts = rng.sample(range(40), 40) + rng.sample(range(96, 150), 25)
    rows = [{c: rng.randrange(1, p) for c in range(start, n) if c == start or rng.random() < 0.6} for start in starts]
    rows += [{c: (rows[i].get(c, 0) - 2 * rows[i + 1].get(c, 0)) % p for c in range(n)} for i in range(30)]
    rng.shuffle(rows)
    echelon, naive = Echelon(p, n, Meter()), Naive(p, n)
    assert [echelon.add(row) for row in rows] == [naive.add(row) for row in rows]
    assert echelon.rank == len(naive.pivots) == 65


@pytest.mark.parametrize("p", [2039, 2053, 65521, 2 ** 31 - 1])
def test_slots_hold_the_largest_sums(p: int) -> None:
    n = 1024  # 1024 products of two residues mod 2039 are just below 2^32
    echelon = Echelon(p, n, Meter())
    assert echelon.width == (32 if p == 2039 else 64 if p < 1 << 20 else 128)
    assert all(echelon.add({i: 1, n - 2: p - 1, n - 1: p - 1}) for i in range(n - 2))
    assert echelon.add({**dict.fromkeys(range(n - 2), 1), n - 2: p - 1, n - 1: p - 2})
    first, second = (n - 3) % p, (n - 4) % p
    assert not echelon.add({n - 2: first, n - 1: second})
    assert echelon.add({n - 2: first, n - 1: second + 1})


@pytest.mark.parametrize("p", [2, 1021, 4194301, 2 ** 61 - 1])
def test_the_rows_of_a_grid_are_the_products(p: int) -> None:
    rng = random.Random(p)
    for _ in range(20):
        inner = rng.randrange(1, 6)
        lefts, rights = ([sparse(rng, p, rows, cols) for _ in range(rng.randrange(1, 4))]
                         for rows, cols in ((rng.randrange(1, 6), inner), (inner, rng.randrange(1, 6))))
        rows = list(Grid(lefts, rights, p, Meter()).rows())
        wanted = [multiply(x, y, p, Meter()) for x in lefts for y in rights]
        cells = sorted({(r, c) for product in wanted for r, row in product.items() for c in row})
        columns = [column for column in zip(*rows, strict=True) if any(column)]
        assert columns == [tuple(product.get(r, {}).get(c, 0) for product in wanted) for r, c in cells]


def sparse(rng: random.Random, p: int, rows: int, cols: int) -> dict[int, dict[int, int]]:
    """A random matrix, often with zero rows."""
    density = rng.choice([0.3, 0.7, 1])
    return {r: row for r in range(rows)
            if (row := {c: rng.randrange(1, p) for c in range(cols) if rng.random() < density})}


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


def test_the_narrowest_slots() -> None:
    assert [narrowest(bits) for bits in (1, 32, 33, 64, 65, 128)] == [32, 32, 64, 64, 128, 128]


@pytest.mark.parametrize("width", [32, 64, 128, 192])
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
