r"""A network in mathematical notation: its group, its edges with their taps, its levels.

Long taps are printed with their common factor in front, as in ``$5^{7}\cdot\{0,1,2,3,4\}$``: so dilated kernels read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd, prod

from exactfact.model import Network
from exactfact.reporting.escape import code
from exactfact.reporting.notation import integer_words
from exactfact.reporting.numerals import compact, integer, perfect_power, set_of

MOST_ROWS = 40
NAME = 26
SHORT_SET = 12  # digits of a set that is printed as it is
Tap = tuple[int, ...]


@dataclass(frozen=True)
class EdgeRow:
    """One line of the table of edges; every field is LaTeX."""

    level: str
    name: str
    source: str
    target: str
    taps: str
    effective: str


@dataclass(frozen=True)
class LevelRow:
    """One line of the table of levels, for networks with many edges; every field is LaTeX except `index`."""

    index: int
    edges: str
    targets: str
    taps: str
    parameters: str


def group(network: Network) -> str:
    r"""``\mathbb Z/16\times\mathbb Z``, equal factors gathered into powers."""
    parts = [_cyclic(order) for order in network.group]
    counted = Counter(parts)
    if len(counted) == 1 and len(parts) > 1:
        base = parts[0] if parts[0] == r"\mathbb Z" else f"({parts[0]})"
        return f"{base}^{{{len(parts)}}}"
    return r"\times".join(parts)


def _cyclic(order: int) -> str:
    if order == 0:
        return r"\mathbb Z"
    text = compact(order)
    return rf"\mathbb Z/({text})" if any(sign in text for sign in "+-.") or "cdot" in text else rf"\mathbb Z/{text}"


def edge_rows(network: Network) -> list[EdgeRow]:
    """The edges by level from the root, in the order of the file; empty beyond 40 edges (use `level_summary`)."""
    if len(network.edges) > MOST_ROWS:
        return []
    rows = []
    for level, indices in enumerate(network.level_edges):
        for index in indices:
            edge = network.edges[index]
            taps, effective = factored(edge.support, edge.dilation), factored(unreduced(network, index))
            rows.append(
                EdgeRow(
                    level=f"${level + 1}$",
                    name=code(edge.name, NAME),
                    source=code(edge.source, NAME),
                    target=code(edge.target, NAME),
                    taps=f"${taps}$",
                    effective="" if effective == taps else f"${effective}$",
                )
            )
    return rows


def level_summary(network: Network) -> list[LevelRow]:
    """One row a level (0 touches the root): its edges, the nodes they enter, the taps of an edge, the parameters."""
    rows = []
    for index, edges in enumerate(network.level_edges):
        targets = len({network.edges[edge].target for edge in edges})
        sizes = sorted({len(network.edges[edge].support) for edge in edges})
        taps = str(sizes[0]) if len(sizes) == 1 else rf"{sizes[0]}\text{{--}}{sizes[-1]}"
        rows.append(
            LevelRow(
                index=index,
                edges=integer_words(len(edges), "edges"),
                targets=integer_words(targets, "nodes"),
                taps=f"${taps}$ tap{'' if sizes == [1] else 's'}",
                parameters=f"${integer(network.parameters[index])}$",
            )
        )
    return rows


def short_taps(network: Network, index: int) -> str:
    """The label of an edge in a picture: its effective taps when short, otherwise how many there are."""
    support = unreduced(network, index)
    if len(support) <= (5 if len(network.group) == 1 else 3):
        return f"${factored(support)}$"
    return f"${integer(len(support))}$ taps"


def unreduced(network: Network, index: int) -> tuple[Tap, ...]:
    """The effective taps of an edge, times dilation and the strides below, before reduction in the group."""
    edge = network.edges[index]
    factor = edge.dilation * prod(network.strides[network.edge_level(index) + 1 :])
    return tuple(tuple(factor * value for value in tap) for tap in edge.support)


def factored(support: Sequence[Tap], dilation: int = 1, limit: int = 6) -> str:
    """A set of taps (mathematics), its common factor taken out when it is above 1."""
    entries = [tuple(dilation * value for value in tap) for tap in support]
    divisor = gcd(*(value for tap in entries for value in tap))
    plain = sum(len(str(value)) for tap in entries for value in tap)
    if divisor < 2 or len(entries) == 1 or plain <= SHORT_SET:
        return _set(entries, limit)
    return rf"{_factor(divisor)}\cdot{_set([tuple(v // divisor for v in tap) for tap in entries], limit)}"


def _factor(value: int) -> str:
    root, exponent = perfect_power(value)
    text = f"{root}^{{{exponent}}}" if exponent > 2 and value > 100 and root < 100 else compact(value)
    return f"({text})" if "+" in text or "-" in text else text


def _set(entries: Sequence[Tap], limit: int) -> str:
    texts = [element(entry) for entry in entries]
    if len(texts) > limit:
        texts = [*texts[: limit - 2], r"\dots", texts[-1]]
    return set_of(texts)


def element(value: Tap) -> str:
    """A group element: a number, or a tuple in parentheses."""
    return integer(value[0]) if len(value) == 1 else "(" + ",".join(integer(entry) for entry in value) + ")"
