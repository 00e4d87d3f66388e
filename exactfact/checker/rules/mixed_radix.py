"""Rule 10.3a: all path sums of a one-chain network are distinct, so path_max_entry <= 1 (and 10.1 holds).

Mixed radix: an order of the levels and subgroups H_0 > ... > H_K, H_k the product of n_{k,i} Z, with the taps of level
order[k] in one coset of H_k and pairwise different modulo H_{k+1}. Superincreasing, one coordinate: two taps of level
order[k] differ by more than the diameters of the levels before it together (Z/N: all diameters together < N).
Source: theory 10.3a. Cost: linear in the number of taps.
"""
import itertools
from typing import Any

from ..claims import Claim, Context
from ..errors import Meter, Text, require, shown
from ..families import fields, listing, whole
from ..network import Position
from ..numbers import integer


def check(claim: Claim, context: Context) -> None:
    """Accept iff the evidence holds and the value is at least 1."""
    verify(claim.evidence, context)
    require(claim.value >= 1, "a value >= 1", claim.value)


def verify(evidence: dict[str, Any], context: Context) -> None:
    """Reject unless the evidence shows that all path sums are distinct."""
    method, network = evidence.get("method"), context.network
    require(method in ("mixed-radix", "superincreasing"), 'method "table", "mixed-radix" or "superincreasing"', method)
    f = fields(evidence, "evidence", "method order moduli" if method == "mixed-radix" else "method order")
    require(all(len(level) == 1 for level in network.levels), "a chain: one edge on every level",
            Text("a level with several edges"))
    depth = len(network.levels)
    order = [whole(k, "order", 0, depth) for k in listing(f["order"], "order", depth)]
    require(len(set(order)) == depth, "an order that is a permutation of the levels", order)
    taps = [network.levels[k][0].taps for k in order]
    if method == "mixed-radix":
        _mixed_radix(taps, f["moduli"], network.moduli, context.meter)
    else:
        _superincreasing(taps, network.moduli)


def _mixed_radix(taps: list[tuple[Position, ...]], given: Any, group: Position, meter: Meter) -> None:
    moduli = [[integer(n, f"moduli[{k}]", 1) for n in listing(row, f"moduli[{k}]", len(group))]
              for k, row in enumerate(listing(given, "moduli", len(taps) + 1))]
    require(all(n == 1 for n in moduli[0]), "moduli[0] all 1", moduli[0])
    for k, level in enumerate(taps):
        now, after = moduli[k], moduli[k + 1]
        for a, b in zip(now, after, strict=True):
            meter.spend(100 + (a.bit_length() + 64 * len(level)) * b.bit_length() // 900, "divisions of moduli")
        require(all(b % a == 0 for a, b in zip(now, after, strict=True)), f"moduli[{k}] divides moduli[{k + 1}]", after)
        cosets = {tuple(x % n for x, n in zip(tap, now, strict=True)) for tap in level}
        require(len(cosets) == 1, f"taps of order[{k}] congruent modulo {shown(now)}", Text(f"{len(cosets)} classes"))
        classes = {tuple(x % n for x, n in zip(tap, after, strict=True)) for tap in level}
        require(len(classes) == len(level), f"taps of order[{k}] different modulo {shown(after)}",
                Text(f"{len(classes)} classes of {len(level)} taps"))
    require(all(n % a == 0 for n, a in zip(group, moduli[-1], strict=True)), "last moduli that divide the group's",
            moduli[-1])


def _superincreasing(taps: list[tuple[Position, ...]], group: Position) -> None:
    require(len(group) == 1, "one coordinate", group)
    reach = 0
    for k, level in enumerate(taps):
        values = sorted(x for (x,) in level)
        gap = min((b - a for a, b in itertools.pairwise(values)), default=reach + 1)
        require(gap > reach, f"taps of order[{k}] that differ by more than {reach}", gap)
        reach += values[-1] - values[0]
    require(group[0] == 0 or reach < group[0], f"diameters that add up to less than {group[0]}", reach)
