"""Rule 10.5: classes in a generic fibre of a chain of convolutions, counted from the shifts alone.

Layers with one parameter drop out. A layer is a segment when its shifts lie on a line; its step is the gcd of its
differences along the primitive direction v, its degree d_k = length / step. Segments of one direction and step form a
group; it is full when each of its layers has d_k + 1 shifts. Let D = sum of the d_k of the group. For generic h:
* Newton polytopes add up, so every competitor g_k has the hull of S_k, and segments of direction v take all the factors
  in x^v and no others; every other layer is irreducible (Bertini) and takes one of the others.
* The roots of a segment of step s are d_k orbits under the roots of unity of order s, and no two roots of the product
  differ by another root of unity. A layer of step t takes whole orbits of order t, so roots of layers whose step is a
  multiple of t. A group whose step divides no other step of its direction, among those left, fills itself: by induction
  every group takes its own roots, as a polynomial in x^(s v). Hence
  upper bound over QQ, RR, CC: the product of D! / prod d_k! over the groups and of m! over the classes of m layers,
  not segments, whose shifts are translates of each other.
* Over CC a full group has exactly D! / prod d_k! splittings: distribute its roots. Over RR it has the number of ways to
  split R real roots and (D - R) / 2 pairs, at least the minimum over all R that generic real layers can have.
* Over every field, translates can be exchanged: m! for each class of m layers. These are all the competitors over QQ
  outside a thin set: there every layer is irreducible (Hilbert).
Lower bounds multiply the best of these over groups and classes. generic: proved over CC where the upper bound is 1,
refuted where the lower bound is 2 or more. hilbert-generic over QQ: proved where no two layers are translates.
Source: theory 10.5(c), (d). Cost: the recognition of the chain, then counting.
"""
from collections import Counter
from math import comb, factorial, gcd, prod

from ..claims import Claim, Context
from ..errors import Meter, require, shown
from ..families import fields
from ..network import Position
from .convolution import Shifts, referred, verified

MOST = 500  # the largest degree of a group whose real splittings are counted
Line = tuple[Position, list[int]]


def check(claim: Claim, context: Context) -> None:
    """Accept iff the number of classes is on the right side of the value."""
    if "shifts" in claim.evidence:
        shifts = verified(fields(claim.evidence, "evidence", "shifts")["shifts"], context)
    else:
        shifts = referred(claim.evidence, context, "fibre_count")
    if claim.side == "upper":
        most = upper(shifts, context.meter)
        require(most <= claim.value, f"a value >= {shown(most)}", claim.value)
    else:
        least = lower(shifts, claim.over, context.meter)
        require(claim.value <= least, f"a value <= {shown(least)}", claim.value)


def check_generic(claim: Claim, context: Context) -> None:
    """Accept iff there is one class (proved, over CC), or there are at least two (refuted)."""
    shifts = referred(claim.evidence, context, "fibre_count")
    if claim.status == "proved":
        most = upper(shifts, context.meter)
        require(most == 1, "one class in a generic fibre", most)
    else:
        require(lower(shifts, claim.over, context.meter) > 1, "two classes in a generic fibre", 1)


def check_hilbert(claim: Claim, context: Context) -> None:
    """Accept iff no two layers are translates of each other."""
    shifts = referred(claim.evidence, context, "fibre_count")
    exchanges = _exchanges(shifts, context.meter)
    require(exchanges == 1, "no two layers that are translates of each other", exchanges)


def line(row: list[Position]) -> Line | None:
    """(primitive direction, places along it from the first shift) of a layer on a line, else None."""
    gaps = [tuple(a - b for a, b in zip(s, row[0], strict=True)) for s in row]
    step = max(gaps)  # not zero: there are two shifts or more, and sums of coordinates in lexicographic order
    step = step if any(step) else min(gaps)
    content = gcd(*step)
    lead = next(x for x in step if x)
    v = tuple(x // content if lead > 0 else -x // content for x in step)
    axis = next(i for i, x in enumerate(v) if x)
    places = [gap[axis] // v[axis] for gap in gaps]
    on_line = all(gap == tuple(n * x for x in v) for gap, n in zip(gaps, places, strict=True))
    return (v, places) if on_line else None


def groups(shifts: Shifts, apart: bool = True) -> tuple[list[list[list[int]]], Shifts]:
    """(groups of segments: for each layer its places 0 <= n <= d_k in the group's steps; the other layers).

    With `apart` false, segments of one direction are one group, its step the gcd of all their differences.
    """
    found: dict[tuple[Position, int], list[list[int]]] = {}
    others = []
    for row in shifts:
        if len(row) > 1:
            segment = line(row)
            if segment is None:
                others.append(row)
            else:
                step = gcd(*segment[1]) if apart else 0
                found.setdefault((segment[0], step), []).append(segment[1])
    result = []
    for rows in found.values():
        lows = list(map(min, rows))
        step = gcd(*(n - low for places, low in zip(rows, lows, strict=True) for n in places))
        result.append([[(n - low) // step for n in places] for places, low in zip(rows, lows, strict=True)])
    return result, others


def upper(shifts: Shifts, meter: Meter) -> int:
    """At most so many classes in a generic fibre, over any of the fields."""
    segments, others = groups(shifts)
    return prod(_multinomial([max(row) for row in rows], meter) for rows in segments) * _exchanges(others, meter)


def lower(shifts: Shifts, over: str, meter: Meter) -> int:
    """At least so many classes in a generic fibre over the field."""
    segments, others = groups(shifts)
    result = _exchanges(others, meter)
    for rows in segments:
        degrees = [max(row) for row in rows]
        full = all(len(row) == d + 1 for row, d in zip(rows, degrees, strict=True))
        if full and over == "CC":
            result *= _multinomial(degrees, meter)
        elif full and over == "RR" and sum(degrees) <= MOST:
            result *= _real_splittings(degrees, meter)
        else:
            result *= _exchanges([[(n,) for n in row] for row in rows], meter)
    return result


def _exchanges(shifts: Shifts, meter: Meter) -> int:
    """Products of m! over classes of m layers that are translates of each other."""
    classes: Counter[tuple[Position, ...]] = Counter()
    for row in shifts:
        meter.spend(2000 * len(row), "layers that are translates")
        if len(row) > 1:
            least = min(row)
            classes[tuple(sorted(tuple(x - y for x, y in zip(s, least, strict=True)) for s in row))] += 1
    meter.spend(sum(m * m for m in classes.values()), "exchanges of layers")
    return prod(map(factorial, classes.values()))


def _multinomial(degrees: list[int], meter: Meter) -> int:
    total, result = 0, 1
    for d in degrees:
        total += d
        meter.spend(10_000 + min(d, total - d) ** 2 * total.bit_length(), "counting splittings")
        result *= comb(total, d)
    return result


def _real_splittings(degrees: list[int], meter: Meter) -> int:
    """The least number, over the R that occur, of ways to split R real roots and (D - R) / 2 pairs by degrees."""
    ways, total = {0: 1}, 0
    for d in degrees:
        total += d
        meter.spend(2000 * len(ways) * (d // 2 + 1) * (1 + total // 64), "counting real splittings")
        after: Counter[int] = Counter()
        for before, count in ways.items():
            for r in range(d % 2, d + 1, 2):
                pairs = (total - before - r) // 2
                after[before + r] += count * comb(before + r, r) * comb(pairs, (d - r) // 2)
        ways = dict(after)
    return min(ways.values())
