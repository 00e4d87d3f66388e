"""The section that says what the architecture is: formula, table of layers or edges, models and point."""

from __future__ import annotations

from exactfact.model import Architecture, Network, SparsityModel
from exactfact.reporting.escape import code
from exactfact.reporting.explicit import explicit
from exactfact.reporting.network_notation import MOST_ROWS, edge_rows, group, level_summary
from exactfact.reporting.notation import LayerRow, families, integer_words, layer_rows, product_formula
from exactfact.reporting.numerals import compact, integer, set_of
from exactfact.reporting.subject import Subject, field_symbol
from exactfact.reporting.tables import booktabs, display, paragraphs
from exactfact.reporting.vectors import vector

LONG_TABLE = 28
MOST_VECTORS = 12
ENDS = (14, 8)
WIDE_OPERATOR = 110


def section(subject: Subject) -> str:
    """LaTeX of the section, without the picture."""
    architecture = subject.architecture
    body = _chain(architecture) if architecture.network is None else _network(architecture, architecture.network)
    return "\n\n".join(part for part in (body, _models(architecture), _point(subject)) if part)


def _ground(architecture: Architecture) -> str:
    symbol = field_symbol(architecture.field.name)
    return rf"All coefficients lie in ${symbol}$."


def _chain(architecture: Architecture) -> str:
    count = len(architecture.parametric)
    factors = integer_words(count, "factors", spelled=True)
    opening = rf"A product of {factors} with parameters, {display(product_formula(architecture) + ',')}\noindent"
    rows = layer_rows(architecture)
    named = any(row.name for row in rows)
    rows = _shortened(rows)
    long = any(len(row.operator) > WIDE_OPERATOR for row in rows)
    wide = paragraphs(0.52) if long else "l"
    header = ["factor", *(["name"] if named else []), "operator", "size", "$S_k$", "place in file"]
    cells = [
        [row.symbol, *([row.name] if named else []), row.operator, row.size, row.parameters, row.index] for row in rows
    ]
    table = booktabs(("ll" if named else "l") + wide + "rrc", header, cells)
    listed = families(architecture)
    formulas = (
        "\n".join(
            rf"\par\noindent\hangindent=1.5em \textit{{{name}}}: {formula}{'.' if place == len(listed) else ';'}"
            for place, (name, formula) in enumerate(listed, start=1)
        )
        + r"\par\noindent"
    )
    return "\n".join(
        [
            opening,
            r"with the following operators; $S_k$ is the number of parameters of the $k$-th. " + _ground(architecture),
            table,
            r"\noindent Entry by entry, with $h$ the parameters of the layer:",
            formulas,
            *([r"Written out,", written] if (written := explicit(architecture)) else []),
        ]
    )


def _shortened(rows: list[LayerRow]) -> list[LayerRow]:
    if len(rows) <= LONG_TABLE:
        return rows
    dots = LayerRow(*[r"$\vdots$"] * 6)
    return [*rows[: ENDS[0]], dots, *rows[-ENDS[1] :]]


def _network(architecture: Architecture, network: Network) -> str:
    chain = all(len(level) == 1 for level in network.level_edges)
    shape = "a chain" if chain else "a directed graph with levels"
    strided = [(k + 1, t) for k, t in enumerate(network.strides) if t != 1]
    words = [
        (
            rf"A convolutional network of depth $K={network.depth}$ over the group $G={group(network)}$: {shape} with "
            rf"{integer_words(len(network.edges), 'edges', True)}, "
            rf"{integer_words(len(network.hidden), 'hidden nodes', True)} and "
            rf"{integer_words(len(network.leaves), 'leaves', True)}; its root is {code(network.root, 30)}."
        ),
        _ground(architecture),
    ]
    if strided:
        listed = ", ".join(f"${t}$ at level ${k}$" for k, t in strided)
        words.append(f"Strides: {listed}; effective taps are multiplied by the strides of the levels below.")
    if network.signal is not None:
        sizes = r"\times ".join(compact(n) for n in network.signal)
        words.append(f"Input signals have ${sizes}$ samples.")
    return " ".join(words) + "\n" + (_edges(network) if len(network.edges) <= MOST_ROWS else _levels(network))


def _edges(network: Network) -> str:
    rows = edge_rows(network)
    effective = any(row.effective for row in rows)
    header = ["level", "edge", "from", "to", "taps", *(["effective taps"] if effective else [])]
    cells = [
        [row.level, row.name, row.source, row.target, row.taps, *([row.effective or "same"] if effective else [])]
        for row in rows
    ]
    return booktabs("clllll" if effective else "cllll", header, cells, halve=True)


def _levels(network: Network) -> str:
    levels = level_summary(network)
    cells = [[f"${row.index + 1}$", row.edges, row.targets, row.taps, row.parameters] for row in levels]
    if len(cells) > MOST_ROWS:
        cells = [*cells[: MOST_ROWS // 2 - 1], [r"$\vdots$"] * 5, *cells[-MOST_ROWS // 2 :]]
    return booktabs("clllr", ["level", "edges", "nodes entered", "taps of an edge", "$S_k$"], cells, halve=True)


def _models(architecture: Architecture) -> str:
    if not architecture.models:
        return ""
    items = "; ".join(_model(architecture, model) for model in architecture.models[:12])
    more = "; and so on" if len(architecture.models) > 12 else ""
    return rf"\noindent Sparsity model: {items}{more}."


def _model(architecture: Architecture, model: SparsityModel) -> str:
    if architecture.network is not None:
        place = f"edge {code(architecture.network.edges[model.layer].name, 24)}"
    else:
        place = f"layer $k={architecture.parametric.index(model.layer) + 1}$"
    if model.supports is None:
        return f"{place} has at most {integer_words(model.sparsity or 0)} that are not zero"
    shown = [f"${_support(support)}$" for support in model.supports[:6]]
    text = f"the support of {place} lies in " + " or ".join(shown)
    return text + (f" or one of ${integer(len(model.supports) - 6)}$ more" if len(model.supports) > 6 else "")


def _support(support: tuple[int, ...]) -> str:
    dots = [r"\dots"] if len(support) > 8 else []
    return set_of([*map(integer, support[:8]), *dots])


def _point(subject: Subject) -> str:
    point = subject.architecture.point
    if point is None:
        return ""
    shown = [rf"$h^*_{{{place}}}={vector(values)}$" for place, values in enumerate(point[:MOST_VECTORS], start=1)]
    more = ", and so on" if len(point) > MOST_VECTORS else ""
    return r"\noindent The given point $h^*$ is " + ",\\quad ".join(shown) + more + "."
