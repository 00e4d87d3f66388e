"""Networks as the terms of `Definitions.v`: nodes are numbers, the root 0; a level lists the taps of all its edges.

Taps are those after dilation and strides.  Edges have no names: parallel ones only add taps.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from exactfact.model import Network

from .errors import NotExported
from .instance import HEADER, number, numbers

TAP_LIMIT = 50_000
BIT_LIMIT = 10_000

Tap = tuple[int, int, tuple[int, ...]]  # source, target, shift


@dataclass(frozen=True)
class Terms:
    """What the exports of a network need of it; NotExported if its taps or its numbers are too many or too long."""

    network: Network

    def __post_init__(self) -> None:
        taps = sum(self.network.parameters)
        if taps > TAP_LIMIT:
            raise NotExported(f"a network with {taps} taps; the export takes {TAP_LIMIT}")
        shifts = (x for level in self.levels for _, _, shift in level for x in shift)
        if any(x.bit_length() > BIT_LIMIT for x in (*self.network.group, *shifts)):
            raise NotExported(f"a network with numbers of more than {BIT_LIMIT} bits")

    @cached_property
    def nodes(self) -> dict[str, int]:
        """Node -> its number."""
        number = {self.network.root: 0}
        for edge in self.network.edges:
            for node in (edge.target, edge.source):
                number.setdefault(node, len(number))
        return number

    @cached_property
    def levels(self) -> list[list[Tap]]:
        """The taps of each level, in the order of its parameters."""
        edges = self.network.edges
        return [
            [
                (self.nodes[edges[index].source], self.nodes[edges[index].target], shift)
                for index in level
                for shift in self.network.effective_support(index)
            ]
            for level in self.network.level_edges
        ]

    @property
    def one_node(self) -> bool:
        """Whether every hidden level has one node: then equality on the paths is equality modulo scaling."""
        return all(len({source for source, _, _ in level}) == 1 for level in self.levels[:-1])

    def text(self) -> str:
        """The file up to the evidence."""
        shown = ";\n   ".join("[:: " + ";\n       ".join(_tap(*tap) for tap in level) + "]" for level in self.levels)
        return (
            HEADER
            + f"Definition group : seq Z := {numbers(self.network.group)}%coqZ.\n"
            + f"Definition levels : seq (seq tap) :=\n  [:: {shown}].\n"
            + "Definition root : N := 0.\n"
        )

    def boxes(self) -> list[list[tuple[int, int]]]:
        """For each node, coordinate by coordinate, an interval that holds all sums of taps from the root to it."""
        axes = [self._intervals(axis) for axis in range(len(self.network.group))]
        return [[axis[node] for axis in axes] for node in range(len(self.nodes))]

    def _intervals(self, axis: int) -> dict[int, tuple[int, int]]:
        modulus = self.network.group[axis]
        if modulus:
            return dict.fromkeys(self.nodes.values(), (0, modulus - 1))
        found = {0: (0, 0)}
        for level in self.levels:
            for source, target, shift in level:
                low, high = (end + shift[axis] for end in found[target])
                old = found.get(source, (low, high))
                found[source] = (min(low, old[0]), max(high, old[1]))
        return found


def box_terms(boxes: list[list[tuple[int, int]]]) -> str:
    """The boxes as a list by node."""
    shown = ("; ".join(f"({number(low)}, {number(high)})" for low, high in box) for box in boxes)
    return "[:: " + "; ".join(f"[:: {box}]" for box in shown) + "]"


def _tap(source: int, target: int, shift: tuple[int, ...]) -> str:
    return f"Tap {source} {target} {numbers(shift)}%coqZ"
