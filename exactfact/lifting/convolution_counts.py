"""How many classes a generic fibre of a chain of convolutions has, from the shifts alone (theory 10.5 c, d).

Layers on a line, in one direction and with one step, form a group that shares its linear factors; every other layer is
irreducible for generic parameters; layers whose shifts are translates can be exchanged.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .convolution import Shift, Shifts

# Degrees of groups whose real splittings are counted, and whose numbers of splittings are written out.
REAL_DEGREE = 500
DEGREE_LIMIT = 5_000
Places = tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Layers on parallel lines: their indices, and the places 0..d_k of their shifts in steps of the group."""

    layers: tuple[int, ...]
    places: tuple[Places, ...]

    @property
    def degrees(self) -> list[int]:
        """d_k, the largest place of each layer: the degrees of the layers as polynomials along the line."""
        return [max(row) for row in self.places]

    @property
    def full(self) -> bool:
        """Whether no place of a layer is missing."""
        return all(len(row) == max(row) + 1 for row in self.places)


@dataclass(frozen=True)
class Counts:
    """Bounds on the number of classes in a generic fibre: above over all fields, below over each."""

    upper: int
    lower: dict[str, int]
    exchanges: int


def groups(shifts: Shifts, apart: bool = True) -> tuple[list[Group], list[int]]:
    """The groups of layers on parallel lines, and the layers that lie on no line.

    Generic layers of different steps share no factors: `apart` keeps them in different groups.
    """
    lines: dict[tuple[Shift, int], list[tuple[int, Places]]] = defaultdict(list)
    others = []
    for k, row in enumerate(shifts):
        if len(row) == 1:
            continue
        found = line(row)
        if found is None:
            others.append(k)
        else:
            lines[found[0], math.gcd(*found[1]) if apart else 0].append((k, found[1]))
    result = []
    for members in lines.values():
        step = math.gcd(*(n - min(places) for _, places in members for n in places))
        rows = tuple(tuple((n - min(places)) // step for n in places) for _, places in members)
        result.append(Group(tuple(k for k, _ in members), rows))
    return result, others


def line(row: Sequence[Shift]) -> tuple[Shift, Places] | None:
    """(direction, places along it) when the shifts of a layer lie on a line."""
    gaps = [tuple(a - b for a, b in zip(s, row[0], strict=True)) for s in row]
    content = math.gcd(*gaps[1])
    direction = tuple(x // content for x in gaps[1])
    direction = max(direction, tuple(-x for x in direction))
    axis = next(i for i, x in enumerate(direction) if x)
    places = tuple(gap[axis] // direction[axis] for gap in gaps)
    if any(gap != tuple(n * x for x in direction) for gap, n in zip(gaps, places, strict=True)):
        return None
    return direction, places


def count(shifts: Shifts) -> Counts | None:
    """The bounds; None when the numbers are too long to write out."""
    segments, others = groups(shifts)
    if any(sum(group.degrees) > DEGREE_LIMIT for group in segments):
        return None
    planes = _exchanges([shifts[k] for k in others])
    upper, lower = planes, dict.fromkeys(("QQ", "RR", "CC"), planes)
    for group in segments:
        degrees, exchanged = group.degrees, _exchanges([[(n,) for n in row] for row in group.places])
        splittings = _multinomial(degrees)
        upper *= splittings
        lower["QQ"] *= exchanged
        lower["CC"] *= splittings if group.full else exchanged
        real = group.full and sum(degrees) <= REAL_DEGREE
        lower["RR"] *= least_real_splittings(degrees) if real else exchanged
    return Counts(upper, lower, _exchanges(shifts))


def _exchanges(rows: Sequence[Sequence[Shift]]) -> int:
    """m! for each set of m layers whose shifts are translates of each other."""
    classes = Counter(
        frozenset(tuple(x - y for x, y in zip(s, min(row), strict=True)) for s in row) for row in rows if len(row) > 1
    )
    return math.prod(math.factorial(m) for m in classes.values())


def _multinomial(degrees: Sequence[int]) -> int:
    result, total = 1, 0
    for d in degrees:
        total += d
        result *= math.comb(total, d)
    return result


def least_real_splittings(degrees: Sequence[int]) -> int:
    """The least number of ways to split R different real roots and the pairs, over all R that real layers can have."""
    ways: dict[tuple[int, int], int] = {(0, 0): 1}
    for d in degrees:
        after: dict[tuple[int, int], int] = defaultdict(int)
        for (real, pairs), number in ways.items():
            for c in range(d // 2 + 1):
                r = d - 2 * c
                after[real + r, pairs + c] += number * math.comb(real + r, r) * math.comb(pairs + c, c)
        ways = after
    return min(ways.values())
