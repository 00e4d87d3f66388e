"""Pairs from certified symmetries, at a given point (theory 6.3, 8.2c, 8.2d, 8.2f).

A diagonal field rescales by powers of 2, a field of nilpotent matrices moves along exp(D), a field with one joint Z
is the change of basis 1 + t Z; swaps and layerwise maps are applied as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from exactfact.certificate.claims import Bound, Claim
from exactfact.certificate.numbers import decode_number
from exactfact.model.numbers import Number

from .chain import Chain, SparseMatrix
from .gauge import moved_by_basis

LARGEST_WEIGHT = 12
FIELDS = 40
Point = tuple[tuple[Number, ...], ...]
Maps = dict[int, SparseMatrix]


def symmetric_points(chain: Chain, claims: Sequence[Claim], h: Point) -> Iterator[Point]:
    """Points that a recorded symmetry gives from h; the caller compares products and classes."""
    for claim in claims:
        evidence = claim.evidence
        if isinstance(claim, Bound) and claim.statement == "6.3":
            for field in evidence["fields"][:FIELDS]:
                yield from _along(chain, field, h)
        elif claim.statement == "8.2c" and "C" in evidence:
            k, last = evidence["layers"]
            c, d = (_matrix(evidence[name]) for name in "CD")
            yield _replaced(h, {k: _apply(c, h[last]), last: _apply(d, h[k])})
        elif claim.statement == "8.2f" and "C" in evidence:
            yield _replaced(h, {k: _apply(_matrix(entries), h[k]) for k, entries in evidence["C"]})


def _along(chain: Chain, field: Mapping[str, Any], h: Point) -> Iterator[Point]:
    maps: Maps = {}
    for k, row, col, value in field["D"]:
        maps.setdefault(k, {})[row, col] = decode_number(value)
    if all(row == col for matrix in maps.values() for row, col in matrix):
        weights = {k: {row: int(value) for (row, _), value in matrix.items()} for k, matrix in maps.items()}
        if all(abs(w) <= LARGEST_WEIGHT for layer in weights.values() for w in layer.values()):
            scaled = {k: [v * Fraction(2) ** w.get(j, 0) for j, v in enumerate(h[k])] for k, w in weights.items()}
            yield _replaced(h, {k: _settled(vector) for k, vector in scaled.items()})
        return
    moved = {k: _exponential(matrix, h[k]) for k, matrix in maps.items()}
    if all(vector is not None for vector in moved.values()):
        yield _replaced(h, {k: vector for k, vector in moved.items() if vector is not None})
    joints = sorted({entry[0] for entry in field.get("Z", ())})
    if len(joints) == 1:
        places = {label: index for index, label in enumerate(chain.labels[joints[0]])}
        z = {(places[row], places[col]): decode_number(value) for _, row, col, value in field["Z"]}
        changed = moved_by_basis(chain, h, joints[0] - 1, z)
        if changed is not None:
            yield changed


def _exponential(matrix: SparseMatrix, vector: Sequence[Number]) -> tuple[Number, ...] | None:
    """exp(D) v for a nilpotent D, as a finite sum; None when D^(S + 1) v is not 0 or S is large."""
    total, term = list(vector), list(vector)
    for step in range(1, min(len(vector), LARGEST_WEIGHT) + 1):
        term = [Fraction(v) / step for v in _apply(matrix, term)]
        if not any(term):
            return _settled(total)
        total = [a + b for a, b in zip(total, term, strict=True)]
    return None


def _matrix(entries: Sequence[Sequence[Any]]) -> SparseMatrix:
    return {(row, col): decode_number(value) for row, col, value in entries}


def _apply(matrix: SparseMatrix, vector: Sequence[Number]) -> tuple[Number, ...]:
    image: list[Number] = [0] * len(vector)
    for (row, col), value in matrix.items():
        image[row] += value * vector[col]
    return _settled(image)


def _settled(vector: Sequence[Number]) -> tuple[Number, ...]:
    """Integers where the entries are integers."""
    return tuple(int(v) if v.denominator == 1 else v for v in vector)


def _replaced(h: Point, changes: Mapping[int, tuple[Number, ...]]) -> Point:
    return tuple(changes.get(k, vector) for k, vector in enumerate(h))
