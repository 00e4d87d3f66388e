"""Truths with noise of known size, and a plain alternating least squares: what a practitioner does before `bound`.

`python examples/bound/solver.py` writes, for each spec of this folder, what the solver found (NAME-estimate) and the
measured data (NAME-data), and prints the size of the noise.  Any other solver will do: `exactfact bound` reads files.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

import exactfact as ef
from exactfact.lifting.box import box_of

Vectors = list[Any]


@dataclass(frozen=True)
class Solved:
    """True parameters, measured data, the solver's output; `noise` is at least the size of the noise."""

    truth: Vectors
    data: Any
    estimate: Vectors
    noise: Fraction


def forward(architecture: ef.Architecture) -> Callable[[Vectors], Any]:
    """phi in floats: a matrix, or for a network one kernel for each leaf, stacked."""
    network = architecture.network
    if network is None:
        layers = [(layer.fixed, _dense(layer, architecture.field)) for layer in architecture.layers]
        return lambda h: _chain(layers, iter(h))
    box = box_of(network)
    axes = tuple(range(len(box.dims)))

    def kernels(h: Vectors) -> Any:
        unit = np.zeros(box.dims)
        unit[(0,) * len(box.dims)] = 1
        nodes = {network.root: unit}
        for edges, vector in zip(network.level_edges, h, strict=True):
            above, nodes = nodes, {}
            for e in edges:
                edge = network.edges[e]
                taps = vector[network.offset(e) : network.offset(e) + len(edge.support)]
                part = sum(v * np.roll(above[edge.target], t, axes) for v, t in zip(taps, box.taps[e], strict=True))
                nodes[edge.source] = nodes.get(edge.source, 0) + part
        return np.stack([nodes[leaf] for leaf in network.leaves])

    return kernels


def _dense(layer: Any, field: Any) -> Any:
    found = []
    for matrix in layer.matrices(field):
        full = np.zeros((layer.rows, layer.cols))
        for (r, c), value in matrix.items():
            full[r, c] = float(value)
        found.append(full)
    return np.stack(found)


def _chain(layers: list[tuple[bool, Any]], h: Any) -> Any:
    product = None
    for fixed, matrices in layers:
        factor = matrices[0] if fixed else np.tensordot(next(h), matrices, 1)
        product = factor if product is None else product @ factor
    return product


def alternating_least_squares(phi: Callable[[Vectors], Any], data: Any, start: Vectors, sweeps: int = 60) -> Vectors:
    """One layer after the other by linear least squares, the layers' sizes kept equal."""
    h = [vector.copy() for vector in start]
    for _ in range(sweeps):
        for k, vector in enumerate(h):
            units = np.eye(len(vector))
            columns = [phi([*h[:k], unit, *h[k + 1 :]]).ravel() for unit in units]
            h[k] = np.linalg.lstsq(np.stack(columns, 1), data.ravel(), rcond=None)[0]
            size = np.linalg.norm(h[k])
            h = [x * size ** (1 / len(h)) if j != k else x / size * size ** (1 / len(h)) for j, x in enumerate(h)]
    return h


def solved(architecture: ef.Architecture, seed: int, relative: float = 1e-3) -> Solved:
    """A random truth whose product is measured with noise of `relative` size, and a fit from a random start."""
    rng = np.random.default_rng(seed)
    phi = forward(architecture)
    truth = [rng.uniform(0.5, 1.5, size) * rng.choice([-1.0, 1.0], size) for size in architecture.parameters]
    clean = phi(truth)
    noise = rng.standard_normal(clean.shape)
    noise *= relative * np.linalg.norm(clean) / np.linalg.norm(noise)
    data = clean + noise
    fits = []
    for _ in range(5):
        start = [rng.standard_normal(size) for size in architecture.parameters]
        fit = alternating_least_squares(phi, data, start)
        fits.append((float(np.linalg.norm(phi(fit) - data)), fit))
        if fits[-1][0] <= 1.01 * np.linalg.norm(noise):
            break
    estimate = min(fits, key=lambda pair: pair[0])[1]
    nu = 1 if architecture.network is None else _nu(architecture.network)
    bound = float(np.linalg.norm(noise)) * 1.000001 + 1e-12
    return Solved(truth, data, estimate, Fraction(bound) * Fraction(float(np.sqrt(nu)) * 1.000001))


def _nu(network: ef.Network) -> int:
    from exactfact.criteria.networks import translation_norm

    found = translation_norm(network)
    assert found is not None
    return found


def by_leaf(architecture: ef.Architecture, data: Any) -> Any:
    """The data as `bound` takes them."""
    network = architecture.network
    return data if network is None else dict(zip(network.leaves, data, strict=True))


def exact(vectors: Vectors) -> list[list[Fraction]]:
    """Vectors of floats as rationals."""
    return [[Fraction(float(x)) for x in vector] for vector in vectors]


def write(spec: Path, seed: int = 1) -> None:
    """The files of one example: a .json, .npz or .npy estimate, .mtx, .npz or .npy data."""
    architecture = ef.load(spec)
    case = solved(architecture, seed)
    stem = spec.with_suffix("")
    network = architecture.network
    if network is None:
        Path(f"{stem}-estimate.json").write_text(json.dumps([list(map(float, x)) for x in case.estimate]) + "\n")
        rows, cols = case.data.shape
        values = "".join(f"{float(x)!r}\n" for x in case.data.ravel(order="F"))
        Path(f"{stem}-data.mtx").write_text(f"%%MatrixMarket matrix array real general\n{rows} {cols}\n{values}")
    elif len(network.leaves) == 1:
        np.savez(f"{stem}-estimate.npz", **{f"h{k}": x for k, x in enumerate(case.estimate)})
        np.save(f"{stem}-data.npy", case.data[0])
    else:
        edges = {}
        for level, vector in zip(network.level_edges, case.estimate, strict=True):
            for e in level:
                start = network.offset(e)
                edges[network.edges[e].name] = vector[start : start + len(network.edges[e].support)]
        np.savez(f"{stem}-estimate.npz", **edges)
        np.savez(f"{stem}-data.npz", **by_leaf(architecture, case.data))
    print(f"{spec.name}: noise {float(case.noise):.6g}")


if __name__ == "__main__":
    for found in sorted(Path(__file__).parent.glob("*.toml")):
        write(found)
