"""Connected components of a chain: A is block diagonal, one block for each.

Vertices are the indices of the interfaces and the parameters of the layers; a nonzero entry (r, c) of M_k(e_j) joins
row r of interface k, column c of interface k + 1 and parameter (k, j). A column of A with parameters of several
components is zero, and one inside a component meets only cells in its rows and columns: so rank A is the sum of the
ranks of the components (theory 2.7c; the vertices of its graph are grouped more coarsely here, which is safe).
"""
from ..chains import Layer
from ..claims import Context

Vertex = tuple[int, int]


def reached(layers: tuple[Layer, ...], context: Context) -> tuple[Layer, ...]:
    """The layers without the entries in rows that no product of the layers before them reaches: A is the same."""
    result, alive = [], None
    for layer in layers:
        context.meter.spend(200 * sum(len(row) for m in layer.matrices for row in m.values()) + 1000, "supports")
        kept = layer.matrices if alive is None else tuple(
            {r: row for r, row in m.items() if r in alive} for m in layer.matrices)
        result.append(Layer(layer.rows, layer.cols, layer.denominator, kept))
        alive = {c for m in kept for row in m.values() for c in row}
    return tuple(result)


def components(layers: tuple[Layer, ...], context: Context) -> list[tuple[Layer, ...]]:
    """The chains of the components of reached layers with a parameter in each, by their least row; indices are kept.

    Parameters of a component keep their order.
    """
    parent: dict[Vertex, Vertex] = {}

    def find(x: Vertex) -> Vertex:
        root = parent.setdefault(x, x)
        while parent[root] != root:
            root = parent[root]
        while parent[x] != root:
            parent[x], x = root, parent[x]
        return root

    depth = len(layers)
    for k, layer in enumerate(layers):
        for j, matrix in enumerate(layer.matrices):
            context.meter.spend(3000 * sum(map(len, matrix.values())) + 1000, "components")
            home = depth + 1 + k, j
            for r, row in matrix.items():
                parent[find((k, r))] = find(home)
                for c in row:
                    parent[find((k + 1, c))] = find(home)
    members: dict[Vertex, list[list[int]]] = {}
    for k, layer in enumerate(layers):
        for j, matrix in enumerate(layer.matrices):
            if matrix:
                members.setdefault(find((depth + 1 + k, j)), [[] for _ in layers])[k].append(j)
    parts = [tuple(Layer(x.rows, x.cols, 1, tuple(x.matrices[j] for j in chosen))
                   for x, chosen in zip(layers, group, strict=True)) for group in members.values() if all(group)]
    return sorted(parts, key=lambda part: min(r for matrix in part[0].matrices for r in matrix))


def rows_of_components(layers: tuple[Layer, ...], context: Context) -> list[set[int]]:
    """The rows of the product that each component meets."""
    parts = components(reached(layers, context), context)
    return [{r for matrix in part[0].matrices for r in matrix} for part in parts]
