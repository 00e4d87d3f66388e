"""Uniform identifiability over GF(p): every operator of a small size (theory 4.1, 4.2, 4.3, 4.5, 5.2a, 8.1, 8.2a)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from math import prod
from typing import NamedTuple

from exactfact.proving.small.case import SmallCase
from exactfact.proving.small.finite import (
    Point,
    Vector,
    classes,
    kernel,
    lifted,
    nonzero,
    points,
    shapes,
    subspaces,
    tensor,
    times,
)
from exactfact.proving.small.operators import Operator, clash, fibres, operators, parallel, tensor_shapes, unit
from exactfact.proving.small.segre import Shape, Tensor, all_tensors, rank_at_most_two


class Pair(NamedTuple):
    """Two points over GF(p)."""

    field: int
    h: Point
    g: Point


def every_operator(p: int, size: int) -> Iterator[Operator]:
    """As `operators`, with K = 1 and S_k = 1 too."""
    for sizes in shapes(size):
        if sizes not in tensor_shapes(size) and lifted(sizes) <= size:
            yield from (a for a in _one(p, sizes))
    yield from operators(p, size)


def _one(p: int, sizes: Vector) -> Iterator[Operator]:
    for dimension in range(lifted(sizes) + 1):
        yield from (Operator(p, sizes, rows) for rows in subspaces(p, lifted(sizes), dimension))


@cache
def differences(p: int, sizes: Vector) -> frozenset[Vector]:
    """All P(h) - P(g)."""
    everything = {tensor(h, p) for h in points(p, sizes)}
    return frozenset(tuple((a - b) % p for a, b in zip(s, t, strict=True)) for s, t in product(everything, repeat=2))


def by_definition(operator: Operator, *, zero_layers: bool = True) -> bool:
    """Theory 4.1(i): h without zero layers, any g, phi(g) = phi(h) => P(g) = P(h); (i') if g may have no zero layer."""
    p, sizes, rows = operator
    seen: dict[Vector, Vector] = {}
    for h in points(p, sizes):
        inside = all(map(any, h))
        if not inside and not zero_layers:
            continue
        entries = tensor(h, p)
        if seen.setdefault(times(rows, entries, p), entries) != entries:
            return False
    return True


def kernel_misses_differences(operator: Operator) -> str | None:
    """4.1: (i) holds iff Ker A contains no difference but 0."""
    p, sizes, rows = operator
    meets = any(any(d) and not any(times(rows, d, p)) for d in differences(p, sizes))
    return None if by_definition(operator) != meets else f"(i) is {by_definition(operator)}, Ker A meets D: {meets}"


def zero_layers_do_not_matter(operator: Operator) -> str | None:
    """4.1: (i) and (i') agree when F has at least 3 elements."""
    strict, loose = by_definition(operator), by_definition(operator, zero_layers=False)
    return None if strict == loose else f"(i) is {strict}, (i') is {loose}"


def larger_field(operator: Operator) -> bool:
    """F has at least 3 elements."""
    return operator.field >= 3


def injective(operator: Operator) -> bool:
    """Ker A = 0."""
    return len(operator.rows) == lifted(operator.sizes)


def uniform(operator: Operator) -> str | None:
    """No two classes share a value, and none has the value 0."""
    return clash(operator)


def not_uniform(operator: Operator) -> str | None:
    """Some two classes share a value, or one has the value 0."""
    return None if clash(operator) else "phi is uniformly identifiable"


def at_most_one_layer(operator: Operator) -> bool:
    """K' <= 1."""
    return sum(s >= 2 for s in operator.sizes) <= 1


def uniform_iff_injective(operator: Operator) -> str | None:
    """4.2 for K' <= 1."""
    return None if injective(operator) == (clash(operator) is None) else f"Ker A = 0 is {injective(operator)}"


def line_kernel(case: Tensor) -> str | None:
    """4.3: with Ker A = F T, uniform iff the rank of T over F is at least 3."""
    p, sizes, entries = case
    rows = kernel((entries,), lifted(sizes), p)
    problem = clash(Operator(p, sizes, rows))
    return None if rank_at_most_two(case) == (problem is not None) else problem or "phi is uniformly identifiable"


def line_kernels(p: int, size: int) -> Iterator[Tensor]:
    """Every tensor of these shapes, up to scalars."""
    return (t for t in all_tensors(p, size) if next(filter(None, t.entries)) == 1)


def class_shapes(p: int, size: int) -> Iterator[Shape]:
    """Shapes with sum S_k <= size."""
    return (Shape(p, sizes) for sizes in shapes(size))


def number_of_classes(case: Shape) -> str | None:
    """4.5: (p - 1) prod (p^S_k - 1)/(p - 1) tensors P(h) != 0, and one point for each."""
    p, sizes = case
    expected = (p - 1) * prod((p**s - 1) // (p - 1) for s in sizes)
    listed = {t for _, t in classes(p, sizes)}
    truth = {t for t in (tensor(h, p) for h in points(p, sizes)) if any(t)}
    if listed != truth or len(classes(p, sizes)) != len(truth):
        return "the representatives miss a tensor, or repeat one"
    return None if len(truth) == expected else f"{len(truth)} tensors, the formula says {expected}"


def small_rank(operator: Operator) -> bool:
    """5.2a: K' >= 2 and r < 2 max S_k."""
    return sum(s >= 2 for s in operator.sizes) >= 2 and len(operator.rows) < 2 * max(operator.sizes)


def point_pairs(p: int, size: int) -> Iterator[Pair]:
    """All h without zero layers, all g."""
    for sizes in shapes(size):
        for h in points(p, sizes):
            if all(map(any, h)):
                yield from (Pair(p, h, g) for g in points(p, sizes))


def inequivalent(case: Pair) -> bool:
    """8.1: some g_k is no multiple of h_k, or the scalars do not multiply to 1."""
    p, h, g = case
    product_of_scalars = 1
    for v, w in zip(h, g, strict=True):
        if not any(w) or not parallel(v, w, p):
            return True
        j = next(i for i, a in enumerate(v) if a)
        product_of_scalars = product_of_scalars * w[j] * pow(v[j], -1, p) % p
    return product_of_scalars != 1


def different_tensors(case: Pair) -> str | None:
    """The two points are in different classes."""
    return None if tensor(case.h, case.field) != tensor(case.g, case.field) else "P(h) = P(g)"


def columns(operator: Operator) -> list[Vector]:
    """The columns of A."""
    return [tuple(row[i] for row in operator.rows) for i in range(lifted(operator.sizes))]


def proportional_columns(operator: Operator) -> bool:
    """8.2a: a zero column, or two proportional ones."""
    found = columns(operator)
    if not all(map(any, found)):
        return True
    return any(parallel(a, b, operator.field) for i, a in enumerate(found) for b in found[:i])


def dead_direction(operator: Operator) -> str | None:
    """8.2b: with S_k >= 2 and A(.. x ..) = 0, every h with h_k off the line of x shares its value with p classes."""
    values = [(y, h) for y, members in fibres(operator).items() if any(y) for h in members]
    for (k, x), (y, h) in product(_dead(operator), values):
        wrong = None if parallel(h[k], x, operator.field) else _not_constant(operator, h, k, x, y)
        if wrong:
            return wrong
    return None


def _not_constant(operator: Operator, h: Point, k: int, x: Vector, y: Vector) -> str | None:
    p, _, rows = operator
    moved = {tensor(_shifted(h, k, x, t, p), p) for t in range(p)}
    values = {times(rows, entries, p) for entries in moved}
    if values == {y} and len(moved) == p:
        return None
    return f"h = {h}, layer {k}, x = {x}: {len(values)} values, {len(moved)} classes"


def _shifted(h: Point, k: int, x: Vector, t: int, p: int) -> Point:
    return (*h[:k], tuple((a + t * b) % p for a, b in zip(h[k], x, strict=True)), *h[k + 1 :])


def _dead(operator: Operator) -> Iterator[tuple[int, Vector]]:
    p, sizes, rows = operator
    for k, size in enumerate(sizes):
        if size < 2:
            continue
        others = list(product(*([unit(s, i) for i in range(s)] for j, s in enumerate(sizes) if j != k)))
        for x in nonzero(p, size):
            if all(not any(times(rows, tensor((*o[:k], x, *o[k:]), p), p)) for o in others):
                yield k, x


def has_dead_direction(operator: Operator) -> bool:
    """Some x != 0 in a layer with S_k >= 2 makes phi vanish identically."""
    return next(_dead(operator), None) is not None


EVERY = (
    "every operator of every shape with K >= 2, S_k >= 2 (up to row operations and the order of layers), "
    "by all points"
)
SIZE = "N = S_1 ... S_K"


def _all_sizes(statement: str, claim: str, conclusion: Callable[[Operator], str | None]) -> SmallCase:
    """Every operator, layers with one parameter and single layers included."""
    larger = EVERY.replace("K >= 2, S_k >= 2", "K >= 1, S_k >= 1")
    full, quick = {2: 6, 3: 4, 5: 4}, {2: 4, 3: 4}
    return SmallCase(statement, claim, larger, SIZE, every_operator, conclusion, full=full, quick=quick)


def _proper(
    statement: str,
    claim: str,
    conclusion: Callable[[Operator], str | None],
    hypothesis: Callable[[Operator], bool],
    quick: int,
) -> SmallCase:
    """Every operator with K >= 2, S_k >= 2; `quick` bounds the size over GF(2)."""
    full, part = {2: 6, 3: 4, 5: 4}, {2: quick, 3: 4}
    return SmallCase(statement, claim, EVERY, SIZE, operators, conclusion, full=full, quick=part, hypothesis=hypothesis)


CASES = [
    _all_sizes(
        "4.1",
        "h is determined by phi(h) for every h without zero layers iff Ker A contains no P(h) - P(g) but 0",
        kernel_misses_differences,
    ),
    replace(
        _all_sizes(
            "4.1'",
            "over a field with at least 3 elements, competitors with a zero layer may be left out",
            zero_layers_do_not_matter,
        ),
        full={3: 4, 5: 4},
        quick={3: 4},
        hypothesis=larger_field,
    ),
    replace(
        _all_sizes(
            "4.2",
            "Ker A = 0 makes phi uniformly identifiable; with one proper layer at most, this is necessary too",
            lambda a: uniform_iff_injective(a) if at_most_one_layer(a) else uniform(a),
        ),
        hypothesis=lambda a: injective(a) or at_most_one_layer(a),
    ),
    SmallCase(
        "4.3",
        "with Ker A = F T, phi is uniformly identifiable over F iff T has rank at least 3 over F",
        "every T != 0 of every shape with K >= 2, S_k >= 2 (up to scalars and the order of layers), by all points",
        SIZE,
        line_kernels,
        line_kernel,
        full={2: 9, 3: 8},
        quick={2: 8, 3: 4},
    ),
    SmallCase(
        "4.5",
        "the classes with P(h) != 0 number (p - 1) prod (p^S_k - 1)/(p - 1), and the listed points meet each once",
        "every shape (up to the order of layers)",
        "S_1 + ... + S_K",
        class_shapes,
        number_of_classes,
        full={2: 10, 3: 7, 5: 5, 7: 5},
        quick={2: 7, 3: 5, 5: 4},
    ),
    _proper(
        "5.2a",
        "with two proper layers, rank A < 2 max S_k refutes uniform identifiability over every field",
        not_uniform,
        small_rank,
        6,
    ),
    SmallCase(
        "8.1",
        "if some g_k is no multiple of h_k, or the scalars do not multiply to 1, then h and g are in different classes",
        "every h without zero layers, every g, of every shape (up to the order of layers)",
        "S_1 + ... + S_K",
        point_pairs,
        different_tensors,
        full={2: 6, 3: 5, 5: 3},
        quick={2: 5, 3: 3},
        hypothesis=inequivalent,
    ),
    _proper(
        "8.2a",
        "a zero column of A, or two proportional ones, refute uniform identifiability",
        not_uniform,
        proportional_columns,
        6,
    ),
    _proper(
        "8.2b",
        "a dead direction x in a layer with S_k >= 2 gives p classes h_k + t x in the fibre of every h "
        "with h_k off its line",
        dead_direction,
        has_dead_direction,
        4,
    ),
]
