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

from .residues import Residues

GUARD = 4
SPARE = 8
Array = Any


@dataclass(frozen=True)
class Sample:
    """A lower bound on rank A mod p, with the evidence of theory 2.3 that reproduces it."""

    rank: int
    evidence: dict[str, Any]


def sample_rank(residues: Residues, wanted: int, seed: int, cells: tuple[Array, Array]) -> Sample:
    """A lower bound on rank A, at most `wanted` + SPARE samples being drawn.

    `cells` holds the rows and columns of the reachable cells.  Cost: one product of the half-products and one
    elimination of about `wanted` rows by the number of cells.
    """
    depth = len(residues.layers)
    if depth == 1 or wanted <= GUARD:
        return _independent(residues, wanted + SPARE, seed, cells)
    cut = _cut(residues)
    left = math.isqrt(wanted + SPARE)
    right = -(-(wanted + SPARE) // left)
    rows = _grid_rows(residues, seed, cut, left, right, cells)
    # Points beyond those of the grid: independent of every half-product in it.
    extra = _sample_rows(residues, range(max(left, right), max(left, right) + GUARD), seed, cells)
    # One elimination answers both questions: a pivot among the extra rows is a direction that the grid misses.
    pivots = pivot_rows(np.concatenate([rows, extra]), residues.p)
    if pivots and pivots[-1] >= len(rows):
        return _independent(residues, wanted + SPARE, seed, cells)
    grid = {"seed": seed, "cut": cut, "left": left, "right": right}
    return Sample(len(pivots), {"prime": encode_integer(residues.p), "grid": grid})


def _cut(residues: Residues) -> int:
    """The interface where both halves have about the same number of layers; ties go to the narrower one."""
    depth = len(residues.layers)
    middle = depth / 2
    return min(range(1, depth), key=lambda c: (abs(c - middle), residues.layers[c].shape[0]))


def _half_product(residues: Residues, h: list[Array], start: int, stop: int) -> Array:
    product = residues.layers[start].at(h[start], residues.p)
    for k in range(start + 1, stop):
        product = multiply(product, residues.layers[k].at(h[k], residues.p), residues.p)
    return product


def _grid_rows(residues: Residues, seed: int, cut: int, left: int, right: int, cells: tuple[Array, Array]) -> Array:
    """phi at all (s, t), one row each, restricted to the reachable cells."""
    depth, p = len(residues.layers), residues.p
    points = [residues.point(seed, t) for t in range(max(left, right))]
    lefts = [_half_product(residues, point, 0, cut) for point in points[:left]]
    rights = [_half_product(residues, point, cut, depth) for point in points[:right]]
    height, width = lefts[0].shape[0], rights[0].shape[1]
    product = multiply(np.concatenate(lefts), np.concatenate(rights, axis=1), p)
    blocks = product.reshape(left, height, right, width)
    return blocks[:, cells[0], :, cells[1]].transpose(1, 2, 0).reshape(left * right, len(cells[0]))


def _sample_rows(residues: Residues, numbers: range, seed: int, cells: tuple[Array, Array]) -> Array:
    depth = len(residues.layers)
    rows = [_half_product(residues, residues.point(seed, t), 0, depth)[cells[0], cells[1]] for t in numbers]
    return np.array(rows)


def _independent(residues: Residues, count: int, seed: int, cells: tuple[Array, Array]) -> Sample:
    rows = _sample_rows(residues, range(count), seed, cells)
    kept = pivot_rows(rows, residues.p)
    needed = kept[-1] + 1 if kept else 0
    return Sample(len(kept), {"prime": encode_integer(residues.p), "samples": {"seed": seed, "count": needed}})
