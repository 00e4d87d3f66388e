"""Writes the specs of this folder: architectures about which the answer is known from theory.

    python examples/zoo/make_zoo.py [FOLDER]

The same script always writes the same bytes; random coefficients come from seeds named after the files.
`expected.toml` has the answers, and tests/test_zoo.py asks for them.
"""

from __future__ import annotations

import itertools
import math
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import exactfact as ef
from exactfact.model import save

HADAMARD = [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]
LOWER = [[0, 0, 0], [1, 0, 1], [1, 1, 2], [2, 0, 3], [2, 1, 4], [2, 2, 5]]
UPPER = [[0, 0, 0], [0, 1, 1], [0, 2, 2], [1, 1, 3], [1, 2, 4], [2, 2, 5]]
FULL = 32  # entries of a random row
Spec = tuple[str, ef.Architecture]


def main() -> None:
    """Write every spec into the folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, architecture in specs():
        save(architecture, folder / f"{name}.toml")


def specs() -> Iterator[Spec]:
    """All specs with their names."""
    for family in (convolutions, strided, blind, toeplitz, fixed_supports, diagonals, tensors, random_maps):
        yield from family()


def convolutions() -> Iterator[Spec]:
    """Products of polynomials: full 1-D convolutions of a single number, and some of them as networks."""
    chains = ((2, 2), (3, 3), (2, 2, 2), (3, 2, 2), (4, 4), (5, 5), (3, 3, 3), (7, 7), (2,) * 6)
    for sizes in chains:
        name = "-".join(map(str, sizes))
        yield f"convolution-{name}", ef.Architecture(_chain(sizes), title=f"product of polynomials, taps {name}")
    for sizes in ((3, 3), (3, 2, 2)):
        name = "-".join(map(str, sizes))
        yield f"network-{name}", ef.Architecture(_network(sizes), title=f"chain of convolutions, taps {name}")
    point = [[1, 1], [1, 1]]
    yield "square-at-point", ef.Architecture(_chain((2, 2)), title="(1 + x)^2 as a product of two factors", point=point)


def _chain(sizes: Sequence[int], strides: Sequence[int] | None = None, length: int = 1) -> list[ef.Layer]:
    """Full convolutions, the first layer acting last; `strides` in the order of the layers."""
    layers = []
    for size, stride in zip(reversed(sizes), reversed(strides or [1] * len(sizes)), strict=True):
        layers.append(ef.convolution(length, size, stride=stride, padding="full"))
        length = layers[-1].rows
    return layers[::-1]


def _network(sizes: Sequence[int]) -> ef.Network:
    nodes = ["out", *(f"n{k}" for k in range(1, len(sizes))), "in"]
    edges = [
        ef.Edge(f"e{k + 1}", nodes[k + 1], nodes[k], tuple((tap,) for tap in range(size)))
        for k, size in enumerate(sizes)
    ]
    return ef.Network(group=(0,), root="out", edges=tuple(edges), signal=(1,))


def strided() -> Iterator[Spec]:
    """Convolutions that keep every second output: their products see the filters spread."""
    chains = (((3, 3), (1, 2)), ((2, 3), (1, 2)), ((3, 2, 2), (1, 2, 2)), ((2, 2, 3), (1, 2, 2)))
    for sizes, strides in chains:
        name = "-".join(map(str, sizes))
        layers = _chain(sizes, strides, length=9)
        yield f"strided-{name}", ef.Architecture(layers, title=f"convolutions of stride 2 in turn, taps {name}")


def blind() -> Iterator[Spec]:
    """Blind deconvolution in generic subspaces, in the Fourier domain: (B x) o (C y)."""
    for s, t, n in ((4, 4, 7), (4, 4, 8), (4, 4, 12), (6, 6, 12), (8, 8, 16), (20, 30, 50), (60, 60, 120)):
        name = f"blind-{s}-{t}-{n}"
        b, c = (_forms(f"{name}, {side}", n, size) for side, size in (("B", s), ("C", t)))
        filters = [[i, i, j, b[i][j]] for i in range(n) for j in range(s) if b[i][j]]
        signals = [[i, 0, j, c[i][j]] for i in range(n) for j in range(t) if c[i][j]]
        layers = [ef.entries(n, n, s, filters, name="filter"), ef.entries(n, 1, t, signals, name="signal")]
        title = f"blind deconvolution, subspaces of dimensions {s} and {t} in {n}"
        yield name, ef.Architecture(layers, title=title)


def _forms(seed: str, rows: int, cols: int) -> list[list[int]]:
    """Random integer rows; long ones have at most FULL entries that are not zero, to keep the files small."""
    rng = random.Random(seed)
    found = [[0] * cols for _ in range(rows)]
    for row in found:
        for place in range(cols) if cols <= FULL else rng.sample(range(cols), FULL):
            row[place] = rng.randint(-9, 9)
    return found


def toeplitz() -> Iterator[Spec]:
    """Two square Toeplitz factors."""
    for n in (3, 4, 5, 12):
        layers = [ef.toeplitz(n, n, name="left"), ef.toeplitz(n, n, name="right")]
        yield f"toeplitz-{n}", ef.Architecture(layers, title=f"Toeplitz times Toeplitz, {n} x {n}")


def fixed_supports() -> Iterator[Spec]:
    """Butterflies, LU, and factors without any structure."""
    for levels in (2, 3, 4, 6):
        n = 2**levels
        stages = [ef.butterfly(n, level, name=f"stage {level}") for level in range(levels)]
        yield f"butterfly-{n}", ef.Architecture(stages, title=f"butterfly factorization, n = {n}")
    triangles = [ef.entries(3, 3, 6, LOWER, name="L"), ef.entries(3, 3, 6, UPPER, name="U")]
    yield "lu-3", ef.Architecture(triangles, title="LU factorization, 3 x 3")
    yield "dense-2-2-2", ef.Architecture([ef.full(2, 2), ef.full(2, 2)], title="two full factors")
    yield "low-rank-3-2-3", ef.Architecture([ef.full(3, 2), ef.full(2, 3)], title="a 3 x 3 matrix of rank 2")


def diagonals() -> Iterator[Spec]:
    """Diagonal matrices with a known or circulant one between them."""
    layers = [ef.diagonal(4, name="left"), ef.fixed(HADAMARD, name="Hadamard"), ef.diagonal(4, name="right")]
    yield "diagonal-hadamard-diagonal", ef.Architecture(layers, title="unknown gains around a Hadamard matrix")
    for n in (3, 4):
        circulant = ef.circulant(n, list(range(n)), name="circulant")
        layers = [ef.diagonal(n, name="left"), circulant, ef.diagonal(n, name="right")]
        title = f"a circulant between diagonals, n = {n}"
        yield f"diagonal-circulant-diagonal-{n}", ef.Architecture(layers, title=title)
    layers = [ef.circulant(3, [0, 1, 2], name="left"), ef.diagonal(3), ef.circulant(3, [0, 1, 2], name="right")]
    yield "circulant-diagonal-circulant", ef.Architecture(layers, title="a diagonal between circulants, n = 3")


def tensors() -> Iterator[Spec]:
    """Linear maps with a kernel or a support chosen beforehand, as layers (theory 2.1')."""
    for name, observed in (("z2", ("000", "110", "011", "101")), ("z3", ("0001", "0010", "0100", "1000", "1111"))):
        depth = len(observed[0])
        rows = [[int(int(text, 2) == i) for i in range(2**depth)] for text in observed]
        title = f"the coordinates {', '.join(observed)} of a product of {depth} vectors"
        yield f"support-{name}", lifted((2,) * depth, rows, title)
    kernels = {
        "w": {0b001: 1, 0b010: 1, 0b100: 1},
        "ghz": {0b000: 1, 0b111: 1},
        "conjugate": {0b000: 1, 0b011: -1, 0b101: -1, 0b110: -1},
    }
    words = {"w": "W", "ghz": "GHZ", "conjugate": "a tensor of negative hyperdeterminant"}
    for name, tensor in kernels.items():
        yield f"kernel-{name}", lifted((2, 2, 2), orthogonal(tensor, 8), f"kernel spanned by {words[name]}")


def orthogonal(tensor: dict[int, int], size: int) -> list[list[int]]:
    """Rows that span the orthogonal complement of a vector with coefficients 1 and -1."""
    rows = [[int(i == j) for i in range(size)] for j in range(size) if j not in tensor]
    places = list(tensor)
    for a, b in itertools.pairwise(places):
        row = [0] * size
        row[a], row[b] = tensor[b], -tensor[a]
        rows.append(row)
    return rows


def lifted(sizes: Sequence[int], rows: Sequence[Sequence[int]], title: str) -> ef.Architecture:
    """The architecture whose product is the row vector A vec(h_1 x ... x h_K), `rows` being those of A."""
    layers: list[ef.Layer] = [ef.full(1, sizes[0])]
    for k, size in enumerate(sizes[1:], 1):
        layers.append(ef.kronecker(math.prod(sizes[:k]), 1, ef.full(1, size)))
    cells = [[i, a, value] for a, row in enumerate(rows) for i, value in enumerate(row) if value]
    layers.append(ef.fixed(rows=math.prod(sizes), cols=len(rows), entries=sorted(cells), name="observed"))
    return ef.Architecture(layers, title=title)


def random_maps() -> Iterator[Spec]:
    """Random linear maps of a given rank on products of vectors."""
    wanted: list[tuple[tuple[int, ...], Sequence[int]]] = [
        ((3, 3, 3), (7, 8, 9, 13, 16, 18, 20)),
        ((2, 2, 2, 2), range(5, 13)),
        ((10, 10, 10), (150,)),
    ]
    for sizes, ranks in wanted:
        name = "-".join(map(str, sizes))
        for rank in ranks:
            full_name = f"random-{name}-rank-{rank}"
            rows = _forms(full_name, rank, math.prod(sizes))
            yield full_name, lifted(sizes, rows, f"{rank} random forms on a product of vectors, sizes {name}")


if __name__ == "__main__":
    main()
