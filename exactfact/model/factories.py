"""Layers from Python: one function for each operator family, validated like a spec.

Sizes are integers; numbers are exact (int, Fraction, or strings such as "1/3").  numpy arrays and scipy.sparse matrices
are accepted where a list or matrix is; those of floats only with `dyadic=True`, as the exact rationals they are.
Every function raises SpecError.  The entry formulas are in the operator classes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .arrays import dense, is_sparse, listed, sparse
from .composed import Basis, BlockDiagonal, Kronecker
from .convolutional import Convolution
from .errors import SpecError, at, each, shorten
from .layer import Layer
from .operators import Operator
from .placement import Diagonal, Entries, FixedDense, FixedSparse, Full
from .structured import Butterfly, Circulant, Hankel, Toeplitz


def entries(rows: int, cols: int, parameters: int, entries: Any, *, name: str = "") -> Layer:
    """The universal family: `entries` lists [row, col, parameter] or [row, col, parameter, coefficient]."""
    return _layer("entries", name, lambda: Entries(rows, cols, parameters, entries))


def full(rows: int, cols: int, *, name: str = "") -> Layer:
    """A matrix without structure, M[r, c] = h_{r cols + c}."""
    return _layer("full", name, lambda: Full(rows, cols))


def diagonal(rows: int, cols: int | None = None, *, name: str = "") -> Layer:
    """A rows x cols matrix with h_j at (j, j), S = min(rows, cols); `diagonal(size)` is square."""
    return _layer("diagonal", name, lambda: Diagonal(rows, rows if cols is None else cols))


def circulant(size: int | Sequence[int], support: Any, *, name: str = "") -> Layer:
    """(M x)_i = sum_j h_j x_{i - support[j]}, modulo `size` (one length, or one for each axis)."""
    return _layer("circulant", name, lambda: Circulant(size, support))  # type: ignore[arg-type]  # it normalises


def toeplitz(rows: int, cols: int, diagonals: Any = None, *, name: str = "") -> Layer:
    """M[i, l] = h_{i - l + cols - 1}, or h_j on the diagonals i - l = diagonals[j] only."""
    return _layer("toeplitz", name, lambda: Toeplitz(rows, cols, diagonals))


def hankel(rows: int, cols: int, *, name: str = "") -> Layer:
    """A rows x cols matrix, constant along antidiagonals: M[i, l] = h_{i + l}, S = rows + cols - 1."""
    return _layer("hankel", name, lambda: Hankel(rows, cols))


def butterfly(size: int, level: int, *, name: str = "") -> Layer:
    """One level of a fast transform: nonzeros at c = r and c = r xor size / 2^(level + 1)."""
    return _layer("butterfly", name, lambda: Butterfly(size, level))


def block_diagonal(blocks: Sequence[Layer | Operator], *, name: str = "") -> Layer:
    """Layers on the diagonal, each with its own parameters."""
    return _layer("block_diagonal", name, lambda: BlockDiagonal(blocks))  # type: ignore[arg-type]


def kronecker(left: int, right: int, of: Layer | Operator, *, name: str = "") -> Layer:
    """I_left (x) M (x) I_right with the parameters of the layer `of`."""
    return _layer("kronecker", name, lambda: Kronecker(left, right, of))  # type: ignore[arg-type]


def basis(matrices: Any, *, dyadic: bool = False, name: str = "") -> Layer:
    """M(h) = sum_j h_j matrices[j]; matrices as rows of numbers, numpy arrays or scipy.sparse matrices."""

    def build() -> Operator:
        with at("matrices"):
            return Basis(each(listed(matrices, dyadic=dyadic), lambda matrix: dense(matrix, dyadic=dyadic)))

    return _layer("basis", name, build)


def convolution(
    length: int | Sequence[int],
    kernel: int | Sequence[int],
    in_channels: int = 1,
    out_channels: int = 1,
    stride: int = 1,
    dilation: int = 1,
    padding: str = "valid",
    *,
    name: str = "",
) -> Layer:
    """A convolution layer of a neural network on stacked channels; padding "valid", "full" or "circular"."""
    keys = (in_channels, out_channels, stride, dilation, padding)
    return _layer("convolution", name, lambda: Convolution(length, kernel, *keys))  # type: ignore[arg-type]


def fixed(
    matrix: Any = None,
    *,
    rows: int | None = None,
    cols: int | None = None,
    entries: Any = None,
    dyadic: bool = False,
    name: str = "",
) -> Layer:
    """A layer without parameters: a dense or scipy.sparse matrix, or rows, cols and cells [row, col, value]."""
    return _layer("fixed", name, lambda: _fixed(matrix, (rows, cols, entries), dyadic))


def _fixed(matrix: Any, cells: tuple[Any, Any, Any], dyadic: bool) -> Operator:
    given = [part is not None for part in cells]
    if (matrix is not None) == any(given) or (matrix is None and not all(given)):
        names = ("matrix", "rows", "cols", "entries")
        received = [n for n, present in zip(names, (matrix is not None, *given), strict=True) if present]
        raise SpecError("", "either matrix, or rows, cols and entries", ", ".join(received) or "none of them")
    if matrix is None:
        return FixedSparse(*cells)
    with at("matrix"):
        if is_sparse(matrix):
            return FixedSparse(*sparse(matrix, dyadic=dyadic))
        return FixedDense(dense(matrix, dyadic=dyadic))


def _layer(family: str, name: str, build: Callable[[], Operator]) -> Layer:
    place = f'layer "{shorten(name)}"' if name and isinstance(name, str) else f"layer ({family})"
    with at(place):
        return Layer(build(), name)
