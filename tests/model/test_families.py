"""Every operator family against its formula, applied here to vectors by plain loops, independent of the product."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from exactfact import model as m
from exactfact.model import GF, QQ, LimitError


def dense(layer, h, field=QQ):
    """M(h) as a list of rows, from the layer's matrices."""
    matrices = layer.matrices(field)
    rows = [[0] * layer.cols for _ in range(layer.rows)]
    for value, matrix in zip(h, matrices, strict=True):
        for (r, c), coefficient in matrix.items():
            rows[r][c] += value * coefficient
    return rows


def parameters(layer):
    """Distinct parameters, so that a permutation of them is noticed."""
    return [10**j % 99991 + j for j in range(layer.parameters)]


def apply(matrix, x):
    return [sum(a * b for a, b in zip(row, x, strict=True)) for row in matrix]


def test_entries():
    layer = m.entries(2, 3, 3, [[0, 0, 0], [1, 1, 1, "-2/3"], [0, 2, 1], [0, 0, 1, 2]])
    assert dense(layer, [5, 7, 9]) == [[5 + 14, 0, 7], [0, 7 * Fraction(-2, 3), 0]]
    assert (layer.rows, layer.cols, layer.parameters, layer.fixed) == (2, 3, 3, False)


def test_repeated_cells_add_up_and_vanish():
    layer = m.entries(1, 1, 1, [[0, 0, 0, "1/2"], [0, 0, 0, "1/2"]])
    assert layer.matrices(QQ) == ({(0, 0): 1},)
    assert type(layer.matrices(QQ)[0][0, 0]) is int
    assert m.entries(1, 1, 1, [[0, 0, 0], [0, 0, 0, -1]]).matrices(QQ) == ({},)
    assert m.entries(1, 1, 1, [[0, 0, 0, 3], [0, 0, 0, 4]]).matrices(GF(7)) == ({},)


@pytest.mark.parametrize(("rows", "cols"), [(1, 1), (2, 3), (4, 2)])
def test_full_and_diagonal_and_hankel_and_toeplitz(rows, cols):
    h = [3 * j + 1 for j in range(rows * cols + 20)]
    cells = list(product(range(rows), range(cols)))

    def built(layer):
        matrix = dense(layer, h[: layer.parameters])
        return [matrix[r][c] for r, c in cells]

    assert built(m.full(rows, cols)) == [h[r * cols + c] for r, c in cells]
    assert built(m.diagonal(rows, cols)) == [h[r] if r == c else 0 for r, c in cells]
    assert built(m.hankel(rows, cols)) == [h[r + c] for r, c in cells]
    assert built(m.toeplitz(rows, cols)) == [h[r - c + cols - 1] for r, c in cells]
    diagonals = list(range(-cols + 1, rows))[::-2]
    by_diagonal = {d: h[j] for j, d in enumerate(diagonals)}
    assert built(m.toeplitz(rows, cols, diagonals)) == [by_diagonal.get(r - c, 0) for r, c in cells]


@pytest.mark.parametrize(("size", "support"), [(1, [0]), (5, [0, 2, -1]), (4, [7, 1]), (6, [5, 3, 0])])
def test_circulant(size, support):
    layer = m.circulant(size, support)
    h, x = parameters(layer), [j * j + 1 for j in range(size)]
    expected = [sum(h[j] * x[(i - s) % size] for j, s in enumerate(support)) for i in range(size)]
    assert apply(dense(layer, h), x) == expected


@pytest.mark.parametrize(
    ("size", "support"), [([3, 4], [[0, 0], [2, 1], [-1, 6]]), ([2, 3, 2], [[1, 2, 1], [0, 1, 0], [1, 0, 1]])]
)
def test_circulant_on_several_axes(size, support):
    layer = m.circulant(size, support)
    h = parameters(layer)
    x = np.arange(1, layer.cols + 1).reshape(size) ** 2
    expected = sum(h[j] * np.roll(x, shift, axis=range(len(size))) for j, shift in enumerate(support))
    assert apply(dense(layer, h), x.ravel().tolist()) == expected.ravel().tolist()


@pytest.mark.parametrize(("size", "level"), [(2, 0), (8, 0), (8, 1), (8, 2), (16, 3)])
def test_butterfly(size, level):
    layer = m.butterfly(size, level)
    h = parameters(layer)
    numbered = iter(h)
    partner = size // 2 ** (level + 1)
    expected = [[0] * size for _ in range(size)]
    for r in range(size):
        for c in range(size):
            if c in (r, r ^ partner):
                expected[r][c] = next(numbered)
    assert dense(layer, h) == expected
    assert next(numbered, None) is None


def test_block_diagonal():
    blocks = [m.full(2, 3), m.diagonal(2), m.circulant(3, [1])]
    layer = m.block_diagonal(blocks)
    h = parameters(layer)
    expected = np.zeros((7, 8), dtype=int)
    expected[:2, :3] = np.reshape(h[:6], (2, 3))
    expected[2, 3], expected[3, 4] = h[6:8]
    expected[4:, 5:] = np.roll(np.eye(3, dtype=int), 1, axis=0) * h[8]
    assert dense(layer, h) == expected.tolist()


@pytest.mark.parametrize(("left", "right"), [(1, 1), (2, 1), (1, 3), (2, 3)])
def test_kronecker(left, right):
    layer = m.kronecker(left, right, m.toeplitz(2, 3))
    h = parameters(layer)
    inner = np.array([[h[r - c + 2] for c in range(3)] for r in range(2)])
    expected = np.kron(np.kron(np.eye(left, dtype=int), inner), np.eye(right, dtype=int))
    assert dense(layer, h) == expected.tolist()


def test_basis():
    layer = m.basis([[[1, "1/2"], [0, 3]], [[0, 0], ["1e-1", "-2/4"]]])
    assert dense(layer, [2, 10]) == [[2, 1], [1, 1]]


def convolved(layer, h, x):
    """The formula of the family, by loops over outputs, channels and taps on a dictionary of inputs."""
    spec = layer.operator
    axes = range(len(spec.length))
    kernels = list(product(*(range(k) for k in spec.kernel)))
    inputs = list(product(*(range(n) for n in spec.length)))
    signal = {(c, *i): x[c * len(inputs) + p] for c in range(spec.in_channels) for p, i in enumerate(inputs)}
    limits = []
    for n, k in zip(spec.length, spec.kernel, strict=True):
        reach = (k - 1) * spec.dilation
        starts = {"valid": n - reach, "full": n + reach, "circular": n}[spec.padding]
        limits.append(len(range(0, starts, spec.stride)))
    out = []
    for c_out, position in product(range(spec.out_channels), product(*map(range, limits))):
        total = 0
        for c_in, (p, tap) in product(range(spec.in_channels), enumerate(kernels)):
            at = [position[a] * spec.stride + tap[a] * spec.dilation for a in axes]
            if spec.padding == "full":
                at = [at[a] - (spec.kernel[a] - 1) * spec.dilation for a in axes]
            if spec.padding == "circular":
                at = [at[a] % spec.length[a] for a in axes]
            weight = h[(c_out * spec.in_channels + c_in) * len(kernels) + p]
            total += weight * signal.get((c_in, *at), 0)
        out.append(total)
    return out


def fits(sizes, dilation, padding):
    axes = list(zip(*((size if isinstance(size, tuple) else (size,)) for size in sizes), strict=True))
    if padding == "circular":
        return all(len({s * dilation % n for s in range(k)}) == k for n, k in axes)
    return padding == "full" or all(n >= (k - 1) * dilation + 1 for n, k in axes)


CONVOLUTIONS = [
    ((n, k), (stride, dilation), channels, padding)
    for n, k in [(7, 3), (6, 1), (9, 2), ((4, 5), (2, 3)), ((3, 3, 2), (2, 1, 2))]
    for stride, dilation in [(1, 1), (2, 1), (1, 2), (3, 2)]
    for channels in [(1, 1), (2, 3)]
    for padding in ["valid", "full", "circular"]
]


@pytest.mark.parametrize(("sizes", "steps", "channels", "padding"), CONVOLUTIONS)
def test_convolution(sizes, steps, channels, padding):
    if not fits(sizes, steps[1], padding):
        with pytest.raises(m.SpecError, match="kernel"):
            m.convolution(*sizes, *channels, *steps, padding)
        return
    layer = m.convolution(*sizes, *channels, *steps, padding)
    h, x = parameters(layer), [j * j + j + 1 for j in range(layer.cols)]
    out = convolved(layer, h, x)
    assert len(out) == layer.rows
    assert apply(dense(layer, h), x) == out


def test_convolution_sizes_agree_with_the_documented_formulas():
    for n, k, t, a in product(range(1, 9), range(1, 5), range(1, 4), range(1, 4)):
        assert m.convolution(n, k, stride=t, dilation=a, padding="full").rows == (n + (k - 1) * a - 1) // t + 1
        if n >= (k - 1) * a + 1:
            assert m.convolution(n, k, stride=t, dilation=a).rows == (n - (k - 1) * a - 1) // t + 1
        if len({s * a % n for s in range(k)}) == k:
            assert m.convolution(n, k, stride=t, dilation=a, padding="circular").rows == -(-n // t)
        else:
            with pytest.raises(m.SpecError, match="kernel: required at most"):
                m.convolution(n, k, stride=t, dilation=a, padding="circular")


def test_fixed():
    layer = m.fixed([["1", "0"], ["1/2", "-3"]])
    assert layer.fixed and layer.parameters == 0
    assert layer.matrices(QQ) == ({(0, 0): 1, (1, 0): Fraction(1, 2), (1, 1): -3},)
    assert layer.matrices(GF(7)) == ({(0, 0): 1, (1, 0): 4, (1, 1): 4},)
    cells = m.fixed(rows=2, cols=9, entries=[[0, 8, "1/3"], [1, 0, 2], [0, 8, "2/3"]])
    assert cells.matrices(QQ) == ({(0, 8): 1, (1, 0): 2},)
    assert (cells.rows, cells.cols) == (2, 9)


ALL = [
    m.entries(3, 3, 2, [[0, 0, 0], [2, 1, 1]]),
    m.full(3, 4),
    m.diagonal(4, 7),
    m.circulant([3, 4], [[0, 0], [1, 1]]),
    m.toeplitz(4, 3),
    m.toeplitz(4, 3, [3, -2]),
    m.hankel(2, 5),
    m.butterfly(8, 1),
    m.block_diagonal([m.full(2, 2), m.kronecker(2, 2, m.diagonal(2))]),
    m.kronecker(2, 3, m.circulant(4, [1, 2])),
    m.basis([[[1, 0]], [[0, 2]]]),
    m.convolution([5, 4], [2, 2], 2, 2, 2, 1, "full"),
    m.fixed([[1, 2]]),
    m.fixed(rows=2, cols=2, entries=[[0, 0, 1]]),
]


@pytest.mark.parametrize("layer", ALL, ids=repr)
def test_counts_bound_the_entries_and_documents_round_trip(layer):
    entries = list(layer.operator.entries())
    assert len(entries) <= layer.operator.count()
    for r, c, j, value in entries:
        assert 0 <= r < layer.rows and 0 <= c < layer.cols and 0 <= j < max(1, layer.parameters) and value
    others = [] if not layer.fixed else [m.diagonal(layer.cols)]
    spec = m.Architecture([layer, *others])
    assert m.from_document(spec.document()).layers[0] == layer
    assert spec.document()["layer"][0] == {"name": "", **layer.operator.document()}


HUGE = 10**12


@pytest.mark.parametrize(
    "layer",
    [
        m.entries(HUGE, HUGE, HUGE, [[HUGE - 1, 0, HUGE - 1]]),
        m.full(HUGE, HUGE),
        m.diagonal(HUGE),
        m.circulant([HUGE, HUGE], [[1, -1]]),
        m.toeplitz(HUGE, HUGE),
        m.hankel(HUGE, HUGE),
        m.butterfly(2**40, 39),
        m.block_diagonal([m.full(HUGE, HUGE)] * 3),
        m.kronecker(HUGE, HUGE, m.full(HUGE, HUGE)),
        m.convolution([HUGE, HUGE], [HUGE, 3], HUGE, HUGE, padding="full"),
        m.fixed(rows=HUGE, cols=1, entries=[[HUGE - 1, 0, 5]]),
    ],
    ids=repr,
)
def test_huge_operators_cost_nothing(layer):
    first = next(layer.operator.entries())
    assert first[0] < layer.rows and first[1] < layer.cols
    assert layer.operator.count() >= 1
    if layer.fixed:
        assert layer.matrices(QQ) == ({(HUGE - 1, 0): 5},)
        return
    with pytest.raises(LimitError, match="writing out the matrices of layer .* needs"):
        layer.matrices(QQ)


def test_matrices_respect_the_given_limit():
    assert len(m.full(3, 3).matrices(QQ, limit=9)) == 9
    with pytest.raises(LimitError) as caught:
        m.full(3, 3, name="w").matrices(QQ, limit=8)
    assert (caught.value.needed, caught.value.limit) == (9, 8)
    assert str(caught.value) == 'writing out the matrices of layer "w" needs 9, the limit is 8'
