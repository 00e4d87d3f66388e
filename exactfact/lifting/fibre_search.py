"""Approximate isolated complex points of the fibre of phi through a point, one for each class modulo scaling.

Each class meets the chart l_k . g_k = 1 (k < K, l_k random) in one point, unless it lies at its infinity.  Two
searches, in double precision: damped Gauss-Newton steps from random starts; and loops, where the point h is moved along
a closed path in the complex parameters and the points found are dragged along, to return permuted (monodromy: almost
every fibre is reached from one of its points, as the parameters are irreducible).  What is found is a proposal, and
what is not found is not excluded.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import numpy as np

from .chain import Chain, evaluate

BATCH = 48
STEPS = 60
NEAR = 1e-6
CONVERGED = 1e-10
REGULAR = 1e-9
LARGEST = 1e9
CORNERS = 3
SIDE = 60
CORRECTIONS = 3
Array = Any


@dataclass(frozen=True)
class Fibre:
    """phi(g) = phi(h), scaled to unit length, in a chart; layers[k] has the shape (S_k, rows, columns)."""

    layers: tuple[Array, ...]
    target: Array
    charts: tuple[Array, ...]

    @property
    def starts(self) -> list[int]:
        """The first unknown of each layer, and their number."""
        return [0, *np.cumsum([len(layer) for layer in self.layers]).tolist()]

    def value(self, x: Array) -> Array:
        """phi(x), flat, one row for each point."""
        values = self._layers_at(x)
        product = values[0]
        for value in values[1:]:
            product = product @ value
        return product.reshape(len(x), -1)

    def residuals(self, x: Array, target: Array | None = None) -> Array:
        """phi(x) - target and the chart's equations, one row for each point."""
        gap = self.value(x) - (self.target if target is None else target)
        return np.concatenate([gap, self._chart(x)], axis=1)

    def jacobian(self, x: Array) -> Array:
        """Their derivatives."""
        values, starts = self._layers_at(x), self.starts
        after = [np.broadcast_to(np.eye(values[-1].shape[2]), (len(x), values[-1].shape[2], values[-1].shape[2]))]
        for value in reversed(values[1:]):
            after.append(value @ after[-1])
        before = np.broadcast_to(np.eye(values[0].shape[1]), (len(x), values[0].shape[1], values[0].shape[1]))
        blocks = []
        for layer, value, right in zip(self.layers, values, reversed(after), strict=True):
            block = before[:, None] @ layer[None] @ right[:, None]
            blocks.append(block.reshape(len(x), len(layer), -1))
            before = before @ value
        chart = np.zeros((len(x), starts[-1], len(self.charts)), dtype=complex)
        for k, row in enumerate(self.charts):
            chart[:, starts[k] : starts[k + 1], k] = row
        return np.concatenate([np.concatenate(blocks, axis=1), chart], axis=2).transpose(0, 2, 1)

    def _layers_at(self, x: Array) -> list[Array]:
        starts = self.starts
        return [
            np.einsum("bs,sij->bij", x[:, starts[k] : starts[k + 1]], layer) for k, layer in enumerate(self.layers)
        ]

    def _chart(self, x: Array) -> Array:
        starts = self.starts
        columns = [x[:, starts[k] : starts[k + 1]] @ row - 1 for k, row in enumerate(self.charts)]
        return np.stack(columns, axis=1) if columns else np.zeros((len(x), 0))


def fibre_through(chain: Chain, h: Any, seed: int) -> Fibre | str:
    """The system of an integral chain and an integer point, or why there is none."""
    largest = max(abs(int(v)) for layer in chain.layers for m in layer for v in m.values())
    value = evaluate(chain, h)
    if not value:
        return "the product of h* is zero"
    sizes = [abs(int(v)) for v in (*value.values(), *(x for vector in h for x in vector))]
    if largest > LARGEST or max(sizes) > LARGEST**3:
        return "the entries are too large for a search in double precision"
    layers = []
    for k, layer in enumerate(chain.layers):
        dense = np.zeros((len(layer), chain.sizes[k], chain.sizes[k + 1]))
        for j, matrix in enumerate(layer):
            for (r, c), v in matrix.items():
                dense[j, r, c] = float(v)
        layers.append(dense / np.abs(dense).max())
    target = np.zeros((chain.sizes[0], chain.sizes[-1]))
    for (r, c), v in value.items():
        target[r, c] = float(v)
    rng = np.random.default_rng([7, seed % 2**63])
    charts = tuple(_gaussian(rng, len(layer)) for layer in layers[:-1])
    return Fibre(tuple(layers), target.reshape(-1) / np.linalg.norm(target), charts)


def guarded(find: Callable[..., list[Array]]) -> Callable[..., list[Array]]:
    """No points where linear algebra fails; numbers that overflow belong to points that are given up."""

    @wraps(find)
    def safe(*arguments: Any) -> list[Array]:
        try:
            with np.errstate(all="ignore"):
                return find(*arguments)
        except np.linalg.LinAlgError:
            return []

    return safe


def _gaussian(rng: Any, *shape: int) -> Array:
    return rng.standard_normal(shape) + 1j * rng.standard_normal(shape)


@guarded
def loop(fibre: Fibre, points: list[Array], rng: Any) -> list[Array]:
    """The points after the first of them, that of h, went round a closed path."""
    own = points[0]
    corners = [own, *(own + _gaussian(rng, len(own)) * (1 + np.abs(own)) for _ in range(CORNERS - 1)), own]
    x = before = np.stack(points)
    for first, last in itertools.pairwise(corners):
        bend = _gaussian(rng, 1)
        for step in range(1, SIDE + 1):
            s = step / SIDE
            target = fibre.value((first + (last - first) * (s + bend * s * (1 - s)))[None])
            x, before = 2 * x - before, x
            for _ in range(CORRECTIONS):
                x = _corrected(fibre, x, target)
    for _ in range(2 * CORRECTIONS):
        x = _corrected(fibre, x, fibre.target)
    return regular_points(fibre, x)


def _corrected(fibre: Fibre, x: Array, target: Array) -> Array:
    """One Gauss-Newton step; what has run away is put back near the origin."""
    slope = fibre.jacobian(x)
    adjoint = slope.conj().transpose(0, 2, 1)
    normal = adjoint @ slope
    # In proportion to each point's own entries: an exactly singular matrix would cost the whole batch.
    ridge = np.finfo(float).eps * (1 + np.abs(normal).max(axis=(1, 2)))
    normal = normal + ridge[:, None, None] * np.eye(x.shape[1])
    moved = x - np.linalg.solve(normal, adjoint @ fibre.residuals(x, target)[:, :, None])[:, :, 0]
    size = np.abs(moved).max(axis=1, keepdims=True)
    return np.where(np.isfinite(size) & (size < 1 / NEAR), moved, np.ones_like(moved))


@guarded
def search(fibre: Fibre, rng: Any) -> list[Array]:
    """The regular points to which one batch of starts converged."""
    total = fibre.starts[-1]
    x = _gaussian(rng, BATCH, total)
    damping = np.full(BATCH, 0.1)
    now = fibre.residuals(x)
    for _ in range(STEPS):
        slope = fibre.jacobian(x)
        adjoint = slope.conj().transpose(0, 2, 1)
        normal = adjoint @ slope + damping[:, None, None] * np.eye(total)
        trial = x - np.linalg.solve(normal, adjoint @ now[:, :, None])[:, :, 0]
        then = fibre.residuals(trial)
        better = np.linalg.norm(then, axis=1) < np.linalg.norm(now, axis=1)
        x, now = np.where(better[:, None], trial, x), np.where(better[:, None], then, now)
        damping = np.clip(np.where(better, damping / 5, damping * 4), 1e-15, 1e6)
    return regular_points(fibre, x)


def merged(points: list[Array], more: list[Array]) -> list[Array]:
    """The points of both lists; of those within NEAR of each other, relative to their size, the first is kept."""
    result = list(points)
    for x in more:
        if all(np.abs(x - y).max() > NEAR * (1 + np.abs(x).max()) for y in result):
            result.append(x)
    return result


def regular_points(fibre: Fibre, x: Array) -> list[Array]:
    """The points that solve the system where its Jacobian has full rank."""
    x = x[np.linalg.norm(fibre.residuals(x), axis=1) < CONVERGED]
    if not len(x):
        return []
    least = np.linalg.svd(fibre.jacobian(x), compute_uv=False)[:, -1]
    scale = 1 + np.abs(x).max(axis=1)
    return [point for point, s, size in zip(x, least, scale, strict=True) if s > REGULAR and size < 1 / NEAR]
