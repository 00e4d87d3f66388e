"""A tensor of rank at most 2 over its field, written as a sum of two decomposable ones (theory 1.4).

Restricted to the supports of its flattenings such a tensor lives in (F^2)^{x K''}; the decomposable members of the
pencil of its two slices along one layer are roots of a binary quadric.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from exactfact.algebra.echelon import Echelon
from exactfact.model import Field

SMALL_FIELD = 50
MINOR_LIMIT = 4000
Vector = tuple[Any, ...]
Factors = tuple[Vector, ...]
Tensor = dict[tuple[int, ...], Any]


def rank_two(tensor: Tensor, sizes: Sequence[int], field: Field) -> tuple[Factors, Factors] | None:
    """(a, b) with the tensor = c a_1 x ... x a_K + d b_1 x ... x b_K for some numbers c, d; None when its rank is > 2.

    The factors are exact; for a tensor of rank 1 both are the same.  Cost: K eliminations and the 2 x 2 minors.
    """
    bases = []
    core = {index: value for index, value in tensor.items() if value}
    for k, size in enumerate(sizes):
        basis, core = _restrict(core, k, size, field)
        if not 0 < len(basis) <= 2:
            return None
        bases.append(basis)
    wide = [k for k, basis in enumerate(bases) if len(basis) == 2]
    if not wide:
        first: Factors = tuple(tuple(basis[0]) for basis in bases)
        return first, first
    parts = _split({tuple(index[k] for k in wide): v for index, v in core.items()}, len(wide), field)
    if parts is None:
        return None
    return _lifted(parts[0], wide, bases, field), _lifted(parts[1], wide, bases, field)


def _restrict(core: Tensor, k: int, size: int, field: Field) -> tuple[list[list[Any]], Tensor]:
    """A basis of the fibres along layer k, and the tensor in its coordinates."""
    fibres: dict[tuple[int, ...], dict[int, Any]] = {}
    for index, value in core.items():
        fibres.setdefault((*index[:k], *index[k + 1 :]), {})[index[k]] = value
    echelon = Echelon(field)
    for fibre in fibres.values():
        echelon.add(fibre)
        if echelon.rank > 2:
            return [[], [], []], {}
    basis = echelon.basis()
    # In a reduced basis the coordinates of a vector are its entries at the pivots.
    pivots = {min(row): number for number, row in enumerate(basis)}
    moved = {(*i[:k], pivots[i[k]], *i[k + 1 :]): value for i, value in core.items() if i[k] in pivots}
    return [[row.get(j, 0) for j in range(size)] for row in basis], moved


def _lifted(part: Factors, wide: list[int], bases: list[list[list[Any]]], field: Field) -> Factors:
    """Factors in the coordinates of the bases, as vectors of the layers."""
    vectors = []
    for k, basis in enumerate(bases):
        weights = part[wide.index(k)] if k in wide else (1,)
        columns = zip(*basis, strict=True)
        vectors.append(tuple(_reduced(sum(w * v for w, v in zip(weights, c, strict=True)), field) for c in columns))
    return tuple(vectors)


def _split(core: Tensor, count: int, field: Field) -> tuple[Factors, Factors] | None:
    """Factors of the two terms of a concise tensor in (F^2)^{x count}, or None."""
    slices = [{index[1:]: value for index, value in core.items() if index[0] == i} for i in (0, 1)]
    if count == 2:
        pencils = [(1, 0), (0, 1)]
    else:
        pencils = list(itertools.islice(_roots(_quadrics(slices[0], slices[1], count - 1, field), field), 3))
        if len(pencils) != 2:
            return None
    terms = []
    # T = sum_r w_r x D_r with D_r = x_r X + y_r Y: the w_r are dual to the (x_r, y_r).
    for (x, y), (other_x, other_y) in (pencils, pencils[::-1]):
        member = {
            index: _reduced(x * slices[0].get(index, 0) + y * slices[1].get(index, 0), field)
            for index in slices[0].keys() | slices[1].keys()
        }
        factors = _decomposed({i: v for i, v in member.items() if v}, count - 1, field)
        if factors is None:
            return None
        terms.append(((_reduced(other_y, field), _reduced(-other_x, field)), *factors))
    return terms[0], terms[1]


def _decomposed(tensor: Tensor, count: int, field: Field) -> Factors | None:
    """The factors of a decomposable tensor of (F^2)^{x count} up to a scalar, or None."""
    if not tensor:
        return None
    corner = min(tensor)
    factors = [
        tuple(tensor.get((*corner[:k], j, *corner[k + 1 :]), 0) for j in (0, 1)) for k in range(count)
    ]
    scale = tensor[corner] ** (count - 1)
    for index in itertools.product((0, 1), repeat=count):
        product = math.prod(factors[k][j] for k, j in enumerate(index))
        if _reduced(product - scale * tensor.get(index, 0), field):
            return None
    return tuple(factors)


def _quadrics(x: Tensor, y: Tensor, count: int, field: Field) -> Iterator[tuple[Any, Any, Any]]:
    """Coefficients of s^2, s t, t^2 in the 2 x 2 minors of the one-layer flattenings of s X + t Y."""
    for k in range(count):
        rest = list(itertools.product((0, 1), repeat=count - 1))
        columns = [[(x.get(i, 0), y.get(i, 0)) for i in ((*r[:k], j, *r[k:]) for j in (0, 1))] for r in rest]
        for (a, b), (c, d) in itertools.islice(itertools.combinations(columns, 2), MINOR_LIMIT):
            yield (
                _reduced(a[0] * d[0] - b[0] * c[0], field),
                _reduced(a[0] * d[1] + a[1] * d[0] - b[0] * c[1] - b[1] * c[0], field),
                _reduced(a[1] * d[1] - b[1] * c[1], field),
            )


def _roots(quadrics: Iterator[tuple[Any, Any, Any]], field: Field) -> Iterator[tuple[Any, Any]]:
    """The points (s : t) over the field where all quadrics vanish, when one of them does not vanish everywhere."""
    listed = list(dict.fromkeys(q for q in quadrics if any(q)))
    if not listed:
        return
    for s, t in _zeros(listed[0], field):
        if not any(_reduced(a * s * s + b * s * t + c * t * t, field) for a, b, c in listed):
            yield s, t


def _zeros(quadric: tuple[Any, Any, Any], field: Field) -> list[tuple[Any, Any]]:
    """The different zeros (s : t) of a nonzero binary quadric."""
    a, b, c = quadric
    p = field.characteristic
    if p and p < SMALL_FIELD:
        line = ((1, 0), *((v, 1) for v in range(p)))
        return [(s, t) for s, t in line if (a * s * s + b * s * t + c * t * t) % p == 0]
    if not a:
        return [(1, 0)] if not b else [(1, 0), (-c, b)]
    root = square_root(_reduced(b * b - 4 * a * c, field), p)
    if root is None:
        return []
    return [(-b + root, 2 * a), (-b - root, 2 * a)] if root else [(-b, 2 * a)]


def square_root(value: Any, p: int) -> Any:
    """A square root in QQ (p = 0) or GF(p), p odd; None when there is none."""
    if not p:
        value = Fraction(value)
        if value < 0:
            return None
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        return Fraction(top, bottom) if (top * top, bottom * bottom) == (value.numerator, value.denominator) else None
    return _root_mod_p(int(value) % p, p)


def _root_mod_p(value: int, p: int) -> int | None:
    """Cipolla: (a + w)^((p + 1) / 2) with w^2 = a^2 - value a nonsquare."""
    if not value:
        return 0
    if pow(value, (p - 1) // 2, p) != 1:
        return None
    a = next(a for a in range(p) if pow(a * a - value, (p - 1) // 2, p) == p - 1)
    w = (a * a - value) % p
    result, power, exponent = (1, 0), (a, 1), (p + 1) // 2
    while exponent:
        if exponent & 1:
            result = _times(result, power, w, p)
        power, exponent = _times(power, power, w, p), exponent >> 1
    return result[0]


def _times(x: tuple[int, int], y: tuple[int, int], w: int, p: int) -> tuple[int, int]:
    return (x[0] * y[0] + x[1] * y[1] * w) % p, (x[0] * y[1] + x[1] * y[0]) % p


def _reduced(value: Any, field: Field) -> Any:
    return value % field.characteristic if field.characteristic else value
