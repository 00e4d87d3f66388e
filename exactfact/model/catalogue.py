"""The operator families: keys, meaning in one line, and an example in TOML (each example is a layer that loads)."""

from __future__ import annotations

from .parsing import FAMILIES

_MEANING = {
    "entries": "the universal family: parameter j, times a coefficient, placed in a cell (repeated cells add up)",
    "full": "a matrix without structure: M[r, c] = h_{r cols + c}",
    "diagonal": "M[j, j] = h_j for j < min(rows, cols)",
    "circulant": "circular convolution: (M x)_i = sum_j h_j x_{i - support[j]}, modulo size, on one or several axes",
    "toeplitz": "M[i, l] = h_{i - l + cols - 1}; with diagonals, h_j where i - l = diagonals[j]",
    "hankel": "M[i, l] = h_{i + l}",
    "butterfly": "one level of a fast transform: nonzeros at c = r and c = r xor size / 2^(level + 1), numbered by row",
    "block_diagonal": "layers on the diagonal, the parameters one after the other",
    "kronecker": "I_left (x) M(h) (x) I_right, with the parameters of the layer `of`",
    "basis": "M(h) = sum_j h_j matrices[j]",
    "convolution": "a convolution layer of a neural network on stacked channels (valid, full or circular padding)",
    "fixed": "a known matrix without parameters: data, or a known transform",
}
_EXAMPLE = {
    "entries": "rows = 2\ncols = 3\nparameters = 2\n"
    'entries = [[0, 0, 0], [1, 1, 1, "-2/3"], [0, 2, 1]]  # row, col, parameter, coefficient (default 1)',
    "full": "rows = 2\ncols = 3",
    "diagonal": "size = 4                # or rows = 4, cols = 6",
    "circulant": "size = 8                # [8, 8] on two axes\n"
    "support = [0, 1, 3]     # shifts, [[0, 0], [0, 1]] on two axes",
    "toeplitz": "rows = 6\ncols = 4\ndiagonals = [0, 1, 2]   # row - column; leave out for all rows + cols - 1",
    "hankel": "rows = 3\ncols = 4",
    "butterfly": "size = 8\nlevel = 0               # 0, 1, 2 for size 8",
    "block_diagonal": 'blocks = [{operator = "full", rows = 2, cols = 2}, {operator = "diagonal", size = 3}]',
    "kronecker": 'left = 2\nright = 3\nof = {operator = "full", rows = 2, cols = 2}',
    "basis": 'matrices = [[[1, 0], [0, 1]], [[0, "1/2"], ["-1/2", 0]]]',
    "convolution": "length = [8, 8]         # 8 for one axis\nkernel = [3, 3]\nin_channels = 1\nout_channels = 2\n"
    'stride = 1\ndilation = 2\npadding = "valid"       # or "full", "circular"',
    "fixed": 'matrix = [["1", "0"], ["1/2", "1"]]  # or rows, cols, entries = [[row, col, value], ...]',
}


def families() -> list[tuple[str, tuple[str, ...], str, str]]:
    """(name, keys, meaning in one line, TOML example) of every operator family, in the order of the documentation."""
    found = []
    for name, family in FAMILIES.items():
        keys = (*family.alternative, *family.required, *family.optional)
        found.append((name, keys, _MEANING[name], f'[[layer]]\noperator = "{name}"\n{_EXAMPLE[name]}\n'))
    return found
