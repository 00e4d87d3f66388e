"""What the other layers let through: row spaces W_k on the left of layer k, column spaces R_k on its right.

W_k is spanned by the rows of all products M_1...M_{k-1}, R_k by the columns of all M_{k+1}...M_K.  The entries of
prefix * Z * suffix are w Z v with w in W_k, v in R_k, so a window Z of layers matters only through W_k Z R_k
(theory 8.2b).  Computed exactly, by reduced echelon forms over the field.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exactfact.algebra.echelon import Echelon, dense, reduced_basis
from exactfact.algebra.full_rank import independent, surely_full
from exactfact.model import Field, LimitError

from .chain import Chain, SparseMatrix, multiply_sparse

Vector = dict[int, Any]

SMALL = 16  # interfaces up to this size are eliminated exactly at once
LONG = 64  # bits; a reduced basis of longer numbers is worse to work with than the vectors themselves


@dataclass(frozen=True)
class OuterSpaces:
    """`rows[k]`: basis of W for the window starting at layer k; `columns[k]`: basis of R for the window ending at k.

    Both are indexed by interface: rows[k] lives at interface k, columns[k] at interface k (0..K).
    """

    rows: tuple[tuple[Vector, ...], ...]
    columns: tuple[tuple[Vector, ...], ...]
    sizes: tuple[int, ...]

    def full(self, start: int, stop: int) -> bool:
        """Whether a window of layers start..stop-1 is seen entirely."""
        return len(self.rows[start]) == self.sizes[start] and len(self.columns[stop]) == self.sizes[stop]

    def compress(self, window: SparseMatrix, start: int, stop: int, chain: Chain) -> SparseMatrix:
        """W Z R: what the product can show of a window Z of layers start..stop-1."""
        if self.full(start, stop):
            return window
        left = {(a, i): value for a, w in enumerate(self.rows[start]) for i, value in w.items()}
        right = {(i, b): value for b, v in enumerate(self.columns[stop]) for i, value in v.items()}
        return multiply_sparse(multiply_sparse(left, window, chain.field), right, chain.field)


def outer_spaces(chain: Chain) -> OuterSpaces:
    """W and R at every interface, bases of integers; the whole space where an exact elimination would be too large.

    A larger space than the true one is safe: what vanishes on it vanishes on the product.
    Cost: at each interface one exact elimination of at most (dimension * S) vectors of the interface's size.
    """
    rows = [_everything(chain.sizes[0])]
    for k in range(chain.depth):
        rows.append(_integral(_image_or_everything(rows[-1], chain, k, k + 1, transpose=False)))
    columns = [_everything(chain.sizes[-1])]
    for k in reversed(range(chain.depth)):
        columns.append(_integral(_image_or_everything(columns[-1], chain, k, k, transpose=True)))
    return OuterSpaces(tuple(rows), tuple(reversed(columns)), chain.sizes)


def _image_or_everything(
    basis: tuple[Vector, ...], chain: Chain, k: int, interface: int, *, transpose: bool
) -> tuple[Vector, ...]:
    try:
        return _image(basis, chain.layers[k], chain, interface, transpose=transpose)
    except LimitError:
        return _everything(chain.sizes[interface])


def _integral(basis: tuple[Vector, ...]) -> tuple[Vector, ...]:
    """The vectors, each multiplied by its common denominator: products of integers are cheaper."""
    scales = [math.lcm(*(int(value.denominator) for value in vector.values())) for vector in basis]
    return tuple(
        {i: int(value * scale) for i, value in vector.items()} for vector, scale in zip(basis, scales, strict=True)
    )


def _everything(size: int) -> tuple[Vector, ...]:
    return tuple({i: 1} for i in range(size))


def _image(
    basis: Iterable[Vector], layer: tuple[SparseMatrix, ...], chain: Chain, interface: int, *, transpose: bool
) -> tuple[Vector, ...]:
    """The span of w M(e_j) (or M(e_j) v) over basis vectors and parameters."""
    size = chain.sizes[interface]
    moves: dict[int, list[tuple[int, int, Any]]] = {}
    for j, matrix in enumerate(layer):
        for (row, col), value in matrix.items():
            source, target = (col, row) if transpose else (row, col)
            moves.setdefault(source, []).append((j, target, value))
    images = [image for vector in basis for image in _moved(vector, moves)]
    if not chain.field.is_finite and size > SMALL and surely_full(images, size):
        return _everything(size)
    if not chain.field.is_finite and size > SMALL and dense(images, size):
        return _full_vectors(images, size, chain.field)
    echelon, kept = Echelon(chain.field), []
    for image in images:
        if echelon.add(image):
            kept.append(image)
        if echelon.rank == size:
            return _everything(size)
    return tuple(kept) if _long(echelon.rows.values()) else echelon.basis()


def _full_vectors(images: list[Vector], size: int, field: Field) -> tuple[Vector, ...]:
    """The same for vectors with few zeros: the reduced basis, or if that is long as many independent ones of them."""
    basis = reduced_basis(images, size, field)
    if not _long(basis):
        return basis
    kept = independent(images, size)
    return tuple(images[i] for i in kept) if len(kept) == len(basis) else basis


def _long(rows: Iterable[Vector]) -> bool:
    return any(value.numerator.bit_length() > LONG for row in rows for value in row.values())


def _moved(vector: Vector, moves: Mapping[int, Sequence[tuple[int, int, Any]]]) -> Iterable[Vector]:
    """The images of one vector under all M(e_j)."""
    images: dict[int, Vector] = {}
    for source, weight in vector.items():
        for j, target, value in moves.get(source, ()):
            image = images.setdefault(j, {})
            image[target] = image.get(target, 0) + weight * value
    return images.values()
