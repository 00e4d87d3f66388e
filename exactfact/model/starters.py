"""Starter specs: commented TOML to begin from, one for each kind of problem."""

from __future__ import annotations

import json

from .errors import SpecError, describe, nearest
from .fields import field_of

_HEAD = """exactfact = 1        # version of the format
title = {title}
field = "{field}"         # "QQ", or "GF(p)" with p prime
"""

_CHAIN = """
# X = M_1(h_1) M_2(h_2): the first layer is the leftmost factor.  Indices start at 0.
[[layer]]
name = "synthesis"
operator = "entries"                  # the universal family; `exactfact families` lists the others
rows = 4
cols = 4
parameters = 3
entries = [[0, 0, 0], [1, 1, 1, "-2/3"], [2, 3, 2]]  # row, col, parameter, coefficient (default 1)

[[layer]]
name = "filter"
operator = "circulant"
size = 4
support = [0, 1]

# A sparsity model of one layer (uncomment): at most 2 nonzero parameters, or a list of supports.
# [[model]]
# layer = "synthesis"
# sparsity = 2

# A point h* for the question "is this solution unique?" (uncomment): one list for each layer with parameters.
# [point]
# h = [["1", "2", "0"], ["1/3", "1"]]
"""

_NETWORK = """
# A convolutional tree: signal flows from the leaves to the root, and every leaf-root path has the same length.
[network]
group = [16]         # Z/16; [32, 32] in two dimensions; 0 for no wrap-around
root = "out"

[[network.edge]]     # level 0 touches the root
name = "merge"
from = "hidden"
to = "out"
support = [0, 1]     # taps; pairs [[0, 0], [0, 1]] in two dimensions

[[network.edge]]
name = "left"
from = "x"
to = "hidden"
support = [0, 1]
dilation = 2         # taps 0 and 2

[[network.edge]]
name = "right"
from = "y"
to = "hidden"
support = [0, 3]
"""

_CONVOLUTION = """
# Two convolution layers without nonlinearity, as matrices on stacked channels; the signal enters on the right.
[[layer]]
name = "second"
operator = "convolution"
length = 10          # what the first layer gives: 12 - 3 + 1
kernel = 2
in_channels = 2
padding = "valid"    # or "full", "circular"

[[layer]]
name = "first"
operator = "convolution"
length = 12          # [12, 12] for images, with kernel = [3, 3]
kernel = 3
out_channels = 2
"""

_BUTTERFLY = """
# The factors of a fast transform on 8 samples: three butterfly levels, 16 parameters each.
[[layer]]
name = "level 0"
operator = "butterfly"
size = 8
level = 0

[[layer]]
name = "level 1"
operator = "butterfly"
size = 8
level = 1

[[layer]]
name = "level 2"
operator = "butterfly"
size = 8
level = 2
"""

_DECONVOLUTION = """
# Blind deconvolution: a short filter, circularly convolved with a signal from a known subspace.
[[layer]]
name = "filter"
operator = "circulant"
size = 6
support = [0, 1]

[[layer]]
name = "signal"
operator = "basis"   # h_0 times the first matrix plus h_1 times the second: a column in a known subspace
matrices = [[[1], [0], [1], [0], [0], [2]], [[0], [1], [0], [3], [0], [1]]]
"""

_DATA = """
# Dictionary times code, seen through known data: X = D(h_1) C(h_2) B, where B is fixed.
[[layer]]
name = "dictionary"
operator = "full"
rows = 4
cols = 2

[[layer]]
name = "code"
operator = "entries"
rows = 2
cols = 3
parameters = 3
entries = [[0, 0, 0], [0, 1, 1], [1, 2, 2]]

[[layer]]
name = "data"
operator = "fixed"   # no parameter; numbers are exact: "0.05" and "1/20" are the same
matrix = [["1", "0", "1/2", "0.25"], ["0", "1", "-1", "3"], ["2", "0", "0", "1e-1"]]
"""

_BODIES = {
    "chain": ("two structured layers", _CHAIN),
    "network": ("a convolutional tree", _NETWORK),
    "convolution": ("two linear convolution layers", _CONVOLUTION),
    "butterfly": ("a fast transform on 8 samples", _BUTTERFLY),
    "deconvolution": ("blind deconvolution", _DECONVOLUTION),
    "data": ("a dictionary seen through data", _DATA),
}
KINDS = tuple(_BODIES)


def starter(kind: str, *, title: str = "", field: str = "QQ") -> str:
    """The commented TOML text of a starter spec.  Raises SpecError for an unknown kind."""
    if kind not in _BODIES:
        hint = nearest(str(kind), KINDS)
        raise SpecError("kind", "one of " + ", ".join(KINDS), describe(kind), hint)
    default, body = _BODIES[kind]
    quoted = json.dumps(title or default, ensure_ascii=False)
    return _HEAD.format(title=quoted, field=field_of(field).name) + body
