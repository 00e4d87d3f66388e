"""Rule 12.1, 10.4p: every solution with noise at most delta lies within the radius of the estimate.

Claims: for all real h* with ||phi(h*) - X|| <= delta: ||P(h) - P(h*)||_2 <= epsilon (networks: on path tensors), and
for `recovery` d_p([h], [h*]) <= the radius for p = 1, 2, infinity (networks: along listed paths, along `every` path).
Verified exactly: Ker A = 0 by an accepted rank or zero_one, sigma_min^2 >= t by an accepted bound (model `spec`: h and
h* lie in the model, t = kappa^2 of an accepted `stable` by 12.5); eta >= ||phi(h) - X||,
epsilon^2 t >= (delta + eta)^2; with M = ||P(h)||_inf and c = 2 - 1/K if epsilon <= M/2, 2 if epsilon < M:
root^K M^(K-1) >= 1, radii >= c root epsilon times 1 (inf), sum S_k (1), the root of sum S_k (2).
Source: theory 12.1, 12.3, 12.5, 11.1, 10.4 (Theorem 7). Cost: one exact evaluation of phi, and the data.
"""
from fractions import Fraction
from math import prod
from typing import Any

from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing
from ..numbers import number
from .misfit import Point, at_least_zero, largest, misfit, require_errors, spend
from .path_uniform import require_zero_one
from .sparse_columns import families_of

COMMON = "h data delta eta epsilon"


def check(claim: Claim, context: Context) -> None:
    """Accept iff every number is on the safe side."""
    within = claim.model == "spec"
    constants = "stable" if within else f"sigma_min_squared {'zero_one' if context.spec.network else 'rank'}"
    radii = {"recovery": "every paths" if context.spec.network else "root radius"}.get(claim.property, "")
    f = fields(claim.evidence, "evidence", f"{COMMON} {constants} {radii}".strip())
    if context.spec.network:
        require_zero_one(claim, context)
    elif not within:
        rank, columns = context.bound(f["rank"], "rank", "lower"), prod(context.spec.parameters)
        require(rank >= columns, f"rank >= {columns}, the number of columns", rank)
    t = _kappa(f["stable"], context) if within else _smallest(f["sigma_min_squared"], context)
    h, exact = misfit(f, context)
    if within:
        _require_in_model(h, context)
    error = require_errors(f, exact, context)
    epsilon = at_least_zero(f["epsilon"], "epsilon")
    spend(context, epsilon, t, error)
    require(epsilon * epsilon * t >= error * error, "epsilon >= (delta + eta) / sigma_min", epsilon)
    if claim.property != "recovery":
        return
    if context.spec.network:
        _paths(f, h, epsilon, context)
    else:
        _require_radius(f, [largest(x) for x in h], sum(context.spec.parameters), epsilon, context)


def _smallest(value: Any, context: Context) -> Fraction:
    other = context.reference(value, "sigma_min_squared")
    require((other.quantity, other.side) == ("sigma_min_squared", "lower"), "a lower bound on sigma_min_squared",
            Text(other.summary))
    require(other.value > 0, "a bound > 0", other.value)
    return Fraction(other.value)


def _kappa(value: Any, context: Context) -> Fraction:
    other = context.reference(value, "stable")
    found = (other.property, other.modulo, other.model, other.status, other.statement)
    require(found == ("stable", "scaling", "spec", "proved", "12.5"), "stable proved for the model by 12.5",
            Text(other.summary))
    return Fraction(number(other.evidence["kappa_squared"], "kappa_squared"))


def _require_in_model(h: Point, context: Context) -> None:
    """Every layer of h vanishes outside one of the supports that the model allows."""
    for k, (vector, family) in enumerate(zip(h, families_of(context), strict=True)):
        support = {j for j, x in enumerate(vector) if x}
        context.meter.spend(100 * len(family) * (1 + len(support)), "supports")
        require(any(support <= allowed for allowed in family), f"h[{k}] on a support of the model", sorted(support))


def _require_radius(f: dict[str, Any], heights: list[Fraction], size: int, epsilon: Fraction,
                    context: Context) -> None:
    """root and radius fit M = the product of the heights, K = their number, sum S_k = size."""
    depth = len(heights)
    spend(context, *heights)
    most = prod(heights, start=Fraction(1))
    require(epsilon < most, "epsilon < M = ||P(h)||_inf", Text("the side condition fails"))
    constant = 2 - Fraction(1, depth) if 2 * epsilon <= most else Fraction(2)
    root = at_least_zero(f["root"], "root")
    spend(context, *[root, most] * depth)
    require(root**depth * most ** (depth - 1) >= 1, "root >= M^(1/K - 1)", root)
    reach = constant * root * epsilon
    r = fields(f["radius"], "radius", "1 2 inf")
    one, two, top = (at_least_zero(r[p], f"radius, {p}") for p in ("1", "2", "inf"))
    spend(context, one, two, top, reach)
    require(top >= reach, "a radius inf >= c root epsilon", top)
    require(one >= size * reach, "a radius 1 >= (sum S_k) c root epsilon", one)
    require(two * two >= size * reach * reach, "a radius 2 >= (sum S_k)^(1/2) c root epsilon", two)


def _paths(f: dict[str, Any], h: Point, epsilon: Fraction, context: Context) -> None:
    network = context.network
    edges = {edge.name: edge for edge in network.edges}
    heights = {name: largest(h[edge.level][edge.offset:edge.offset + len(edge.taps)]) for name, edge in edges.items()}
    listed = listing(f["paths"], "paths")
    require(bool(listed) or f["every"] is not None, "every, or a path", Text("none"))
    for i, entry in enumerate(listed):
        path = fields(entry, f"paths[{i}]", "edges root radius")
        node, size = network.root, 0
        for name in listing(path["edges"], f"paths[{i}], edges", len(network.levels)):
            require(isinstance(name, str) and name in edges, f"paths[{i}]: an edge of the network", name)
            require(edges[name].target == node, f"paths[{i}]: an edge to node {node!a}", name)
            node, size = edges[name].source, size + len(edges[name].taps)
        _require_radius(path, [heights[name] for name in path["edges"]], size, epsilon, context)
    if f["every"] is not None:
        _every(fields(f["every"], "every", "root radius"), heights, epsilon, context)


def _every(f: dict[str, Any], heights: dict[str, Fraction], epsilon: Fraction, context: Context) -> None:
    """The same for the smallest M of all paths, and the largest number of parameters on one."""
    network = context.network
    least: dict[str, list[Fraction]] = {network.root: []}
    low: dict[str, Fraction] = {network.root: Fraction(1)}
    sizes = {network.root: 0}
    for edge in network.edges_by_level:
        product = low[edge.target] * heights[edge.name]
        spend(context, product)
        if edge.source not in low or product < low[edge.source]:
            low[edge.source], least[edge.source] = product, [*least[edge.target], heights[edge.name]]
        sizes[edge.source] = max(sizes.get(edge.source, 0), sizes[edge.target] + len(edge.taps))
    worst = min(network.leaves, key=lambda leaf: low[leaf])
    _require_radius(f, least[worst], max(sizes[leaf] for leaf in network.leaves), epsilon, context)
