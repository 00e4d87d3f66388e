"""Measured data X beside the product at an estimate: eta = ||phi(h) - X||, its square exact.

Chains: X is the matrix.  Networks: X is one kernel for each leaf, an array over the group; without wrap-around over
the positions from the least sum of taps to the largest.  The norm is that of the operator on signals (Frobenius),
sqrt(nu) times that of the kernels (theory 10.4).
Cost: one exact product; for networks the distinct sums of taps, without anything of the size of the operator.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.box import Box, box_of
from exactfact.lifting.chain import Chain, SparseMatrix, combine, multiply_sparse
from exactfact.model import LimitError, Network, SpecError
from exactfact.model.errors import at, integer_text, nearest, shorten
from exactfact.model.exact_array import ENTRY_LIMIT, ExactArray, exact_array
from exactfact.model.numbers import Number

from .metric import Point

PRODUCT_LIMIT = 30_000_000
SUM_LIMIT = 2**23
CHUNK = 2**16
Integers = list[list[int]]


def integral_point(h: Point) -> tuple[list[int], Integers]:
    """(d_1, ..., d_K) and the integer vectors d_k h_k."""
    scales = [math.lcm(1, *(Fraction(x).denominator for x in vector)) for vector in h]
    return scales, [[int(x * d) for x in vector] for vector, d in zip(h, scales, strict=True)]


@dataclass(frozen=True)
class Matrix:
    """The measured matrix X of a chain, exact, over one denominator."""

    array: ExactArray

    def evidence(self) -> dict[str, Any]:
        """The entries that are not zero, as [cell, numerator]."""
        entries = [[cell, encode_integer(n)] for cell, n in enumerate(self.array.numerators) if n]
        return {"denominator": encode_integer(self.array.denominator), "entries": entries}


@dataclass(frozen=True)
class Kernels:
    """The data of a network: one array over the box for each leaf, over a common denominator."""

    box: Box
    leaves: Mapping[str, tuple[int, ...]]
    denominator: int

    def evidence(self) -> dict[str, Any]:
        """The entries that are not zero, as [x_1, ..., x_d, numerator]."""
        leaves = {
            leaf: [
                [*map(encode_integer, self.box.element(code)), encode_integer(n)] for code, n in enumerate(flat) if n
            ]
            for leaf, flat in self.leaves.items()
        }
        return {"denominator": encode_integer(self.denominator), "leaves": leaves}


def matrix_data(shape: tuple[int, int], source: Any) -> Matrix:
    """The data of a chain with this shape.  SpecError when it is no such matrix."""
    if isinstance(source, Mapping):
        if len(source) != 1:
            raise SpecError("", "one matrix", f"{len(source)} arrays")
        source = next(iter(source.values()))
    array = exact_array(source)
    if array.shape != shape and not (len(array.shape) == 1 and math.prod(array.shape) == max(shape) and 1 in shape):
        received = " x ".join(map(str, array.shape)) or "a number"
        raise SpecError("", f"a matrix of {shape[0]} x {shape[1]}", received)
    return Matrix(array)


def kernel_data(network: Network, source: Any) -> Kernels:
    """The data of a network.  SpecError when a leaf is missing or an array has another shape."""
    box = box_of(network)
    if box.size > ENTRY_LIMIT:
        raise LimitError("an array over the group", f"{integer_text(box.size)} entries", ENTRY_LIMIT)
    if not isinstance(source, Mapping):
        if len(network.leaves) > 1:
            names = ", ".join(f'"{shorten(leaf)}"' for leaf in network.leaves[:5])
            raise SpecError("", f"one kernel for each leaf, by name ({names})", "one array")
        source = {network.leaves[0]: source}
    elif len(source) == len(network.leaves) == 1:
        source = {network.leaves[0]: next(iter(source.values()))}
    arrays = {}
    for leaf, value in source.items():
        if leaf not in network.leaves:
            raise SpecError("", "names of leaves", f'"{shorten(str(leaf))}"', nearest(str(leaf), network.leaves))
        with at(f'leaf "{shorten(leaf)}"'):
            arrays[leaf] = _over(box, exact_array(value))
    missing = next((leaf for leaf in network.leaves if leaf not in arrays), None)
    if missing is not None:
        raise SpecError("", "a kernel for every leaf", f'none for "{shorten(missing)}"')
    denominator = math.lcm(1, *(array.denominator for array in arrays.values()))
    leaves = {}
    for leaf in network.leaves:
        factor = denominator // arrays[leaf].denominator
        flat = arrays[leaf].numerators
        leaves[leaf] = flat if factor == 1 else tuple(n * factor for n in flat)
    return Kernels(box, leaves, denominator)


def _over(box: Box, array: ExactArray) -> ExactArray:
    squeezed = tuple(size for size in array.shape if size != 1)
    if squeezed != tuple(size for size in box.dims if size != 1):
        received = " x ".join(map(str, array.shape)) or "a number"
        raise SpecError("", f"a kernel of {' x '.join(map(str, box.dims))} entries", received)
    return array


def matrix_gap(chain: Chain, h: Point, data: Matrix) -> Fraction:
    """||phi(h) - X||_F^2, exactly. h: rational, by parametric layers; X has the chain's shape.

    LimitError when the product at h takes more than PRODUCT_LIMIT multiplications.
    """
    scales, vectors = integral_point(h)
    whole = chain.integral()
    product: SparseMatrix | None = None
    work = 0
    for layer, vector in zip(whole.layers, vectors, strict=True):
        matrix = combine(layer, vector, chain.field)
        if product is not None:
            work += _products(product, matrix)
            if work > PRODUCT_LIMIT:
                raise LimitError("the exact product at the estimate", f"{work} multiplications", PRODUCT_LIMIT)
            matrix = multiply_sparse(product, matrix, chain.field)
        product = matrix
    assert product is not None
    scale = math.prod(scales) * math.prod(chain.denominators)
    columns, below = chain.widths[-1], data.array.denominator
    gaps = [n * scale for n in data.array.numerators]
    for (r, c), value in product.items():
        gaps[chain.labels[0][r] * columns + chain.labels[-1][c]] -= int(value) * below
    return Fraction(sum(gap * gap for gap in gaps), (scale * below) ** 2)


def _products(left: SparseMatrix, right: SparseMatrix) -> int:
    widths: dict[int, int] = {}
    for row, _ in right:
        widths[row] = widths.get(row, 0) + 1
    return sum(widths.get(column, 0) for _, column in left)


def kernel_gap(network: Network, h: Point, data: Kernels) -> Fraction:
    """The sum over the leaves of ||kernel of phi_leaf(h) - X_leaf||_2^2, exactly (to be multiplied by nu)."""
    scales, vectors = integral_point(h)
    scale, below, total = math.prod(scales), data.denominator, 0
    for leaf, (codes, values) in _kernels(network, data.box, vectors).items():
        dense = np.zeros(data.box.size, dtype=object)
        dense[codes] = values
        measured = data.leaves[leaf]
        for start in range(0, data.box.size, CHUNK):
            chunk = np.array(measured[start : start + CHUNK], dtype=object)
            gaps = chunk * scale - dense[start : start + CHUNK] * below
            total += int((gaps * gaps).sum())
    return Fraction(total, (scale * below) ** 2)


Sums = tuple[Any, Any]  # codes, sorted and different, and the integers at them


def _kernels(network: Network, box: Box, vectors: Integers) -> dict[str, Sums]:
    """phi of every leaf at an integer point, level by level from the root."""
    nodes: dict[str, Sums] = {network.root: (np.zeros(1, dtype=np.int64), np.array([1], dtype=object))}
    for edges, vector in zip(network.level_edges, vectors, strict=True):
        parts: dict[str, list[Sums]] = {}
        held = 0
        for e in edges:
            edge = network.edges[e]
            codes, values = nodes[edge.target]
            for j, tap in enumerate(box.taps[e]):
                factor = vector[network.offset(e) + j]
                if not factor:
                    continue
                held += len(codes)
                if held > SUM_LIMIT:
                    raise LimitError("the sums of taps on one level", held, SUM_LIMIT)
                parts.setdefault(edge.source, []).append((_moved(box, codes, tap), values * factor))
        empty: Sums = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=object))
        nodes = {network.edges[e].source: empty for e in edges}
        nodes.update({node: _gathered(sums) for node, sums in parts.items()})
    return {leaf: nodes[leaf] for leaf in network.leaves}


def _moved(box: Box, codes: Any, tap: Sequence[int]) -> Any:
    """The codes of the elements + tap."""
    if len(box.dims) == 1:
        return (codes + tap[0]) % box.dims[0]
    total = np.zeros_like(codes)
    for dim, step, shift in zip(box.dims, box.steps, tap, strict=True):
        total += (codes // step + shift) % dim * step
    return total


def _gathered(sums: list[Sums]) -> Sums:
    codes = np.concatenate([part[0] for part in sums])
    values = np.concatenate([part[1] for part in sums])
    order = np.argsort(codes, kind="stable")
    codes, values = codes[order], values[order]
    starts = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]])) if len(codes) else codes
    if len(starts) < len(codes):
        codes, values = codes[starts], np.add.reduceat(values, starts)
    return codes, values


def norm_squared(values: Sequence[Number]) -> Fraction:
    """||x||_2^2, exactly."""
    return sum((Fraction(x) * Fraction(x) for x in values), Fraction(0))
