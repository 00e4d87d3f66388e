"""One-dimensional kernels: the field enters through one discriminant; ranks of tensors against brute force."""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.checker.errors import Meter
from exactfact.checker.rules import rank_two as checker_rank
from exactfact.criteria import kernel_line as criterion
from exactfact.criteria import rank_spans, rank_trivial
from exactfact.lifting.rank_two import rank_two
from exactfact.model import SparsityModel
from tests.oracles import brute
from tests.oracles.expand import expand

from .checked import checked
from .forging import written
from .helpers import assemble, run
from .liftings import COMPLEX, GHZ, REAL, W, random_lifting, tensor, with_kernel

FIELDS = ("QQ", "RR", "CC")
SHAPES = [(2, 2, 2), (2, 2, 2, 2), (3, 2, 2), (3, 3), (2, 1, 2), (1, 2, 2, 2)]


def statuses(result: ef.Result, model: str = "full") -> list[tuple[str, str]]:
    rows = [result.verdict("uniform", over=over, model=model) for over in FIELDS]
    return [(row.status, row.statement) for row in rows]


def test_a_tangent_vector_is_uniquely_represented_over_every_field() -> None:
    """Rank 7 of 8 columns: below 2 K (S - 1) + 2, and yet uniform over CC (theory 5.2e)."""
    result = checked(with_kernel([W], (2, 2, 2)))
    assert statuses(result) == [("proved", "4.3")] * 3
    assert result.verdict("generic", over="CC").status == "proved"
    for p in (2, 3, 5):
        finite = checked(with_kernel([W], (2, 2, 2), f"GF({p})"))
        assert finite.verdict("uniform").status == "proved"


def test_a_rational_sum_of_two_is_exhibited() -> None:
    result = checked(with_kernel([GHZ], (2, 2, 2)))
    assert statuses(result) == [("refuted", "8.1")] * 3


def test_a_sum_of_two_conjugates() -> None:
    assert statuses(checked(with_kernel([COMPLEX], (2, 2, 2)))) == [
        ("proved", "4.3"),
        ("proved", "4.3"),
        ("refuted", "4.3"),
    ]
    assert statuses(checked(with_kernel([REAL], (2, 2, 2)))) == [
        ("proved", "4.3"),
        ("refuted", "4.3"),
        ("refuted", "4.3"),
    ]


def test_layers_of_other_sizes_and_signs() -> None:
    """The same tensors inside larger spaces, beside layers of one parameter, in other coordinates."""
    rng = random.Random(7)
    for core, expected in ((W, "proved proved proved"), (COMPLEX, "proved proved refuted"), (GHZ, "refuted " * 3)):
        for sizes in ((3, 2, 2), (2, 3, 4), (1, 2, 2, 2), (2, 2, 2, 1)):
            places = [k for k, size in enumerate(sizes) if size > 1]
            maps = [_invertible(size, rng) for size in sizes]
            moved: dict[tuple[int, ...], int] = {}
            for index in itertools.product(*map(range, sizes)):
                total = 0
                for small, value in core.items():
                    full = [0] * len(sizes)
                    for k, j in zip(places, small, strict=True):
                        full[k] = j
                    for k, j in enumerate(full):
                        value = value * maps[k][index[k]][j]
                    total += value
                moved[index] = total
            result = checked(with_kernel([moved], sizes), properties=["uniform"])
            assert [s for s, _ in statuses(result)] == expected.split()


def _invertible(size: int, rng: random.Random) -> list[list[int]]:
    """Unipotent, with random entries above the diagonal and a sign."""
    return [[rng.choice((-1, 1)) if r == c else rng.randint(-2, 2) if c > r else 0 for c in range(size)]
            for r in range(size)]  # fmt: skip


def test_points_and_models_follow() -> None:
    point = [[1, 1], [1, 2], [3, 1]]
    architecture = with_kernel([COMPLEX], (2, 2, 2), point=point, models=[SparsityModel(0, supports=[[0], [1]])])
    result = checked(architecture, properties=["uniform", "at-point"])
    assert result.verdict("at-point", over="RR").status == "proved"
    assert result.verdict("uniform", over="RR", model="spec").statement == "4.1"
    assert result.verdict("uniform", over="CC", model="spec").status in ("undecided", "proved")


# --------------------------------------------------------------------------------------------- ranks by brute force


def decomposables(sizes: tuple[int, ...], p: int) -> set[tuple[int, ...]]:
    vectors = [list(itertools.product(range(p), repeat=size)) for size in sizes]
    found = set()
    for factors in itertools.product(*vectors):
        found.add(tuple(_times(factors, index) % p for index in itertools.product(*map(range, sizes))))
    return found


def _times(factors: Any, index: tuple[int, ...]) -> int:
    value = 1
    for factor, j in zip(factors, index, strict=True):
        value *= factor[j]
    return value


@pytest.mark.parametrize("sizes, p", [(s, p) for s in SHAPES for p in (2, 3, 5) if p ** (sum(s) - len(s)) < 600])
def test_ranks_of_random_tensors(sizes: tuple[int, ...], p: int) -> None:
    """Sums of two decomposables against random tensors, both deciders, over GF(p)."""
    rng = random.Random(f"{sizes} {p}")
    rank_one = decomposables(sizes, p)
    listed = sorted(rank_one)
    indices = list(itertools.product(*map(range, sizes)))
    seen = set()
    for trial in range(60):
        if trial % 3:
            flat = tuple(rng.randrange(p) if rng.random() < 0.7 else 0 for _ in indices)
        else:
            flat = tuple((a + b) % p for a, b in zip(rng.choice(listed), rng.choice(listed), strict=True))
        if not any(flat):
            continue
        truth = any(tuple((a - b) % p for a, b in zip(flat, x, strict=True)) in rank_one for x in listed)
        given = {i: v for i, v in zip(indices, flat, strict=True) if v}
        found = rank_two(given, sizes, p)
        assert (found.kind == "terms") == truth
        if truth:
            again = tensor(*found.terms)
            assert {i: v % p for i, v in again.items() if v % p} == given
        answer, _ = checker_rank.rank_two(given, sizes, p, Meter())
        assert (answer == checker_rank.TWO) == truth
        seen.add(truth)
    assert seen == {True} or len(sizes) > 2 and seen == {True, False} or sizes == (3, 3)


def test_the_discriminant_is_cayleys_hyperdeterminant() -> None:
    rng = random.Random(3)
    kinds = set()
    for _ in range(400):
        given = {i: v for i in itertools.product(range(2), repeat=3) if (v := rng.choice((-2, -1, 0, 1, 2)))}
        if not given:
            continue
        found = rank_two(given, (2, 2, 2), 0)
        answer, d = checker_rank.rank_two(given, (2, 2, 2), 0, Meter())
        det = cayley(given)
        kinds.add(found.kind)
        if found.kind == "terms":
            assert tensor(*found.terms) == given
            assert det >= 0 and answer == checker_rank.TWO
        elif found.kind == "more":
            assert det == 0 and answer == checker_rank.MORE
        else:
            assert answer == checker_rank.IRRATIONAL
            assert (found.discriminant > 0) == (det > 0) == (d > 0)
    assert kinds == {"terms", "more", "irrational"}


def cayley(t: dict[Any, int]) -> int:
    """The hyperdeterminant of a 2 x 2 x 2 tensor, by its formula."""
    a = {bits: t.get(bits, 0) for bits in itertools.product(range(2), repeat=3)}
    pairs = [((0, 0, 0), (1, 1, 1)), ((0, 0, 1), (1, 1, 0)), ((0, 1, 0), (1, 0, 1)), ((1, 0, 0), (0, 1, 1))]
    products = [a[x] * a[y] for x, y in pairs]
    squares = sum(x * x for x in products)
    mixed = sum(x * y for x, y in itertools.combinations(products, 2))
    corners = a[0, 0, 0] * a[0, 1, 1] * a[1, 0, 1] * a[1, 1, 0] + a[0, 0, 1] * a[0, 1, 0] * a[1, 0, 0] * a[1, 1, 1]
    return squares - 2 * mixed + 4 * corners


def test_sums_of_two_rational_terms_are_found() -> None:
    rng = random.Random(11)
    for _ in range(60):
        sizes = tuple(rng.choice((1, 2, 3)) for _ in range(rng.choice((1, 2, 3, 4, 5))))
        terms = [[[Fraction(rng.randint(-4, 4), rng.choice((1, 2, 3))) for _ in range(s)] for s in sizes] for _ in "ab"]
        given = tensor(*terms)
        if given:
            found = rank_two(given, sizes, 0)
            assert found.kind == "terms"
            assert tensor(*found.terms) == given


# ------------------------------------------------------------------------------------------------------- forgeries


def forged(kernel: Any, change: Any) -> bool:
    good = written(checked(with_kernel([kernel], (2, 2, 2)), properties=["uniform"]))
    claim = next(c for c in good["claims"] if c["statement"] == "4.3")
    change(claim)
    return not check_certificate(good).accepted


def test_forged_kernels_are_rejected() -> None:
    def evidence(value: Any) -> Any:
        return lambda claim: claim["evidence"].__setitem__("kernel", value)

    w = [[list(i), v] for i, v in W.items()]
    assert forged(W, evidence([]))
    assert forged(W, evidence(w[:2]))
    assert forged(W, evidence([*w, w[0]]))
    assert forged(W, evidence([*w, [[1, 1, 1], 0]]))
    assert forged(W, evidence([[[0, 0, 1], 2], [[0, 1, 0], 2], [[1, 0, 0], 1]]))
    assert forged(W, evidence([[[0, 0, 2], 1], *w[1:]]))
    assert forged(W, evidence([[[0, 0], 1], *w[1:]]))
    assert forged(W, lambda claim: claim.__setitem__("status", "refuted"))
    assert forged(COMPLEX, lambda claim: claim.__setitem__("over", "CC"))
    assert forged(REAL, lambda claim: claim.__setitem__("over", "RR"))
    assert forged(REAL, lambda claim: claim["evidence"].__setitem__("rank", "c9"))


def test_a_refutation_over_too_small_a_field_is_rejected() -> None:
    for kernel, over in ((COMPLEX, "RR"), (COMPLEX, "QQ"), (REAL, "QQ")):
        good = written(checked(with_kernel([kernel], (2, 2, 2)), properties=["uniform"]))
        claim = next(c for c in good["claims"] if c["statement"] == "4.3" and c["status"] == "refuted")
        claim["over"] = over
        assert not check_certificate(good).accepted


def test_a_rank_below_the_line_is_no_line() -> None:
    """Two kernel vectors, one of them W: the bound on the rank must be N - 1."""
    result = checked(with_kernel([W, GHZ], (2, 2, 2)))
    good = written(result)
    rank = next(c for c in good["claims"] if c.get("quantity") == "rank" and c["side"] == "lower")
    good["claims"].append(
        {"id": f"c{len(good['claims'])}", "kind": "verdict", "property": "uniform", "modulo": "scaling",
         "model": "full", "over": "CC", "status": "proved", "statement": "4.3",
         "evidence": {"rank": rank["id"], "kernel": [[list(i), v] for i, v in W.items()]}}
    )  # fmt: skip
    assert not check_certificate(good).accepted


@pytest.mark.parametrize("p", [2, 3, 5])
def test_random_lines_over_finite_fields_against_exhaustion(p: int) -> None:
    """The criterion alone on random maps of rank N - 1."""
    counts = {True: 0, False: 0}
    for seed in range(60):
        sizes = random.Random(seed).choice([(2, 2, 2), (2, 2), (3, 2, 2), (1, 2, 2), (2, 2, 2, 2), (3, 3)])
        architecture = random_lifting(sizes, math.prod(sizes) - 1, seed, f"GF({p})")
        full = brute.exhaust(expand(architecture.document()), 20_000)
        if full is None:
            continue
        ledger, outcomes = run(architecture, [rank_trivial.apply, rank_spans.apply, criterion.apply])
        claim = ledger.verdict("uniform", "scaling")
        if claim is None:
            assert "not known to be a line" in outcomes[2].why
            continue
        uniform = brute.uniform_scaling(full)
        assert (claim.status == "proved") == uniform
        assert check_certificate(assemble(architecture, *outcomes)).accepted
        counts[uniform] += 1
    assert min(counts.values()) >= 3
