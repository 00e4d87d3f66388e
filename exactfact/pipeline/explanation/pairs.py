"""The two parameter vectors of a refutation, and their common product, as short lines: nonzero entries only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exactfact.certificate.numbers import decode_number
from exactfact.certificate.witnesses import witness
from exactfact.lifting.chain import build_chain, evaluate
from exactfact.lifting.network_phi import phi
from exactfact.model import Architecture, LimitError, Network

from .case import Case, counted, layer_name, listed

WHOLE = 6  # shorter vectors are written in full
SHOWN = 4
LINES = 6
SIDE = 4
ENTRY_LIMIT = 200_000
DIGITS = 30

Vector = Sequence[Any]


def pair(case: Case) -> list[str]:
    """h and g of a refutation, part by part, with their product; [] when no pair is exhibited."""
    found = witness(case.claim, case.network)
    if found is None:
        return []
    h, g = found["h"], found["g"]
    lines = [*_kind(case, h, g), *_vectors(list(_parts(case.architecture, found)))]
    product = _product(case.architecture, h)
    return [*lines, *([f"Both give {product}."] if product else [])]


def _kind(case: Case, h: Sequence[Vector], g: Sequence[Vector]) -> Iterator[str]:
    """What makes the pair a pair: colliding paths, a zero column, proportional columns."""
    if "paths" in case.evidence and case.network is not None:
        yield _paths(case.network, case.evidence)
    elif not any(any(map(decode_number, layer)) for layer in g):
        yield "The product of h is zero although no layer of h is: g = 0 gives the same product."
    elif all(_single(layer) is not None for layer in (*h, *g)) and case.network is None:
        one, other = (tuple(_single(layer) for layer in point) for point in (h, g))
        yield (
            f"Choosing one parameter in each layer, those numbered {_index(one)} and those numbered {_index(other)} "
            f"give proportional products: two columns of the lifted map are proportional."
        )
    else:
        yield "Two parameter vectors that no rescaling of the layers makes equal give the same product."


def _single(layer: Vector) -> int | None:
    """The place of the only nonzero entry."""
    places = [j for j, value in enumerate(layer) if decode_number(value)]
    return places[0] if len(places) == 1 else None


def _index(places: Sequence[int | None]) -> str:
    return f"({listed(places, 12).replace(' and ', ', ')})"


def _paths(network: Network, evidence: Mapping[str, Any]) -> str:
    """The two paths of taps and their common sum (10.1)."""
    edges = {edge.name: index for index, edge in enumerate(network.edges)}
    sums = []
    for path in evidence["paths"]:
        total = [0] * len(network.group)
        for name, tap in path:
            for axis, value in enumerate(network.effective_support(edges[name])[tap]):
                total[axis] += value
        sums.append(tuple(value % n if n else value for value, n in zip(total, network.group, strict=True)))
    common = sums[0][0] if len(sums[0]) == 1 else sums[0]
    one, other = evidence["paths"]
    steps = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    walks = [_walk(network, [pair[side] for pair in steps], edges) for side in (0, 1)]
    rest = len(one) - len(steps)
    same = f"; the other {counted(rest, 'edge')} with the same taps" if rest else ""
    leaf = evidence["leaf"]
    return f"Two paths of taps from leaf {leaf!r} to the root have the same sum {common}: {' and '.join(walks)}{same}."


def _walk(network: Network, path: Sequence[Sequence[Any]], edges: Mapping[str, int]) -> str:
    """The taps of a path, with dilation and strides: `(conv10 at 512, conv9 at 0)`."""
    steps = []
    for name, place in path:
        tap = network.effective_support(edges[name])[place]
        steps.append(f"{name} at {tap[0] if len(tap) == 1 else tap}")
    return f"({', '.join(steps if len(steps) <= 12 else [*steps[:11], f'... {len(steps)} edges'])})"


def _parts(architecture: Architecture, found: Mapping[str, Any]) -> Iterator[tuple[str, Vector, Vector]]:
    """(name, values in h, values in g) for each layer, or edge of a network."""
    if "edges" in found:
        for name, values in found["edges"]["h"].items():
            yield f"edge {name!r}", values, found["edges"]["g"][name]
        return
    for k, (left, right) in enumerate(zip(found["h"], found["g"], strict=True)):
        yield layer_name(architecture, k), left, right


def _vectors(parts: list[tuple[str, Vector, Vector]]) -> Iterator[str]:
    """One line a part; parts where h and g agree, and many parts, are summed up."""
    origin = not any(decode_number(value) for _, _, right in parts for value in right)
    differing = [part for part in parts if list(part[1]) != list(part[2])]
    for name, left, right in differing[:LINES]:
        yield f"{name}: h = {vector(left)}" + ("" if origin else f", g = {vector(right)}")
    if len(differing) > LINES:
        yield f"and {len(differing) - LINES} more parts where they differ"
    equal = [part for part in parts if list(part[1]) == list(part[2]) and any(map(decode_number, part[1]))]
    for name, left, _ in equal[: LINES // 2]:
        yield f"{name}: h = g = {vector(left)}"
    if len(equal) > LINES // 2:
        yield f"and {len(equal) - LINES // 2} more parts where they agree"


def vector(values: Vector) -> str:
    """A vector in full when it is short, otherwise its first nonzero entries and how many there are."""
    if len(values) <= WHOLE:
        return f"({', '.join(_number(value) for value in values)})"
    nonzero = [(j, value) for j, value in enumerate(values) if decode_number(value)]
    if not nonzero:
        return "0"
    shown = ", ".join(f"{_number(value)} at {j}" for j, value in nonzero[:SHOWN])
    more = f", {len(nonzero) - SHOWN} more nonzero" if len(nonzero) > SHOWN else ""
    return f"({shown}{more}; 0 elsewhere, {len(values)} entries)"


def _number(value: Any) -> str:
    text = str(value)
    return text if len(text) <= DIGITS else f"a number of {len(text)} characters"


def _product(architecture: Architecture, h: Sequence[Vector]) -> str:
    """phi(h) when that is short to write."""
    exact = [[decode_number(value) for value in layer] for layer in h]
    try:
        if architecture.network is not None:
            return _blocks(phi(architecture.network, exact, architecture.field, ENTRY_LIMIT))
        chain = build_chain(architecture, ENTRY_LIMIT)
    except LimitError:
        return ""
    cells = {
        (chain.labels[0][row], chain.labels[-1][col]): value for (row, col), value in evaluate(chain, exact).items()
    }
    rows, cols = chain.widths[0], chain.widths[-1]
    if not cells:
        return f"the zero matrix ({rows} x {cols})"
    if max(rows, cols) <= SIDE:
        lines = [", ".join(_number(cells.get((row, col), 0)) for col in range(cols)) for row in range(rows)]
        return f"the matrix [{'; '.join(lines)}]"
    if len(cells) > SHOWN:
        return f"{_article(rows)} {rows} x {cols} matrix with {len(cells)} nonzero entries"
    shown = ", ".join(f"{_number(value)} at {cell}" for cell, value in sorted(cells.items()))
    return f"the {rows} x {cols} matrix with {shown}"


def _article(number: int) -> str:
    return "an" if str(number)[0] == "8" or number in (11, 18) else "a"


def _blocks(values: Mapping[tuple[str, tuple[int, ...]], Any]) -> str:
    if not values:
        return "the zero operator"
    if len(values) > SHOWN:
        return f"an operator with {counted(len(values), 'nonzero coefficient')}"
    shown = [
        f"{_number(value)} at shift {place[0] if len(place) == 1 else place} of leaf {leaf!r}"
        for (leaf, place), value in sorted(values.items())
    ]
    return listed(shown)
