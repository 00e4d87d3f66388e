"""Networks: two colliding paths as two sums, the order that separates all sums, and the pigeonhole count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any

from exactfact.model import Network
from exactfact.reporting.escape import code
from exactfact.reporting.network_notation import element, factored, unreduced
from exactfact.reporting.numerals import compact, integer

Tap = tuple[int, ...]
MOST_TERMS = 10
MOST_LEVELS = 24
BUDGET = 78  # characters of a sum on one line


@dataclass(frozen=True)
class Collision:
    """Rows (level, edge, tap, edge, tap), whether they are all, the two sums and their value; fields are LaTeX."""

    rows: list[tuple[str, str, str, str, str]]
    complete: bool
    sums: list[str]
    total: str


def collision(network: Network, paths: Sequence[Sequence[Sequence[Any]]]) -> Collision:
    """Two path multi-indices [[edge, tap position], ...], listed from the root, as sums of effective taps.

    Of paths with more than 24 levels only the levels on which they differ become rows.
    """
    index = {edge.name: place for place, edge in enumerate(network.edges)}
    steps = [[(name, unreduced(network, index[name])[int(tap)]) for name, tap in path] for path in paths]
    pairs = list(enumerate(zip(*steps, strict=True), start=1))
    shown = pairs
    if len(pairs) > MOST_LEVELS:
        shown = [pair for pair in pairs if pair[1][0] != pair[1][1]][:MOST_LEVELS]
    rows = [
        (f"${level}$", code(a, 18), f"${element(s)}$", code(b, 18), f"${element(t)}$")
        for level, ((a, s), (b, t)) in shown
    ]
    totals = [_reduced(network, [tap for _, tap in path]) for path in steps]
    return Collision(
        rows, len(shown) == len(pairs), [_sum(network, [tap for _, tap in path]) for path in steps], element(totals[0])
    )


def _reduced(network: Network, values: Sequence[Tap]) -> Tap:
    totals = [sum(coordinates) for coordinates in zip(*values, strict=True)]
    return tuple(total % order if order else total for total, order in zip(totals, network.group, strict=True))


def _sum(network: Network, values: Sequence[Tap]) -> str:
    r"""``1+4+8=13``, then ``\equiv`` and the representative when the group wraps around; long sums keep their ends."""
    terms = [element(value) for value in values]
    exact = tuple(sum(coordinates) for coordinates in zip(*values, strict=True))
    reduced = _reduced(network, values)
    if len(terms) > MOST_TERMS or sum(map(len, terms)) > BUDGET:
        terms = [*terms[:3], r"\cdots", terms[-1]]
    text = "+".join(terms) + f"={element(exact)}"
    return text if exact == reduced else text + rf"\equiv {element(reduced)}"


def separation_rows(network: Network, evidence: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Mixed radix: (layer, taps, one class mod, distinct mod); superincreasing: (layer, taps, gap, reach before)."""
    rows = []
    reach = 0
    for place, level in enumerate(evidence["order"]):
        support = network.effective_support(network.level_edges[level][0])
        taps = f"${factored(support)}$"
        if evidence["method"] == "mixed-radix":
            low, high = (_modulus(evidence["moduli"][place + shift]) for shift in (0, 1))
            rows.append((f"${level + 1}$", taps, low, high))
            continue
        values = sorted(tap[0] for tap in support)
        gap = min((b - a for a, b in pairwise(values)), default=0)
        rows.append((f"${level + 1}$", taps, f"${compact(gap)}$" if len(values) > 1 else "---", f"${compact(reach)}$"))
        reach += values[-1] - values[0]
    return rows


def _modulus(values: Sequence[Any]) -> str:
    numbers = [int(value, 16) if isinstance(value, str) else int(value) for value in values]
    return "$" + (compact(numbers[0]) if len(numbers) == 1 else "(" + ",".join(map(compact, numbers)) + ")") + "$"


def positions(network: Network, leaf: str) -> int:
    """The size of the box that holds all path sums of a leaf: the group's order, or the spread where it is infinite."""
    spans = _spans(network)[leaf]
    return prod(order or 1 + high - low for order, (low, high) in zip(network.group, spans, strict=True))


def _spans(network: Network) -> dict[str, list[tuple[int, int]]]:
    """Smallest and largest path sum of every node, coordinate by coordinate; linear in the edges."""
    spans = {network.root: [(0, 0)] * len(network.group)}
    for edges in network.level_edges:
        for index in edges:
            edge, support = network.edges[index], network.effective_support(index)
            reach = [
                (low + min(values), high + max(values))
                for (low, high), values in zip(spans[edge.target], zip(*support, strict=True), strict=True)
            ]
            known = spans.get(edge.source)
            spans[edge.source] = (
                [(min(a, c), max(b, d)) for (a, b), (c, d) in zip(known, reach, strict=True)] if known else reach
            )
    return spans


def leaf_count(network: Network, leaf: str) -> str:
    """The number of path multi-indices of a leaf; for a chain as the product of its tap counts."""
    count = network.path_counts[leaf]
    return compact(count) if count > 10**6 else integer(count)
