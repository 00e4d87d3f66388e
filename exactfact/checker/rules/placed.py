"""Rule 9.3, its hypothesis: layers whose parameters sit at distinct entries, the edges of a layered graph.

Entries on no complete path of nonzero entries are left out: the product is the same. Then every parameter must have
exactly one entry, and no two parameters of a layer the same one: all edges are live, and so are all nodes.
Source: theory 9.3. Cost: the entries of the layers.
"""
from ..chains import Matrix
from ..claims import Context
from ..errors import Text, require
from ..families import whole
from .gauge import live_layers
from .matrices import linear
from .witness import integers

Edges = list[list[tuple[int, int]]]


def read_edges(context: Context) -> Edges:
    """For each layer the entry (row, column) of every parameter; `Rejected` when they are not so."""
    result: Edges = []
    for k, layer in enumerate(live_layers(context)):
        cells = [[(r, c) for r, row in m.items() for c in row] for m in layer.matrices]
        context.meter.spend(500 * sum(map(len, cells)) + 500 * len(cells), "edges")
        many = next((len(cell) for cell in cells if len(cell) != 1), 1)
        require(many == 1, f"every parameter of layer {k} at exactly one live entry", Text(f"one at {many}"))
        edges = [cell[0] for cell in cells]
        require(len(set(edges)) == len(edges), f"the parameters of layer {k} at different entries",
                Text("two at one entry"))
        result.append(edges)
    return result


def hidden(edges: Edges) -> int:
    """H: the number of nodes that live edges meet at the inner interfaces (theory 9.0)."""
    return sum(len({c for _, c in layer}) for layer in edges[:-1])


def require_dimension(value: object, edges: Edges) -> None:
    """The orbits of the rescalings of hidden nodes on classes: their number less the K - 1 scalings."""
    dimension = hidden(edges) - (len(edges) - 1)
    whole(value, "dimension", dimension, dimension + 1)


def point_matrices(context: Context) -> list[Matrix]:
    """The live layers at h*, up to factors, for an h* without zero entries."""
    h = context.point()
    for k, vector in enumerate(h):
        require(all(vector), "h* without zero entries", Text(f"a zero in layer {k}"))
    numbers = integers(h, context)[1]
    layers = live_layers(context)
    return [linear(layer.matrices, x, context.p, context.meter) for layer, x in zip(layers, numbers, strict=True)]
