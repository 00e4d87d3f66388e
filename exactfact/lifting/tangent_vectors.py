"""Whether a tensor over QQ is tangent to the decomposable ones: sum_k h_1 (x) ... b_k ... (x) h_K (theory 1.3).

In the frame of at most two slices a layer, such a tensor contracted along layer k is decomposable for one direction
only, the double zero of the binary quadrics: the one that kills h_k.  The b_k are then read off and T is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import prod

from .rank_two import WIDEST, Core, Index, Tensor, core_of, discriminant_of, frame_of, quadrics

Vectors = tuple[tuple[Fraction, ...], ...]


def tangent_vector(tensor: Tensor, sizes: Sequence[int]) -> tuple[Vectors, Vectors] | None:
    """(h, b) with T = sum_k h_1 (x) ... b_k ... (x) h_K, for T of rank above 2; None when it is no such tensor."""
    frames = [frame_of(tensor, k, size, 0) for k, size in enumerate(sizes)]
    found = [frame for frame in frames if frame is not None]
    wide = [k for k, (basis, _) in enumerate(found) if len(basis) == 2]
    if len(found) < len(sizes) or not 3 <= len(wide) <= WIDEST:
        return None
    core = core_of(tensor, [basis for basis, _ in found], wide)
    killed = [_double_zero(core, position, len(wide)) for position in range(len(wide))]
    directions = [zero for zero in killed if zero is not None]
    if len(directions) < len(wide):
        return None
    inner_h = [(-y, x) for x, y in directions]
    inner_b = _moves(core, inner_h)
    h: list[tuple[Fraction, ...]] = []
    b: list[tuple[Fraction, ...]] = []
    for k, (_, rows) in enumerate(found):
        one: Sequence[Fraction] = (Fraction(1),) if k not in wide else inner_h[wide.index(k)]
        two: Sequence[Fraction] = (Fraction(0),) if k not in wide else inner_b[wide.index(k)]
        h.append(_lifted(rows, one))
        b.append(_lifted(rows, two))
    return (tuple(h), tuple(b)) if _equal(tensor, h, b) else None


def _lifted(rows: Sequence[Sequence[Fraction]], inner: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """A vector of the frame in the coordinates of the layer."""
    return tuple(sum((Fraction(r) * x for r, x in zip(row, inner, strict=True)), Fraction(0)) for row in rows)


def _double_zero(core: Core, position: int, depth: int) -> tuple[Fraction, Fraction] | None:
    """The (x, y) at which x X + y Y is decomposable, X and Y the slices along a layer; None without a double zero."""
    turned = {(bits[position], *bits[:position], *bits[position + 1 :]): value for bits, value in core.items()}
    for q in quadrics(turned, depth, 0):
        if discriminant_of(q, 0):
            return None
        a, half, c = Fraction(q[0]), Fraction(q[1], 2), Fraction(q[2])
        return (-half, a) if a else (Fraction(1), Fraction(0)) if c else None
    return None


def _moves(core: Core, h: Sequence[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
    """b_k = beta_k e_k, and a multiple of h_1 for the part of T along P(h); e_k a unit vector beside h_k."""
    units = [(Fraction(0), Fraction(1)) if x else (Fraction(1), Fraction(0)) for x, _ in h]
    # eta is 1 at h and 0 at e, xi is 0 at h and 1 at e.
    eta = [(1 / x, Fraction(0)) if x else (Fraction(0), 1 / y) for x, y in h]
    xi = [(-y / x, Fraction(1)) if x else (Fraction(1), -x / y) for x, y in h]

    def contracted(at: int | None) -> Fraction:
        forms = [xi[k] if k == at else eta[k] for k in range(len(h))]
        return sum(
            (value * prod(form[bit] for form, bit in zip(forms, bits, strict=True)) for bits, value in core.items()),
            Fraction(0),
        )

    moves = [(contracted(k) * e[0], contracted(k) * e[1]) for k, e in enumerate(units)]
    along = contracted(None)
    moves[0] = (moves[0][0] + along * h[0][0], moves[0][1] + along * h[0][1])
    return moves


def _equal(tensor: Tensor, h: Sequence[tuple[Fraction, ...]], b: Sequence[tuple[Fraction, ...]]) -> bool:
    """Whether T is the tangent vector, entry by entry."""

    def entry(index: Index) -> Fraction:
        values = [vector[i] for vector, i in zip(h, index, strict=True)]
        return sum(
            (b[k][i] * prod(values[:k]) * prod(values[k + 1 :]) for k, i in enumerate(index)), Fraction(0)
        )  # fmt: skip

    return all(entry(index) == tensor.get(index, 0) for index in product(*(range(len(vector)) for vector in h)))
