"""Is a tiny chain uniformly identifiable? By all points over GF(p); over QQ, RR and CC by classical formulas.

Over fields of characteristic 0 only kernels of shape 2 x 2 x 2 of dimension 1 (Cayley's hyperdeterminant) and pencils
of matrices (common factors of the minors of order 3) are decided beyond injective maps; None where nothing is known.
"""
from fractions import Fraction
from itertools import combinations, product
from math import isqrt, prod
from typing import Any

from tests.checker import truth

Json = dict[str, Any]
MOST = 50_000


def uniform(spec: Json, over: str) -> bool | None:
    """The truth about the full space."""
    p, table = truth.characteristic(spec), truth.columns(spec)
    if p:
        return _all_points(spec, None)
    kernel = _kernel(table)
    sizes = [s for s in truth.sizes(spec) if s > 1]
    if not kernel:
        return True
    if len(sizes) <= 1:
        return False
    tensors = [_squeezed(t, truth.sizes(spec)) for t in kernel]
    if len(kernel) == 1 and sizes == [2, 2, 2]:
        return _cayley(tensors[0], over)
    if len(sizes) == 2 and len(kernel) <= 2:
        return _pencil(tensors, sizes, over)
    return None


def inside_model(spec: Json) -> bool | None:
    """The truth within the model: by all points over GF(p), by independent columns on two supports over QQ."""
    if truth.characteristic(spec):
        return _all_points(spec, _families(spec))
    table = truth.columns(spec)
    blocks = [set(product(*chosen)) for chosen in product(*_families(spec))]
    independent = all(truth.rank([table[i] for i in sorted(a | b)]) == len(a | b) for a in blocks for b in blocks)
    return True if independent else None


def too_small(spec: Json, over: str) -> bool:
    """Whether the rank refutes over RR (rank <= n) or CC (also rank < z)."""
    sizes, rank = truth.sizes(spec), truth.lifted_rank(spec)
    wide = [k for k, s in enumerate(sizes) if s >= 2]
    if len(wide) < 2 or over not in ("RR", "CC"):
        return False
    z = max(2 * (sizes[i] + sizes[j] - 2) + sum(sizes[k] - 1 for k in range(len(sizes)) if k not in (i, j))
            for i, j in combinations(wide, 2))
    return rank <= 1 + sum(s - 1 for s in sizes) or over == "CC" and rank < z


def _families(spec: Json) -> list[list[tuple[int, ...]]]:
    parametric = [i for i, layer in enumerate(spec["layer"]) if layer["operator"] != "fixed"]
    result = []
    for k, size in enumerate(truth.sizes(spec)):
        family = [set(range(size))]
        for model in spec["model"]:
            if parametric[k] == model["layer"]:
                s = min(model.get("sparsity", 0), size)
                listed = model["supports"] if "supports" in model else list(combinations(range(size), s))
                family = [old & set(new) for old in family for new in listed]
        result.append([tuple(sorted(support)) for support in family])
    return result


def _all_points(spec: Json, families: list[list[tuple[int, ...]]] | None) -> bool | None:
    p, sizes, table = truth.characteristic(spec), truth.sizes(spec), truth.columns(spec)
    if p ** sum(sizes) > MOST:
        return None
    cells = sorted({at for column in table.values() for at in column})
    dense = [[int(table[i].get(at, 0)) for at in cells] for i in table]
    vectors = [list(product(range(p), repeat=size)) for size in sizes]
    if families is not None:
        vectors = [[x for x in part if any({j for j, v in enumerate(x) if v} <= set(s) for s in family)]
                   for part, family in zip(vectors, families, strict=True)]
    tensors: dict[tuple[int, ...], set[tuple[int, ...]]] = {}
    full: set[tuple[int, ...]] = set()
    for h in product(*vectors):
        tensor = tuple(prod(h[k][j] for k, j in enumerate(i)) % p for i in table)
        image = tuple(sum(t * c for t, c in zip(tensor, column, strict=True) if t) % p
                      for column in zip(*dense, strict=True))
        tensors.setdefault(image, set()).add(tensor)
        if all(any(x) for x in h):
            full.add(image)
    return all(len(tensors[image]) == 1 for image in full)


def _kernel(table: dict[tuple[int, ...], dict[Any, Fraction]]) -> list[dict[tuple[int, ...], Fraction]]:
    """A basis of Ker A over QQ, by reducing the columns one after the other."""
    pivots: list[tuple[Any, dict[Any, Fraction], dict[tuple[int, ...], Fraction]]] = []
    kernel = []
    for index, column in table.items():
        vector, history = dict(column), {index: Fraction(1)}
        for at, row, past in pivots:
            factor = vector.get(at, Fraction(0))
            if factor:
                vector = {c: v for c in {*vector, *row} if (v := vector.get(c, 0) - factor * row.get(c, 0))}
                history = {i: v for i in {*history, *past} if (v := history.get(i, 0) - factor * past.get(i, 0))}
        if vector:
            lead = min(vector)
            scale = vector[lead]
            pivots.append((lead, {c: v / scale for c, v in vector.items()}, {i: v / scale for i, v in history.items()}))
        else:
            kernel.append(history)
    return kernel


def _squeezed(tensor: dict[tuple[int, ...], Fraction], sizes: list[int]) -> dict[tuple[int, ...], Fraction]:
    return {tuple(j for j, size in zip(i, sizes, strict=True) if size > 1): v for i, v in tensor.items()}


def _cayley(tensor: dict[tuple[int, ...], Fraction], over: str) -> bool:
    a = {i: tensor.get(i, Fraction(0)) for i in product(range(2), repeat=3)}
    pairs = [a[x] * a[tuple(1 - j for j in x)] for x in ((0, 0, 0), (0, 0, 1), (0, 1, 0), (1, 0, 0))]
    det = sum(x * x for x in pairs) - 2 * sum(x * y for x, y in combinations(pairs, 2)) + 4 * (
        a[0, 0, 0] * a[0, 1, 1] * a[1, 0, 1] * a[1, 1, 0] + a[1, 1, 1] * a[1, 0, 0] * a[0, 1, 0] * a[0, 0, 1])
    for k in range(3):
        slices = [[v for i, v in a.items() if i[k] == j] for j in range(2)]
        if truth.rank([dict(enumerate(s)) for s in slices]) < 2:
            return False  # a vector times a matrix of order 2
    if over == "CC" or not det:
        return not det
    if over == "RR":
        return det < 0
    return det < 0 or not all(isqrt(x) ** 2 == x for x in (det.numerator, det.denominator))


def _pencil(tensors: list[dict[tuple[int, ...], Fraction]], sizes: list[int], over: str) -> bool | None:
    """No s T_1 + t T_2 has rank <= 2: its minors of order 3 have no common zero (over CC; other fields: None)."""
    one, two = tensors[0], tensors[1] if len(tensors) > 1 else {}
    common: list[Fraction] = []
    if all(_det(one, r, c) == 0 for r in combinations(range(sizes[0]), 3) for c in combinations(range(sizes[1]), 3)):
        return False  # T_1 itself
    if not two:
        return True
    for rows in combinations(range(sizes[0]), 3):
        for cols in combinations(range(sizes[1]), 3):
            # det(x T_1 + T_2): its coefficients from the values at four places.
            values = [_det({i: x * one.get(i, 0) + two.get(i, 0) for i in {*one, *two}}, rows, cols)
                      for x in range(4)]
            common = _gcd(common, _interpolated(values))
    return True if len(common) == 1 else False if over == "CC" else None


def _det(tensor: dict[tuple[int, ...], Any], rows: tuple[int, ...], cols: tuple[int, ...]) -> Any:
    m = [[tensor.get((r, c), Fraction(0)) for c in cols] for r in rows]
    return sum(m[0][i] * (m[1][j] * m[2][k] - m[1][k] * m[2][j]) for i, j, k in ((0, 1, 2), (1, 2, 0), (2, 0, 1)))


def _interpolated(values: list[Any]) -> list[Fraction]:
    """Coefficients, the constant first, of the polynomial with these values at 0, 1, 2, ... (Lagrange)."""
    total = [Fraction(0)] * len(values)
    for i, value in enumerate(values):
        basis, below = [Fraction(1)], 1
        for j in range(len(values)):
            if j != i:
                basis = [x - j * y for x, y in zip([Fraction(0), *basis], [*basis, Fraction(0)], strict=True)]
                below *= i - j
        total = [t + Fraction(value) * x / below for t, x in zip(total, basis, strict=True)]
    while total and not total[-1]:
        total.pop()
    return total


def _gcd(a: list[Fraction], b: list[Fraction]) -> list[Fraction]:
    while b:
        while len(a) >= len(b):
            factor, shift = a[-1] / b[-1], len(a) - len(b)
            a = [x - factor * (b[i - shift] if i >= shift else 0) for i, x in enumerate(a)][:-1]
            while a and not a[-1]:
                a.pop()
        a, b = b, a
    return a
