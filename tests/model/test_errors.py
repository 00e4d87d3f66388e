"""Every wrong spec is one error that says where, what is required and what was received."""
# ruff: noqa: E501 - one case to a line

import pickle

import pytest

from exactfact import model as m
from exactfact.model import Architecture, LimitError, SparsityModel, SpecError, from_document, loads

HEAD = 'exactfact = 1\nfield = "QQ"\n'
ENTRIES = '[[layer]]\nname = "synthesis"\noperator = "entries"\nrows = 2\ncols = 3\nparameters = 2\nentries = '
NETWORK = '[network]\ngroup = [8]\nroot = "r"\n[[network.edge]]\nname = "e1"\nfrom = "x"\nto = "r"\nsupport = '
DIAGONAL = '[[layer]]\noperator = "diagonal"\nsize = 2\n'

# (spec without its first two lines, the whole message)
WRONG = [
    (ENTRIES + "[[0, 0, 0], [1, 1]]",
     'layer 0 "synthesis", entries[1]: required [row, col, parameter] or [row, col, parameter, coefficient], received [1, 1]'),
    (ENTRIES + "[[0, 0, 0], [2, 1, 1]]", 'layer 0 "synthesis", entries[1]: required a row between 0 and 1, received 2'),
    (ENTRIES + "[[0, 3, 0]]", 'layer 0 "synthesis", entries[0]: required a column between 0 and 2, received 3'),
    (ENTRIES + "[[0, 0, 2]]", 'layer 0 "synthesis", entries[0]: required a parameter between 0 and 1, received 2'),
    (ENTRIES + "[[0, -1, 0]]", 'layer 0 "synthesis", entries[0]: required a column >= 0, received -1'),
    (ENTRIES + "[[0, 0, 0, 0.05]]",
     'layer 0 "synthesis", entries[0]: required an exact number: write the string "0.05", received the float 0.05'),
    (ENTRIES + "[[0, 0, 0, 1_0.5e-1]]",
     'layer 0 "synthesis", entries[0]: required an exact number: write the string "10.5e-1", received the float 10.5e-1'),
    (ENTRIES + "[[0, 0, 0, nan]]", ('required an exact number: an integer, or a string such as "-2/3", "0.05" or '
     '"1e-3", received the float nan')),
    (ENTRIES + '[[0, 0, 0, "1/0"]]', 'layer 0 "synthesis", entries[0]: required a nonzero denominator, received "1/0"'),
    (ENTRIES + "[[0, 0, 0, true]]", "entries[0]: required an exact number: an integer, or a string"),
    (ENTRIES + "[[0, 0.0, 0]]", "entries[0]: required a column >= 0, received the float 0.0"),
    (ENTRIES + "3", 'layer 0 "synthesis", entries: required a list, received 3'),
    (ENTRIES + "[]\nsuport = 1", ('layer 0 "synthesis": required only the keys name, operator, rows, cols, parameters, '
     'entries of operator "entries", received the key "suport"')),
    ('[[layer]]\noperator = "circulant"\nsize = 4\nsuport = [0]', ('layer 0: required only the keys name, operator, size, '
     'support of operator "circulant", received the key "suport" (did you mean "support"?)')),
    ('[[layer]]\noperator = "circulant"\nsize = 4',
     'layer 0: required the key support of operator "circulant", received the keys operator, size'),
    ('[[layer]]\noperator = "circulent"', 'received "circulent" (did you mean "circulant"?)'),
    ('[[layer]]\noperator = "Full"', 'received "Full" (did you mean "full"?)'),
    ("[[layer]]\noperator = 5", "layer 0, operator: required one of entries, full, diagonal"),
    ('[[layer]]\nname = "a"', 'layer 0 "a": required the key operator, received the keys name'),
    ('[[layer]]\noperator = "circulant"\nsize = 4\nsupport = [0, 1, 5]',
     "layer 0, support[2]: required shifts that differ modulo size, received 5, equal to 1 at [1]"),
    ('[[layer]]\noperator = "circulant"\nsize = [4, 4]\nsupport = [[0, 1], [1]]',
     "layer 0, support[1]: required a tap of 2 integers, received one of 1"),
    ('[[layer]]\noperator = "circulant"\nsize = 0\nsupport = [0]', ("layer 0, size: required an integer, or a list of "
     "integers, >= 1, received 0")),
    ('[[layer]]\noperator = "full"\nrows = "two"\ncols = 2', 'layer 0, rows: required an integer >= 1, received "two"'),
    ('[[layer]]\noperator = "full"\nrows = 9007199254740992\ncols = 2',
     "layer 0, rows: required an integer below 2^53, received 9007199254740992"),
    ('[[layer]]\noperator = "full"\nrows = "2"\ncols = 2', 'layer 0, rows: required an integer >= 1, received "2"'),
    ('[[layer]]\noperator = "full"\nrows = 2.0\ncols = 2', "layer 0, rows: required an integer >= 1, received the float 2.0"),
    ('[[layer]]\noperator = "full"\nrows = true\ncols = 2', "layer 0, rows: required an integer >= 1, received true"),
    ('[[layer]]\noperator = "toeplitz"\nrows = 2\ncols = 2\ndiagonals = [0, 2]',
     "layer 0, diagonals[1]: required i - l between -1 and 1, received 2"),
    ('[[layer]]\noperator = "toeplitz"\nrows = 2\ncols = 2\ndiagonals = [0, 0]',
     "layer 0, diagonals[1]: required diagonals that differ, received 0, equal to 0 at [0]"),
    ('[[layer]]\noperator = "toeplitz"\nrows = 2\ncols = 2\ndiagonals = []',
     "layer 0, diagonals: required a nonempty list of integers, received an empty list"),
    ('[[layer]]\noperator = "butterfly"\nsize = 12\nlevel = 0', "layer 0, size: required a power of 2, received 12"),
    ('[[layer]]\noperator = "butterfly"\nsize = 8\nlevel = 3', "layer 0, level: required a level between 0 and 2, received 3"),
    ('[[layer]]\noperator = "diagonal"\nsize = 2\nrows = 2', "layer 0: required either size or rows, cols, received size and rows"),
    ('[[layer]]\noperator = "diagonal"\nrows = 2',
     'layer 0: required the key cols (or size) of operator "diagonal", received the keys operator, rows'),
    ('[[layer]]\noperator = "basis"\nmatrices = [[[1, 2]], [[1]]]',
     "layer 0, matrices[1]: required 1 x 2, as matrices[0], received 1 x 1"),
    ('[[layer]]\noperator = "basis"\nmatrices = [[[1, 2], [1]]]',
     "layer 0, matrices[0][1]: required 2 entries, as in row 0, received 1 entries"),
    ('[[layer]]\noperator = "basis"\nmatrices = []', "layer 0, matrices: required at least one matrix, received an empty list"),
    ('[[layer]]\noperator = "fixed"\nmatrix = [[1]]', "layer: required at least one layer with parameters, received 1 fixed"),
    ('[[layer]]\noperator = "fixed"\nmatrix = [[1, 2], 3]', "layer 0, matrix[1]: required a list, received 3"),
    ('[[layer]]\noperator = "fixed"\nrows = 1\ncols = 1\nentries = [[0, 1, 1]]',
     "layer 0, entries[0]: required a column between 0 and 0, received 1"),
    ('[[layer]]\noperator = "convolution"\nlength = 4\nkernel = 3\ndilation = 2',
     "layer 0, kernel: required (kernel - 1) dilation + 1 <= length = 4, received 5"),
    ('[[layer]]\noperator = "convolution"\nlength = [4, 4]\nkernel = [2, 5]\npadding = "circular"',
     "layer 0, kernel[1]: required at most 4 taps: taps * dilation must differ modulo length, received 5 taps"),
    ('[[layer]]\noperator = "convolution"\nlength = [4, 4]\nkernel = 3',
     "layer 0, kernel: required 2 sizes, one for each axis of length, received 1"),
    ('[[layer]]\noperator = "convolution"\nlength = 4\nkernel = 3\npadding = "same"',
     'layer 0, padding: required "valid", "full" or "circular", received "same"'),
    ('[[layer]]\noperator = "convolution"\nlength = 4\nkernel = 3\npadding = "vaild"', 'received "vaild" (did you mean "valid"?)'),
    ('[[layer]]\noperator = "convolution"\nlength = 4\nkernel = 3\nstride = 0',
     "layer 0, stride: required an integer >= 1, received 0"),
    (('[[layer]]\noperator = "block_diagonal"\nblocks = [{operator = "full", rows = 1, cols = 1}, '
     '{name = "in", operator = "circulant", size = 2, support = [0, 2]}]'),
     'layer 0, blocks[1] "in", support[1]: required shifts that differ modulo size, received 2, equal to 0 at [0]'),
    ('[[layer]]\noperator = "block_diagonal"\nblocks = [{operator = "fixed", matrix = [[1]]}]',
     'layer 0, blocks[0]: required a layer with parameters, received the operator "fixed", which has none'),
    ('[[layer]]\noperator = "block_diagonal"\nblocks = []', "layer 0, blocks: required at least one block, received an empty list"),
    ('[[layer]]\noperator = "kronecker"\nleft = 2\nright = 0\nof = {operator = "diagonal", size = 2}',
     "layer 0, right: required an integer >= 1, received 0"),
    ('[[layer]]\noperator = "kronecker"\nleft = 2\nright = 1\nof = {operator = "diagonal"}',
     'layer 0, of: required the key rows (or size) of operator "diagonal", received the keys operator'),
    ('[[layer]]\noperator = "kronecker"\nleft = 2\nright = 1\nof = 3', "layer 0, of: required a table, received 3"),
    (DIAGONAL + '[[layer]]\nname = "b"\noperator = "full"\nrows = 3\ncols = 5', ('layer 0 and layer 1 "b": required as many '
     'columns of layer 0 as rows of layer 1 "b", received 2 x 2 and 3 x 5')),
    (DIAGONAL + 'name = "b"\n' + DIAGONAL + 'name = "b"\n',
     'layer 1, name: required different names for all layers, received "b", also the name of layer 0'),
    (DIAGONAL + "name = 3", "layer 0, name: required a string, received 3"),
    (DIAGONAL + 'name = "' + "n" * 201 + '"', "name: required at most 200 characters, received 201"),
    (DIAGONAL + 'name = "\\u001b[31m"', "name: required printable characters, received the character U+001B"),
    (DIAGONAL + "[[model]]\nlayer = 0\nsparsity = 3", "model[0], sparsity: required at most 2, its parameters, received 3"),
    (DIAGONAL + "[[model]]\nlayer = 1\nsparsity = 1", "model[0], layer: required the index of one layer, below 1, received 1"),
    (DIAGONAL + 'name = "dict"\n[[model]]\nlayer = "dikt"\nsparsity = 1',
     'model[0], layer: required the name of one layer, received "dikt" (did you mean "dict"?)'),
    (DIAGONAL + "[[model]]\nlayer = 0", "model[0]: required exactly one of the keys supports, sparsity, received neither"),
    (DIAGONAL + "[[model]]\nlayer = 0\nsparsity = 1\nsupports = [[0]]",
     "model[0]: required exactly one of the keys supports, sparsity, received both"),
    (DIAGONAL + "[[model]]\nlayer = 0\nsupports = [[0], [1, 2]]",
     "model[0], supports[1][1]: required a parameter between 0 and 1, received 2"),
    (DIAGONAL + "[[model]]\nlayer = 0\nsupports = [[0], [1, 1]]",
     "model[0], supports[1][1]: required positions that differ, received 1, equal to 1 at [0]"),
    (DIAGONAL + "[[model]]\nlayer = 0\nsupports = [[]]",
     "model[0], supports[0]: required a nonempty list of integers, received an empty list"),
    (DIAGONAL + "[[model]]\nlayer = 0\nsparsity = 1\n[[model]]\nlayer = 0\nsparsity = 1",
     "model[1], layer: required at most one model for each layer, received a second one for layer 0"),
    (DIAGONAL + "[[model]]\nedge = 0\nsparsity = 1", ("model[0]: required only the keys layer, supports, sparsity, received the "
     'key "edge"')),
    (DIAGONAL + "[model]\nlayer = 0\nsparsity = 1", "model: required a list of models, written [[model]] in TOML, received a table"),
    (DIAGONAL + "[[layer]]\noperator = 'fixed'\nmatrix = [[1], [1]]\n[[model]]\nlayer = 1\nsparsity = 1",
     "model[0], layer: required a layer with parameters, received layer 1, which is fixed"),
    (DIAGONAL + "[point]\nh = [[1, 2], [3]]", "point, h: required 1 vectors, one for each layer with parameters, received 2"),
    (DIAGONAL + "[point]\nh = [[1]]", "point, h[0]: required 2 entries, the parameters of layer 0, received 1"),
    (DIAGONAL + "[point]\nh = [[1, 0.5]]", ('point, h[0][1]: required an exact number: write the string "0.5", received the '
     "float 0.5")),
    (DIAGONAL + "[point]\ng = [[1]]", 'point: required only the keys h, received the key "g"'),
    (DIAGONAL + "[point]\n", "point: required the key h, received an empty table"),
    (DIAGONAL + "[network]", "spec: required exactly one of the keys layer ([[layer]]) and network ([network]), received both"),
    ("", "spec: required exactly one of the keys layer ([[layer]]) and network ([network]), received the keys exactfact, field"),
    ("[layer]\noperator = 'diagonal'\nsize = 2", "layer: required a list of layers, written [[layer]] in TOML, received a table"),
    ("layer = []", "layer: required at least one layer with parameters, received an empty list"),
    ("layers = []", ('spec: required only the keys exactfact, title, field, layer, network, model, point, received the key '
     '"layers" (did you mean "layer"?)')),
    ("title = 5\n" + DIAGONAL, "title: required a string, received 5"),
    (NETWORK + "[0, 1, 9]", 'network, edge "e1", support[2]: required taps that differ modulo 8, received 9, equal to 1 at [1]'),
    (NETWORK + "[[0, 1]]", 'network, edge "e1", support[0]: required a tap of 1 integer, received one of 2'),
    (NETWORK + "[0]\nstride = 2", ('network, edge "e1": required only the keys name, from, to, support, dilation, received '
     'the key "stride"')),
    (NETWORK + "[0]\n[[network.edge]]\nto = 'r'\nsupport = [0]", ('network, edge "e1": required the key from, received the '
     "keys to, support")),
    (NETWORK + "[0]\n[[network.layer]]\nstrid = 2", ("network, layer[0]: required only the keys stride, received the key "
     '"strid" (did you mean "stride"?)')),
    (NETWORK + "[0]\n[[network.layer]]\nstride = 3", ("network, layer[0], stride: required strides above 1 only where their "
     "product divides every entry of group, received product 3, entry 8")),
    (NETWORK + "[0]\n[[model]]\nedge = 0\nsparsity = 1", "model[0], edge: required the name of an edge, received 0"),
    (NETWORK + "[0]\n[point]\nedges = 3", "point, edges: required a table, received 3"),
    ("[network]\ngroup = 8\nroot = 'r'", ("network: required the key edge, written [[network.edge]] in TOML, received the keys "
     "group, root")),
    ("[network]\ngrup = 8", ('network: required only the keys group, root, signal, edge, layer, received the key "grup" '
     '(did you mean "group"?)')),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG, ids=range(len(WRONG)))
def test_wrong_specs(text, message):
    with pytest.raises(SpecError) as caught:
        loads(HEAD + text)
    assert message in str(caught.value)
    assert caught.value.where and caught.value.required and caught.value.received


TOP = [
    ('field = "QQ"\n' + DIAGONAL, "spec: required the key exactfact = 1, the version of the format, received the keys field"),
    ('exactfact = 2\nfield = "QQ"\n' + DIAGONAL, "exactfact: required 1, the version of the format, received 2"),
    ('exactfact = 1.0\nfield = "QQ"\n' + DIAGONAL, "exactfact: required 1, the version of the format, received the float 1.0"),
    ('exactfact = true\nfield = "QQ"\n' + DIAGONAL, "exactfact: required 1, the version of the format, received true"),
    ('exactfact = 1\nfield = "RR"\n' + DIAGONAL, 'field: required "QQ", or "GF(p)" with p prime, received "RR"'),
    ('exactfact = 1\nfield = "qq"\n' + DIAGONAL, '(did you mean "QQ"?)'),
    ("exactfact = 1\nfield = 7\n" + DIAGONAL, 'field: required "QQ", or "GF(p)" with p prime, received 7'),
    ('exactfact = 1\nfield = "GF(8)"\n' + DIAGONAL, "field: required GF(p) with p prime, received 8, which is not prime"),
    ('exactfact = 1\nfield = "GF(1)"\n' + DIAGONAL, "field: required an integer >= 2, received 1"),
    ('exactfact = 1\nfield = "GF(-7)"\n' + DIAGONAL, 'field: required "QQ", or "GF(p)" with p prime, received "GF(-7)"'),
    ('exactfact = 1\nfield = "GF(\u0667)"\n' + DIAGONAL, 'field: required "QQ", or "GF(p)" with p prime'),
    ('exactfact = 1\nfield = "GF(' + "9" * 60 + ')"\n' + DIAGONAL, "field: required a prime p < 3317044064679887385961981"),
    ('exactfact = 1\nfield = "GF(' + "9" * 10**4 + ')"\n' + DIAGONAL, "field: required a prime p < 3317044064679887385961981"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), TOP, ids=range(len(TOP)))
def test_wrong_heads(text, message):
    with pytest.raises(SpecError) as caught:
        loads(text)
    assert message in str(caught.value)


def test_denominators_divisible_by_the_characteristic():
    bodies = [
        (ENTRIES + '[[0, 0, 0], [0, 1, 0, "1/14"]]', 'layer 0 "synthesis", entries[1]'),
        ('[[layer]]\noperator = "basis"\nmatrices = [[[1, "1/7"]]]', "layer 0, matrices[0][0][1]"),
        (DIAGONAL + '[[layer]]\noperator = "fixed"\nmatrix = [[1], ["3/49"]]', "layer 1, matrix[1][0]"),
        (DIAGONAL + '[[layer]]\noperator = "fixed"\nrows = 2\ncols = 1\nentries = [[0, 0, "1e-7"], [0, 0, "2/7"]]',
         "layer 1, entries[1]"),
        (('[[layer]]\noperator = "kronecker"\nleft = 1\nright = 1\nof = {operator = "block_diagonal", blocks = '
         '[{operator = "basis", matrices = [[["5/7"]]]}]}'), "layer 0, of, blocks[0], matrices[0][0][0]"),
        (DIAGONAL + '[point]\nh = [[1, "1/7"]]', "point, h[0][1]"),
    ]  # fmt: skip
    for body, where in bodies:
        assert loads(HEAD + body)
        with pytest.raises(SpecError) as caught:
            loads('exactfact = 1\nfield = "GF(7)"\n' + body)
        assert caught.value.where == where
        assert "required a denominator not divisible by 7" in str(caught.value)


def test_python_construction_is_checked_in_the_same_way():
    for build, message in [
        (lambda: m.circulant(4, [0, 4], name="f"), 'layer "f", support[1]: required shifts that differ modulo size'),
        (lambda: m.full(0, 2), "layer (full), rows: required an integer >= 1, received 0"),
        (lambda: m.full(2, 2.0), "layer (full), cols: required an integer >= 1, received the float 2.0"),
        (lambda: m.block_diagonal([3]), "layer (block_diagonal), blocks[0]: required a layer, received 3"),
        (lambda: m.kronecker(1, 1, m.fixed([[1]])), "of: required a layer with parameters"),
        (lambda: m.full(2, 2, name=5), "layer (full), name: required a string, received 5"),
        (lambda: m.Layer(3), "operator: required an operator, received 3"),
        (lambda: Architecture([]), "layer: required at least one layer with parameters"),
        (lambda: Architecture(3), "layer: required a list of layers, or a Network, received 3"),
        (lambda: Architecture(["x"]), 'layer[0]: required a layer, received "x"'),
        (lambda: Architecture([m.diagonal(2), m.diagonal(3)]), "layer 0 and layer 1: required as many columns"),
        (lambda: Architecture([m.diagonal(2)], field="QX"), 'field: required "QQ"'),
        (lambda: Architecture([m.diagonal(2)], field=7), 'field: required "QQ"'),
        (lambda: Architecture([m.diagonal(2)], models=[3]), "model[0]: required a SparsityModel, received 3"),
        (lambda: Architecture([m.diagonal(2)], point={"e": [1]}), "point, edges: required a list h of vectors"),
        (lambda: Architecture([m.diagonal(2)], title="\ud800"), "title: required printable characters"),
        (lambda: SparsityModel(-1, sparsity=1), "layer: required the index or the name of a layer >= 0, received -1"),
        (lambda: from_document([]), "spec: required a table, received an empty list"),
        (lambda: loads("", "yaml"), 'format: required "toml" or "json", received "yaml"'),
    ]:
        with pytest.raises(SpecError) as caught:
            build()
        assert message in str(caught.value)


def test_nesting_is_bounded():
    layer = m.full(1, 1)
    for _ in range(19):
        layer = m.kronecker(1, 1, layer)
    assert from_document(Architecture([layer]).document()).layers == (layer,)
    with pytest.raises(SpecError, match="at most 20 operators inside one another, received 21"):
        m.block_diagonal([layer])
    shared = m.full(1, 1)
    for _ in range(8):
        shared = m.block_diagonal([shared] * 4)
    with pytest.raises(SpecError, match="operators inside one layer"):
        m.block_diagonal([shared] * 4)


def test_errors_are_exceptions_like_others():
    error = SpecError("a", "b", "c", "d")
    assert isinstance(error, ValueError) and isinstance(error, m.ExactfactError)
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == 'a: required b, received c (did you mean "d"?)'  # noqa: S301 - our own bytes
    limit = LimitError("work", 10**9, "2 s")
    assert str(pickle.loads(pickle.dumps(limit))) == str(limit) == "work needs 1000000000, the limit is 2 s"  # noqa: S301 - our own bytes
    assert str(LimitError("work", 10**5000, 3)) == "work needs an integer of 16610 bits, the limit is 3"


def test_messages_are_short_whatever_was_received():
    for value in ("x" * 10**7, 10**10**5, [[1] * 10**6] * 3, {"k" * 10**6: 1}, b"x" * 10**6, object()):
        with pytest.raises(SpecError) as caught:
            m.full(value, 2)
        assert len(str(caught.value)) < 300
        with pytest.raises(SpecError) as caught:
            from_document({"exactfact": 1, "field": "QQ", "layer": [{"operator": value}]})
        assert len(str(caught.value)) < 400
    with pytest.raises(SpecError) as caught:
        from_document({"x" * 10**6: 1})
    assert len(str(caught.value)) < 300
