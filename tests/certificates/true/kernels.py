"""True certificates about uniform identifiability beyond injective maps (theory 4.3 to 5.2, 12.5)."""
from itertools import combinations
from typing import Any

from tests.checker import build as b
from tests.checker.build import Json, P


def lifting(columns: list[list[Any]], sizes: list[int], **keys: Any) -> Json:
    """The spec of block selectors whose last layer is composed with the given columns of A."""
    layers, width = [], 1
    for size in sizes[:-1]:
        layers.append(b.basis(*[[[int(c == a * size + j) for c in range(width * size)] for a in range(width)]
                                for j in range(size)]))
        width *= size
    last = sizes[-1]
    layers.append(b.basis(*[[columns[a * last + j] for a in range(width)] for j in range(last)]))
    return b.chain(*layers, **keys)


def _line(kernel: dict[int, int]) -> list[list[int]]:
    """The columns of a map of 8 columns with this kernel, whose first entry is 1: the others are unit vectors."""
    first = min(kernel)
    free = [i for i in range(8) if i != first]
    return [[-kernel.get(f, 0) for f in free] if i == first else [int(i == f) for f in free] for i in range(8)]


def bits(number: int) -> list[int]:
    return [number >> 2 & 1, number >> 1 & 1, number & 1]


def _rank(kernel: dict[int, int]) -> Json:
    columns = [bits(i) for i in range(8) if i != min(kernel)]
    return b.bound("rank", "lower", 7, "2.3", {"prime": P, "columns": columns})


def entries_of(kernel: dict[int, int]) -> list[Json]:
    return [[bits(i), value] for i, value in kernel.items()]  # type: ignore[misc]


TANGENT = {1: 1, 2: 1, 4: 1}
COMPLEX = {0: 1, 3: -1, 5: -1, 6: -1}
REAL = {0: 1, 3: 2, 5: 2, 6: 2}


def tangent_kernel() -> Json:
    """Ker A is spanned by e_001 + e_010 + e_100: uniform over CC with rank 7 of 8."""
    spec = lifting(_line(TANGENT), [2, 2, 2], point=[[1, 0], [0, 1], [1, 1]], model=[{"layer": 0, "sparsity": 1}])
    follows = {"uniform": "c1"}
    return b.certificate(
        spec, _rank(TANGENT),
        b.verdict("uniform", "scaling", "proved", "CC", "4.3", {"rank": "c0", "kernel": entries_of(TANGENT)}),
        b.verdict("generic", "scaling", "proved", "CC", "4.1", follows),
        b.verdict("generic-finite", "scaling", "proved", "CC", "4.1", follows),
        b.verdict("at-point", "scaling", "proved", "CC", "4.1", follows),
        b.verdict("at-point", "scaling", "proved", "CC", "4.1", follows, "spec"),
        b.verdict("uniform", "scaling", "proved", "CC", "4.1", follows, "spec"))


def complex_kernel() -> Json:
    """Ker A is spanned by the real part of (e_0 + i e_1)^3: uniform over RR, not over CC."""
    evidence = {"rank": "c0", "kernel": entries_of(COMPLEX)}
    return b.certificate(
        lifting(_line(COMPLEX), [2, 2, 2]), _rank(COMPLEX),
        b.verdict("uniform", "scaling", "proved", "RR", "4.3", evidence),
        b.verdict("uniform", "scaling", "refuted", "CC", "4.3", evidence))


def real_kernel() -> Json:
    """The same with the square root of 2: uniform over QQ, not over RR."""
    evidence = {"rank": "c0", "kernel": entries_of(REAL)}
    return b.certificate(
        lifting(_line(REAL), [2, 2, 2]), _rank(REAL),
        b.verdict("uniform", "scaling", "proved", "QQ", "4.3", evidence),
        b.verdict("uniform", "scaling", "refuted", "RR", "4.3", evidence),
        b.verdict("uniform", "scaling", "refuted", "CC", "4.3", evidence))


def minors_of_the_kernel() -> Json:
    """4 x 4 matrices with kernel <I, diag(1, 2, 3, 4)>: principal minors are products of three linear forms.

    The entries x_0, x_5 on the diagonal determine x_10 = 2 x_5 - x_0 and x_15 = 3 x_5 - 2 x_0; all others are zero.
    """
    weights = {10: {0: 1, 5: -2}, 15: {0: 2, 5: -3}}
    free = [i for i in range(16) if i not in (0, 5)]
    columns = [[weights.get(f, {}).get(i, 0) + (f == i) for f in free] for i in range(16)]
    minors = [[[0], list(t), list(t), [0]] for t in combinations(range(4), 3)]
    return b.certificate(
        lifting(columns, [4, 4]),
        b.verdict("uniform", "scaling", "proved", "CC", "4.4", {"prime": P, "degree": 3, "minors": minors}),
        b.verdict("generic", "scaling", "proved", "CC", "4.1", {"uniform": "c0"}))


def all_points() -> Json:
    """Over GF(3), 3 x 3 matrices modulo the identity, which has rank 3."""
    columns = [[int(f == i) - (i == 0 and f in (4, 8)) for f in range(1, 9)] for i in range(9)]
    columns = [[x % 3 for x in column] for column in columns]
    spec = lifting(columns, [3, 3], field="GF(3)", point=[[1, 1, 0], [1, 0, 2]])
    return b.certificate(
        spec, b.verdict("uniform", "scaling", "proved", "GF(3)", "4.5", {}),
        b.verdict("at-point", "scaling", "proved", "GF(3)", "4.5", {}),
        b.verdict("at-point", "scaling", "proved", "GF(3)", "4.1", {"uniform": "c0"}))


def points_of_a_model() -> Json:
    """Over GF(3), 2 x 2 matrices modulo one without zero entries: not uniform, but for vectors with one entry it is."""
    models = [{"layer": k, "sparsity": 1} for k in range(2)]
    spec = lifting([[2, 2, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [2, 2], field="GF(3)", model=models)
    return b.certificate(
        spec, b.verdict("uniform", "scaling", "proved", "GF(3)", "4.5", {}, "spec"),
        b.verdict("uniform", "scaling", "proved", "GF(3)", "12.5", {"prime": 3}, "spec"))


def small_ranks() -> Json:
    """Products of three linear forms in one variable: rank 4 = n < z = 5."""
    columns = [[int(sum(bits(i)) == f) for f in range(4)] for i in range(8)]
    return b.certificate(
        lifting(columns, [2, 2, 2]), b.bound("rank", "upper", 4, "2.4", {"bound": "ambient"}),
        b.verdict("uniform", "scaling", "refuted", "CC", "5.2b", {"rank": "c0"}),
        b.verdict("uniform", "scaling", "refuted", "RR", "5.2c", {"rank": "c0"}))


def sparse_vectors() -> Json:
    """Three columns in the plane, two by two independent, and vectors with one entry."""
    spec = b.chain(b.basis([[1, 0]], [[0, 1]], [[1, "1/2"]]), model=[{"layer": 0, "sparsity": 1}])
    return b.certificate(spec, b.verdict("uniform", "scaling", "proved", "CC", "12.5", {"prime": P}, "spec"))


CERTIFICATES = (tangent_kernel, complex_kernel, real_kernel, minors_of_the_kernel, all_points, points_of_a_model,
                small_ranks, sparse_vectors)
