"""Sparse arithmetic in the group algebra of a network.

A node's polynomial is the sum, over the paths from the root to the node, of the products of the edges: a dict
{position: coefficient}, positions being tuples of integers. Evaluation goes level by level, never path by path.
"""
from collections.abc import Iterable, Sequence

from ..errors import Meter
from ..network import Network, Position
from ..numbers import Number

Polynomial = dict[Position, Number]


def add_shifted(into: Polynomial, poly: Polynomial, tap: Position, factor: Number, moduli: Position) -> None:
    """into += factor * x^tap * poly, positions reduced modulo the nonzero moduli."""
    get = into.get
    if len(moduli) == 1:
        s, n = tap[0], moduli[0]
        for (x,), c in poly.items():
            y = ((x + s) % n if n else x + s,)
            into[y] = get(y, 0) + c * factor
        return
    for at, c in poly.items():
        z = tuple((x + s) % n if n else x + s for x, s, n in zip(at, tap, moduli, strict=True))
        into[z] = get(z, 0) + c * factor


def step(network: Network, polys: dict[str, Polynomial], values: Sequence[Sequence[Number]], k: int, p: int,
         meter: Meter) -> dict[str, Polynomial]:
    """Polynomials of the nodes of level k + 1 from those of level k; `values[k]` is the parameter vector of level k."""
    result: dict[str, Polynomial] = {}
    held = 0
    for edge in network.levels[k]:
        poly, into = polys[edge.target], result.setdefault(edge.source, {})
        a, b = (0, 0) if p else (_bits(poly.values()), _bits(values[k][edge.offset:edge.offset + len(edge.taps)]))
        bits = a + b
        meter.spend((300 + bits + a * b // 10_000) * len(poly) * len(edge.taps) + 1000, "sums of the network's paths")
        meter.hold(held + len(poly), "sums of the network's paths")
        held -= len(into) * (1 + bits // 1024)
        for i, tap in enumerate(edge.taps):
            factor = values[k][edge.offset + i]
            if factor:
                add_shifted(into, poly, tap, factor, network.moduli)
                meter.hold(held + len(into) * (1 + bits // 1024), "sums of the network's paths")
        held += len(into) * (1 + bits // 1024)
    return {node: clean(poly, p) for node, poly in result.items()}


def _bits(values: Iterable[Number]) -> int:
    return max((int(v).bit_length() for v in values), default=0)


def clean(poly: Polynomial, p: int) -> Polynomial:
    """Zero coefficients dropped, the others reduced mod p when p > 0."""
    if p:
        return {x: r for x, c in poly.items() if (r := c % p)}
    return {x: c for x, c in poly.items() if c}


def evaluate(network: Network, values: Sequence[Sequence[Number]], p: int, meter: Meter) -> list[Polynomial]:
    """The polynomials of the leaves (sorted by name) at the parameters `values` (one vector a level)."""
    polys: dict[str, Polynomial] = {network.root: {(0,) * len(network.moduli): 1}}
    for k in range(len(network.levels)):
        polys = step(network, polys, values, k, p, meter)
    return [polys[leaf] for leaf in network.leaves]


def sums(network: Network, meter: Meter) -> dict[str, Polynomial]:
    """Leaf -> {position: number of path multi-indices with this sum}, counted over the integers (theory 10.1)."""
    ones = [[1] * size for size in network.parameters]
    return dict(zip(network.leaves, evaluate(network, ones, 0, meter), strict=True))
