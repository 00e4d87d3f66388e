"""What explanations say: the symmetry, the pair, the numbers and the gaps, in the user's names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import exactfact as ef
from exactfact.certificate.facts import verdict_rows
from exactfact.pipeline import rank
from exactfact.pipeline.explanation import Explanation, explanation, text

ACCEPTED = Path(__file__).resolve().parents[1] / "certificates" / "accept"


def explained(architecture: ef.Architecture, **options: Any) -> Explanation:
    result = ef.certify(architecture, **options)
    return explanation(result.certificate.document(), architecture)


def why(found: Explanation, prop: str, status: str) -> str:
    """The reasons of the first block on a property with that status, as one text."""
    block = next(block for block in found.blocks if prop in block.properties and block.status == status)
    return "\n".join(block.why)


def square(first: str = "synthesis", second: str = "gains") -> ef.Architecture:
    return ef.Architecture([ef.full(2, 2, name=first), ef.full(2, 2, name=second)])


def test_a_gauge_is_told_in_the_names_of_the_layers() -> None:
    said = why(explained(square()), "generic", "refuted")
    assert "3 independent linear symmetries" in said and "1 rescaling" in said
    assert 'column 0 of layer 0 "synthesis" and row 0 of layer 1 "gains" are rescaled' in said
    assert 'multiply parameters 0 and 2 of layer 0 "synthesis" by s' in said
    assert "h_1 becomes h_1 + t h_0" in said


def test_fixed_layers_between_are_named_in_the_place() -> None:
    layers = [ef.diagonal(2, name="left"), ef.fixed([[1, 0], [0, 1]], name="known"), ef.diagonal(2, name="right")]
    said = why(explained(ef.Architecture(layers)), "generic", "refuted")
    assert 'column 0 of the product up to layer 1 "known" and row 0 of layer 2 "right"' in said


def test_a_flow_is_told_by_its_derivative() -> None:
    said = why(explained(ef.Architecture([ef.circulant(3, range(3))] * 2)), "generic", "refuted")
    assert "flows of a linear field" in said and "dh_0/dt = h_1" in said


def test_a_dead_parameter_and_a_dead_direction() -> None:
    one = ef.Architecture([ef.entries(1, 2, 2, [[0, 0, 0], [0, 1, 1]], name="a"), ef.fixed([[1], [0]]), ef.full(1, 2)])
    assert 'Parameter 1 of layer 0 "a" never reaches the product' in why(explained(one), "generic", "refuted")
    sums = ef.Architecture([ef.entries(1, 1, 2, [[0, 0, 0], [0, 0, 1]], name="sum"), ef.full(1, 2)])
    said = why(explained(sums), "generic", "refuted")
    assert 'In layer 0 "sum" the direction x = ' in said and "h + t x gives the same product" in said


def test_an_exchange_of_layers_and_the_number_of_solutions() -> None:
    layers = [ef.convolution(3, 2, padding="full", name="late"), ef.convolution(2, 2, padding="full", name="early")]
    found = explained(ef.Architecture(layers))
    assert 'Layer 0 "late" and layer 1 "early" can be exchanged' in why(found, "generic", "refuted")
    assert any("a generic product has" in fact and "2 solutions" in fact for fact in found.facts)


def diamond() -> ef.Architecture:
    taps = ((0,), (1,))
    edges = [
        ef.Edge("in", "a", "root", taps),
        ef.Edge("other", "b", "root", ((0,),)),
        ef.Edge("low", "x", "a", ((0,), (2,))),
        ef.Edge("high", "x", "b", ((5,),)),
    ]
    return ef.Architecture(ef.Network(group=(0,), root="root", edges=edges, signal=(3,)))


def test_a_hidden_node_that_can_be_rescaled() -> None:
    said = why(explained(diamond()), "generic", "refuted")
    assert "Hidden node 'a' can be rescaled" in said
    assert "kernels of edge 'low' (into it) by s and those of edge 'in' (out of it) by 1/s" in said
    assert "fix one tap of one edge out of each hidden node to 1" in said


def test_colliding_paths_are_told_with_their_sum() -> None:
    edges = [ef.Edge("e1", "a", "root", ((0,), (1,))), ef.Edge("e2", "x", "a", ((0,), (1,)))]
    found = explained(ef.Architecture(ef.Network(group=(0,), root="root", edges=edges)))
    said = why(found, "uniform", "refuted")
    assert "from leaf 'x' to the root have the same sum 1" in said
    assert "(e1 at 1, e2 at 0) and (e1 at 0, e2 at 1)" in said
    assert "Both give 1 at shift 1 of leaf 'x'" in said


def test_long_vectors_are_cut_with_a_count_and_short_ones_are_not() -> None:
    found = explained(ef.Architecture([ef.butterfly(8, 0, name="wide"), ef.butterfly(8, 1), ef.butterfly(8, 2)]))
    said = why(found, "uniform", "refuted")
    assert "0 elsewhere, 16 entries)" in said
    assert "h = (1, 0, 0, 0)" in why(explained(square()), "uniform", "refuted")


def test_a_torus_is_told_by_its_hidden_nodes() -> None:
    layers = [ef.butterfly(8, level, name=f"stage {level}") for level in range(3)]
    said = why(explained(ef.Architecture(layers)), "generic", "proved")
    assert "Each of the 16 hidden nodes" in said and '8 between layer 1 "stage 1" and layer 2 "stage 2"' in said
    assert "2 dimensions of this are the scalars of the layers, 14 more are not" in said


def test_peeling_tells_its_order() -> None:
    lower, upper = [[0, 0, 0], [1, 0, 1], [1, 1, 2]], [[0, 0, 0], [0, 1, 1], [1, 1, 2]]
    layers = [ef.entries(2, 2, 3, lower, name="L"), ef.entries(2, 2, 3, upper, name="U")]
    document = ef.certify(ef.Architecture(layers)).certificate.document()
    claim = next(c for c in document["claims"] if (c.get("property"), c.get("modulo")) == ("generic", "torus"))
    cut = {"layers": [0, 1], "cut": 0, "order": [0, 1], "trees": [[[0, 0], [1, 0], [0, 1]], [[1, 1]]]}
    claim |= {"statement": "9.4", "evidence": {"dimension": 1, "cuts": [cut]}}
    said = why(explanation(document), "generic", "proved")
    assert 'Cut between layer 0 "L" and layer 1 "U"' in said and "in the order 0, 1:" in said


def test_signs_and_roots_of_unity_are_written_out() -> None:
    layers = [ef.diagonal(3, name="left"), ef.circulant(3, range(3), name="middle"), ef.diagonal(3, name="right")]
    found = explained(ef.Architecture(layers))
    said = why(found, "generic", "refuted")
    assert "a group Z/3 of rescalings. Over CC there are 3 solutions" in said and "roots of unity, 1." in said
    assert "For z with z^3 = 1, multiply" in said
    assert found.facts[0].startswith("Over CC a generic product has exactly 3 solutions")
    assert "The reasons are those above." in text(found)


def test_roots_that_can_be_regrouped() -> None:
    edges = [ef.Edge("late", "a", "root", ((0,), (1,), (2,))), ef.Edge("early", "x", "a", ((0,), (1,)))]
    found = explained(ef.Architecture(ef.Network(group=(0,), root="root", edges=edges)))
    said = why(found, "generic", "refuted")
    assert "edge 'late' and edge 'early' have one variable and the degrees 2 and 1: their 3 roots" in said
    assert "exactly 3 solutions over CC" in said
    thin = why(found, "hilbert-generic", "proved")
    assert "For every rational h outside a thin set" in thin and "nothing is said about real or complex h" in thin


def test_numbers_of_solutions_are_explained_where_the_verdict_rests_on_an_exchange() -> None:
    layers = [ef.convolution(4, 2, padding="full", name="late"), ef.convolution(3, 2, padding="full", name="early")]
    facts = "\n".join(explained(ef.Architecture(layers)).facts)
    assert "exactly 2 solutions" in facts and 'layer 0 "late" and layer 1 "early" have one variable' in facts


def test_factors_and_roots_at_a_point() -> None:
    edges = [ef.Edge("late", "a", "root", ((0,), (1,), (2,))), ef.Edge("early", "x", "a", ((0,), (1,)))]
    network = ef.Network(group=(0,), root="root", edges=edges)
    found = explained(ef.Architecture(network, point=[[1, 0, 1], [1, 2]]), properties=["at-point"])
    said = why(found, "at-point", "proved")
    assert "edge 'late' has 0 real roots and 1 pair of complex ones" in said
    assert "edge 'early' has 1 real root and 0 pairs" in said
    other = explained(ef.Architecture(network, point=[[2, 0, 3], [1, 3]]), properties=["at-point"])
    assert "shared out among the layers in another way" in why(other, "at-point", "refuted")


@pytest.mark.parametrize(
    ("name", "prop", "status", "words"),
    [
        ("complex_kernel", "uniform", "proved", "contain the square root of -4, and over no others: not RR"),
        ("complex_kernel", "uniform", "refuted", "CC is one of them"),
        ("minors_of_the_kernel", "uniform", "proved", "no difference of two decomposable tensors but 0"),
        ("small_ranks", "uniform", "refuted", "The rank of the lifted map is at most 4, below 5"),
        ("two_linear_factors", "generic", "refuted", "2! / (1! 1!) = 2 solutions over CC"),
        ("triangle_and_segment", "at-point", "proved", "At h* edge 'e0' is (1 + y + x)"),
        ("triangle_and_segment", "at-point", "proved", "irreducible over CC"),
        ("signs_over_three_elements", "at-point", "refuted", "with 2 elements over GF(3)"),
        ("signs_over_three_elements", "at-point", "refuted", "Change the sign of parameter 1 of layer 0"),
        ("rank_one_matrices", "generic", "proved", "Each layer solves linear equations"),
    ],
)
def test_words_for_statements(name: str, prop: str, status: str, words: str) -> None:
    found = explanation(json.loads((ACCEPTED / f"{name}.json").read_text()))
    said = "\n".join(line for b in found.blocks if prop in b.properties and b.status == status for line in b.why)
    assert words in said


def test_what_was_decided_or_cannot_matter_is_not_listed_as_tried() -> None:
    notes = ef.certify(ef.Architecture([ef.toeplitz(3, 3)] * 2)).certificate.document()["notes"]
    assert not any(attempt["why"].endswith("decided") for note in notes for attempt in note.get("tried", []))


def test_an_open_question_lists_what_was_tried() -> None:
    document = ef.certify(square()).certificate.document()
    tried = [{"criterion": "kernel_zero", "why": "the map is not injective"}]
    note = {"property": "at-point", "modulo": "scaling", "model": "full", "over": "QQ", "status": "undecided"}
    note |= {"strength": "probable", "error_probability": "2^-60", "reason": "stopped: time limit of 1 s reached"}
    document["notes"] = [{**note, "tried": tried}]
    said = why(explanation(document), "at-point", "undecided")
    assert "Tried injectivity of the lifted map: the map is not injective." in said
    assert "wrong with probability at most 2^-60" in said and "A longer --time-limit" in said


def test_every_row_of_the_table_is_explained_once() -> None:
    for architecture in (square(), diamond(), ef.Architecture([ef.toeplitz(3, 3)] * 2)):
        result = ef.certify(architecture)
        rows = verdict_rows(result.certificate.document(), architecture)
        told = [
            (prop, block.modulo, block.model, field)
            for block in explanation(result.certificate.document(), architecture).blocks
            for prop in block.properties
            for field in block.over
        ]
        assert set(told) == {(row["property"], row["modulo"], row["model"], row["over"]) for row in rows}


def test_the_text_of_a_result_is_the_text_of_its_certificate() -> None:
    result = ef.certify(square())
    again = text(explanation(json.loads(result.certificate.text())))
    assert result.explain() == again
    assert max(map(len, again.splitlines())) <= 100


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_lines_fit(columns: int) -> None:
    assert max(map(len, text(explained(diamond()), columns).splitlines())) <= columns


def test_a_document_of_an_explanation_is_json() -> None:
    found = explained(square()).document()
    assert json.loads(json.dumps(found)) == found
    assert all(block["why"] for block in found["verdicts"])


@pytest.mark.parametrize("path", sorted(ACCEPTED.glob("*.json")), ids=lambda path: path.stem)
def test_every_accepted_certificate_can_be_explained(path: Path) -> None:
    assert text(explanation(json.loads(path.read_text()))).strip()


@pytest.mark.parametrize("note", [{}, {"property": 1}, {"property": "uniform", "modulo": None}])
def test_notes_may_hold_anything(note: dict[str, Any]) -> None:
    document = ef.certify(square()).certificate.document()
    before = text(explanation(document))
    document["notes"] = [note]
    assert text(explanation(document)) == before


def test_a_certificate_of_a_rank_says_the_rank() -> None:
    result = rank(ef.Architecture([ef.toeplitz(2, 2), ef.diagonal(2)]))
    said = text(explanation(result.certificate.document()))
    assert "No verdict was asked for." in said and "The rank of the lifted map is 4; it has 6 columns." in said
