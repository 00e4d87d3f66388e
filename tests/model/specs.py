"""Random architectures for the property tests of the model."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from exactfact import model as m

SMALL = st.integers(1, 4)
NUMBERS = st.fractions(max_denominator=12) | st.integers(-(2**70), 2**70) | st.just(Fraction(2**60, 11))
NAMES = st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=8)


@st.composite
def entries(draw):
    rows, cols, parameters = draw(SMALL), draw(SMALL), draw(SMALL)
    cell = st.tuples(st.integers(0, rows - 1), st.integers(0, cols - 1), st.integers(0, parameters - 1), NUMBERS)
    return m.entries(rows, cols, parameters, draw(st.lists(cell, max_size=4)))


@st.composite
def circulant(draw):
    size = draw(st.lists(SMALL, min_size=1, max_size=2))
    taps = st.tuples(*(st.integers(-(2**52), 2**52) for _ in size))
    key = lambda tap: tuple(s % n for s, n in zip(tap, size, strict=True))  # noqa: E731
    return m.circulant(size, draw(st.lists(taps, min_size=1, max_size=3, unique_by=key)))


@st.composite
def matrix(draw, rows=None, cols=None):
    rows, cols = rows or draw(SMALL), cols or draw(SMALL)
    return draw(st.lists(st.lists(NUMBERS, min_size=cols, max_size=cols), min_size=rows, max_size=rows))


@st.composite
def basis(draw):
    rows, cols = draw(SMALL), draw(SMALL)
    return m.basis(draw(st.lists(matrix(rows, cols), min_size=1, max_size=3)))


@st.composite
def butterfly(draw):
    level = draw(st.integers(0, 2))
    return m.butterfly(2 ** draw(st.integers(level + 1, 4)), level)


@st.composite
def convolution(draw):
    sizes = draw(st.lists(st.tuples(st.integers(4, 6), st.integers(1, 2)), min_size=1, max_size=2))
    steps = draw(st.tuples(SMALL, SMALL, SMALL, st.integers(1, 3)))
    lengths, kernels = zip(*sizes, strict=True)
    return m.convolution(lengths, kernels, *steps, draw(st.sampled_from(["valid", "full", "circular"])))


SIMPLE = st.one_of(
    entries(),
    circulant(),
    basis(),
    butterfly(),
    convolution(),
    st.builds(m.full, SMALL, SMALL),
    st.builds(m.diagonal, SMALL, SMALL),
    st.builds(m.hankel, SMALL, SMALL),
    st.builds(m.toeplitz, SMALL, SMALL, st.none() | st.just([0])),
)
LAYERS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.builds(m.block_diagonal, st.lists(inner, min_size=1, max_size=3)),
        st.builds(m.kronecker, SMALL, SMALL, inner),
    ),
    max_leaves=4,
)


@st.composite
def chains(draw):
    """A parametric layer of any family beside fixed matrices that fit, with a model and a point at times."""
    first = draw(LAYERS.filter(lambda layer: layer.cols <= 40 and layer.parameters <= 200))
    second = m.fixed(draw(matrix(rows=first.cols)))
    third = m.full(second.cols, draw(SMALL))
    names = draw(st.lists(NAMES, min_size=3, max_size=3, unique_by=lambda name: name or object()))
    layers = [m.Layer(x.operator, name) for x, name in zip((first, second, third), names, strict=True)]
    models = draw(st.sampled_from([(), (m.SparsityModel(2, sparsity=1),), (m.SparsityModel(0, supports=[[0]]),)]))
    point = [[Fraction(j, 3) for j in range(x.parameters)] for x in (first, third)] if draw(st.booleans()) else None
    return m.Architecture(layers, title=draw(NAMES), models=models, point=point)


@st.composite
def networks(draw):
    """A layered network with one to three levels of one or two nodes, every node on a path."""
    depth, dimension = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    stride = draw(st.lists(st.integers(1, 2), min_size=depth, max_size=depth))
    group = [draw(st.sampled_from([0, 16] if max(stride) == 1 else [16])) for _ in range(dimension)]
    levels = [["r"]] + [[f"n{k}{i}" for i in range(draw(st.integers(1, 2)))] for k in range(depth)]
    support = st.lists(st.tuples(*[st.integers(-1, 0)] * dimension), min_size=1, max_size=2, unique=True)
    edges = []
    for above, below in pairwise(levels):
        pairs = [(s, t) for s in below for t in above]
        edges += [m.Edge(f"e{len(edges) + i}", s, t, draw(support)) for i, (s, t) in enumerate(pairs)]
    edges = draw(st.permutations(edges))
    signal = draw(st.none() | st.just([n or 5 for n in group]))
    network = m.Network(group, "r", edges, signal, stride)
    models = draw(st.sampled_from([(), (m.SparsityModel(0, sparsity=1),)]))
    point = [[Fraction(j, 3) for j in range(n)] for n in network.parameters] if draw(st.booleans()) else None
    return m.Architecture(network, title=draw(NAMES), models=models, point=point)
