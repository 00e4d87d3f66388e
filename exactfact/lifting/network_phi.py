"""phi(h) of a convolutional network at a given point, exactly: the blocks of all leaves as sparse functions on G.

The product of a path is the convolution of its kernels; the block of a leaf is the sum over its paths, kept as
{(leaf, x): value}.  Prefixes travel from the root; nothing of size |G| is formed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from exactfact.model import Field, LimitError, Network, Number

from .box import Element

Kernel = dict[Element, Number]
Point = Sequence[Sequence[Number]]
Values = dict[tuple[str, Element], Number]

# Products of a coefficient with a tap.
TERM_LIMIT = 2_000_000


def edge_kernels(network: Network, h: Point) -> tuple[Kernel, ...]:
    """The kernel of every edge at the point h (one list a level): {effective tap: nonzero value}."""
    kernels: list[Kernel] = [{} for _ in network.edges]
    for edges, values in zip(network.level_edges, h, strict=True):
        for e in edges:
            taps, start = network.effective_support(e), network.offset(e)
            mine = values[start : start + len(taps)]
            kernels[e] = {tap: value for tap, value in zip(taps, mine, strict=True) if value}
    return tuple(kernels)


def reducer(field: Field) -> Callable[[Number], Number]:
    """Reduction of an exact number to the field's canonical form: the identity over QQ, mod p over GF(p)."""
    p = field.characteristic
    if not p:
        return lambda value: value
    return lambda value: int(value) % p


def convolve(left: Kernel, right: Kernel, group: tuple[int, ...], reduce: Callable[[Number], Number]) -> Kernel:
    """The product in the group algebra, zeros dropped.  Cost: the product of the two sizes."""
    out: Kernel = {}
    for x, value in left.items():
        for y, factor in right.items():
            place = tuple((a + b) % n if n else a + b for a, b, n in zip(x, y, group, strict=True))
            out[place] = out.get(place, 0) + value * factor
    return {place: reduced for place, value in out.items() if (reduced := reduce(value))}


def add(total: Kernel, part: Kernel, reduce: Callable[[Number], Number]) -> None:
    """total += part in place, entries through `reduce`; a position whose sum is 0 is removed."""
    for place, value in part.items():
        reduced = reduce(total.get(place, 0) + value)
        if reduced:
            total[place] = reduced
        else:
            total.pop(place, None)


def prefixes(
    network: Network, kernels: Sequence[Kernel], field: Field, limit: int = TERM_LIMIT
) -> list[dict[str, Kernel]]:
    """By level k = 0..K: {node at distance k from the root: sum over its paths of the convolution of their kernels}.

    Raises LimitError when more than `limit` terms would be multiplied.
    """
    reduce = reducer(field)
    levels: list[dict[str, Kernel]] = [{network.root: {(0,) * len(network.group): 1}}]
    work = 0
    for edges in network.level_edges:
        level: dict[str, Kernel] = {}
        for e in edges:
            edge = network.edges[e]
            below = levels[-1][edge.target]
            work += len(below) * len(kernels[e])
            if work > limit:
                raise LimitError("terms of the network's product", work, limit)
            add(level.setdefault(edge.source, {}), convolve(below, kernels[e], network.group, reduce), reduce)
        levels.append(level)
    return levels


def phi(network: Network, h: Point, field: Field, limit: int = TERM_LIMIT) -> Values:
    """The nonzero values {(leaf, x): phi_leaf(h)(x)} at the point h, one list of numbers a level.

    Raises LimitError beyond `limit` products.  Source: theory 10, setting.
    """
    last = prefixes(network, edge_kernels(network, h), field, limit)[-1]
    return {(leaf, x): value for leaf, kernel in last.items() for x, value in kernel.items()}
