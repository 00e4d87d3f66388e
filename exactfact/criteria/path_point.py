"""The given point of a network: `at-point` modulo path-scaling and scaling, and the Jacobian rank there.

Claims: `at-point` proved through the proved uniform verdict; refuted by a competitor g with phi(g) = phi(h*): g = 0
when phi(h*) = 0, one hidden node rescaled (scaling only), or a kernel vector of one level's Jacobian added to it;
jacobian_rank_at_point from both sides (specs over QQ).
Hypotheses: a point; for scaling every level of h* nonzero.  Source: theory 10.1, 10.2, 8.1, 7.5, 6.1(b).
Cannot show: identifiability of h* where the network is not uniformly identifiable.
Cost: sparse exact products and one exact kernel a level.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from exactfact.algebra.modular import rank_mod_p, residue
from exactfact.algebra.primes import random_primes
from exactfact.certificate.claims import Bound, Claim, Verdict
from exactfact.lifting.at_point import equivalent
from exactfact.lifting.network_kernel import exact_kernel, live_edges, some_path_is_nonzero
from exactfact.lifting.network_phi import phi
from exactfact.lifting.network_rows import Rows, column_starts, sparse_jacobian
from exactfact.model import LimitError, Network
from exactfact.model.numbers import Number

from .clear import denominators
from .networks import NOT_A_NETWORK, crowded_nodes
from .outcome import Context, Outcome
from .point_rank import by_layers
from .problem import Problem
from .witness import Point, refutation, replaced, zero_point


def apply(problem: Problem, context: Context) -> Outcome:
    """Verdicts for both groups, then the rank of the Jacobian at the point."""
    network, h = problem.architecture.network, problem.architecture.point
    if network is None:
        return Outcome(why=NOT_A_NETWORK)
    if h is None:
        return Outcome(why="no point is given")
    search = Search(problem, network, h)
    claims = _proved(problem, network, h, context)
    decided = {claim.modulo for claim in claims if isinstance(claim, Verdict)}
    why = ""
    for modulo in ("path-scaling", "scaling"):
        if modulo in decided:
            continue
        for step in (_rescaled_node, _zero, _moved_level):
            context.tick("competitors of the network's point")
            try:
                g = step(search, modulo)
            except LimitError as error:
                why = str(error)
                continue
            if g is not None:
                claims.append(refutation("at-point", h, g, problem.over, modulo=modulo))
                break
    try:
        context.tick("Jacobian rank of the network at the point")
        claims += _rank_bounds(search)
    except LimitError as error:
        why = str(error)
    return Outcome(tuple(claims), why if claims else why or "no competitor of the point was found")


@dataclass(frozen=True)
class Search:
    """The question, with the exact Jacobian at h computed once when it is first needed (LimitError when too large)."""

    problem: Problem
    network: Network
    h: Point

    @cached_property
    def rows(self) -> Rows:
        """The rows of J_h over the base field."""
        return sparse_jacobian(self.network, self.h, self.problem.field)

    @property
    def inside(self) -> bool:
        """Whether every level of h is nonzero, which statements modulo scaling need."""
        return all(any(level) for level in self.h)


def _proved(problem: Problem, network: Network, h: Point, context: Context) -> list[Claim]:
    uniform = context.ledger.verdict("uniform", "path-scaling", "full")
    if uniform is None:
        return []
    groups = ["path-scaling"]
    if all(any(level) for level in h) and not crowded_nodes(network):
        groups.append("scaling")
    evidence = {"uniform": uniform.id}
    return [Verdict("at-point", group, "full", problem.proved_over, "proved", "10.1", evidence) for group in groups]


def _zero(search: Search, modulo: str) -> Point | None:
    """g = 0 when phi(h) = 0 but h is not equivalent to 0 in the group (theory 7.5)."""
    counts = search.inside if modulo == "scaling" else some_path_is_nonzero(search.network, search.h)
    if counts and not phi(search.network, search.h, search.problem.field):
        return zero_point(search.network.parameters)
    return None


def _rescaled_node(search: Search, modulo: str) -> Point | None:
    """h with one hidden node of a crowded level rescaled by 2: phi and the path tensors are unchanged (theory 10.2)."""
    problem, network, h = search.problem, search.network, search.h
    if modulo != "scaling" or problem.field.characteristic == 2 or not search.inside:
        return None
    half = problem.field.reduce(Fraction(1, 2))
    for node in crowded_nodes(network):
        level = network.node_level[node]
        leaving = {e for e in network.level_edges[level - 1] if network.edges[e].source == node}
        entering = {e for e in network.level_edges[level] if network.edges[e].target == node}
        g = replaced(h, level - 1, _scaled(problem, network, h[level - 1], leaving, 2))
        g = replaced(g, level, _scaled(problem, network, h[level], entering, half))
        if not equivalent(h, g, problem.field):
            return g
    return None


def _scaled(
    problem: Problem, network: Network, vector: tuple[Number, ...], edges: set[int], factor: Number
) -> list[Number]:
    out = list(vector)
    for e in edges:
        start = network.offset(e)
        for place in range(start, start + len(network.edges[e].support)):
            out[place] = _canonical(problem, out[place] * factor)
    return out


def _canonical(problem: Problem, value: Number) -> Number:
    """The number as the model keeps it: reduced mod p, an int when it is an integer."""
    reduced = problem.field.reduce(value)
    return int(reduced) if reduced.denominator == 1 else reduced


def _moved_level(search: Search, modulo: str) -> Point | None:
    """h with a kernel vector of one level's Jacobian added to that level: phi is linear in each level.

    Modulo scaling any nonzero vector changes P(h), because no level vanishes; modulo path-scaling it has to live on
    edges that some path with nonzero other edges uses, where it changes that path's tensor (theory 1.1).
    """
    problem, network, h = search.problem, search.network, search.h
    if modulo == "scaling" and not search.inside:
        return None
    starts = column_starts(network)
    for level, edges in enumerate(network.level_edges):
        usable = edges if modulo == "scaling" else live_edges(network, h, level)
        columns = [starts[e] + place for e in usable for place in range(len(network.edges[e].support))]
        found = exact_kernel(search.rows, columns, problem.field, problem.seed)
        if found is not None and found.vectors:
            first = sum(network.parameters[:level])
            x = found.vectors[0]
            moved = [_canonical(problem, value + x.get(first + j, 0)) for j, value in enumerate(h[level])]
            return replaced(h, level, moved)
    return None


def _rank_bounds(search: Search) -> list[Claim]:
    """jacobian_rank_at_point >= its rank mod a prime, <= parameters minus exact kernel vectors."""
    problem, network = search.problem, search.network
    if problem.field.is_finite:
        return []
    columns = range(sum(network.parameters))
    rows = search.rows
    found = exact_kernel(rows, columns, problem.field, problem.seed)
    if found is None:
        return []
    p = next(random_primes(problem.seed, "network point", denominators(search.h)))
    residues = [[residue(row.get(column, 0), p) for column in columns] for row in rows.values()]
    kernel = [by_layers(vector, network.parameters) for vector in found.vectors]
    return [
        Bound("jacobian_rank_at_point", "lower", rank_mod_p(residues, p), "QQ", "6.1b", {"prime": p}),
        Bound("jacobian_rank_at_point", "upper", found.rank, "QQ", "6.1b", {"kernel": kernel}),
    ]
