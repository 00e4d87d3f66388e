"""Fixed supports, and their fibres and orbits over small fields by listing all points (theory 9.3 to 9.5)."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.criteria import jacobian_rank, torus_finite, torus_paths, torus_peeling

from .helpers import document, run

Cells = list[list[tuple[int, int]]]  # the places of the parameters, layer by layer


def supports(*layers: tuple[int, int, list[tuple[int, int]]], coefficients: bool = False) -> list[ef.Layer]:
    """One layer for each (rows, columns, cells)."""
    return [
        ef.entries(r, c, len(cells), [[*cell, j, *([j + 2] if coefficients else [])] for j, cell in enumerate(cells)])
        for r, c, cells in layers
    ]


def grid(rows: int, cols: int) -> list[tuple[int, int]]:
    """All cells."""
    return list(itertools.product(range(rows), range(cols)))


def tower(n: int) -> list[ef.Layer]:
    """Triangular, butterfly-like and triangular: paths meet, and peeling at two cuts takes them apart."""
    lower = [(r, c) for r, c in grid(n, n) if c <= r]
    upper = [(r, c) for r, c in grid(n, n) if r <= c]
    return supports((n, n, lower), (n, n, [(i, i) for i in range(n)]), (n, n, upper))


def butterfly(n: int) -> list[ef.Layer]:
    """All levels."""
    return [ef.butterfly(n, level) for level in range(n.bit_length() - 1)]


ROUND = supports(
    (3, 3, [(0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (0, 2)]), (3, 3, [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 0)])
)  # three nodes of which each covers the other two: no order exists


def random_cells(rng: random.Random) -> Cells:
    """Cells of two to four layers with three to nine parameters in all, each on a complete path."""
    while True:
        widths = [rng.randint(1, 3) for _ in range(rng.choice((3, 3, 4, 5)))]
        layers = [rng.sample(grid(a, b), rng.randint(1, a * b)) for a, b in itertools.pairwise(widths)]
        if 3 <= sum(map(len, layers)) <= 9 and _alive(layers):
            return layers


def fibres(layers: Cells, p: int) -> dict[Any, list[tuple[int, ...]]]:
    """All points by the value of phi, a polynomial in the paths."""
    paths: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    starts = [0, *itertools.accumulate(map(len, layers))]
    for chosen in itertools.product(*(list(enumerate(layer)) for layer in layers)):
        cells = [cell for _, cell in chosen]
        if all(a[1] == b[0] for a, b in itertools.pairwise(cells)):
            index = tuple(start + j for start, (j, _) in zip(starts, chosen, strict=False))
            paths.setdefault((cells[0][0], cells[-1][1]), []).append(index)
    found: dict[Any, list[tuple[int, ...]]] = {}
    for h in itertools.product(range(p), repeat=starts[-1]):
        value = []
        for listed in paths.values():
            total = 0
            for index in listed:
                term = 1
                for i in index:
                    term *= h[i]
                total += term
            value.append(total % p)
        found.setdefault(tuple(value), []).append(h)
    return found


def orbit(layers: Cells, h: tuple[int, ...], p: int) -> set[tuple[int, ...]]:
    """All rescalings of h at the hidden nodes."""
    nodes = sorted({(k, c) for k, layer in enumerate(layers[:-1]) for _, c in layer})
    out = set()
    for scalars in itertools.product(range(1, p), repeat=len(nodes)):
        t = dict(zip(nodes, scalars, strict=True))
        flat = [(k, cell) for k, layer in enumerate(layers) for cell in layer]
        out.add(tuple(
            pow(t.get((k - 1, r), 1), -1, p) * x * t.get((k, c), 1) % p for x, (k, (r, c)) in zip(h, flat, strict=True)
        ))  # fmt: skip
    return out


def _alive(layers: Cells) -> bool:
    ends = [{c for _, c in layer} for layer in layers[:-1]]
    begins = [{r for r, _ in layer} for layer in layers[1:]]
    return ends == begins


def allowed(layers: Cells, h: tuple[int, ...], p: int) -> bool:
    """No entry of the product of an interval of layers vanishes that its support allows."""
    starts = [0, *itertools.accumulate(map(len, layers))]
    for first in range(len(layers)):
        reached = {(r, r): (1, 1) for r, _ in layers[first]}
        for k in range(first, len(layers)):
            following: dict[tuple[int, int], tuple[int, int]] = {}
            for (a, b), (x, n) in reached.items():
                for j, (r, c) in enumerate(layers[k]):
                    if r == b:
                        y, m = following.get((a, c), (0, 0))
                        following[a, c] = ((y + x * h[starts[k] + j]) % p, m + n)
            if any(not x for x, _ in following.values()):
                return False
            reached = following
    return True


def certified(architecture: ef.Architecture) -> dict[str, Any]:
    """An accepted certificate of the Jacobian rank and the criteria about supports alone."""
    criteria = [jacobian_rank.apply, torus_paths.apply, torus_peeling.apply, torus_finite.apply]
    good = json.loads(json.dumps(document(architecture, run(architecture, criteria)[0].claims)))
    report = check_certificate(good)
    assert report.accepted, report.lines()
    return dict(good)
