"""Peeling rank-one terms off a product with fixed supports (theory 9.4), and again on both sides (9.5).

X Y = sum over the inner nodes s of x_s y_s, with supports I_s x J_s.  The cells of I_s x J_s that no later node covers
must connect all of I_s and J_s: then the entries of the product there determine x_s y_s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from exactfact.model import LimitError

from .placed import Edge, Placed

WORK_LIMIT = 3_000_000  # operations on bit sets
Bits = dict[int, int]


@dataclass(frozen=True)
class Cut:
    """Layers first..last split after layer `cut`: the inner nodes in order, and a spanning tree of cells for each."""

    first: int
    last: int
    cut: int
    order: tuple[int, ...]
    trees: tuple[tuple[Edge, ...], ...]


def peel(
    edges: Placed,
    tick: Callable[[], None] = lambda: None,
    usable: Callable[[int, int], bool] = lambda first, last: True,
) -> list[Cut] | None:
    """Cuts, outermost first, that peel all layers apart; None when some piece has none.  Complete for theory 9.5.

    Only cuts whose sides, intervals of layers first..last, are `usable` are taken.
    Cost: for each piece and cut at most (cells of X) x (inner nodes of a row) operations on bit sets; LimitError.
    """
    known: dict[tuple[int, int], list[Cut] | None] = {}
    spent = 0

    def solve(first: int, last: int) -> list[Cut] | None:
        nonlocal spent
        if first == last:
            return []
        if (first, last) in known:
            return known[first, last]
        middle = (first + last) / 2
        known[first, last] = None
        for cut in sorted(range(first, last), key=lambda c: (abs(c + 0.5 - middle), c)):
            tick()
            if not (usable(first, cut) and usable(cut + 1, last)):
                continue
            left, right = _into(edges, first, cut), _from(edges, cut + 1, last)
            spent += sum(len(nodes) ** 2 for nodes in _rows(left).values())
            if spent > WORK_LIMIT:
                raise LimitError("peeling rank-one terms", f"{spent} operations", f"{WORK_LIMIT}")
            found = _peel_nodes(left, right)
            if found is None:
                continue
            sides = solve(first, cut), solve(cut + 1, last)
            if sides[0] is not None and sides[1] is not None:
                known[first, last] = [Cut(first, last, cut, *found), *sides[0], *sides[1]]
                break
        return known[first, last]

    return solve(0, edges.depth - 1)


def _into(edges: Placed, first: int, cut: int) -> Bits:
    """For each node after layer `cut` the rows of layer `first` that reach it."""
    reached = {row: 1 << row for row, _ in edges.edges[first]}
    for layer in edges.edges[first : cut + 1]:
        following: Bits = {}
        for row, col in layer:
            following[col] = following.get(col, 0) | reached[row]
        reached = following
    return reached


def _from(edges: Placed, after: int, last: int) -> Bits:
    """For each node before layer `after` the columns of layer `last` that it reaches."""
    reached = {col: 1 << col for _, col in edges.edges[last]}
    for layer in reversed(edges.edges[after : last + 1]):
        following: Bits = {}
        for row, col in layer:
            following[row] = following.get(row, 0) | reached[col]
        reached = following
    return reached


def _rows(left: Bits) -> dict[int, list[int]]:
    """For each row the nodes that it reaches."""
    result: dict[int, list[int]] = {}
    for node, bits in sorted(left.items()):
        for row in _ones(bits):
            result.setdefault(row, []).append(node)
    return result


def _peel_nodes(left: Bits, right: Bits) -> tuple[tuple[int, ...], tuple[tuple[Edge, ...], ...]] | None:
    """Greedy order: any node whose free cells connect it is taken, which only frees cells of the others."""
    rows = _rows(left)
    crowded = {row: _crowded(nodes, right) for row, nodes in rows.items()}
    waiting, order, trees = sorted(left), list[int](), list[tuple[Edge, ...]]()
    while waiting:
        stuck = []
        for node in waiting:
            free = {row: right[node] & ~crowded[row] for row in _ones(left[node])}
            tree = _spanning_tree(free, right[node])
            if tree is None:
                stuck.append(node)
                continue
            order.append(node)
            trees.append(tree)
            for row in free:
                rows[row].remove(node)
                crowded[row] = _crowded(rows[row], right)
        if len(stuck) == len(waiting):
            return None
        waiting = stuck
    return tuple(order), tuple(trees)


def _crowded(nodes: list[int], right: Bits) -> int:
    """The columns that two of the nodes reach."""
    once = twice = 0
    for node in nodes:
        twice |= once & right[node]
        once |= right[node]
    return twice


def _spanning_tree(free: Bits, columns: int) -> tuple[Edge, ...] | None:
    """Cells (row, column) of a spanning tree of all rows and columns, or None."""
    waiting = sorted(free)
    start = waiting.pop(0)
    reached, tree = free[start], [(start, col) for col in _ones(free[start])]
    while waiting:
        joined = [row for row in waiting if free[row] & reached]
        if not joined:
            return None
        for row in joined:
            link = free[row] & reached
            new = free[row] & ~reached | link & -link
            tree += [(row, col) for col in _ones(new)]
            reached |= free[row]
        done = set(joined)
        waiting = [row for row in waiting if row not in done]
    return tuple(tree) if reached == columns else None


def _ones(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
