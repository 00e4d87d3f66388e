"""`python -m benchmarks.bound`: error bounds of estimates, what they cost and how sharp they are.

First a chain of K = 20 layers of two taps, N = 2^20 path sums: the whole bound (the exact misfit of 2^20 data included)
beside one product of the 20 kernels by FFT of that length.  Then, for truths with noise of known size and a fit by
alternating least squares, the certified radius divided by the true distance.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import exactfact as ef
from exactfact.stability.metric import distance

DEPTH = 20
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def long_chain() -> ef.Architecture:
    """K = 20 layers of two taps with dilations 2^19, ..., 1 on Z/2^20: every path sum once."""
    names = ["out", *(f"v{k}" for k in range(1, DEPTH)), "x"]
    edges = [ef.Edge(f"e{k}", names[k + 1], names[k], (0, 1), 2 ** (DEPTH - 1 - k)) for k in range(DEPTH)]
    return ef.Architecture(ef.Network([2**DEPTH], "out", edges))


def race() -> tuple[float, float, float]:
    """Seconds of one FFT product, of the bound with the exact misfit, and of the bound alone."""
    rng = np.random.default_rng(0)
    architecture = long_chain()
    truth = [rng.uniform(0.5, 1.5, 2) for _ in range(DEPTH)]
    start = time.perf_counter()
    spectrum = np.ones(2 ** (DEPTH - 1) + 1, dtype=complex)
    for k, taps in enumerate(truth):
        kernel = np.zeros(2**DEPTH)
        kernel[[0, 2 ** (DEPTH - 1 - k)]] = taps
        spectrum *= np.fft.rfft(kernel)
    data = np.fft.irfft(spectrum)
    fft = time.perf_counter() - start
    estimate = [taps * (1 + 1e-9 * rng.standard_normal(2)) for taps in truth]
    start = time.perf_counter()
    found = ef.bound(architecture, estimate, data, noise="1e-6", with_certificate=False)
    whole = time.perf_counter() - start
    assert found.certified, found.reason
    return fft, whole, found.bound_seconds


def sharpness(seeds: int = 5) -> Iterator[tuple[str, float, float]]:
    """(example, smallest, largest) ratio of certified radius to true distance, in the largest entry."""
    from tests.stability.problems import by_leaf, exact, solved

    for path in sorted((EXAMPLES / "bound").glob("*.toml")):
        architecture = ef.load(path)
        ratios = []
        for seed in range(seeds):
            case = solved(architecture, seed)
            found = ef.bound(architecture, case.estimate, by_leaf(architecture, case.data), noise=case.noise)
            if found.certified and found.statement == "12.1":
                gap = distance(exact(case.truth), exact(case.estimate))
                ratios.append(float(found.radius["inf"] / gap.upper))
            for row in found.paths:
                if row.radius is not None:
                    here, there = (along(architecture, point, row.edges) for point in (case.truth, case.estimate))
                    ratios.append(float(row.radius.infinity / distance(exact(here), exact(there)).upper))
        yield path.stem, min(ratios, default=math.nan), max(ratios, default=math.nan)


def along(architecture: ef.Architecture, point: list[np.ndarray], names: tuple[str, ...]) -> list[np.ndarray]:
    """The vectors of the edges of a path."""
    network = architecture.network
    assert network is not None
    numbers = [next(e for e, edge in enumerate(network.edges) if edge.name == name) for name in names]
    return [
        point[network.edge_level(e)][network.offset(e) : network.offset(e) + len(network.edges[e].support)]
        for e in numbers
    ]


def main() -> int:
    """Print both tables."""
    fft, whole, alone = race()
    print(f"K = {DEPTH}, N = 2^{DEPTH}: one FFT product {fft:.2f} s")
    print(f"  bound with the exact misfit  {whole:6.2f} s, {whole / fft:6.2f} FFT products (target 20)")
    print(f"  bound without the misfit     {alone:6.3f} s, {alone / fft:6.3f} FFT products")
    print("certified radius / true distance (largest entry), smallest and largest")
    for name, low, high in sharpness():
        print(f"  {name:24} {low:10.3g} {high:10.3g}")
    return 0 if whole <= 20 * fft else 1


if __name__ == "__main__":
    sys.exit(main())
