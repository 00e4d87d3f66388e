"""Whether a tensor is a sum of at most two decomposable ones, exactly, over QQ or GF(p) (theory 1.4).

Slices along each layer are combinations of at most two of them, else the rank exceeds 2; the entries at these slices
form a concise core of the same rank.  The decomposable elements of the span of its first two slices are the common
zeros of binary quadrics, so that the field enters through one discriminant only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from exactfact.algebra.square_roots import square_root

Index = tuple[int, ...]
Tensor = Mapping[Index, Any]
Bits = tuple[int, ...]
Core = dict[Bits, Any]
Quadric = tuple[Any, Any, Any]
Term = tuple[tuple[Any, ...], ...]

WIDEST = 10


@dataclass(frozen=True)
class RankTwo:
    """The tensor is the sum of `terms`, one or two, when `kind` is "terms".

    Otherwise "more": rank > 2, over QQ in every extension too; "irrational": rank 2 over the quadratic extension that
    the square root of `discriminant` generates, and not over the field; "large": not decided.
    """

    kind: str
    discriminant: Any = 0
    terms: tuple[Term, ...] = ()


def rank_two(tensor: Tensor, sizes: Sequence[int], p: int) -> RankTwo:
    """Decide rank <= 2 of a nonzero tensor over QQ (p = 0) or GF(p).  Cost: linear, and 4^K small minors at most."""
    frames = [frame_of(tensor, k, size, p) for k, size in enumerate(sizes)]
    if any(frame is None for frame in frames):
        return RankTwo("more")
    slices = [(list(frame[0]), frame[1]) for frame in frames if frame is not None]
    wide = [k for k, (basis, _) in enumerate(slices) if len(basis) == 2]
    if len(wide) > WIDEST:
        return RankTwo("large")
    found = _core(core_of(tensor, [basis for basis, _ in slices], wide), len(wide), p)
    terms = tuple(_lift(term, wide, [rows for _, rows in slices], p) for term in found.terms)
    return RankTwo(found.kind, found.discriminant, terms)


def core_of(tensor: Tensor, bases: Sequence[Sequence[int]], wide: Sequence[int]) -> Core:
    """The entries of the tensor at the indices of the frames: 2 x ... x 2, one axis for each of the `wide` layers."""
    core: Core = {}
    for bits in product((0, 1), repeat=len(wide)):
        chosen = dict(zip(wide, bits, strict=True))
        core[bits] = tensor.get(tuple(basis[chosen.get(k, 0)] for k, basis in enumerate(bases)), 0)
    return core


def _lift(term: Term, wide: list[int], frames: list[list[tuple[Any, ...]]], p: int) -> Term:
    vectors = dict(zip(wide, term[1:], strict=True))
    scale = term[0][0]
    lifted = []
    for k, rows in enumerate(frames):
        inner = vectors.get(k, (1,))
        vector = [sum(a * b for a, b in zip(row, inner, strict=True)) for row in rows]
        lifted.append(tuple(_reduced(x * (scale if k == 0 else 1), p) for x in vector))
    return tuple(lifted)


def frame_of(tensor: Tensor, k: int, size: int, p: int) -> tuple[list[int], list[tuple[Any, ...]]] | None:
    """At most two slices along layer k and every slice as a combination of them; None when it takes three."""
    slices: list[dict[Index, Any]] = [{} for _ in range(size)]
    for index, value in tensor.items():
        slices[index[k]][(*index[:k], *index[k + 1 :])] = value
    first = next(i for i, entries in enumerate(slices) if entries)
    place = next(iter(slices[first]))
    lead = slices[first][place]
    second, other = _independent(slices, first, place, p)
    rows: list[tuple[Any, ...]] = []
    for entries in slices:
        if second is None or other is None:
            factors: tuple[Any, ...] = (_quotient(entries.get(place, 0), lead, p),)
        else:
            a, b = slices[first].get(other, 0), slices[second].get(place, 0)
            c, x, y = slices[second].get(other, 0), entries.get(place, 0), entries.get(other, 0)
            below = _reduced(lead * c - a * b, p)
            factors = (_quotient(x * c - y * b, below, p), _quotient(lead * y - a * x, below, p))
        basis = [slices[first]] if second is None else [slices[first], slices[second]]
        for at in {at for part in (*basis, entries) for at in part}:
            total = sum(f * part.get(at, 0) for f, part in zip(factors, basis, strict=True))
            if _reduced(total - entries.get(at, 0), p):
                return None
        rows.append(factors)
    return [first] if second is None else [first, second], rows


def _independent(
    slices: list[dict[Index, Any]], first: int, place: Index, p: int
) -> tuple[int, Index] | tuple[None, None]:
    """The first slice that is no multiple of slice `first`, which is nonzero at `place`, and where this shows."""
    lead = slices[first][place]
    for i in range(first + 1, len(slices)):
        factor = slices[i].get(place, 0)
        for at in {**slices[i], **slices[first]}:
            if _reduced(lead * slices[i].get(at, 0) - factor * slices[first].get(at, 0), p):
                return i, at
    return None, None


def _core(core: Core, depth: int, p: int) -> RankTwo:
    """The decision for a concise tensor of 2 x ... x 2; a term is its factor as ((c,), v_1, ..., v_depth)."""
    if depth == 0:
        return RankTwo("terms", terms=(((core[()],),),))
    if depth == 2:
        units = ((1, 0), (0, 1))
        return RankTwo("terms", terms=tuple(((1,), units[i], (core[i, 0], core[i, 1])) for i in (0, 1)))
    quadric: Quadric | None = None
    for q in quadrics(core, depth, p):
        if quadric is None:
            quadric = q
            if discriminant_of(q, p) == 0:
                return RankTwo("more")
        elif any(_reduced(quadric[i] * q[j] - quadric[j] * q[i], p) for i, j in ((0, 1), (0, 2), (1, 2))):
            return RankTwo("more")
    assert quadric is not None  # theory 1.4: they all vanish for two layers only
    roots = _roots(quadric, p)
    if roots is None:
        return RankTwo("irrational", discriminant_of(quadric, p))
    if len(roots) < 2:
        return RankTwo("more")
    return RankTwo("terms", terms=_split(core, depth, roots, p))


def quadrics(core: Core, depth: int, p: int) -> Iterator[Quadric]:
    """The nonzero 2 x 2 minors of the flattenings of xX + yY: x^2, xy and y^2 coefficients."""
    for layer in range(1, depth):
        columns = []
        for rest in product((0, 1), repeat=depth - 2):
            places = [(*rest[: layer - 1], bit, *rest[layer - 1 :]) for bit in (0, 1)]
            columns.append([[core[(i, *place)] for place in places] for i in (0, 1)])
        for (x, y), (u, v) in combinations(columns, 2):
            q = (
                _reduced(x[0] * u[1] - x[1] * u[0], p),
                _reduced(x[0] * v[1] + y[0] * u[1] - x[1] * v[0] - y[1] * u[0], p),
                _reduced(y[0] * v[1] - y[1] * v[0], p),
            )
            if any(q):
                yield q


def discriminant_of(q: Quadric, p: int) -> Any:
    """b^2 - 4ac; in characteristic 2, where it says nothing, 1."""
    return 1 if p == 2 else _reduced(q[1] * q[1] - 4 * q[0] * q[2], p)


def _roots(q: Quadric, p: int) -> list[tuple[Any, Any]] | None:
    """The zeros (x : y) over the field; None when there are two over the quadratic extension only."""
    a, b, c = q
    if p == 2:
        points = [(1, 0), (0, 1), (1, 1)]
        return [(x, y) for x, y in points if not (a * x + b * x * y + c * y) % 2]
    root = square_root(discriminant_of(q, p), p)
    if root is None:
        return None
    if not a:
        return [(1, 0), (_reduced(-c, p), b)]
    return [(_reduced(-b + sign * root, p), _reduced(2 * a, p)) for sign in (1, -1)]


def _split(core: Core, depth: int, roots: list[tuple[Any, Any]], p: int) -> tuple[Term, ...]:
    """T = s (x) u + t (x) v with u, v at the two zeros of the quadrics, which are decomposable."""
    (x, y), (z, w) = roots
    below = _reduced(x * w - y * z, p)
    fronts = ((w, _reduced(-z, p)), (_reduced(-y, p), x))
    terms = []
    for (a, b), front in zip(roots, fronts, strict=True):
        element = {
            bits: _reduced(a * core[(0, *bits)] + b * core[(1, *bits)], p)
            for bits in product((0, 1), repeat=depth - 1)
        }
        scale, vectors = _factors(element, depth - 1, p)
        terms.append(((_quotient(scale, below, p),), front, *vectors))
    return tuple(terms)


def _factors(element: Core, depth: int, p: int) -> tuple[Any, list[tuple[Any, ...]]]:
    """c and vectors with element = c v_1 (x) ... (x) v_depth."""
    place = next(bits for bits, value in element.items() if value)
    vectors = [tuple(element[(*place[:m], bit, *place[m + 1 :])] for bit in (0, 1)) for m in range(depth)]
    lead = element[place]
    return _quotient(1, _reduced(lead ** (depth - 1), p), p), vectors


def _reduced(value: Any, p: int) -> Any:
    return value % p if p else value


def _quotient(value: Any, by: Any, p: int) -> Any:
    return value * pow(by, -1, p) % p if p else Fraction(value) / by
