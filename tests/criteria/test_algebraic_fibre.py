"""Algebraic points in the fibre of h* (7.5r): against splittings of known factors, Groebner bases, and forgeries."""

from __future__ import annotations

import copy
import itertools
import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import sympy

import exactfact as ef
from exactfact.certificate.transfers import also_over
from exactfact.checker import check_certificate
from exactfact.criteria import algebraic_fibre
from exactfact.model import Architecture
from tests.oracles.expand import expand
from tests.oracles.fibres import counts_at

from .checked import checked
from .convolutions import polynomial
from .helpers import document, run
from .liftings import lifting, random_lifting

FIELDS = ("QQ", "RR", "CC")
# Irreducible over QQ, written from the constant up, with the degrees of their factors over RR and over CC.
FACTORS: dict[tuple[int, ...], tuple[list[int], list[int]]] = {
    (-1, 1): ([1], [1]),
    (2, 1): ([1], [1]),
    (-3, 1): ([1], [1]),
    (1, 3): ([1], [1]),
    (1, 0, 1): ([2], [1, 1]),
    (3, 1, 1): ([2], [1, 1]),
    (-2, 0, 1): ([1, 1], [1, 1]),
    (-3, 0, 1): ([1, 1], [1, 1]),
    (-2, 0, 0, 1): ([1, 2], [1, 1, 1]),
    (1, -3, 0, 1): ([1, 1, 1], [1, 1, 1]),
}


def statuses(architecture: Architecture) -> dict[str, str]:
    """Status by field after the criterion alone, its claims accepted by the checker."""
    ledger, _ = run(architecture, [algebraic_fibre.apply])
    found: dict[str, str] = {}
    if ledger.claims:
        report = check_certificate(json.loads(json.dumps(document(architecture, ledger.claims))))
        assert report.accepted, "\n".join(report.lines())
    for claim in ledger.claims:
        for over in (claim.over, *also_over("at-point", claim.status, claim.over)):  # type: ignore[attr-defined]
            assert found.setdefault(over, claim.status) == claim.status  # type: ignore[attr-defined]
    return found


# ------------------------------------------------------------------------------- polynomials with known factors


def splittings(degrees: Sequence[int], layers: Sequence[int]) -> int:
    """Ways to give different irreducible factors of these degrees to layers of these degrees."""
    ways = {tuple(layers): 1}
    for d in degrees:
        following: dict[tuple[int, ...], int] = {}
        for left, n in ways.items():
            for k, size in enumerate(left):
                if size >= d:
                    rest = (*left[:k], size - d, *left[k + 1 :])
                    following[rest] = following.get(rest, 0) + n
        ways = following
    return ways.get((0,) * len(layers), 0)


def multiplication(h: Sequence[Sequence[int]]) -> Architecture:
    """The product of polynomials of these degrees at h."""
    sizes = [len(vector) for vector in h]
    lengths = [sum(size - 1 for size in sizes[k + 1 :]) + 1 for k in range(len(sizes))]
    layers = [ef.convolution(length, size, padding="full") for length, size in zip(lengths, sizes, strict=True)]
    return Architecture(layers, point=[list(vector) for vector in h])


def groupings() -> Iterator[list[list[tuple[int, ...]]]]:
    """Layers as lists of different factors: two or three layers, total degree up to five."""
    yield from ([[(-1, 1)], [(1, 0, 1)]], [[(2, 1)], [(3, 1, 1)]], [[(1, 0, 1), (3, 1, 1)], [(-3, 1)]])
    rng = random.Random(3)
    while True:
        groups = [rng.sample(list(FACTORS), rng.randint(1, 2)) for _ in range(rng.choice((2, 2, 3)))]
        flat = [f for group in groups for f in group]
        if len(set(flat)) == len(flat) and sum(len(f) - 1 for f in flat) <= (5 if len(groups) == 2 else 4):
            yield groups


def test_products_of_polynomials_agree_with_the_splittings_of_their_factors() -> None:
    """Field by field: identifiable iff the irreducible factors over the field can be split in one way only."""
    seen = {(over, status): 0 for over in FIELDS for status in ("proved", "refuted")}
    for groups in itertools.islice(groupings(), 24):
        layers = [sum(len(f) - 1 for f in group) for group in groups]
        flat = [f for group in groups for f in group]
        degrees = {
            "QQ": [len(f) - 1 for f in flat],
            "RR": [d for f in flat for d in FACTORS[f][0]],
            "CC": [d for f in flat for d in FACTORS[f][1]],
        }
        found = statuses(multiplication([polynomial(*group) for group in groups]))
        for over in FIELDS:
            truth = "proved" if splittings(degrees[over], layers) == 1 else "refuted"
            assert found.get(over) == truth, (groups, over)
            seen[over, truth] += 1
    assert min(seen[over, status] for over in ("QQ", "RR") for status in ("proved", "refuted")) >= 3, seen


# ------------------------------------------------------------------------------- Groebner bases


def solutions(architecture: Architecture, h: Sequence[Sequence[int]]) -> tuple[int, int, int] | None:
    """Numbers of classes over CC, RR, QQ where g_{k,0} != 0, from the characteristic polynomial of a random form."""
    ones = [sympy.symbols(f"x{k}_1:{len(vector)}") for k, vector in enumerate(h)]
    layers = [[sympy.Matrix(m) for m in dense(layer)] for layer in architecture.document()["layer"]]

    def phi(vectors: Any) -> Any:
        result = sympy.eye(layers[0][0].rows)
        for layer, vector in zip(layers, vectors, strict=True):
            result = result * sum((x * m for x, m in zip(vector, layer, strict=True)), sympy.zeros(*layer[0].shape))
        return list(result)

    y, value = phi(h), phi([[1, *row] for row in ones])
    base = next(i for i, v in enumerate(y) if v)
    t, s = sympy.symbols("t s")
    rng = random.Random(5)
    form = sum(rng.randint(1, 9) * x for row in ones for x in row)
    equations = [y[base] * v - c * value[base] for v, c in zip(value, y, strict=True)]
    equations += [t - form, s * value[base] - 1]
    basis = sympy.groebner(equations, s, *[x for row in ones for x in row], t, order="lex")
    last = sympy.Poly(basis.exprs[-1], t)
    if last.gcd(last.diff()).degree() > 0 or len(basis.exprs) != 2 + sum(map(len, ones)):
        return None
    linear = sum(f.degree() == 1 for f, _ in last.factor_list()[1])
    return last.degree(), last.count_roots(), linear


def dense(layer: Any) -> list[Any]:
    """The matrices of a `basis` layer."""
    return [[[sympy.Rational(str(v)) for v in row] for row in m] for m in layer["matrices"]]


@pytest.mark.parametrize(
    ("sizes", "rank", "seeds"), [((2, 2), 3, 6), ((3, 2), 4, 8), ((2, 2, 2), 4, 4), ((3, 2), 5, 3)]
)
def test_random_maps_agree_with_groebner_bases(sizes: tuple[int, ...], rank: int, seeds: int) -> None:
    compared = 0
    for seed in range(seeds):
        rng = random.Random(seed)
        h = [[rng.choice((-3, -2, -1, 1, 2, 3)) for _ in range(size)] for size in sizes]
        architecture = random_lifting(sizes, rank, seed, point=h)
        truth = solutions(architecture, h)
        if truth is None:
            continue
        found = statuses(architecture)
        for over, count in zip(("CC", "RR", "QQ"), truth, strict=True):
            if truth[0] > 1:
                assert found.get(over) == ("proved" if count == 1 else "refuted"), (seed, truth, found)
        compared += 1
    assert compared >= min(seeds, 3)


def test_points_with_zero_entries_agree_with_counts_by_border_bases() -> None:
    """Fibres of sparse points, counted exactly over each field by other code; nothing wrong, and most are decided."""
    decided = total = 0
    for seed in range(12):
        rng = random.Random(seed)
        sizes, rank = rng.choice([((3, 3), 5), ((2, 2, 2), 4), ((2, 2, 2), 5), ((2, 3), 4), ((4, 2), 5)])
        h = [[rng.choice((-2, -1, 0, 0, 1, 3)) for _ in range(size - 1)] + [1] for size in sizes]
        architecture = random_lifting(sizes, rank, seed, point=h)
        arch = expand(architecture.document())
        counts = counts_at(arch, arch.point)
        if counts is None or counts["CC"] == 1:
            continue
        found = statuses(architecture)
        for over in FIELDS:
            total += 1
            decided += over in found
            assert found.get(over) in (None, "proved" if counts[over] == 1 else "refuted"), (seed, counts, found)
    assert 10 <= total <= 2 * decided, (total, decided)


# ------------------------------------------------------------------------------- through the pipeline, and limits


def test_certify_answers_field_by_field() -> None:
    """(x^2 - 2)(x - 1) over QQ alone, (x^2 + 1)(x - 1) over RR too."""
    for square, wanted in ((2, ["proved", "refuted", "refuted"]), (-1, ["proved", "proved", "refuted"])):
        result = checked(hidden_roots(square), properties=("at-point",))
        rows = [result.verdict("at-point", over=over) for over in FIELDS]
        assert [row.status for row in rows] == wanted
        assert all("7.5r" in json.dumps(row.statement) for row in rows)


def hidden_roots(square: int) -> Architecture:
    """(x^2 - square)(x - 1) behind an invertible matrix, which hides that it is a product of polynomials."""
    mixed = [[1, 2, 0, 1], [0, 1, 3, 1], [2, 0, 1, 1], [1, 1, 1, 5]]
    columns = [[mixed[i + j][c] for c in range(4)] for i in range(3) for j in range(2)]
    return lifting(columns, (3, 2), point=[[-square, 0, 1], [-1, 1]])


@pytest.mark.parametrize(
    ("architecture", "why"),
    [
        (random_lifting((2, 2), 3, 0), "no point"),
        (random_lifting((2, 2), 3, 0, point=[[0, 0], [1, 1]]), "is zero"),
        (random_lifting((2, 2), 3, 0, "GF(5)", point=[[1, 1], [1, 1]]), "characteristic 0"),
        (Architecture([ef.full(1, 2), ef.full(2, 1)], point=[[1, 1], [1, -1]]), "product of h* is zero"),
        (Architecture([ef.full(9, 30), ef.full(30, 9)], point=[[1] * 270] * 2), "too large"),
        (multiplication([[1, 1], [1, 1]]), "no other isolated point"),
        (multiplication([[10**40, 1], [1, 1]]), "double precision"),
    ],
)
def test_what_it_says_when_it_does_not_apply(architecture: Architecture, why: str) -> None:
    ledger, outcomes = run(architecture, [algebraic_fibre.apply])
    assert not ledger.claims
    assert why in outcomes[0].why


def test_base_points_leave_the_count_open_but_not_the_refutation() -> None:
    """diagonal, circulant, diagonal: three complex classes, one real; tensors of rank one in the kernel of A."""
    layers = [ef.diagonal(3), ef.circulant(3, [0, 1, 2]), ef.diagonal(3)]
    found = statuses(Architecture(layers, point=[[1, 2, 3], [1, 1, 2], [2, 1, 1]]))
    assert found == {"CC": "refuted"}


# ------------------------------------------------------------------------------- forged evidence


def test_the_functionals_must_generate_the_next_degree() -> None:
    """Six classes, H(1) = 5, H_0(2) = 1, H(2) = 6, H_0(3) = 0: degree 2 shows the count, degree 1 does not."""
    architecture = random_lifting((2, 2, 2), 4, 0, point=[[1, 2], [3, 1], [2, 5]])
    ledger, _ = run(architecture, [algebraic_fibre.apply])
    made = json.loads(json.dumps(document(architecture, ledger.claims)))
    (place,) = [n for n, claim in enumerate(made["claims"]) if claim["status"] == "proved"]
    for degree, status in ((1, "rejected"), (2, "accepted"), (3, "accepted"), (6, "accepted")):
        made["claims"][place]["evidence"]["degree"] = degree
        assert check_certificate(made).claims[place].status == status, degree


def _leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, int | str):
        yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, x in inner:
        yield from _leaves(x, (*way, key))


@pytest.mark.parametrize("h", [[[-4, 2, 1], [-3, 1]], [[1, 2, 1], [2, -1]]])
def test_every_changed_number_is_noticed(h: list[list[int]]) -> None:
    """Numbers of the evidence plus one: only another prime or a larger degree can be as good."""
    architecture = random_lifting((3, 2), 4, 1, point=h)
    ledger, _ = run(architecture, [algebraic_fibre.apply])
    made = json.loads(json.dumps(document(architecture, ledger.claims)))
    assert made["claims"] and check_certificate(made).accepted
    changed = 0
    for n, claim in enumerate(made["claims"]):
        for way in _leaves(claim["evidence"]):
            if way[0] in ("prime", "rootless", "degree"):
                continue
            forged = copy.deepcopy(made)
            at: Any = forged["claims"][n]["evidence"]
            for key in way[:-1]:
                at = at[key]
            if isinstance(at[way[-1]], str):
                continue
            at[way[-1]] += 1
            assert check_certificate(forged).claims[n].status == "rejected", way
            changed += 1
    assert changed > 15
