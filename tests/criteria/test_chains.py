"""Verdicts on chains of layers, each with its certificate checked."""

from __future__ import annotations

import pytest

import exactfact as ef
from exactfact.criteria import kernel_zero

from .checked import checked
from .helpers import run

HADAMARD = [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]
KEYS = ("uniform", "generic-finite", "generic")


def status(result: ef.Result, *properties: str) -> list[str]:
    return [result.verdict(prop).status for prop in properties]


def test_diagonal_hadamard_diagonal_is_uniform() -> None:
    result = checked(ef.Architecture([ef.diagonal(4), ef.fixed(HADAMARD), ef.diagonal(4)]))
    assert status(result, *KEYS) == ["proved"] * 3
    assert result.verdict("uniform").also_over == ("RR", "QQ")
    assert result.facts["kernel_dimension"]["upper"] == 0
    assert result.facts["jacobian_rank"] == {"lower": 7, "upper": 7, "claims": ["c5", "c6"]}


def test_dense_two_by_two_has_a_gauge() -> None:
    result = checked(ef.Architecture([ef.full(2, 2), ef.full(2, 2)]))
    assert status(result, *KEYS) == ["refuted"] * 3
    assert result.verdict("generic", over="CC").status == "refuted"
    assert (result.verdict("generic", over="QQ").status, result.verdict("generic", over="QQ").statement) == (
        "refuted",
        "6.4",
    )
    assert result.verdict("uniform", over="QQ").witness is not None


def test_toeplitz_times_toeplitz_is_finite_but_not_uniform() -> None:
    result = checked(ef.Architecture([ef.toeplitz(4, 4), ef.toeplitz(4, 4)]))
    assert status(result, *KEYS) == ["refuted", "proved", "undecided"]
    assert result.verdict("generic-finite").statement == "6.1"


def test_butterfly_is_not_finite() -> None:
    result = checked(ef.Architecture([ef.butterfly(8, level) for level in range(3)]))
    assert result.verdict("generic-finite").status == "refuted"
    assert result.facts["rank"]["lower"] == result.facts["rank"]["upper"] == 64
    assert result.facts["jacobian_rank"]["lower"] == 48 - 16, "2n log n parameters minus n per hidden layer"


@pytest.mark.parametrize("matrices", [[[[1, 2]], [[2, 4]]], [[[1, 0]], [[0, 0]]]])
def test_dependent_parameters_are_dead_directions(matrices: list[list[list[int]]]) -> None:
    result = checked(ef.Architecture([ef.basis(matrices), ef.full(2, 1)]))
    assert status(result, *KEYS) == ["refuted"] * 3
    assert {result.verdict("generic", over=field).statement for field in ("QQ", "RR", "CC")} == {"8.2b"}


def test_a_direction_hidden_by_the_other_layers() -> None:
    """M_1 = x_0 E + x_1 F, and the second layer shows E + F only: (1, -1) is dead though M_1 is injective."""
    result = checked(ef.Architecture([ef.full(1, 2), ef.entries(2, 1, 1, [[0, 0, 0], [1, 0, 0]])]))
    assert result.verdict("generic", over="QQ").status == "refuted"
    claim = next(c for c in result.certificate.claims if c.statement == "8.2b" and c.document()["kind"] == "verdict")
    assert claim.evidence["x"] in ([1, -1], [-1, 1])


def test_the_product_is_always_zero() -> None:
    result = checked(ef.Architecture([ef.entries(1, 2, 1, [[0, 0, 0]]), ef.entries(2, 1, 1, [[1, 0, 0]])]))
    assert status(result, *KEYS) == ["refuted"] * 3
    assert result.facts["rank"]["upper"] == 0


def test_one_layer() -> None:
    assert checked(ef.Architecture([ef.toeplitz(3, 2)])).verdict("uniform").status == "proved"
    narrow = checked(ef.Architecture([ef.full(2, 2), ef.fixed([[1], [1]])]))
    assert status(narrow, *KEYS) == ["refuted"] * 3


def test_a_kernel_spanned_by_a_sum_of_two_cubes() -> None:
    """S = 2, K = 3, kernel spanned by 2 e_111 + 2 (e_001 + e_010 + e_100) = (e_1 + e_0)^3 + (e_1 - e_0)^3."""
    rows = [[1, 0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0, 0]]
    rows += [[0, 0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 1], [0, -1, -1, 0, -1, 0, 0]]
    selectors = [[[1 if c == 2 * r + j else 0 for c in range(4)] for r in range(2)] for j in range(2)]
    layers = [
        ef.basis([[[1, 0]], [[0, 1]]]),
        ef.basis(selectors),
        ef.basis([[rows[2 * r + j] for r in range(4)] for j in range(2)]),
    ]
    result = checked(ef.Architecture(layers))
    assert result.facts["kernel_dimension"] == {"lower": 1, "upper": 1, "claims": []}
    row = result.verdict("uniform")
    assert (row.status, row.statement, row.over) == ("refuted", "8.1", "QQ")


@pytest.mark.parametrize("p", [2, 3, 5, 65521, 2**31 - 1, 2**61 - 1])
def test_finite_fields(p: int) -> None:
    layers = [ef.circulant(5, [0, 1]), ef.diagonal(5), ef.circulant(5, [0, 2])]
    result = checked(ef.Architecture(layers, field=ef.GF(p)))
    row = result.verdict("uniform")
    assert (row.status, row.over, row.also_over) == ("proved", f"GF({p})", ())
    generic = checked(ef.Architecture(layers, field=ef.GF(p)), properties=["generic"])
    assert "meaningless" in generic.verdict("generic").reason


def test_the_rank_drops_over_the_field_only() -> None:
    layers = [ef.basis([[[1, 0]], [[1, 7]]])]
    assert checked(ef.Architecture(layers)).verdict("uniform").status == "proved"
    assert checked(ef.Architecture(layers, field=ef.GF(7))).verdict("uniform").status == "refuted"


def test_sparsity_models() -> None:
    """The unit vectors that collide need both parameters of layer 0: inside one model, outside the other."""
    layers = [ef.entries(1, 2, 2, [[0, 0, 0], [0, 0, 1], [0, 1, 1]]), ef.entries(2, 1, 2, [[0, 0, 0], [1, 0, 1]])]
    from exactfact.model import SparsityModel

    inside = ef.Architecture(layers, models=[SparsityModel(0, None, 1)])
    result = checked(inside)
    assert result.verdict("uniform", model="full").status == "refuted"
    assert result.verdict("uniform", model="spec").status == "refuted"
    fixed_support = ef.Architecture(layers, models=[SparsityModel(0, ((1,),), None), SparsityModel(1, ((0,),), None)])
    assert checked(fixed_support).verdict("uniform", model="spec").status == "undecided"


def test_more_columns_than_python_prints() -> None:
    """2^15000 has more than 4300 digits, where str refuses."""
    _, (outcome,) = run(ef.Architecture([ef.circulant(2, [0, 1])] * 15_000), [kernel_zero.apply])
    assert outcome.why.endswith("at least 2^15000 columns")


def test_a_layer_too_large_to_expand_keeps_its_trivial_bound() -> None:
    for layer in (ef.diagonal(10**12), ef.full(10, 10**6)):
        result = checked(ef.Architecture([layer]))
        assert result.verdict("uniform").status == "undecided"
        assert result.facts["rank"]["upper"] == layer.parameters
        assert "expanding the layers" in result.verdict("uniform").reason
