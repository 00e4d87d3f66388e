"""Recovery for networks: Theorem 7 (10.4p), path by path, where the sums of taps along the paths are distinct."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from exactfact.certificate.numbers import encode_number
from exactfact.stability.path_heights import Heights, Path
from exactfact.stability.recovery import noise_limit, radius, tensor_radius

from .recovery_job import Job, radius_evidence, too_much
from .recovery_result import PathRow, Recovery

LISTED = 20  # paths shown when none is named


def network_recovery(job: Job, chosen: Path | None) -> Recovery:
    """Theorem 7 for a network whose path sums are shown to be distinct: a radius for each path with epsilon < M_p.

    `chosen`: the one path that is asked for; otherwise all, of which LISTED and the worst are shown.
    """
    ledger, network = job.context.ledger, job.problem.architecture.network
    assert network is not None
    entry, sigma = ledger.bound("path_max_entry", "upper"), ledger.bound("sigma_min_squared", "lower")
    if entry is None or entry.value > 1 or sigma is None:
        reason = "sums of taps along the paths coincide, or are not shown to be distinct: Theorem 7 does not apply"
        return job.result(reason=reason, group="path-scaling")
    epsilon = tensor_radius(job.delta, job.eta, sigma.value)
    heights = Heights.at(network, job.h)
    every = radius(heights.least, heights.largest_size, network.depth, epsilon)
    rows = _rows(heights, epsilon, chosen)
    proved = [row for row in rows if row.radius is not None]
    shown = every if chosen is None else rows[0].radius
    shared: dict[str, Any] = {"zero_one": entry.id, "sigma_min_squared": sigma.id, "epsilon": encode_number(epsilon)}
    least = heights.least if chosen is None else heights.height(chosen)
    values: dict[str, Any] = {"statement": "10.4p", "group": "path-scaling", "tensor_radius": epsilon}
    values |= {"paths": tuple(rows), "path_count": heights.count, "largest": least, "chosen": chosen is not None}
    values |= {"noise_limit": noise_limit(least, job.eta, sigma.value), "sigma_squared": Fraction(sigma.value)}
    if not proved:
        certificate = job.certificate("tensor-recovery", "path-scaling", "10.4p", **shared)
        return job.result(reason=too_much(epsilon, least), certificate=certificate, **values)
    listed = [{"edges": list(row.edges), **radius_evidence(row.radius)} for row in proved if row.radius is not None]
    overall = None if every is None else radius_evidence(every)
    certificate = job.certificate("recovery", "path-scaling", "10.4p", **shared, every=overall, paths=listed)
    if shown is None:
        return job.result(reason=_some_paths(epsilon, least), certificate=certificate, **values)
    return job.result(radius=shown.norms(), side=shown.side, certificate=certificate, **values)


def _rows(heights: Heights, epsilon: Fraction, chosen: Path | None) -> list[PathRow]:
    """The named path; else the best ones in order, and the worst one."""
    if chosen is not None:
        return [_row(heights, chosen, epsilon)]
    rows: list[PathRow] = []
    for path in heights.by_height():
        if len(rows) == LISTED:
            worst = heights.worst()
            return [*rows, _row(heights, worst, epsilon)]
        rows.append(_row(heights, path, epsilon))
    return rows


def _row(heights: Heights, path: Path, epsilon: Fraction) -> PathRow:
    network = heights.network
    found = radius(heights.height(path), heights.size(path), network.depth, epsilon)
    names = tuple(network.edges[e].name for e in path)
    return PathRow(network.edges[path[-1]].source, names, heights.height(path), found)


def _some_paths(epsilon: Fraction, least: Fraction) -> str:
    return (
        f"the side condition epsilon < M_p fails on some path: epsilon is about {float(epsilon):.3g}, M_p about "
        f"{float(least):.3g}; `paths` says where it holds"
    )
