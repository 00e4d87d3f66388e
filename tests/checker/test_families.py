"""Families and specs: expansion against entry-by-entry definitions, canonical forms, what is refused."""
import copy
import random
from typing import Any

import pytest

from exactfact.checker.chains import expand
from exactfact.checker.errors import Meter, Rejected
from exactfact.checker.reading import canonical_bytes
from exactfact.checker.spec import read_embedded, read_spec
from tests.checker import build as b
from tests.checker import truth
from tests.checker.random_specs import random_network

CONVOLUTION = {"in_channels": 1, "out_channels": 1, "stride": 1, "dilation": 1, "padding": "valid"}
LAYERS = [
    b.full(2, 3), b.full(1, 1), b.diagonal(3), b.layer("diagonal", rows=2, cols=4), b.layer("hankel", rows=2, cols=3),
    b.layer("toeplitz", rows=3, cols=2, diagonals=None), b.layer("toeplitz", rows=3, cols=4, diagonals=[0, -3, 2]),
    b.layer("circulant", size=[5], support=[[0], [-1], [7]]),
    b.layer("circulant", size=[2, 3], support=[[0, 0], [1, 2], [-1, 4]]),
    b.layer("butterfly", size=2, level=0), b.layer("butterfly", size=8, level=0), b.layer("butterfly", size=8, level=2),
    b.layer("block_diagonal", blocks=[b.full(2, 1), b.diagonal(2), b.layer("hankel", rows=1, cols=2)]),
    b.layer("kronecker", left=2, right=3, of=b.full(1, 2)),
    b.layer("kronecker", left=1, right=2, of=b.layer("kronecker", left=2, right=1, of=b.diagonal(2))),
    b.basis([[1, "1/2"], [0, -3]], [[0, 0], [7, 0]]),
    b.entries(2, 3, 3, [0, 0, 0, 1], [0, 0, 0, "-2/3"], [1, 2, 1, 5], [0, 1, 1, 0]),
    b.layer("convolution", length=[7], kernel=[3], **CONVOLUTION),
    b.layer("convolution", length=[7], kernel=[2], **{**CONVOLUTION, "stride": 2, "dilation": 3}),
    b.layer("convolution", length=[5], kernel=[3], **{**CONVOLUTION, "padding": "full", "dilation": 2, "stride": 2}),
    b.layer("convolution", length=[5], kernel=[3],
            **{**CONVOLUTION, "padding": "circular", "dilation": 2, "stride": 3}),
    b.layer("convolution", length=[3, 4], kernel=[2, 2], **{**CONVOLUTION, "in_channels": 2, "out_channels": 3}),
    b.layer("convolution", length=[3, 2], kernel=[2, 2], **{**CONVOLUTION, "padding": "full", "out_channels": 2}),
]


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: str(layer)[:60])
def test_expansion_is_the_definition(layer: Any) -> None:
    spec = read_embedded(b.chain(layer))
    expected = truth.matrices(layer)
    (got,) = expand(spec.operators, 0, Meter()).layers
    assert spec.parameters == [len(expected)]
    assert (got.rows, got.cols) == (len(expected[0]), len(expected[0][0]))
    for matrix, dense in zip(got.matrices, expected, strict=True):
        assert {(r, c): v for r, row in matrix.items() for c, v in row.items()} == {
            (r, c): v * got.denominator for r, row in enumerate(dense) for c, v in enumerate(row) if v}
    count = sum(1 for _ in spec.operators[0].cells())
    assert count <= spec.operators[0].count


def test_fixed_layers_are_absorbed() -> None:
    spec = b.chain(b.fixed([[1, 2]]), b.fixed([["1/2", 0], [0, 1]]), b.full(2, 2), b.fixed([[1], [-1]]),
                   b.layer("fixed", rows=1, cols=2, entries=[[0, 1, "3/7"], [0, 1, 1]]), b.diagonal(2),
                   b.fixed([[1], [1]]))
    chain = expand(read_embedded(spec).operators, 0, Meter())
    for layer, expected in zip(chain.layers, truth.chain_layers(spec), strict=True):
        for matrix, dense in zip(layer.matrices, expected, strict=True):
            assert {(r, c): v for r, row in matrix.items() for c, v in row.items()} == {
                (r, c): v * layer.denominator for r, row in enumerate(dense) for c, v in enumerate(row) if v}
    assert [d % 7 == 0 for d in chain.original] == [False, False, False, False, True, False, False]


def test_a_spec_as_users_write_it_becomes_canonical() -> None:
    written = {
        "field": "QQ", "layer": [
            {"operator": "entries", "rows": 2, "cols": 2, "parameters": 2, "entries": [[0, 0, 0], [1, 1, 1, "0.5"]]},
            {"operator": "diagonal", "size": 2, "name": "d"}, {"operator": "circulant", "size": 2, "support": [0, 1]},
            {"operator": "toeplitz", "rows": 2, "cols": 2}, {"operator": "fixed", "matrix": [["4/2", "1e-1"], [0, 1]]},
            {"operator": "convolution", "length": 2, "kernel": 1}],
        "model": [{"layer": "d", "sparsity": 1}], "point": {"h": [["2.0", 1], [1, 1], [0, 1], [1, 2, 3], ["-0.5"]]}}
    canonical = read_spec(written).document
    assert canonical == b.chain(
        b.entries(2, 2, 2, [0, 0, 0, 1], [1, 1, 1, "1/2"]), {**b.diagonal(2), "name": "d"},
        b.layer("circulant", size=[2], support=[[0], [1]]), b.layer("toeplitz", rows=2, cols=2, diagonals=None),
        b.fixed([[2, "1/10"], [0, 1]]), b.layer("convolution", length=[2], kernel=[1], **CONVOLUTION),
        model=[{"layer": 1, "sparsity": 1}], point=[[2, 1], [1, 1], [0, 1], [1, 2, 3], ["-1/2"]])
    assert canonical_bytes(read_embedded(canonical).document) == canonical_bytes(canonical)


def test_a_network_as_users_write_it_becomes_canonical() -> None:
    written = {"field": "GF(7)", "network": {"group": [8], "root": "out", "edge": [
        {"from": "x", "to": "out", "support": [0, 1]}, {"from": "y", "to": "out", "support": [-1], "name": "b"}]},
        "model": [{"edge": "b", "supports": [[0]]}], "point": {"edges": {"b": [9], "e0": ["1/2", 0]}}}
    assert read_spec(written).document == b.network(
        [8], [b.edge("e0", "x", "out", [0, 1]), b.edge("b", "y", "out", [-1])], 1, field="GF(7)",
        model=[{"edge": "b", "supports": [[0]]}], point=[[4, 0, 2]])


BAD: list[Any] = [
    b.layer("full", rows=0, cols=1), b.layer("full", rows=True, cols=1), b.layer("full", rows=2.0, cols=1),
    b.layer("full", rows="2", cols=1), b.layer("full", rows=1 << 53, cols=1),
    b.layer("diagonal", size=2, rows=2, cols=2),
    b.layer("circulant", size=[4], support=[[0], [4]]), b.layer("circulant", size=[4], support=[]),
    b.layer("circulant", size=[4], support=[[0, 1]]), b.layer("butterfly", size=6, level=0),
    b.layer("butterfly", size=8, level=3), b.layer("toeplitz", rows=2, cols=2, diagonals=[0, 0]),
    b.layer("block_diagonal", blocks=[b.fixed([[1]])]), b.layer("block_diagonal", blocks=[]),
    b.layer("kronecker", left=0, right=1, of=b.full(1, 1)), b.layer("kronecker", left=1, right=1, of=b.fixed([[1]])),
    b.basis([[1, 2], [3]]), b.basis(), b.basis([[1]], [[1, 2]]), b.basis([[0.5]]), b.basis([[True]]), b.basis([[None]]),
    b.entries(2, 2, 1, [0, 2, 0, 1]), b.entries(2, 2, 1, [0, 0, 1, 1]), b.entries(2, 2, 1, [0, 0]),
    b.layer("convolution", length=[3], kernel=[4], **CONVOLUTION),
    b.layer("convolution", length=[4], kernel=[3], **{**CONVOLUTION, "padding": "circular", "dilation": 2}),
    b.layer("convolution", length=[4], kernel=[2], **{**CONVOLUTION, "padding": "same"}),
    {"operator": "full"}, [], None, {"rows": 1}, {"operator": ["full"], "rows": 1, "cols": 1},
    {**b.full(1, 1), "name": 5}]


@pytest.mark.parametrize("layer", BAD, ids=lambda layer: str(layer)[:60])
def test_bad_layers_are_refused(layer: Any) -> None:
    with pytest.raises(Rejected):
        read_spec(b.chain(layer))


def test_bad_specs_are_refused() -> None:
    good = b.chain(b.full(1, 2), point=[[1, 2]])
    changes: list[dict[str, Any]] = [
        {"exactfact": 2}, {"exactfact": True}, {"title": 1}, {"field": "RR"}, {"field": "GF(4)"}, {"field": "GF(02)"},
        {"field": "GF(3317044064679887385961981)"}, {"layer": []}, {"layer": [b.fixed([[1]])]}, {"layer": None},
        {"network": {}}, {"model": {}}, {"model": [{"layer": 1, "sparsity": 1}]}, {"model": [{"layer": 0}]},
        {"model": [{"layer": 0, "sparsity": 1, "supports": [[0]]}]}, {"model": [{"layer": 0, "supports": [[0, 0]]}]},
        {"model": [{"layer": True, "sparsity": 1}]}, {"point": []}, {"point": {"h": [[1]]}},
        {"point": {"h": [[1, True]]}},
        {"extra": 1}]
    read_spec(good)
    for change in changes:
        with pytest.raises(Rejected):
            read_spec({**copy.deepcopy(good), **change})


def test_bad_networks_are_refused() -> None:
    a, c = b.edge("a", "u", "out", [0, 1]), b.edge("c", "x", "u", [0, 1])
    read_spec(b.network([4], [a, c], 2))
    bad = [
        ([], 1), ([a, {**c, "name": "a"}], 2), ([a, {**c, "to": "v"}], 2), ([a, b.edge("c", "u", "u", [0])], 2),
        ([a, c, b.edge("d", "y", "out", [0])], 2), ([a, c, b.edge("d", "out", "x", [0])], 3),
        ([a, {**c, "support": []}], 2), ([a, {**c, "support": [[0], [4]]}], 2), ([a, {**c, "dilation": 4}], 2),
        ([a, {**c, "dilation": 0}], 2), ([a, {**c, "support": [[0, 0]]}], 2), ([a, c], 1), ([a, {**c, "weight": 1}], 2)]
    for edges, depth in bad:
        with pytest.raises(Rejected):
            read_spec(b.network([4], edges, depth))
    with pytest.raises(Rejected):
        read_spec(b.network([0], [a, c], 2, strides=[2, 1]))
    with pytest.raises(Rejected):
        read_spec(b.network([6], [a, c], 2, strides=[2, 2]))


def test_random_networks_have_the_sums_of_brute_force() -> None:
    from exactfact.checker.rules.group_algebra import sums
    rng = random.Random(3)
    for _ in range(40):
        spec = random_network(rng)
        network = read_embedded(spec).network
        assert network is not None and network.parameters == truth.sizes(spec)
        got = {(leaf, x): c for leaf, poly in sums(network, Meter()).items() for x, c in poly.items()}
        assert got == truth.path_sums(spec)
