"""The contestants that are exactfact: the only file here that knows the engine's inside.

Each function prepares, and returns the job that is timed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from exactfact.algebra.modular import rank_mod_p
from exactfact.checker import check_certificate
from exactfact.lifting.box import Unable
from exactfact.lifting.chain import build_chain
from exactfact.lifting.jacobian import jacobian_matrix
from exactfact.lifting.path_counts import reached
from exactfact.lifting.path_sums import find_collision
from exactfact.lifting.residues import reduce_chain
from exactfact.lifting.sampling import sample_rank
from exactfact.lifting.spans import cell_arrays
from exactfact.lifting.support import reachable
from exactfact.model import Architecture
from exactfact.pipeline import rank

from . import instances

Job = Callable[[], Any]


def dense_rank(path: str, n: int) -> Job:
    """The rank mod p of a matrix of 64-bit residues, as numpy holds it."""
    matrix = instances.read(path, n)
    return lambda: rank_mod_p(matrix, instances.PRIME)


def rational(path: str, n: int) -> Job:
    """The rank over QQ with proof."""
    from exactfact.algebra.rational_rank import rational_rank

    matrix = instances.read(path, n)

    def job() -> int:
        found = rational_rank(matrix, seed=0)
        if found.lower != found.upper:
            raise RuntimeError(f"not proved: {found.lower} <= rank <= {found.upper}")
        return int(found.lower)

    return job


def instance(family: str, arguments: list[Any]) -> Architecture:
    """An architecture of `instances`, by the name of its function."""
    return getattr(instances, family)(*arguments)


def lifted_rank(family: str, arguments: list[Any]) -> Job:
    """The rank of the lifted map mod p by sampling, from the expanded layers to the number."""
    chain = build_chain(instance(family, arguments))

    def job() -> int:
        reach = reachable(chain)
        residues = reduce_chain(chain, instances.PRIME)
        return sample_rank(residues, reach.counts[-1], 0, cell_arrays(reach, chain.depth - 1)).rank

    return job


def path_sums(length: int, taps: int, depth: int) -> Job:
    """[rank, whether the map is 0/1] of a convolution chain: its path sums, and the search for two that agree."""
    network = instances.convolution_chain(length, taps, depth).network
    assert network is not None

    def job() -> list[int]:
        rank, collision = reached(network), find_collision(network)
        if isinstance(rank, Unable) or isinstance(collision, Unable):
            raise TypeError(f"not decided: {rank}, {collision}")
        return [rank, int(collision is None)]

    return job


def jacobian_build(sizes: list[int], parameters: int) -> Job:
    """The compressed Jacobian mod p at a random point; [rows, columns]."""
    residues, point = _at_point(sizes, parameters)
    return lambda: list(jacobian_matrix(residues, point, 0).shape)


def jacobian_eliminate(sizes: list[int], parameters: int) -> Job:
    """The rank of that matrix."""
    residues, point = _at_point(sizes, parameters)
    matrix = jacobian_matrix(residues, point, 0)
    return lambda: rank_mod_p(matrix, instances.PRIME)


def _at_point(sizes: list[int], parameters: int) -> tuple[Any, Any]:
    residues = reduce_chain(build_chain(instances.placed_chain(sizes, parameters)), instances.PRIME)
    return residues, residues.point(0, 0)


def certificate(family: str, arguments: list[Any], method: str) -> Job:
    """The rank over QQ with its certificate, from the architecture to the certificate's bytes."""
    architecture = instance(family, arguments)
    return lambda: _certified(architecture, method)[0]


def verification(family: str, arguments: list[Any], method: str) -> Job:
    """The checker (standard library only) on that certificate."""
    proved, text = _certified(instance(family, arguments), method)
    document = json.loads(text)

    def job() -> int:
        report = check_certificate(document)
        if not report.accepted:
            raise RuntimeError("the checker does not accept the certificate")
        return proved

    return job


def _certified(architecture: Architecture, method: str) -> tuple[int, str]:
    result = rank(architecture, method=method, seed=0)
    text = result.certificate.text()
    bounds = result.facts["rank"]
    if bounds["lower"] != bounds["upper"]:
        raise RuntimeError(f"rank not proved: {bounds['lower']} <= rank <= {bounds['upper']}")
    return bounds["lower"], text
