"""Fibres that a group of rescalings moves: which monomials the product determines, and what they leave (9.1, 7.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import gcd, prod
from typing import Any

from exactfact.certificate.numbers import decode_integer
from exactfact.lifting.chain import build_chain
from exactfact.lifting.paths import moves, nonzero_columns, path_generators
from exactfact.lifting.propagation import exponents, starts
from exactfact.lifting.rescalings import SIZE_LIMIT, Rescaling, rescalings
from exactfact.model import Architecture, LimitError, is_prime

from .case import Case, counted, layer_name, listed
from .families import multiplied, parameters
from .nodes import freedom

SHOWN = 3
ENTRY_LIMIT = 200_000
COLUMN_LIMIT = 5_000
PRIME_LIMIT = 100


def torsor(case: Case) -> list[str]:
    """What the product determines, the group of rescalings that is left, and what it means over each field."""
    held = case.evidence if "free" in case.evidence else case.referred("jacobian_rank")["evidence"]
    free, divisors = int(held["free"]), [decode_integer(d) for d in held["divisors"]]
    lines = [_determined(held)]
    if case.claim["property"] == "at-point":
        lines[0] += " No entry of h* is zero, so that all this holds at h*."
    if not free and not divisors:
        return [*lines, "They determine every ratio of two parameters of a layer: nothing is free but the scalars."]
    if not held.get("exact", True):
        return [*lines, _at_most(divisors)]
    lines.append(_left(case, free, divisors))
    if free:
        nodes = freedom(case.architecture, free)
        lines += nodes or _written(_symmetries(case, held, ()), case.architecture)
    if divisors:
        found = _symmetries(case, held, _primes(divisors))
        lines += _written([one for one in found if one.order], case.architecture)
    return lines


def _determined(held: Mapping[str, Any]) -> str:
    if "steps" in held:
        steps = counted(len(held["steps"]), "step")
        return (
            f"In {steps}, entries of the product determine monomials of the parameters, one step after the other: each "
            f"is a system of linear equations of full rank."
        )
    if "paths" in held:
        return (
            "At most one path of nonzero entries of the layers joins a row and a column of the product: each entry is "
            "zero or one monomial of the parameters, and the product determines all of these."
        )
    return (
        "The nonzero columns of the lifted map are independent: the product determines every monomial of the "
        "parameters that occurs in it."
    )


def _at_most(divisors: Sequence[int]) -> str:
    real = 2 ** sum(d % 2 == 0 for d in divisors)
    return (
        f"They leave a group {group_name(0, divisors)} of rescalings at most: up to scalars, at most "
        f"{counted(prod(divisors), 'solution')} over CC and {real} over RR and QQ."
    )


def _left(case: Case, free: int, divisors: Sequence[int]) -> str:
    """The group, and how many elements it has over the fields of the verdict."""
    name = group_name(free, divisors)
    p = case.architecture.field.characteristic
    if p:
        total = (p - 1) ** free * prod(gcd(d, p - 1) for d in divisors)
        return f"What they leave free is a group {name} of rescalings, with {total} elements over GF({p})."
    start = f"What they leave free, beside one scalar a layer, is a group {name} of rescalings"
    real = 2 ** sum(d % 2 == 0 for d in divisors)
    if not divisors:
        return f"{start}: a torus of dimension {free}, which moves h to infinitely many others."
    what = "orbits of the torus" if free else "solutions"
    return (
        f"{start}{f': a torus of dimension {free}, and roots of unity' if free else ''}. Over CC there are "
        f"{prod(divisors)} {what}, over RR and QQ, where only 1 and -1 are roots of unity, {real}."
    )


def group_name(free: int, divisors: Sequence[int]) -> str:
    """`(F*)^2 x Z/3`: the torus over the field F, and its roots of unity by their cyclic groups."""
    torus = ["F*" if free == 1 else f"(F*)^{free}"] if free else []
    return " x ".join([*torus, *(f"Z/{d}" for d in divisors)])


def _primes(divisors: Sequence[int]) -> tuple[int, ...]:
    """The small primes that divide one of them."""
    dividing = (n for n in range(2, PRIME_LIMIT) if any(not d % n for d in divisors))
    return tuple(n for n in dividing if is_prime(n))


def _symmetries(case: Case, held: Mapping[str, Any], primes: tuple[int, ...]) -> list[Rescaling]:
    return _found(case.architecture, "rank" in held, primes)


@lru_cache(maxsize=8)
def _found(architecture: Architecture, columns: bool, primes: tuple[int, ...]) -> list[Rescaling]:
    """The generators; [] when the layers are too large to look at again."""
    if sum(architecture.parameters) > SIZE_LIMIT:
        return []
    try:
        chain = build_chain(architecture, ENTRY_LIMIT)
        layers = moves(chain)
        indices = list(nonzero_columns(chain, layers, COLUMN_LIMIT)) if columns else path_generators(layers)
    except LimitError:
        return []
    offsets = starts(chain.parameters)
    return rescalings((exponents(index, offsets) for index in indices), chain.parameters, primes)


def _written(found: Sequence[Rescaling], architecture: Architecture) -> list[str]:
    lines = [f"{_one(rescaling, architecture)}: the product stays the same." for rescaling in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"There are {len(found) - SHOWN} more of these, independent of each other.")
    return lines


def _one(found: Rescaling, architecture: Architecture) -> str:
    by_layer = {
        layer_name(architecture, k): {j: w for j, w in enumerate(weights) if w}
        for k, weights in enumerate(found.weights)
        if any(weights)
    }
    if found.order == 2:
        parts = [f"{parameters(sorted(weights))} of {name}" for name, weights in by_layer.items()]
        return f"Change the sign of {listed(parts)}"
    symbol = "z" if found.order else "s"
    lead = f"For z with z^{found.order} = 1" if found.order else "For every s other than 0"
    return f"{lead}, multiply {'; '.join(multiplied(weights, name, symbol) for name, weights in by_layer.items())}"
