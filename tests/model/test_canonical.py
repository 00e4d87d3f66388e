"""Canonical documents and digests: independent of how the spec was written, and stable under reading back."""
# ruff: noqa: E501 - one case to a line

import hashlib
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactfact import model as m
from exactfact.model import GF, Architecture, from_document, loads, to_toml

from .specs import chains, networks

SPECS = chains() | networks()


def shuffled(value, draw):
    """The same document with the keys of every table in another order."""
    if isinstance(value, dict):
        items = list(value.items())
        draw.shuffle(items)
        return {key: shuffled(item, draw) for key, item in items}
    return [shuffled(item, draw) for item in value] if isinstance(value, list) else value


def check_numbers(value):
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            check_numbers(item)
    else:
        assert value is None or isinstance(value, str) or (type(value) is int and abs(value) < 2**53)


@settings(max_examples=100, deadline=None)
@given(SPECS, st.integers(0, 100))
def test_reading_back_gives_the_same_digest(arch, seed):
    document = arch.document()
    check_numbers(document)
    assert from_document(document).document() == document
    assert from_document(shuffled(document, random.Random(seed))).digest == arch.digest
    assert loads(to_toml(arch)).digest == arch.digest
    assert loads(arch.canonical_bytes(), "json") == arch
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    assert arch.canonical_bytes() == text.encode("ascii")
    assert arch.digest == "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@settings(max_examples=60, deadline=None)
@given(SPECS, st.sampled_from([13, 65521, 2**61 - 1]))
def test_residues(arch, p):
    reduced = from_document({**arch.document(), "field": f"GF({p})"})  # no denominator is divisible by 13 or more
    assert reduced.document()["field"] == f"GF({p})"
    assert from_document(reduced.document()) == reduced != arch
    for layer in reduced.layers:
        for _, _, _, value in layer.operator.entries():
            assert type(value) is int and 0 <= value < p
    for vector in reduced.point or ():
        assert all(type(value) is int and 0 <= value < p for value in vector)


@settings(max_examples=40, deadline=None)
@given(chains())
def test_matrices_agree_with_the_operator(arch):
    for layer in arch.layers:
        total = {}
        for r, c, j, value in layer.operator.entries():
            total[r, c, j] = total.get((r, c, j), 0) + value
        expected = {key: value for key, value in total.items() if value}
        matrices = layer.matrices(arch.field)
        assert {(r, c, j): v for j, matrix in enumerate(matrices) for (r, c), v in matrix.items()} == expected
        field = GF(4194301)
        residues = {key: field.reduce(value) for key, value in expected.items() if field.reduce(value)}
        modular = layer.matrices(field)
        assert {(r, c, j): v for j, matrix in enumerate(modular) for (r, c), v in matrix.items()} == residues


WAYS = [
    ('exactfact = 1\nfield = "QQ"\n[[layer]]\noperator = "diagonal"\nsize = 2', "toml"),
    ('field = "QQ"\nexactfact = 1\ntitle = ""\nmodel = []\n[[layer]]\ncols = 2\nrows = 2\noperator = "diagonal"\nname = ""', "toml"),
    ('{"layer": [{"size": 2, "operator": "diagonal"}], "field": "QQ", "exactfact": 1, "point": null}', "json"),
]  # fmt: skip


def test_the_way_of_writing_does_not_matter():
    digests = {loads(text, kind).digest for text, kind in WAYS}
    assert digests == {Architecture([m.diagonal(2)]).digest}


def test_the_canonical_documents_of_the_documentation():
    arch = Architecture(
        [m.entries(2, 2, 1, [[0, 0, 0], [1, 1, 0, "-4/6"]], name="s"), m.circulant(2, [3]), m.fixed([["0.50", 1]] * 2)],
        title="t",
        models=[m.SparsityModel(0, sparsity=1)],
        point=[["1/2"], [2**60]],
    )
    assert arch.document() == {
        "exactfact": 1,
        "title": "t",
        "field": "QQ",
        "layer": [
            {"name": "s", "operator": "entries", "rows": 2, "cols": 2, "parameters": 1,
             "entries": [[0, 0, 0, 1], [1, 1, 0, "-2/3"]]},
            {"name": "", "operator": "circulant", "size": [2], "support": [[3]]},
            {"name": "", "operator": "fixed", "matrix": [["1/2", 1], ["1/2", 1]]},
        ],
        "model": [{"layer": 0, "sparsity": 1}],
        "point": {"h": [["1/2"], ["0x1000000000000000"]]},
    }  # fmt: skip
    conv = m.convolution(4, 2, out_channels=3).operator.document()
    assert conv == {
        "operator": "convolution", "length": [4], "kernel": [2], "in_channels": 1, "out_channels": 3, "stride": 1,
        "dilation": 1, "padding": "valid",
    }  # fmt: skip
    assert m.toeplitz(2, 2).operator.document() == {"operator": "toeplitz", "rows": 2, "cols": 2, "diagonals": None}
    assert m.kronecker(1, 2, m.full(1, 1, name="w")).operator.document() == {
        "operator": "kronecker", "left": 1, "right": 2, "of": {"name": "w", "operator": "full", "rows": 1, "cols": 1},
    }  # fmt: skip
    edge = m.Edge("e0", "x", "r", [0, 20])
    assert Architecture(m.Network(16, "r", [edge])).document()["network"] == {
        "group": [16], "root": "r", "signal": None, "layer": [{"stride": 1}],
        "edge": [{"name": "e0", "from": "x", "to": "r", "support": [[0], [20]], "dilation": 1}],
    }  # fmt: skip


def test_default_names_of_edges():
    arch = loads(
        'exactfact=1\nfield="QQ"\n[network]\ngroup=[4]\nroot="r"\n[[network.edge]]\nfrom="x"\nto="r"\nsupport=[0]'
    )
    assert arch.network.edges[0].name == "e0"
    assert arch == Architecture(m.Network((4,), "r", (m.Edge("e0", "x", "r", [0]),)))


def test_architectures_are_frozen_values():
    first, second = Architecture([m.diagonal(2)]), Architecture([m.diagonal(2)])
    assert first == second and hash(first) == hash(second) and first != Architecture([m.diagonal(2)], title="t")
    assert first != 3 and len({first, second}) == 1
    with pytest.raises(AttributeError):
        first.title = "x"
    first.document()["layer"].clear()
    assert len(first.document()["layer"]) == 1
    assert repr(first) == "<Architecture 1 layers, 1 with parameters, 2 parameters over QQ>"
    huge = Architecture([m.full(2**53 - 1, 2**53 - 1)], title="x" * 2000)
    assert len(repr(huge)) < 200 and len(repr(huge.layers)) < 200


def test_attributes():
    arch = Architecture([m.full(2, 3, name="a"), m.fixed([[1]] * 3), m.diagonal(1, 4)], field="GF(7)")
    assert arch.parametric == (0, 2) and arch.parameters == (6, 1) and arch.shape == (2, 4)
    assert arch.label(0) == 'layer 0 "a"' and arch.label(1) == "layer 1" and arch.field == GF(7)
    assert arch.network is None and arch.models == () and arch.point is None and arch.title == ""
    named = Architecture([m.full(2, 3, name="a")], models=[m.SparsityModel("a", sparsity=2)])
    assert named.models == (m.SparsityModel(0, sparsity=2),)


def test_sparsity_models_are_lazy():
    model = m.SparsityModel(0, sparsity=10**6)
    huge = 10**12
    model.check(huge)
    assert model.count(huge) is None
    small = m.SparsityModel(0, sparsity=2)
    assert small.count(5) == 10 == len(list(small.list_supports(5)))
    assert small.count(10**6) is None and next(small.list_supports(10**3)) == (0, 1)
    assert small.contains((0, 1, 0, 2)) and not small.contains((1, 1, 1, 0))
    listed = m.SparsityModel(0, supports=[[0, 2], [1]])
    assert listed.count(3) == 2 and list(listed.list_supports(3)) == [(0, 2), (1,)]
    assert listed.contains((1, 0, 1)) and listed.contains((0, 0, 0)) and not listed.contains((1, 1, 0))
