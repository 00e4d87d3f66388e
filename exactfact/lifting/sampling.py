"""Rank-one samples of A by meeting in the middle (theory 2.2, 2.3): a lower bound on the rank, mod one prime.

Left half-products L_s and right half-products R_t come from derived points, so that all L_s R_t cost one matrix
product.  Such a grid is not always generic: four independent full samples are added, and when they raise the rank
the grid is dropped for independent samples.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactfact.algebra.modular import multiply, pivot_rows
from exactfact.certificate.numbers import encode_integer

from .allocation import Allocate
from .residues import Residues

GUARD = 4
SPARE = 8
# Numbers in one stack of matrices.
STACK_LIMIT = 2**22
# An entry as an integer, as a float, and once more while rows are selected.
SAMPLE_BYTES = 40
Array = Any


@dataclass(frozen=True)
class Sample:
    """A lower bound on rank A mod p, with the evidence of theory 2.3 that reproduces it."""

    rank: int
    evidence: dict[str, Any]


def sample_rank(
    residues: Residues, wanted: int, seed: int, cells: tuple[Array, Array], parts: Array | None = None
) -> Sample:
    """A lower bound on rank A, at most `wanted` + SPARE samples being drawn.

    `cells` holds the rows and columns of the reachable cells; `parts`, for each of them, the number of its connected
    component: then ranks are taken one by one and added, and `wanted` is that of the largest.
    Cost: one product of the half-products and one elimination of about `wanted` rows by the number of cells.
    """
    depth = len(residues.layers)
    if depth == 1 or wanted <= GUARD:
        return _independent(residues, wanted + SPARE, seed, cells, parts)
    cut = _cut(residues)
    left = math.isqrt(wanted + SPARE)
    right = -(-(wanted + SPARE) // left)
    rows = _grid_rows(residues, seed, cut, left, right, cells)
    # Points beyond those of the grid: independent of every half-product in it.
    extra = _sample_rows(residues, range(max(left, right), max(left, right) + GUARD), seed, cells)
    # One elimination answers both questions: a pivot among the extra rows is a direction that the grid misses.
    pivots = _pivots(np.concatenate([rows, extra]), residues.p, parts)
    if any(found and found[-1] >= len(rows) for found in pivots):
        del rows, extra  # the independent samples take as much again
        return _independent(residues, wanted + SPARE, seed, cells, parts)
    return _sample(residues, pivots, {"grid": {"seed": seed, "cut": cut, "left": left, "right": right}}, parts)


def _pivots(rows: Array, p: int, parts: Array | None) -> list[list[int]]:
    """Pivot rows of the matrix, or of its columns in each part."""
    if parts is None:
        return [pivot_rows(distinct_columns(rows), p)]
    return [pivot_rows(distinct_columns(rows[:, parts == part]), p) for part in np.unique(parts)]


def _sample(residues: Residues, pivots: list[list[int]], evidence: dict[str, Any], parts: Array | None) -> Sample:
    split = {} if parts is None else {"split": True}
    return Sample(sum(map(len, pivots)), {"prime": encode_integer(residues.p), **evidence, **split})


def allocate_sample(wanted: int, entries: int, allocate: Allocate) -> None:
    """Ask for the memory of `sample_rank` with products of so many entries."""
    vector = SAMPLE_BYTES * max(1, entries)
    allocate(f"a table of {wanted} samples", vector * (wanted + SPARE), lambda free: f"{free // vector} would fit")


def _cut(residues: Residues) -> int:
    """The interface where both halves have about the same number of layers; ties go to the narrower one."""
    depth = len(residues.layers)
    middle = depth / 2
    return min(range(1, depth), key=lambda c: (abs(c - middle), residues.layers[c].shape[0]))


def _half_products(residues: Residues, seed: int, numbers: range, start: int, stop: int) -> Array:
    """M_{start+1}(h)...M_{stop}(h) at the derived points with these numbers, stacked."""
    height, p = residues.layers[start].shape[0], residues.p
    widest = max(layer.shape[1] for layer in residues.layers[start:stop])
    step = max(1, STACK_LIMIT // max(1, height * widest, widest * widest))
    stacks = []
    for first in range(numbers.start, numbers.stop, step):
        part = range(first, min(first + step, numbers.stop))
        product: Array = None
        for k in range(start, stop):
            matrices = residues.layers[k].at_all(residues.layer_points(seed, part, k), p)
            product = matrices if product is None else multiply(product, matrices, p)
        stacks.append(product)
    return np.concatenate(stacks)


def _grid_rows(residues: Residues, seed: int, cut: int, left: int, right: int, cells: tuple[Array, Array]) -> Array:
    """phi at all (s, t), one row each, restricted to the reachable cells."""
    lefts = _half_products(residues, seed, range(left), 0, cut)
    rights = _half_products(residues, seed, range(right), cut, len(residues.layers))
    height, width = lefts.shape[1], rights.shape[2]
    rows = np.empty((left, right, len(cells[0])), dtype=lefts.dtype)
    across = np.ascontiguousarray(rights.transpose(1, 0, 2)).reshape(rights.shape[1], right * width)
    step = max(1, STACK_LIMIT // max(1, height * right * width))
    for first in range(0, left, step):
        part = lefts[first : first + step]
        product = multiply(part.reshape(len(part) * height, -1), across, residues.p)
        blocks = product.reshape(len(part), height, right, width)
        rows[first : first + step] = blocks[:, cells[0], :, cells[1]].transpose(1, 2, 0)
    return rows.reshape(left * right, len(cells[0]))


def _sample_rows(residues: Residues, numbers: range, seed: int, cells: tuple[Array, Array]) -> Array:
    """phi at the derived points, one row each, restricted to the reachable cells."""
    return _half_products(residues, seed, numbers, 0, len(residues.layers))[:, cells[0], cells[1]]


def _independent(
    residues: Residues, count: int, seed: int, cells: tuple[Array, Array], parts: Array | None = None
) -> Sample:
    rows = _sample_rows(residues, range(count), seed, cells)
    pivots = _pivots(rows, residues.p, parts)
    needed = max((found[-1] + 1 for found in pivots if found), default=0)
    return _sample(residues, pivots, {"samples": {"seed": seed, "count": needed}}, parts)


def distinct_columns(rows: Array) -> Array:
    """The matrix without columns that repeat another: its rank is the same, or less after a collision of hashes."""
    if rows.dtype == object or not rows.size:
        return rows
    weights = np.random.default_rng(0).integers(1, 2**62, len(rows))
    _, first = np.unique(weights @ rows, return_index=True)
    return rows if len(first) == rows.shape[1] else rows[:, np.sort(first)]
