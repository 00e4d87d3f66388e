"""Exponents of the monomials of phi: v(i) = sum_k e_{k,i_k} in Z^(S_1 + ... + S_K), for the multi-indices i of A.

An edge of layer k is a nonzero entry of some M_k(e_j) that lies on a complete path of nonzero entries; A_i is a sum
over the paths whose edges have the parameters i_1, ..., i_K, so A_i = 0 where there is none.
"""
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ..chains import Matrix
from ..claims import Context
from ..errors import Meter, Text, require
from .gauge import live_layers
from .lattice import Lattice, Vector
from .matrices import multiply

Index = tuple[int, ...]
Edges = list[dict[int, list[tuple[int, int, int]]]]  # for each layer: row -> (column, parameter, integer value)


def edges_of(context: Context) -> Edges:
    """The edges; integer values are those of c_k M_k."""
    result: Edges = []
    for layer in live_layers(context):
        into: dict[int, list[tuple[int, int, int]]] = {}
        for j, matrix in enumerate(layer.matrices):
            for r, row in matrix.items():
                into.setdefault(r, []).extend((c, j, v) for c, v in row.items())
                context.meter.spend(300 * len(row) + 200, "edges")
        result.append(into)
    return result


def require_unique(edges: Edges, meter: Meter) -> None:
    """Reject when two paths share both ends: else every entry of phi is zero or one monomial."""
    for start in edges[0]:
        here = [start]
        for layer in edges:
            meter.spend(200 + 150 * sum(len(layer[row]) for row in here), "paths")
            there = [col for row in here for col, _, _ in layer[row]]
            require(len(set(there)) == len(there), "at most one path from a row to a column",
                    Text(f"two paths from row {start}"))
            here = there


def generators(edges: Edges, meter: Meter) -> list[Index]:
    """Multi-indices of one complete path through every edge; their v span the lattice of the v of all paths.

    With one path to every node and one from every node, b(e) = (path to e) e (path from e), and
    v(path) = sum_k v(b(e_k)) - sum over its inner nodes of v(path to the node, path from it), each some v(b(e)).
    """
    count = sum(len(out) for layer in edges for out in layer.values())
    meter.spend(300 * (len(edges) + 1) * count, "paths")
    meter.hold(2 * len(edges) * count, "paths")
    before: list[dict[int, Index]] = [dict.fromkeys(edges[0], ())]
    for layer in edges:
        reached: dict[int, Index] = {}
        for row, out in layer.items():
            for col, j, _ in out:
                reached.setdefault(col, (*before[-1][row], j))
        before.append(reached)
    after: list[dict[int, Index]] = [dict.fromkeys(before[-1], ())]
    for layer in reversed(edges):
        after.append({row: (out[0][1], *after[-1][out[0][0]]) for row, out in layer.items()})
    after.reverse()
    return list(dict.fromkeys((*before[k][row], j, *after[k + 1][col])
                              for k, layer in enumerate(edges) for row, out in layer.items() for col, j, _ in out))


def starts(sizes: Sequence[int]) -> list[int]:
    """The coordinate of the first parameter of each layer."""
    return [0, *accumulate(sizes)][:len(sizes)]


def exponents(index: Index, offsets: Sequence[int]) -> Vector:
    """v(i) = sum_k e_{k,i_k} in Z^n (theory 7.8), layer k beginning at coordinate offsets[k]."""
    return {offset + j: 1 for j, offset in zip(index, offsets, strict=True)}


def spanned(indices: Sequence[Index], context: Context) -> Lattice:
    """The lattice of the v(i); it cannot grow beyond L_0."""
    sizes = context.spec.parameters
    lattice, offsets = Lattice(sum(sizes), context.meter), starts(sizes)
    for index in indices:
        context.meter.spend(50 * lattice.rank, "a lattice")
        if lattice.everything(context.dimension):
            break
        lattice.add(exponents(index, offsets))
    return lattice


def group(lattice: Lattice, context: Context) -> tuple[int, list[int]]:
    """(f, [d_1, ...]) with L_0 / lattice = Z^f + sum Z/d_i: L_0 has corank K - 1 and Z^n / L_0 is free."""
    return lattice.size - lattice.rank - (len(context.spec.parameters) - 1), lattice.factors()


class Entries:
    """The entries of phi as polynomials; what leads to a column is computed once."""

    def __init__(self, edges: Edges, meter: Meter) -> None:
        self.edges, self.meter = edges, meter
        self.behind: dict[int, list[set[int]]] = {}
        self.held = 0
        meter.spend(500 * sum(len(out) for layer in edges for out in layer.values()), "edges")
        self.into: list[dict[int, set[int]]] = []
        for layer in edges:
            self.into.append({})
            for row, out in layer.items():
                for col, _, _ in out:
                    self.into[-1].setdefault(col, set()).add(row)
        self.bits = [max((v.bit_length() for out in layer.values() for _, _, v in out), default=0) for layer in edges]

    def terms(self, start: int, end: int) -> dict[Index, int]:
        """The entry (start, end) of phi, times all c_k: multi-index -> nonzero integer coefficient, exactly."""
        partial: dict[tuple[Index, int], int] = {((), start): 1}
        bits = 1
        for depth, (layer, allowed) in enumerate(zip(self.edges, self._allowed(end), strict=True)):
            work = sum(len(layer.get(row, ())) for _, row in partial)
            bits += self.bits[depth] + work.bit_length()
            each = 400 + 20 * depth + bits // 8 + bits * bits // 1000
            self.meter.spend(200 + each * (work + len(partial)), "terms of an entry")
            self.meter.hold(work * (depth + 3 + bits // 64), "terms of an entry")
            following: dict[tuple[Index, int], int] = {}
            for (prefix, row), weight in partial.items():
                for col, j, value in layer.get(row, ()):
                    if col in allowed:
                        key = ((*prefix, j), col)
                        following[key] = following.get(key, 0) + weight * value
            partial = following
        return {index: weight for (index, _), weight in partial.items() if weight}

    def _allowed(self, end: int) -> list[set[int]]:
        """For each layer the columns from which `end` is reached."""
        if end not in self.behind:
            behind = [{end}]
            for into in reversed(self.into[1:]):
                self.meter.spend(100 * sum(len(into.get(col, ())) for col in behind[-1]) + 200, "terms of an entry")
                behind.append({row for col in behind[-1] for row in into.get(col, ())})
            self.behind[end] = behind[::-1]
            self.held += sum(map(len, behind)) + len(behind)
            self.meter.hold(self.held, "terms of an entry")
        return self.behind[end]


def nonzero_columns(context: Context) -> Iterator[Index]:
    """The multi-indices i with A_i != 0 over the spec's field, by exact products of prefixes."""
    layers = [layer.matrices for layer in live_layers(context)]
    stack: list[tuple[Index, Matrix | None, int]] = [((), None, 0)]
    held = 0
    while stack:
        prefix, matrix, words = stack.pop()
        held -= words
        if len(prefix) == len(layers):
            yield prefix
            continue
        for j, factor in enumerate(layers[len(prefix)]):
            product = factor if matrix is None else multiply(matrix, factor, context.p, context.meter)
            context.meter.spend(500 + 200 * sum(map(len, product.values())), "columns")
            if product:
                words = len(prefix) + 10
                words += sum(2 + v.bit_length() // 64 for row in product.values() for v in row.values())
                held += words
                stack.append(((*prefix, j), product, words))
        context.meter.hold(held, "columns")
