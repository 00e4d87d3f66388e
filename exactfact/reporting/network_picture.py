"""TikZ: the directed graph of a network, from the leaves to the root, its edges labelled by their taps.

Up to 40 edges are drawn one by one (a chain in rows that wind down the page); a larger network as one box a level.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from exactfact.model import Network
from exactfact.reporting.escape import latex
from exactfact.reporting.network_layout import Point, layered, snake
from exactfact.reporting.network_notation import level_summary, short_taps
from exactfact.reporting.numerals import integer

LINE_WIDTH = 15.2  # centimetres
MOST_EDGES = 40
NAME_LENGTH = 14
LETTER = 0.15  # width of a letter of a node's name
GLYPH = 0.115  # width of a character of an edge's label
MOST_LEVELS = 14


def network_picture(network: Network) -> tuple[str, str]:
    """(TikZ picture, sentence below it): a chain, a graph, or one box a level above MOST_EDGES edges."""
    if len(network.edges) > MOST_EDGES:
        return _schematic(network), "The network, one box a level, from the leaves (left) to the root."
    if all(len(level) == 1 for level in network.level_edges):
        return _chain(
            network
        ), "The network: signals flow from the leaf to the root along the arrows, which carry their taps."
    return _graph(network), "The network: signals flow from the leaves (left) to the root; edges carry their taps."


def _chain(network: Network) -> str:
    order = sorted(network.node_level, key=lambda node: -network.node_level[node])
    edges = [network.level_edges[k][0] for k in range(network.depth - 1, -1, -1)]
    labels = [short_taps(network, edge) for edge in edges]
    step = max(1.15, max(map(_label_width, labels)) + 0.35 + max(map(_node_width, order)))
    most = max(2, int((LINE_WIDTH - 0.6 - max(map(_label_width, labels))) / step))
    lines = -(-len(edges) // (most + 1))
    per_row = most if lines > 1 else len(edges)
    if lines > 1:
        per_row = max(2, -(-(len(edges) + 1) // lines) - 1)
    gap = round(max(step, min(2.3, (LINE_WIDTH - 1) / max(per_row, 1))), 3)
    return _drawn(network, snake(order, per_row, gap, 1.15), dict(zip(edges, labels, strict=True)))


def _graph(network: Network) -> str:
    labels = {index: short_taps(network, index) for index in range(len(network.edges))}
    shared = _shared(network, labels)
    widest = max(map(_label_width, labels.values()))
    names = max(map(_node_width, network.node_level))
    gap = round(min(5.0, max(widest + names + 0.7, 2.2)), 3)
    per_level: dict[int, int] = defaultdict(int)
    for level in network.node_level.values():
        per_level[level] += 1
    crowd = max(per_level.values())
    separation = 1.25 if crowd <= 4 else 0.95 if crowd <= 8 else 0.72 if crowd <= 12 else 0.57
    roomy = min((LINE_WIDTH - names) / network.depth, 0.55 * crowd * separation)
    gap = round(max(gap, roomy), 3)
    places = layered(network, gap, separation)
    picture = _drawn(network, places, {index: "" if index in shared else label for index, label in labels.items()})
    lowest = min(y for _, y in places.values()) - 0.55
    once = dict.fromkeys((round(gap * (network.depth - 0.5 - k), 3), label) for k, label in shared.values())
    notes = [rf"\node[font=\tiny] at ({x},{lowest:.3f}) {{each: {label}}};" for x, label in once]
    return "\n".join([*picture.splitlines()[:-1], *notes, r"\end{tikzpicture}"])


def _shared(network: Network, labels: dict[int, str]) -> dict[int, tuple[int, str]]:
    """Edges of densely wired levels whose edges carry the same taps: (level, label), printed once for the level."""
    found = {}
    for level, edges in enumerate(network.level_edges):
        sources = {network.edges[edge].source for edge in edges}
        if len(edges) > max(4, len(sources)) and len({labels[edge] for edge in edges}) == 1:
            found.update({edge: (level, labels[edge]) for edge in edges})
    return found


def _drawn(network: Network, places: dict[str, Point], labels: dict[int, str]) -> str:
    number = {node: index for index, node in enumerate(places)}
    lines = [r"\begin{tikzpicture}[efnetwork]"]
    for node, (x, y) in places.items():
        style = _style(network, node)
        lines.append(rf"\node[{style}] (n{number[node]}) at ({x:.3f},{y:.3f}) {{{_name(node)}}};")
    twins: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, edge in enumerate(network.edges):
        twins[edge.source, edge.target].append(index)
    for (source, target), members in twins.items():
        for position, index in enumerate(members):
            ends = (number[source], number[target])
            bend = 0 if len(members) == 1 else round(-22 + 44 * position / (len(members) - 1))
            lines.append(_arrow(ends, labels[index], bend, vertical=abs(places[source][0] - places[target][0]) < 0.01))
    return "\n".join([*lines, r"\end{tikzpicture}"])


def _arrow(ends: tuple[int, int], label: str, bend: int, *, vertical: bool) -> str:
    """One edge; parallel ones bend apart, labels stand outside the line they belong to."""
    curve = f"to[bend left={bend}]" if bend else "--"
    side = "right=1pt" if vertical else "sloped,above=-1pt"
    if bend < 0 and not vertical:
        side = "sloped,below=-1pt"
    words = f" node[eftaps,{side}] {{{label}}}" if label else ""
    return rf"\draw[efedge] (n{ends[0]}) {curve}{words} (n{ends[1]});"


def _style(network: Network, node: str) -> str:
    if node == network.root:
        return "efroot"
    return "efleaf" if node in network.leaves else "efhidden"


def _name(node: str) -> str:
    return latex(node, NAME_LENGTH, breakable=False)


def _node_width(node: str) -> float:
    unseen = _name(node).count(r"\efunknown")
    return 0.3 + LETTER * (min(len(node), NAME_LENGTH) + 7 * unseen)


def _label_width(label: str) -> float:
    """A rough width in centimetres of a label in tiny type: LaTeX commands count as one character."""
    plain = 0
    skip = False
    for character in label:
        if character == "\\":
            skip, plain = True, plain + 1
        elif skip and character.isalpha():
            continue
        else:
            skip = False
            plain += character not in "${}^ "
    return GLYPH * plain


def _schematic(network: Network) -> str:
    """A box for every level with its number of nodes, arrows with the edges and their taps, in winding rows."""
    levels = level_summary(network)
    boxes: list[str] = [f"${integer(len(network.leaves))}$ {'leaf' if len(network.leaves) == 1 else 'leaves'}"]
    arrows: list[str] = []
    for level in reversed(levels):
        arrows.append(rf"{level.edges}\\{level.taps}")
        boxes.append("root" if level.index == 0 else level.targets)
    boxes, arrows = _elided(boxes, arrows)
    places = snake([str(index) for index in range(len(boxes))], 4, 3.6, 1.7)
    lines = [r"\begin{tikzpicture}[efnetwork]"]
    for index, box in enumerate(boxes):
        x, y = places[str(index)]
        style = "efroot" if index == len(boxes) - 1 else "efleaf" if index == 0 else "efhidden"
        lines.append(rf"\node[{style},eflevel] (n{index}) at ({x:.3f},{y:.3f}) {{{box}}};")
    for index, text in enumerate(arrows):
        vertical = abs(places[str(index)][0] - places[str(index + 1)][0]) < 0.01
        side = "right=2pt,align=left" if vertical else "above=0pt"
        lines.append(rf"\draw[efedge] (n{index}) -- node[eftaps,align=center,{side}] {{{text}}} (n{index + 1});")
    return "\n".join([*lines, r"\end{tikzpicture}"])


def _elided(boxes: Sequence[str], arrows: Sequence[str]) -> tuple[list[str], list[str]]:
    """The two ends of a deep network, with dots between."""
    if len(arrows) <= MOST_LEVELS:
        return list(boxes), list(arrows)
    half = MOST_LEVELS // 2
    hidden = integer(len(arrows) - 2 * half)
    middle = rf"${hidden}$ more\\levels"
    return [*boxes[: half + 1], *boxes[-half:]], [*arrows[:half], middle, *arrows[-half + 1 :]]
