"""Bounds of the rank of A, for all architectures of a small size (theory 2.2 to 2.7, 3.1, 3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations, product
from math import comb, prod
from typing import NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import (
    LARGE,
    Rows,
    Vector,
    echelon,
    lifted,
    multiply,
    points,
    rank,
    subspaces,
    tensor,
    times,
)
from exactfact.proving.small.operators import Operator, operators, tensor_shapes

PRIMES = (2, 3, 5, 7)


class Matrix(NamedTuple):
    """An integer matrix."""

    rows: Rows


class TwoLayers(NamedTuple):
    """M_1(e_j) for j = 1, 2 and M_2(e_j) for j = 1, 2."""

    field: int
    first: tuple[Rows, ...]
    second: tuple[Rows, ...]


def matrices(rows: int, columns: int, entries: Vector) -> Iterator[Rows]:
    """All matrices with these entries."""
    for flat in product(entries, repeat=rows * columns):
        yield tuple(flat[i * columns : (i + 1) * columns] for i in range(rows))


def two_layers(p: int, size: int) -> Iterator[TwoLayers]:
    """All K = 2, S = (2, 2), m = (m_1, 2, m_3), m_1 + m_3 <= size, with entries 0, 1."""
    for total in range(2, size + 1):
        for left in range(1, total):
            yield from _layers(p, left, total - left)


def _layers(p: int, left: int, right: int) -> Iterator[TwoLayers]:
    firsts = list(product(matrices(left, 2, (0, 1)), repeat=2))
    seconds = list(product(matrices(2, right, (0, 1)), repeat=2))
    return (TwoLayers(p, a, b) for a, b in product(firsts, seconds))


def columns(case: TwoLayers) -> list[Vector]:
    """The columns of A, A_11, A_12, A_21, A_22, flattened."""
    p = case.field or LARGE
    return [tuple(chain.from_iterable(multiply(a, b, p))) for a in case.first for b in case.second]


def matrix_rank(case: TwoLayers) -> int:
    """The rank of A over GF(p), or over Q."""
    return rank(columns(case), case.field or LARGE)


def integer_matrices(_: int, size: int) -> Iterator[Matrix]:
    """All n x n matrices with entries -1, 0, 1, n <= size."""
    return (Matrix(rows) for n in range(1, size + 1) for rows in matrices(n, n, (0, 1, -1)))


def rank_modulo(case: Matrix) -> str | None:
    """2.3: vectors that are independent mod p are independent over Q."""
    true = rank(case.rows, LARGE)
    worse = [p for p in PRIMES if rank(case.rows, p) > true]
    return f"the rank over Q is {true}, mod {worse[0]} it is {rank(case.rows, worse[0])}" if worse else None


def many_primes(case: Matrix) -> str | None:
    """2.6 with K = 1: the product of the primes against Hadamard's bound, for all sets of primes."""
    true = rank(case.rows, LARGE)
    longest = max(sum(a * a for a in column) for column in zip(*case.rows, strict=True))
    for used in chain.from_iterable(combinations(PRIMES, n) for n in range(1, len(PRIMES) + 1)):
        bound = max(rank(case.rows, p) for p in used)
        if prod(used) ** 2 > longest ** (bound + 1) and true > bound:
            return f"rank {bound} modulo {used}, rank {true} over Q"
    return None


def trivial_bounds(case: TwoLayers) -> str | None:
    """2.4: the rank is at most each of the five bounds."""
    found = columns(case)
    p = case.field or LARGE
    inner = sum(any(found_rows) for found_rows in zip(*found, strict=True))
    reachable = sum(any(entries) for entries in zip(*_supports(case), strict=True))
    first = rank([tuple(chain.from_iterable(m)) for m in case.first], p)
    second = rank([tuple(chain.from_iterable(m)) for m in case.second], p)
    bounds = {
        "N": 4,
        "m_1 m_3": len(found[0]),
        "reachable entries": reachable,
        "nonzero columns": sum(map(any, found)),
        "dim V_1 dim U_2": first * second,
    }
    true = rank(found, p)
    wrong = [name for name, bound in bounds.items() if true > bound]
    if inner > reachable:
        return "a nonzero entry is not reachable"
    return f"rank {true} exceeds the bound '{wrong[0]}' = {bounds[wrong[0]]}" if wrong else None


def _supports(case: TwoLayers) -> list[Vector]:
    """Path counts of the four products, from the 0/1 supports."""
    return [tuple(chain.from_iterable(multiply(a, b, LARGE))) for a in case.first for b in case.second]


def covers(case: TwoLayers) -> str | None:
    """2.7a: |R| + |C| bounds the rank when path counts show that nothing outside C reaches a row outside R."""
    counts = _supports(case)
    true = matrix_rank(case)
    total = [sum(entries) for entries in zip(*counts, strict=True)]
    for kept in product((0, 1), repeat=4):
        inside = [sum(c[a] for c, used in zip(counts, kept, strict=True) if used) for a in range(len(total))]
        rows = sum(t != i for t, i in zip(total, inside, strict=True))
        if true > rows + sum(kept):
            return f"rank {true}, covered by {rows} rows and the columns marked in {kept}"
    return None


def triangular(case: Matrix) -> bool:
    """2.7b: nonzero diagonal, zeros above it: A_{i_t}[a_s] = 0 for s < t."""
    rows = case.rows
    return all(rows[t][t] and not any(rows[s][t] for s in range(t)) for t in range(len(rows)))


def full_rank(case: Matrix) -> str | None:
    """Full rank over Q and modulo every prime that keeps the diagonal."""
    size = len(case.rows)
    fields = [p for p in (*PRIMES, LARGE) if all(case.rows[t][t] % p for t in range(size))]
    wrong = [p for p in fields if rank(case.rows, p) != size]
    return f"rank {rank(case.rows, wrong[0])} modulo {wrong[0]}" if wrong else None


def chains(case: TwoLayers) -> str | None:
    """3.1: sets B_1, B_2 of prefixes whose relations hold bound the rank by |B_2|; the greedy sets reach it."""
    p = case.field or LARGE
    first = [tuple(chain.from_iterable(m)) for m in case.first]
    found = columns(case)
    true = rank(found, p)
    best = 4
    for kept in product((0, 1), repeat=2):
        if rank(first, p) > rank(_chosen(first, kept), p):
            continue
        allowed = [2 * b + j for b in range(2) if kept[b] for j in range(2)]
        for chosen in chain.from_iterable(combinations(allowed, n) for n in range(len(allowed) + 1)):
            last = [found[i] for i in chosen]
            if all(rank([*last, found[i]], p) == rank(last, p) for i in allowed):
                best = min(best, len(chosen))
                if true > len(chosen):
                    return f"rank {true}, B_1 marked in {kept}, B_2 = {chosen}"
    return None if best == true else f"rank {true}, the shortest chain ends with {best}"


def _chosen(vectors: list[Vector], kept: Vector) -> list[Vector]:
    return [v for v, used in zip(vectors, kept, strict=True) if used]


def two_sided(case: TwoLayers, *, spanning: bool = True) -> str | None:
    """3.3: products of spanning sets of the two sides span the image of A."""
    p, true = case.field or LARGE, matrix_rank(case)
    sides = (case.first, case.second)
    flat = [[tuple(chain.from_iterable(m)) for m in side] for side in sides]
    for kept in product(product((0, 1), repeat=2), repeat=2):
        spans = [rank(_chosen(vectors, used), p) == rank(vectors, p) for vectors, used in zip(flat, kept, strict=True)]
        if spanning and not all(spans):
            continue
        chosen = [[m for m, u in zip(side, used, strict=True) if u] for side, used in zip(sides, kept, strict=True)]
        found = rank([tuple(chain.from_iterable(multiply(a, b, p))) for a, b in product(*chosen)], p)
        if found != true:
            return f"the sets marked in {kept} give rank {found}, A has rank {true}"
    return None


def samples(operator: Operator) -> str | None:
    """2.2: R samples span d dimensions at least as often as min(r, Bin(R, theta)) >= d, theta = (1 - 1/q)^K."""
    p, sizes, rows = operator
    theta = Fraction(p - 1, p) ** len(sizes)
    values: dict[Vector, int] = {}
    for h in points(p, sizes):
        y = times(rows, tensor(h, p), p)
        values[y] = values.get(y, 0) + 1
    spans: dict[Rows, Fraction] = {(): Fraction(1)}
    total = p ** sum(sizes)
    for count in range(1, 4):
        grown: dict[Rows, Fraction] = {}
        for space, weight in spans.items():
            for y, often in values.items():
                reduced = echelon((*space, y), p)[0] if any(y) else space
                grown[reduced] = grown.get(reduced, Fraction(0)) + weight * Fraction(often, total)
        spans = grown
        for d in range(1, min(count, len(rows)) + 1):
            ours = sum(weight for space, weight in spans.items() if len(space) >= d)
            theirs = sum(comb(count, i) * theta**i * (1 - theta) ** (count - i) for i in range(d, count + 1))
            if ours < theirs:
                return f"{count} samples span {d} dimensions with probability {ours} < {theirs}"
    return None


def nonvanishing(operator: Operator) -> str | None:
    """2.2 for one form: it is nonzero at a share theta of all points at least."""
    p, sizes, rows = operator
    share = sum(any(times(rows, tensor(h, p), p)) for h in points(p, sizes))
    least = (p - 1) ** len(sizes) * p ** (sum(sizes) - len(sizes))
    return None if share >= least else f"nonzero at {share} points, theta asks for {least}"


def forms(p: int, size: int) -> Iterator[Operator]:
    """Operators with one row."""
    for sizes in tensor_shapes(size):
        yield from (Operator(p, sizes, rows) for rows in subspaces(p, lifted(sizes), 1))


TWO = "all K = 2, S = (2, 2), m = (m_1, 2, m_3) with entries 0 and 1 in the layers"
SQUARE = "all n x n matrices with entries -1, 0, 1"


def _of_matrices(
    statement: str, claim: str, more: str, conclusion: Callable[[Matrix], str | None]
) -> SmallCase:
    """A case about square integer matrices."""
    full, quick = {RATIONALS: 3}, {RATIONALS: 2}
    return SmallCase(statement, claim, SQUARE + more, "n", integer_matrices, conclusion, full=full, quick=quick)


def _of_two_layers(
    statement: str, claim: str, more: str, conclusion: Callable[[TwoLayers], str | None]
) -> SmallCase:
    """A case about two layers with small matrices, over Q, GF(2) and GF(3)."""
    full, quick = {RATIONALS: 3, 2: 3, 3: 3}, {RATIONALS: 2, 2: 2}
    return SmallCase(statement, claim, TWO + more, "m_1 + m_3", two_layers, conclusion, full=full, quick=quick)


CASES = [
    SmallCase(
        "2.2",
        "the values at R <= 3 uniform points span d dimensions at least as probably as min(rank A, "
        "Bin(R, (1 - 1/q)^K)) >= d",
        "every operator of every shape with K >= 2, S_k >= 2 (up to row operations), exact probabilities",
        "N = S_1 ... S_K",
        operators,
        samples,
        full={2: 4, 3: 4},
        quick={2: 4},
    ),
    SmallCase(
        "2.2",
        "a nonzero multilinear form is nonzero at a share (1 - 1/q)^K of all points at least",
        "every form of every shape with K >= 2, S_k >= 2 (up to scalars)",
        "N = S_1 ... S_K",
        forms,
        nonvanishing,
        full={2: 9, 3: 6},
        quick={2: 8, 3: 4},
    ),
    _of_matrices("2.3", "the rank modulo a prime is at most the rank over Q", ", modulo 2, 3, 5, 7", rank_modulo),
    _of_two_layers(
        "2.4",
        "N, m_1 m_3, the reachable entries, the nonzero columns and dim V_1 dim U_2 bound the rank of A",
        "",
        trivial_bounds,
    ),
    _of_matrices(
        "2.6",
        "ranks <= r modulo primes whose product exceeds Hadamard's bound for (r+1)-minors give rank <= r over Q",
        " as A with K = 1, all sets of primes among 2, 3, 5, 7",
        many_primes,
    ),
    _of_two_layers(
        "2.7a",
        "a cover of the support graph, checked by path counts, bounds the rank of A by its size",
        ", all sets of listed columns",
        covers,
    ),
    replace(
        _of_matrices(
            "2.7b",
            "a triangular order gives full rank over every field in which the diagonal is not 0",
            " in that order, over Q and modulo 2, 3, 5, 7",
            full_rank,
        ),
        quick={RATIONALS: 3},
        hypothesis=triangular,
    ),
    replace(
        _of_two_layers(
            "3.1",
            "prefix sets whose relations hold bound the rank of A by the size of the last one, and the best "
            "such sets reach it",
            ", all prefix sets",
            chains,
        ),
        full={RATIONALS: 2, 2: 3},
    ),
    replace(
        _of_two_layers(
            "3.3",
            "products of spanning sets of the two sides of a cut span the image of A",
            ", all spanning subsets of the two sides",
            two_sided,
        ),
        full={RATIONALS: 2, 2: 2, 3: 2},
    ),
]
