"""Changes that restore identifiability: certified, checked, and compared with brute force."""

from __future__ import annotations

import itertools
import json

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.pipeline.changes import Proposal, aim, document, find_changes, text
from exactfact.pipeline.changes.change import remapped, targets_of
from tests.oracles import brute
from tests.oracles.expand import expand

LOWER = [[0, 0, 0], [1, 0, 1], [1, 1, 2], [2, 0, 3], [2, 1, 4], [2, 2, 5]]
UPPER = [[0, 0, 0], [0, 1, 1], [0, 2, 2], [1, 1, 3], [1, 2, 4], [2, 2, 5]]

# name: layers, entries that have to be fixed at least (the dimension of the symmetries beside the scalings)
INFINITE = {
    "dense": ([ef.full(2, 2, name="first"), ef.full(2, 2)], 3),
    "low rank": ([ef.full(3, 2), ef.full(2, 3)], 3),
    "butterfly": ([ef.butterfly(4, 0), ef.butterfly(4, 1)], 3),
    "LU": ([ef.entries(3, 3, 6, LOWER), ef.entries(3, 3, 6, UPPER)], 2),
    "cyclic": ([ef.circulant(4, range(4))] * 2, 3),
    "three dense": ([ef.full(2, 2)] * 3, 6),
}


def changes(architecture: ef.Architecture) -> list[Proposal]:
    """The proposals, their certificates accepted by the checker."""
    result = ef.certify(architecture)
    found = find_changes(architecture, result.certificate.document(), seconds=20)
    for proposal in found:
        assert check_certificate(json.loads(proposal.result.certificate.text())).accepted
    return found


@pytest.mark.parametrize("name", INFINITE)
def test_a_normal_form_uses_up_the_symmetries_and_loses_no_product(name: str) -> None:
    layers, dimension = INFINITE[name]
    architecture = ef.Architecture(layers)
    proposal = changes(architecture)[0]
    assert proposal.change.kind == "fix" and proposal.reaches
    assert proposal.result.verdict("generic-finite").status == "proved"
    before, after = (expand(arch.document()) for arch in (architecture, proposal.change.architecture))
    assert sum(before.sizes) - sum(after.sizes) == dimension
    assert brute.jacobian_rank(after) == brute.jacobian_rank(before) == brute.dimension(after)


def test_one_factor_becomes_the_identity() -> None:
    proposal = changes(ef.Architecture(INFINITE["dense"][0]))[0]
    assert proposal.restores
    assert proposal.change.words == (
        'set parameters 1, 2 of layer 0 "first" to 0; fix parameters 0, 3 of layer 0 "first" to 1'
    )
    layer = expand(proposal.change.architecture.document()).layers[0]
    assert layer == [[[1, 0], [0, 1]]]


def test_one_entry_a_hidden_node_uses_up_the_torus() -> None:
    """Where the original is generic modulo torus, the normal form is generic modulo scaling (theory 9.0)."""
    architecture = ef.Architecture(INFINITE["butterfly"][0])
    document = ef.certify(architecture).certificate.document()
    finite = next(c for c in document["claims"] if c.get("modulo") == "gauge")
    claim = {**finite, "id": f"c{len(document['claims'])}", "property": "generic", "modulo": "torus"}
    document["claims"].append(claim)
    proposal = find_changes(architecture, document, seconds=20)[0]
    assert proposal.change.torus and proposal.restores
    assert "fix parameters 0, 1, 2, 3 of layer 0 to 1" in proposal.change.words
    assert proposal.statement == "9.0" or proposal.result.verdict("generic").status == "proved"
    cells = [(0, 0), (0, 2), (1, 1), (1, 3)]
    layer = expand(proposal.change.architecture.document()).layers[0]
    assert [(r, c) for r, row in enumerate(layer[0]) for c, value in enumerate(row) if value] == cells


def test_a_dead_parameter_is_dropped() -> None:
    row = ef.entries(1, 3, 3, [[0, 0, 0], [0, 1, 1], [0, 2, 2]])
    layers = [ef.full(2, 1, name="a"), row, ef.fixed([[1], [1], [0]])]
    found = changes(ef.Architecture(layers))
    assert found and found[0].restores and found[0].reaches


def test_dilations_separate_the_paths_of_a_network() -> None:
    edges = [ef.Edge("e1", "a", "root", ((0,), (1,))), ef.Edge("e2", "x", "a", ((0,), (1,)))]
    found = changes(ef.Architecture(ef.Network(group=(0,), root="root", edges=edges)))
    assert found[0].restores and found[0].change.size == 1
    assert "change the dilation of edge 'e1' to 2" in found[0].change.words
    assert found[0].result.verdict("uniform").status == "proved"


def test_all_dilations_at_once_where_one_is_not_enough() -> None:
    nodes = ["root", "a", "b", "x"]
    pairs = itertools.pairwise(nodes)
    edges = [ef.Edge(f"e{i}", low, high, ((0,), (1,), (2,)), 2**i) for i, (high, low) in enumerate(pairs)]
    network = ef.Network(group=(0,), root="root", edges=edges)
    found = changes(ef.Architecture(network))
    kinds = {proposal.change.kind: proposal.change for proposal in found}
    assert set(kinds) == {"dilation", "drop"}
    assert brute.path_counts(expand(kinds["dilation"].architecture.document()))
    for change in kinds.values():
        assert max(brute.path_counts(expand(change.architecture.document())).values()) == 1


def test_a_second_sample_makes_the_data_sufficient() -> None:
    """Two taps and four gains against four numbers are too many unknowns; eight numbers determine them."""
    layers = [ef.circulant(4, [0, 1]), ef.diagonal(4), ef.fixed([[1], [1], [1], [1]], name="data")]
    architecture = ef.Architecture(layers)
    assert aim(architecture, ef.certify(architecture).certificate.document()) == "generic"
    kinds = {proposal.change.kind: proposal for proposal in changes(architecture)}
    row = kinds["row"]
    assert row.restores and row.change.words == 'add the column (2, 4, 8, 5) to layer 2 "data"'
    changed = expand(row.change.architecture.document())
    assert brute.rank_of_lifting(changed) == brute.lifted_dimension(changed)


def test_another_dilation_tells_two_filters_apart() -> None:
    late, early = ef.convolution(5, 3, padding="full", name="late"), ef.convolution(3, 3, padding="full")
    found = changes(ef.Architecture([late, early]))
    assert found[0].restores and found[0].change.words == 'change the dilation of layer 0 "late" to 2'


def test_uniform_is_restored_by_what_the_pair_names() -> None:
    """Strided kernels of three taps: columns coincide, and without the middle tap no two of them do."""
    architecture = ef.Architecture([ef.convolution(4, 3), ef.convolution(9, 3, stride=2)])
    row = ef.certify(architecture).verdict("uniform", over="QQ")
    assert row.status == "refuted" and row.witness is not None
    proposal = changes(architecture)[0]
    assert (proposal.target, proposal.restores) == ("uniform", True)
    assert (proposal.change.kind, proposal.change.size) == ("drop", 1)
    assert proposal.result.verdict("uniform", over="CC").status == "proved"
    after = expand(proposal.change.architecture.document())
    assert brute.rank_of_lifting(after) == brute.lifted_dimension(after)


def test_entries_that_tell_two_points_apart_are_tied() -> None:
    """Sparse layers: fixing two entries that the pair uses apart restores what dropping one does."""
    layers = [
        ef.entries(2, 3, 3, [[0, 0, 0], [0, 1, 1], [1, 1, 2], [1, 2, 0]]),
        ef.entries(3, 2, 3, [[0, 0, 0], [1, 0, 1], [1, 1, 2], [2, 1, 1]]),
    ]
    found = changes(ef.Architecture(layers))
    assert {"drop", "fix"} <= {proposal.change.kind for proposal in found}
    assert all(proposal.restores for proposal in found)
    assert [p.change.size for p in found] == sorted(p.change.size for p in found)


def test_nothing_is_proposed_that_proves_no_more_than_before() -> None:
    """Over RR and QQ the original is determined already; only a change that decides CC would help."""
    layers = [ef.diagonal(3), ef.circulant(3, range(3)), ef.diagonal(3)]
    for proposal in changes(ef.Architecture(layers)):
        assert proposal.result.verdict("generic", over="CC").status == "proved"


def test_nothing_is_proposed_where_all_is_proved_or_the_field_is_finite() -> None:
    proved = ef.Architecture([ef.full(1, 1), ef.full(1, 3)])
    assert changes(proved) == []
    finite = ef.Architecture([ef.full(2, 2)] * 2, field=ef.GF(5))
    assert changes(finite) == []


def test_no_time_no_change() -> None:
    architecture = ef.Architecture(INFINITE["dense"][0])
    assert find_changes(architecture, ef.certify(architecture).certificate.document(), seconds=0) == []


def test_words_and_document() -> None:
    proposals = changes(ef.Architecture(INFINITE["dense"][0]))
    said = text(proposals, 80)
    assert "What to change, for generic identifiability:" in said and "No product is lost" in said
    assert max(map(len, said.splitlines())) <= 80
    found = document(proposals[0])
    assert json.loads(json.dumps(found)) == found
    assert ef.loads(json.dumps(found["spec"]), "json").digest == found["digest"]
    assert "No small change" in text([])


def test_tied_and_dropped_parameters_keep_their_matrices() -> None:
    layer = ef.full(2, 2, name="m")
    new = remapped(layer, targets_of(4, tied=[0, 3], zero=[2]))
    assert [dict(matrix) for matrix in new.matrices(ef.QQ)] == [{(0, 0): 1, (1, 1): 1}, {(0, 1): 1}]
    banded = remapped(ef.toeplitz(3, 3), targets_of(5, tied=[], zero=[0, 4]))
    assert banded.operator.family == "toeplitz" and banded.parameters == 3
