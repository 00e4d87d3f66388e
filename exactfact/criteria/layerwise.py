"""Networks modulo the layers' scalars (`scaling`): what the path verdict and crowded hidden levels say about it.

Claims: with one node at every hidden level both groups agree, so `uniform`, `generic-finite`, `generic` follow from the
proved path verdict and `uniform` is refuted with it; with two nodes at some hidden level `uniform` is refuted by unit
vectors that meet on no path (phi = 0), and `generic`, `generic-finite` over QQ, RR and CC by rescaling one node.
Hypotheses: a network, after `path_uniform`.  Source: theory 10.1, 10.2, 8.1.
Cannot show: generic statements for one node a level when the path sums collide.  Cost: linear in the spec.
"""

from __future__ import annotations

from exactfact.certificate.claims import Claim, Verdict
from exactfact.model import Network

from .networks import NOT_A_NETWORK, crowded_nodes, path_point
from .outcome import Context, Outcome
from .problem import Problem
from .witness import Point, refutation, unit_point, zero_point

GENERIC = ("generic-finite", "generic")


def apply(problem: Problem, context: Context) -> Outcome:
    """Verdicts about `scaling` for every property but `at-point`."""
    network = problem.architecture.network
    if network is None:
        return Outcome(why=NOT_A_NETWORK)
    crowded = crowded_nodes(network)
    if crowded:
        return Outcome(_two_nodes(problem, network, crowded[0]))
    proved = context.ledger.verdict("uniform", "path-scaling", "full")
    if proved is not None:
        asked = [("uniform", "full")] + ([("uniform", "spec")] if problem.architecture.models else [])
        asked += [] if problem.field.is_finite else [(name, "full") for name in GENERIC]
        return Outcome(
            tuple(
                Verdict(name, "scaling", model, problem.proved_over, "proved", "10.1", {"uniform": proved.id})
                for name, model in asked
            )
        )
    refuted = context.ledger.verdict("uniform", "path-scaling", "zero-edges-allowed")
    if refuted is None:
        return Outcome(why="the path sums are not decided, and one node at every hidden level makes both groups agree")
    return Outcome((_same_refutation(problem, network, refuted),))


def _same_refutation(problem: Problem, network: Network, refuted: Verdict) -> Verdict:
    """The path verdict's evidence, read by layers: two unit points with the same phi, or the count."""
    if "paths" not in refuted.evidence:
        return Verdict("uniform", "scaling", "full", problem.over, "refuted", "10.1", refuted.evidence)
    numbers = {edge.name: index for index, edge in enumerate(network.edges)}
    h, g = (
        path_point(network, tuple((numbers[name], tap) for name, tap in path)) for path in refuted.evidence["paths"]
    )
    return refutation("uniform", h, g, problem.over)


def _two_nodes(problem: Problem, network: Network, node: str) -> tuple[Claim, ...]:
    claims: list[Claim] = [
        refutation("uniform", _broken_path(network, node), zero_point(network.parameters), problem.over)
    ]
    if not problem.field.is_finite:
        claims += [
            Verdict(name, "scaling", "full", over, "refuted", "10.2", {"node": node})
            for name in GENERIC
            for over in ("QQ", "RR", "CC")
        ]
    return tuple(claims)


def _broken_path(network: Network, node: str) -> Point:
    """One unit tap a level: a tap that leaves `node` towards the root after one that enters its neighbour.

    No path has nonzero taps at every level, so phi vanishes although no layer does.
    """
    level = network.node_level[node]
    chosen = [edges[0] for edges in network.level_edges]
    chosen[level - 1] = next(e for e in network.level_edges[level - 1] if network.edges[e].source == node)
    chosen[level] = next(e for e in network.level_edges[level] if network.edges[e].target != node)
    return unit_point(network.parameters, [network.offset(e) for e in chosen])
