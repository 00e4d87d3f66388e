"""Finitely many torus orbits in generic complex fibres, by Groebner bases over Q(h) (theory 9.3a, 10.6).

Parameters sit on the edges of a layered graph, some on each edge, and the torus of the hidden nodes rescales edges.
Where no edge is zero its orbits are free. Every hidden node is joined to the ends of the graph by a tree of edges; on
each tree edge some parameter is not 0, and one element of the torus makes one such parameter 1 on each. So the orbits
without zero edges are finitely many iff for every choice of one parameter on each tree edge the fibre with these
parameters equal to 1 is finite; and the fibre has no point with a zero edge iff the ideal with that edge put to 0 is
the whole ring.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from math import prod
from typing import Any, NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import LARGE, Vector, rank
from exactfact.proving.small.networks import Network, networks, paths
from exactfact.proving.small.polynomials import INFINITE, count_points, generic_ring
from exactfact.proving.small.torus import Supports, all_supports, complete_paths, edges_of

PRIMES = tuple(n for n in range(2, 104) if all(n % m for m in range(2, n)))  # 27: three layers of 3 x 3 have that many
Monomials = tuple[tuple[Vector, ...], ...]  # for every output, the sets of parameters whose products it sums


class Map(NamedTuple):
    """Outputs as sums of products of parameters, the parameters of each edge, and the edges of the tree."""

    outputs: Monomials
    edges: tuple[Vector, ...]
    tree: Vector


def of_supports(case: Supports) -> Map:
    """One parameter an edge; outputs by (row of the first layer, column of the last)."""
    ends = edges_of(case)
    outputs: dict[tuple[int, int], list[Vector]] = {}
    for used in complete_paths(case):
        outputs.setdefault((ends[used[0]][1], ends[used[-1]][2]), []).append(used)
    hidden = {(k, b) for k, _, b in ends if k < len(case.layers) - 1}
    tree = tuple(next(i for i, e in enumerate(ends) if (e[0], e[2]) == node) for node in sorted(hidden))
    return Map(tuple(map(tuple, outputs.values())), tuple((i,) for i in range(len(ends))), tree)


def of_network(case: Network) -> Map:
    """The taps of each edge; outputs by leaf and group element."""
    bounds = [0]
    for taps in case.taps:
        bounds.append(bounds[-1] + len(taps))
    outputs: dict[tuple[str, int], list[Vector]] = {}
    for path in paths(case.graph):
        for chosen in product(*(range(len(case.taps[e])) for e in path)):
            x = sum(case.taps[e][j] for e, j in zip(path, chosen, strict=True)) % case.order
            used = tuple(bounds[e] + j for e, j in zip(path, chosen, strict=True))
            outputs.setdefault((case.graph[path[-1]][1], x), []).append(used)
    hidden = sorted({upper for upper, _, _ in case.graph if upper != "r"})
    tree = tuple(next(i for i, e in enumerate(case.graph) if e[1] == node) for node in hidden)
    return Map(tuple(map(tuple, outputs.values())), tuple(tuple(range(a, b)) for a, b in pairwise(bounds)), tree)


def full_rank(case: Map) -> bool:
    """The Jacobian at one point modulo one prime has the rank number of parameters - number of hidden nodes."""
    count = sum(map(len, case.edges))
    rows = [[_slope(output, i) for i in range(count)] for output in case.outputs]
    return rank(rows, LARGE) == count - len(case.tree)


def _slope(output: tuple[Vector, ...], i: int) -> int:
    return sum(prod(PRIMES[j] for j in used if j != i) for used in output if i in used)


def finitely_many_orbits(case: Map) -> str | None:
    """No point of the generic complex fibre has a zero edge, and each normal form leaves finitely many points."""
    for edge in case.edges:
        if _count(case, dict.fromkeys(edge, 0)) != 0:
            return f"the generic fibre has points where the parameters {edge} are 0"
    for chosen in product(*(case.edges[e] for e in case.tree)):
        if _count(case, dict.fromkeys(chosen, 1)) == INFINITE:
            return f"infinitely many points of the generic fibre have the parameters {chosen} equal to 1"
    return None


def _count(case: Map, fixed: dict[int, int]) -> int:
    """The number of points of the generic fibre with some parameters fixed, with multiplicity."""
    count = sum(map(len, case.edges))
    free = [i for i in range(count) if i not in fixed]
    ring, h = generic_ring(count, len(free))
    x: list[Any] = [ring(fixed[i]) if i in fixed else ring.gens[free.index(i)] for i in range(count)]
    equations = [_sum(output, x, ring.zero) - _sum(output, h, ring.zero) for output in case.outputs]
    return count_points([e for e in equations if e != 0], ring, radical=False)


def _sum(output: tuple[Vector, ...], values: list[Any], zero: Any) -> Any:
    return sum((prod(values[i] for i in used) for used in output), zero)


def supports(_: int, size: int) -> Iterator[Map]:
    """Every pruned support with at most `size` edges."""
    yield from map(of_supports, all_supports(RATIONALS, size))


def convolutional(_: int, size: int) -> Iterator[Map]:
    """The networks of 10.1 with at most `size` parameters, once each where outputs agree as sums of products."""
    yield from dict.fromkeys(map(of_network, networks(RATIONALS, size)))


CASES = [
    SmallCase(
        "9.3a",
        "a Jacobian of rank E - H at one point modulo one prime gives finitely many torus orbits in the generic "
        "complex fibre",
        "every pruned support with K = 2 or 3 and widths <= 3",
        "edges",
        supports,
        finitely_many_orbits,
        full={RATIONALS: 5},
        quick={RATIONALS: 4},
        hypothesis=full_rank,
        sympy=True,
    ),
    SmallCase(
        "10.6",
        "a Jacobian of rank sum S_e - H at one point modulo one prime gives finitely many classes modulo rescalings of "
        "nodes in the generic complex fibre",
        "the networks of 10.1",
        "parameters",
        convolutional,
        finitely_many_orbits,
        full={RATIONALS: 5},
        quick={RATIONALS: 4},
        hypothesis=full_rank,
        sympy=True,
    ),
]
