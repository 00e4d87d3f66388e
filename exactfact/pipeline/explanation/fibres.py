"""How almost every fibre was counted: relations, tangent spaces, one fibre modulo a prime, degrees, pairs (7)."""

from __future__ import annotations

from math import factorial, prod

from exactfact.certificate.numbers import decode_integer
from exactfact.model.errors import integer_text

from .case import Case, layer_name, listed
from .pairs import pair

LAYERS = 6


def _prime(case: Case) -> str:
    return integer_text(decode_integer(case.evidence["prime"]))


def relations(case: Case) -> list[str]:
    """7.2: how many relations each layer has."""
    numbers = [len(layer) for layer in case.evidence["relations"]]
    arch = case.architecture
    parts = [f"{n} for {layer_name(arch, k)}" for k, n in enumerate(numbers) if arch.parameters[k] > 1]
    where = "At h*" if case.claim["property"] == "at-point" else "For almost every h"
    return [
        (
            "Each layer solves linear equations whose coefficients are linear in the entries of the product: "
            f"{listed(parts, LAYERS)}. {where} the layer itself, up to its scalar, is their only solution."
        )
    ]


def single(case: Case) -> list[str]:
    """7.3: one fibre modulo a prime."""
    point = "h*" if case.claim["property"] == "at-point" else "a random point"
    found = (
        f"Modulo the prime {_prime(case)}, the product of {point} has one solution, counted with multiplicity and with "
        f"those at infinity (by the forms of degree {case.evidence['degree']} in each layer)."
    )
    if case.claim["property"] == "at-point":
        return [f"{found} Then h* has no other solution over CC."]
    return [f"{found} Then the same is true for almost every h over CC."]


def many(case: Case) -> list[str]:
    """7.4: the degree of the Segre variety."""
    sizes = [size for size in case.architecture.parameters if size > 1]
    n = 1 + sum(size - 1 for size in sizes)
    total = integer_text(factorial(n - 1) // prod(factorial(size - 1) for size in sizes))
    below = " ".join(f"{size - 1}!" for size in sizes[:12]) + (" ..." if len(sizes) > 12 else "")
    return [
        (
            f"The rank of the lifted map is {n}, the number of free parameters, and no choice of h without zero layer "
            f"has the product zero, over CC. Then almost every product has {n - 1}! / ({below}) = {total} "
            "solutions over CC; over RR and QQ there may be fewer."
        )
    ]


def tangents(case: Case) -> list[str]:
    """7.7: the tangent space of the set of products."""
    layer = case.evidence["layer"]
    what = "h" if layer is None else f"all layers but {layer_name(case.architecture, layer)}, and then that one"
    known = [layer_name(case.architecture, k) for k, _ in case.evidence.get("known", ())]
    start = f"Linear relations with the product determine {listed(known)}. " if known else ""
    return [
        (
            f"{start}Almost every product determines the tangent space of the set of all products there, and the "
            f"linear forms that vanish on it determine {what}: seen as one rank at a random point modulo the prime "
            f"{_prime(case)}."
        )
    ]


def regular_pair(case: Case) -> list[str]:
    """7.1b: two regular points with one product."""
    return [
        *pair(case),
        (
            "The Jacobian has full rank at both, and the rank of the lifted map is the number of free parameters: near "
            "both, the map to the products is invertible. So almost every product has at least two solutions over CC; "
            "over RR and QQ nothing follows."
        ),
    ]


def full_rank(case: Case) -> list[str]:
    """6.1, 10.6: the Jacobian."""
    rank = integer_text(decode_integer(case.referred("jacobian_rank")["value"]))
    if case.claim["statement"] == "10.6":
        return [f"The Jacobian has rank {rank} at a point: nothing moves but the rescalings of hidden nodes."]
    return [f"The Jacobian has rank {rank} at a point, the number of free parameters: nothing moves but scalars."]
