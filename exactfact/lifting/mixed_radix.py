"""Chains whose path sums are distinct because they are written in mixed radix (theory 10.3a), in polynomial time.

`mixed_radix` looks for an order of the layers and subgroups H_0 = G > H_1 > ... > H_K, each a product of n_i Z, such
that the taps of the k-th layer agree modulo H_(k-1) and differ modulo H_k.  Greedy is complete: the finest H_k that
the remaining layers R allow is the one given by the differences of their taps, a layer that may go next may still go
next after others have gone (the subgroup only shrinks), so no choice is ever wrong.
`superincreasing` looks for an order in which every gap exceeds the sum of the diameters before it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from exactfact.model import Network

from .box import Element

# The search is quadratic in the number of layers with at least two taps.
LAYER_LIMIT = 512

Moduli = tuple[int, ...]


@dataclass(frozen=True)
class Digits:
    """Why the sums are distinct: `order` of the levels, and `moduli` (K + 1 of them) or None when superincreasing."""

    order: tuple[int, ...]
    moduli: tuple[Moduli, ...] | None


def distinct_digits(network: Network) -> Digits | None:
    """A proof that all path sums of a chain are distinct, or None (not a chain, or in neither of the two positions).

    Cost: about K^2 d greatest common divisors and K taps log taps comparisons.
    """
    if any(len(edges) != 1 for edges in network.level_edges):
        return None
    supports = [network.effective_support(edges[0]) for edges in network.level_edges]
    return mixed_radix(supports, network.group) or superincreasing(supports, network.group)


def mixed_radix(supports: list[tuple[Element, ...]], group: tuple[int, ...]) -> Digits | None:
    """Order and moduli of theory 10.3a for the supports of a chain, one tuple of taps a level; None when none exist."""
    differences = [_differences(taps, len(group)) for taps in supports]
    order = [k for k, taps in enumerate(supports) if len(taps) == 1]
    remaining = [k for k, taps in enumerate(supports) if len(taps) > 1]
    if len(remaining) > LAYER_LIMIT:
        return None
    moduli = [(1,) * len(group)] * (len(order) + 1)
    while remaining:
        chosen = _next_layer(supports, differences, remaining, group)
        if chosen is None:
            return None
        place, modulus = chosen
        order.append(remaining.pop(place))
        moduli.append(modulus)
    return Digits(tuple(order), _without_zeros(moduli, supports))


def _next_layer(
    supports: list[tuple[Element, ...]], differences: list[Moduli], remaining: list[int], group: tuple[int, ...]
) -> tuple[int, Moduli] | None:
    """The first remaining layer whose taps differ modulo the differences of all the others, with these moduli."""
    suffixes = [group]
    for k in reversed(remaining):
        suffixes.append(_gcds([suffixes[-1], differences[k]]))
    suffixes.reverse()
    prefix = group
    for place, k in enumerate(remaining):
        modulus = _gcds([prefix, suffixes[place + 1]])
        if len({_reduce(tap, modulus) for tap in supports[k]}) == len(supports[k]):
            return place, modulus
        prefix = _gcds([prefix, differences[k]])
    return None


def _differences(taps: tuple[Element, ...], dimension: int) -> Moduli:
    return tuple(math.gcd(*(tap[i] - taps[0][i] for tap in taps)) for i in range(dimension))


def _gcds(vectors: list[Moduli]) -> Moduli:
    return tuple(math.gcd(*values) for values in zip(*vectors, strict=True))


def _reduce(tap: Element, modulus: Moduli) -> Element:
    return tuple(value % n if n else value for value, n in zip(tap, modulus, strict=True))


def _without_zeros(moduli: list[Moduli], supports: list[tuple[Element, ...]]) -> tuple[Moduli, ...]:
    """Replace modulus 0 (a coordinate Z where nothing remains) by a multiple of the one before beyond every tap."""
    columns = []
    for axis, column in enumerate(zip(*moduli, strict=True)):
        values = [tap[axis] for taps in supports for tap in taps]
        last = max(n for n in column if n)
        beyond = last * ((max(values) - min(values)) // last + 1)
        columns.append([n or beyond for n in column])
    return tuple(zip(*columns, strict=True))


def superincreasing(supports: list[tuple[Element, ...]], group: tuple[int, ...]) -> Digits | None:
    """The order of theory 10.3a, superincreasing variant, on Z or on Z/N without wrap-around; None when there is none.

    Gaps increase strictly along such an order (a diameter is at least a gap), so sorting by gap finds it.
    """
    if len(group) != 1:
        return None
    taps = [sorted(tap[0] for tap in support) for support in supports]
    diameters = [values[-1] - values[0] for values in taps]
    if group[0] and sum(diameters) >= group[0]:
        return None
    gaps = [min((b - a for a, b in pairwise(values)), default=0) for values in taps]
    order = sorted(range(len(taps)), key=lambda k: gaps[k])
    before = 0
    for k in order:
        if diameters[k] and gaps[k] <= before:
            return None
        before += diameters[k]
    return Digits(tuple(order), None)
